import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Forbidden, NotFound } from '../problem.js';
import type { TapeKind } from './entities.js';
import { LimitsRefused, NothingImported, ReasonMissing, TapeNotImported, VintagesNotReady } from './errors.js';
import { smallTape, type SmallRow } from './small-tape.fixture.js';
import { VINTAGES_QUEUE } from './vintage-curves.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

/** Loans of the pool before the deal's first payment period, which is July 2020. */
const MAY: SmallRow[] = [
  { key: 'A', opening: '1000.00', closing: '900.00', principal: '100.00', payment: '60.00', interest: '10.00' },
  { key: 'B', opening: '500.00', closing: '400.00', principal: '100.00', originated: '04/2019', region: 'TX' },
  { key: 'C', opening: '300.00', closing: '0.00', chargeOff: '300.00' },
];
const JUNE: SmallRow[] = [
  { key: 'A', opening: '900.00', closing: '800.00', principal: '100.00', originalAmount: '2100.00' },
  { key: 'C', opening: '0.00', closing: '50.00', recovery: '20.00' },
];
const JULY: SmallRow[] = [
  { key: 'A', opening: '790.00', closing: '690.00', principal: '100.00', originalAmount: '2100.00' },
  { key: 'B', opening: '390.00', closing: '390.00', originated: '04/2019', region: 'TX' },
  { key: 'C', opening: '50.00', closing: '50.00' },
];

