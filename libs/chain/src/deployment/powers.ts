import { Interface } from 'ethers';
import { ROLES, artifacts } from '@weir/bindings';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import type { AccessPlan } from './access-plan.js';
import type { BlockTag } from './making.js';
import { authorityTicks } from './authorities.js';
import { askManager, logsBetween, type FoundLog, type Question } from './manager-reader.js';
import type { PlatformDeployment } from './platform.js';
import { selectors } from './step.js';
import { compared, type Comparison, type ManifestTick } from './ticks.js';

const access = new Interface(artifacts.AccessManager.abi);
const dealRoles = new Interface(artifacts.DealRoles.abi);

/** DealRoles gives numbers from here on to single deals. */
const FIRST_DEAL_ROLE = 2n ** 63n;

interface RoleEvent {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly transaction: Hex;
}

/** Accounts that a role should have, and how long each waits, in seconds. */
type Members = ReadonlyMap<string, number>;

/** Holds a chain against the powers of a deployment: who has each role, what each may call, and who guards the contracts. */
export class PowerCheck {
  private readonly manager: Hex;

  constructor(
    private readonly rpc: Rpc,
    private readonly planned: PlatformDeployment,
    private readonly deployer: Hex,
    private readonly head: number,
  ) {
    this.manager = planned.contracts.AccessManager.address;
  }

  /** @throws whatever the node answers when it does not take a call */
  async ticks(): Promise<ManifestTick[]> {
    const { contracts } = this.planned;
    const from = contracts.AccessManager.made?.block ?? 0;
    const watched = [this.manager, contracts.DealRoles.address];
    const logs = await logsBetween(this.rpc, watched, Math.max(from, 0), this.head);
    const events = logs.map((log) => this.eventOf(log)).filter((event): event is RoleEvent => event !== null);
    return [
      ...this.logTicks(events),
      ...(await this.roleTicks(events)),
      ...(await this.targetTicks(events)),
      ...(await authorityTicks(this.rpc, this.planned, this.at)),
    ];
  }

  private get at(): BlockTag {
    return `0x${this.head.toString(16)}`;
  }

  private eventOf({ address, topics, data, transactionHash }: FoundLog): RoleEvent | null {
    const from = address.toLowerCase() === this.manager ? access : dealRoles;
    const parsed = from.parseLog({ topics, data });
    return parsed === null ? null : { name: parsed.name, args: [...parsed.args], transaction: transactionHash };
  }

  /** The node gave at least what the deployment itself left behind: without it, nothing can be told from its logs. */
  private logTicks(events: readonly RoleEvent[]): ManifestTick[] {
    const { access: plan, steps } = this.planned;
    const handOver = steps.find(({ name }) => name === 'hand-over')?.transaction;
    const seen = new Set(
      events.map(({ name, args, transaction }) =>
        [name, ...args.slice(0, 3).map((arg) => String(arg).toLowerCase()), transaction].join(' '),
      ),
    );
    const creation = this.planned.contracts.AccessManager.made?.transaction;
    const wanted = [
      ['RoleGranted', ROLES.ADMIN, this.deployer, 0, creation].join(' '),
      ['RoleRevoked', ROLES.ADMIN, this.deployer, handOver].join(' '),
      ...plan.grants.map(({ role, account, executionDelay }) =>
        ['RoleGranted', ROLES[role], account, executionDelay, handOver].join(' '),
      ),
      ...plan.restrictions.flatMap(({ contract, address, functions, role }) =>
        selectors(artifacts[contract].abi, functions).map((selector) =>
          ['TargetFunctionRoleUpdated', address, selector, ROLES[role], handOver].join(' '),
        ),
      ),
    ];
    const missing = wanted.filter((one) => !seen.has(one));
    const found = missing.length === 0 ? 'all' : `all but ${missing.length}: ask a node that keeps every log`;
    return compared(
      'logs of AccessManager',
      [['', `all`, found]],
      `${events.length} from block ${this.planned.contracts.AccessManager.made?.block} to ${this.head}`,
    );
  }

  private async roleTicks(events: readonly RoleEvent[]): Promise<ManifestTick[]> {
    const given = dealRolesGiven(events);
    const expected = new Map<bigint, Members>(
      Object.values(ROLES).map((role) => [role, plannedMembers(this.planned.access, role)]),
    );
    for (const [role, members] of given) if (!expected.has(role)) expected.set(role, members);
    const touched = new Map<bigint, Set<string>>(
      [...expected].map(([role, members]) => [role, new Set(members.keys())]),
    );
    for (const { name, args } of events) {
      if (name !== 'RoleGranted' && !/^Role(Admin|Guardian|GrantDelay)/.test(name)) continue;
      const role = args[0] as bigint;
      const accounts = touched.get(role) ?? new Set();
      if (name === 'RoleGranted') accounts.add(String(args[1]).toLowerCase());
      touched.set(role, accounts);
    }
    const ticks: ManifestTick[] = [];
    for (const [role, accounts] of [...touched].sort(([one], [other]) => (one < other ? -1 : 1)))
      ticks.push(...(await this.roleTick(role, [...accounts], expected.get(role) ?? new Map(), events)));
    return ticks;
  }

