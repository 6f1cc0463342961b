import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SigningKey, Interface, type JsonRpcProvider } from 'ethers';
import type { DataSource } from 'typeorm';
import { parseRowsCsv, pledgeSalt } from '@weir/audit';
import { artifacts } from '@weir/bindings';
import type { KeystoreSigners } from '@weir/chain';
import { journalForClosing, journalForDeposit, journalForSettlement, placesOf } from '@weir/ledger';
import { formatMoney, type Hex } from '@weir/money';
import {
  BlobStore,
  DealParty,
  migrate,
  openAppDataSource,
  Organisation,
  PERSISTENCE_ENTITIES,
  SYSTEM_ACTOR,
  UnitOfWork,
  type Actor,
  type Role,
} from '@weir/persistence';
import { execute, explainRun } from '@weir/waterfall';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { AmendmentRecord } from '../amendments/entities.js';
import { DealRecord } from '../deals/entities.js';
import { DealContract, PlatformContract } from '../deployment/entities.js';
import { NotFound } from '../problem.js';
import { MIGRATIONS } from '../services.js';
import { DealStateRecord, PaymentRecord, ServicerReportRecord } from '../settlement/entities.js';
import { publishFigures } from '../settlement/figures.js';
import { postEntries } from '../settlement/journal.js';
import { buildReport } from '../settlement/report-builder.js';
import { TapeRecord } from '../tapes/entities.js';
import { copyLoans } from '../tapes/loan-rows.js';
import { ReportFileRecord } from './entities.js';
import { PaymentNotFinal, SettledReportDiffers } from './errors.js';
import { ReportsService } from './reports.service.js';
import { loan } from '../tapes/loan-month.fixture.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const SETTLED_IN = 42;
const UNITS = 10_000n;

const hash = (digit: string): Hex => `0x${digit.repeat(64)}`;
const address = (digit: string): Hex => `0x${digit.repeat(40)}`;
const VAULT = address('a');
const DISTRIBUTOR = address('f');

const PERIOD_FILES = [
  ...['investor-report.csv', 'investor-report.json', 'investor-report.pdf', 'journal.csv', 'loan-proof.json'],
  ...['loans.csv', 'servicer-report.json', 'summary.json', 'trace.json'],
];

const member = (role: Role): Actor => ({
  userId: randomUUID(),
  personId: randomUUID(),
  organisationId: randomUUID(),
  roles: [role],
});

// 600,000.00 + 400,000.00 of loans; 10,000.00 and 5,000.00 of principal in the first month, and 700.00 of interest.
const LOANS = [
  loan('one', 60_000_000n, 59_000_000n, { row: 2, interest: 50_000n, totalPaid: 1_050_000n }),
  loan('two', 40_000_000n, 39_500_000n, { row: 3, interest: 20_000n, totalPaid: 520_000n }),
];
const AVAILABLE = 1_570_000n;

/** A node that answers for vault and Distributor alone, and only as of the block in which the period was settled. */
function vaultNode(views: ReadonlyMap<string, readonly unknown[]>): JsonRpcProvider {
  const contracts: Record<string, { from: string; abi: Interface }> = {
    [VAULT]: { from: '', abi: new Interface(artifacts.DealVault.abi) },
    [DISTRIBUTOR]: { from: 'distributor ', abi: new Interface(artifacts.Distributor.abi) },
  };
  return {
    getNetwork: () => Promise.resolve({ chainId: 31_337n }),
    call: ({ to, data, blockTag }: { to: string; data: string; blockTag: number }) => {
      const { from, abi } = contracts[to.toLowerCase()]!;
      const view = abi.parseTransaction({ data });
      expect(blockTag).toBe(SETTLED_IN);
      const key = from + [view?.name, ...(view?.args ?? [])].join(' ');
      return Promise.resolve(abi.encodeFunctionResult(view?.name ?? '', views.get(key) ?? []));
    },
  } as unknown as JsonRpcProvider;
}

