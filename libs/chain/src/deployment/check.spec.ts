import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Interface, Wallet, ZeroAddress } from 'ethers';
import { artifacts } from '@weir/bindings';
import { receiptOf, startAnvil, type TestChain } from '../../../../test/anvil.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import { WalletSigner } from '../signers/wallet-signer.js';
import { checkManifest } from './check.js';
import { deployWithManifest } from './deploy-with-manifest.js';
import { ManifestUnreadable } from './deployment.errors.js';
import { manifestFrom, type Manifest } from './manifest.js';
import type { PlatformTerms } from './platform.js';
import type { WholeManifest } from './stated.js';
import type { ManifestTick } from './ticks.js';

const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const POWERS = { admin: account('a'), operator: account('b'), compliance: account('c'), guardian: account('d') };
const manager = new Interface(artifacts.AccessManager.abi);

let chain: TestChain;
let folder: string;
let sound: WholeManifest;
beforeAll(async () => {
  chain = await startAnvil();
  folder = await mkdtemp(path.join(tmpdir(), 'weir-check-'));
  sound = await deployed('sound');
  for (const who of [POWERS.admin, POWERS.operator]) {
    await chain.provider.send('anvil_impersonateAccount', [who]);
    await chain.provider.send('anvil_setBalance', [who, '0xde0b6b3a7640000']);
  }
});
afterAll(async () => {
  await chain?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A platform whose admin waits for nothing. */
async function deployed(name: string, terms: Partial<PlatformTerms> = {}): Promise<WholeManifest> {
  const signer = new WalletSigner(Wallet.createRandom());
  await chain.provider.send('anvil_setBalance', [signer.address, '0x56bc75e2d63100000']);
  const whole = { deployer: signer.address, ...POWERS, timelock: 0, cash: null, pledges: null, ...terms };
  const order = { rpc: chain.provider, file: path.join(folder, `${name}.json`), terms: whole, signer, pollMs: 10 };
  return (await deployWithManifest(order)) as WholeManifest;
}

const red = async (manifest: Manifest, rpc: Rpc = chain.provider): Promise<ManifestTick[]> =>
  (await checkManifest(rpc, manifest)).filter(({ ok }) => !ok);
const titles = async (manifest: Manifest, rpc?: Rpc): Promise<string[]> =>
  (await red(manifest, rpc)).map(({ title }) => title);

async function asAdmin(to: Hex, calls: readonly [string, unknown[]][]): Promise<void> {
  const data = manager.encodeFunctionData('multicall', [
    calls.map(([method, args]) => manager.encodeFunctionData(method, args)),
  ]);
  const hash = (await chain.provider.send('eth_sendTransaction', [
    { from: POWERS.admin, to, data, gas: '0x1e8480' },
  ])) as Hex;
  expect((await receiptOf(chain.provider, hash)).status).toBe(1);
}

type Contracts = WholeManifest['contracts'];
const withContract = (name: keyof Contracts, change: Partial<Contracts[typeof name]>): WholeManifest => ({
  ...sound,
  contracts: { ...sound.contracts, [name]: { ...sound.contracts[name], ...change } },
});

describe('the check of a manifest', () => {
  it('makes the plan anew from the terms: nothing that the manifest says is taken from it', async () => {
    expect(await red(sound)).toEqual([]);
    const { contracts, access, terms } = sound;
    const { made } = contracts.InvestorRegistry;
    const [first, ...rest] = access.grants;
    if (made === null || first === undefined) throw new TypeError('the manifest is not complete');
    const stranger = { role: 'COMPLIANCE' as const, account: account('f'), executionDelay: 0 };
    const cases: [WholeManifest, string[]][] = [
      [withContract('DealHealth', { runtimeCodeHash: contracts.Cash.runtimeCodeHash }), ['code of DealHealth']],
      [
        withContract('InvestorRegistry', { made: { ...made, constructorArguments: `0x${'0'.repeat(64)}` } }),
        ['plan of InvestorRegistry: constructor arguments'],
      ],
      [
        withContract('InvestorRegistry', { made: { ...made, creationCodeHash: `0x${'1'.repeat(64)}` } }),
        ['plan of InvestorRegistry: creation code'],
      ],
      // A contract that somebody else put there cannot be passed off as one that was there before.
      [withContract('ProgramStore', { made: null }), ['plan of ProgramStore: origin']],
      [
        { ...sound, access: { ...access, grants: [{ ...first, executionDelay: 5 }, ...rest] } },
        ['powers: grants', 'powers: grants'],
      ],
      [{ ...sound, access: { ...access, grants: [...access.grants, stranger] } }, ['powers: grants']],
      [{ ...sound, access: { ...access, guardians: [] } }, ['powers: guardians']],
      [{ ...sound, codeHash: `0x${'2'.repeat(64)}` }, ['release']],
      [{ ...sound, chainId: 1 }, ['chain']],
      [
        { ...sound, steps: sound.steps.slice(1) },
        [
          'plan of AccessManager: transaction',
          'plan of AccessManager: block',
          'step AccessManager',
          'steps',
          'making of AccessManager',
          'logs of AccessManager',
        ],
      ],
    ];
    for (const [manifest, expected] of cases) expect(await titles(manifest)).toEqual(expected);

    // Another admin in the terms is another plan, other bytes, and another member.
    expect((await titles({ ...sound, terms: { ...terms, admin: account('9') } })).sort()).toEqual(
      [
        ...['powers: grants', 'powers: grants', 'step hand-over: data', 'transaction of hand-over: data of hash'],
        ...['logs of AccessManager', `ADMIN: ${account('a')}`, `ADMIN: ${account('9')}`],
      ].sort(),
    );
  });

  it('compares the block of each transaction and wants code and an account everywhere', async () => {
    const steps = sound.steps.map((step) => (step.name === 'ProgramStore' ? { ...step, block: 1_000 } : step));
    const { made } = sound.contracts.ProgramStore;
    const late = withContract('ProgramStore', { made: made && { ...made, block: 1_000 } });
    expect(await titles({ ...late, steps })).toEqual(['making of ProgramStore: block']);
    const nobody = await titles({ ...sound, terms: { ...sound.terms, guardian: ZeroAddress as Hex } });
    expect(nobody).toContain('terms: guardian');
    const empty = await deployed('empty', { cash: account('7') });
    expect(await red(empty)).toEqual([
      { ok: false, title: 'code of Cash', detail: expect.stringMatching(/found no code$/) },
    ]);
    expect(() => manifestFrom(JSON.stringify({ ...sound, contracts: {} }), 'm.json')).toThrow(ManifestUnreadable);
  });

  it('is not satisfied by a node that leaves logs out, and reads in ranges that a node takes', async () => {
    const topic = manager.getEvent('RoleGranted')?.topicHash;
    const forgetful: Rpc = {
      send: async (method, params) => {
        const answer = await chain.provider.send(method, params);
        return method === 'eth_getLogs'
          ? (answer as { topics: string[] }[]).filter((log) => log.topics[0] !== topic)
          : answer;
      },
    };
    expect(await titles(sound, forgetful)).toEqual(['logs of AccessManager']);
    const narrow: Rpc = {
      send: async (method, params) => {
        const [range] = params as { fromBlock: Hex; toBlock: Hex }[];
        if (method === 'eth_getLogs' && Number(range?.toBlock) - Number(range?.fromBlock) > 2)
          throw new RangeError('query exceeds max block range');
        return chain.provider.send(method, params) as Promise<unknown>;
      },
    };
    expect(await titles(sound, narrow)).toEqual([]);
  });

  it('needs the operator in a registry of pledges that another platform made', async () => {
    const pledges = sound.contracts.PledgeRegistry.address;
    const second = await deployed('second', { pledges, operator: account('e') });
    const title = 'OPERATOR in the registry of pledges that was given';
    expect(await titles(second)).toEqual([`${title}: ${account('e')}`, `${title}: admit`, `${title}: abandon`]);
    await asAdmin(sound.contracts.AccessManager.address, [['grantRole', [3n, account('e'), 0n]]]);
    expect(await titles(second)).toEqual([]);
    await asAdmin(sound.contracts.AccessManager.address, [['revokeRole', [3n, account('e')]]]);
  });

  it('finds every change of powers since, all at once, each by its name', async () => {
    const other = await deployed('other');
    const { AccessManager, InvestorRegistry, PledgeRegistry, DealRoles } = other.contracts;
    const dealRole = 2n ** 63n + 5n;
    const { selector = '' } = new Interface(artifacts.InvestorRegistry.abi).getFunction('setFrozen') ?? {};
    await asAdmin(AccessManager.address, [
      ['grantRole', [1n, account('f'), 0n]],
      ['revokeRole', [10n, POWERS.guardian]],
      ['grantRole', [77n, account('f'), 0n]],
      ['grantRole', [dealRole, account('f'), 0n]],
      ['setRoleAdmin', [1n, 3n]],
      ['setRoleGuardian', [3n, 1n]],
      ['setGrantDelay', [3n, 60n]],
      ['setTargetAdminDelay', [DealRoles.address, 60n]],
      ['setTargetClosed', [PledgeRegistry.address, true]],
      ['setTargetFunctionRole', [InvestorRegistry.address, [selector], 3n]],
      ['updateAuthority', [InvestorRegistry.address, DealRoles.address]],
    ]);
    const found = new Map((await red(other)).map(({ title, detail }) => [title, detail]));
    expect([...found.keys()].sort()).toEqual(
      [
        ...['COMPLIANCE: admin', `COMPLIANCE: ${account('f')}`, 'OPERATOR: guardian', 'OPERATOR: delay of new members'],
        ...[`GUARDIAN: ${POWERS.guardian}`, `role 77: ${account('f')}`, `deal role ${dealRole}: ${account('f')}`],
        ...['functions of InvestorRegistry: setFrozen', 'functions of PledgeRegistry: open or closed'],
        ...['functions of DealRoles: delay of its admin', 'authority of InvestorRegistry'],
      ].sort(),
    );
    expect(found.get('COMPLIANCE: admin')).toBe('expected ADMIN, found OPERATOR');
    expect(found.get(`COMPLIANCE: ${account('f')}`)).toBe('expected no member, found a member that waits 0 s');
    expect(found.get('functions of InvestorRegistry: setFrozen')).toBe('expected COMPLIANCE, found OPERATOR');
    expect(found.get('OPERATOR: delay of new members')).toMatch(/^expected 0 s, found 0 s and 60 s from \d+ on$/);
    expect(found.get('authority of InvestorRegistry')).toBe(
      `expected ${AccessManager.address}, found ${DealRoles.address}`,
    );
  });
});
