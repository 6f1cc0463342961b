import {
  checkBooked,
  type CompiledDeal,
  executeRemitted,
  ExecutionError,
  NotBooked,
  RunArgumentError,
  type RunArguments,
  type RunResult,
  settlementGas,
  stateHashOf,
} from '@weir/waterfall';
import { toBeHex } from 'ethers';
import { Random } from './random.js';
import { factsOf } from './settlement-facts.js';

/** A first month of a deal that is taken over in some state. */
export interface FirstMonth {
  run: RunArguments;
  result: RunResult;
}

interface Figures {
  inputs: bigint[];
  state: bigint[];
}

interface Climbed extends FirstMonth {
  figures: Figures;
  gas: number;
}

/** A class's face in base units of its token, 10,000 to a cent, has 70 bits. */
const FACE_LIMIT = 2n ** 70n / 10_000n;
/** What a booking holds of a class's interest and of its principal, in cents. */
const SINK_LIMITS = [2n ** 46n, 2n ** 48n] as const;
/** What holds in any first month, at the dearest. */
const FIRST_MONTH = {
  classesWithDust: [],
  tapeKept: false,
  distributorEmpty: true,
  vaultEmptied: false,
} as const;
/** What a hash takes beyond zeros when no byte of it is zero. */
const FULL_HASH = 12 * 32;
/** Bytes of the widest input, and of the widest word of the state that is not near its limit. */
const INPUT_BYTES = 16;
const STATE_BYTES = 10;

const bytesOf = (value: bigint | string): string[] =>
  (typeof value === 'string' ? value : toBeHex(value)).match(/../g) ?? [];

/** What bytes of data take beyond zeros. */
const moreThanZeros = (value: bigint | string): number =>
  12 *
  bytesOf(value)
    .slice(1)
    .filter((byte) => byte !== '00').length;

/** So many bytes, of which none is zero. */
function full(random: Random, bytes: number): bigint {
  let value = 0n;
  for (let index = 0; index < bytes; index++) value = 256n * value + BigInt(1 + random.below(255));
  return value;
}

/** The same number with ones where it has bytes of zero. */
const filled = (value: bigint): bigint =>
  BigInt(
    `0x${bytesOf(value)
      .slice(1)
      .join('')
      .replace(/(..)/g, (byte) => (byte === '00' ? '01' : byte))}`,
  );

/** Places of the two parts of each signed item. */
function partsOf({ inputs }: Pick<CompiledDeal, 'inputs'>): number[] {
  const names = inputs.flatMap(({ slots }) => slots);
  return names.map((name, at) => (name.endsWith('+') ? at + 1 : name.endsWith('-') ? at - 1 : at));
}

/** One word changes, or two by the same. */
function change(random: Random, { inputs, state }: Figures, parts: readonly number[]): void {
  const isInput = random.chance(66);
  const [words, widest] = isInput ? [inputs, INPUT_BYTES] : [state, STATE_BYTES];
  const at = random.below(words.length);
  const was = words[at]!;
  const by = full(random, 1 + random.below(widest));
  const other = random.below(inputs.length);
  const word = random.below(state.length);
  const ways = [
    () => (words[at] = by),
    () => (words[at] = BigInt(random.below(2))),
    () => (words[at] = was - (was >> BigInt(1 + random.below(6)))),
    () => (words[at] = was + (was >> BigInt(random.below(6))) + BigInt(random.below(3))),
    () => (words[at] = 256n * was + full(random, 1)),
    () => (words[at] = filled(was)),
    () => ([words[at], inputs[other]] = [was + by, inputs[other]! + by]),
    () => ([words[at], state[word]] = [was + by, state[word]! + by]),
    () => isInput && ([inputs[at], inputs[parts[at]!]] = [was + by, inputs[parts[at]!]! + by]),
  ];
  random.pick(ways)();
}

/** Figures that a program or a vault does not bear. */
const REFUSALS = [ExecutionError, NotBooked, RunArgumentError];

/**
 * What settling figures as a first month takes, with the dearest root and signatures apart; null when it is refused, or takes
 * less than `least`.
 */
function climbed({ program }: CompiledDeal, figures: Figures, least: number): Climbed | null {
  const { layout } = program;
  const balances = figures.state.slice(layout.regions.A.count, layout.regions.A.count + layout.tranches);
  if (balances.some((balance) => balance >= FACE_LIMIT)) return null;
  const at = { period: 1, inputs: figures.inputs, state: figures.state };
  try {
    const result = executeRemitted(program, at);
    const deposit = result.slots[layout.regions.S.first + layout.tranches] ?? 0n;
    checkBooked(program, deposit, result);
    const toClasses = result.outputs.slice(0, 2 * layout.tranches);
    if (toClasses.some((amount, index) => amount >= SINK_LIMITS[index % 2]!)) return null;
    const run = { ...at, deposit };
    const facts = factsOf(program, run, result, { ...FIRST_MONTH, dataGas: 0 });
    const plain = figures.inputs.reduce((sum, one) => sum + moreThanZeros(one), settlementGas(program, facts));
    // Hashing takes longer than all the rest.
    if (plain + 2 * FULL_HASH < least) return null;
    const gas = plain + moreThanZeros(stateHashOf(figures.state)) + moreThanZeros(result.resultHash);
    return gas < least ? null : { run, result, figures, gas };
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) return null;
    throw error;
  }
}

/**
 * Climbs from a month towards dearer ones by changing words of the report and of the state at random; what is as dear is taken
 * too, so that it does not stay where two words must change.
 */
export function dearestFirstMonth(compiled: CompiledDeal, from: RunArguments, tries: number, seed: number): FirstMonth {
  const random = new Random(seed);
  const parts = partsOf(compiled);
  let best = climbed(compiled, { inputs: [...from.inputs], state: [...from.state] }, 0);
  for (let tried = 0; tried < tries; tried++) {
    const figures: Figures = {
      inputs: [...(best?.figures.inputs ?? from.inputs)],
      state: [...(best?.figures.state ?? from.state)],
    };
    for (let changes = 1 + random.below(3); changes > 0; changes--) change(random, figures, parts);
    best = climbed(compiled, figures, best?.gas ?? 0) ?? best;
  }
  if (!best) throw new RangeError('no month could be settled: begin with one that can');
  return best;
}
