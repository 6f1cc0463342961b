import { Interface } from 'ethers';
import type { EntityManager } from 'typeorm';
import { artifacts } from '@weir/bindings';
import { addDays, dateInstant } from '@weir/calendar';
import { enqueueTransaction } from '@weir/chain';
import { CATEGORY_BITS, countryCode } from '@weir/compliance';
import type { Hex } from '@weir/money';
import type { ServiceContext } from '../context.js';
import { platformAddress } from '../deployment/contracts.js';
import { PLATFORM_SIGNERS } from '../deployment/roles.js';
import type { InvestorRecord } from './entities.js';

/** A day named as the last one ends at the first instant of the next. */
const endOf = (date: string): number => dateInstant(addDays(date, 1));

/**
 * Queues the investor's entry in the registry on chain and gives the outbox id. The entry carries no personal data:
 * expiry, lock-up, country, category and tax rate only.
 * @throws NotDeployed
 */
export async function enqueueRegistration(
  manager: EntityManager,
  context: ServiceContext,
  investor: InvestorRecord,
): Promise<string> {
  const registry = await platformAddress(manager, 'InvestorRegistry');
  const signer = await context.signers.openOrCreate(PLATFORM_SIGNERS.compliance);
  const entry = {
    kycExpiry: endOf(investor.kycValidUntil),
    lockedUntil: investor.lockedUntil === null ? 0 : endOf(investor.lockedUntil),
    country: countryCode(investor.country) ?? 0,
    categories: CATEGORY_BITS[investor.category],
    withholding: investor.withholdingBps,
    // Every account is an investor of its own: a record holds one.
    investor: 0,
  };
  const abi = new Interface(artifacts.InvestorRegistry.abi);
  const id = `investor/${investor.investorId}/register`;
  await enqueueTransaction(manager, {
    id,
    signer: signer.address,
    to: registry,
    data: abi.encodeFunctionData('register', [investor.account, entry]) as Hex,
    purpose: 'enter an admitted investor in the registry',
  });
  return id;
}
