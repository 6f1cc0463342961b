import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import { type Report, readReport } from '../files/report-file.js';
import { closingState, writeState } from '../files/state-file.js';
import { payReport, replay } from '../replay/pay-date.js';
import { THREE_DATES } from '../three-dates.fixture.js';
import { writeAdjustments } from './adjustment.js';
import { reportHashOf, restate } from './restate.js';

const { deal } = parseDeal(THREE_DATES);
if (!deal) throw new TypeError('the deal has errors');
const compiled = compileDeal(deal);
const closing = closingState(compiled);

const report = (collected: string, poolClosing: string, losses: string, more: object = {}): Report =>
  readReport(compiled, { values: { collected, poolClosing, losses }, ...more });
const stateAfter = (paid: ReturnType<typeof payReport>) =>
  writeState(compiled, paid.next, { dealName: deal.name, cutOffPool: 90_000n });

// Paid on: a loss of 5.00 and collections of 60.00. Restated: the loss is 2.00, and 60.60 were collected.
const FIRST = report('60.00', '850.00', '5.00');
const RESTATED = report('60.60', '850.00', '2.00');
const request = {
  deal,
  compiled,
  state: closing,
  was: [FIRST],
  is: [RESTATED],
  reason: 'a loan was charged off twice',
};

describe('a restated payment date', () => {
  it('gives the lines that would have come out otherwise, and signed adjustments', () => {
    const { lines, adjustments, nextPeriod } = restate(request);
    // Interest 8.00 and 1.00, principal 50.00: the sponsor had 1.00 and would have had 1.60.
    const shown = lines.map(({ period, line, was, is, difference }) => [period, line, was, is, difference]);
    expect(shown).toEqual([
      [1, 'remittance', 6_000n, 6_060n, 60n],
      [1, 'residual.paid', 100n, 160n, 60n],
    ]);
    expect(nextPeriod).toBe(2);
    expect(adjustments).toEqual([
      {
        period: 1,
        reason: 'a loan was charged off twice',
        was: reportHashOf(compiled, 1, FIRST),
        is: reportHashOf(compiled, 1, RESTATED),
        items: { collected: 60n, losses: -300n },
      },
    ]);
  });

  it('leaves what was paid, and makes the next date good', () => {
    const first = payReport(compiled, closing, FIRST);
    const { adjustments } = restate(request);
    const second = report('60.00', '800.00', '3.00', { adjustments: writeAdjustments(adjustments) });
    const unadjusted = payReport(compiled, first.next, report('60.00', '800.00', '3.00'));
    // 8.00 of losses are over 7.00: B would have been paid nothing.
    expect(stateAfter(unadjusted).state).toMatchObject({ 'trigger.high': 'true', 'shortfall.B': '1.00' });

    const paid = payReport(compiled, first.next, second);
    expect(paid.remittance).toBe(6_060n);
    expect(stateAfter(paid).state).toMatchObject({
      'trigger.high': 'false',
      'shortfall.B': '0.00',
      'balance.A': '700.00',
      'cumulative.losses+': '5.00',
    });
    const shown = paid.adjusted.map(({ item, reported, adjustment, used, period }) => [
      item,
      reported,
      adjustment,
      used,
      period,
    ]);
    expect(shown).toEqual([
      ['collected', 6_000n, 60n, 6_060n, 1],
      ['losses', 300n, -300n, 0n, 1],
    ]);
  });

  it('ends after three dates where right reports would have ended', () => {
    const { adjustments } = restate(request);
    const second = report('60.00', '800.00', '3.00');
    const third = report('60.00', '750.00', '1.00');
    const [, , made] = replay(compiled, closing, [FIRST, { ...second, adjustments }, third]);
    const [, , right] = replay(compiled, closing, [RESTATED, second, third]);
    // 2.00 + 3.00 + 1.00; A 650.00.
    expect(made && stateAfter(made).state).toMatchObject({ 'balance.A': '650.00', 'trigger.high': 'false' });
    expect(made?.result.outputs).toEqual(right?.result.outputs);
    const net = (paid: typeof made) =>
      paid && compiled.state.map((name, i) => [name, paid.next.words[compiled.accounts.length + i]]);
    const kept = (paid: typeof made) => net(paid)?.filter(([name]) => !String(name).startsWith('cumulative'));
    expect(kept(made)).toEqual(kept(right));
  });

  it('runs several dates, of which one is restated, and adjusts the date after them', () => {
    const second = report('60.00', '800.00', '1.00');
    const { lines, adjustments, nextPeriod } = restate({ ...request, was: [FIRST, second], is: [RESTATED, second] });
    expect(nextPeriod).toBe(3);
    expect(adjustments.map(({ period }) => period)).toEqual([1]);
    // On the second date all is the same: 6.00 of losses are not over 7.00.
    expect(lines.map(({ period }) => period)).toEqual([1, 1]);
  });

  it('comes off a second restatement as far as it was made good by then', () => {
    const { adjustments } = restate(request);
    const second = { ...report('60.00', '800.00', '3.00'), adjustments };
    // 61.00 were collected after all: 0.60 of the 1.00 came with the second date, and the loss of 2.00 stands.
    const is = [report('61.00', '850.00', '2.00'), second];
    const again = restate({ ...request, was: [FIRST, second], is });
    expect(again.adjustments.map(({ period, items }) => [period, items])).toEqual([[1, { collected: 40n }]]);
    const remitted = again.lines.filter(({ line }) => line === 'remittance');
    expect(remitted.map(({ period, difference }) => [period, difference])).toEqual([
      [1, 100n],
      [2, -60n],
    ]);
    // After the third date all has been paid that should have been: 61.00 + 60.00 + 60.00.
    const third = report('60.00', '750.00', '1.00');
    const made = replay(compiled, closing, [FIRST, second, { ...third, adjustments: again.adjustments }]);
    const right = replay(compiled, closing, [is[0]!, report('60.00', '800.00', '3.00'), third]);
    const sum = (dates: typeof made) => dates.reduce((total, { remittance }) => total + remittance, 0n);
    expect([sum(made), sum(right)]).toEqual([18_100n, 18_100n]);
  });

  it('comes to nothing when it was made good, whichever of the two reports is taken for the one paid on', () => {
    const { adjustments } = restate(request);
    const second = { ...report('60.00', '800.00', '3.00'), adjustments };
    expect(restate({ ...request, was: [FIRST, second], is: [RESTATED, second] }).adjustments).toEqual([]);
    const is = [report('61.00', '850.00', '2.00'), second];
    const fromRestated = restate({ ...request, was: [RESTATED, second], is });
    expect(fromRestated.adjustments.map(({ items }) => items)).toEqual([{ collected: 40n }]);
  });

  it('does not carry balances and what is left out, and says so', () => {
    const is = [report('60.60', '845.00', '2.00')];
    const { items, adjustments } = restate({ ...request, is, leave: ['losses'] });
    expect(items.map(({ item, carried }) => [item, carried])).toEqual([
      ['poolClosing', false],
      ['collected', true],
      ['losses', false],
    ]);
    expect(adjustments[0]?.items).toEqual({ collected: 60n });
  });
});

