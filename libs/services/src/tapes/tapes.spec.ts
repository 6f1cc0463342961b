import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateTape } from '@weir/collateral';
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
  const receive = async (csv: string, more: { period?: number; loanKey?: string[] } = {}, actor = issuer) => {
    const upload = { period: more.period ?? 1, bytes: bytesOf(csv), loanKey: more.loanKey ?? null };
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
