import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateTape, streamSampleTape } from '@weir/collateral';
import type { Actor } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Forbidden, NotFound } from '../problem.js';
import { EmptyUpload, PeriodInvalid, TapeNotImported } from './errors.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const TAPE = generateTape({ seed: 7, month: 1, loans: 40 });
const LINES = TAPE.trimEnd().split('\n');

describe('tapes', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let investor: Actor;
  let dealId: string;
  const tapes = () => platform.services.tapes;
  const receive = async (
    csv: string | Uint8Array,
    more: { period?: number; loanKey?: string[] } = {},
    actor = issuer,
  ) => {
    const upload = {
      period: more.period ?? 1,
      bytes: typeof csv === 'string' ? bytesOf(csv) : csv,
      loanKey: more.loanKey ?? null,
    };
    return (await tapes().receive(actor, dealId, upload, once())).tapeId;
  };
  const counts = async (tapeId: string) => {
    const [row] = (await platform.asSystem(
      `select (select count(*) from weir.tape_loan where tape_id = $1)::int as loans,
              (select count(*) from weir.tape_finding where tape_id = $1)::int as findings`,
      [tapeId],
    )) as { loans: number; findings: number }[];
    return row;
  };

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    investor = await platform.member('investor', 'investor');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    const party = { role: 'investor' as const, organisationId: investor.organisationId };
    await platform.services.deals.addParty(issuer, dealId, party, once());
  }, 60_000);
  afterAll(() => platform.stop());

  it('are the same tape when the same file comes again, and imported once however often the job runs', async () => {
    const tapeId = await receive(TAPE);
    expect(await receive(TAPE)).toBe(tapeId);
    await Promise.all([tapes().importTape(tapeId), tapes().importTape(tapeId)]);
    const stored = await counts(tapeId);
    await tapes().importTape(tapeId);
    expect(await receive(TAPE)).toBe(tapeId);
    expect(await counts(tapeId)).toEqual(stored);
    const { status, summary } = await tapes().get(issuer, dealId, tapeId);
    expect([status, summary?.rows, stored?.loans]).toEqual(['imported', LINES.length - 1, LINES.length - 1]);
    // Cells of the file's first row, as they stand in it, against its row in the database.
    const cells = Object.fromEntries((LINES[0] ?? '').split(',').map((name, at) => [name, at]));
    const first = (LINES[1] ?? '')
      .replace('"SAMPLE MOTOR CREDIT, INC."', 'S')
      .replace('"SAMPLE MOTOR CREDIT, INC."', 'S');
    const cell = (name: string): string | undefined => first.split(',')[cells[name] ?? -1];
    const [row] = (await platform.asSystem(
      `select closing, original_rate, region, others[array_position(other_fields, 'vehicleManufacturerName')] as make
         from weir.tape_loan l join weir.tape t using (tape_id) where t.tape_id = $1 and "row" = 2`,
      [tapeId],
    )) as Record<string, string>[];
    expect(row).toEqual({
      closing: cell('reportingPeriodActualEndBalanceAmount'),
      original_rate: (Number(cell('originalInterestRatePercentage')) * 1e12).toFixed(0),
      region: cell('obligorGeographicLocation'),
      make: cell('vehicleManufacturerName'),
    });
  });

  it('are read again when the file comes with another loan key or for another period', async () => {
    const known = await receive(TAPE);
    const byNumber = await receive(TAPE, { loanKey: ['assetNumber'] });
    const second = await receive(TAPE, { period: 2 });
    expect(new Set([known, byNumber, second]).size).toBe(3);
    expect(await receive(TAPE, { loanKey: ['assetNumber'] })).toBe(byNumber);
  });

  it('leave their findings and no loans when a row is blocked, and nothing is built on them', async () => {
    // The same loan twice: its key is not unique.
    const tapeId = await receive([...LINES, LINES[1] ?? ''].join('\n'));
    await tapes().importTape(tapeId);
    const { status, failure } = await tapes().get(issuer, dealId, tapeId);
    expect([status, failure?.code]).toEqual(['rejected', 'rows-blocked']);
    const stored = await counts(tapeId);
    expect(stored?.loans).toBe(0);
    const findings = await tapes().findings(issuer, dealId, tapeId, { after: 0 });
    expect(findings.filter(({ weight }) => weight === 'blocks').length).toBeGreaterThan(0);
    expect(stored?.findings).toBe(findings.length);
    await expect(tapes().structure(issuer, dealId, tapeId, once())).rejects.toThrow(TapeNotImported);
    expect((await platform.services.deals.get(issuer, dealId)).status).toBe('draft');
  });

  it('say what is wrong with a file that is no tape', async () => {
    const noColumns = await receive(TAPE.replace('assetNumber', 'assetNo'));
    const unreadable = await receive('"never closed\n');
    for (const tapeId of [noColumns, unreadable]) await tapes().importTape(tapeId);
    expect((await tapes().get(issuer, dealId, noColumns)).failure?.code).toBe('missing-columns');
    expect((await tapes().get(issuer, dealId, unreadable)).failure?.code).toBe('tape-unreadable');
    await expect(receive('')).rejects.toThrow(EmptyUpload);
    for (const period of [0, 1.5]) await expect(receive(TAPE, { period })).rejects.toThrow(PeriodInvalid);
  });

  it('are read in every format the library reads, in pieces, and give the same loans', async () => {
    const of = (format: 'csv' | 'abs-ee-xml'): Uint8Array =>
      Buffer.concat([...streamSampleTape({ seed: 5, loans: 30, format })]);
    const [csv, xml] = [await receive(of('csv')), await receive(of('abs-ee-xml'))];
    const semicolons = await receive(Buffer.from(TAPE.replaceAll(/,(?! INC)/g, ';'), 'latin1'));
    for (const tapeId of [csv, xml, semicolons]) await tapes().importTape(tapeId);
    const sums = `select count(*)::int as loans, sum(closing) as closing, sum(interest) as interest, sum(original_rate) as
      rates from weir.tape_loan where tape_id = $1`;
    const [ofCsv, ofXml] = [await platform.asSystem(sums, [csv]), await platform.asSystem(sums, [xml])];
    expect(ofXml).toEqual(ofCsv);
    expect(ofCsv).toEqual([expect.objectContaining({ loans: 30 })]);
    const views = await Promise.all([csv, xml, semicolons].map((id) => tapes().get(issuer, dealId, id)));
    expect(views.map(({ status, summary }) => [status, summary?.format])).toEqual([
      ['imported', 'csv'],
      ['imported', 'abs-ee-xml'],
      ['imported', 'csv'],
    ]);
  });

  it('give their findings as CSV, all of them', async () => {
    // 1,500 rows without a credit score: a finding each, two pages of them.
    const [header = '', row = ''] = LINES;
    const at = header.split(',').indexOf('obligorCreditScore');
    const number = row.split(',')[1] ?? '';
    const rows = Array.from({ length: 1_500 }, (_, index) => {
      const cells = row.replace(number, `9${String(index).padStart(6, '0')}`).split(/,(?! INC)/);
      cells[at] = 'NONE';
      return cells.join(',');
    });
    const tapeId = await receive([header, ...rows].join('\n'));
    await tapes().importTape(tapeId);
    let csv = '';
    for await (const piece of await tapes().findingsCsv(issuer, dealId, tapeId)) csv += piece;
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).toBe('row,column,value,rule,weight,message,remedy');
    const scores = lines.filter((line) => line.includes(',suspicious-credit-score,'));
    expect(scores).toHaveLength(1_500);
    expect(scores[0]).toMatch(/^2,obligorCreditScore,NONE,suspicious-credit-score,warns,/);
    await expect(tapes().findingsCsv(investor, dealId, tapeId)).rejects.toThrow(NotFound);
  });

  it('leave nothing in the database when a row far down is blocked, though thousands were copied before it', async () => {
    const text = Buffer.concat([...streamSampleTape({ seed: 6, loans: 3_000, format: 'csv' })]).toString();
    const lines = text.trimEnd().split('\n');
    lines[2_900] = (lines[2_900] ?? '').replace(/,07-31-2020,/, ',31.07.2020x,');
    const tapeId = await receive(lines.join('\n'));
    await tapes().importTape(tapeId);
    expect(await tapes().get(issuer, dealId, tapeId)).toMatchObject({
      status: 'rejected',
      failure: { code: 'rows-blocked', message: expect.stringMatching(/^1 of 3000 rows are blocked/) as unknown },
      ...{ month: null, version: null, current: false },
    });
    const findings = await tapes().findings(issuer, dealId, tapeId, { after: 0 });
    expect(findings.find(({ weight }) => weight === 'blocks')).toMatchObject({
      row: 2_901,
      column: 'reportingPeriodEndingDate',
      value: '31.07.2020x',
    });
    expect((await counts(tapeId))?.loans).toBe(0);
  });

  it('of what Postgres cannot hold are rejected or stored readably, never tried for ever', async () => {
    const [header = '', row = ''] = LINES;
    const zero = row.replace(/,TOYOTA,|,[A-Z]+,CREDIT BUREAU/, ',A\0B,CREDIT BUREAU');
    const stored = await receive([header, zero].join('\n'));
    const longKey = await receive([header, row.replace(/,\d{6,},/, `,${'K'.repeat(3_000)},`)].join('\n'));
    for (const tapeId of [stored, longKey]) await tapes().importTape(tapeId);
    const views = await Promise.all([stored, longKey].map((id) => tapes().get(issuer, dealId, id)));
    expect(views[0]?.status).not.toBe('received');
    expect(views[1]?.failure).toMatchObject({ code: 'tape-unreadable' });
    expect(views[1]?.failure?.message).toContain('loan key');
  });

  it('pick the pool, and picking it again voids an approval', async () => {
    const tapeId = await receive(TAPE);
    const pool = await tapes().structure(issuer, dealId, tapeId, once());
    expect(pool.loans + pool.excluded).toBe(LINES.length - 1);
    const colleague = await platform.colleague(issuer);
    await platform.services.deals.approve(colleague, dealId, pool.programHash, once());
    await tapes().structure(issuer, dealId, tapeId, once());
    expect(await platform.services.deals.get(issuer, dealId)).toMatchObject({
      status: 'structured',
      approvedHash: null,
    });
  });

  it('are nothing that an investor of the deal sees or sends', async () => {
    const tapeId = await receive(TAPE);
    await expect(tapes().get(investor, dealId, tapeId)).rejects.toThrow(NotFound);
    expect(await tapes().findings(investor, dealId, tapeId, { after: 0 })).toEqual([]);
    await expect(receive(TAPE, {}, investor)).rejects.toThrow(Forbidden);
  });
});
