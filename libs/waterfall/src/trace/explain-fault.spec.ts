import { describe, expect, it } from '@jest/globals';
import { payAll, smallDeal, smallText } from '../../fixtures/small-deal.js';
import { ExecutionError, explainFault } from '../index.js';

function faultOf(blocks: Parameters<typeof smallDeal>[0], report: Record<string, bigint>): string | undefined {
  const compiled = smallDeal(blocks);
  try {
    payAll(compiled, [report]);
  } catch (error) {
    if (error instanceof ExecutionError) return explainFault(compiled, error)?.message;
    throw error;
  }
  return undefined;
}

const lineOf = (blocks: Parameters<typeof smallDeal>[0], text: string): number =>
  smallText(blocks)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

describe('explainFault', () => {
  it('names the place of a division by zero and of a negative amount', () => {
    // The product is one instruction and stands where its last operator does, 14 characters into the formula.
    const division = { report: ['a: money'], formulas: ['x: collected / a * 1.00 EUR'] };
    expect(faultOf(division, {})).toBe(
      `line ${lineOf(division, '  x:')}, column 20: this divided by zero; guard it with max(…) or if(… > 0, …) in the document`,
    );
    const negative = {
      report: ['a: money'],
      priority: [
        '- {step: out, pay: collected - a, payee: trustee, from: [cash]}',
        '- {step: interest, interest: A, from: [cash]}',
        '- {step: principal, principal: A.balance, to: [A], method: sequential, from: [cash]}',
        '- {step: rest, residual: sponsor, from: [cash]}',
      ],
    };
    expect(faultOf(negative, { a: 1n })).toMatch(new RegExp(`^line ${lineOf(negative, 'step: out')}, .*negative`));
  });

  it('names a call that was not permitted', () => {
    const calls = {
      calls: ['cleanUp: {by: servicer, when: A.factor < 10 %, price: A.balance}'],
      items: '[collected, cleanUp.price]',
    };
    expect(faultOf(calls, { 'cleanUp.exercised': 1n })).toMatch(/the call cleanUp was exercised and is not permitted/);
  });
});
