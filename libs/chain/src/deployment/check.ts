import { Interface } from 'ethers';
import { ROLES, artifacts } from '@weir/bindings';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import { codeHashAt, type Manifest, type ManifestContract } from './manifest.js';
import { selectors } from './step.js';

/** Something that a manifest says, and whether the chain says so too. */
export interface ManifestTick {
  readonly ok: boolean;
  readonly title: string;
  readonly detail: string;
}

const access = new Interface(artifacts.AccessManager.abi);

/** Holds a complete manifest against a chain: code, how it came there, roles and delays. */
export async function checkManifest(rpc: Rpc, manifest: Manifest): Promise<ManifestTick[]> {
  const chainId = Number(await rpc.send('eth_chainId', []));
  const { contracts, access: plan } = manifest;
  if (chainId !== manifest.chainId)
    return [tick(false, 'chain', `the node is on chain ${chainId}, the manifest is of ${manifest.chainId}`)];
  if (!manifest.complete || contracts === null || plan === null)
    return [tick(false, 'deployment', 'it is not complete; run the command that began it again')];
  const described = Object.entries(contracts);
  const codes = await Promise.all(described.map(([name, contract]) => codeTick(rpc, name, contract)));
  const made = await Promise.all(described.map(([name, contract]) => constructionTick(rpc, name, contract)));
  const powers = new Powers(rpc, contracts.AccessManager.address);
  return [
    ...codes,
    ...made.flat(),
    ...(await Promise.all(plan.grants.map((grant) => powers.holds(grant)))),
    ...(await Promise.all(plan.restrictions.map((restriction) => powers.restricted(restriction)))),
    ...(await Promise.all(plan.guardians.map((guardian) => powers.guarded(guardian)))),
    ...(await powers.nobodyElse(plan.grants, contracts.AccessManager.made?.block ?? 0)),
  ];
}

const tick = (ok: boolean, title: string, detail: string): ManifestTick => ({ ok, title, detail });

async function codeTick(rpc: Rpc, name: string, { address, runtimeCodeHash }: ManifestContract): Promise<ManifestTick> {
  const found = await codeHashAt(rpc, address);
  const detail =
    found === runtimeCodeHash ? `${address}` : `${address} has code of hash ${found}, not ${runtimeCodeHash}`;
  return tick(found === runtimeCodeHash, `code of ${name}`, detail);
}

/** What was sent begins with the creation code of this release, and ends with the arguments of the manifest. */
async function constructionTick(rpc: Rpc, name: string, { address, made }: ManifestContract): Promise<ManifestTick[]> {
  if (made === null) return [];
  const receipt = (await rpc.send('eth_getTransactionReceipt', [made.transaction])) as { contractAddress?: Hex } | null;
  const sent = (await rpc.send('eth_getTransactionByHash', [made.transaction])) as { input: Hex } | null;
  const artifact = artifacts[name === 'Cash' ? 'TestStablecoin' : (name as keyof typeof artifacts)];
  const expected = `${artifact.bytecode}${made.constructorArguments.slice(2)}`.toLowerCase();
  const here = receipt?.contractAddress?.toLowerCase() === address;
  const same = sent?.input.toLowerCase() === expected;
  const why = !here
    ? `transaction ${made.transaction} did not make it`
    : `its creation code or arguments are not those of this release and manifest`;
  const detail = here && same ? `from the code of this release, in block ${made.block}` : why;
  return [tick(here && same, `making of ${name}`, detail)];
}

/** Questions about roles to an AccessManager. */
class Powers {
  constructor(
    private readonly rpc: Rpc,
    private readonly manager: Hex,
  ) {}

  async holds({ role, account, executionDelay }: Grants[number]): Promise<ManifestTick> {
    const [member, delay] = await this.ask('hasRole', [ROLES[role], account]);
    const title = `${role} of ${account}`;
    if (member !== true) return tick(false, title, 'it does not hold the role');
    const same = delay === BigInt(executionDelay);
    return tick(same, title, `it waits ${String(delay)} s${same ? '' : `, not ${executionDelay} s`}`);
  }

  async restricted({ contract, address, functions, role }: Plan['restrictions'][number]): Promise<ManifestTick> {
    const wrong: string[] = [];
    for (const [index, selector] of selectors(artifacts[contract].abi, functions).entries()) {
      const [found] = await this.ask('getTargetFunctionRole', [address, selector]);
      if (found !== ROLES[role]) wrong.push(`${functions[index]} is given to role ${String(found)}`);
    }
    const [closed] = await this.ask('isTargetClosed', [address]);
    if (closed === true) wrong.push('it is closed');
    return tick(wrong.length === 0, `functions of ${contract}`, wrong.join(', ') || `${functions.join(', ')}: ${role}`);
  }

  async guarded({ role, guardian }: Plan['guardians'][number]): Promise<ManifestTick> {
    const [found] = await this.ask('getRoleGuardian', [ROLES[role]]);
    return tick(found === ROLES[guardian], `guardian of ${role}`, `role ${String(found)}`);
  }

  /** Everybody who was ever given one of the platform's roles and still has it is in the manifest. */
  async nobodyElse(grants: Grants, fromBlock: number): Promise<ManifestTick[]> {
    const names = Object.keys(ROLES) as (keyof typeof ROLES)[];
    const topic = access.getEvent('RoleGranted')?.topicHash ?? null;
    const logs = (await this.rpc.send('eth_getLogs', [
      { address: this.manager, fromBlock: `0x${fromBlock.toString(16)}`, toBlock: 'latest', topics: [topic] },
    ])) as { topics: string[]; data: string }[];
    const given = logs.map((log) => access.parseLog(log)?.args ?? []);
    const found: string[] = [];
    for (const role of names) {
      const accounts = given
        .filter(([number]) => number === ROLES[role])
        .map(([, account]) => String(account).toLowerCase());
      for (const account of new Set(accounts)) {
        const known = grants.some((grant) => grant.role === role && grant.account === account);
        const [member] = known ? [false] : await this.ask('hasRole', [ROLES[role], account]);
        if (member === true) found.push(`${account} holds ${role}`);
      }
    }
    return [
      tick(found.length === 0, 'nobody else holds a role', found.join(', ') || `${logs.length} grants looked at`),
    ];
  }

  private async ask(method: string, args: readonly unknown[]): Promise<unknown[]> {
    const call = { to: this.manager, data: access.encodeFunctionData(method, [...args]) };
    const answer = (await this.rpc.send('eth_call', [call, 'latest'])) as Hex;
    return answer === '0x' ? [] : [...access.decodeFunctionResult(method, answer)];
  }
}

type Plan = NonNullable<Manifest['access']>;
type Grants = Plan['grants'];
