import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Transaction, Wallet } from 'ethers';
import { enqueueTransaction, OutboxSender, OutboxTransaction, type PayloadView } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR, type Actor } from '@weir/persistence';
import { startAnvil, type TestChain } from '../../../../test/anvil.js';
import { pingerDeployment } from '../../../../test/pinger.js';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';

const PASSWORD = 'a long way down the river';

describe('an organisation that keeps its own key', () => {
  let chain: TestChain;
  let platform: TestPlatform;
  let wallet: Wallet;
  let servicer: Actor;
  let stranger: Actor;
  let payload: PayloadView;

  const signing = () => platform.services.signing;
  const firm = (account: string, email = 'ada@example.org') => ({
    ...{ name: 'Firm', kind: 'servicer' as const, account },
    users: [{ name: 'Ada', email, password: PASSWORD, roles: ['servicer' as const] }],
  });
  const send = async () => {
    const { context, dataSource } = platform.services;
    await new OutboxSender({
      ...{ dataSource, rpc: chain.provider, chainId: 31_337, signers: context.signers, finalityDepth: 0 },
      onError: (error) => {
        throw error;
      },
    }).tick();
  };

  beforeAll(async () => {
    chain = await startAnvil();
    platform = await startPlatform(chain.provider);
    wallet = new Wallet(Wallet.createRandom().privateKey);
    await chain.provider.send('anvil_setBalance', [wallet.address, '0xffffffffffffffffffff']);
    const operator = await platform.member('operator', 'operator');
    const { access } = platform.services;
    const made = await access.createOrganisation(operator, firm(wallet.address), once());
    expect(made.account).toBe(wallet.address.toLowerCase());
    servicer = await access.actorOf((await access.signIn('ada@example.org', PASSWORD)).token);
    stranger = await platform.member('servicer', 'servicer');
    await platform.services.context.uow.run(servicer, { name: 'test', object: 'test' }, ({ manager }) =>
      enqueueTransaction(manager, {
        ...{ id: 'deploy', signer: wallet.address.toLowerCase() as Hex, to: null, data: pingerDeployment() },
        purpose: 'a trial',
      }),
    );
    await send();
  }, 60_000);

  afterAll(async () => {
    await platform.stop();
    await chain.stop();
  });

  it('sees what it is to sign, and nobody else of its kind does', async () => {
    [payload] = (await signing().waiting(servicer)) as [PayloadView];
    expect(payload).toMatchObject({ transactionId: 'deploy', nonce: 0, from: wallet.address.toLowerCase() });
    expect(await signing().waiting(stranger)).toEqual([]);
    const raw = await wallet.signTransaction(Transaction.from(payload.unsigned));
    await expect(signing().handIn(stranger, 'deploy', raw, once())).rejects.toMatchObject({
      ...{ kind: 'not-found', code: 'transaction-not-found' },
    });
  });

  it('is told each difference when it signed something else, and nothing is kept', async () => {
    const other = Transaction.from(payload.unsigned);
    other.nonce = 3;
    const raw = await wallet.signTransaction(other);
    await expect(signing().handIn(servicer, 'deploy', raw, once())).rejects.toMatchObject({
      ...{ kind: 'invalid', code: 'signed-bytes-refused' },
      details: { faults: ['its nonce is 3 and was laid out as 0'] },
    });
    expect(await signing().waiting(servicer)).toEqual([payload]);
  });

  it('brings its signature once, however often the request is sent, and the worker sends it', async () => {
    const raw = await wallet.signTransaction(Transaction.from(payload.unsigned));
    const key = once();
    const taken = await signing().handIn(servicer, 'deploy', raw, key);
    expect(await signing().handIn(servicer, 'deploy', raw, key)).toEqual(taken);
    expect(await signing().handIn(servicer, 'deploy', raw, once())).toEqual(taken);
    await send();
    expect(await platform.services.monitoring.transaction(servicer, 'deploy')).toMatchObject({
      ...{ state: 'final', hash: taken.hash, succeeded: true, trial: null },
    });
    const rows = await platform.services.context.uow.read(SYSTEM_ACTOR, (m) => m.find(OutboxTransaction));
    expect(rows).toHaveLength(1);
  });

  it('is refused with an account that is none', async () => {
    const operator = await platform.member('operator', 'operator');
    await expect(
      platform.services.access.createOrganisation(operator, firm('0x12', 'bea@example.org'), once()),
    ).rejects.toMatchObject({ kind: 'invalid', code: 'address-invalid' });
  });
});
