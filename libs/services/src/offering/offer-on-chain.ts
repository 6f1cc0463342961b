import type { Contract } from 'ethers';
import { abis } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { Tx } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { dealAddress, platformAddress, reader } from '../deployment/contracts.js';

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

  /** What is not yet subscribed of a tranche, in base units. */
  async left(tranche: number): Promise<bigint> {
    return (await integer(this.offering, 'target', tranche)) - (await integer(this.offering, 'raised', tranche));
  }

  /** How many positions there are to allot. */
  async positions(): Promise<number> {
    return Number((await this.offering.getFunction('progress').staticCall())[0]);
  }

  /** What an account holds of the settlement stablecoin, in base units. */
  cashOf(account: Hex): Promise<bigint> {
    return integer(this.cash, 'balanceOf', account);
  }
}

async function integer(contract: Contract, method: string, ...args: unknown[]): Promise<bigint> {
  return BigInt((await contract.getFunction(method).staticCall(...args)) as bigint);
}
