import type { BusinessDayConvention, Calendar, DayCount, PlainDate } from '@weir/calendar';
import type { ConcentrationLimit } from './concentration-limit.js';
import type { Currency } from './currencies.js';
import type { DayRule, RecordDayRule } from './dates/day-rule.js';
import type { Place } from './diagnostic.js';
import type { Formula, Unit } from './expression/ast.js';

/** Those who take part in every deal, by the names of a prospectus. A document may name more parties beside them. */
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

/** How the rate of a period is made of an index's published rates. */
export const INDEX_METHODS = ['compounded', 'simple', 'average', 'set in advance'] as const;
export type IndexMethod = (typeof INDEX_METHODS)[number];

/**
 * An index over an interest period. `compounded` daily in arrears; `simple`: the mean by calendar days; `average`: the mean
 * of the business days, each counting once; `set in advance`: the one rate of `lookback` business days before the period's
 * first day. Counts are business days of `calendar`.
 */
export interface IndexRate {
  method: IndexMethod;
  calendar: Calendar;
  lookback: number;
  observationShift: boolean;
  lockout: number;
  /** Days of a year: 360 (ACT/360) or 365 (ACT/365F). */
  basis: 360 | 365;
  /** Decimals of the percentage, rounded half up; null: all twelve decimals of a rate. */
  decimals: number | null;
  /** A rate that is missing is replaced by the last one at most so many business days before. */
  fallback: number;
  /** The interest period: as that of a class. */
  accrual: Accrual;
  firstAccrualFrom: PlainDate | null;
}

/** A class of another deal that this one owns a share of; its flows feed a projection as NAME.interest and the like. */
export interface Underlying extends Place {
  name: string;
  /** The other deal's document, as a path from this one. */
  deal: string;
  tranche: string;
  /** At `RATE_SCALE`. */
  share: bigint;
}

/**
 * One figure of the servicer report. A signed one carries reversals as its negative part. `from` says what a
 * projection feeds it with: a formula over the collateral's columns (COLLATERAL_COLUMNS); without it, the column of the
 * same name, else the scenario's input.
 */
export interface ReportItem extends Place {
  name: string;
  unit: Unit;
  signed: boolean;
  label: string | null;
  from: Formula | null;
  /** How published rates make it; only of a rate. */
  index: IndexRate | null;
}

/** A value for each payment date; the last of `values` holds for all later dates. */
export interface Schedule extends Place {
  name: string;
  unit: Unit;
  /** One value a payment date in slot units (cents, 10^12, day number, 0/1), or steps from a date or number on. */
  values:
    | { kind: 'list'; values: bigint[] }
    /** From the nth payment date on (number) or from the first payment date on or after a date. */
    | { kind: 'steps'; steps: { from: number | PlainDate; value: bigint }[] };
}

/**
 * A cash account. `target` is computed on each payment date before the first step; `floor` bounds it from below;
 * `nonDeclining`: never below its last value. `initial` is what closing puts into it (with `fundedAtClosing` and no
 * `initial`: the target at closing) and must be known at closing.
 */
export interface Account extends Place {
  name: string;
  target: Formula | null;
  floor: Formula | null;
  nonDeclining: boolean;
  fundedAtClosing: boolean;
  initial: Formula | null;
}

/** What has to be deposited for one account: report items and other signed amounts by name. */
export interface CollectionGroup extends Place {
  account: string;
  /** Names of amounts: report items, formulas, HEDGE.receipt, FACILITY.draw, CALL.price. */
  items: string[];
}

/** What the servicer (and others) must remit, group by group, and where an excess is held. */
export interface Collections extends Place {
  groups: CollectionGroup[];
  suspense: string;
}

/**
 * How a fee accrues that is a rate of an amount: by months, or by the days of a day count between the dates of `accrual`.
 */
export interface FeeAccrual {
  rate: Formula;
  of: Formula;
  /** Null: by the months of the collection period. */
  dayCount: DayCount | null;
  accrual: Accrual;
  firstAccrualFrom: PlainDate | null;
}

/**
 * A fee. Amount per payment date as a formula. `cap` bounds what a `fee:` step pays, `feeExcess:` pays the rest.
 * `carry`: what is unpaid carries forward (without interest). Payee is a party.
 */
export interface Fee extends Place {
  name: string;
  payee: string;
  amount: Formula;
  /** What `amount` is made of when the document states a rate. */
  accrual: FeeAccrual | null;
  cap: Formula | null;
  carry: boolean;
}

/** Face of a tranche. Amounts in cents, shares at `RATE_SCALE`. */
export type TrancheSize =
  | { kind: 'share'; share: bigint; roundDown: bigint }
  /** A formula known at closing. */
  | { kind: 'amount'; amount: Formula }
  /** The largest face with at least this credit enhancement: pool × (1 − x) − all tranches above, rounded down. */
  | { kind: 'credit-enhancement'; enhancement: bigint; roundDown: bigint };

