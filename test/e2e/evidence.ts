import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Contract } from 'ethers';
import { abis, type ContractName } from '@weir/bindings';
import { ApiRefused } from '../../apps/stack/src/demo/errors.js';
import { publish } from '../../apps/stack/src/demo/account.js';
import type { ContractsAnswer } from '../../apps/stack/src/demo/issue.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { CLI, type House } from './harness.js';

/** A payment date as the API tells it, as far as these tests look. */
export interface PeriodAnswer {
  readonly status: string;
  readonly payment: null | {
    readonly joint: boolean;
    readonly resultHash: string;
    readonly summary: PaymentSummary;
  };
}

interface PaymentSummary {
  readonly tranches: Readonly<Record<'A' | 'B' | 'C', Readonly<Record<TrancheFigure, string>>>>;
  readonly fees: Readonly<Record<'servicing' | 'trustee', { readonly due: string; readonly paid: string }>>;
  readonly residual: string;
  readonly accounts: Readonly<Record<string, { readonly opening: string; readonly closing: string }>>;
  readonly triggers: { readonly cumulativeNetLoss: { readonly value: string; readonly on: boolean } };
  readonly conservation: { readonly openingPlusDeposits: string; readonly paymentsPlusClosing: string };
  readonly remittance: string;
  readonly deposit: string;
  readonly servicerReceivable: string;
  readonly suspense: string;
}

type TrancheFigure = 'opening' | 'interestDue' | 'interestPaid' | 'principalPaid' | 'closing' | 'factor';

/** What a settled period paid, as the auditor reads it. */
export async function paidIn(stage: StructuredStage, period: number): Promise<PaymentSummary> {
  const path = `/deals/${stage.dealId}/periods/${period}`;
  const { payment } = await stage.cast.people.auditor.get<PeriodAnswer>(path);
  if (payment === null) throw new TypeError(`period ${period} has no payment`);
  return payment.summary;
}

/** The refusal that a request must meet. */
export async function refusalOf(request: Promise<unknown>): Promise<ApiRefused> {
  const answer = await request.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (answer instanceof ApiRefused) return answer;
  throw new TypeError(`a refusal was expected and this came: ${JSON.stringify(answer)} ${String(answer)}`);
}

/** Tables that change with time alone, whoever asks for what: blocks seen, records sealed. */
const BY_THEMSELVES = ['chain_block', 'chain_checkpoint', 'audit_seal'];

/** Rows of every table: the same before and after a request that must change nothing. */
export async function rowCounts(house: House): Promise<Record<string, number>> {
  const tables = await house.rows<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'weir' and table_type = 'BASE TABLE' and table_name <> all ($1) order by 1`,
    [BY_THEMSELVES],
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await house.rows<{ count: number }>(`select count(*)::int as count from weir."${name}"`);
    counts[name] = row?.count ?? 0;
  }
  return counts;
}

/**
 * Waits until nothing is under way: what was sent is final, and the worker has seen and posted every block up to now.
 * What is counted before and after a request then differs by that request alone.
 */
export async function quiet(house: House): Promise<void> {
  await house.scene.chain.mineToFinality();
  const head = await house.provider.getBlockNumber();
  const end = performance.now() + 30_000;
  for (;;) {
    const [work] = await house.rows<{ seen: number; open: number }>(
      `select coalesce((select max(number) from weir.chain_block), 0)::int as seen,
        (select count(*) from weir.chain_event where not final)::int
          + (select count(*) from weir.outbox_transaction where state not in ('final', 'failed'))::int
          + (select count(*) from pgboss.job where state in ('created', 'retry', 'active'))::int as open`,
    );
    if (work !== undefined && work.seen >= head && work.open === 0) return;
    if (performance.now() > end)
      throw new TypeError(`still under way after 30 s: ${JSON.stringify({ head, ...work })}`);
    await sleep(50);
  }
}

/** A contract of the deal, read at the node. */
export async function contractOf(house: House, stage: StructuredStage, name: string): Promise<Contract> {
  const path = `/deals/${stage.dealId}/deployment`;
  const { contracts } = await stage.cast.people.auditor.get<ContractsAnswer>(path);
  const abi: ContractName = name.startsWith('Token:') ? 'TrancheToken' : (name as ContractName);
  return new Contract(contracts[name] ?? '', abis[abi], house.provider);
}

/** Base units of the stablecoin that an account holds. */
export async function cashOf(house: House, stage: StructuredStage, account: string): Promise<bigint> {
  const cash = new Contract(stage.cash, abis.TestStablecoin, house.provider);
  return (await cash.getFunction('balanceOf').staticCall(account)) as bigint;
}

/** Everything about a deal's vault and Distributor that a settlement or a payment would change. */
export async function vaultState(house: House, stage: StructuredStage): Promise<Record<string, string>> {
  const vault = await contractOf(house, stage, 'DealVault');
  const state: Record<string, string> = { cash: String(await cashOf(house, stage, String(vault.target))) };
  for (const view of ['period', 'stateHash', 'pendingDeposit', 'liabilities'])
    state[view] = String(await vault.getFunction(view).staticCall());
  const distributor = await contractOf(house, stage, 'Distributor');
  state['unclaimed'] = String(await distributor.getFunction('liabilities').staticCall());
  return state;
}

/** How many of the vault's Settled events name a period. */
export async function settlementsOf(house: House, stage: StructuredStage, period: number): Promise<number> {
  const vault = await contractOf(house, stage, 'DealVault');
  const events = await vault.queryFilter('Settled', 0);
  return events.filter((event) => 'args' in event && Number(event.args[0]) === period).length;
}

/** A run of `weir`. */
export interface WeirRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line tool as anybody would. */
export function weir(...args: string[]): Promise<WeirRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** Publishes a period and verifies it from the files and the chain alone; gives the ticks by name. */
export async function verified(house: House, stage: StructuredStage, period: number): Promise<Record<string, boolean>> {
  const folder = house.outFolder(stage.dealId);
  await publish(stage, period, folder);
  return (await verify(folder, house.up.rpcUrl, period)).ticks;
}

/** Runs `weir verify`; gives its exit code and its ticks by name. */
export async function verify(
  folder: string,
  rpcUrl: string,
  period: number,
): Promise<{ code: number; ticks: Record<string, boolean> }> {
  const run = await weir('verify', folder, '--rpc', rpcUrl, '--period', String(period), '--json');
  if (run.stdout === '') throw new TypeError(run.stderr);
  const { ticks } = JSON.parse(run.stdout) as { ticks: { id: string; ok: boolean }[] };
  return { code: run.code, ticks: Object.fromEntries(ticks.map(({ id, ok }) => [id, ok])) };
}

/** Runs `weir verify --loan` on a published proof; gives its ticks by name. */
export async function verifyLoan(
  folder: string,
  rpcUrl: string,
  period: number,
  proof: string,
): Promise<Record<string, boolean>> {
  const run = await weir('verify', folder, '--rpc', rpcUrl, '--period', String(period), '--loan', proof, '--json');
  if (run.stdout === '') throw new TypeError(run.stderr);
  const { ticks } = JSON.parse(run.stdout) as { ticks: { id: string; ok: boolean }[] };
  return Object.fromEntries(ticks.map(({ id, ok }) => [id, ok]));
}

/** All three ticks green. */
export const GREEN = { inputs: true, rows: true, loan: true };
