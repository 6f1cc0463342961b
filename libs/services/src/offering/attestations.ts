import { artifacts, attestationDomain, inSignerOrder, type AttestationMessage } from '@weir/bindings';
import { formatMoney, type Hex } from '@weir/money';
import type { Actor, Idempotency } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import { accountOf } from '../access/access.service.js';
import { positiveAmount } from '../amount.js';
import { queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import type { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor } from '../deals/party.js';
import { dealAddress, reader } from '../deployment/contracts.js';
import { DealContract } from '../deployment/entities.js';
import { poolRoot } from '../pledges/pool-root.js';
import { transactionIdOf } from '../transaction-id.js';
import { AttestationExceeded, NotAttested } from './errors.js';

const { abi } = artifacts.ReserveAttestor;

/** An attestation as it is brought; amounts are decimal strings, instants UTC in ISO 8601. */
export interface BroughtAttestation {
  readonly collateral: string;
  readonly reserve: string;
  readonly asOf: string;
  readonly validUntil: string;
  readonly signatures: readonly { readonly signer: string; readonly signature: Hex }[];
}

/** What an attestation is signed over, and the one that stands. */
export interface AttestationView {
  readonly attestor: Hex;
  readonly threshold: number;
  /** EIP-712 domain; the message's other members are the signers' finding. */
  readonly domain: {
    readonly name: string;
    readonly version: string;
    readonly chainId: string;
    readonly verifyingContract: Hex;
  };
  readonly vault: Hex;
  /** Root and balance of the pool at the cut-off date. */
  readonly poolRoot: Hex;
  readonly poolBalance: string;
  /** Face of all notes: what must be covered. */
  readonly face: string;
  readonly standing: null | { collateral: string; reserve: string; asOf: string; validUntil: string };
}

/** What independent signers found to stand behind the notes: brought before closing, asked at closing. */
export class Attestations {
  constructor(private readonly context: ServiceContext) {}

  /** Puts a signed attestation on chain. @throws NotDeployed when the document asks for none */
  attest(
    actor: Actor,
    dealId: string,
    brought: BroughtAttestation,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string }> {
    const object = `deal:${dealId}`;
    return this.context.uow.run(actor, { name: 'offering.attest', object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer', 'servicer', 'trustee');
      requireStatus(deal, ['deployed', 'offered'], 'attested');
      const attestor = await dealAddress(tx.manager, dealId, 'ReserveAttestor');
      const attestation = await this.messageOf(tx.manager, dealId, brought);
      const signatures = inSignerOrder(brought.signatures);
      const signer = (await accountOf(tx, actor.organisationId)) as Hex;
      const args = [attestation, signatures.map((one) => one.signer), signatures.map((one) => one.signature)];
      // Asked first, so that a refusal has its reason and costs nothing.
      await reader(this.context, attestor, abi)
        .getFunction('attest')
        .staticCall(...args, { from: signer });
      const id = transactionIdOf(actor, dealId, 'offering.attest', idempotency);
      const purpose = 'offering: attest';
      await queueCall(tx.manager, { id, signer, to: attestor, abi, method: 'attest', args, dealId, purpose });
      const { collateral, reserve, asOf, validUntil } = brought;
      tx.record({ object, before: null, after: { transactionId: id, collateral, reserve, asOf, validUntil } });
      return { transactionId: id };
    });
  }

  /** What is to be signed, and what stands. @throws NotFound, NotDeployed when the document asks for no attestation */
  view(actor: Actor, dealId: string): Promise<AttestationView> {
    return this.context.uow.read(actor, async (manager) => {
      const deal = await dealFor(manager, dealId);
      const attestor = await dealAddress(manager, dealId, 'ReserveAttestor');
      const vault = await dealAddress(manager, dealId, 'DealVault');
      const contract = reader(this.context, attestor, abi);
      const [threshold] = (await contract.getFunction('quorum').staticCall()) as [bigint];
      const { chainId } = await this.context.provider.getNetwork();
      const { root, balance } = await poolRoot(this.context, manager, dealId);
      const last = await standing(this.context, attestor, vault);
      return {
        attestor,
        threshold: Number(threshold),
        domain: { ...attestationDomain(chainId, attestor), chainId: chainId.toString(), verifyingContract: attestor },
        vault,
        poolRoot: root,
        poolBalance: formatMoney(balance),
        face: formatMoney(faceOf(deal)),
        standing: last && {
          collateral: formatMoney(last.collateral),
          reserve: formatMoney(last.reserve),
          asOf: instantText(last.asOf),
          validUntil: instantText(last.validUntil),
        },
      };
    });
  }

  private async messageOf(
    manager: EntityManager,
    dealId: string,
    { collateral, reserve, asOf, validUntil }: BroughtAttestation,
  ): Promise<AttestationMessage> {
    const { root } = await poolRoot(this.context, manager, dealId);
    return {
      vault: await dealAddress(manager, dealId, 'DealVault'),
      poolRoot: root,
      collateral: amountOf(collateral),
      reserve: amountOf(reserve),
      asOf: Math.floor(Date.parse(asOf) / 1000),
      validUntil: Math.floor(Date.parse(validUntil) / 1000),
    };
  }
}

/** Where the document asks for an attestation, one that is valid now must cover the notes. @throws NotAttested, AttestationExceeded */
export async function requireAttested(
  context: ServiceContext,
  manager: EntityManager,
  deal: DealRecord,
): Promise<void> {
  const { dealId } = deal;
  const attestor = await manager.findOneBy(DealContract, { dealId, name: 'ReserveAttestor' });
  if (attestor === null) return;
  const last = await standing(context, attestor.address, await dealAddress(manager, dealId, 'DealVault'));
  const block = await context.provider.getBlock('latest');
  if (last === null || block === null || last.validUntil <= block.timestamp) throw new NotAttested(dealId);
  const attested = last.collateral + last.reserve;
  if (faceOf(deal) > attested) throw new AttestationExceeded(formatMoney(faceOf(deal)), formatMoney(attested));
}

interface Standing {
  readonly collateral: bigint;
  readonly reserve: bigint;
  readonly asOf: number;
  readonly validUntil: number;
}

async function standing(context: ServiceContext, attestor: Hex, vault: Hex): Promise<Standing | null> {
  const found = await reader(context, attestor, abi).getFunction('attestationOf').staticCall(vault);
  const { collateral, reserve, asOf, validUntil } = found as Record<keyof Standing, bigint>;
  return asOf === 0n ? null : { collateral, reserve, asOf: Number(asOf), validUntil: Number(validUntil) };
}

const faceOf = (deal: DealRecord): bigint =>
  compiledDeal(deal).tranches.reduce((sum, { original }) => sum + original, 0n);

const amountOf = (text: string): bigint => (/^0(\.0{1,2})?$/.test(text) ? 0n : positiveAmount(text));

const instantText = (seconds: number): string => new Date(seconds * 1000).toISOString();
