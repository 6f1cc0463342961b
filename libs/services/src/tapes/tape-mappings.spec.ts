import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptProposal, type Mapping } from '@weir/collateral';
import { type Actor, SYSTEM_ACTOR } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Forbidden, NotFound } from '../problem.js';
import { MappingRefused } from './errors.js';
import { loadMonths } from './loan-rows.js';
import { smallTape } from './small-tape.fixture.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

/** A servicer's own names for some columns; `Blub` is like nothing. */
const NAMES: Readonly<Record<string, string>> = {
  assetNumber: 'Loan Number',
  reportingPeriodBeginningLoanBalanceAmount: 'Opening Balance',
  reportingPeriodActualEndBalanceAmount: 'Closing Balance',
  actualOtherCollectedAmount: 'Blub',
};

const renamed = (csv: string): string => {
  const [header = '', ...rows] = csv.split('\n');
  return [
    header
      .split(',')
      .map((name) => NAMES[name] ?? name)
      .join(','),
    ...rows,
  ].join('\n');
};
const tapeOf = (month: string, closing: string): string =>
  renamed(smallTape(month, [{ key: 'A', opening: '1000.00', closing }]));

describe('mappings of an originator’s columns', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let servicer: Actor;
  let dealId: string;
  const tapes = () => platform.services.tapes;
  const mappings = () => platform.services.tapeMappings;
  const imported = async (csv: string, more: object = {}) => {
    const upload = { period: 1, bytes: new TextEncoder().encode(csv), loanKey: ['assetNumber'], ...more };
    const { tapeId } = await tapes().receive(servicer, dealId, upload, once());
    await tapes().importTape(tapeId);
    return tapes().get(issuer, dealId, tapeId);
  };
  const confirm = (mapping: unknown, actor = issuer) =>
    mappings().confirm(actor, dealId, { originator: null, mapping }, once());

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    servicer = await platform.member('servicer', 'servicer');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    const party = { role: 'servicer' as const, organisationId: servicer.organisationId };
    await platform.services.deals.addParty(issuer, dealId, party, once());
  }, 60_000);
  afterAll(() => platform.stop());

  let confirmed: Mapping;

  it('are proposed with confidence and evidence where the names are not the standards’', async () => {
    const tape = await imported(tapeOf('2020-07', '900.00'));
    expect(tape).toMatchObject({ status: 'rejected', failure: { code: 'missing-columns' }, mapping: null });
    expect(tape.failure?.message).toContain('A mapping of the columns is proposed');
    const proposal = await mappings().proposal(issuer, dealId, tape.tapeId);
    const column = (name: string) => proposal.columns.find((one) => one.column === name);
    expect(column('Opening Balance')).toMatchObject({
      field: 'reportingPeriodBeginningLoanBalanceAmount',
      unit: { kind: 'number', scale: 'whole', decimal: '.' },
    });
    expect(column('Opening Balance')?.confidence).toBeGreaterThan(0.55);
    expect(column('Opening Balance')?.evidence.join()).toContain('opening balance');
    expect(column('Blub')?.field).toBeNull();
    expect(proposal.missing).toEqual([]);
    confirmed = acceptProposal(proposal);
  });

  it('are confirmed by a person, corrected, and then read that file and the next', async () => {
    await expect(confirm({ ...confirmed, columns: [{ column: 'Blub', field: 'nonsense' }] })).rejects.toThrow(
      MappingRefused,
    );
    // What the person knows and the file does not say.
    const columns = confirmed.columns.map((one) =>
      one.column === 'Blub' ? { ...one, field: 'actualOtherCollectedAmount' } : one,
    );
    const first = await confirm({ ...confirmed, columns });
    expect(first).toMatchObject({ originator: 'sponsor', version: 1, assetClass: 'auto-loan' });
    expect(await confirm({ ...confirmed, columns })).toEqual(first);
    const again = await imported(tapeOf('2020-07', '900.00'));
    expect(again).toMatchObject({ status: 'imported', mapping: { originator: 'sponsor', version: 1 } });
    const next = await imported(tapeOf('2020-08', '800.00'), { period: 2 });
    expect(next).toMatchObject({ status: 'imported', mapping: { version: 1 }, month: '2020-08' });
    const closing = await platform.asSystem('select closing from weir.tape_loan where tape_id = $1', [next.tapeId]);
    expect(closing).toEqual([{ closing: '800.00' }]);
    const audit = await platform.asSystem(
      `select actor_person, before, after->>'version' as version from weir.audit_record where object = $1`,
      [`mapping:${first.mappingId}`],
    );
    expect(audit).toEqual([{ actor_person: issuer.personId, before: null, version: '1' }]);
  });

  it('are versions: a tape says which one read it, and a file that was read goes on being what it was', async () => {
    const before = await imported(tapeOf('2020-07', '900.00'));
    const [latest] = await mappings().list(servicer, dealId);
    const columns = (latest?.mapping.columns ?? []).map((one) =>
      one.column === 'obligorGeographicLocation' ? { ...one, field: null, unit: null } : one,
    );
    const second = await confirm({ ...confirmed, columns }, servicer);
    expect(second.version).toBe(2);
    expect((await mappings().list(issuer, dealId)).map(({ version }) => version)).toEqual([2, 1]);
    const anew = await imported(tapeOf('2020-07', '900.00'));
    expect([anew.tapeId === before.tapeId, anew.mapping?.version, anew.version]).toEqual([false, 2, 2]);
    expect((await tapes().get(issuer, dealId, before.tapeId)).mapping?.version).toBe(1);
  });

  it('leave alone a file that has the standards’ names', async () => {
    const tape = await imported(smallTape('2020-09', [{ key: 'A', opening: '800.00', closing: '700.00' }]));
    expect(tape).toMatchObject({ status: 'imported', mapping: null });
  });

  it('say which rows are totals, once: later months leave them out and check them', async () => {
    const totalled = (month: string, closing: string): string => {
      const [head = '', row = ''] = tapeOf(month, closing).split('\n');
      const cells = head.split(',').map((name) => (name === 'Closing Balance' ? '900.00' : ''));
      return [head, row, `Total${cells.join(',')}`, ''].join('\n');
    };
    const blocked = await imported(totalled('2020-10', '900.00'));
    expect(blocked).toMatchObject({ status: 'rejected', failure: { code: 'rows-blocked' } });
    expect(blocked.failure?.message).toContain('"totals": {"column":"Loan Number","named":true}');
    const [latest] = await mappings().list(issuer, dealId);
    const totals = { column: 'Loan Number', says: ['Total'] };
    expect((await confirm({ ...latest?.mapping, totals })).mapping.totals).toEqual(totals);
    const october = await imported(totalled('2020-10', '900.00'));
    expect(october).toMatchObject({ status: 'imported', summary: { rows: 1, findings: { 'totals-skipped': 1 } } });
    // The total of 900.00 is of more than the one loan of 800.00.
    const differs = await imported(totalled('2020-11', '800.00'));
    expect(differs).toMatchObject({ status: 'rejected', failure: { code: 'rows-blocked' } });
    expect(differs.failure?.message).toContain('"mayDiffer": true');
    await confirm({ ...latest?.mapping, totals: { ...totals, mayDiffer: true } });
    const november = await imported(totalled('2020-11', '800.00'));
    expect(november).toMatchObject({ status: 'imported', summary: { findings: { 'totals-differ': 1 } } });
    const closing = await platform.asSystem('select closing from weir.tape_loan where tape_id = $1', [november.tapeId]);
    expect(closing).toEqual([{ closing: '800.00' }]);
  });

  it('read a file of balances alone: its loans are a pool, and nothing is paid by it', async () => {
    const csv = [
      'Loan Number,Original Date,Maturity,Original Balance,Current Balance,Rate,FICO',
      'A,03/25/2019,03/25/2024,900000.00,850000.50,6.90 %,702',
      'B,11/30/2018,11/30/2023,15000.00,0.00,4.50 %,655',
    ].join('\n');
    const upload = { originator: 'south', month: '2020-06' };
    const { tapeId: turnedAway } = await imported(csv, { ...upload, assetClass: 'auto-loan' });
    const mapping = acceptProposal(await mappings().proposal(issuer, dealId, turnedAway));
    await mappings().confirm(issuer, dealId, { originator: 'south', mapping }, once());
    const tape = await imported(csv, upload);
    // Payment, days past due, period, region, collections.
    expect(tape).toMatchObject({
      status: 'imported',
      month: '2020-06',
      summary: { findings: { 'missing-column': 5 } },
    });
    const pool = await tapes().structure(issuer, dealId, tape.tapeId, once());
    // B has no balance, which the deal's rule asks for.
    expect(pool).toMatchObject({ loans: 1, excluded: 1, opening: '850000.50', closing: '850000.50' });
    const { uow } = platform.services.context;
    await expect(uow.read(SYSTEM_ACTOR, (manager) => loadMonths(manager, tape.tapeId))).rejects.toThrow(
      /Row 2 of the tape does not say what was collected/,
    );
  });

  it('are the originator’s own: another one’s files are not read by them', async () => {
    expect((await imported(tapeOf('2020-07', '900.00'), { originator: 'north' })).status).toBe('rejected');
  });

  it('are nothing that strangers see or confirm', async () => {
    const stranger = await platform.member('sponsor', 'issuer');
    await expect(mappings().list(stranger, dealId)).rejects.toThrow(NotFound);
    await expect(confirm(confirmed, stranger)).rejects.toThrow(NotFound);
    const trustee = await platform.member('trustee', 'trustee');
    const party = { role: 'trustee' as const, organisationId: trustee.organisationId };
    await platform.services.deals.addParty(issuer, dealId, party, once());
    await expect(confirm(confirmed, trustee)).rejects.toThrow(Forbidden);
    expect((await mappings().list(trustee, dealId)).length).toBe(5);
  });
});
