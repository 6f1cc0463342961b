import { describe, expect, it } from '@jest/globals';
import {
  cashInVault,
  journalForClosing,
  journalForCollections,
  journalForDeposit,
  journalForSettlement,
  naturalBalance,
  reconcile,
  trialBalance,
} from './index.js';
import { CLOSING, CONTEXT, JULY, PLACES, STEPS } from './sample-deal.fixture.js';

const closing = journalForClosing(CONTEXT, CLOSING);
const july = journalForCollections({ ...CONTEXT, date: '2020-07-31' }, JULY);
const deposit = journalForDeposit({ ...CONTEXT, date: '2020-08-17' }, { key: '0xaa/0', amount: 370_736_696n });
const settlement = journalForSettlement({ ...CONTEXT, date: '2020-08-17', places: PLACES }, STEPS);
const books = [...closing, ...july, deposit, ...settlement];

describe('the sample deal through its first payment date', () => {
  it('closes: 170,783,000.00 of notes buy the pool for what the reserve leaves', () => {
    const trial = trialBalance(closing);
    // 170,783,000.00 − 1,836,394.04 = 168,946,605.96 to the seller, so proceeds are spent to zero;
    // equity = pool 183,639,404.43 + reserve 1,836,394.04 − notes 170,783,000.00 = 14,692,798.47.
    const pool = closing.find((entry) => entry.id === 'auto-2020/closing/pool');
    expect(pool?.lines).toContainEqual({ account: 'account:proceeds', debit: 0n, credit: 16_894_660_596n });
    expect(trial.get('account:proceeds')).toBe(0n);
    expect(trial.get('account:reserve')).toBe(183_639_404n);
    expect(naturalBalance(trial, 'equity:residual')).toBe(1_469_279_847n);
    expect(cashInVault(trial)).toBe(183_639_404n);
  });

  it('collects: the servicer owes what it collected and the pool rolls to its closing balance', () => {
    const trial = trialBalance([...closing, ...july]);
    // 1,621,478.24 + 2,114,650.16 − 28,761.44 = 3,707,366.96; 183,639,404.43 − 2,085,888.72 = 181,553,515.71.
    expect(trial.get('asset:servicer-receivable')).toBe(370_736_696n);
    expect(trial.get('asset:loans')).toBe(18_155_351_571n);
    expect(july.map((entry) => entry.id)).toEqual([
      'auto-2020/period/1/collections/interest',
      'auto-2020/period/1/collections/principal',
      'auto-2020/period/1/collections/principal-reversed',
    ]);
  });

  it('settles: one entry for each step that moved cash, under its natural key', () => {
    expect(settlement).toHaveLength(STEPS.length - 1);
    expect(settlement[6]).toEqual({
      id: 'auto-2020/period/1/step/8',
      date: '2020-08-17',
      description: 'collection to A principal',
      lines: [
        { account: 'account:held-for-payment', debit: 244_818_516n, credit: 0n },
        { account: 'account:collection', debit: 0n, credit: 244_818_516n },
        { account: 'note:A', debit: 244_818_516n, credit: 0n },
        { account: 'payable:principal:A', debit: 0n, credit: 244_818_516n },
      ],
    });
  });

  it('leaves balances that sum to zero and equal the chain, cent for cent', () => {
    const trial = trialBalance(books);
    expect([...trial.values()].reduce((sum, balance) => sum + balance, 0n)).toBe(0n);
    // 146,911,000.00 − 2,448,185.16; 14,691,000.00 − 244,816.85; 9,181,000.00 − 152,995.96.
    const chain = new Map([
      ['account:reserve', 183_639_404n],
      ['account:held-for-payment', 370_736_696n],
      ['note:A', 14_446_281_484n],
      ['note:B', 1_444_618_315n],
      ['note:C', 902_800_404n],
      ['payable:interest:A', 8_080_105n],
      ['payable:interest:B', 1_224_250n],
      ['payable:interest:C', 1_147_625n],
      ['payable:principal:A', 244_818_516n],
      ['payable:principal:B', 24_481_685n],
      ['payable:principal:C', 15_299_596n],
      ['payable:payee:servicing', 15_303_284n],
      ['payable:payee:trustee', 306_066n],
      ['payable:payee:residual', 60_075_569n],
    ]);
    expect(reconcile(trial, chain)).toEqual([]);
    // Reserve 1,836,394.04 + deposit 3,707,366.96.
    expect(cashInVault(trial)).toBe(554_376_100n);
    expect(trial.get('asset:servicer-receivable')).toBe(0n);
    expect(trial.get('payable:deposits')).toBe(0n);
    // 14,692,798.47 − 600,755.69 residual.
    expect(naturalBalance(trial, 'equity:residual')).toBe(1_409_204_278n);
  });

  it('names every account on which books and chain differ, also those the chain leaves out', () => {
    const trial = trialBalance(closing);
    const chain = new Map([
      ['account:reserve', 183_639_403n],
      ['note:A', 14_691_100_000n],
      ['note:B', 1_469_100_000n],
    ]);
    expect(reconcile(trial, chain)).toEqual([
      { account: 'account:reserve', books: 183_639_404n, chain: 183_639_403n, difference: 1n },
      { account: 'note:C', books: 918_100_000n, chain: 0n, difference: 918_100_000n },
    ]);
  });
});
