import { describe, expect, it, jest } from '@jest/globals';
import { compileProjection } from '@weir/waterfall';
import { valueOf } from '../../../libs/waterfall/src/execute/operation.js';
import { type GeneratedCase, generatedCases } from './cases.js';
import type { GeneratedDate } from './payment-dates.js';
import type { Program, RunArguments } from '@weir/waterfall';

jest.setTimeout(120_000);

/** A projection is exact while every value stays below it. */
const EXACT_BELOW = 2n ** 50n;

/** The largest value that a run writes, followed here through the code. */
function largest({ code, layout, constants, rows }: Program, run: RunArguments): bigint {
  const { X, T } = layout.regions;
  const empty = new Array<bigint>(X.count + T.count).fill(0n);
  const slots = [...constants, ...(rows[run.period - 1] ?? []), ...run.inputs, run.deposit, ...run.state, ...empty];
  let [skipTo, most] = [0, slots.reduce((a, b) => (a > b ? a : b), 0n)];
  for (const { op, offset, operands } of code) {
    if (offset < skipTo || op === 'END') continue;
    const [first = 0, ...reads] = operands;
    const [a = 0n, b = 0n, c = 0n] = reads.map((slot) => slots[slot] ?? 0n);
    let written = 0n;
    if (op === 'JMP') skipTo = first;
    else if (op === 'JZ') skipTo = slots[first] === 0n ? (reads[0] ?? 0) : skipTo;
    else if (op === 'PAY') {
      const cash = slots[first] ?? 0n;
      const amount = b < cash ? b : cash;
      slots[first] = cash - amount;
      written = (slots[reads[0] ?? 0] ?? 0n) + amount;
      slots[reads[0] ?? 0] = written;
      slots[reads[2] ?? 0] = b - amount;
    } else {
      written = valueOf(op, a, b, c, offset);
      slots[first] = written;
    }
    if (written > most) most = written;
  }
  return most;
}

const numbers = (words: readonly bigint[]): Float64Array => Float64Array.from(words, Number);

/** Runs a date by the projection, all slots watched. */
function projected({ compiled }: GeneratedCase, { run }: GeneratedDate) {
  const watch = Array.from({ length: compiled.program.layout.slots }, (_, slot) => slot);
  const path = { firstPeriod: run.period, periods: 1, inputs: numbers(run.inputs), deposits: numbers([run.deposit]) };
  return { ...path, state: numbers(run.state), watch };
}

/** Slots in which a run and its projection differ, each with both values. */
function off(
  { compiled }: GeneratedCase,
  { result }: GeneratedDate,
  values: Float64Array,
): Map<number, [bigint, number]> {
  const slots = result?.slots ?? [];
  const pairs = slots.map((word, slot): [number, [bigint, number]] => [slot, [word, values[slot] ?? Number.NaN]]);
  expect(values.length).toBe(compiled.program.layout.slots);
  return new Map(pairs.filter(([, [word, value]]) => Number(word) !== value));
}

const isCash = ({ compiled }: GeneratedCase, slot: number): boolean => {
  const { A, X } = compiled.program.layout.regions;
  return [A, X].some(({ first, count }) => slot >= first && slot < first + count);
};

describe('the projection of generated deals', () => {
  const cases = generatedCases(30_000, 120, 12);
  const runs = cases.flatMap((one) => {
    const projection = compileProjection(one.compiled.program);
    return [...one.life, ...one.others].map((date) => ({ one, date, ...projection.run(projected(one, date)) }));
  });
  const finished = runs.filter(({ date }) => date.result !== null);
  const isWide = ({ one, date }: (typeof runs)[number]): boolean =>
    largest(one.compiled.program, date.run) >= EXACT_BELOW;

  it('is the exact run in every slot while all values stay below 2^50', () => {
    const narrow = finished.filter((run) => !isWide(run));
    for (const { one, date, values, fault } of narrow) {
      const at = { seed: one.seed, period: date.run.period };
      expect({ ...at, fault, off: off(one, date, values) }).toEqual({ ...at, fault: null, off: new Map() });
    }
    console.log(`projection = exact executor in every slot on ${narrow.length} payment dates`);
    expect(narrow.length).toBeGreaterThan(300);
  });

  it('moves the same cash where values are wider', () => {
    const wide = finished.filter(isWide);
    for (const { one, date, values, fault } of wide) {
      const at = { seed: one.seed, period: date.run.period };
      const cash = [...off(one, date, values)].filter(([slot]) => isCash(one, slot));
      expect({ ...at, fault, cash }).toEqual({ ...at, fault: null, cash: [] });
    }
    console.log(`projection = exact executor in cash on ${wide.length} wider payment dates`);
    expect(wide.length).toBeGreaterThan(300);
  });

  it('stops where the exact run stops for a SUB below zero or a division by zero', () => {
    const stopped = runs.filter(({ date }) => date.result === null);
    const both = stopped.filter(({ fault }) => fault !== null);
    expect(stopped.length).toBeGreaterThan(0);
    expect(both.length).toBe(stopped.length);
  });
});
