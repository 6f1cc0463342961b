import type { Deal } from '@weir/deal';
import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import { accountOf } from '../access/access.service.js';
import { organisationInPart } from '../deals/party.js';
import type { PartyAccounts } from './payees.js';

/** Accounts of a deal's parties: of the five roles those of the organisations that play them, of others the document's. */
export async function partyAccounts(
  manager: EntityManager,
  dealId: string,
  { onChain }: Pick<Deal, 'onChain'>,
): Promise<PartyAccounts> {
  const account = async (role: 'issuer' | 'servicer' | 'trustee' | 'calculation-agent') =>
    (await accountOf({ manager }, await organisationInPart(manager, dealId, role))) as Hex;
  return {
    others: Object.fromEntries((onChain?.accounts ?? []).map(({ name, account: of }) => [name, of])),
    issuer: await account('issuer'),
    servicer: await account('servicer'),
    trustee: await account('trustee'),
    calculationAgent: await account('calculation-agent'),
  };
}
