import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { TapeNotImported } from './errors.js';
import { smallTape, type SmallRow } from './small-tape.fixture.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

const MAY: SmallRow[] = [
  { key: 'A', opening: '1000.00', closing: '900.00', principal: '100.00' },
  { key: 'B', opening: '500.00', closing: '400.00', principal: '100.00' },
];
const JUNE: SmallRow[] = [
  { key: 'A', opening: '890.00', closing: '790.00', principal: '100.00' },
  { key: 'B', opening: '400.00', closing: '300.00', principal: '100.00' },
];

/** Several months in one file, the last first: months are found by what rows say, not by where they stand. */
const history = (...months: [month: string, rows: SmallRow[]][]): string => {
  const [head = ''] = smallTape('2020-05', MAY).split('\n');
  const rows = months.flatMap(([month, of]) => smallTape(month, of).trimEnd().split('\n').slice(1));
  return [head, ...rows, ''].join('\n');
};

describe('a file of several months', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let dealId: string;
  const tapes = () => platform.services.tapes;
  const imported = async (csv: string, more: { period?: number; month?: string } = {}) => {
    const { period = null, month = null } = more;
    const upload = { period, month, bytes: new TextEncoder().encode(csv), loanKey: ['assetNumber'] };
    const { tapeId } = await tapes().receive(issuer, dealId, upload, once());
    await tapes().importTape(tapeId);
    return tapes().get(issuer, dealId, tapeId);
  };
  const list = () => platform.services.tapeHistory.list(issuer, dealId);
  const loans = async () =>
    (await platform.asSystem('select count(*)::int as n from weir.tape_loan where deal_id = $1', [dealId])) as {
      n: number;
    }[];

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
  }, 60_000);
  afterAll(() => platform.stop());

  it('is refused whole when a row of one of its months is blocked, and tells what is wrong in all', async () => {
    const wrong = JUNE.map((row) => (row.key === 'B' ? { ...row, closing: '-1.00' } : row));
    const july: SmallRow[] = [{ key: 'A', opening: '790.00', closing: 'x' }];
    const tape = await imported(history(['2020-07', july], ['2020-06', wrong], ['2020-05', MAY]));
    expect(tape).toMatchObject({ status: 'rejected', failure: { code: 'months-refused' }, parts: [], month: null });
    expect(tape.failure?.message).toContain('2 of 3 months are refused; nothing was imported. First: 2020-06: ');
    const findings = await tapes().findings(issuer, dealId, tape.tapeId, { after: 0 });
    const blocking = findings.filter(({ weight }) => weight === 'blocks').map(({ rule, row }) => [rule, row]);
    expect(blocking).toEqual([
      ['negative-balance', 4],
      ['not-a-number', 2],
    ]);
    expect(await loans()).toEqual([{ n: 0 }]);
    expect((await list()).map(({ status, month }) => [status, month])).toEqual([['rejected', null]]);
  });

  let whole = '';

  it('becomes a tape a month, in order, each judged by those before it', async () => {
    const csv = history(['2020-06', JUNE], ['2020-05', MAY]);
    const tape = await imported(csv);
    whole = tape.tapeId;
    expect(tape).toMatchObject({ status: 'divided', failure: null, month: null, version: null, current: false });
    expect(tape.parts.map(({ month }) => month)).toEqual(['2020-05', '2020-06']);
    const [may, june] = await Promise.all(tape.parts.map(({ tapeId }) => tapes().get(issuer, dealId, tapeId)));
    expect(may).toMatchObject({ status: 'imported', month: '2020-05', version: 1, current: true, partOf: whole });
    expect(june).toMatchObject({ status: 'imported', month: '2020-06', version: 1, current: true, partOf: whole });
    const findings = await tapes().findings(issuer, dealId, june?.tapeId ?? '', { after: 0 });
    // A closed May at 900.00; its row in June is the file's second line.
    expect(findings.filter(({ rule }) => rule === 'opening-not-last-closing')).toMatchObject([
      { row: 2, value: '890.00' },
    ]);
    expect(await loans()).toEqual([{ n: 4 }]);
    // The same file again is the same tape.
    expect((await imported(csv)).tapeId).toBe(whole);
    expect(await loans()).toEqual([{ n: 4 }]);
  });

  it('leaves an audit record of each month', async () => {
    const records = (await platform.asSystem(
      `select after->>'status' as status, after->>'month' as month from weir.audit_record
        where object in (select 'tape:' || tape_id from weir.tape where part_of = $1) and after ? 'version'
        order by after->>'month'`,
      [whole],
    )) as unknown[];
    expect(records).toEqual([
      { status: 'imported', month: '2020-05-01' },
      { status: 'imported', month: '2020-06-01' },
    ]);
  });

  it('is nothing that a pool is picked from: its months are', async () => {
    await expect(tapes().structure(issuer, dealId, whole, once())).rejects.toThrow(TapeNotImported);
  });

  it('gives the month that is named, wherever its rows stand', async () => {
    const july: SmallRow[] = [{ key: 'A', opening: '790.00', closing: '690.00', principal: '100.00' }];
    const august: SmallRow[] = [{ key: 'A', opening: '690.00', closing: '590.00', principal: '100.00' }];
    const csv = history(['2020-07', july], ['2020-08', august]);
    const tape = await imported(csv, { period: 2, month: '2020-08' });
    expect(tape).toMatchObject({ status: 'imported', month: '2020-08', period: 2, summary: { rows: 1 } });
    const none = await imported(csv, { period: 2, month: '2020-09' });
    expect(none).toMatchObject({ status: 'rejected', failure: { code: 'month-differs' } });
  });

  it('is asked to name the month when it is handed in for a payment period', async () => {
    const csv = history(['2020-06', JUNE], ['2020-05', MAY]);
    const tape = await imported(csv, { period: 1 });
    expect(tape).toMatchObject({ status: 'rejected', failure: { code: 'several-months' } });
    expect(tape.failure?.message).toContain('2 months, 2020-05 to 2020-06; name the one that payment period 1 reports');
    const findings = await tapes().findings(issuer, dealId, tape.tapeId, { after: 0 });
    expect(findings.filter(({ weight }) => weight === 'blocks').map(({ rule }) => rule)).toEqual(['several-periods']);
  });

  it('with a row of no month is refused, and the row named', async () => {
    const lines = history(['2020-06', JUNE], ['2020-05', MAY]).split('\n');
    const csv = lines.map((line, index) => (index === 4 ? line.replace('05-31-2020', 'NA') : line)).join('\n');
    const tape = await imported(csv);
    expect(tape).toMatchObject({ status: 'rejected', failure: { code: 'rows-unplaced' } });
    expect(tape.failure?.message).toContain('The first is row 5');
  });
});
