import { describe, expect, it } from '@jest/globals';
import { compileText, PaidDeal } from '../../fixtures/sample-deal.js';
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
      'Collections: 10,000.00 due to collection, paid in full from deposit.',
      'Collections: 3,000.00 was deposited in excess and is held in suspense.',
    ]);
    expect(sentences(deal, { ...POOL, interestCollected: 500_000n }).slice(0, 2)).toEqual([
      'Collections: 5,000.00 due to collection, 3,000.00 paid from suspense, 2,000.00 short.',
      'Collections: 2,000.00 due to collection, paid in full from deposit.',
    ]);
  });

  it('says what the reserve paid and what it could not', () => {
    // 900.00 collected: fees 833.33 + 16.67 leave 50.00 for interest A of 440.00
    const drawn = sentences(small(), { ...POOL, interestCollected: 90_000n });
    expect(drawn).toContain('Interest A: 440.00 due to A interest, 50.00 paid from collection, 390.00 short.');
    expect(drawn).toContain('Interest A: 390.00 due to A interest, paid in full from reserve.');
    // A source that had nothing is left out: B's 66.67 come from the reserve alone
    expect(drawn.filter((sentence) => sentence.startsWith('Interest B'))).toEqual([
      'Interest B: 66.67 due to B interest, paid in full from reserve.',
    ]);
    // 390.00 + 66.67 + 62.50 were drawn, and nothing is left to replace them
    expect(drawn).toContain('Reserve replenishment: 519.17 due to reserve, 0.00 paid from collection, 519.17 short.');
    expect(drawn.at(-1)).toBe('Residual: the 0.00 left in collection is paid out.');
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
