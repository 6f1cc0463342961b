import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateTape } from '@weir/collateral';
import { weir } from './evidence.js';
import { CHECKOUT } from './harness.js';
import { centsOf, poolOf, sumsOf } from './tape-sums.js';

type Amounts = Readonly<Record<string, string>>;

/** The printed summary, as far as its figures are checked here. */
interface Summary {
  readonly programHash: string;
  readonly tape: {
    rows: number;
    findings: number;
    pool: { loans: number; opening: string; closing: string };
    excluded: number;
  };
  readonly collections: Amounts;
  readonly tranches: Readonly<Record<string, Amounts>>;
  readonly fees: Readonly<Record<string, Amounts>>;
  readonly residual: string;
  readonly accounts: Readonly<Record<string, Amounts>>;
  readonly triggers: Readonly<Record<string, { on: boolean }>>;
  readonly conservation: { openingPlusDeposits: string; paymentsPlusClosing: string };
  readonly deposit: string;
  readonly chain: { settleGas: number; programBytes: number; addresses: Amounts };
  readonly files: readonly string[];
  readonly stepsMs: Readonly<Record<string, number>>;
}

const AMOUNT = /^-?\d+\.\d\d$/;
const DOLLAR = 100n;

let folder: string;
let stdout: string;
let exitCode: number;
let summary: Summary;

/** The command as `npm start` runs it, with its own database and chain. */
function start(program: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { DATABASE_URL: _database, RPC_URL: _rpc, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(CHECKOUT, program), ...args],
      { cwd: CHECKOUT, env, maxBuffer: 1 << 26 },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), stdout: out, stderr: err }),
    );
  });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-main-job-'));
  const run = await start('tools/start.mjs', '--once', '--out', folder);
  ({ stdout, code: exitCode } = run);
  if (exitCode !== 0) throw new TypeError(run.stderr);
  summary = JSON.parse(stdout) as Summary;
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const total = (amounts: readonly (string | undefined)[]): bigint =>
  amounts.reduce((sum, amount) => sum + centsOf(amount), 0n);