  private async roleTick(
    role: bigint,
    accounts: readonly string[],
    expected: Members,
    events: readonly RoleEvent[],
  ): Promise<ManifestTick[]> {
    const guardian = this.planned.access.guardians.find(({ role: of }) => ROLES[of] === role)?.guardian ?? 'ADMIN';
    const questions: Question[] = [
      ['getRoleAdmin', [role]],
      ['getRoleGuardian', [role]],
      ['getRoleGrantDelay', [role]],
      ...accounts.map((account): Question => ['getAccess', [role, account]]),
    ];
    const [admin, guarded, delay, ...members] = await askManager(this.rpc, this.manager, questions, this.at);
    const comparisons: Comparison[] = [
      ['admin', 'ADMIN', nameOf(admin?.[0] as bigint)],
      ['guardian', guardian, nameOf(guarded?.[0] as bigint)],
      ['delay of new members', '0 s', `${String(delay?.[0])} s${announced(events, 'RoleGrantDelayChanged', role)}`],
      ...accounts.map((account, index): Comparison => {
        const waits = expected.get(account);
        return [
          account,
          waits === undefined ? 'no member' : `a member that waits ${waits} s`,
          membership(members[index]),
        ];
      }),
    ];
    const holders = [...expected].map(([account, waits]) => `${account} waits ${waits} s`).join(', ');
    return compared(nameOf(role), comparisons, holders || 'nobody has it');
  }

  /** Every function of the guarded contracts that changes something is the planned role's, or the admin's. */
  private async targetTicks(events: readonly RoleEvent[]): Promise<ManifestTick[]> {
    const { contracts, access: plan } = this.planned;
    const guarded = (['InvestorRegistry', 'PledgeRegistry', 'DealRoles'] as const).filter(
      (name) => contracts[name].made !== null,
    );
    const ticks: ManifestTick[] = [];
    for (const name of ['AccessManager', ...guarded] as const) {
      const { address } = contracts[name];
      const functions = name === 'AccessManager' ? [] : changing(new Interface(artifacts[name].abi));
      const questions: Question[] = [
        ['isTargetClosed', [address]],
        ['getTargetAdminDelay', [address]],
        ...functions.map(({ selector }): Question => ['getTargetFunctionRole', [address, selector]]),
      ];
      const [closed, delay, ...roles] = await askManager(this.rpc, this.manager, questions, this.at);
      const comparisons: Comparison[] = [
        ['open or closed', 'open', closed?.[0] === false ? 'open' : 'closed'],
        [
          'delay of its admin',
          '0 s',
          `${String(delay?.[0])} s${announced(events, 'TargetAdminDelayUpdated', address)}`,
        ],
        ...functions.map(({ name: method }, index): Comparison => {
          const role = plan.restrictions.find(
            ({ contract, functions: named }) => contract === name && named.includes(method),
          );
          return [method, role?.role ?? 'ADMIN', nameOf(roles[index]?.[0] as bigint)];
        }),
      ];
      ticks.push(...compared(`functions of ${name}`, comparisons, `${functions.length} looked at, open`));
    }
    return ticks;
  }
}

const plannedMembers = ({ grants }: AccessPlan, role: bigint): Members =>
  new Map(
    grants.filter(({ role: of }) => ROLES[of] === role).map(({ account, executionDelay }) => [account, executionDelay]),
  );

/**
 * Members of the deals' own roles: those that DealRoles gave, in the transaction in which it gave the number. A number
 * that it did not give is nobody's, and so is a member that came later or before.
 */
function dealRolesGiven(events: readonly RoleEvent[]): Map<bigint, Members> {
  const given = new Map<bigint, Members>();
  for (const { name, args, transaction } of events) {
    if (name !== 'RolesGiven') continue;
    for (const role of args[1] as Iterable<bigint>) {
      const members = events.filter(
        (event) => event.name === 'RoleGranted' && event.transaction === transaction && event.args[0] === role,
      );
      given.set(role, new Map(members.map((event) => [String(event.args[1]).toLowerCase(), 0])));
    }
  }
  return given;
}

function membership(found: readonly unknown[] | undefined): string {
  const [since = 0n, waits, pending, effect] = (found ?? []) as bigint[];
  if (since === 0n) return 'no member';
  const change = effect === 0n || effect === undefined ? '' : `, and ${String(pending)} s from ${String(effect)} on`;
  return `a member that waits ${String(waits)} s${change}`;
}

/** What a delay becomes, where the last that was announced of it is not none. */
function announced(events: readonly RoleEvent[], event: string, of: bigint | Hex): string {
  const last = events.findLast(({ name, args }) => name === event && String(args[0]).toLowerCase() === String(of));
  const [, delay = 0n, since] = (last?.args ?? []) as bigint[];
  return delay === 0n ? '' : ` and ${delay} s from ${String(since)} on`;
}

const NAMES = new Map<bigint, string>(Object.entries(ROLES).map(([name, number]) => [number, name]));

/** A role's name; of a number without one, the number. */
export const nameOf = (role: bigint | undefined): string => {
  if (role === undefined) return 'no role';
  if (role === 2n ** 64n - 1n) return 'PUBLIC';
  return NAMES.get(role) ?? (role >= FIRST_DEAL_ROLE ? `deal role ${role}` : `role ${role}`);
};

const changing = (contract: Interface): { name: string; selector: string }[] => {
  const found: { name: string; selector: string }[] = [];
  contract.forEachFunction(({ name, selector, constant }) => {
    if (!constant) found.push({ name, selector });
  });
  return found;
};
