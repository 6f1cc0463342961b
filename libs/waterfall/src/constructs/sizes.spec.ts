import { describe, expect, it } from '@jest/globals';
import { CompileError } from '@weir/waterfall';
import { Construct } from '../../fixtures/construct.js';

const open = (tranches: string, cutOffPool: string): Construct =>
  new Construct({
    tranches,
    cutOffPool,
    steps: `- {step: p, principal: notes.opening, to: notes, method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`.replace('to: notes', `to: [${names(tranches).join(', ')}]`),
  });

const names = (tranches: string): string[] => [...tranches.matchAll(/name: (\w+)/g)].map(([, name]) => name ?? '');
const faces = (deal: Construct): bigint[] => deal.compiled.tranches.map(({ original }) => original);
const terms = 'coupon: 0 %, dayCount: 30/360, accrual: unadjusted';

describe('sizes of classes', () => {
  it('are the largest with a credit enhancement, rounded down', () => {
    // 70 % of 12,345.67 = 8,641.969 → 8,600.00; 82.5 % are 10,185.17775, less 8,600.00 = 1,585.17 → 1,500.00
    const deal = open(
      `- {name: A, creditEnhancement: 30 %, roundDown: 100.00, ${terms}}
- {name: B, creditEnhancement: 17.5 %, roundDown: 100.00, ${terms}}`,
      '12345.67',
    );
    expect(faces(deal)).toEqual([860_000n, 150_000n]);
  });

  it('are amounts, of the pool and of each other', () => {
    const deal = open(
      `- {name: A, amount: "min(700.00 USD, 65 % * cutOffPool)", ${terms}}
- {name: B, amount: cutOffPool - A.original, ${terms}}`,
      '1000.00',
    );
    expect(faces(deal)).toEqual([65_000n, 35_000n]);
  });

  it('may be nothing where the document says so', () => {
    const deal = open(`- {name: A, amount: 700.00 USD, ${terms}}\n- {name: R, amount: 0.00 USD, ${terms}}`, '1000.00');
    expect(faces(deal)).toEqual([70_000n, 0n]);
    expect(deal.pay({}).state('balance.R')).toBe(0n);
  });

  it('may not round down to nothing', () => {
    const small = (): Construct =>
      open(`- {name: A, share: 1 %, of: cutOffPool, roundDown: 1000.00, ${terms}}`, '1000.00');
    expect(small).toThrow(CompileError);
    expect(small).toThrow(/rounds down to nothing/);
  });

  it('are to the cent', () => {
    // 0.0001 % of 1,000.00 is a tenth of a cent: 999.99 remain, less 999.98
    const cent = open(
      `- {name: A, amount: 999.98 USD, ${terms}}
- {name: B, creditEnhancement: 0.0001 %, roundDown: 0.01, ${terms}}`,
      '1000.00',
    );
    expect(faces(cent)).toEqual([99_998n, 1n]);
  });

  it('are none, and not negative, below classes that exceed the pool', () => {
    const over = (): Construct =>
      open(
        `- {name: A, amount: 990.00 USD, ${terms}}
- {name: B, creditEnhancement: 10 %, roundDown: 1.00, ${terms}}`,
        '1000.00',
      );
    expect(over).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'tranche-empty' })] }),
    );
  });

  it('a class above all of the pool leaves nothing for the next', () => {
    const none = (): Construct =>
      open(
        `- {name: A, amount: 900.00 USD, ${terms}}
- {name: B, creditEnhancement: 10 %, roundDown: 1.00, ${terms}}`,
        '1000.00',
      );
    expect(none).toThrow(/B rounds down to nothing/);
  });
});
