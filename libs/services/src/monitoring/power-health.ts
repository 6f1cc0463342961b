import type { EntityManager } from 'typeorm';
import { ROLES, artifacts } from '@weir/bindings';
import { selectors, type Manifest } from '@weir/chain';
import type { Hex } from '@weir/money';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { DealContract, PlatformContract, PlatformManifest } from '../deployment/entities.js';
import { partyAccounts } from '../deployment/party-accounts.js';
import { wiringOf, type Wiring } from '../deployment/wiring.js';
import type { Finding } from './invariants.js';
import { POWER_EVENTS, place, powersAfter, roleName, waits, type PowerEvent, type Powers } from './powers.js';

const NOTHING = 'nothing';

/** Y of a deal: its roles, functions and agents by its document. Null while they are not given at the indexed block. */
export async function dealPowerFindings(
  manager: EntityManager,
  record: Pick<DealRecord, 'dealId' | 'document'>,
): Promise<Finding[] | null> {
  const platform = await platformOf(manager);
  if (platform === null) return null;
  const contracts = await manager.findBy(DealContract, { dealId: record.dealId });
  const named = (name: string): Hex | null => contracts.find((contract) => contract.name === name)?.address ?? null;
  const [offering, control, distributor] = ['Subscription', 'DealControl', 'Distributor'].map(named);
  if (!offering || !control || !distributor) return null;
  const document = readDocument(record.document);
  const accounts = await partyAccounts(manager, record.dealId, document);
  const tokens = contracts.filter(({ name }) => name.startsWith('Token:')).map(({ address }) => address);
  const wired = { offering, control, distributor, tokens, attestor: named('ReserveAttestor') };
  const wiring = wiringOf({ record, document, accounts }, wired);
  const events = await dealEvents(manager, platform, wiring);
  if (!events.some(({ name, args }) => name === 'RolesGiven' && (args['targets'] as string[]).includes(control)))
    return null;
  return differences(
    wantedOf(wiring, platform, tokens),
    powersAfter(events),
    new Map(contracts.map(({ name, address }) => [address, name])),
  );
}

/**
 * Y of the platform: its roles and its contracts' functions by the manifest of its deployment, and that nobody has a role of a
 * deal's number that DealRoles did not give. Null where there is no manifest, or its events are not read yet.
 */
export async function platformPowerFindings(manager: EntityManager): Promise<Finding[] | null> {
  const platform = await platformOf(manager);
  const access = platform?.manifest.access ?? null;
  if (platform === null || access === null) return null;
  const all = await eventsOf(manager, [platform.manager, platform.dealRoles, ...guardedBy(platform.manifest)]);
  if (all.length === 0) return null;
  const given = new Set(all.flatMap(({ name, args }) => (name === 'RolesGiven' ? (args['roles'] as string[]) : [])));
  const targets = new Set(
    all.flatMap(({ name, args }) => (name === 'RolesGiven' ? (args['targets'] as string[]) : [])),
  );
  // What DealRoles gave is looked at with its deal.
  const ofDeals = ({ args: { roleId, target } }: PowerEvent): boolean =>
    target === undefined ? given.has(String(roleId)) : targets.has(String(target));
  const wanted = new Map<string, string>([
    ...access.grants.map(
      ({ role, account, executionDelay }) => [place.member(ROLES[role], account), waits(executionDelay)] as const,
    ),
    ...access.guardians.map(({ role, guardian }) => [`guardian of ${role}`, guardian] as const),
    ...access.restrictions.flatMap(({ contract, address, functions, role }) =>
      selectors(artifacts[contract].abi, functions).map(
        (selector) => [place.callable(address, selector), role] as const,
      ),
    ),
    ...guardedBy(platform.manifest).map((address) => [`authority of ${address}`, platform.manager] as const),
  ]);
  const names = Object.entries(platform.manifest.contracts ?? {}).map(
    ([name, { address }]) => [address, name] as const,
  );
  return differences(wanted, powersAfter(all.filter((event) => !ofDeals(event))), new Map(names));
}

