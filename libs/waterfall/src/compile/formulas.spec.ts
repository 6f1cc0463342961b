import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileText, PaidDeal, TEMPLATE } from '../../fixtures/sample-deal.js';
import { CompileError, compileDeal, ValueOutOfRange } from '../index.js';

const FEE = '0.02 % / 12 * poolOpening';
const POOL = 100_000_000n; // A 800,000.00, B 80,000.00, C 50,000.00

/** What a formula in the place of the trustee fee amounts to, in cents. */
function fee(formula: string, month: Parameters<PaidDeal['pay']>[0] = {}): bigint | undefined {
  const deal = new PaidDeal(compileText((text) => text.replace(FEE, formula), POOL));
  const figures = { poolOpening: 90_000_001n, poolClosing: 80_000_000n, ...month };
  return deal.pay({ ...figures, interestCollected: 10n ** 10n }).summary.fees['trustee']?.due;
}

describe('formulas', () => {
  // pool opening 900,000.01, closing 800,000.00
  it.each<[string, bigint]>([
    ['2500.00 USD', 250_000n],
    ['0', 0n],
    ['poolOpening - poolClosing', 10_000_001n],
    // 1 % of 900,000.01 = 9,000.0001
    ['1 % * poolOpening', 900_000n],
    ['roundUp(1 % * poolOpening)', 900_001n],
    // half of 900,000.01 is 450,000.005: half up, down, half up again inside down
    ['poolOpening / 2', 45_000_001n],
    ['roundDown(poolOpening / 2)', 45_000_000n],
    ['roundDown(roundHalfUp(poolOpening / 2) * 1)', 45_000_001n],
    // one rounding for the whole product: 900,000.01 × 0.003 ÷ 3 = 900.00001
    ['0.3 % * poolOpening / 3', 90_000n],
    // 900,000.01 × 50,000 ÷ 800,000 = 56,250.000625
    ['poolOpening / A.opening * C.opening', 5_625_000n],
    ['poolClosing / poolClosing * 10.00 USD', 1_000n],
    // an amount over an amount is a number, wherever the chain divides: 800,000 ÷ 50,000 = 16, and 1 % of it is 0.16
    ['(1 / C.opening * A.opening) * 10.00 USD', 16_000n],
    ['(1 / C.opening * A.opening + 1) * 10.00 USD', 17_000n],
    ['if(1 % / C.opening * A.opening = 16 %, 1.00 USD, 2.00 USD)', 100n],
    ['max(0, 1 / C.opening * A.opening) * 1.00 USD', 1_600n],
    ['min(poolOpening, poolClosing, 3.00 USD)', 300n],
    ['max(poolOpening, poolClosing, 3.00 USD)', 90_000_001n],
    ['max(0, poolClosing - poolOpening)', 0n],
    ['max(poolOpening - poolClosing, 0)', 10_000_001n],
    // intermediate negatives never appear: 800,000 − 900,000.01 + 200,000
    ['poolClosing - poolOpening + 200000.00 USD', 9_999_999n],
    ['-poolClosing + poolOpening', 10_000_001n],
    ['poolOpening - (poolClosing - 1.00 USD)', 10_000_101n],
    ['5.00 USD - 2.00 USD', 300n],
    ['if(poolOpening > poolClosing, 1.00 USD, 2.00 USD)', 100n],
    ['if(poolOpening < poolClosing, 1.00 USD, 2.00 USD)', 200n],
    ['if(poolOpening <= poolOpening and not (1 > 2), 1.00 USD, 2.00 USD)', 100n],
    ['if(poolOpening != poolOpening or poolOpening = poolClosing, 1.00 USD, 2.00 USD)', 200n],
    // 800,000 ÷ 900,000.01 = 88.888… %
    ['if(poolClosing / poolOpening >= 88.8 %, 1.00 USD, 2.00 USD)', 100n],
    ['if(poolClosing / poolOpening >= 88.9 %, 1.00 USD, 2.00 USD)', 200n],
    ['1 % * notes.original', 930_000n],
    ['1 % * (notes.opening - A.opening)', 130_000n],
  ])('%s is %d cents', (formula, expected) => {
    expect(fee(formula)).toBe(expected);
  });

  it('signed items count their reversals', () => {
    expect(fee('max(0, chargeOffs)', { chargeOffs: -5n })).toBe(0n);
    expect(fee('max(0, -chargeOffs)', { chargeOffs: -5n })).toBe(5n);
    expect(fee('10 % * max(0, chargeOffs - recoveries)', { chargeOffs: 700n, recoveries: -50n })).toBe(75n);
  });
});

