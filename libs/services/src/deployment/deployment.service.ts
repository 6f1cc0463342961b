import { isAddress } from 'ethers';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { requireStatus } from '../deals/deals.service.js';
import { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor, requireParts } from '../deals/party.js';
import { answered } from '../faults.js';
import { Forbidden } from '../problem.js';
import { DealContract, PlatformContract } from './entities.js';
import { CashAddressInvalid, PledgesAddressInvalid } from './errors.js';
import { PLATFORM_SIGNERS } from './roles.js';

/** Queues of the jobs that deploy. */
export const DEPLOY_PLATFORM_QUEUE = 'platform-deployment';
export const DEPLOY_DEAL_QUEUE = 'deal-deployment';

/** The contracts that a platform has when it is complete. */
const PLATFORM_CONTRACTS = 7;

/** Where the platform's or a deal's contracts are. */
export interface ContractsView {
  readonly complete: boolean;
  readonly contracts: Readonly<Record<string, Hex>>;
}

/** Deployment of the platform's and the deals' contracts. */
export class DeploymentService {
  constructor(private readonly context: ServiceContext) {}

  /** Queues the deployment of the shared contracts. @throws Forbidden, CashAddressInvalid, PledgesAddressInvalid */
  async deployPlatform(
    actor: Actor,
    input: { cash: string | null; pledges?: string | null },
    idempotency: Idempotency,
  ): Promise<{ accepted: true }> {
    if (!actor.roles.includes('operator')) throw new Forbidden('the role operator');
    const { cash, pledges = null } = input;
    if (cash !== null && !isAddress(cash)) throw new CashAddressInvalid(cash);
    if (pledges !== null && !isAddress(pledges)) throw new PledgesAddressInvalid(pledges);
    const command = { name: 'platform.deploy', object: 'platform', idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      tx.record({ object: 'platform', before: null, after: { cash, pledges } });
      const terms = { cash: cash?.toLowerCase() ?? null, pledges: pledges?.toLowerCase() ?? null };
      await tx.job(DEPLOY_PLATFORM_QUEUE, terms, 'platform');
      return { accepted: true } as const;
    });
  }

  /** The shared contracts, the chain, and the accounts that act for the platform. */
  async platform(
    actor: Actor,
  ): Promise<ContractsView & { chainId: string; accounts: { operator: Hex; compliance: Hex } }> {
    const { chainId } = await answered(this.context.provider.getNetwork());
    const operator = await this.context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
    const compliance = await this.context.signers.openOrCreate(PLATFORM_SIGNERS.compliance);
    const rows = await this.context.uow.read(actor, (manager) => manager.find(PlatformContract));
    return {
      chainId: chainId.toString(),
      accounts: { operator: operator.address, compliance: compliance.address },
      ...contractsView(rows, PLATFORM_CONTRACTS),
    };
  }

  /** Queues the deployment of an approved deal; asking again goes on after a failure. @throws OutOfOrder, PartsMissing */
  deployDeal(actor: Actor, dealId: string, idempotency: Idempotency): Promise<{ accepted: true }> {
    const command = { name: 'deal.deploy', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer');
      requireStatus(deal, ['approved', 'deploying'], 'deployed');
      await requireParts(tx.manager, dealId);
      // From here on the document stands: what is deployed is what was approved.
      await tx.manager.update(DealRecord, dealId, { status: 'deploying' });
      const { status, programHash } = deal;
      tx.record({ object: `deal:${dealId}`, before: { status }, after: { status: 'deploying', programHash } });
      await tx.job(DEPLOY_DEAL_QUEUE, { dealId }, dealId);
      return { accepted: true } as const;
    });
  }

  /** A deal's contracts. */
  dealContracts(actor: Actor, dealId: string): Promise<ContractsView> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      return contractsView(await manager.findBy(DealContract, { dealId }), 1);
    });
  }
}

function contractsView(rows: readonly { name: string; address: Hex }[], needed: number): ContractsView {
  return {
    complete: rows.length >= needed,
    contracts: Object.fromEntries(rows.map(({ name, address }) => [name, address])),
  };
}