/** From which dates interest accrues: payment dates as moved, as written, or the collection period. */
export const ACCRUALS = ['adjusted', 'unadjusted', 'collection period'] as const;
export type Accrual = (typeof ACCRUALS)[number];

/**
 * A class of notes. `coupon` is a rate: a constant, or a formula of index rates, schedules, dates, states.
 * `interestOn`: what interest accrues on (default: the opening balance); a `notional` class (IO) has no principal and its
 * balance follows the formula. `interestOnShortfall`: unpaid interest bears interest at the coupon (true), none (false), or
 * at a rate of its own. `availableFundsCap`: the coupon is at most this rate and the difference is TRANCHE.carryover.
 * `reduceInterest`: an amount that lessens the interest due and is not owed later (prepayment-interest shortfall).
 */
export interface Tranche extends Place {
  name: string;
  label: string | null;
  size: TrancheSize;
  coupon: Formula;
  dayCount: DayCount;
  accrual: Accrual;
  firstAccrualFrom: PlainDate | null;
  interestOn: Formula | null;
  notional: Formula | null;
  interestOnShortfall: boolean | Formula;
  availableFundsCap: Formula | null;
  reduceInterest: Formula | null;
  legalFinal: PlainDate | null;
}

/** A named list of tranches: NAME.opening, NAME.balance, NAME.original add them up. `notes` is all of them. */
export interface TrancheGroup extends Place {
  name: string;
  tranches: string[];
}

/** An exchangeable class: what its holder gets is the sum of shares of other classes. Reported, never paid apart. */
export interface Combination extends Place {
  name: string;
  /** Share of each class that is exchanged, at `RATE_SCALE`. */
  of: { tranche: string; share: bigint }[];
}

/** A sum kept from period to period without cash: PDL, loss account, cap used up this year. */
export interface Ledger extends Place {
  name: string;
  signed: boolean;
  initial: Formula | null;
}

/** One leg of a hedge: rate × notional × day count. */
export interface HedgeLeg {
  rate: Formula;
  dayCount: DayCount;
}

/** A swap, or a cap (no `pays`). HEDGE.payment and HEDGE.receipt are the two sides of the net amount. */
export interface Hedge extends Place {
  name: string;
  counterparty: string;
  notional: Formula;
  pays: HedgeLeg | null;
  receives: HedgeLeg | null;
  accrual: Accrual;
}

/**
 * Someone who lends to the deal: liquidity facility, guarantee, servicer advances. FACILITY.draw = min(draw, limit −
 * drawn) is deposited (an item of collections) and owed until `repay:` pays it. What it costs are fees of the deal too:
 * NAME.interest on what was drawn before today, NAME.commitmentFee on what was not.
 */
export interface Facility extends Place {
  name: string;
  provider: string;
  draw: Formula;
  limit: Formula | null;
  /** Whether `draw` and `limit` are computed before the first step, or where a `draw:` step stands. */
  at: 'start' | 'step';
  interest: Fee | null;
  commitmentFee: Fee | null;
}

/**
 * A right to redeem. CALL.permitted is `when`; the input flag CALL.exercised (a report item) says that it was used, and
 * stops the run when it is not permitted; CALL.price is the price when exercised, else 0.
 */
export interface Call extends Place {
  name: string;
  by: string;
  when: Formula;
  price: Formula;
}

export interface NamedFormula extends Place {
  name: string;
  formula: Formula;
}

/**
 * A test. It turns on when `when` held on `for` payment dates in a row; sticky: it stays on; else it turns off after
 * `cure` payment dates in a row on which it did not. Tested before the first step, after the last (`at: end`), or where a
 * `test:` step stands (`at: step`).
 */
export interface Trigger extends Place {
  name: string;
  when: Formula;
  sticky: boolean;
  for: number;
  cure: number;
  at: 'start' | 'end' | 'step';
}

/**
 * A state that priorities depend on; the first is the initial one. Before the first step the deal enters the last state
 * of the list whose `when` holds and whose `from` (default: all listed above it) names the present state.
 */
export interface DealState extends Place {
  name: string;
  when: Formula | null;
  from: string[] | null;
}

/** Who is paid, in which order. A leaf may be bounded: `until` is the balance after payment, `limit` an amount. */
export type Recipients =
  | { kind: 'one'; name: string; until: Formula | null; limit: Formula | null; at: number }
  /** `by` are the weights in the order of `of` (default: balances at that moment). */
  | { kind: 'sequential' | 'pro-rata'; of: Recipients[]; by: Formula[] | null };