describe('the published files of a settled period', () => {
  let server: TestPostgres;
  let app: DataSource;
  let context: ServiceContext;
  let reports: ReportsService;
  const dealId = randomUUID();
  const tapeId = randomUUID();
  const [issuer, stranger] = [member('issuer'), member('issuer')];
  const compiled = compiledDeal({ dealId, document: DOCUMENT, cutOffPool: '1000000.00' });
  const views = new Map<string, readonly unknown[]>();
  const act = <T>(work: Parameters<UnitOfWork['run']>[2]): Promise<T> =>
    context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, work) as Promise<T>;

  async function settlePeriodOne(): Promise<void> {
    await act(async ({ manager }) => {
      const tape = await manager.findOneByOrFail(TapeRecord, { tapeId });
      const request = { dealId, period: 1, revision: 0, tape, previousStateHash: hash('2') };
      const built = await buildReport(context, manager, compiled, request);
      const inputs = built.report.inputs.map(String);
      await manager.insert(ServicerReportRecord, {
        ...{ dealId, period: 1, tapeId, figures: publishFigures(built.figures), inputs, digest: built.digest },
        ...{ tapeRoot: built.report.tapeRoot, previousStateHash: hash('2'), preparedBy: issuer.personId },
        revision: 0,
        servicerSignature: new SigningKey(hash('4')).sign(built.digest).serialized as Hex,
        trusteeSignature: new SigningKey(hash('5')).sign(built.digest).serialized as Hex,
      });
      const state = compiled.initialState;
      const run = execute(compiled.program, { period: 1, inputs: built.report.inputs, deposit: AVAILABLE, state });
      await manager.insert(DealStateRecord, { dealId, period: 0, state: state.map(String), stateHash: hash('2') });
      await manager.insert(PaymentRecord, {
        ...{ dealId, period: 1, blockNumber: String(SETTLED_IN), transactionHash: hash('7'), inputs, joint: false },
        ...{ reportDigest: built.digest, resultHash: run.resultHash, stateHash: run.stateHash },
        ...{ deposit: AVAILABLE.toString(), final: false },
      });
      const base = { deal: dealId, unitsPerCent: UNITS, period: 1, date: '2020-08-17' };
      const accounts = compiled.accounts.map((name, index) => ({ name, funded: state[index] ?? 0n }));
      const { tranches, payees } = compiled;
      await postEntries(manager, dealId, [
        ...journalForClosing(base, { date: '2020-07-15', tranches, accounts, cutOffPool: 100_000_000n }),
        journalForDeposit(base, { key: '0xaa/0', amount: AVAILABLE }),
        ...journalForSettlement({ ...base, places: placesOf(compiled, 'suspense') }, explainRun(compiled, run)),
      ]);
      const paid = run.outputs.slice(0, 2 * tranches.length).reduce((sum, cents) => sum + cents, 0n);
      payees.forEach((_, index) => views.set(`owed ${index}`, [(run.outputs[6 + index] ?? 0n) * UNITS]));
      const kept = run.state.slice(0, accounts.length).reduce((sum, cents) => sum + cents, 0n);
      const all = kept + run.outputs.reduce((sum, cents) => sum + cents, 0n);
      views.set('unit', [UNITS]).set('state', [run.state]).set('pendingDeposit', [0n]);
      views.set('distributor liabilities', [paid * UNITS]).set('liabilities', [(all - paid) * UNITS]);
    });
  }

  beforeAll(async () => {
    server = await startPostgres();
    const { ownerUrl, appUrl } = await server.createDatabase('secret');
    await migrate(ownerUrl, {
      appPassword: 'secret',
      migrations: MIGRATIONS,
    });
    app = await openAppDataSource(appUrl, [
      ...[...PERSISTENCE_ENTITIES, DealRecord, TapeRecord, PlatformContract, DealContract, ServicerReportRecord],
      ...[PaymentRecord, DealStateRecord, AmendmentRecord, ReportFileRecord],
    ]);
    context = {
      uow: new UnitOfWork(app),
      blobs: new BlobStore(randomBytes(32)),
      provider: vaultNode(views),
      signers: {} as KeystoreSigners,
      saltSecret: hash('9'),
      disputeDelay: 0,
      changeDelay: 0,
      sessionKey: randomBytes(32),
    };
    reports = new ReportsService(context);
    await act(async ({ manager }) => {
      for (const { organisationId: id } of [issuer, stranger])
        await manager.insert(Organisation, { id, name: id, kind: 'sponsor' });
      await manager.insert(DealParty, { dealId, organisationId: issuer.organisationId, role: 'issuer' });
      await manager.insert(DealRecord, {
        ...{ dealId, name: 'sample', status: 'closed', document: DOCUMENT, documentHash: compiled.documentHash },
        ...{ cutOffPool: '1000000.00', programHash: compiled.program.hash },
        ...{ authorId: issuer.personId, editorId: issuer.personId },
      });
      await manager.insert(TapeRecord, {
        ...{ tapeId, dealId, period: 1, fileSha256: 'f'.repeat(64), loanKey: ['assetNumber'], status: 'imported' },
        month: '2020-07-01',
        summary: {
          ...{ rows: 3, loans: 3, blockedRows: 0, distinctKeys: 3, findings: { rounded: 2 }, sums: {}, missing: {} },
          ...{ reportingFrom: '2020-07-01', reportingTo: '2020-07-31' },
        },
      });
      const boarded = loan('late', 0n, 123_456n, { row: 4, principal: 0n, otherPrincipalAdjustment: -123_456n });
      await copyLoans(manager, { tapeId, dealId, month: '2020-07-01' }, [...LOANS, boarded]);
      for (const { key, opening } of LOANS)
        await manager.query('insert into weir.pool_loan values ($1, $2, $3)', [dealId, key, formatMoney(opening)]);
      await manager.query('insert into weir.excluded_loan values ($1, $2, 4, $3)', [dealId, 'late', ['no balance']]);
      const tokens = { 'Token:A': address('b'), 'Token:B': address('c'), 'Token:C': address('d') };
      for (const [name, at] of Object.entries({
        DealVault: VAULT,
        Distributor: DISTRIBUTOR,
        Subscription: address('e'),
        ...tokens,
      }))
        await manager.insert(DealContract, { dealId, name, address: at });
      await manager.insert(PlatformContract, { name: 'Cash', address: address('1') });
      await manager.insert(PlatformContract, { name: 'InvestorRegistry', address: address('2') });
      await manager.insert(PlatformContract, { name: 'PledgeRegistry', address: address('3') });
      await manager.query('insert into weir.loan_pledge values ($1, $2, $3)', [dealId, hash('a'), hash('b')]);
      await manager.query(
        `insert into weir.chain_event (block_number, log_index, block_hash, block_timestamp, transaction_hash, address,
           name, args, final) values ($1, 0, 'h', 1597622400, 't', $2, 'Settled', '{}', true)`,
        [SETTLED_IN, VAULT],
      );
    });
    await settlePeriodOne();
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  it('waits until the payment is final, and then asks for the files', async () => {
    expect(await reports.pending()).toEqual([]);
    await expect(reports.build(dealId, 1)).rejects.toThrow(PaymentNotFinal);
    await act(({ manager }) => manager.update(PaymentRecord, { dealId, period: 1 }, { final: true }));
    expect(await reports.pending()).toEqual([{ dealId, period: 1 }]);
  });

  it('publishes nothing while the tape gives another report than was settled', async () => {
    const settled = await act<PaymentRecord>(({ manager }) => manager.findOneByOrFail(PaymentRecord, { dealId }));
    const change = (reportDigest: Hex) =>
      act(({ manager }) => manager.update(PaymentRecord, { dealId, period: 1 }, { reportDigest }));
    await change(hash('3'));
    await expect(reports.build(dealId, 1)).rejects.toThrow(SettledReportDiffers);
    expect(await reports.files(issuer, dealId, 1)).toEqual([]);
    await change(settled.reportDigest);
  });

  it('writes the files of the period and of the deal, once', async () => {
    await reports.build(dealId, 1);
    const listed = await reports.files(issuer, dealId, 1);
    expect(listed.map(({ name }) => name)).toEqual(PERIOD_FILES);
    expect((await reports.files(issuer, dealId, 0)).map(({ name }) => name)).toEqual(['deal.yaml', 'manifest.json']);
    expect(await reports.pending()).toEqual([]);
    await reports.build(dealId, 1);
    expect(await reports.files(issuer, dealId, 1)).toEqual(listed);
  });

  it('gives each file back as it is listed', async () => {
    for (const { name, mediaType, bytes, sha256 } of await reports.files(issuer, dealId, 1)) {
      const file = await reports.file(issuer, dealId, 1, name);
      expect([name, file.mediaType, file.bytes.length]).toEqual([name, mediaType, bytes]);
      expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
    }
    const document = await reports.file(issuer, dealId, 0, 'deal.yaml');
    expect(new TextDecoder().decode(document.bytes)).toBe(DOCUMENT);
  });

  it('publishes rows by salted id, and a report whose books and vault agree', async () => {
    const text = async (name: string) => new TextDecoder().decode((await reports.file(issuer, dealId, 1, name)).bytes);
    const ids = parseRowsCsv(await text('loans.csv')).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids).toEqual([...ids].sort());
    const pledge = pledgeSalt(hash('9'), 'weir auto finance llc', 'one');
    expect(JSON.parse(await text('loan-proof.json'))).toMatchObject({ loanKey: 'one', pledgeSalt: pledge });
    const manifest = await reports.file(issuer, dealId, 0, 'manifest.json');
    expect(JSON.parse(new TextDecoder().decode(manifest.bytes))).toMatchObject({ pledges: address('3') });
    const report = JSON.parse(await text('investor-report.json')) as {
      tape: { exclusions: unknown };
      reconciliation: { asOf: string; lines: { item: string; difference: string }[] };
    };
    expect(report.tape.exclusions).toEqual([{ reason: 'no balance', loans: 1, balance: '0.00' }]);
    expect(report.reconciliation.asOf).toBe('block 42, 2020-08-17');
    expect(report.reconciliation.lines.filter(({ difference }) => Number(difference) !== 0)).toEqual([]);
    const summary = JSON.parse(await text('summary.json')) as { collections: unknown; tape: unknown };
    expect(summary.collections).toMatchObject({ interest: '700.00', principal: '15000.00', available: '15700.00' });
    expect(summary.tape).toMatchObject({ rows: 3, findings: 2, excluded: 1, pool: { loans: 2 } });
  });

  it('shows them to the parties of the deal alone', async () => {
    await expect(reports.files(stranger, dealId, 1)).rejects.toThrow(NotFound);
    await expect(reports.file(stranger, dealId, 1, 'loans.csv')).rejects.toThrow(NotFound);
    await expect(reports.file(issuer, dealId, 1, 'no-such-file')).rejects.toThrow(NotFound);
    await expect(reports.file(issuer, dealId, 2, 'loans.csv')).rejects.toThrow(NotFound);
  });
});
