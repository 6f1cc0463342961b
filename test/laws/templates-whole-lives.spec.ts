import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { compileProjection, summarise } from '@weir/waterfall';
import { differencesOfMany } from './compare.js';
import { Machine } from './machine.js';
import { templateLife, templates } from './template-lives.js';

jest.setTimeout(120_000);

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
});
afterAll(async () => {
  await machine.stop();
});

const sum = (words: readonly bigint[]): bigint => words.reduce((total, word) => total + word, 0n);
let compared = 0;
const CASES = templates().flatMap((template) => template.futures.map((future) => ({ template, future })));

describe.each(CASES)('$template.name, $future.name future', ({ template, future }) => {
  const life = templateLife(template, future);
  const { compiled } = template;

  it('is the same on the EVM in every slot, transfer and stored word of every payment date', async () => {
    const last = life.findLastIndex(({ result }) => result.transfers.some(({ amount }) => amount > 0n));
    // One date on which nothing moves any more stands for those after it.
    const runs = life.slice(0, last + 2).map(({ run }) => run);
    compared += runs.length;
    expect(await differencesOfMany(machine, [{ program: compiled.program, runs }])).toEqual([]);
  });

  it('is the same in the projection executor, to the cent', () => {
    const { S, A, X } = compiled.program.layout.regions;
    const watch = [A, S, X].flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
    const { values, fault } = compileProjection(compiled.program).run({
      firstPeriod: 1,
      periods: life.length,
      inputs: Float64Array.from(life.flatMap(({ run }) => run.inputs.map(Number))),
      deposits: 'remittance',
      state: Float64Array.from(compiled.initialState, Number),
      watch,
    });
    expect(fault).toBeNull();
    const exact = life.flatMap(({ result }) => watch.map((slot) => Number(result.slots[slot])));
    const cents = exact.map((value, index) => Math.abs(value - (values[index] ?? Number.NaN)));
    expect(Math.max(...cents)).toBeLessThanOrEqual(1);
  });

  it('conserves cash, and what a class was issued at is paid, written down or still owed', () => {
    const { A, S, X } = compiled.program.layout.regions;
    const principal = compiled.tranches.map(() => 0n);
    for (const { run, result } of life) {
      const before = sum(run.state.slice(0, A.count)) + run.deposit;
      expect(sum(result.state.slice(0, A.count)) + sum(result.slots.slice(X.first, X.first + X.count))).toBe(before);
      compiled.tranches.forEach(({ name, notional }, index) => {
        if (notional) return;
        const summary = summarise(compiled, result).tranches[name];
        principal[index] = (principal[index] ?? 0n) + (summary?.principalPaid ?? 0n);
      });
    }
    const last = life.at(-1)?.result;
    compiled.tranches.forEach(({ name, original, notional }, index) => {
      if (notional || !last) return;
      const closing = last.slots[S.first + index] ?? 0n;
      const writtenDown = summarise(compiled, last).tranches[name]?.writtenDown ?? 0n;
      // Capitalised interest and advances only add to it.
      expect((principal[index] ?? 0n) + closing + writtenDown).toBeGreaterThanOrEqual(original);
    });
  });
});

it('covers the templates on more than four thousand payment dates', () => {
  console.log(`exact executor = EVM on ${compared} payment dates of ${CASES.length} template lives`);
  expect(compared).toBeGreaterThan(4000);
});
