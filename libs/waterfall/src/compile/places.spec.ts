import { parseDeal } from '@weir/deal';
import { describe, expect, it } from '@jest/globals';
import { compileDocument, documentOf } from '../../fixtures/construct.js';
import { compileDeal } from './compile-deal.js';
import { CompileError } from './errors.js';

const CLASS = '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';
const REST =
  '- {step: p, principal: 0.00 USD, to: A, from: [collection]}\n- {step: rest, residual: sponsor, from: [collection]}';

/** Line, from 1, of the first line that holds a text. */
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('the line that an instruction comes from', () => {
  const text = documentOf({
    tranches: CLASS,
    report: 'due: money',
    steps: `- step: own
  pay:
    due + cash
  payee: bank
  from: [collection]
${REST}`,
  });
  const { steps, lines, program } = compileDocument(text);

  it('is that of the formula, and of the step again for what the step does with it', () => {
    const pay = steps.find(({ id }) => id === 'own')!.pays[0]!;
    expect(lines.get(pay)!.line).toBe(lineOf(text, 'step: own'));
    const before = program.code.findLast(({ offset }) => offset < pay)!;
    // due + cash+ − cash−
    expect(before.op).toBe('SUB');
    expect(lines.get(before.offset)!.line).toBe(lineOf(text, 'due + cash'));
  });
});

describe('faults of one kind', () => {
  const found = (steps: string): unknown[] => {
    const text = documentOf({ tranches: CLASS, steps: `${steps}\n${REST}` });
    const { deal } = parseDeal(text);
    try {
      compileDeal(deal!);
    } catch (error) {
      if (error instanceof CompileError) {
        return error.diagnostics.map(({ code, line }) => [code, text.split('\n')[line - 1]!.trim()]);
      }
      throw error;
    }
    return [];
  };

  it('are reported at each of their places, and once at each', () => {
    const one = '- {step: one, pay: 1.00 USD - 2.00 USD, payee: bank, from: [collection]}';
    const two = '- {step: two, pay: 1.00 USD - 3.00 USD, payee: bank, from: [collection]}';
    expect(found(`${one}\n${two}`)).toEqual([
      ['negative', one],
      ['negative', two],
    ]);
    // Two of a line stand at columns of their own.
    const both = '- {step: one, pay: 1.00 USD - 2.00 USD, payee: bank, limit: 3.00 USD - 4.00 USD, from: [collection]}';
    expect(found(both)).toEqual([
      ['negative', both],
      ['negative', both],
    ]);
  });
});

describe('the place of what a name of several letters owes', () => {
  const text = documentOf({
    tranches: CLASS,
    blocks: `fees:
  servicing:
    payee: bank
    amount: cash`,
    steps: `- {step: pay, fee: servicing, from: [collection]}\n${REST}`,
  });
  const { lines, program, symbols } = compileDocument(text);

  it('is where the document declares it', () => {
    // unpaid + amount is not written in the formula
    const unpaid = symbols.indexOf('unpaid.servicing');
    const owed = program.code.find(({ op, operands }) => op === 'ADD' && operands.slice(1).includes(unpaid))!;
    expect(lines.get(owed.offset)!.line).toBe(lineOf(text, 'servicing:'));
  });
});
