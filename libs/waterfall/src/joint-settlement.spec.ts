import { describe, expect, it } from '@jest/globals';
import { compileText, PaidDeal } from '../fixtures/sample-deal.js';

const small = (): PaidDeal => new PaidDeal(compileText(undefined, 100_000_000n));
const POOL = { poolOpening: 100_000_000n, poolClosing: 99_000_000n };

describe('a deposit that differs from the report', () => {
  it('short: becomes a receivable, which the next remittance includes', () => {
    const deal = small();
    const first = deal.pay({ ...POOL, interestCollected: 1_000_000n }, 900_000n);
    expect(first.summary).toMatchObject({ remittance: 1_000_000n, deposit: 900_000n, servicerReceivable: 100_000n });
    const second = deal.pay({ ...POOL, interestCollected: 500_000n });
    expect(second.summary).toMatchObject({ remittance: 600_000n, deposit: 600_000n, servicerReceivable: 0n });
  });

  it('too much: is held in suspense and lowers the next remittance', () => {
    const deal = small();
    const first = deal.pay({ ...POOL, interestCollected: 1_000_000n }, 1_300_000n);
    expect(first.summary).toMatchObject({ remittance: 1_000_000n, servicerReceivable: 0n, suspense: 300_000n });
    expect(first.summary.accounts['collection']?.in).toBe(1_000_000n);
    const second = deal.pay({ ...POOL, interestCollected: 500_000n });
    expect(second.summary).toMatchObject({ remittance: 200_000n, deposit: 200_000n, suspense: 0n });
    expect(second.summary.accounts['collection']?.in).toBe(500_000n);
  });

  it('more in suspense than a month collects: nothing is remitted and the rest waits', () => {
    const deal = small();
    deal.pay({ ...POOL, interestCollected: 100_000n }, 1_000_000n);
    const { summary } = deal.pay({ ...POOL, interestCollected: 250_000n });
    expect(summary).toMatchObject({ remittance: 0n, deposit: 0n, suspense: 650_000n });
  });

  it('nothing at all: senior interest is still paid, from the reserve', () => {
    const { summary } = small().pay({ ...POOL, interestCollected: 1_000_000n }, 0n);
    expect(summary.tranches['A']).toMatchObject({ interestPaid: 44_000n, interestShortfall: 0n });
    expect(summary.servicerReceivable).toBe(1_000_000n);
  });
});

describe('a month whose collections are negative', () => {
  it('remits nothing and carries the reversal forward to the next', () => {
    const deal = small();
    const first = deal.pay({ ...POOL, interestCollected: 200_000n, principalCollected: -500_000n });
    expect(first.summary).toMatchObject({ remittance: 0n, deposit: 0n });
    expect(first.state('carryForward')).toBe(300_000n);
    const second = deal.pay({ ...POOL, interestCollected: 250_000n });
    expect(second.summary.remittance).toBe(0n);
    expect(second.state('carryForward')).toBe(50_000n);
    const third = deal.pay({ ...POOL, interestCollected: 250_000n });
    expect(third.summary.remittance).toBe(200_000n);
    expect(third.state('carryForward')).toBe(0n);
  });

  it('sets a receivable off against it', () => {
    const deal = small();
    deal.pay({ ...POOL, interestCollected: 100_000n }, 0n);
    const { summary, state } = deal.pay({ ...POOL, principalCollected: -30_000n });
    expect(summary).toMatchObject({ remittance: 70_000n, servicerReceivable: 0n });
    expect(state('carryForward')).toBe(0n);
  });
});
