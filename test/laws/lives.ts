import {
  type CompiledDeal,
  encodeInputs,
  execute,
  type RunArguments,
  type RunResult,
  type RunSummary,
  summarise,
} from '@weir/waterfall';
import { Random } from './random.js';

/** One payment date of a deal's life. */
export interface LifeMonth {
  run: RunArguments;
  result: RunResult;
  summary: RunSummary;
}

/** How a pool behaves; chosen once a life, so that lives differ more than their months do. */
interface Pool {
  cutOff: bigint;
  /** Months in which the pool would pay off, were nothing lost. */
  term: bigint;
  /** Interest in basis points a year. */
  yieldBps: bigint;
  /** Most that is charged off in a month, in basis points of the pool. */
  lossBps: bigint;
  /** Percent of months in which the deposit is not what was to be remitted. */
  slips: number;
}

type Values = Record<string, bigint>;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function newPool(random: Random, cutOff: bigint): Pool {
  return {
    cutOff,
    term: BigInt(18 + random.below(60)),
    yieldBps: BigInt(random.pick([0, 60, 300, 800, 1200])),
    lossBps: BigInt(random.pick([0, 10, 50, 200, 900])),
    slips: random.pick([0, 10, 50]),
  };
}

/** A month of a live pool. Balances roll: closing = opening − principal − repurchases − charge-offs. */
function liveMonth(random: Random, { cutOff, term, yieldBps, lossBps }: Pool, opening: bigint): Values {
  const paid = least(opening, random.upTo((2n * cutOff) / term));
  const lost = least(opening - paid, random.upTo((opening * lossBps) / 10_000n));
  const repurchased = random.chance(5) ? random.upTo((opening - paid - lost) / 50n) : 0n;
  const returned = random.chance(30) ? random.upTo(paid / 50n) : 0n;
  const interest = (opening * yieldBps) / 120_000n;
  return {
    poolOpening: opening,
    poolClosing: opening - paid - lost - repurchased + returned,
    'interestCollected+': interest,
    'interestCollected-': random.chance(10) ? random.upTo(interest / 10n) : 0n,
    'principalCollected+': paid,
    'principalCollected-': returned,
    'recoveries+': random.upTo(lost / 2n),
    'recoveries-': random.chance(5) ? random.upTo(lost / 10n) : 0n,
    'repurchaseProceeds+': repurchased,
    'repurchaseProceeds-': 0n,
    'chargeOffs+': lost,
    'chargeOffs-': random.chance(5) ? random.upTo(lost) : 0n,
  };
}

/** A month in which more comes back than is paid: payments of earlier months were returned, so the pool grows. */
function negativeMonth(random: Random, { cutOff }: Pool, opening: bigint): Values {
  const returned = random.upTo(cutOff / 100n);
  const none = ['recoveries', 'repurchaseProceeds', 'chargeOffs'].flatMap((name) => [`${name}+`, `${name}-`]);
  return {
    ...Object.fromEntries(none.map((name) => [name, 0n])),
    poolOpening: opening,
    poolClosing: opening + returned,
    'interestCollected+': random.upTo(returned / 4n),
    'interestCollected-': random.upTo(returned / 2n),
    'principalCollected+': 0n,
    'principalCollected-': returned,
  };
}

function depositOf(random: Random, { slips, cutOff }: Pool, remittance: bigint): bigint {
  if (!random.chance(slips)) return remittance;
  return random.pick([0n, random.upTo(remittance), remittance + random.upTo(cutOff / 200n)]);
}

/**
 * A deal from closing to its last payment date, each month on the state that the last one left. Pools pay off before the
 * end, or not; losses, returned payments and deposits that are short or in excess come as the seed says, or, in a punctual
 * life, the deposit is always what was to be remitted.
 */
export function* life(
  seed: number,
  compiled: CompiledDeal,
  cutOffPool: bigint,
  punctual = false,
): Generator<LifeMonth> {
  const random = new Random(seed ^ 0x11fe);
  const pool = { ...newPool(random, cutOffPool), ...(punctual ? { slips: 0 } : {}) };
  let [balance, state] = [cutOffPool, compiled.initialState];
  for (let period = 1; period <= compiled.program.layout.rows; period++) {
    const negative = balance > 0n && random.chance(4);
    const values = negative ? negativeMonth(random, pool, balance) : liveMonth(random, pool, balance);
    const at = { period, inputs: encodeInputs(compiled, values), state };
    // What must be remitted does not depend on what is deposited.
    const { remittance } = summarise(compiled, execute(compiled.program, { ...at, deposit: 0n }));
    const run = { ...at, deposit: depositOf(random, pool, remittance) };
    const result = execute(compiled.program, run);
    yield { run, result, summary: summarise(compiled, result) };
    balance = values['poolClosing'] ?? 0n;
    state = result.state;
  }
}
