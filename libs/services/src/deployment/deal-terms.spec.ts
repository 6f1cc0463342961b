import { describe, expect, it } from '@jest/globals';
import type { Deal } from '@weir/deal';
import { RATE_SCALE, type Hex } from '@weir/money';
import { delaysOf, distributionTerms, holdersOf, mostFaces, offerTerms } from './deal-terms.js';
import { PayeeWithoutAccount } from './errors.js';

const address = (digit: string): Hex => `0x${digit.repeat(40)}`;
const accounts = {
  ...{ issuer: address('1'), servicer: address('2'), trustee: address('3'), calculationAgent: address('4') },
  others: { custodian: address('5') },
};
const NOTHING = { onChain: null, offering: null, closingDate: '2020-07-15' };
const terms = (onChain: Partial<NonNullable<Deal['onChain']>>) => ({ onChain }) as unknown as Pick<Deal, 'onChain'>;

describe('delays', () => {
  const set = { disputeDelay: 60, changeDelay: null };
  it('are the document’s before the setting, and the other way round on local chains', () => {
    const document = terms({ disputeDelay: 3_600, changeDelay: null });
    expect(delaysOf(document, set, 1n)).toEqual({ dispute: 3_600, change: 604_800 });
    expect(delaysOf(document, set, 31_337n)).toEqual({ dispute: 60, change: 604_800 });
    expect(delaysOf(NOTHING, set, 1n)).toEqual({ dispute: 60, change: 604_800 });
    expect(delaysOf(NOTHING, { disputeDelay: null, changeDelay: null }, 1n)).toMatchObject({ dispute: 172_800 });
  });
});

describe('the offer', () => {
  const compiled = { tranches: [{ name: 'A', original: 1_000_001n }] } as unknown as Parameters<typeof offerTerms>[1];

  it('is of everything, in cents, until the closing date ends', () => {
    const all = { minimum: 1_000_001n, maximum: 1_000_001n, perInvestor: 0n, lot: 1n };
    // 2020-07-16 00:00 UTC less a second.
    expect(offerTerms(NOTHING, compiled)).toEqual({ deadline: 1_594_857_599, tranches: [all] });
  });

  it('asks for no less than the document’s share, and takes no more', () => {
    const offer = { tranche: 'A', minimum: RATE_SCALE / 2n, maximum: (RATE_SCALE * 3n) / 2n, perInvestor: 5n, lot: 1n };
    const offering = { closesAt: 3_600, tranches: [{ ...offer, line: 1, column: 1 }], furtherIssues: [] };
    const { deadline, tranches } = offerTerms({ ...NOTHING, offering }, compiled);
    // Half of 1,000,001 cents rounded up, one and a half times rounded down.
    expect(tranches).toEqual([{ minimum: 500_001n, maximum: 1_500_001n, perInvestor: 5n, lot: 1n }]);
    expect(deadline).toBe(1_594_771_200 + 3_600);
  });
});

describe('further issues', () => {
  it('reach what the document says of a class, and nothing of the others', () => {
    const two = { tranches: [{ name: 'A' }, { name: 'B' }] } as unknown as Parameters<typeof mostFaces>[1];
    const furtherIssues = [{ tranche: 'B', amount: 1_200_000n, line: 1, column: 1 }];
    expect(mostFaces({ offering: { closesAt: null, tranches: [], furtherIssues } }, two)).toEqual([0n, 1_200_000n]);
    expect(mostFaces(NOTHING, two)).toEqual([0n, 0n]);
  });
});

describe('parties', () => {
  it('are the trustee for tax and unclaimed money unless others are named', () => {
    const unclaimed = { to: accounts.trustee, afterDays: 1_095, delayDays: 30 };
    expect(distributionTerms(NOTHING, accounts)).toEqual({ taxAccount: accounts.trustee, unclaimed });
    const named = terms({ taxAccount: 'custodian', unclaimed: { to: 'servicer', afterDays: 10, delayDays: 1 } });
    expect(distributionTerms(named, accounts)).toEqual({
      taxAccount: address('5'),
      unclaimed: { to: accounts.servicer, afterDays: 10, delayDays: 1 },
    });
    expect(() => distributionTerms(terms({ taxAccount: 'nobody' }), accounts)).toThrow(PayeeWithoutAccount);
  });

  it('hold the roles that the document gives them, each account once', () => {
    const roles = { guardian: ['sponsor', 'issuingEntity'], resumer: [], changeProposer: [], changeApprover: [] };
    expect(holdersOf(terms({ roles }), 'guardian', accounts)).toEqual([accounts.issuer]);
    expect(holdersOf(terms({ roles }), 'resumer', accounts)).toEqual([accounts.calculationAgent]);
    expect(holdersOf(NOTHING, 'changeApprover', accounts)).toEqual([accounts.trustee]);
  });
});
