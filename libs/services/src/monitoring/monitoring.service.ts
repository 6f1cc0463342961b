import type { Contract } from 'ethers';
import type { DataSource, EntityManager } from 'typeorm';
import { OutboxTransaction, trialOf, type OutboxState } from '@weir/chain';
import { cashInVault, reconcile, trialBalance } from '@weir/ledger';
import { AUDIT_GENESIS, exportAuditLog, sealToJson } from '@weir/audit';
import { sealedHead, sealedRecords, type Actor } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { currentDeal } from '../amendments/eras.js';
import { compiledDeal } from '../deals/compiled.js';
import { dealFor, partiesOf } from '../deals/party.js';
import { distributorReader, platformAddress, reader, vaultReader } from '../deployment/contracts.js';
import { answered } from '../faults.js';
import { Forbidden, NotFound } from '../problem.js';
import { chainBalances } from '../settlement/chain-balances.js';
import { loadJournal } from '../settlement/journal.js';

/** How far a transaction has come. */
export interface TransactionView {
  readonly transactionId: string;
  readonly state: OutboxState;
  /** False when it reverted; null until mined. */
  readonly succeeded: boolean | null;
  readonly reason: string | null;
  readonly hash: string | null;
  readonly blockNumber: number | null;
  readonly gasUsed: number | null;
  /** What it would do, by a worker in dry run; wei as decimal integer. Null when it was never tried. */
  readonly trial: {
    readonly triedAt: string;
    readonly gas: number | null;
    readonly maxFeePerGas: string;
    readonly failure: string | null;
  } | null;
}

/** Books against chain, in base units of the settlement stablecoin as decimal integers. */
export interface ReconciliationView {
  readonly entries: number;
  readonly differences: readonly { account: string; books: string; chain: string; difference: string }[];
  /** What vault and Distributor hold, by the books, by their own ledgers, and by the stablecoin. */
  readonly cash: { readonly books: string; readonly vault: string; readonly stablecoin: string };
  readonly reconciled: boolean;
}

/** Watching: transactions, books against chain, the audit log, the health of the process. */
export class MonitoringService {
  constructor(
    private readonly context: ServiceContext,
    private readonly dataSource: DataSource,
  ) {}

  /** One transaction of the outbox that the caller may see. @throws NotFound */
  transaction(actor: Actor, transactionId: string): Promise<TransactionView> {
    return this.context.uow.read(actor, async (manager) => {
      const row = await manager.findOneBy(OutboxTransaction, { id: transactionId });
      if (row === null) throw new NotFound('transaction', transactionId);
      const { state, succeeded, failure, hash, blockNumber, gasUsed } = row;
      const tried = await trialOf(manager, transactionId);
      const trial = tried && {
        ...tried,
        triedAt: tried.triedAt.toISOString(),
        maxFeePerGas: tried.maxFeePerGas.toString(),
      };
      return { transactionId, state, succeeded, reason: failure, hash, blockNumber, gasUsed, trial };
    });
  }

  /**
   * Compares the books with the contracts' view calls. Events that are not final are not in the books yet, so a
   * difference right after a payment is one of time; a difference that stays is an alarm.
   * @throws Forbidden for investors: the books name what others were paid
   */
  reconcile(actor: Actor, dealId: string): Promise<ReconciliationView> {
    return this.context.uow.read(actor, async (manager) => {
      const deal = await dealFor(manager, dealId);
      await requireOverview(manager, actor, dealId);
      const journal = await loadJournal(manager, dealId);
      const trial = trialBalance(journal);
      const chain = await chainBalances(this.context, manager, dealId, compiledDeal(await currentDeal(manager, deal)));
      const differences = reconcile(trial, chain);
      const vault = await vaultReader(this.context, manager, dealId);
      const cash = reader(this.context, await platformAddress(manager, 'Cash'), [
        'function balanceOf(address) view returns (uint256)',
      ]);
      const distributor = await distributorReader(this.context, manager, dealId);
      const [owedByVault, owedToHolders] = await Promise.all([vault, distributor].map(liabilitiesOf));
      const [inVault, inDistributor] = await Promise.all(
        [vault, distributor].map(
          async ({ target }) => (await cash.getFunction('balanceOf').staticCall(target)) as bigint,
        ),
      );
      const liabilities = (owedByVault ?? 0n) + (owedToHolders ?? 0n);
      const held = (inVault ?? 0n) + (inDistributor ?? 0n);
      // Neither may live on what the other holds.
      const covered = (inVault ?? 0n) >= (owedByVault ?? 0n) && (inDistributor ?? 0n) >= (owedToHolders ?? 0n);
      const books = cashInVault(trial);
      return {
        entries: journal.length,
        differences: differences.map(({ account, books, chain, difference }) => ({
          account,
          books: books.toString(),
          chain: chain.toString(),
          difference: difference.toString(),
        })),
        cash: { books: books.toString(), vault: liabilities.toString(), stablecoin: held.toString() },
        // A stray transfer may leave more cash in a contract than it owes; less is never right.
        reconciled: differences.length === 0 && books === liabilities && covered,
      };
    });
  }

  /** The whole sealed audit log as JSON lines, hash-chained. @throws Forbidden */
  async auditLog(actor: Actor): Promise<string> {
    if (!actor.roles.includes('auditor')) throw new Forbidden('the role auditor');
    return this.context.uow.read(actor, async (manager) => exportAuditLog(await sealedRecords(manager)));
  }

  /**
   * The seal of the audit log as it stands: head and count. Kept elsewhere, it shows a tail that was cut off or a log
   * that was chained anew. @throws Forbidden
   */
  async auditSeal(actor: Actor): Promise<string> {
    if (!actor.roles.includes('auditor')) throw new Forbidden('the role auditor');
    const seal = await this.context.uow.read(actor, sealedHead);
    return sealToJson(seal ?? { head: AUDIT_GENESIS, count: 0 });
  }

  /** Whether database and chain answer. */
  async health(): Promise<{ database: 'ok'; chain: 'ok'; head: number }> {
    await answered(this.dataSource.query('select 1'));
    const head = await answered(this.context.provider.getBlockNumber());
    return { database: 'ok', chain: 'ok', head };
  }
}

/** What a contract owes or keeps for others, in base units. */
async function liabilitiesOf(contract: Contract): Promise<bigint> {
  return (await contract.getFunction('liabilities').staticCall()) as bigint;
}

/** Books are for those who run the deal and those who watch the platform. */
async function requireOverview(manager: EntityManager, actor: Actor, dealId: string): Promise<void> {
  if (actor.roles.includes('auditor') || actor.roles.includes('operator')) return;
  const played = await partiesOf(manager, actor, dealId);
  if (!played.some((part) => part !== 'investor' && actor.roles.includes(part)))
    throw new Forbidden('a part in running this deal, or the role auditor');
}
