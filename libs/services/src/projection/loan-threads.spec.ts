import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, loanColumns, type PoolAssumptions, type PoolLine, projectLoans } from '@weir/collateral';
import { ProjectionCancelled } from './errors.js';
import { LoanThreads } from './loan-threads.js';

/** Threads run what the build made; the suite builds first. */
const SCRIPT = new URL('../../dist/projection/loan-thread.js', import.meta.url);

const lines = Array.from({ length: 40_000 }, (_, i): PoolLine => ({
  balance: 10_000 / 3 + i,
  grossRate: 0.05 + (i % 11) / 1000,
  netRate: 0.05,
  remainingTerm: 6 + (i % 7),
  age: i % 13,
  loanCount: 1,
}));
const assumed: PoolAssumptions = {
  ...AS_SCHEDULED,
  prepayment: { model: 'ABS', speed: 0.013 },
  default: { model: 'CDR', speed: 0.02 },
  severity: 0.4,
  recoveryLag: 3,
};
const pool = loanColumns(lines, (_, index) => index % 2, true);

describe('threads of a projection', () => {
  it('answer as one thread does, to the bit, again and again, and say how far they are', async () => {
    const threads = await LoanThreads.start(pool, 2, SCRIPT);
    try {
      const seen: number[] = [];
      const first = await threads.project([assumed, AS_SCHEDULED], {}, { onProgress: (loans) => seen.push(loans) });
      expect(first).toEqual(projectLoans(pool, [assumed, AS_SCHEDULED]));
      expect(seen).toEqual([8192, 16_384, 24_576, 32_768, 40_000]);
      const second = await threads.project([AS_SCHEDULED, assumed]);
      expect(second).toEqual(projectLoans(pool, [AS_SCHEDULED, assumed]));
    } finally {
      await threads.close();
    }
  }, 60_000);

  it('stop when they are told to, and do not start again', async () => {
    const threads = await LoanThreads.start(pool, 1, SCRIPT);
    const stop = new AbortController();
    const running = threads.project([assumed, assumed], {}, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(running).rejects.toThrow(ProjectionCancelled);
    await expect(threads.project([assumed, assumed])).rejects.toThrow(ProjectionCancelled);
  }, 60_000);

  it('count the days of months from the first one', async () => {
    const counted = lines.slice(0, 9).map((line): PoolLine => ({ ...line, schedule: { dayCount: 'ACT/360' } }));
    const days = loanColumns(counted, () => 0, true);
    const threads = await LoanThreads.start(days, 1, SCRIPT);
    try {
      const flows = await threads.project([AS_SCHEDULED], {}, {}, '2026-01-01');
      expect(flows).toEqual(projectLoans(days, [AS_SCHEDULED], {}, '2026-01-01'));
      // 31 days of January, rates of 5.0 to 5.8 %, balances of 3,333.33 and 1 more each
      const due = counted.reduce((sum, { balance, grossRate }) => sum + (balance * Number(grossRate) * 31) / 360, 0);
      expect(flows.pool.grossInterest[0]).toBeCloseTo(due, 8);
    } finally {
      await threads.close();
    }
  }, 60_000);

  it('hand on what a thread fails of', async () => {
    const adjustable = { index: 'SOFR', margin: 0, firstReset: 1, resetEvery: 1 };
    const arm = loanColumns([{ ...lines[0]!, adjustable }], () => 0, true);
    const threads = await LoanThreads.start(arm, 1, SCRIPT);
    await expect(threads.project([assumed])).rejects.toThrow('no rates are given for the index "SOFR"');
  }, 60_000);
});