/** How a principal step orders its list; `pro-rata-until` is pro rata until the trigger is on, then sequential. */
export type PrincipalMethod =
  { kind: 'sequential' } | { kind: 'pro-rata' } | { kind: 'pro-rata-until'; trigger: string };

/** What a step of the priority of payments does. */
export type StepAction =
  | { kind: 'fee' | 'fee-excess'; fee: string }
  | { kind: 'interest'; to: Recipients }
  /** Available-funds carry-over, oldest class first. */
  | { kind: 'carryover'; to: Recipients }
  | { kind: 'priority-principal' | 'principal'; amount: Formula; to: Recipients; method: PrincipalMethod }
  /** Unpaid interest of this and earlier dates is added to the balance (PIK, accretion). No cash. */
  | { kind: 'capitalise'; tranche: string }
  /** The balance rises by a further advance of the holders, which is an item of collections (variable funding notes). */
  | { kind: 'advance'; amount: Formula; tranche: string }
  /** Balances fall (or rise again, at most by what was written down) without cash, in the order of the list. */
  | { kind: 'write-down' | 'write-up'; amount: Formula; to: Recipients }
  /** Pays into an account up to its target. */
  | { kind: 'reserve'; account: string }
  /** Pays what a ledger shows from `from` into an account and lowers the ledger by it (PDL). */
  | { kind: 'replenish-ledger'; ledger: string; into: string }
  /** What the account holds above its target moves to another account. `from` is the account itself. */
  | { kind: 'release'; account: string; into: string }
  /** A formula amount to an account. */
  | { kind: 'transfer'; amount: Formula | 'all'; into: string }
  /** A formula amount to a party; with `carry`, what is unpaid is owed again next time. */
  | { kind: 'pay'; amount: Formula | 'all'; payee: string; carry: boolean }
  | { kind: 'hedge'; hedge: string }
  | { kind: 'repay'; facility: string }
  /** Draws on a facility, which came in at the account of `from`. */
  | { kind: 'draw'; facility: string; into: string }
  /** Changes ledgers without cash; a list is filled in its order, each up to its `until`. */
  | { kind: 'book'; change: 'add' | 'subtract' | 'set'; amount: Formula; to: Recipients }
  /** Names a value at this point of the priority. */
  | { kind: 'compute'; values: NamedFormula[] }
  /** The state of the next payment date. */
  | { kind: 'enter'; state: string }
  /** Tests a trigger with what is known at this point. */
  | { kind: 'test'; trigger: string }
  | { kind: 'if'; condition: Formula; then: Step[]; otherwise: Step[] }
  /** Pays all that is left, to a party or to a class as a distribution. */
  | { kind: 'residual'; payee: string };

/** Bounds of what a step pays; what they hold back stays owed. All that are given hold together. */
export interface Limits {
  /** At most this amount. */
  limit: Formula | null;
  /** At most this share of what is due, at `RATE_SCALE`. */
  share: bigint | null;
  /** Leaves at least this much in the sources together. */
  keep: Formula | null;
}

/** One step; `from` are the accounts that pay, each for what those before it could not. `when`: skipped unless it holds. */
export interface Step extends Place {
  id: string;
  label: string | null;
  from: string[];
  when: Formula | null;
  limits: Limits;
  action: StepAction;
}

/** A priority of payments; `state` null stands for every state. */
export interface Priority extends Place {
  state: string | null;
  steps: Step[];
}

/** A payment date as written, and the last day of the collection period that it pays. */
export interface ListedDate {
  date: PlainDate;
  collectedTo: PlainDate;
}

/**
 * Payment dates. Collection periods follow each other, `monthsPerPeriod` long, the first beginning on `firstFrom`;
 * the payment falls on `paymentDay` (a day, or 'last') of the month `paymentMonthsAfter` after the period's last month;
 * the first one may be written out instead, or all of them with the end of the collection period of each. Every one is
 * then moved to a business day.
 */
export interface PaymentSchedule {
  /** YYYY-MM: last month of the first collection period. */
  firstCollectionPeriod: string;
  firstFrom: PlainDate;
  monthsPerPeriod: number;
  paymentMonthsAfter: number;
  paymentDay: number | 'last';
  /** The first payment date as written, when it is not on the payment day. */
  firstPaymentDate: PlainDate | null;
  businessDays: BusinessDayConvention;
  calendar: Calendar;
  /** Whose notes count: those held at the end of this day, or at the beginning of the payment date where it is that. */
  recordDate: RecordDayRule;
  determinationDate: DayRule | null;
  paymentDates: number;
  /** The payment dates written out, one for each of `paymentDates`; null when they follow the rule above. */
  listed: ListedDate[] | null;
}

