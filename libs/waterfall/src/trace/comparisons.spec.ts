import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDocument, documentOf } from '../../fixtures/construct.js';
import { compileDeal, comparisonsOf, encodeInputs, execute, type RunArguments } from '../index.js';

const TEXT = documentOf({
  report: 'losses: money\npool: money\nlate: flag',
  tranches: '- {name: A, amount: 600.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}',
  blocks:
    'triggers:\n' +
    '  early: {when: (losses > 5 % * pool or pool - losses < 80.00 USD) and period > 3}\n' +
    '  said: {when: late or 90.00 USD >= pool}\n' +
    '  plain: {when: losses > 5.00 USD}',
  steps:
    '- {step: payA, interest: A, from: [collection]}\n' +
    '- {step: p, principal: "if(early or said or plain, 1.00 USD, 2.00 USD)", to: A, from: [collection]}\n' +
    '- {step: rest, residual: sponsor, from: [collection]}',
});
const compiled = compileDocument(TEXT);

describe('comparisonsOf', () => {
  it('gives value, threshold and headroom of each comparison that a trigger joins', () => {
    const inputs = encodeInputs(compiled, { cash: 0n, losses: 800n, pool: 10_000n, late: 0n });
    const from = { period: 1, inputs, state: compiled.initialState, deposit: 0n };
    const found = comparisonsOf(compiled, from);
    // 8.00 of losses against 5 % of 100.00; 92.00 is 12.00 above the least; two more dates may pass.
    expect(found['early']).toEqual([
      { text: 'losses > 5 % * pool', unit: 'money', value: 800n, threshold: 500n, distance: -300n },
      { text: 'pool - losses < 80.00 USD', unit: 'money', value: 9_200n, threshold: 8_000n, distance: 1_200n },
      { text: 'period > 3', unit: 'ratio', value: 10n ** 12n, threshold: 3n * 10n ** 12n, distance: 2n * 10n ** 12n },
    ]);
    // A flag has no sides. Written the other way round, the constant is what is compared.
    expect(found['said']).toEqual([
      { text: '90.00 USD >= pool', unit: 'money', value: 9_000n, threshold: 10_000n, distance: 1_000n },
    ]);
    expect(Object.keys(found)).toEqual(['early', 'said']);
    expect(execute(compiled.program, from).transfers.length).toBeGreaterThan(0);
  });
});

describe('a program that keeps comparisons', () => {
  const keeping = compileDeal(parseDeal(TEXT).deal!, { comparisons: true });
  const inputs = encodeInputs(compiled, { cash: 50_000n, losses: 800n, pool: 10_000n, late: 0n });
  const from: RunArguments = { period: 1, inputs, state: compiled.initialState, deposit: 50_000n };
  const run = execute(keeping.program, from);

  it('does what the other does', () => {
    const plain = execute(compiled.program, from);
    expect([keeping.state, keeping.initialState]).toEqual([compiled.state, compiled.initialState]);
    expect([run.state, run.outputs]).toEqual([plain.state, plain.outputs]);
    expect(compiled.triggers.flatMap(({ kept }) => kept)).toEqual([]);
  });

  it('shows after the run what each was made of', () => {
    const found = comparisonsOf(compiled, from);
    const net = ([plus, minus]: [number, number]): bigint => (run.slots[plus] ?? 0n) - (run.slots[minus] ?? 0n);
    for (const { name, kept } of keeping.triggers) {
      const shown = kept.map(({ text, unit, value, threshold }) => ({
        ...{ text, unit },
        ...{ value: net(value), threshold: net(threshold) },
      }));
      expect(shown).toEqual((found[name] ?? []).map(({ distance: _, ...sides }) => sides));
    }
    expect(keeping.triggers.map(({ kept }) => kept.length)).toEqual([3, 1, 0]);
  });
});
