import { describe, expect, it } from '@jest/globals';
import { compileText, CUT_OFF_POOL, TEMPLATE } from '../fixtures/sample-deal.js';
import { decodeInputs, decodeProgram, encodeInputs, execute, explainRun, formatFactor, summarise } from './index.js';

// Sums of a World Omni auto loan tape of July 2020 (SEC ABS-EE).
const REPORT = {
  poolOpening: 18_363_940_443n,
  poolClosing: 18_155_351_571n,
  interestCollected: 162_147_824n,
  'principalCollected+': 211_465_016n,
  'principalCollected-': 2_876_144n,
  recoveries: 0n,
  repurchaseProceeds: 0n,
  chargeOffs: 0n,
};
const DEPOSIT = 370_736_696n; // 1,621,478.24 + 2,114,650.16 − 28,761.44

describe('first payment date of the sample deal on the real tape', () => {
  const compiled = compileText();
  const inputs = encodeInputs(compiled, REPORT);
  const at = { period: 1, inputs, deposit: DEPOSIT, state: compiled.initialState };
  const run = execute(compiled.program, at);
  const summary = summarise(compiled, run);

  it('sizes notes and reserve from the cut-off pool', () => {
    // 80 % of 183,639,404.43 = 146,911,523.544; 8 % = 14,691,152.35; 5 % = 9,181,970.22; each down to 1,000
    expect(compiled.tranches).toEqual([
      { name: 'A', label: 'Class A', notional: false, original: 14_691_100_000n },
      { name: 'B', label: 'Class B', notional: false, original: 1_469_100_000n },
      { name: 'C', label: 'Class C', notional: false, original: 918_100_000n },
    ]);
    // 1 % = 1,836,394.0443
    expect(compiled.initialFunding).toBe(183_639_404n);
    expect(compiled.initialState.slice(0, 6)).toEqual([
      0n,
      183_639_404n,
      0n,
      14_691_100_000n,
      1_469_100_000n,
      918_100_000n,
    ]);
  });

  it('knows its 72 payment dates', () => {
    expect(compiled.periods).toHaveLength(72);
    expect(compiled.periods[0]).toEqual({
      period: 1,
      collectionFrom: '2020-07-01',
      collectionTo: '2020-07-31',
      determinationDate: null,
      recordDate: '2020-08-14',
      paymentDate: '2020-08-17',
      nominalDate: '2020-08-15',
      regularDate: '2020-08-15',
    });
    // 15 November 2020 is a Sunday; 15 July 2026 a Wednesday
    expect(compiled.periods[3]).toMatchObject({ recordDate: '2020-11-13', paymentDate: '2020-11-16' });
    expect(compiled.periods[71]).toMatchObject({ collectionTo: '2026-06-30', paymentDate: '2026-07-15' });
  });

  it('accrues 33 actual days on A and 30 on B and C, then 29 and 30', () => {
    // rate × days at 1e12: 0.006 × 33, 0.01 × 30, 0.015 × 30; 17 August to 15 September is 29 days
    expect(compiled.program.rows.slice(0, 2)).toEqual([[198_000_000_000n], [174_000_000_000n]]);
    // What is the same on every payment date is a constant and takes no column.
    expect(compiled.program.constants).toEqual(expect.arrayContaining([300_000_000_000n, 450_000_000_000n]));
  });

  it('pays the fees: 1 % ÷ 12 and 0.02 % ÷ 12 of 183,639,404.43', () => {
    // 183,639,404.43 ÷ 1,200 = 153,032.837…; ÷ 60,000 = 3,060.6567…
    expect(summary.fees).toEqual({
      servicing: { due: 15_303_284n, paid: 15_303_284n, short: 0n },
      trustee: { due: 306_066n, paid: 306_066n, short: 0n },
    });
  });

  it('pays interest', () => {
    // A 146,911,000 × 0.006 × 33 ÷ 360 = 80,801.05; B 14,691,000 × 0.01 ÷ 12 = 12,242.50; C 9,181,000 × 0.015 ÷ 12
    // = 11,476.25
    const { A, B, C } = summary.tranches;
    expect([A?.interestDue, B?.interestDue, C?.interestDue]).toEqual([8_080_105n, 1_224_250n, 1_147_625n]);
    expect([A?.interestPaid, B?.interestPaid, C?.interestPaid]).toEqual([8_080_105n, 1_224_250n, 1_147_625n]);
  });

  it('pays regular principal pro rata', () => {
    // target OC = max(7.5 % × 181,553,515.71 = 13,616,513.67825, 1,836,394.04) = 13,616,513.68
    // 170,783,000 − (181,553,515.71 − 13,616,513.68) = 2,845,997.97, split by 146,911 : 14,691 : 9,181 of 170,783:
    // A floor(284,599,797 × 146,911 ÷ 170,783) = 244,818,516; B floor(39,781,281 × 14,691 ÷ 23,872) = 24,481,685;
    // C 284,599,797 − 244,818,516 − 24,481,685 = 15,299,596
    const { A, B, C } = summary.tranches;
    expect([A?.principalPaid, B?.principalPaid, C?.principalPaid]).toEqual([244_818_516n, 24_481_685n, 15_299_596n]);
    expect([A?.closing, B?.closing, C?.closing]).toEqual([14_446_281_484n, 1_444_618_315n, 902_800_404n]);
    // 144,462,814.84 ÷ 146,911,000 = 0.983335589847…
    expect(formatFactor(A?.factor ?? 0n)).toBe('0.983335589847');
  });

  it('pays the residual and keeps the reserve', () => {
    // 3,707,366.96 − 153,032.84 − 3,060.66 − 80,801.05 − 12,242.50 − 11,476.25 − 2,845,997.97 = 600,755.69
    expect(summary.residual).toBe(60_075_569n);
    expect(summary.accounts).toEqual({
      collection: { opening: 0n, in: DEPOSIT, out: DEPOSIT, closing: 0n },
      reserve: { opening: 183_639_404n, in: 0n, out: 0n, closing: 183_639_404n },
      suspense: { opening: 0n, in: 0n, out: 0n, closing: 0n },
    });
    // 1,836,394.04 + 3,707,366.96
    const cash = 554_376_100n;
    expect(summary.conservation).toEqual({ openingPlusDeposits: cash, paymentsPlusClosing: cash });
    expect([summary.remittance, summary.deposit, summary.servicerReceivable]).toEqual([DEPOSIT, DEPOSIT, 0n]);
  });

  it('measures the trigger: nothing lost of 1.5 % = 2,754,591.06', () => {
    expect(summary.triggers).toEqual({
      cumulativeNetLoss: { unit: 'money', value: 0n, threshold: 275_459_106n, distance: 275_459_106n, on: false },
    });
  });

  it('explains every step in the order of the document', () => {
    const trace = explainRun(compiled, run);
    expect(trace.map(({ step, id }) => `${step} ${id}`)).toEqual([
      '1 collections',
      '2 servicingFee',
      '3 trusteeFee',
      '4 interestA',
      '5 firstPriorityPrincipal',
      '6 interestB',
      '7 secondPriorityPrincipal',
      '8 interestC',
      '9 thirdPriorityPrincipal',
      '10 reserveReplenishment',
      '11 regularPrincipal',
      '12 regularPrincipal',
      '13 regularPrincipal',
      '14 residual',
    ]);
    expect(trace[3]).toMatchObject({ from: 'collection', to: 'A interest', subject: 'A', kind: 'interest' });
    expect(trace[3]?.sentence).toBe('Step 3, Interest A: due 80,801.05, paid 80,801.05 from Collection.');
    expect(TEMPLATE.split('\n')[(trace[3]?.line ?? 0) - 1]).toBe('  - step: interestA');
    expect(trace.reduce((sum, { paid }) => sum + paid, 0n)).toBe(2n * DEPOSIT);
  });

  it('needs nothing but the bytes to run, and the same document gives the same bytes', () => {
    expect(execute(decodeProgram(compiled.program.bytes), at)).toEqual(run);
    expect(compileText().program.hash).toBe(compiled.program.hash);
    expect(compileText(undefined, CUT_OFF_POOL + 10_000_000n).program.hash).not.toBe(compiled.program.hash);
  });

  it('reads inputs back by slot, and takes signed items whole or in parts', () => {
    const { principalCollected, interestCollected, ...rest } = {
      ...REPORT,
      principalCollected: 0n,
      interestCollected: -5n,
    };
    expect(decodeInputs(compiled, inputs)['principalCollected-']).toBe(2_876_144n);
    const parts = decodeInputs(compiled, encodeInputs(compiled, { ...rest, interestCollected }));
    expect(principalCollected).toBe(0n);
    expect([parts['interestCollected+'], parts['interestCollected-']]).toEqual([0n, 5n]);
  });

  it('refuses unknown, missing and negative inputs, all at once', () => {
    const { poolOpening, ...rest } = REPORT;
    expect(() => encodeInputs(compiled, { ...rest, poolClosing: -poolOpening, colour: 1n })).toThrow(
      expect.objectContaining({ unknown: ['colour'], missing: ['poolOpening'], negative: ['poolClosing'] }),
    );
  });
});
