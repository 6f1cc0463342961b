import { describe, expect, it } from '@jest/globals';
import { compileText, PaidDeal, TEMPLATE } from '../../fixtures/sample-deal.js';
import { Construct } from '../../fixtures/construct.js';
import { disassemble, explainRun, formatFactor } from '../index.js';

const POOL = { poolOpening: 100_000_000n, poolClosing: 100_000_000n };
const small = (): PaidDeal => new PaidDeal(compileText(undefined, 100_000_000n));

function sentences(deal: PaidDeal, ...month: Parameters<PaidDeal['pay']>): string[] {
  return explainRun(deal.compiled, deal.pay(...month).run).map(({ sentence }) => sentence);
}

describe('explainRun', () => {
  it('says what was held in excess, and that suspense was used first the month after', () => {
    const deal = small();
    expect(sentences(deal, { ...POOL, interestCollected: 1_000_000n }, 1_300_000n).slice(0, 2)).toEqual([
      'Collections: due 10,000.00, paid 10,000.00 from the deposit.',
      'Collections: 3,000.00 was deposited in excess and is held in Suspense.',
    ]);
    expect(sentences(deal, { ...POOL, interestCollected: 500_000n }).slice(0, 2)).toEqual([
      'Collections: due 5,000.00, paid 3,000.00 from Suspense, short 2,000.00.',
      'Collections: due 2,000.00, paid 2,000.00 from the deposit.',
    ]);
  });

  it('passes over an empty suspense account, of several groups of collections too', () => {
    const deal = new Construct({
      report: 'principal: money',
      accounts: 'second: {}',
      collections:
        'suspense: suspense\ngroups:\n  - {account: collection, items: [cash]}\n  - {account: second, items: [principal]}',
      tranches: '- {name: A, amount: 100.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      steps:
        '- {step: pay, principal: 60.00 USD, to: A, from: [collection, second]}\n- {step: rest, residual: sponsor, from: [collection, second]}',
    });
    const said = explainRun(deal.compiled, deal.pay({ cash: 5_000n, principal: 2_000n }).run).map(
      ({ sentence }) => sentence,
    );
    expect(said.slice(0, 3)).toEqual([
      'Collections: due 50.00, paid 50.00 from the deposit.',
      'Collections: due 20.00, paid 20.00 from the deposit.',
      'Step 1, Pay: due 60.00, paid 50.00 from Collection, short 10.00.',
    ]);
  });

  it('says what the reserve paid and what it could not', () => {
    // 900.00 collected: fees 833.33 + 16.67 leave 50.00 for interest A of 440.00
    const drawn = sentences(small(), { ...POOL, interestCollected: 90_000n });
    expect(drawn).toContain('Step 3, Interest A: due 440.00, paid 50.00 from Collection, short 390.00.');
    expect(drawn).toContain('Step 3, Interest A: due 390.00, paid 390.00 from Reserve.');
    // A source that had nothing is left out: B's 66.67 come from the reserve alone
    expect(drawn.filter((sentence) => sentence.startsWith('Step 5, '))).toEqual([
      'Step 5, Interest B: due 66.67, paid 66.67 from Reserve.',
    ]);
    // 390.00 + 66.67 + 62.50 were drawn, and nothing is left to replace them
    expect(drawn).toContain('Step 9, Reserve replenishment: due 519.17, paid 0.00 from Collection, short 519.17.');
    expect(drawn.at(-1)).toBe('Step 12, Residual: 0.00, all that was left in Collection, paid to the sponsor.');
  });
});

describe('disassemble', () => {
  const compiled = compileText();

  it('prints one line an instruction, with names and headings when it knows them', () => {
    const text = disassemble(compiled.program, compiled);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith(';'));
    expect(lines).toHaveLength(compiled.program.code.length);
    expect(text).toContain(`; program ${compiled.program.hash}`);
    expect(text).toContain('; Interest A (line ');
    expect(lines.some((line) => line.includes('PAY  A0(collection) X6(servicing)'))).toBe(true);
    expect(lines.some((line) => line.includes('#360000000000000'))).toBe(true);
    // every instruction of a step carries a line of the document
    const place = TEMPLATE.split('\n').findIndex((line) => line.includes('- step: interestA')) + 1;
    expect(lines.find((line) => line.includes('PAY  A0(collection) X0(A interest)'))).toMatch(
      new RegExp(`; ${place}:\\d+$`),
    );
    expect(lines.at(-1)?.trim()).toBe(`${compiled.program.layout.codeLength - 1}  END`);
  });

  it('needs only the program', () => {
    expect(disassemble(compiled.program)).toContain('PAY  A0 X6');
  });
});

describe('factors', () => {
  it('print with twelve decimals', () => {
    expect(formatFactor(1_000_000_000_000n)).toBe('1.000000000000');
    expect(formatFactor(5n)).toBe('0.000000000005');
  });
});
