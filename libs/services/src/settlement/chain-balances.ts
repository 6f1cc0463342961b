import type { Contract } from 'ethers';
import type { EntityManager } from 'typeorm';
import { CHART } from '@weir/ledger';
import type { CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { distributorReader, vaultReader } from '../deployment/contracts.js';

/** Calls a view and gives its one integer. */
async function integer(contract: Contract, method: string, ...args: unknown[]): Promise<bigint> {
  return BigInt((await contract.getFunction(method).staticCall(...args)) as bigint);
}

interface Paid {
  readonly interest: bigint;
  readonly principal: bigint;
  readonly interestPaid: bigint;
  readonly principalPaid: bigint;
  readonly taxHeld: bigint;
  readonly claimedBalance: bigint;
  readonly supply: bigint;
  readonly moved: boolean;
}

/** What a class is owed and has not claimed: each period's rest, and the dust of periods claimed in full; and its tax. */
async function unclaimedOf(distributor: Contract, tranche: number, periods: number) {
  const [interestDust, principalDust] = (await distributor.getFunction('carriedDust').staticCall(tranche)) as [
    bigint,
    bigint,
  ];
  let interest = interestDust;
  let principal = principalDust;
  let tax = 0n;
  for (let period = 1; period <= periods; period++) {
    const paid = (await distributor.getFunction('distribution').staticCall(tranche, period)) as unknown as Paid;
    tax += paid.taxHeld;
    if (paid.moved || (paid.supply !== 0n && paid.claimedBalance === paid.supply)) continue;
    interest += paid.interest - paid.interestPaid;
    principal += paid.principal - paid.principalPaid;
  }
  return { interest, principal, tax };
}

/**
 * What the contracts say of each account of the chart, in base units of cash: what the books must equal. Read from view
 * calls alone, never from events, so that it is a second source.
 */
export async function chainBalances(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  compiled: CompiledDeal,
): Promise<Map<string, bigint>> {
  const vault = await vaultReader(context, manager, dealId);
  if (!((await vault.getFunction('isOpen').staticCall()) as boolean)) return new Map();
  const unit = await integer(vault, 'unit');
  const periods = Number(await integer(vault, 'period'));
  const state = (await vault.getFunction('state').staticCall()) as bigint[];
  const balances = new Map<string, bigint>();
  const distributor = await distributorReader(context, manager, dealId);
  let held = await integer(distributor, 'liabilities');
  compiled.accounts.forEach((name, index) => balances.set(CHART.cash(name), (state[index] ?? 0n) * unit));
  for (const [index, { name }] of compiled.tranches.entries()) {
    balances.set(CHART.note(name), (state[compiled.accounts.length + index] ?? 0n) * unit);
    const { interest, principal, tax } = await unclaimedOf(distributor, index, periods);
    balances.set(CHART.interestPayable(name), interest);
    balances.set(CHART.principalPayable(name), principal);
    balances.set(CHART.taxPayable(name), tax);
  }
  for (const [index, { name }] of compiled.payees.entries()) {
    const owed = await integer(vault, 'owed', index);
    balances.set(CHART.payeePayable(name), owed);
    held += owed;
  }
  const pending = await integer(vault, 'pendingDeposit');
  balances.set(CHART.pendingDeposit, pending);
  balances.set(CHART.depositsPayable, pending + (balances.get(CHART.cash('suspense')) ?? 0n));
  balances.set(CHART.heldForPayment, held);
  return balances;
}
