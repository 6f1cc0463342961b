import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { REJUDGE_TAPES_QUEUE } from './judgements.js';
import { smallTape, type SmallRow } from './small-tape.fixture.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

/** In May A closes at 900.00 and B is there; June opens A at 890.00, C has no score, and B is gone; in July B is back. */
const MAY: SmallRow[] = [
  { key: 'A', opening: '1000.00', closing: '900.00', principal: '100.00' },
  { key: 'B', opening: '500.00', closing: '400.00', principal: '100.00' },
];
const JUNE: SmallRow[] = [
  { key: 'C', opening: '70.00', closing: '60.00', principal: '5.00' },
  { key: 'A', opening: '890.00', closing: '790.00', principal: '100.00' },
];
const JULY: SmallRow[] = [
  { key: 'A', opening: '790.00', closing: '690.00', principal: '100.00' },
  { key: 'B', opening: '400.00', closing: '300.00', principal: '100.00' },
  { key: 'C', opening: '60.00', closing: '60.00' },
];
/** What the servicer restates for May: A closed at 890.00, and B at 390.00. */
const MAY_RESTATED: SmallRow[] = [
  { key: 'A', opening: '1000.00', closing: '890.00', principal: '110.00' },
  { key: 'B', opening: '500.00', closing: '390.00', principal: '110.00' },
];

describe('a tape whose earlier month is corrected', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let dealId: string;
  let [june, july] = ['', ''];
  const imported = async (month: string, rows: SmallRow[], key = ['assetNumber']): Promise<string> => {
    const upload = { period: null, bytes: new TextEncoder().encode(smallTape(month, rows)), loanKey: key };
    const { tapeId } = await platform.services.tapes.receive(issuer, dealId, upload, once());
    await platform.services.tapes.importTape(tapeId);
    return tapeId;
  };
  const view = (tapeId: string) => platform.services.tapes.get(issuer, dealId, tapeId);
  const findings = async (tapeId: string) =>
    (await platform.services.tapes.findings(issuer, dealId, tapeId, { after: 0 })).map(({ rule, row, value }) => [
      ...[rule, row, value],
    ]);
  const asked = async (): Promise<unknown> =>
    platform.asSystem(`select data->>'month' as month from pgboss.job where name = $1 order by created_on`, [
      REJUDGE_TAPES_QUEUE,
    ]);

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    await imported('2020-05', MAY);
    june = await imported('2020-06', JUNE);
    july = await imported('2020-07', JULY);
  }, 60_000);
  afterAll(() => platform.stop());

  it('was judged by what counted when it came', async () => {
    expect(await findings(june)).toEqual([
      ['loan-vanished', null, 'B'],
      // 60.00 − 70.00 + 5.00 is −5.00.
      ['does-not-roll', 2, '60.00'],
      ['opening-not-last-closing', 3, '890.00'],
    ]);
    // June's tape does not have B.
    expect(await findings(july)).toEqual([['loan-reappeared', 3, '300.00']]);
    expect((await view(june)).judgements).toEqual([]);
    expect(await asked()).toEqual([]);
  });

  it('is judged anew when the correction counts, month after month, as a version beside the first', async () => {
    const before = await view(june);
    const restated = await imported('2020-05', MAY_RESTATED);
    expect(await asked()).toEqual([]);
    const choice = { tapeId: restated, why: 'the servicer restated May' };
    await platform.services.tapeHistory.choose(issuer, dealId, choice, once());
    expect(await asked()).toEqual([{ month: '2020-05-01' }]);
    for (const month of ['2020-05-01', '2020-06-01', '2020-07-01']) {
      await platform.services.tapeHistory.rejudge(dealId, month);
    }
    // Each month asked for the next one; the last for none.
    expect(await asked()).toEqual([{ month: '2020-05-01' }, { month: '2020-06-01' }, { month: '2020-07-01' }]);
    expect(await findings(june)).toEqual([
      ['loan-vanished', null, 'B'],
      ['does-not-roll', 2, '60.00'],
    ]);
    // B was last in May, which closes it at 390.00 now.
    expect(await findings(july)).toEqual([
      ['opening-not-last-closing', 3, '400.00'],
      ['loan-reappeared', 3, '300.00'],
    ]);
    const after = await view(june);
    expect(after.summary?.findings).toEqual({ 'does-not-roll': 1, 'loan-vanished': 1 });
    expect(after.judgements).toMatchObject([{ version: 2, findings: { 'does-not-roll': 1, 'loan-vanished': 1 } }]);
    // Two rows: as many odd figures as rows leave nothing of the part, and one of them is gone.
    expect(before.quality?.parts.consistency).toEqual({
      score: 0,
      because: '3 figures in 2 rows do not fit the others',
    });
    expect(after.quality?.parts.consistency).toEqual({
      score: 0,
      because: '2 figures in 2 rows do not fit the others',
    });
    const list = await platform.services.tapeHistory.list(issuer, dealId);
    expect(list.find(({ tapeId }) => tapeId === july)?.quality).toEqual((await view(july)).quality);
  });

  it('keeps its first findings, and tells the audit what changed', async () => {
    const kept = await platform.asSystem(
      'select rule, "row" from weir.tape_finding where tape_id = $1 order by ordinal',
      [june],
    );
    expect(kept).toEqual([
      { rule: 'loan-vanished', row: null },
      { rule: 'does-not-roll', row: 2 },
      { rule: 'opening-not-last-closing', row: 3 },
      { rule: 'loan-vanished', row: null },
      { rule: 'does-not-roll', row: 2 },
    ]);
    const records = await platform.asSystem(
      `select before->>'judgement' as was, after->>'judgement' as is, after->'findings' as findings
         from weir.audit_record where object = $1 and after ? 'judgement'`,
      [`tape:${june}`],
    );
    expect(records).toEqual([{ was: '1', is: '2', findings: { 'does-not-roll': 1, 'loan-vanished': 1 } }]);
  });

  it('is not judged again where nothing changed', async () => {
    await platform.services.tapeHistory.rejudge(dealId, '2020-06-01');
    expect((await view(june)).judgements).toHaveLength(1);
  });

  it('is judged anew when a month before it comes late', async () => {
    await imported('2020-04', [{ key: 'A', opening: '1100.00', closing: '1001.00', principal: '99.00' }]);
    await platform.services.tapeHistory.rejudge(dealId, '2020-05-01');
    const [restated] = (await platform.services.tapeHistory.list(issuer, dealId)).filter(
      ({ month, current }) => month === '2020-05' && current,
    );
    // A opens May at 1,000.00, and April closed it at 1,001.00.
    expect(await findings(restated?.tapeId ?? '')).toEqual([['opening-not-last-closing', 2, '1000.00']]);
  });
});
