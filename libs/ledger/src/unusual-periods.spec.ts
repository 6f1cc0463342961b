import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DuplicateEntry,
  Unbalanced,
  UnknownPlace,
  UnpostableStep,
  assertBalanced,
  journalForClaim,
  journalForTax,
  journalForUnclaimed,
  journalForCollections,
  journalForDeposit,
  journalForSettlement,
  journalForWithdrawal,
  naturalBalance,
  reverseEntry,
  trialBalance,
  unexplainedRoll,
} from './index.js';
import { CONTEXT, JULY, PLACES } from './sample-deal.fixture.js';

const at = { ...CONTEXT, date: '2020-08-17', places: PLACES };
const step = (number: number, from: string, to: string, paid: bigint) => ({
  step: number,
  label: `${from} to ${to}`,
  from,
  to,
  paid,
});

describe('losses, repurchases and adjustments', () => {
  const figures = {
    ...JULY,
    poolOpening: 1_000_000n,
    poolClosing: 888_000n,
    interestCollected: { gross: 5_000n, reversed: 100n },
    principalCollected: { gross: 60_000n, reversed: 2_000n },
    recoveries: { gross: 700n, reversed: 0n },
    repurchaseProceeds: { gross: 20_500n, reversed: 0n },
    chargeOffs: { gross: 30_000n, reversed: 1_000n },
    otherPrincipalAdjustment: 5_000n,
    repurchasedPrincipal: 20_000n,
  };

  it('books each and reaches the closing pool', () => {
    const opening = {
      id: 'open',
      date: '2020-07-15',
      description: 'opening pool',
      lines: [
        { account: 'asset:loans', debit: 1_000_000n, credit: 0n },
        { account: 'equity:residual', debit: 0n, credit: 1_000_000n },
      ],
    };
    const trial = trialBalance([opening, ...journalForCollections(at, figures)]);
    // Roll: 1,000,000 − 58,000 − 29,000 − 5,000 − 20,000 = 888,000, so nothing is unexplained.
    expect(unexplainedRoll(figures)).toBe(0n);
    expect(trial.get('asset:loans')).toBe(888_000n);
    // Receivable: 4,900 + 58,000 + 700 + 20,500.
    expect(trial.get('asset:servicer-receivable')).toBe(84_100n);
    expect(trial.get('loss:charge-offs')).toBe(29_000n);
    expect(trial.get('adjustment:principal')).toBe(5_000n);
    expect(naturalBalance(trial, 'income:repurchases')).toBe(500n);
    expect(naturalBalance(trial, 'income:recoveries')).toBe(700n);
  });

  it('shows a roll that does not tie instead of scaling it away', () => {
    const entries = journalForCollections(at, { ...figures, poolClosing: 887_990n });
    const difference = entries.find((entry) => entry.id.endsWith('/roll-difference'));
    expect(difference?.lines).toEqual([
      { account: 'difference:pool-roll', debit: 10n, credit: 0n },
      { account: 'asset:loans', debit: 0n, credit: 10n },
    ]);
  });

  it('posts a negative adjustment, such as interest added to principal, on the other side', () => {
    const entries = journalForCollections(at, { ...figures, poolClosing: 898_000n, otherPrincipalAdjustment: -5_000n });
    const adjustment = entries.find((entry) => entry.id.endsWith('/other-adjustments'));
    expect(adjustment?.lines).toEqual([
      { account: 'adjustment:principal', debit: 0n, credit: 5_000n },
      { account: 'asset:loans', debit: 5_000n, credit: 0n },
    ]);
  });
});

describe('deposits that differ from the report', () => {
  const collected = journalForCollections(at, JULY);
  const deposit = (amount: bigint) => journalForDeposit(at, { key: '0xaa/0', amount });

  it('keeps an excess in suspense and applies it later', () => {
    const excess = [
      deposit(370_737_696n),
      ...journalForSettlement(at, [
        step(1, 'deposit', 'collection', 370_736_696n),
        step(2, 'deposit', 'suspense', 1_000n),
      ]),
    ];
    const trial = trialBalance([...collected, ...excess]);
    expect(trial.get('account:suspense')).toBe(1_000n);
    expect(naturalBalance(trial, 'payable:deposits')).toBe(1_000n);
    expect(trial.get('asset:servicer-receivable')).toBe(0n);

    const next = journalForSettlement({ ...at, period: 2 }, [step(1, 'suspense', 'collection', 1_000n)]);
    const later = trialBalance([...collected, ...excess, ...next]);
    expect(later.get('account:suspense')).toBe(0n);
    expect(later.get('payable:deposits')).toBe(0n);
    expect(later.get('asset:servicer-receivable')).toBe(-1_000n);
  });

  it('leaves what the servicer did not deliver as a receivable', () => {
    const short = [
      deposit(370_000_000n),
      ...journalForSettlement(at, [step(1, 'deposit', 'collection', 370_000_000n)]),
    ];
    expect(trialBalance([...collected, ...short]).get('asset:servicer-receivable')).toBe(736_696n);
  });
});

