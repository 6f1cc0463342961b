import { ZeroAddress, isAddress } from 'ethers';
import { isLocalChain, type Manifest } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { requireStatus } from '../deals/deals.service.js';
import { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor, requireParts } from '../deals/party.js';
import { answered } from '../faults.js';
import { Forbidden } from '../problem.js';
import { DealContract, PlatformContract, PlatformManifest } from './entities.js';
import { AdminMissing, NotDeployed, PlatformGiven, TermAddressInvalid, TermForDevelopment } from './errors.js';
import { refuseOtherPlatform, type PlatformOrder } from './platform-script.js';
import { PLATFORM_SIGNERS } from './roles.js';

/** Queues of the jobs that deploy. */
export const DEPLOY_PLATFORM_QUEUE = 'platform-deployment';
export const DEPLOY_DEAL_QUEUE = 'deal-deployment';

/** The contracts that a platform has when it is complete. */
const PLATFORM_CONTRACTS = 8;

/** Where the platform's or a deal's contracts are. */
export interface ContractsView {
  readonly complete: boolean;
  readonly contracts: Readonly<Record<string, Hex>>;
}

/** What an operator orders a platform with; what is left out is null (PlatformOrder). */
export interface PlatformInput {
  readonly cash: string | null;
  readonly pledges?: string | null;
  readonly admin?: string | null;
  readonly timelock?: number | null;
}

/** Deployment of the platform's and the deals' contracts. */
export class DeploymentService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Queues the deployment of the shared contracts; the same order again goes on after a failure.
   * @throws Forbidden, TermAddressInvalid, AdminMissing, TermForDevelopment, PlatformGiven, PlatformDiffers, PlatformOlder
   */
  async deployPlatform(actor: Actor, input: PlatformInput, idempotency: Idempotency): Promise<{ accepted: true }> {
    if (!actor.roles.includes('operator')) throw new Forbidden('the role operator');
    const order = orderOf(input);
    const { chainId } = await answered(this.context.provider.getNetwork());
    if (!isLocalChain(chainId)) refuseDevelopmentOrder(order, chainId);
    const { address } = await this.context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
    const command = { name: 'platform.deploy', object: 'platform', idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const before = await tx.manager.findOneBy(PlatformManifest, { id: 'platform' });
      const deployer = before?.manifest.terms.deployer ?? address;
      if (deployer !== address) throw new PlatformGiven(deployer);
      await refuseOtherPlatform(this.context, tx.manager, order, chainId);
      tx.record({ object: 'platform', before: null, after: { ...order } });
      await tx.job(DEPLOY_PLATFORM_QUEUE, { ...order }, 'platform');
      return { accepted: true } as const;
    });
  }

  /** The manifest of the platform's deployment: addresses, code, arguments, transactions, roles. @throws NotDeployed */
  async manifest(actor: Actor): Promise<Manifest> {
    const row = await this.context.uow.read(actor, (manager) =>
      manager.findOneBy(PlatformManifest, { id: 'platform' }),
    );
    if (row === null) throw new NotDeployed('The platform');
    return row.manifest;
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

/** @throws AdminMissing, TermForDevelopment */
function refuseDevelopmentOrder({ admin, cash, timelock }: PlatformOrder, chainId: bigint): void {
  if (admin === null) throw new AdminMissing(chainId);
  if (cash === null) throw new TermForDevelopment('cash', chainId, 'the address of a stablecoin');
  if (timelock === 0) throw new TermForDevelopment('timelock', chainId, 'seconds between announcement and change');
}

function orderOf({ cash, pledges = null, admin = null, timelock = null }: PlatformInput): PlatformOrder {
  const address = (term: 'cash' | 'pledges' | 'admin', given: string | null, otherwise: string): Hex | null => {
    if (given !== null && (!isAddress(given) || given === ZeroAddress))
      throw new TermAddressInvalid(term, given, otherwise);
    return given === null ? null : (given.toLowerCase() as Hex);
  };
  return {
    cash: address('cash', cash, 'on a development chain'),
    pledges: address('pledges', pledges, 'to have a registry deployed'),
    admin: address('admin', admin, 'on a development chain'),
    timelock,
  };
}

function contractsView(rows: readonly { name: string; address: Hex }[], needed: number): ContractsView {
  return {
    complete: rows.length >= needed,
    contracts: Object.fromEntries(rows.map(({ name, address }) => [name, address])),
  };
}
