import { abis } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import type { EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import type { DealRecord } from '../deals/entities.js';
import { platformAddress, reader, tokenName } from '../deployment/contracts.js';
import { DealContract, PlatformContract } from '../deployment/entities.js';
import { bookFindings } from './book-health.js';
import { askHealth, type ChainFinding } from './chain-health.js';
import type { DealAudit } from './entities.js';
import { HealthContractMissing } from './errors.js';
import { admittedHolders } from './holders.js';
import type { AuditResult, Finding, Letter } from './invariants.js';
import { booksMark, ledgerFindings } from './ledger-health.js';
import { pledgeFindings } from './pledge-health.js';
import { dealPowerFindings } from './power-health.js';

/** A block of the chain as the indexer has it. */
export interface AuditedBlock {
  readonly number: number;
  readonly hash: Hex;
}

/** A deal to audit, and how far the audits before have come. */
export interface DealToAudit {
  readonly dealId: string;
  readonly compiled: CompiledDeal;
  /** Accounts that the deal was closed with. */
  readonly accountsAtClosing: number;
  readonly before: Pick<DealAudit, 'nextPeriod' | 'booksMark'> | null;
  /** The deal as it was deployed: an amendment changes nobody's powers. */
  readonly record: Pick<DealRecord, 'dealId' | 'document'>;
  /** Pledge keys of the loans of its pool. */
  readonly poolKeys: (manager: EntityManager, dealId: string) => Promise<ReadonlySet<Hex>>;
}

/** What an audit found, and where the next goes on. */
export interface DealAuditResult extends AuditResult {
  readonly nextPeriod: number;
  readonly booksMark: string | null;
}

/** Accounts × classes × periods that one call looks at; each costs about 15,000 gas, and nodes allow some tens of millions. */
const MOST_PLACES = 1_000;
const MOST_PERIODS = 12;

interface Addresses {
  readonly health: Hex;
  readonly vault: Hex;
  readonly distributor: Hex;
  readonly offering: Hex;
  readonly registry: Hex;
  readonly tokens: readonly Hex[];
}

/**
 * Audits a deal at the indexed block, of which the transaction has one consistent state: the health contract's views,
 * and the database against their figures. C, F, G, L and M are looked at over a window of periods, and I and Z over a part
 * of the loans, that move on from audit to audit; all else is looked at whole. Gives null when the deal's contracts are not on chain at that block yet.
 * @throws HealthContractMissing
 */
export async function auditDeal(
  context: ServiceContext,
  manager: EntityManager,
  deal: DealToAudit,
  block: AuditedBlock,
): Promise<DealAuditResult | null> {
  const at = { blockTag: block.number };
  const addresses = await addressesOf(manager, deal);
  for (const address of [addresses.vault, addresses.health])
    if ((await context.provider.getCode(address, block.number)) === '0x') return null;
  const { tokens, offering, registry, vault, distributor } = addresses;
  const accounts = await admittedHolders(context, manager, { tokens, offering, registry, block: block.number });
  const classes = deal.compiled.tranches.map(({ name }) => name);
  const settled = await settledPeriods(manager, deal.dealId);
  const window = windowOf(deal, settled, accounts.length * classes.length);
  const chain = await askHealth(context, { ...addresses, ...window, classes, accounts, block: block.number });
  const contract = reader(context, vault, abis.DealVault);
  const unit = (await contract.getFunction('unit').staticCall(at)) as bigint;
  const stateHash = (await contract.getFunction('stateHash').staticCall(at)) as string;
  const { dealId, compiled, accountsAtClosing } = deal;
  const books = { dealId, compiled, accountsAtClosing, vault, distributor, unit, stateHash, ...window, chain };
  const poolKeys = () => deal.poolKeys(manager, dealId);
  const pledges = { dealId, health: addresses.health, vault, block: block.number, poolKeys };
  const findings: Finding[] = [
    ...chain,
    ...(await pledgeFindings(context, manager, pledges)),
    ...(await bookFindings(manager, books)),
  ];
  const powers = await dealPowerFindings(manager, deal.record);
  const ledger = await auditLedger(context, manager, deal, block, [vault, distributor]);
  return {
    findings: [...findings, ...(powers ?? []), ...(ledger?.findings ?? [])],
    complete: new Set<Letter>([...(ledger === null ? [] : ['K' as const]), ...(powers === null ? [] : ['Y' as const])]),
    nextPeriod: window.to >= settled + 1 || window.to >= compiled.periods.length ? 1 : window.to + 1,
    booksMark: ledger?.mark ?? deal.before?.booksMark ?? null,
  };
}

/** What the contracts alone answer of a deal now, without asking about accounts: A to D, H and J. */
export async function healthNow(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  compiled: CompiledDeal,
): Promise<ChainFinding[]> {
  const { health, vault } = await addressesOf(manager, { dealId, compiled });
  const classes = compiled.tranches.map(({ name }) => name);
  const question = { health, vault, classes, accounts: [], from: 1, to: 0, block: 'latest' as const };
  return (await askHealth(context, question)).filter(({ letter }) => letter !== 'E');
}

async function addressesOf(
  manager: EntityManager,
  { dealId, compiled }: Pick<DealToAudit, 'dealId' | 'compiled'>,
): Promise<Addresses> {
  const health = await manager.findOneBy(PlatformContract, { name: 'DealHealth' });
  if (health === null) throw new HealthContractMissing();
  const rows = await manager.findBy(DealContract, { dealId });
  const named = (name: string): Hex => rows.find((row) => row.name === name)?.address ?? '0x';
  return {
    health: health.address,
    vault: named('DealVault'),
    distributor: named('Distributor'),
    offering: named('Subscription'),
    registry: await platformAddress(manager, 'InvestorRegistry'),
    tokens: compiled.tranches.map(({ name }) => named(tokenName(name))),
  };
}

async function settledPeriods(manager: EntityManager, dealId: string): Promise<number> {
  const rows: { last: number | null }[] = await manager.query(
    'select max(period) as last from weir.payment where deal_id = $1',
    [dealId],
  );
  return rows[0]?.last ?? 0;
}

/** The next periods to look at, the one after the last settled included, whose record date may be over. */
function windowOf({ before, compiled }: DealToAudit, settled: number, places: number): { from: number; to: number } {
  const last = Math.min(settled + 1, compiled.periods.length);
  const start = before?.nextPeriod ?? 1;
  const from = start > last ? 1 : start;
  const count = Math.min(MOST_PERIODS, Math.max(1, Math.floor(MOST_PLACES / Math.max(1, places))));
  return { from, to: Math.min(last, from + count - 1) };
}

/** K, when the books changed since they were last looked at or differed then; null when they need not or cannot be. */
async function auditLedger(
  context: ServiceContext,
  manager: EntityManager,
  deal: DealToAudit,
  block: AuditedBlock,
  contracts: readonly Hex[],
): Promise<{ findings: Finding[]; mark: string | null } | null> {
  const mark = await booksMark(manager, deal.dealId, contracts);
  if (mark === null || mark === deal.before?.booksMark) return null;
  // The contracts are asked as they are now: that must be the block that the books stand at, before and after.
  const now = async (): Promise<number> => context.provider.getBlockNumber();
  if ((await now()) !== block.number) return null;
  const findings = await ledgerFindings(context, manager, deal.dealId, deal.compiled);
  if ((await now()) !== block.number) return null;
  // Books that differ are looked at again next time, whatever changes.
  return { findings, mark: findings.length === 0 ? mark : null };
}
