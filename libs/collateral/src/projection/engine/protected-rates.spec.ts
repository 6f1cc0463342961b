import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, type PoolAssumptions } from '../assumptions.js';
import { IndexMissing } from '../errors.js';
import type { PoolFlowColumn } from '../pool-flows.js';
import type { PoolLine } from '../pool-line.js';
import { projectPool } from '../project-pool.js';
import { readProtection } from '../protection.js';

/** Without interest, repaid in four equal parts; a tenth of what is left prepays. */
const LINE: PoolLine = { balance: 400, grossRate: 0, netRate: 0, remainingTerm: 4, age: 0 };
const PREPAYING: PoolAssumptions = { ...AS_SCHEDULED, prepayment: { model: 'SMM', speed: 0.1 } };

function columns(line: PoolLine, assumed: PoolAssumptions, ...names: PoolFlowColumn[]): number[][] {
  const flows = projectPool([line], assumed, { UST: [0] });
  return names.map((name) => [...flows[name]].map((value) => Math.round(value * 1e6) / 1e6));
}
const protectedBy = (text: string, line = LINE, index?: string): PoolLine => ({
  ...line,
  protection: { stretches: readProtection(text) ?? [], ...(index && { index }) },
});

describe('the notation of prospectuses', () => {
  it('tells stretches in order', () => {
    expect(readProtection('LO(24), DEF(90) O(6)')).toEqual([
      { kind: 'lockout', months: 24 },
      { kind: 'defeasance', months: 90 },
      { kind: 'open', months: 6 },
    ]);
    expect(readProtection('L(12)/YM1(60)/pen2.5(12)')).toEqual([
      { kind: 'lockout', months: 12 },
      { kind: 'yield-maintenance', months: 60, share: 0.01 },
      { kind: 'penalty', months: 12, share: 0.025 },
    ]);
  });

  it.each(['', 'LO', 'LO5(24)', 'PEN(12)', 'XX(3)', 'LO(24) nonsense'])('does not read %j', (text) => {
    expect(readProtection(text)).toBeNull();
  });
});

describe('a protected loan', () => {
  it('does not prepay while locked out, then pays its penalty, and nothing on top where it is open', () => {
    const assumed = { ...PREPAYING, prepaymentPenalty: 0.5 };
    // 300 after month 1; month 2 repays 100 and prepays a tenth of 200; month 3 repays 90 of 180 and prepays 9
    expect(columns(protectedBy('LO(1) PEN5(1)'), assumed, 'prepayments', 'penalties', 'closingBalance')).toEqual([
      [0, 20, 9, 0],
      [0, 1, 0, 0],
      [300, 180, 81, 0],
    ]);
  });

  it('that is defeased pays as scheduled, without prepayment', () => {
    // Month 1: 30 of 300 are defeased. Month 2: 90 + 10 are repaid, 18 of 180 defeased: 38. Month 3: 81 + 19, and 8.1 prepay.
    const names = ['defeased', 'prepayments', 'scheduledPrincipal', 'closingBalance'] as const;
    expect(columns(protectedBy('DEF(2)'), PREPAYING, ...names)).toEqual([
      [30, 18, 0, 0],
      [0, 0, 8.1, 0],
      [100, 100, 100, 91.9],
      [300, 200, 91.9, 0],
    ]);
  });

  it('that is defeased does not default', () => {
    const assumed: PoolAssumptions = {
      ...AS_SCHEDULED,
      prepayment: { model: 'SMM', speed: { by: 'month', values: [1, 0] } },
      default: { model: 'MDR', speed: { by: 'month', values: [0, 1] } },
    };
    expect(columns(protectedBy('DEF(1)'), assumed, 'defaults', 'scheduledPrincipal')).toEqual([
      [0, 0, 0, 0],
      [100, 100, 100, 100],
    ]);
  });

  it('pays yield maintenance: what the lender loses until maturity, at least its share', () => {
    const bullet: PoolLine = { ...LINE, amortisation: 'bullet', grossRate: 0.12 };
    // A yield of nothing: 3, 2 and 1 months of 1 %, but 1.5 % at least; of 40, 36 and 32.4
    expect(columns(protectedBy('YM1.5(4)', bullet, 'UST'), PREPAYING, 'penalties')).toEqual([[1.2, 0.72, 0.486, 0]]);
  });

  it('discounts what is lost at the yield', () => {
    const bullet: PoolLine = { ...LINE, amortisation: 'bullet', grossRate: 0.12, remainingTerm: 3 };
    const yields = 1.005 ** 12 - 1;
    const flows = projectPool([protectedBy('YM(1)', bullet, 'UST')], PREPAYING, { UST: [yields] });
    // Two months of 1 % less a twelfth of the yield, half a percent a month of discount, on 40
    expect(flows.penalties[0]).toBeCloseTo(40 * (0.01 - yields / 12) * (1 / 1.005 + 1 / 1.005 ** 2), 12);
    expect(() => projectPool([protectedBy('YM(1)', bullet, 'UST')], PREPAYING)).toThrow(IndexMissing);
    expect(() => projectPool([protectedBy('YM(1)', bullet, 'UST')], PREPAYING, { SOFR: [0.02] })).toThrow(
      /no yields are given for the index "UST", by which .* yield maintenance .* given are SOFR: .*"rates: \{ UST: 4 % \}"/,
    );
  });

  it('needs no yields where no loan prepays while they would count', () => {
    const bullet: PoolLine = { ...LINE, amortisation: 'bullet', remainingTerm: 3 };
    const line = protectedBy('YM(1) O(2)', bullet, 'UST');
    expect(projectPool([line], AS_SCHEDULED).penalties[0]).toBe(0);
    // Prepayments of the second month alone, which is open.
    const later: PoolAssumptions = {
      ...AS_SCHEDULED,
      prepayment: { model: 'SMM', speed: { by: 'month', values: [0, 0.1, 0] } },
    };
    expect(Array.from(projectPool([line], later).prepayments)).toEqual([0, 40, 0]);
  });
});
