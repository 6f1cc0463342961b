import {
  type CompiledDeal,
  encodeInputs,
  encodeProgram,
  type Instruction,
  type OperandKind,
  type OpName,
  OPS,
  operandsOf,
  type Program,
  type RegionName,
  REGIONS,
  regionsOf,
  type RunArguments,
  sizeOf,
} from '@weir/waterfall';
import { Random } from './random.js';

/** A program and what to run it on; the same seed gives the same case. */
export interface Case {
  seed: number;
  program: Program;
  run: RunArguments;
}

const STATE_MOST = (1n << 84n) - 1n;
const VALUE_MOST = (1n << 128n) - 1n;
const MONEY_MOST = 10n ** 13n;

/** Mostly amounts, often small, sometimes zero or one, now and then at the edge of the range. */
function word(random: Random, most: bigint): bigint {
  const kind = random.below(20);
  if (kind < 3) return BigInt(kind === 0 ? 1 : 0);
  if (kind === 3) return most - random.upTo(3n);
  return random.upTo(kind < 12 ? 1000n : MONEY_MOST);
}

function words(random: Random, count: number, most: bigint): bigint[] {
  return Array.from({ length: count }, () => word(random, most));
}

const SOURCES: Record<Exclude<OperandKind, 'jump'>, readonly RegionName[]> = {
  read: ['K', 'R', 'I', 'C', 'A', 'S', 'X', 'T', 'T', 'S'],
  write: ['S', 'T', 'T'],
  from: ['C', 'A', 'A'],
  to: ['A', 'X'],
};

type Sizes = Record<RegionName, number>;

function slotIn(random: Random, sizes: Sizes, kind: Exclude<OperandKind, 'jump'>): number {
  const region = random.pick(SOURCES[kind].filter((name) => sizes[name] > 0));
  return regionsOf(sizes).regions[region].first + random.below(sizes[region]);
}

function randomLine(random: Random, sizes: Sizes, index: number, last: number): { op: OpName; operands: number[] } {
  const op = random.chance(25) ? 'PAY' : random.pick(OPS.filter((name) => name !== 'END'));
  const operands = operandsOf(op).map((kind) =>
    kind === 'jump' ? index + 1 + random.below(last - index) : slotIn(random, sizes, kind),
  );
  while (op === 'PAY' && operands[0] === operands[1]) operands[1] = slotIn(random, sizes, 'to');
  return { op, operands };
}

/** Jump operands from instruction indexes to byte offsets. */
function placed(lines: { op: OpName; operands: number[] }[]): Instruction[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const { op } of lines) {
    offsets.push(offset);
    offset += sizeOf(op);
  }
  return lines.map(({ op, operands }, index) => ({
    offset: offsets[index] ?? 0,
    op,
    operands: operands.map((operand, i) => (operandsOf(op)[i] === 'jump' ? (offsets[operand] ?? 0) : operand)),
  }));
}

/**
 * A random valid program over every instruction, aliases and forward jumps included. It ends by moving what is left of
 * the deposit, as a vault demands. Some runs stop with RANGE, DIV0 or WIDTH: both executors must say the same.
 */
export function programCase(seed: number): Case {
  const random = new Random(seed);
  const tranches = random.below(3);
  const sizes = {
    K: 1 + random.below(5),
    R: random.below(3),
    I: random.below(4),
    C: 1,
    A: 1 + random.below(3),
    S: tranches + 1 + random.below(3),
    X: 2 * tranches + 1 + random.below(2),
    T: 1 + random.below(6),
  };
  const length = 3 + random.below(28);
  const lines = Array.from({ length }, (_, index) => randomLine(random, sizes, index, length));
  const { regions } = regionsOf(sizes);
  const drain = [regions.C.first, regions.A.first, regions.C.first, regions.T.first];
  const code = placed([...lines, { op: 'PAY', operands: drain }, { op: 'END', operands: [] }]);
  const rows = Array.from({ length: 1 + random.below(3) }, () => words(random, sizes.R, VALUE_MOST));
  const constants = words(random, sizes.K, VALUE_MOST);
  const program = encodeProgram({ counts: sizes, tranches, constants, code, rows });
  const run = {
    period: 1 + random.below(rows.length),
    inputs: words(random, sizes.I, VALUE_MOST),
    deposit: word(random, STATE_MOST),
    state: words(random, sizes.A + sizes.S, STATE_MOST),
  };
  return { seed, program, run };
}