describe('what cannot be adjusted is refused', () => {
  const second = (items: Record<string, string>, period = 1) =>
    report('60.00', '800.00', '3.00', {
      adjustments: [{ period, reason: 'r', was: `0x${'1'.repeat(64)}`, is: `0x${'2'.repeat(64)}`, items }],
    });
  const first = payReport(compiled, closing, FIRST);

  it('an item that is not signed and would go below zero, saying what to do', () => {
    const run = () => payReport(compiled, first.next, second({ collected: '-60.01' }));
    expect(run).toThrow(InputInvalid);
    expect(run).toThrow(
      /collected is reported as 60.00 and its adjustment of -60.01 .* carry only -60.00 now .* "signed money"/,
    );
    expect(payReport(compiled, first.next, second({ collected: '-60.00' })).remittance).toBe(0n);
  });

  it('the same adjustment twice in one report', () => {
    const { adjustments } = second({ losses: '-1.00' });
    const twice = { ...second({ losses: '-1.00' }), adjustments: [...(adjustments ?? []), ...(adjustments ?? [])] };
    expect(() => payReport(compiled, first.next, twice)).toThrow(InputInvalid);
    expect(() => payReport(compiled, first.next, twice)).toThrow(/losses is adjusted twice for payment date 1/);
  });

  it('a date that is not paid yet, an unknown item, an adjustment without a reason', () => {
    expect(() => payReport(compiled, first.next, second({ losses: '1.00' }, 2))).toThrow(
      /payment date 2, which is not paid yet/,
    );
    const faults = () =>
      report('60.00', '800.00', '3.00', {
        adjustments: [{ period: 1, was: 'x', is: 'y', items: { lossses: '1.00' } }],
      });
    expect(faults).toThrow(/no report item "lossses".*"losses"/);
    expect(faults).toThrow(/reason is missing/);
    expect(faults).toThrow(/was must be the hash/);
  });

  it('a restatement without a reason, or of other dates than were paid', () => {
    expect(() => restate({ ...request, reason: ' ' })).toThrow(/reason is missing/);
    expect(() => restate({ ...request, is: [] })).toThrow(/1 reports were paid on and 0 are restated/);
  });
});