describe('formulas that stop a run', () => {
  it('a difference that turns out negative', () => {
    expect(() => fee('poolClosing - poolOpening')).toThrow(ValueOutOfRange);
  });

  it('a divisor that turns out zero, at the same instruction as on chain', () => {
    const formula = 'poolClosing / poolOpening * 100.00 USD';
    const compiled = compileText((text) => text.replace(FEE, formula), POOL);
    const division = compiled.program.code.find(({ op, operands }) => {
      const divisor = compiled.symbols[operands[3] ?? -1];
      return op === 'MULN' && divisor === 'poolOpening';
    });
    expect(() => new PaidDeal(compiled).pay({ poolClosing: 1n }, 0n)).toThrow(
      expect.objectContaining({ fault: 'DIV0', offset: division?.offset }),
    );
  });
});

describe('formulas without a program', () => {
  function faults(from: string, to: string): unknown {
    const { deal, diagnostics } = parseDeal(TEMPLATE.replace(from, to));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    try {
      compileDeal(deal!, { cutOffPool: POOL });
    } catch (error) {
      if (error instanceof CompileError) return error.diagnostics;
      throw error;
    }
    return [];
  }
  const line = TEMPLATE.split('\n').findIndex((text) => text.includes(FEE)) + 1;

  it.each([
    ['1.00 USD - 2.00 USD', 'negative'],
    ['poolOpening / 0.00 USD * 1.00 USD', 'division-by-zero'],
    ['poolOpening / (A.original - A.original) * 1.00 USD', 'division-by-zero'],
    ['if(poolClosing / poolOpening > 1 / 3, 0, 0) + poolClosing', 'precision'],
    ['if(1 / 3 > 0, poolClosing, 0)', 'precision'],
  ])('%s: %s', (formula, code) => {
    const found = parseDeal(TEMPLATE.replace(FEE, formula)).diagnostics;
    const diagnostics = found.filter(({ severity }) => severity === 'error');
    if (diagnostics.length > 0) expect(diagnostics).toMatchObject([{ code, line }]);
    else expect(faults(FEE, formula)).toMatchObject([{ code, line, path: 'fees.trustee.amount' }]);
  });

  it('names the column inside the formula', () => {
    expect(faults(FEE, 'poolClosing + poolOpening / (A.original - A.original) * A.opening')).toMatchObject([
      { line, column: 13 + 40 },
    ]);
  });

  it('a tranche that rounds down to nothing', () => {
    const place = TEMPLATE.split('\n').findIndex((text) => text.includes('- name: C')) + 1;
    expect(faults('share: 5 %', 'share: 0.01 %')).toMatchObject([{ code: 'tranche-empty', line: place, column: 5 }]);
  });

  it('a reserve that the proceeds cannot fund', () => {
    // The notes raise 930,000.00 on a pool of 1,000,000.00.
    const place = TEMPLATE.split('\n').findIndex((text) => text.includes('  reserve:')) + 1;
    expect(faults('target: 1 % * cutOffPool', 'target: 93 % * cutOffPool')).toEqual([]);
    expect(faults('target: 1 % * cutOffPool', 'target: 93.000001 % * cutOffPool')).toMatchObject([
      { code: 'funding', line: place, path: 'accounts.reserve' },
    ]);
  });

  it('nothing when a program lies over the code of several contracts', () => {
    // 16 bytes a class and date: 600 dates of three classes that accrue by the dates as moved take 28,800 bytes, and one
    // contract stores 24,575.
    const longer = (text: string): string =>
      text.replaceAll('accrual: unadjusted', 'accrual: adjusted').replace('paymentDates: 72', 'paymentDates: 600');
    expect(compileText(longer).program.bytes.length).toBeGreaterThan(24_575);
  });

  it('tells all of them at once', () => {
    const { deal } = parseDeal(TEMPLATE.replace(FEE, '1.00 USD - 2.00 USD').replace('share: 5 %', 'share: 0.01 %'));
    expect(() => compileDeal(deal!, { cutOffPool: POOL })).toThrow(
      expect.objectContaining({ diagnostics: [expect.anything(), expect.anything()] }),
    );
  });
});

describe('other priorities', () => {
  it('plain pro rata shares a shortage of cash too', () => {
    const compiled = compileText(
      (text) => text.replace('pro rata until cumulativeNetLoss, then sequential', 'pro rata'),
      POOL,
    );
    const deal = new PaidDeal(compiled);
    // due 930,000 − (950,000 − 71,250) = 51,250.00; cash 10,000 − 850.00 − 569.17 = 8,580.83, by 80 : 8 : 5 of 93:
    // A floor(858,083 × 80 ÷ 93) = 738,135; B floor(119,948 × 8 ÷ 13) = 73,814; C the rest, 46,134
    const { tranches } = deal.pay({
      poolOpening: POOL,
      poolClosing: 95_000_000n,
      principalCollected: 1_000_000n,
    }).summary;
    expect(Object.values(tranches).map(({ principalPaid }) => principalPaid)).toEqual([738_135n, 73_814n, 46_134n]);
  });
});
