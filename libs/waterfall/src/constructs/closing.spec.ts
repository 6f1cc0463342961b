import { describe, expect, it } from '@jest/globals';
import { CompileError } from '@weir/waterfall';
import { Construct } from '../../fixtures/construct.js';

const CLASS = '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';
const STEPS = `- {step: p, principal: 0.00 USD, to: A, from: [collection, reserve, extra]}
- {step: rest, residual: sponsor, from: [collection]}`;

const open = (accounts: string, blocks = '', tranches = CLASS): Construct =>
  new Construct({ tranches, accounts, blocks, steps: STEPS });

/** Codes of what the compiler finds. */
function faults(accounts: string, blocks = '', tranches = CLASS): string[] {
  try {
    open(accounts, blocks, tranches);
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('closing', () => {
  it('puts into accounts an amount, or their targets, and opens ledgers', () => {
    const deal = open(
      'reserve: {target: 3 % * cutOffPool, floor: 40.00 USD, fundedAtClosing: true}\nextra: {initial: 1 % * A.original}',
      'ledgers: {l: {initial: 2 % * cutOffPool}}\nformulas: {shown: l.balance}',
    );
    // 3 % of 1,000.00 is below the floor
    expect(deal.compiled.initialFunding).toBe(4_000n + 1_000n);
    const first: ReturnType<Construct['pay']> = deal.pay({ cash: 0n });
    expect([first.account('reserve'), first.account('extra'), first.state('ledger.l')]).toEqual([
      4_000n,
      1_000n,
      2_000n,
    ]);
  });

  it('refuses what is negative', () => {
    expect(faults('reserve: {initial: 10.00 USD - cutOffPool}\nextra: {}')).toEqual(['negative']);
    expect(faults('reserve: {}\nextra: {}', 'ledgers: {l: {initial: 10.00 USD - cutOffPool}}')).toEqual(['negative']);
    expect(faults('reserve: {}\nextra: {}', '', CLASS.replace('1000.00 USD', '10.00 USD - cutOffPool'))).toEqual([
      'negative',
    ]);
  });

  it('opens ledgers of either sign on their side', () => {
    const shown = (initial: string): bigint =>
      open(
        'reserve: {initial: 1.00 USD}\nextra: {initial: 1.00 USD}',
        `ledgers: {l: {signed: true, initial: ${initial}}}`,
      )
        .pay({})
        .value('l.balance');
    expect([shown('2 % * cutOffPool'), shown('-5.00 USD'), shown('0.00 USD')]).toEqual([2_000n, -500n, 0n]);
  });

  it('puts in a target that stands above its floor, and nothing where it is not asked to', () => {
    const above = open('reserve: {target: 5 % * cutOffPool, floor: 40.00 USD, fundedAtClosing: true}\nextra: {}');
    expect(above.compiled.initialFunding).toBe(5_000n);
    expect(open('reserve: {target: 5.00 USD}\nextra: {}').compiled.initialFunding).toBe(0n);
    expect(open('reserve: {initial: 0.00 USD}\nextra: {initial: 0.01 USD}').compiled.initialFunding).toBe(1n);
  });

  it('takes no more into the accounts than the notes raise', () => {
    expect(faults('reserve: {initial: 1000.00 USD}\nextra: {}')).toEqual([]);
    expect(faults('reserve: {initial: 600.00 USD}\nextra: {initial: 400.01 USD}')).toEqual(['funding']);
  });

  it('a target that cannot move takes no word of state', () => {
    expect(open('reserve: {target: 5.00 USD, nonDeclining: true}\nextra: {}').compiled.state).not.toContain(
      'target.reserve',
    );
  });
});
