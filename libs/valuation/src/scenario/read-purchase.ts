import {
  AMORTISATIONS,
  AS_SCHEDULED,
  type PoolAssumptions,
  type PoolLine,
  PoolLineInvalid,
  projectPool,
} from '@weir/collateral';
import type { Cursor } from '@weir/deal';
import { ScenarioValueInvalid } from './errors.js';
import { POOL_FIELDS, readPool } from './read-pool.js';
import type { Reinvestment } from './scenario.js';
import { inputOf, rateOf, shareOf } from './values.js';

/** What a step buys, as a block says it; assumptions that it leaves out are the scenario's. */
export interface Purchase extends Omit<Reinvestment, 'assumptions'> {
  readonly pool: Partial<PoolAssumptions>;
}

const COUNTS = ['originalTerm', 'age', 'interestOnlyMonths', 'balloonMonth'] as const;

/** Above zero, up to ten times par. @throws ScenarioValueInvalid */
function priceOf(text: string): number {
  const price = shareOf(text, 10);
  if (price > 0) return price;
  throw new ScenarioValueInvalid(text, 'a price above zero, like 100 % or 98.5 % of the balance');
}

/** @throws ScenarioValueInvalid */
function balanceOf(text: string): number {
  const balance = inputOf(text);
  if (balance > 0) return balance;
  throw new ScenarioValueInvalid(text, 'the balance of one loan, an amount above zero');
}

/** Terms that do not go together are reported at the block. */
function check(cursor: Cursor, line: Purchase['line']): void {
  if (cursor.findings.failed) return;
  try {
    projectPool([{ ...line, balance: 0 }], AS_SCHEDULED);
  } catch (error) {
    if (!(error instanceof PoolLineInvalid)) throw error;
    cursor.error('value', `${error.field} is ${error.value}: ${error.expected}`);
  }
}

/** Reads the terms of what a step buys; the price is par, and the net rate the gross rate, when they are left out. */
export function readPurchase(cursor: Cursor): Purchase {
  const fields = cursor.fields(
    ['grossRate', 'remainingTerm'],
    ['price', 'netRate', 'averageBalance', 'amortisation', 'minimumPayment', ...COUNTS, ...POOL_FIELDS],
  );
  const grossRate = fields.grossRate.parsed(rateOf, 0, 'value');
  const counts: Partial<Record<(typeof COUNTS)[number], number>> = {};
  for (const name of COUNTS) {
    const value = fields[name];
    if (value) counts[name] = value.integer(0, 1200);
  }
  const line: Omit<PoolLine, 'balance' | 'loanCount'> = {
    ...counts,
    grossRate,
    netRate: fields.netRate?.parsed(rateOf, 0, 'value') ?? grossRate,
    remainingTerm: fields.remainingTerm.integer(1, 1200),
    ...(fields.amortisation && { amortisation: fields.amortisation.choice(AMORTISATIONS) }),
    ...(fields.minimumPayment && { schedule: { minimumPayment: fields.minimumPayment.parsed(shareOf, 0, 'value') } }),
  };
  check(cursor, line);
  return {
    price: fields.price?.parsed(priceOf, 1, 'value') ?? 1,
    line,
    averageBalance: fields.averageBalance?.parsed(balanceOf, 1, 'value') ?? null,
    pool: readPool(fields),
  };
}