function amount(random: Random, pool: bigint): bigint {
  const size = random.upTo(pool / [5n, 20n, 100n, 1000n][random.below(4)]!);
  return random.chance(25) ? 0n : size;
}

function signed(random: Random, pool: bigint, name: string): Record<string, bigint> {
  const reversed = random.chance(30) ? amount(random, pool) : 0n;
  return { [`${name}+`]: amount(random, pool), [`${name}-`]: reversed };
}

/** State words of a deal somewhere in its life: balances at most the original ones, shortfalls, trigger on or off. */
function randomState(random: Random, compiled: CompiledDeal, pool: bigint): bigint[] {
  const accounts = compiled.accounts.map((_, index) => random.upTo((compiled.initialState[index] ?? 0n) + pool / 500n));
  const state = compiled.state.map((name, index) => {
    const original = compiled.tranches[index]?.original;
    if (original !== undefined) return random.chance(15) ? 0n : random.chance(10) ? original : random.upTo(original);
    if (name.startsWith('trigger.')) return BigInt(random.below(2));
    if (name.startsWith('cumulative.')) return random.upTo(pool / 40n);
    return random.chance(60) ? 0n : random.upTo(pool / 1000n);
  });
  // The collection account is empty between payment dates.
  return [...accounts.map((cash, index) => (index === 0 ? 0n : cash)), ...state];
}

/**
 * A random payment date of the sample deal: any state, collections with reversals, losses up to and beyond the
 * trigger, a deposit that matches what is remitted or not.
 */
export function dealCase(seed: number, compiled: CompiledDeal, cutOffPool: bigint): Case {
  const random = new Random(seed ^ 0x5eed);
  const poolOpening = random.upTo(cutOffPool);
  const signedItems = ['interestCollected', 'principalCollected', 'recoveries', 'repurchaseProceeds', 'chargeOffs'];
  const values = {
    poolOpening,
    poolClosing: random.chance(10) ? 0n : random.upTo(poolOpening),
    ...Object.assign({}, ...signedItems.map((name) => signed(random, cutOffPool, name))),
  } as Record<string, bigint>;
  const collected = signedItems.slice(0, 4).reduce((sum, name) => sum + values[`${name}+`]! - values[`${name}-`]!, 0n);
  const expected = collected > 0n ? collected : 0n;
  const run = {
    period: 1 + random.below(compiled.program.layout.rows),
    inputs: encodeInputs(compiled, values),
    deposit: random.chance(50) ? expected : random.upTo(expected * 2n),
    state: randomState(random, compiled, cutOffPool),
  };
  return { seed, program: compiled.program, run };
}

/** A payment date in which one input or the deposit is near 2^84, 2^85 or 2^128: it may stop with WIDTH or RANGE. */
export function edgeCase(seed: number, compiled: CompiledDeal, cutOffPool: bigint): Case {
  const { program, run } = dealCase(seed, compiled, cutOffPool);
  const random = new Random(seed ^ 0xed6e);
  const huge = random.pick([STATE_MOST, 2n * STATE_MOST + 2n, VALUE_MOST]) - random.upTo(3n);
  const inputs = [...run.inputs];
  const at = random.below(inputs.length + 1);
  if (at === inputs.length) return { seed, program, run: { ...run, deposit: huge } };
  inputs[at] = huge;
  return { seed, program, run: { ...run, inputs } };
}

/** Every region's name, for messages that show a differing slot. */
export function slotLabel(program: Program, slot: number): string {
  const region = [...REGIONS].reverse().find((name) => {
    const { first, count } = program.layout.regions[name];
    return count > 0 && slot >= first;
  });
  return region ? `${region}${slot - program.layout.regions[region].first}` : `slot ${slot}`;
}
