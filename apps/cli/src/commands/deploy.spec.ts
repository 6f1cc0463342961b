import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { Transaction, Wallet } from 'ethers';
import { startAnvil, type TestChain } from '../../../../test/anvil.js';
import { weir } from '../run-weir.fixture.js';
import { Folder } from '../tiny-deal.fixture.js';

const account = (digit: string): string => `0x${digit.repeat(40)}`;
const POWERS = ['--admin', account('a'), '--operator', account('b'), '--compliance', account('c')];

const folder = new Folder();
const wallet = Wallet.createRandom();
let chain: TestChain;
beforeAll(async () => {
  await folder.open();
  chain = await startAnvil();
  await chain.provider.send('anvil_setBalance', [wallet.address, '0x56bc75e2d63100000']);
});
afterAll(async () => {
  await chain?.stop();
  await folder.close();
});

const deploy = (...args: string[]) => weir('deploy', '--rpc', chain.url, ...args);

describe('weir deploy', () => {
  it('deploys from an account that signs elsewhere, goes on with the manifest, and is checked', async () => {
    const out = folder.at('platform.json');
    const order = ['--from', wallet.address, ...POWERS, '--test-stablecoin', '--timelock', '3600', '--out', out];
    const first = await deploy(...order);
    expect(first.err).toMatch(/5 transactions wait for the signatures of their account/);
    let { code, out: waiting } = first;
    let rounds = 0;
    while (code === 3) {
      const payloads = JSON.parse(waiting) as { unsigned: string }[];
      const signed = await Promise.all(
        payloads.map(({ unsigned }) => wallet.signTransaction(Transaction.from(unsigned))),
      );
      const file = folder.at('signed.txt');
      await writeFile(file, signed.join('\n'));
      ({ code, out: waiting } = await deploy(...order, '--signed', file));
      rounds += 1;
    }
    expect([code, rounds]).toEqual([0, 4]);
    expect(waiting).toMatch(/and the parameters wait 3600 s; 0x[0-9a-f]{40} has no power left\.\n$/);
    const check = await deploy('--check', out);
    expect([check.code, check.out.includes('✖')]).toEqual([0, false]);
    const again = await deploy(...order.map((arg) => (arg === '3600' ? '60' : arg)));
    expect([again.code, again.err]).toEqual([2, expect.stringMatching(/begun with timelock 3600, and now it is 60/)]);

    const text = await readFile(out, 'utf8');
    const { contracts } = JSON.parse(text) as { contracts: Record<string, { runtimeCodeHash: string }> };
    await writeFile(out, text.replace(contracts['DealHealth']?.runtimeCodeHash ?? '', `0x${'0'.repeat(64)}`));
    const tampered = await deploy('--check', out);
    expect([tampered.code, tampered.out]).toEqual([1, expect.stringMatching(/^✖ code of DealHealth: /m)]);
  }, 90_000);

  it('needs to know who deploys, with what, and where it is written', async () => {
    const refusals: [string[], RegExp][] = [
      [[...POWERS, '--test-stablecoin', '--out', 'm.json'], /give --key-file, or --from/],
      [['--from', account('1'), ...POWERS, '--out', 'm.json'], /give --stablecoin, or --test-stablecoin/],
      [['--from', account('1')], /give either --out or --check/],
    ];
    for (const [args, message] of refusals) {
      const { code, err } = await deploy(...args);
      expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    }
  }, 60_000);
});