describe('the history of a deal’s tapes', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let investor: Actor;
  let dealId: string;
  const history = () => platform.services.tapeHistory;
  const { tapes, view } = {
    tapes: () => platform.services.tapes,
    view: (tapeId: string) => platform.services.tapes.get(issuer, dealId, tapeId),
  };

  async function imported(csv: string, period: number | null, kind: TapeKind | null = null): Promise<string> {
    const upload = { period, kind, bytes: new TextEncoder().encode(csv), loanKey: ['assetNumber'] };
    const { tapeId } = await tapes().receive(issuer, dealId, upload, once());
    await tapes().importTape(tapeId);
    return tapeId;
  }

  /** Findings that the months before gave, as rule, row and value. */
  async function ofHistory(tapeId: string) {
    const rules = ['opening-not-last-closing', 'loan-vanished', 'loan-reappeared', 'fact-changed'];
    const findings = await tapes().findings(issuer, dealId, tapeId, { after: 0 });
    return findings
      .filter(({ rule }) => rules.includes(rule))
      .map(({ rule, row, column, value }) => [rule, row, column, value]);
  }

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    investor = await platform.member('investor', 'investor');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    const party = { role: 'investor' as const, organisationId: investor.organisationId };
    await platform.services.deals.addParty(issuer, dealId, party, once());
  }, 60_000);
  afterAll(() => platform.stop());

  it('is none before a tape is imported', async () => {
    await expect(history().vintages(issuer, dealId)).rejects.toThrow(NothingImported);
    expect(await history().list(issuer, dealId)).toEqual([]);
  });

  let july = '';

  it('begins with the months before the first payment period, each judged by those before it', async () => {
    const may = await imported(smallTape('2020-05', MAY), null);
    const june = await imported(smallTape('2020-06', JUNE), null);
    july = await imported(smallTape('2020-07', JULY), 1);
    expect(await view(may)).toMatchObject({
      period: null,
      month: '2020-05',
      kind: 'original',
      version: 1,
      current: true,
    });
    expect(await ofHistory(may)).toEqual([]);
    const balance = 'reportingPeriodActualEndBalanceAmount';
    expect(await ofHistory(june)).toEqual([
      ['loan-vanished', null, null, 'B'],
      ['fact-changed', 2, 'originalLoanAmount', '2100.00'],
      ['loan-reappeared', 3, balance, '50.00'],
    ]);
    // B was not in June: it is back, and compared with May, where it closed at 400.00.
    const opening = 'reportingPeriodBeginningLoanBalanceAmount';
    expect(await ofHistory(july)).toEqual([
      ['opening-not-last-closing', 2, opening, '790.00'],
      ['opening-not-last-closing', 3, opening, '390.00'],
      ['loan-reappeared', 3, balance, '390.00'],
    ]);
    const { summary } = await view(july);
    expect(summary?.findings).toMatchObject({ 'opening-not-last-closing': 2 });
  });

  const reckon = () => platform.services.vintages.build({ dealId });

  it('gives static pools by month on book, once a job has reckoned them', async () => {
    await expect(history().vintages(issuer, dealId)).rejects.toThrow(VintagesNotReady);
    await reckon();
    const vintages = await history().vintages(issuer, dealId);
    expect(vintages.map(({ name, loans }) => [name, loans])).toEqual([
      ['2019-Q1', 2],
      ['2019-Q2', 1],
    ]);
    const [first] = vintages;
    // A and C began in January 2019 with 2,000.00 each: May, June and July 2020 are their months 16, 17 and 18.
    expect(first).toMatchObject({ originalBalance: '4000.00' });
    expect(first?.months.map(({ monthOnBook, opening, closing }) => [monthOnBook, opening, closing])).toEqual([
      [16, '1300.00', '900.00'],
      [17, '900.00', '850.00'],
      [18, '840.00', '740.00'],
    ]);
    // 300.00 charged off of 4,000.00; 20.00 of it recovered in June.
    expect(first?.months.map(({ cumulativeNetLoss }) => cumulativeNetLoss)).toEqual([0.075, 0.07, 0.07]);
    // Of A's 100.00 in May 50.00 were due: 60.00 less 10.00 of interest. 50.00 ÷ (1,300.00 − 50.00) is 4 %.
    expect(first?.months[0]?.smm).toBe(0.04);
  });

  it('asks for the curves with each tape, and reckons them once for the tapes that count', async () => {
    const jobs = () =>
      platform.asSystem(`select singleton_key, state from pgboss.job where name = $1`, [VINTAGES_QUEUE]) as Promise<
        { singleton_key: string; state: string }[]
      >;
    const rows = () => platform.asSystem('select basis, reckoned_at from weir.vintage_curves', []);
    // Three imports, and one job that waits.
    expect(await jobs()).toEqual([{ singleton_key: dealId, state: 'created' }]);
    const before = await rows();
    expect(before).toHaveLength(1);
    await reckon();
    await platform.services.vintages.tend();
    expect(await rows()).toEqual(before);
    // Of a database of before curves were kept, or after a job was lost.
    await platform.asSystem('delete from weir.vintage_curves', []);
    await platform.asSystem('delete from pgboss.job where name = $1', [VINTAGES_QUEUE]);
    await platform.services.vintages.tend();
    await platform.services.vintages.tend();
    expect(await jobs()).toEqual([{ singleton_key: dealId, state: 'created' }]);
    await Promise.all([reckon(), reckon()]);
    expect(await rows()).toHaveLength(1);
  });

  it('gives strata of a tape, with limits checked', async () => {
    const limits = JSON.stringify([{ id: 'texas', field: 'obligorGeographicLocation', values: ['TX'], most: '30 %' }]);
    const fields = ['obligorGeographicLocation'];
    const strata = await history().strata(issuer, dealId, july, { fields, limits });
    // California 690.00 + 50.00, Texas 390.00, of 1,130.00.
    expect(strata.tables[0]?.strata.map(({ label, loans, balance }) => [label, loans, balance])).toEqual([
      ['CA', 2, '740.00'],
      ['TX', 1, '390.00'],
    ]);
    // 390 ÷ 1,130 = 34.5 %.
    expect(strata.limits).toMatchObject([{ id: 'texas', amount: '390.00', pool: '1130.00', breached: true }]);
    const wrong = history().strata(issuer, dealId, july, { fields: null, limits: '[{}]' });
    await expect(wrong).rejects.toThrow(LimitsRefused);
  });

  it('keeps a restated tape beside the original until a person says that it counts', async () => {
    const [a, b] = JULY as [SmallRow, SmallRow];
    const restated = smallTape('2020-07', [
      { ...a, closing: '680.00', principal: '110.00' },
      b,
      { key: 'D', opening: '0.00', closing: '70.00' },
    ]);
    const tapeId = await imported(restated, 1);
    expect(await view(tapeId)).toMatchObject({ kind: 'restatement', version: 2, current: false });
    expect(await view(july)).toMatchObject({ kind: 'original', version: 1, current: true });
    await expect(history().choose(issuer, dealId, { tapeId, why: ' ' }, once())).rejects.toThrow(ReasonMissing);
    await expect(history().choose(investor, dealId, { tapeId, why: 'x' }, once())).rejects.toThrow(Forbidden);
    await history().choose(issuer, dealId, { tapeId, why: 'the servicer restated July' }, once());
    expect([(await view(july)).current, (await view(tapeId)).current]).toEqual([false, true]);
    // The curves follow: A closed at 680.00, and C is gone.
    await expect(history().vintages(issuer, dealId)).rejects.toThrow(VintagesNotReady);
    await reckon();
    const [vintage] = await history().vintages(issuer, dealId);
    expect(vintage?.months.at(-1)).toMatchObject({ monthOnBook: 18, opening: '790.00', closing: '750.00' });
    expect(await platform.asSystem('select 1 from weir.vintage_curves', [])).toHaveLength(1);
    const choices = await platform.asSystem(
      `select tape_id, why from weir.tape_choice where deal_id = $1 and month = '2020-07-01' order by ordinal`,
      [dealId],
    );
    expect(choices).toEqual([
      { tape_id: july, why: 'the first tape of the month' },
      { tape_id: tapeId, why: 'the servicer restated July' },
    ]);
    const difference = await history().difference(issuer, dealId, tapeId, july);
    expect(difference).toMatchObject({
      ...{ loansCompared: true, added: 1, addedKeys: ['D'], removed: 1, removedKeys: ['C'] },
      ...{ changedLoans: 1, changedValues: 3 },
    });
    expect(difference.changes.map(({ key, row, field, was, is }) => [key, row, field, was, is])).toEqual([
      ['A', 2, 'reportingPeriodActualEndBalanceAmount', '690.00', '680.00'],
      ['A', 2, 'actualPrincipalCollectedAmount', '100.00', '110.00'],
      ['A', 2, 'totalActualAmountPaid', '100.00', '110.00'],
    ]);
    // C is no longer there, which July's history says of it now.
    expect(difference.arisen.map(({ rule, value }) => [rule, value])).toContainEqual(['loan-vanished', 'C']);
    expect((await history().difference(issuer, dealId, tapeId, tapeId)).changedValues).toBe(0);
  });

  it('compares a corrected tape with the one that was rejected by their findings', async () => {
    const [a, b] = JULY as [SmallRow, SmallRow];
    const rejected = await imported(smallTape('2020-07', [a, { ...b, closing: '-1.00' }]), 1);
    const corrected = await imported(smallTape('2020-07', [a, { ...b, closing: '380.00', principal: '10.00' }]), 1);
    const difference = await history().difference(issuer, dealId, corrected, rejected);
    expect(difference.loansCompared).toBe(false);
    expect(difference.resolved.map(({ rule, row }) => [rule, row])).toContainEqual(['negative-balance', 3]);
    await expect(history().choose(issuer, dealId, { tapeId: rejected, why: 'x' }, once())).rejects.toThrow(
      TapeNotImported,
    );
  });

  it('lets an estimate count until figures come, and never after', async () => {
    const row = (closing: string): SmallRow[] => [{ key: 'A', opening: '680.00', closing }];
    const estimate = await imported(smallTape('2020-08', row('600.00')), 2, 'estimate');
    expect(await view(estimate)).toMatchObject({ kind: 'estimate', version: 1, current: true });
    const real = await imported(smallTape('2020-08', row('610.00')), 2);
    expect(await view(real)).toMatchObject({ kind: 'original', version: 2, current: true });
    const later = await imported(smallTape('2020-08', row('590.00')), 2, 'estimate');
    expect((await view(later)).current).toBe(false);
  });

  it('lists every tape with its quality, by month and version', async () => {
    const lines = await history().list(issuer, dealId);
    expect(lines.map(({ month, version, kind, current }) => [month, version, kind, current])).toEqual([
      ['2020-05', 1, 'original', true],
      ['2020-06', 1, 'original', true],
      ['2020-07', 1, 'original', false],
      ['2020-07', 2, 'restatement', true],
      ['2020-07', 3, 'restatement', false],
      ['2020-08', 1, 'estimate', false],
      ['2020-08', 2, 'original', true],
      ['2020-08', 3, 'estimate', false],
      [null, null, null, false],
    ]);
    const [may, june] = lines;
    // June's history is worse than May's: more figures do not fit each other.
    expect(june?.quality?.parts.consistency.score).toBeLessThan(may?.quality?.parts.consistency.score ?? 0);
    expect(lines.map(({ loans }) => loans)).toEqual([3, 2, 3, 3, 2, 1, 1, 1, null]);
  });

  it('is nothing that an investor of the deal sees', async () => {
    expect(await history().list(investor, dealId)).toEqual([]);
    await expect(history().difference(investor, dealId, july, july)).rejects.toThrow(NotFound);
    await expect(history().vintages(investor, dealId)).rejects.toThrow(NothingImported);
  });
});
