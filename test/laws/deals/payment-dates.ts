import {
  type CompiledDeal,
  encodeInputs,
  execute,
  executeRemitted,
  ExecutionError,
  type RunArguments,
  type RunResult,
} from '@weir/waterfall';
import { Random } from '../random.js';
import type { GeneratedDeal } from './document.js';

/** A payment date: what it is run on, and what came out; null when the run stopped. */
export interface GeneratedDate {
  run: RunArguments;
  result: RunResult | null;
}

/** How a pool behaves; chosen once a life. */
interface Pool {
  cutOff: bigint;
  term: bigint;
  yieldBps: bigint;
  lossBps: bigint;
  /** Percent of dates with a deposit that is not the remittance. */
  slips: number;
}

const SCALE = 10n ** 12n;
/** Stored words are below it. */
const STATE_LIMIT = 1n << 85n;

function newPool(random: Random, cutOff: bigint, term: number): Pool {
  return {
    cutOff,
    term: BigInt(Math.max(2, Math.floor((term * random.pick([60, 100, 160])) / 100))),
    yieldBps: BigInt(random.pick([0, 40, 100, 300])),
    lossBps: BigInt(random.pick([0, 20, 100, 800])),
    slips: random.pick([0, 10, 50]),
  };
}

/** The pool's figures of a date, by the names that the generator gives them. */
function poolFigures(random: Random, pool: Pool, opening: bigint): Record<string, bigint> {
  const { cutOff, term, yieldBps, lossBps } = pool;
  const due = random.upTo((2n * cutOff) / term);
  const principal = due < opening ? due : opening;
  const losses = random.upTo(((opening - principal) * lossBps) / 10_000n);
  const interest = (opening * yieldBps) / 10_000n;
  const returned = random.chance(8);
  return {
    poolOpening: opening,
    poolClosing: random.chance(3) ? 0n : opening - principal - losses,
    collected: returned ? -random.upTo(principal + interest + 1n) : principal + interest,
    principalReceived: returned ? -random.upTo(cutOff / 50n) : principal,
    losses: random.chance(10) ? -random.upTo(losses + 100n) : losses,
  };
}

/** Any value of a unit, mostly of the size that it usually has. */
function otherFigure(random: Random, unit: string, signed: boolean): bigint {
  const sign = signed && random.chance(25) ? -1n : 1n;
  if (unit === 'flag') return BigInt(random.chance(15) ? 1 : 0);
  if (unit === 'date') return 17_500n + random.upTo(4000n);
  if (unit === 'rate') return sign * random.upTo((9n * SCALE) / 100n);
  return sign * random.upTo(random.chance(90) ? SCALE / 5n : 30n * SCALE);
}

function inputsOf(random: Random, compiled: CompiledDeal, pool: Pool, opening: bigint): bigint[] {
  const figures = poolFigures(random, pool, opening);
  const values = compiled.inputs.map(({ name, unit, slots }) => {
    if (name.endsWith('.exercised')) return [name, 0n];
    return [name, figures[name] ?? otherFigure(random, unit, slots.length === 2)];
  });
  return encodeInputs(compiled, Object.fromEntries(values) as Record<string, bigint>);
}

function outcome(run: () => RunResult): RunResult | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExecutionError) return null;
    throw error;
  }
}

/** The same inputs with every call exercised. */
function exercised(compiled: CompiledDeal, inputs: readonly bigint[]): bigint[] {
  const names = compiled.inputs.flatMap(({ slots }) => slots);
  return inputs.map((word, index) => (names[index]?.endsWith('.exercised') ? 1n : word));
}

/** Runs a date: a call is exercised now and then, permitted or not; the deposit is what is due, or is not. */
function runDate(
  random: Random,
  compiled: CompiledDeal,
  at: Omit<RunArguments, 'deposit'>,
  slips: number,
): GeneratedDate {
  const called = random.chance(25) ? { ...at, inputs: exercised(compiled, at.inputs) } : at;
  let [from, remitted] = [called, outcome(() => executeRemitted(compiled.program, called))];
  if (!remitted && called !== at && random.chance(95)) {
    [from, remitted] = [at, outcome(() => executeRemitted(compiled.program, at))];
  }
  const slot = compiled.program.layout.regions.S.first + compiled.tranches.length;
  const due = remitted?.slots[slot] ?? 0n;
  if (!random.chance(slips)) return { run: { ...from, deposit: due }, result: remitted };
  const run = { ...from, deposit: random.pick([0n, random.upTo(due), due + random.upTo(due)]) };
  return { run, result: outcome(() => execute(compiled.program, run)) };
}

/** Every payment date of a deal, each on what the last one left; one that stops leaves the state as it was. */
export function generatedLife({ compiled, plan }: GeneratedDeal, seed: number): GeneratedDate[] {
  const random = new Random(seed ^ 0x11fe);
  const { rows } = compiled.program.layout;
  const pool = newPool(random, plan.pool, rows);
  let [balance, state] = [pool.cutOff, compiled.initialState as readonly bigint[]];
  return Array.from({ length: rows }, (_, index) => {
    const inputs = inputsOf(random, compiled, pool, balance);
    const date = runDate(random, compiled, { period: index + 1, inputs, state }, pool.slips);
    balance = date.run.inputs[compiled.inputs[0]?.name === 'poolOpening' ? 1 : 0] ?? 0n;
    state = date.result?.state ?? state;
    return date;
  });
}

/** A state that no life may have led to: some words of one that was reached are another size, or gone. */
function shaken(random: Random, compiled: CompiledDeal, state: readonly bigint[]): bigint[] {
  const amounts = compiled.accounts.length + compiled.tranches.length;
  return state.map((word, index) => {
    if (!random.chance(35) || (index >= amounts && word <= 60n)) return word;
    const grown = word + random.upTo(word / 4n + 1n);
    return random.pick([0n, word / 2n, random.upTo(word), grown < STATE_LIMIT ? grown : word]);
  });
}

/** Payment dates on any state. The collection account may hold cash, as between dates of a deal without a residual. */
export function anyDates(
  { compiled, plan }: GeneratedDeal,
  seed: number,
  life: GeneratedDate[],
  count: number,
): GeneratedDate[] {
  const random = new Random(seed ^ 0x5ea7);
  const { rows } = compiled.program.layout;
  return Array.from({ length: count }, () => {
    const pool = newPool(random, plan.pool, rows);
    const inputs = inputsOf(random, compiled, pool, random.upTo(plan.pool));
    const state = shaken(random, compiled, random.pick(life).run.state);
    return runDate(random, compiled, { period: 1 + random.below(rows), inputs, state }, pool.slips);
  });
}
