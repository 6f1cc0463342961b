import type { EligibilityRule } from '@weir/deal';
import type { LoanStanding } from '../tape/loan-month.js';
import { ELIGIBILITY_FACTS, type EligibilityFact } from './eligibility-fact.js';
import { EligibilityValueInvalid } from './errors.js';

/** A loan left out of the pool and every rule it fails. */
export interface ExcludedLoan {
  key: string;
  row: number;
  reasons: string[];
}

export interface PoolSelection<L extends LoanStanding = LoanStanding> {
  pool: L[];
  excluded: ExcludedLoan[];
}

const COMPARISONS: Record<EligibilityRule['op'], (a: bigint, b: bigint) => boolean> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

type Criterion = (loan: LoanStanding) => string | null;

function bound(rule: EligibilityRule, fact: EligibilityFact): bigint {
  const value = fact.parse(rule.value);
  if (value === null) throw new EligibilityValueInvalid(rule.id, rule.field, rule.value, fact.expected);
  return value;
}

/** The rule as a function that gives the reason for which a loan fails it, or null. */
function criterion(rule: EligibilityRule): Criterion {
  const fact = ELIGIBILITY_FACTS[rule.field];
  const value = bound(rule, fact);
  const meets = COMPARISONS[rule.op];
  return (loan) => {
    const own = fact.of(loan);
    if (own === null)
      return `${rule.reason} (${rule.field} is not stated, ${rule.op} ${fact.print(value)} is required)`;
    if (meets(own, value)) return null;
    return `${rule.reason} (${rule.field} is ${fact.print(own)}, ${rule.op} ${fact.print(value)} is required)`;
  };
}

/**
 * Picks the pool: the loans that meet every rule of the deal, in tape order. The rules name only what was known at the
 * cut-off date. A fact that a loan does not state fails the rule that needs it.
 * @throws EligibilityValueInvalid when a rule's value cannot be compared with its field
 */
export function selectPool<L extends LoanStanding>(
  loans: readonly L[],
  eligibility: readonly EligibilityRule[],
): PoolSelection<L> {
  const criteria = eligibility.map(criterion);
  const selection: PoolSelection<L> = { pool: [], excluded: [] };
  for (const loan of loans) {
    const reasons = criteria.map((fails) => fails(loan)).filter((reason) => reason !== null);
    if (reasons.length === 0) selection.pool.push(loan);
    else selection.excluded.push({ key: loan.key, row: loan.row, reasons });
  }
  return selection;
}