/**
 * How a deal takes over, before payment date `fromPeriod`, from the program that it amends. Words of the old program's
 * state that have the same name and unit carry over; the rest is said here. Names are those of a state file.
 */
export interface Amendment extends Place {
  /** Hash of the amended program. */
  program: `0x${string}`;
  /** The first payment date that the new program pays. */
  fromPeriod: number;
  /** Classes, accounts, triggers … that are called otherwise now. */
  renamed: ({ name: string; was: string } & Place)[];
  /** Accounts that are no more, and the account of the new deal that takes their cash. */
  accounts: ({ name: string; into: string } & Place)[];
  /** Words of the new state as formulas over the words of the old one. */
  state: { name: string; formula: Formula }[];
  /** Words of the old state that are given up, and why. */
  dropped: ({ name: string; reason: string } & Place)[];
  /** Classes of which more is issued with the amendment, and how much original amount, cents. */
  issued: ({ name: string; amount: bigint } & Place)[];
}

/** How one class is offered for subscription. */
export interface TrancheOffer extends Place {
  tranche: string;
  /** What must be subscribed for the deal to close, and up to where subscriptions are taken: shares of the class at `RATE_SCALE`. */
  minimum: bigint;
  maximum: bigint;
  /** What one investor may subscribe, cents; null for no limit. */
  perInvestor: bigint | null;
  /** Subscriptions and allotments are whole lots, cents; null for cents. */
  lot: bigint | null;
}

/** How the deal is offered. */
export interface Offering {
  /** Seconds after midnight, UTC, of the closing date, after which the deal does not close; null: the end of that day. */
  closesAt: number | null;
  /** Classes that are not offered in full and without limits. */
  tranches: TrancheOffer[];
  /** Classes of which more may be issued after the deal has closed, and up to which original amount, cents. */
  furtherIssues: ({ tranche: string; amount: bigint } & Place)[];
}

/** Who attests the collateral, and how many of them must. */
export interface Attestation {
  signers: string[];
  threshold: number;
}

/** Who stops the deal's vault, resumes it, proposes and approves changes. */
export const CONTROL_ROLES = ['guardian', 'resumer', 'changeProposer', 'changeApprover'] as const;
export type ControlRole = (typeof CONTROL_ROLES)[number];

/** Terms of the deal's contracts that no program holds; null where the document leaves a term open. */
export interface OnChainTerms {
  /** Seconds for which a report can be disputed, and for which an approved change waits. */
  disputeDelay: number | null;
  changeDelay: number | null;
  /** Accounts of parties beside the five roles. */
  accounts: { name: string; account: `0x${string}` }[];
  /** Party that gets the tax withheld. */
  taxAccount: string | null;
  /** Party that unclaimed money goes to, after so many days, and how many of them lie between approval and move. */
  unclaimed: { to: string; afterDays: number; delayDays: number } | null;
  attestation: Attestation | null;
  /** Parties that hold each role over the deal's contracts. */
  roles: Record<ControlRole, string[]>;
}

/** A deal document that was read without error. */
export interface Deal {
  /** The document's text: what its hash is taken of. */
  text: string;
  name: string;
  /** Null for a deal as it was closed. */
  amends: Amendment | null;
  currency: Currency;
  rounding: 'half-up' | 'down' | 'up';
  /** How a pro rata share becomes cents; the last of a list takes the rest. */
  shares: 'half-up' | 'down';
  /** The five roles, and every other party by its name. */
  parties: Record<PartyRole, string> & Record<string, string>;
  cutOffDate: PlainDate;
  closingDate: PlainDate;
  schedule: PaymentSchedule;
  /** The pool's balance at the cut-off date when the document states it, cents. */
  cutOffPool: bigint | null;
  /** Empty for a deal that is only projected. */
  loanKey: string[];
  eligibility: EligibilityRule[];
  /** What the pool as a whole keeps to, in the order of the document. */
  concentrationLimits: ConcentrationLimit[];
  /** Groups of the pool's lines whose flows the report takes apart, as GROUP.poolClosing and the like. */
  collateralGroups: string[];
  /** Classes of other deals that are the collateral, or a part of it. */
  underlying: Underlying[];
  report: ReportItem[];
  schedules: Schedule[];
  accounts: Account[];
  collections: Collections;
  /** Those of `fees:`, then those of facilities. */
  fees: Fee[];
  hedges: Hedge[];
  facilities: Facility[];
  ledgers: Ledger[];
  /** In order of seniority. */
  tranches: Tranche[];
  groups: TrancheGroup[];
  combinations: Combination[];
  formulas: NamedFormula[];
  triggers: Trigger[];
  calls: Call[];
  states: DealState[];
  priorities: Priority[];
  offering: Offering | null;
  onChain: OnChainTerms | null;
}
