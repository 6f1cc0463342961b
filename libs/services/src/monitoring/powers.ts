import { ROLES } from '@weir/bindings';

/** An event of an AccessManager, of DealRoles, or of a contract that an AccessManager guards, as the indexer keeps it. */
export interface PowerEvent {
  readonly address: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly transaction: string;
}

/** Powers by place, each in a few words: `COMPLIANCE 0x…` → `member, waits 0 s`. A place that nobody touched is not there. */
export type Powers = ReadonlyMap<string, string>;

const NAMES = new Map<string, string>(Object.entries(ROLES).map(([name, number]) => [number.toString(), name]));
const PUBLIC = (2n ** 64n - 1n).toString();

/** A role in words: its name, or its number where it is a deal's. */
export const roleName = (role: unknown): string =>
  String(role) === PUBLIC ? 'everybody' : (NAMES.get(String(role)) ?? `role ${String(role)}`);

/** Where each power stands in `Powers`, and what is said there. */
export const place = {
  member: (role: unknown, account: unknown): string => `${roleName(role)} of ${String(account)}`,
  callable: (target: unknown, selector: unknown): string => `function ${String(selector)} of ${String(target)}`,
  agent: (token: unknown, account: unknown): string => `agent ${String(account)} of ${String(token)}`,
};
export const waits = (delay: unknown): string => `member, waits ${String(delay)} s`;

type Change = (args: PowerEvent['args'], address: string) => readonly [place: string, power: string | null];

/** What each event makes of a power; null takes it away, or puts it back to what a fresh contract has. */
const CHANGES: Readonly<Record<string, Change>> = {
  RoleGranted: ({ roleId, account, delay }) => [place.member(roleId, account), waits(delay)],
  RoleRevoked: ({ roleId, account }) => [place.member(roleId, account), null],
  RoleAdminChanged: ({ roleId, admin }) => [`admin of ${roleName(roleId)}`, unlessAdmin(admin)],
  RoleGuardianChanged: ({ roleId, guardian }) => [`guardian of ${roleName(roleId)}`, unlessAdmin(guardian)],
  RoleGrantDelayChanged: ({ roleId, delay }) => [`delay of new members of ${roleName(roleId)}`, unlessNone(delay)],
  TargetFunctionRoleUpdated: ({ target, selector, roleId }) => [place.callable(target, selector), unlessAdmin(roleId)],
  TargetClosed: ({ target, closed }) => [`closing of ${String(target)}`, closed === true ? 'closed' : null],
  TargetAdminDelayUpdated: ({ target, delay }) => [`delay of the admin of ${String(target)}`, unlessNone(delay)],
  AuthorityUpdated: ({ authority }, address) => [`authority of ${address}`, String(authority)],
  AgentAdded: ({ agent }, address) => [place.agent(address, agent), 'agent'],
  AgentRemoved: ({ agent }, address) => [place.agent(address, agent), null],
  IdentityRegistryAdded: ({ identityRegistry }, address) => [`registry of ${address}`, String(identityRegistry)],
  ComplianceAdded: ({ compliance }, address) => [
    `compliance contract of ${address}`,
    /^0x0{40}$/.test(String(compliance)) || compliance === address ? null : String(compliance),
  ],
};

/** Names of the events that change powers. */
export const POWER_EVENTS: readonly string[] = [...Object.keys(CHANGES), 'RolesGiven'];

const unlessAdmin = (role: unknown): string | null => (String(role) === '0' ? null : roleName(role));
const unlessNone = (delay: unknown): string | null => (String(delay) === '0' ? null : `${String(delay)} s`);

/** Powers as events leave them, one after the other in the order of the chain. */
export function powersAfter(events: readonly PowerEvent[]): Powers {
  const powers = new Map<string, string>();
  for (const { name, args, address } of events) {
    const [at, power] = CHANGES[name]?.(args, address) ?? [];
    if (at === undefined) continue;
    if (power === null || power === undefined) powers.delete(at);
    else powers.set(at, power);
  }
  return powers;
}
