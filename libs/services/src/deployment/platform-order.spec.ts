import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hex } from '@weir/chain';
import type { Actor } from '@weir/persistence';
import { newManifest, type Manifest } from '@weir/chain';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { DeploymentService } from './deployment.service.js';
import { refuseOtherPlatform, storePlatform } from './platform-script.js';

const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const ORDER = { cash: account('1'), pledges: null, admin: account('a'), timelock: 60 };

let platform: TestPlatform;
let operator: Actor;
beforeAll(async () => {
  platform = await startPlatform();
  operator = await platform.member('operator', 'operator');
}, 60_000);
afterAll(() => platform?.stop());

/** A manifest of the order, whose contracts are wherever. */
async function manifestOf(order: typeof ORDER, at: string): Promise<Manifest> {
  const { context } = platform.services;
  const terms = await context.uow.read(operator, (manager) => refuseOtherPlatform(context, manager, order, 31_337n));
  const contracts = Object.fromEntries(['AccessManager', 'Cash'].map((name) => [name, { address: account(at) }]));
  return { ...newManifest(31_337, terms), contracts } as unknown as Manifest;
}

describe('an order of a platform', () => {
  it('is no order of development terms on a chain that others use', async () => {
    const { context } = platform.services;
    const provider = { getNetwork: () => Promise.resolve({ chainId: 1n }) } as unknown as typeof context.provider;
    const elsewhere = new DeploymentService({ ...context, provider });
    for (const [order, code] of [
      [{ ...ORDER, admin: null }, 'admin-missing'],
      [{ ...ORDER, cash: null }, 'term-for-development'],
      [{ ...ORDER, timelock: 0 }, 'term-for-development'],
    ] as const)
      await expect(elsewhere.deployPlatform(operator, order, once())).rejects.toMatchObject({ code });
  });

  it('is the same again once a platform stands, and of the release that deployed it', async () => {
    const { context, deployment } = platform.services;
    const order = (terms: Partial<typeof ORDER>) => deployment.deployPlatform(operator, { ...ORDER, ...terms }, once());
    await platform.asSystem(`insert into weir.platform_contract values ('Cash', $1)`, [account('f')]);
    await expect(order({})).rejects.toMatchObject({ code: 'platform-older' });
    await platform.asSystem('delete from weir.platform_contract');

    await storePlatform(context, await manifestOf(ORDER, '5'));
    await expect(order({})).resolves.toEqual({ accepted: true });
    await expect(order({ cash: account('2') })).rejects.toMatchObject({
      code: 'platform-differs',
      details: { term: 'cash', stands: account('1'), given: account('2') },
    });
    await expect(order({ timelock: 61 })).rejects.toMatchObject({ code: 'platform-differs' });
    // One that was on its way meanwhile replaces nothing either.
    const other = { ...(await manifestOf(ORDER, '6')), terms: { cash: account('2') } } as Manifest;
    await expect(storePlatform(context, other)).rejects.toMatchObject({ code: 'platform-differs' });
    expect((await deployment.platform(operator)).contracts['Cash']).toBe(account('5'));

    await platform.asSystem(`update weir.platform_manifest set manifest = manifest || '{"codeHash": "0x1"}'`);
    await expect(order({})).rejects.toMatchObject({ code: 'platform-older' });
  });
});
