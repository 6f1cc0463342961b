import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR, type UnitOfWork } from '@weir/persistence';
import { getCreateAddress, Transaction, Wallet } from 'ethers';
import type { DataSource, EntityManager } from 'typeorm';
import type { TestChain } from '../../../../test/anvil.js';
import { openChainHouse, type ChainHouse } from '../../../../test/chain-house.js';
import { ping, PINGER, pingerDeployment } from '../../../../test/pinger.js';
import { CHAIN_MIGRATIONS } from '../migrations/index.js';
import { KeyElsewhere } from '../signers/signer.errors.js';
import type { Hex } from '../signers/signer.js';
import { enqueueTransaction, type TransactionRequest } from './enqueue-transaction.js';
import { handIn } from './hand-in.js';
import type { OutboxOptions } from './outbox-context.js';
import { NothingToSign, TransactionNotSeen, type SignedBytesRefused } from './outbox.errors.js';
import { OutboxSender } from './outbox-sender.js';
import { CHAIN_ENTITIES, OutboxTransaction } from './outbox-transaction.entity.js';
import { waitingPayloads, type PayloadView } from './payload.js';
import { stuckTransactions } from './stuck.js';
import { trialOf } from './trying.js';

describe('An account whose key lies elsewhere', () => {
  let house: ChainHouse;
  let chain: TestChain;
  let app: DataSource;
  let units: UnitOfWork;
  let wallet: Wallet;
  let account: Hex;
  let pinger: Hex;
  let errors: unknown[];

  beforeAll(async () => {
    house = await openChainHouse(CHAIN_MIGRATIONS, CHAIN_ENTITIES);
    ({ chain, app, units } = house);
  }, 60_000);

  afterAll(() => house.close());

  beforeEach(async () => {
    errors = [];
    wallet = new Wallet(Wallet.createRandom().privateKey);
    account = wallet.address.toLowerCase() as Hex;
    await chain.provider.send('anvil_setBalance', [account, '0xffffffffffffffffffff']);
    await enqueue({ id: idOf('deploy'), to: null, data: pingerDeployment() });
    pinger = getCreateAddress({ from: account, nonce: 0 }).toLowerCase() as Hex;
  });

  const sender = (options: Partial<OutboxOptions> = {}) =>
    new OutboxSender({
      dataSource: app,
      rpc: chain.provider,
      chainId: 31337,
      signers: { signerOf: async () => Promise.reject(new KeyElsewhere(account)), isOffline: async () => true },
      finalityDepth: 0,
      errors: [PINGER],
      onError: (error) => errors.push(error),
      ...options,
    });

  const run = <T>(work: (manager: EntityManager) => Promise<T>) =>
    units.run(SYSTEM_ACTOR, { name: 'test', object: 'outbox' }, ({ manager }) => work(manager));
  const enqueue = (part: Partial<TransactionRequest> & { id: string }) =>
    run((manager) =>
      enqueueTransaction(manager, { signer: account, to: pinger, data: ping(1n), purpose: 'test', ...part }),
    );
  const idOf = (name: string) => `${name}:${account}`;
  const row = (id: string) => units.read(SYSTEM_ACTOR, (m) => m.findOneByOrFail(OutboxTransaction, { id: idOf(id) }));
  const waiting = async (): Promise<PayloadView[]> =>
    (await units.read(SYSTEM_ACTOR, waitingPayloads)).filter(({ from }) => from === account);
  const signed = (payload: PayloadView) => wallet.signTransaction(Transaction.from(payload.unsigned)) as Promise<Hex>;
  const bring = (id: string, raw: Hex) => run((manager) => handIn(manager, idOf(id), raw));
  const pings = async () =>
    (await chain.provider.getLogs({ address: pinger, fromBlock: 0 })).map((log) => BigInt(log.data));
  /** Signs and brings all that waits, and lets the sender send it. */
  const signAll = async () => {
    for (const payload of await waiting())
      await run(async (m) => handIn(m, payload.transactionId, await signed(payload)));
    await sender().tick();
  };

  it('is shown each field of what it is to sign, and its signature is sent as any other', async () => {
    await sender().tick();
    const [payload, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(payload).toMatchObject({ from: account, to: null, nonce: 0, value: '0', chainId: 31337, purpose: 'test' });
    expect(payload?.data).toBe(pingerDeployment());
    expect(await row('deploy')).toMatchObject({ state: 'laid-out', nonce: 0, hash: null });

    await signAll();
    expect(await row('deploy')).toMatchObject({ state: 'final', nonce: 0, succeeded: true, contractAddress: pinger });
    expect(await waiting()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('may sign in any order: the chain takes the nonces in theirs', async () => {
    await sender().tick();
    await signAll();
    for (const value of [5n, 6n]) await enqueue({ id: idOf(`p${value}`), data: ping(value), gasLimit: 100_000 });
    await sender().tick();
    const [first, second] = await waiting();
    expect([first?.nonce, second?.nonce]).toEqual([1, 2]);
    await bring('p6', await signed(second as PayloadView));
    await sender().tick();
    expect(await pings()).toEqual([]);
    await bring('p5', await signed(first as PayloadView));
    await sender().tick();
    await sender().tick();
    expect(await pings()).toEqual([5n, 6n]);
    expect([(await row('p5')).state, (await row('p6')).state]).toEqual(['final', 'final']);
  });

  it('is refused with every difference named, and the same bytes twice are one', async () => {
    await sender().tick();
    const payload = (await waiting())[0] as PayloadView;
    const stranger = new Wallet(Wallet.createRandom().privateKey);
    const refused = async (raw: string) =>
      bring('deploy', raw as Hex).then(
        () => [],
        (error: SignedBytesRefused) => error.differences,
      );
    expect(await refused(await stranger.signTransaction(Transaction.from(payload.unsigned)))).toEqual([
      `it is signed by ${stranger.address.toLowerCase()} and not by ${account}`,
    ]);
    const changed = Transaction.from(payload.unsigned);
    changed.nonce = 7;
    changed.gasLimit = 21_000n;
    expect(await refused(await wallet.signTransaction(changed))).toEqual([
      'its nonce is 7 and was laid out as 0',
      `its gasLimit is 21000 and was laid out as ${payload.gasLimit}`,
    ]);
    expect(await refused('0x1234')).toHaveLength(1);
    expect(await refused(payload.unsigned)).toEqual([`it is signed by nobody and not by ${account}`]);
    await expect(bring('nothing', '0x12')).rejects.toThrow(TransactionNotSeen);

    const raw = await signed(payload);
    const { hash } = await bring('deploy', raw);
    expect(await bring('deploy', raw)).toEqual({ hash });
    await sender().tick();
    expect(await row('deploy')).toMatchObject({ state: 'final', hash });
    expect(await bring('deploy', raw)).toEqual({ hash });
    await enqueue({ id: idOf('queued') });
    await expect(bring('queued', raw)).rejects.toThrow(NothingToSign);
  });

  it('is asked again when the market leaves an unsigned form behind, and when a signed one is not mined', async () => {
    let now = Date.now();
    const patient = sender({ bumpAfterMs: 1000, clock: () => new Date(now) });
    await patient.tick();
    const first = (await waiting())[0] as PayloadView;
    await chain.provider.send('anvil_setNextBlockBaseFeePerGas', [`0x${(10n ** 11n).toString(16)}`]);
    await chain.provider.send('anvil_mine', ['0x1']);
    now += 10;
    await patient.tick();
    const second = (await waiting())[0] as PayloadView;
    expect(second.nonce).toBe(first.nonce);
    expect(BigInt(second.maxFeePerGas)).toBeGreaterThan(10n ** 11n);

    await chain.provider.send('evm_setAutomine', [false]);
    try {
      await bring('deploy', await signed(second));
      await patient.tick();
      expect(await row('deploy')).toMatchObject({ state: 'sent' });
      expect(await waiting()).toEqual([]);
      now += 2000;
      await patient.tick();
      const third = (await waiting())[0] as PayloadView;
      expect(BigInt(third.maxFeePerGas)).toBeGreaterThanOrEqual((BigInt(second.maxFeePerGas) * 5n) / 4n);
      await patient.tick();
      expect(await waiting()).toEqual([third]);
    } finally {
      await chain.provider.send('evm_setAutomine', [true]);
      await chain.provider.send('anvil_mine', ['0x1']);
    }
    await patient.tick();
    expect(await row('deploy')).toMatchObject({ state: 'final', nonce: 0 });
    expect(await waiting()).toEqual([]);
  });

  it('is told of when it does not sign', async () => {
    const start = Date.now();
    await sender({ clock: () => new Date(start) }).tick();
    const stuckAt = async (ms: number) =>
      (await units.read(SYSTEM_ACTOR, (m) => stuckTransactions(m, new Date(start + ms)))).filter(
        ({ signer }) => signer === account,
      );
    expect(await stuckAt(0)).toEqual([]);
    expect(await stuckAt(1)).toEqual([
      {
        ...{ id: idOf('deploy'), dealId: null, signer: account, state: 'laid-out', nonce: 0, attempts: 0 },
        since: new Date(start),
      },
    ]);
    await signAll();
    expect(await stuckAt(3_600_000)).toEqual([]);
  });
});

describe('A sender that only tries', () => {
  let house: ChainHouse;
  let chain: TestChain;
  let app: DataSource;
  let units: UnitOfWork;

  beforeAll(async () => {
    house = await openChainHouse(CHAIN_MIGRATIONS, CHAIN_ENTITIES);
    ({ chain, app, units } = house);
  }, 60_000);

  afterAll(() => house.close());

  it('says what each call would cost or why it would revert, and sends nothing', async () => {
    const signer = Wallet.createRandom().address.toLowerCase() as Hex;
    const [deployer] = (await chain.provider.send('eth_accounts', [])) as [Hex];
    await chain.provider.send('eth_sendTransaction', [{ from: deployer, data: pingerDeployment() }]);
    const pinger = getCreateAddress({ from: deployer, nonce: 0 }).toLowerCase() as Hex;
    for (const [id, data] of [
      ['good', ping(1n)],
      ['bad', ping(0n)],
    ] as const) {
      await units.run(SYSTEM_ACTOR, { name: 'enqueue', object: id }, ({ manager }) =>
        enqueueTransaction(manager, { id, signer, to: pinger, data, purpose: 'test' }),
      );
    }
    const sender = new OutboxSender({
      ...{ dataSource: app, rpc: chain.provider, chainId: 31337, finalityDepth: 0, errors: [PINGER], dryRun: true },
      signers: { signerOf: () => Promise.reject(new KeyElsewhere(signer)), isOffline: async () => false },
    });
    await sender.tick();
    const expected = Number(
      await chain.provider.send('eth_estimateGas', [{ from: signer, to: pinger, data: ping(1n) }, 'pending']),
    );
    const trial = (id: string) => units.read(SYSTEM_ACTOR, (m) => trialOf(m, id));
    expect(await trial('good')).toMatchObject({ gas: expected, failure: null });
    expect(await trial('bad')).toMatchObject({ gas: null, failure: 'ZeroPing()' });
    const states = await units.read(SYSTEM_ACTOR, (m) => m.find(OutboxTransaction));
    expect(states.map(({ state, nonce }) => [state, nonce])).toEqual([
      ['queued', null],
      ['queued', null],
    ]);
    expect(await chain.provider.getTransactionCount(signer, 'pending')).toBe(0);
  });
});
