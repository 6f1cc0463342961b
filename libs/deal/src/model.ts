import type { BusinessDayConvention, Calendar, DayCount, PlainDate } from '@weir/calendar';
import type { Place } from './diagnostic.js';
import type { Formula } from './expression/ast.js';

/** Those who take part in a deal, by the names of a prospectus. */
export const PARTY_ROLES = ['sponsor', 'issuingEntity', 'servicer', 'trustee', 'calculationAgent'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

/** What is known of a loan at the cut-off date, on which a pool may be picked. */
export const ELIGIBILITY_FIELDS = [
  'openingBalance',
  'originalAmount',
  'originalTerm',
  'originalRate',
  'creditScore',
  'originationMonth',
] as const;
export type EligibilityField = (typeof ELIGIBILITY_FIELDS)[number];
export type EligibilityOp = '>' | '>=' | '<' | '<=' | '=' | '!=';

/** A loan is in the pool when every rule holds; `reason` is what is said of a loan for which it does not. */
export interface EligibilityRule {
  id: string;
  field: EligibilityField;
  op: EligibilityOp;
  /** As written: an amount, a rate, a whole number or YYYY-MM, by the field. */
  value: string;
  reason: string;
}

/** One figure of the servicer report. A signed one carries reversals as its negative part. */
export interface ReportItem extends Place {
  name: string;
  signed: boolean;
}

/** A cash account; one with a target is funded to it at closing from the proceeds, and the target never declines. */
export interface Account extends Place {
  name: string;
  target: Formula | null;
}

/** What the servicer must remit, and where it goes. */
export interface Collections extends Place {
  items: string[];
  account: string;
  suspense: string;
}

/** A fee; what is unpaid carries forward without interest. */
export interface Fee extends Place {
  name: string;
  payee: PartyRole;
  amount: Formula;
}

/** A class of notes. `share` and `coupon` at `RATE_SCALE`; `roundDown` in cents. */
export interface Tranche extends Place {
  name: string;
  share: bigint;
  roundDown: bigint;
  coupon: bigint;
  dayCount: DayCount;
  accrual: 'adjusted' | 'unadjusted';
}

export interface NamedFormula extends Place {
  name: string;
  formula: Formula;
}

/** A test of each payment date; its formula is one comparison, a measure against a threshold. */
export interface Trigger extends Place {
  name: string;
  when: Formula;
  sticky: boolean;
}

export type PrincipalMethod =
  | { kind: 'sequential' }
  | { kind: 'pro-rata' }
  /** Pro rata by current balance until the trigger is on, sequential while it is. */
  | { kind: 'pro-rata-until'; trigger: string };

/** What a step of the priority of payments does. */
export type StepAction =
  | { kind: 'fee'; fee: string }
  | { kind: 'interest'; tranche: string }
  | { kind: 'priority-principal' | 'principal'; amount: Formula; to: string[]; method: PrincipalMethod }
  /** Pays into an account up to its target. */
  | { kind: 'reserve'; account: string }
  /** Pays all that is left. */
  | { kind: 'residual'; payee: PartyRole };

/** One step; `from` are the accounts that pay, each for what those before it could not. */
export interface Step extends Place {
  id: string;
  from: string[];
  action: StepAction;
}

/** Payment dates fall on `paymentDay` of the month after each collection period, moved by the convention. */
export interface Schedule {
  /** YYYY-MM */
  firstCollectionPeriod: string;
  paymentDay: number;
  businessDays: BusinessDayConvention;
  calendar: Calendar;
  recordDateBusinessDaysBefore: number;
  paymentDates: number;
}

/** A deal document that was read without error. */
export interface Deal {
  /** The document's text: what its hash is taken of. */
  text: string;
  name: string;
  currency: 'USD';
  rounding: 'half-up' | 'down' | 'up';
  parties: Record<PartyRole, string>;
  cutOffDate: PlainDate;
  closingDate: PlainDate;
  schedule: Schedule;
  loanKey: string[];
  eligibility: EligibilityRule[];
  report: ReportItem[];
  accounts: Account[];
  collections: Collections;
  fees: Fee[];
  /** In order of seniority. */
  tranches: Tranche[];
  formulas: NamedFormula[];
  triggers: Trigger[];
  priority: Step[];
}
