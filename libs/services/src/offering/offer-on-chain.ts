import type { Contract } from 'ethers';
import { abis } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { Tx } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { dealAddress, platformAddress, reader } from '../deployment/contracts.js';

/** How a tranche is offered, in cents; `perInvestor` is zero for no limit. */
export interface TrancheTerms {
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly perInvestor: bigint;
  readonly lot: bigint;
}

/** `Phase.Closing` of ISubscription. */
const CLOSING = 2n;

/**
 * What the contracts say of an offering now. Use cases ask it before they send anything, so that a refusal has its
 * reason and costs nothing; the contracts check the same again.
 */
export class OfferOnChain {
  private constructor(
    private readonly registry: Contract,
    private readonly offering: Contract,
    private readonly vault: Contract,
    private readonly cash: Contract,
  ) {}

  /** The offering of a deployed deal. @throws NotDeployed */
  static async of(context: ServiceContext, tx: Pick<Tx, 'manager'>, dealId: string): Promise<OfferOnChain> {
    const { manager } = tx;
    return new OfferOnChain(
      reader(context, await platformAddress(manager, 'InvestorRegistry'), abis.InvestorRegistry),
      reader(context, await dealAddress(manager, dealId, 'Subscription'), abis.Subscription),
      reader(context, await dealAddress(manager, dealId, 'DealVault'), abis.DealVault),
      reader(context, await platformAddress(manager, 'Cash'), abis.TestStablecoin),
    );
  }

  /** Reason code for the account's receiving notes now; 0 when it may. */
  async admissionCode(account: Hex): Promise<number> {
    return Number(await integer(this.registry, 'canReceive', account));
  }

  /** The vault that the offering is bound to. */
  async boundVault(): Promise<string> {
    return (await this.offering.getFunction('vault').staticCall()) as string;
  }

  /** Base units of cash in a cent. */
  unit(): Promise<bigint> {
    return integer(this.vault, 'unit');
  }

  /** What is subscribed of a tranche, in base units. */
  raised(tranche: number): Promise<bigint> {
    return integer(this.offering, 'raised', tranche);
  }

  /** What a tranche raises when it is sold in full, in base units. */
  target(tranche: number): Promise<bigint> {
    return integer(this.offering, 'target', tranche);
  }

  /** What an account has subscribed of a tranche, in base units. */
  subscribed(account: Hex, tranche: number): Promise<bigint> {
    return integer(this.offering, 'subscribed', account, tranche);
  }

  /** How a tranche is offered, in cents. */
  async terms(tranche: number): Promise<TrancheTerms> {
    const { minimum, maximum, perInvestor, lot } = (await this.offering
      .getFunction('trancheOffer')
      .staticCall(tranche)) as TrancheTerms;
    return { minimum, maximum, perInvestor, lot };
  }

  /** Who gets the proceeds, and the notes that are not sold. */
  async seller(): Promise<Hex> {
    return ((await this.offering.getFunction('seller').staticCall()) as string).toLowerCase() as Hex;
  }

  /** How many positions there are to allot. */
  async positions(): Promise<number> {
    return Number((await this.offering.getFunction('progress').staticCall())[0]);
  }

  /** Last instant, in seconds, before the offering's end: anybody may declare it failed after its deadline, or its closing's. */
  async lastInstant(): Promise<number> {
    const closing = (await integer(this.offering, 'phase')) === CLOSING;
    return Number(await integer(this.offering, closing ? 'closingDeadline' : 'deadline'));
  }

  /** What an account holds of the settlement stablecoin, in base units. */
  cashOf(account: Hex): Promise<bigint> {
    return integer(this.cash, 'balanceOf', account);
  }
}

async function integer(contract: Contract, method: string, ...args: unknown[]): Promise<bigint> {
  return BigInt((await contract.getFunction(method).staticCall(...args)) as bigint);
}