describe('claims and withdrawals in base units', () => {
  it('leave dust as a payable until the next distribution', () => {
    const fine = { ...at, unitsPerCent: 10_000n };
    const paid = [
      journalForDeposit(fine, { key: '0xaa/0', amount: 1_100n }),
      ...journalForSettlement(fine, [
        step(1, 'deposit', 'collection', 1_100n),
        step(2, 'collection', 'A interest', 1_000n),
        step(3, 'collection', 'servicing', 100n),
      ]),
      // Three holders of a third each: floor(10,000,000 / 3) = 3,333,333 base units; one is dust.
      ...['0xAb', '0xCd', '0xEf'].map((account) =>
        journalForClaim(fine, { tranche: 'A', account, interest: 3_333_333n, principal: 0n, tax: 0n }),
      ),
      journalForWithdrawal(fine, { key: '0xbb/1', payee: 'servicing', amount: 1_000_000n }),
    ];
    const trial = trialBalance(paid);
    expect(naturalBalance(trial, 'payable:interest:A')).toBe(1n);
    expect(naturalBalance(trial, 'payable:payee:servicing')).toBe(0n);
    expect(trial.get('account:held-for-payment')).toBe(1n);
    expect(paid[4]?.id).toBe('auto-2020/period/1/claim/A/0xab');
  });
});

describe('tax withheld and money that nobody claims', () => {
  it('stays a payable until it is remitted or moved', () => {
    const fine = { ...at, unitsPerCent: 10_000n };
    const claim = { tranche: 'A', account: '0xAb', interest: 600_000n, principal: 100_000n, tax: 180_000n };
    const paid = [
      journalForDeposit(fine, { key: '0xaa/0', amount: 100n }),
      ...journalForSettlement(fine, [
        step(1, 'deposit', 'collection', 100n),
        step(2, 'collection', 'A interest', 80n),
        step(3, 'collection', 'A principal', 20n),
      ]),
      // 60 of 80 cents of interest and 10 of 20 of principal; 30 % of the interest, 18 cents, is withheld.
      journalForClaim(fine, claim),
    ];
    const before = trialBalance(paid);
    expect(naturalBalance(before, 'payable:tax:A')).toBe(180_000n);
    expect(before.get('account:held-for-payment')).toBe(1_000_000n - 520_000n);
    paid.push(
      journalForTax(fine, { key: '0xcc/2', tranche: 'A', amount: 180_000n }),
      journalForUnclaimed(fine, { key: '0xdd/3', tranche: 'A', interest: 200_000n, principal: 100_000n }),
    );
    const after = trialBalance(paid);
    for (const account of ['payable:tax:A', 'payable:interest:A', 'payable:principal:A'])
      expect(naturalBalance(after, account)).toBe(0n);
    expect(after.get('account:held-for-payment') ?? 0n).toBe(0n);
  });
});

describe('what the books refuse', () => {
  it('an entry whose sides differ, naming both sums', () => {
    const entry = {
      id: 'x',
      date: '2020-08-17',
      description: '',
      lines: [
        { account: 'asset:loans', debit: 5n, credit: 0n },
        { account: 'note:A', debit: 0n, credit: 4n },
      ],
    };
    expect(() => assertBalanced(entry)).toThrow(new Unbalanced('x', 5n, 4n));
    expect(() => trialBalance([entry])).toThrow(Unbalanced);
  });

  it('the same event twice', () => {
    const entry = journalForDeposit(at, { key: '0xaa/0', amount: 5n });
    expect(() => trialBalance([entry, entry])).toThrow(DuplicateEntry);
  });

  it('a step that names an unknown place or takes cash from a class', () => {
    expect(() => journalForSettlement(at, [step(3, 'collection', 'D interest', 1n)])).toThrow(UnknownPlace);
    expect(() => journalForSettlement(at, [step(4, 'A interest', 'collection', 1n)])).toThrow(UnpostableStep);
    expect(() => journalForSettlement(at, [step(5, 'collection', 'deposit', 1n)])).toThrow(UnpostableStep);
  });
});

describe('a step that pays from two accounts', () => {
  it('posts each of its payments under an id of its own', () => {
    const entries = journalForSettlement(at, [
      step(4, 'collection', 'A interest', 600n),
      step(4, 'reserve', 'A interest', 400n),
    ]);
    expect(entries.map((entry) => entry.id)).toEqual(['auto-2020/period/1/step/4', 'auto-2020/period/1/step/4/2']);
    expect(naturalBalance(trialBalance(entries), 'payable:interest:A')).toBe(1_000n);
  });
});

describe('laws', () => {
  const moves = fc.constantFrom(
    ['deposit', 'collection'],
    ['deposit', 'suspense'],
    ['suspense', 'collection'],
    ['collection', 'A interest'],
    ['reserve', 'B principal'],
    ['reserve', 'collection'],
    ['collection', 'residual'],
    ['suspense', 'servicing'],
  );
  const steps = fc
    .array(fc.tuple(moves, fc.bigInt(0n, 10n ** 13n)), { maxLength: 30 })
    .map((list) => list.map(([[from, to], paid], index) => step(index + 1, from ?? '', to ?? '', paid)));

  it('any trace posts to balances that sum to zero, and its reversal restores every account', () => {
    fc.assert(
      fc.property(steps, (trace) => {
        const entries = journalForSettlement(at, trace);
        const sum = [...trialBalance(entries).values()].reduce((total, balance) => total + balance, 0n);
        const undone = trialBalance([...entries, ...entries.map((e) => reverseEntry(e, '2020-08-18', 'reorganised'))]);
        return sum === 0n && [...undone.values()].every((balance) => balance === 0n);
      }),
      { numRuns: 100 },
    );
  });
});
