import { describe, expect, it } from '@jest/globals';
import { settledPeriod } from './settled-period.fixture.js';
import { summaryJson } from './summary-json.js';

interface Summary {
  programHash: string;
  tape: unknown;
  collections: unknown;
  tranches: Record<string, unknown>;
  fees: unknown;
  residual: string;
  accounts: Record<string, unknown>;
  triggers: unknown;
  conservation: unknown;
}

const facts = settledPeriod();
const summary = JSON.parse(summaryJson(facts)) as Summary;

describe('summary.json of the sample deal on the real tape', () => {
  it('names the program and what the tape held', () => {
    expect(summary.programHash).toBe(facts.compiled.program.hash);
    expect(summary.tape).toEqual({
      rows: 7572,
      findings: 78,
      findingsByRule: { 'reversal-row': 78 },
      pool: { loans: 7465, opening: '183639404.43', closing: '181553515.71' },
      excluded: 107,
    });
  });

  it('states collections with reversals as what they take away', () => {
    // 2,114,650.16 − 28,761.44 = 2,085,888.72; with interest 1,621,478.24 it makes 3,707,366.96.
    expect(summary.collections).toEqual({
      interest: '1621478.24',
      principalGross: '2114650.16',
      principalReversed: '-28761.44',
      principal: '2085888.72',
      recoveries: '0.00',
      repurchaseProceeds: '0.00',
      available: '3707366.96',
      otherCollected: '13280.62',
    });
  });

  it('states nothing reversed as 0.00, without a sign', () => {
    const none = settledPeriod();
    const principal = { gross: 208_588_872n, reversed: 0n, net: 208_588_872n };
    const stated = JSON.parse(summaryJson({ ...none, figures: { ...none.figures, principal } })) as {
      collections: { principalReversed: string };
    };
    expect(stated.collections.principalReversed).toBe('0.00');
  });

  it('states each class with its factor', () => {
    // 146,911,000.00 × 0.60 % × 33 ÷ 360 = 80,801.05. Regular principal: 170,783,000.00 − (181,553,515.71 −
    // 7.5 % of it, 13,616,513.68) = 2,845,997.97, of which A 146,911 ÷ 170,783 = 2,448,185.16 (rounded down).
    // 144,462,814.84 ÷ 146,911,000.00 = 0.983335589847 (half up at twelve decimals).
    expect(summary.tranches['A']).toEqual({
      original: '146911000.00',
      opening: '146911000.00',
      interestDue: '80801.05',
      interestPaid: '80801.05',
      interestShortfall: '0.00',
      carryover: '0.00',
      writtenDown: '0.00',
      rate: '0.006000000000',
      principalPaid: '2448185.16',
      closing: '144462814.84',
      factor: '0.983335589847',
    });
    // 14,691,000.00 × 1 % × 30 ÷ 360 = 12,242.50; 9,181,000.00 × 1.5 % × 30 ÷ 360 = 11,476.25.
    expect(summary.tranches['B']).toMatchObject({ interestPaid: '12242.50', principalPaid: '244816.85' });
    expect(summary.tranches['C']).toMatchObject({ interestPaid: '11476.25', principalPaid: '152995.96' });
  });

  it('states fees, residual, accounts, triggers and conservation', () => {
    // 183,639,404.43 × 1 % ÷ 12 = 153,032.84; × 0.02 % ÷ 12 = 3,060.66. The residual is what the rest leaves of
    // 3,707,366.96: less fees 156,093.50, interest 104,519.80 and principal 2,845,997.97.
    expect(summary.fees).toEqual({
      servicing: { due: '153032.84', paid: '153032.84', short: '0.00' },
      trustee: { due: '3060.66', paid: '3060.66', short: '0.00' },
    });
    expect(summary.residual).toBe('600755.69');
    expect(summary.accounts['collection']).toEqual({
      opening: '0.00',
      in: '3707366.96',
      out: '3707366.96',
      closing: '0.00',
    });
    expect(summary.accounts['reserve']).toEqual({
      opening: '1836394.04',
      in: '0.00',
      out: '0.00',
      closing: '1836394.04',
    });
    // 1.5 % of 183,639,404.43, rounded down to the cent.
    expect(summary.triggers).toEqual({
      cumulativeNetLoss: { value: '0.00', threshold: '2754591.06', distance: '2754591.06', on: false },
    });
    // 1,836,394.04 + 3,707,366.96.
    expect(summary.conservation).toEqual({ openingPlusDeposits: '5543761.00', paymentsPlusClosing: '5543761.00' });
  });
});