interface WatchedPlatform {
  readonly manifest: Manifest;
  readonly manager: Hex;
  readonly dealRoles: Hex;
  readonly registry: Hex;
}

async function platformOf(manager: EntityManager): Promise<WatchedPlatform | null> {
  const row = await manager.findOneBy(PlatformManifest, { id: 'platform' });
  const contracts = await manager.find(PlatformContract);
  const named = (name: string): Hex | null => contracts.find((contract) => contract.name === name)?.address ?? null;
  const [access, dealRoles, registry] = ['AccessManager', 'DealRoles', 'InvestorRegistry'].map(named);
  if (row === null || !access || !dealRoles || !registry) return null;
  return { manifest: row.manifest, manager: access, dealRoles, registry };
}

/** The platform's contracts that its own manager guards. */
const guardedBy = ({ contracts }: Manifest): Hex[] =>
  contracts === null
    ? []
    : [contracts.InvestorRegistry, contracts.PledgeRegistry, contracts.DealRoles].flatMap(({ address, made }) =>
        made === null ? [] : [address],
      );

/** What a deal's contracts and roles should have, and nothing beside. */
function wantedOf(
  { targets, holders }: Wiring,
  { manager, manifest }: WatchedPlatform,
  tokens: readonly Hex[],
): Powers {
  return new Map([
    ...targets.map(({ target }) => [`authority of ${target}`, manager] as const),
    ...targets.flatMap(({ target, restrictions }) =>
      restrictions.flatMap(({ role, selectors: some }) =>
        some.map((selector) => [place.callable(target, selector), roleName(role)] as const),
      ),
    ),
    ...holders.flatMap(({ role, accounts }) =>
      accounts.map((account) => [place.member(role, account.toLowerCase()), waits(0)] as const),
    ),
    ...tokens.map((token) => [place.agent(token, manifest.terms.operator), 'agent'] as const),
  ]);
}

/** Events of the manager about the deal's roles and contracts, and those of its contracts. */
async function dealEvents(
  manager: EntityManager,
  platform: WatchedPlatform,
  { targets, holders }: Wiring,
): Promise<PowerEvent[]> {
  const addresses = targets.map(({ target }) => target as string);
  const roles = new Set(holders.map(({ role }) => role.toString()));
  const all = await eventsOf(manager, [platform.manager, platform.dealRoles, ...targets.map(({ target }) => target)], {
    roles: [...roles],
    targets: addresses,
  });
  // Whom DealRoles asks is the platform's. A token that is told to ask the registry that it was made with asks no other.
  return all.filter(
    ({ address, name, args }) =>
      (address !== platform.dealRoles || name === 'RolesGiven') &&
      (name !== 'IdentityRegistryAdded' || args['identityRegistry'] !== platform.registry),
  );
}

interface EventFilter {
  readonly roles: readonly string[];
  readonly targets: readonly string[];
}

/** Events of contracts that change powers, in the chain's order; of the manager only those of some roles and targets. */
function eventsOf(manager: EntityManager, addresses: readonly Hex[], only?: EventFilter): Promise<PowerEvent[]> {
  const filter = `and (coalesce(args->>'roleId', args->>'target') is null
      or (args ? 'target' and args->>'target' = any($4)) or (not args ? 'target' and args->>'roleId' = any($3)))`;
  return manager.query(
    `select address, name, args, transaction_hash as transaction from weir.chain_event
      where address = any($1) and name = any($2) ${only === undefined ? '' : filter} order by block_number, log_index`,
    [addresses, POWER_EVENTS, ...(only === undefined ? [] : [only.roles, only.targets])],
  );
}

/** A finding for each power that is not as it should be; contracts by their names. */
function differences(wanted: Powers, found: Powers, names: ReadonlyMap<string, string>): Finding[] {
  const said = (text: string): string => text.replace(/0x[0-9a-f]{40}/g, (address) => names.get(address) ?? address);
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((at) => wanted.get(at) !== found.get(at))
    .map((at) => ({
      ...{ letter: 'Y', place: said(at), verdict: 'broken' },
      ...{ actual: said(found.get(at) ?? NOTHING), expected: said(wanted.get(at) ?? NOTHING) },
    }));
}