describe('npm start -- --once', () => {
  it('exits with 0 and prints one line of JSON', () => {
    expect(exitCode).toBe(0);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout.trimEnd()).not.toContain('\n');
  });

  it('says all that its reader counts on, amounts as decimal strings', () => {
    const { tape, collections, tranches, fees, accounts } = summary;
    expect(summary.programHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(Object.keys(tranches)).toEqual(['A', 'B', 'C']);
    expect(Object.keys(fees).sort()).toEqual(['servicing', 'trustee']);
    expect(Object.keys(accounts).sort()).toEqual(['collection', 'reserve', 'suspense']);
    const amounts = [tape.pool.opening, tape.pool.closing, summary.residual];
    for (const name of ['interest', 'principalGross', 'principalReversed', 'principal', 'recoveries', 'available'])
      amounts.push(collections[name] ?? `no ${name}`);
    for (const tranche of Object.values(tranches)) {
      expect(tranche['factor']).toMatch(/^0\.\d{12}$/);
      for (const name of ['original', 'opening', 'interestDue', 'interestPaid', 'principalPaid', 'closing'])
        amounts.push(tranche[name] ?? `no ${name}`);
    }
    for (const account of Object.values(accounts))
      for (const name of ['opening', 'in', 'out', 'closing']) amounts.push(account[name] ?? `no ${name}`);
    expect(amounts.filter((amount) => !AMOUNT.test(amount))).toEqual([]);
    expect(summary.triggers['cumulativeNetLoss']).toMatchObject({ on: false });
    expect(summary.chain.settleGas).toBeGreaterThan(100_000);
    expect(summary.chain.programBytes).toBeGreaterThan(1_000);
    for (const name of ['DealVault', 'Subscription', 'Token:A', 'Token:B', 'Token:C', 'Cash'])
      expect(summary.chain.addresses[name]).toMatch(/^0x[0-9a-f]{40}$/);
    expect(Object.values(summary.stepsMs).every((ms) => ms > 0)).toBe(true);
  });

  it('reports the sums of the tape’s rows', () => {
    const tape = new TextEncoder().encode(generateTape({ seed: 2020, month: 1 }));
    const sums = sumsOf(tape, poolOf(tape));
    expect(summary.tape).toMatchObject({ rows: 2000, excluded: 2000 - sums.loans });
    expect(summary.tape.pool.loans).toBe(sums.loans);
    expect(centsOf(summary.tape.pool.opening)).toBe(sums.opening);
    expect(centsOf(summary.tape.pool.closing)).toBe(sums.closing);
    const { collections } = summary;
    expect(centsOf(collections['interest'])).toBe(sums.interest);
    expect(centsOf(collections['principalGross'])).toBe(sums.principalGross);
    expect(centsOf(collections['principalReversed'])).toBe(-sums.principalReversed);
    expect(centsOf(collections['principal'])).toBe(sums.principalGross - sums.principalReversed);
    expect(centsOf(collections['recoveries'])).toBe(sums.recoveries);
    expect(centsOf(collections['available'])).toBe(sums.available);
    expect(centsOf(summary.deposit)).toBe(sums.available);
  });

  it('issues what the deal document says', () => {
    const pool = centsOf(summary.tape.pool.opening);
    const original = (percent: bigint): bigint => {
      const share = (pool * percent) / 100n;
      return share - (share % (1000n * DOLLAR));
    };
    expect(centsOf(summary.tranches['A']?.['original'])).toBe(original(80n));
    expect(centsOf(summary.tranches['B']?.['original'])).toBe(original(8n));
    expect(centsOf(summary.tranches['C']?.['original'])).toBe(original(5n));
    // 1 % of the cut-off pool, half up.
    expect(centsOf(summary.accounts['reserve']?.['opening'])).toBe((pool + 50n) / 100n);
  });

  it('accounts for every cent', () => {
    const { conservation, accounts, tranches, fees, residual, deposit } = summary;
    expect(conservation.openingPlusDeposits).toBe(conservation.paymentsPlusClosing);
    const opening = total(Object.values(accounts).map((account) => account['opening']));
    const closing = total(Object.values(accounts).map((account) => account['closing']));
    const payments = total([
      ...Object.values(fees).map((fee) => fee['paid']),
      ...Object.values(tranches).flatMap((tranche) => [tranche['interestPaid'], tranche['principalPaid']]),
      residual,
    ]);
    expect(payments + closing).toBe(opening + centsOf(deposit));
    expect(centsOf(conservation.openingPlusDeposits)).toBe(opening + centsOf(deposit));
    for (const tranche of Object.values(tranches))
      expect(centsOf(tranche['closing'])).toBe(centsOf(tranche['opening']) - centsOf(tranche['principalPaid']));
  });

  it('leaves its files: report, proofs, audit log', async () => {
    const names = summary.files.map((file) => path.relative(folder, file)).sort();
    expect(names).toEqual(
      [
        'audit-log.jsonl',
        'audit-log.seal.json',
        'deal.yaml',
        'manifest.json',
        ...['investor-report.csv', 'investor-report.json', 'investor-report.pdf', 'journal.csv', 'loan-proof.json'],
        ...['loans.csv', 'servicer-report.json', 'summary.json', 'trace.json'],
      ].map((name, index) => (index < 4 ? name : path.join('period-1', name))),
    );
    expect(summary.files.every((file) => existsSync(file))).toBe(true);
    const pdf = readFileSync(path.join(folder, 'period-1', 'investor-report.pdf'));
    expect(pdf.subarray(0, 4).toString('latin1')).toBe('%PDF');
    const audit = await weir('audit', path.join(folder, 'audit-log.jsonl'));
    expect([audit.code, audit.stderr]).toEqual([0, '']);
  });

  it('says in one line what is wrong with its command, and exits with another code than 0', async () => {
    const run = await start('apps/stack/dist/main.js', '--once', '--tape', path.join(folder, 'no-such-tape.csv'));
    expect(run.code).not.toBe(0);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/weir: --tape: there is no file .*no-such-tape\.csv/);
  });
});
