import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TrancheSummary } from '@weir/waterfall';
import { compileText, CUT_OFF_POOL } from '../../libs/waterfall/fixtures/sample-deal.js';
import { eventsOf, Tally } from './events.js';
import { life, type LifeMonth } from './lives.js';

jest.setTimeout(60_000);

const LIVES = 30;
const compiled = compileText();
const NAMES = compiled.tranches.map(({ name }) => name);
const sum = (words: readonly bigint[]): bigint => words.reduce((a, b) => a + b, 0n);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const lives: LifeMonth[][] = [];
const tally = new Tally();

beforeAll(() => {
  for (let seed = 0; seed < LIVES; seed++) lives.push([...life(seed, compiled, CUT_OFF_POOL)]);
  for (const { run, result } of lives.flat()) tally.add(eventsOf(compiled, run, result));
}, 60_000);

/** Breaches of a law over all lives, by seed and period. */
function breaches(law: (month: LifeMonth, index: number, months: readonly LifeMonth[]) => boolean): string[] {
  return lives.flatMap((months, seed) =>
    months.flatMap((month, index) => (law(month, index, months) ? [] : [`seed ${seed}, period ${index + 1}`])),
  );
}

const classesOf = ({ summary }: LifeMonth): TrancheSummary[] => NAMES.map((name) => summary.tranches[name]!);

/** The value of a slot after the run, by its name. */
const slot = ({ result }: LifeMonth, name: string): bigint => result.slots[compiled.symbols.indexOf(name)]!;

/** What a step paid to each class, in order of seniority. */
function paidByStep({ result }: LifeMonth, id: string): bigint[] {
  const pays = compiled.steps.find((step) => step.id === id)!.pays;
  const { first } = compiled.program.layout.regions.X;
  return NAMES.map((_, index) =>
    sum(
      result.transfers
        .filter(({ offset, to }) => pays.includes(offset) && to === first + 2 * index + 1)
        .map(({ amount }) => amount),
    ),
  );
}

describe(`${LIVES} lives of 72 months`, () => {
  it('reach everything that a payment date can show', () => {
    expect(lives.map((months) => months.length)).toEqual(lives.map(() => 72));
    expect(tally.rarerThan(10)).toEqual([]);
  });

  it('each month: opening accounts + deposit = payments + closing accounts', () => {
    const law = ({ run, result }: LifeMonth): boolean =>
      sum(run.state.slice(0, compiled.accounts.length)) + run.deposit ===
      sum(result.outputs) + sum(result.state.slice(0, compiled.accounts.length));
    expect(breaches(law)).toEqual([]);
  });

  it('over the life: initial funding + deposits = all payments + what the accounts hold at the end', () => {
    for (const months of lives) {
      const deposits = sum(months.map(({ run }) => run.deposit));
      const payments = sum(months.flatMap(({ result }) => result.outputs));
      const held = sum(months.at(-1)!.result.state.slice(0, compiled.accounts.length));
      expect(payments + held).toBe(compiled.initialFunding + deposits);
    }
  });

  it('each class is paid its original balance and no more: original = all principal paid + closing balance', () => {
    for (const months of lives) {
      compiled.tranches.forEach(({ original }, index) => {
        const paid = sum(months.map((month) => classesOf(month)[index]!.principalPaid));
        const { closing } = classesOf(months.at(-1)!)[index]!;
        expect(closing >= 0n).toBe(true);
        expect(paid + closing).toBe(original);
      });
    }
  });

  it('no balance is negative, and none grows', () => {
    expect(
      breaches((month) => classesOf(month).every(({ opening, closing }) => closing >= 0n && closing <= opening)),
    ).toEqual([]);
  });

  it('a class is paid no interest while one above it is short', () => {
    const law = (month: LifeMonth): boolean =>
      classesOf(month).every(
        ({ interestShortfall }, index, classes) =>
          interestShortfall === 0n || classes.slice(index + 1).every(({ interestPaid }) => interestPaid === 0n),
      );
    expect(breaches(law)).toEqual([]);
  });

  it('interest that was not paid is owed, with interest on it, until it is paid', () => {
    // By the deal's terms, in one fraction: (balance + shortfall) × coupon × days ÷ 360, half up, + shortfall.
    const coupons = [6n, 10n, 15n]; // of a thousand
    const law = (month: LifeMonth, index: number, months: readonly LifeMonth[]): boolean =>
      classesOf(month).every(({ opening, interestDue, interestPaid, interestShortfall }, at) => {
        const before = index === 0 ? 0n : classesOf(months[index - 1]!)[at]!.interestShortfall;
        const days = at === 0 ? daysOf(index) : 30n;
        const top = (opening + before) * coupons[at]! * days;
        const due = (2n * top + 360_000n) / 720_000n + before;
        return interestDue === due && interestPaid + interestShortfall === due;
      });
    expect(breaches(law)).toEqual([]);
  });

  it('the trigger, once on, stays on, and comes on exactly when net losses exceed 1.5 % of the cut-off pool', () => {
    // floor(18,363,940,443 × 1.5 %) = floor(275,459,106.645)
    const limit = 275_459_106n;
    for (const months of lives) {
      let [losses, on] = [0n, false];
      for (const month of months) {
        const net = (item: string): bigint => slot(month, `${item}+`) - slot(month, `${item}-`);
        losses += net('chargeOffs') - net('recoveries');
        on ||= losses > limit;
        expect(month.summary.triggers['cumulativeNetLoss']!.on).toBe(on);
      }
    }
  });

  it('from the trigger on, no junior class is paid regular principal while one above it is outstanding', () => {
    const law = (month: LifeMonth): boolean => {
      if (!month.summary.triggers['cumulativeNetLoss']!.on) return true;
      const paid = paidByStep(month, 'regularPrincipal');
      return classesOf(month).every(({ closing }, index) => closing === 0n || sum(paid.slice(index + 1)) === 0n);
    };
    expect(breaches(law)).toEqual([]);
  });

  it('before the trigger, regular principal is shared by balance to within a cent a class', () => {
    const law = (month: LifeMonth): boolean => {
      if (month.summary.triggers['cumulativeNetLoss']!.on) return true;
      const priority = ['firstPriorityPrincipal', 'secondPriorityPrincipal', 'thirdPriorityPrincipal'];
      const before = classesOf(month).map(
        ({ opening }, index) => opening - sum(priority.map((id) => paidByStep(month, id)[index]!)),
      );
      const paid = paidByStep(month, 'regularPrincipal');
      const [all, balance] = [sum(paid), sum(before)];
      // |paid − all × before ÷ balance| < number of classes, without a division
      return paid.every((amount, index) => {
        const gap = amount * balance - all * before[index]!;
        return (gap < 0n ? -gap : gap) <= 3n * balance;
      });
    };
    expect(breaches(law)).toEqual([]);
  });

  it('the reserve is never above its target of 1 % of the cut-off pool', () => {
    // half up of 183,639,404.43
    expect(breaches(({ summary }) => summary.accounts['reserve']!.closing <= 183_639_404n)).toEqual([]);
  });

  it('the residual is paid only with a full reserve and notes at most the closing pool less target OC, or none', () => {
    const law = (month: LifeMonth): boolean => {
      if (month.summary.residual === 0n) return true;
      const pool = slot(month, 'poolClosing');
      // 7.5 % = 75 ÷ 1000 half up; 1 % of the cut-off pool = 183,639,404
      const targetOC = most((pool * 75n + 500n) / 1000n, 183_639_404n);
      const notes = sum(classesOf(month).map(({ closing }) => closing));
      // After the notes the reserve is paid out.
      const held = notes === 0n ? 0n : 183_639_404n;
      return month.summary.accounts['reserve']!.closing === held && notes <= most(0n, pool - targetOC);
    };
    expect(breaches(law)).toEqual([]);
  });

  it('with the pool gone, notes are outstanding only when collections and reserve are spent', () => {
    const law = (month: LifeMonth): boolean => {
      const notes = sum(classesOf(month).map(({ closing }) => closing));
      const { collection, reserve } = month.summary.accounts;
      return slot(month, 'poolClosing') > 0n || notes === 0n || collection!.closing + reserve!.closing === 0n;
    };
    expect(breaches(law)).toEqual([]);
    const ended = lives.filter((months) => slot(months.at(-1)!, 'poolClosing') === 0n);
    expect(ended.length).toBeGreaterThan(5);
  });

  it('over the life the deposits are what was collected, less what is owed by the servicer and held or carried', () => {
    for (const months of lives) {
      const collected = sum(
        months.flatMap((month) =>
          ['interestCollected', 'principalCollected', 'recoveries', 'repurchaseProceeds'].map(
            (item) => slot(month, `${item}+`) - slot(month, `${item}-`),
          ),
        ),
      );
      const last = months.at(-1)!;
      const { suspense, servicerReceivable } = last.summary;
      const carried = slot(last, 'carryForward');
      expect(sum(months.map(({ run }) => run.deposit))).toBe(collected - servicerReceivable + suspense + carried);
    }
  });
});

/** Actual days to payment date `index` from the one before it, or from closing. */
function daysOf(index: number): bigint {
  const from = index === 0 ? '2020-07-15' : compiled.periods[index - 1]!.paymentDate;
  return BigInt((Date.parse(compiled.periods[index]!.paymentDate) - Date.parse(from)) / 86_400_000);
}
