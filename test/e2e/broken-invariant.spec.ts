import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AbiCoder, Interface, keccak256, toBeHex } from 'ethers';
import { ROLES, abis } from '@weir/bindings';
import { checkManifest, type Manifest } from '@weir/chain';
import { deposit, report } from '../../apps/stack/src/demo/collect.js';
import type { ContractsAnswer } from '../../apps/stack/src/demo/issue.js';
import { claimAll, settle, untilFinal, untilPaymentDate } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { receiptOf } from '../anvil.js';
import { closedDeal } from './deals.js';
import { quiet, refusalOf, rowCounts, vaultState } from './evidence.js';
import { House } from './harness.js';

interface Alarm {
  readonly dealId: string;
  readonly letter: string;
  readonly place: string;
  readonly actual: string;
  readonly expected: string;
  readonly sinceBlock: number;
  readonly clearedBlock: number | null;
}

interface Health {
  readonly auditedBlock: number;
  readonly invariants: readonly { letter: string; audited: boolean; holds: boolean }[];
  readonly settlementStopped: boolean;
  readonly alarms: readonly Alarm[];
}

let house: House;
let stage: StructuredStage;
let contracts: Readonly<Record<string, string>>;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
  const { auditor } = stage.cast.people;
  const deal = await auditor.get<ContractsAnswer>(`/deals/${stage.dealId}/deployment`);
  const platform = await auditor.get<ContractsAnswer>('/platform');
  contracts = { ...deal.contracts, ...platform.contracts };
}, 120_000);
afterAll(() => house?.close(), 60_000);

/** What the audit says of the deal once it has looked at a block of now or later. */
async function audited(): Promise<Health> {
  await house.provider.send('evm_mine', []);
  const head = await house.provider.getBlockNumber();
  const end = performance.now() + 30_000;
  for (;;) {
    const health = await stage.cast.people.trustee.get<Health>(`/monitoring/deals/${stage.dealId}`).catch(() => null);
    if (health !== null && health.auditedBlock >= head) return health;
    if (performance.now() > end) throw new TypeError(`block ${head} was not audited: ${JSON.stringify(health)}`);
    await sleep(100);
  }
}

/** OpenZeppelin's ERC-20 keeps balances in a mapping in its first slot. */
const slotOf = (account: string): string =>
  keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [account, 0]));

async function cashOf(account: string): Promise<bigint> {
  return BigInt(await house.provider.getStorage(contracts['Cash'] ?? '', slotOf(account)));
}

async function setCash(account: string, amount: bigint): Promise<void> {
  await house.provider.send('anvil_setStorageAt', [contracts['Cash'], slotOf(account), toBeHex(amount, 32)]);
}

describe('the continuous audit', () => {
  it('finds a sound deal sound, and looks at every letter that it can', async () => {
    await quiet(house);
    const lettersOf = ({ invariants }: Health) =>
      invariants.flatMap(({ letter, audited: looked }) => (looked ? [letter] : [])).join('');
    let health = await audited();
    // The books are looked at in a moment in which no further block has come.
    for (let turn = 0; turn < 20 && !lettersOf(health).includes('K'); turn++) health = await audited();
    expect(lettersOf(health)).toBe('ABCDEFGHIJKLMYZ');
    expect(health.alarms).toEqual([]);
    expect(health.settlementStopped).toBe(false);
  }, 60_000);

  it('tells of cash that is gone from the vault, stops settlement between report and payment, and lets it go on', async () => {
    const { figures } = await report(stage, 1, stage.tapeId);
    await deposit(stage, 1, figures.available);
    await untilPaymentDate(stage, 1);
    await quiet(house);
    const vault = contracts['DealVault'] ?? '';
    const held = await cashOf(vault);
    expect(held).toBeGreaterThan(0n);
    await setCash(vault, held - 1n);
    // The contracts are asked at once, whether the audit has been there or not.
    expect((await refusalOf(settle(stage, 1))).problem).toMatchObject({ code: 'invariant-broken', letter: 'A' });

    const ill = await audited();
    expect(ill.settlementStopped).toBe(true);
    expect(ill.alarms.map(({ letter, actual, expected }) => ({ letter, actual, expected }))).toEqual([
      { letter: 'A', actual: String(held - 1n), expected: String(held) },
    ]);
    const { firstOfficer, auditor, calculationAgent } = stage.cast.people;
    for (const watcher of [firstOfficer, auditor, calculationAgent])
      expect(await watcher.get<Alarm[]>('/monitoring/alarms')).toMatchObject([{ dealId: stage.dealId, letter: 'A' }]);
    expect((await refusalOf(stage.cast.people.northlake.get('/monitoring/alarms'))).status).toBe(403);

    const before = [await rowCounts(house), await vaultState(house, stage)];
    const refusal = await refusalOf(settle(stage, 1));
    expect(refusal).toMatchObject({ status: 409, code: 'invariant-broken' });
    expect(refusal.problem).toMatchObject({ letter: 'A', sinceBlock: String(ill.alarms[0]?.sinceBlock) });
    expect([await rowCounts(house), await vaultState(house, stage)]).toEqual(before);

    await setCash(vault, held);
    const well = await audited();
    expect(well.alarms).toEqual([]);
    const [cleared] = await auditor.get<Alarm[]>('/monitoring/cleared-alarms');
    expect(cleared).toMatchObject({ letter: 'A', place: '', sinceBlock: ill.alarms[0]?.sinceBlock });
    expect(cleared?.clearedBlock).toBeGreaterThan(cleared?.sinceBlock ?? Infinity);
    await settle(stage, 1);
    await untilFinal(stage, 1);
  }, 90_000);

  it('finds claims, payments, records and books in agreement after the holders were paid', async () => {
    await claimAll(stage, 1);
    await quiet(house);
    expect((await audited()).alarms).toEqual([]);
    const paid = await house.rows<{ claims: number }>('select count(*)::int as claims from weir.claim');
    expect(paid[0]?.claims).toBeGreaterThan(2);
  }, 60_000);

  it('sees a claim that the database has lost, and a holder of whom it does not know', async () => {
    const [claim] = await house.rows<{ interest: string; principal: string; tax: string; account: string }>(
      'delete from weir.claim where tranche = 0 and account = (select min(account) from weir.claim where tranche = 0) returning *',
    );
    const gross = BigInt(claim?.interest ?? 0) + BigInt(claim?.principal ?? 0);
    const ill = await audited();
    expect(ill.alarms.map(({ letter, place }) => `${letter} ${place}`)).toEqual(['C ', 'M A/1']);
    for (const { letter, actual, expected } of ill.alarms) {
      const less = letter === 'M' ? gross : gross - BigInt(claim?.tax ?? 0);
      expect(BigInt(expected) - BigInt(actual)).toBe(less);
    }
    await house.database.query('insert into weir.claim select * from json_populate_record(null::weir.claim, $1)', [
      claim,
    ]);
    expect((await audited()).alarms).toEqual([]);

    // Without the events that tell of a holder, part of the supply is nobody's: now, at the record date, among the paid.
    const gone = await house.rows<Record<string, unknown>>(
      `delete from weir.chain_event where $1 in (args->>'to', args->>'account') and name in ('Transfer', 'Subscribed')
        returning *`,
      [claim?.account],
    );
    const letters = (await audited()).alarms.map(({ letter }) => letter);
    expect([...new Set(letters)].join('')).toBe('EFG');
    for (const event of gone)
      await house.database.query(
        'insert into weir.chain_event select * from json_populate_record(null::weir.chain_event, $1)',
        [event],
      );
    expect((await audited()).alarms).toEqual([]);
  }, 60_000);

  it('tells of powers given beside document and manifest, and of a loan that could not be freed', async () => {
    const stranger = `0x${'e'.repeat(40)}`;
    const [manager, token, admin] = ['AccessManager', 'Token:A', 'DealRoles'].map((name) => contracts[name] ?? '');
    const as = async (from: string, to: string | undefined, abi: Interface, method: string, ...args: unknown[]) => {
      await house.provider.send('anvil_impersonateAccount', [from]);
      await house.provider.send('anvil_setBalance', [from, toBeHex(10n ** 18n)]);
      const data = abi.encodeFunctionData(method, args);
      const hash = (await house.provider.send('eth_sendTransaction', [{ from, to, data }])) as string;
      expect((await receiptOf(house.provider, hash)).status).toBe(1);
    };
    const [roles, tokens] = [new Interface(abis.AccessManager), new Interface(abis.TrancheToken)];
    // DealRoles is an admin that waits for nothing; nobody but anvil acts as it.
    for (const role of [ROLES.PARAMETERS, ROLES.OPERATOR])
      await as(admin ?? '', manager, roles, 'grantRole', role, stranger, 0);
    await as(stranger, token, tokens, 'addAgent', stranger);
    // The check of the manifest finds the same; roles that DealRoles gave to the deal are nothing beside the plan.
    const manifest = await stage.cast.people.auditor.get<Manifest>('/platform/manifest');
    const differing = (await checkManifest(house.provider, manifest)).filter(({ ok }) => !ok);
    expect(differing.map(({ title }) => title)).toEqual([`OPERATOR: ${stranger}`, `PARAMETERS: ${stranger}`]);
    const loan = `(select min(loan_key) from weir.pool_loan where deal_id = '${stage.dealId}')`;
    await house.database.query(`update weir.pool_loan set loan_key = '  ' || loan_key where loan_key = ${loan}`);
    const ill = await audited();
    expect(ill.alarms.map(({ letter, place }) => `${letter} ${place}`)).toEqual([
      `Y agent ${stranger} of Token:A`,
      expect.stringMatching(/^Z loans 1 to /),
    ]);
    expect(ill.settlementStopped).toBe(false);
    const open = async () =>
      (await stage.cast.people.auditor.get<Alarm[]>('/monitoring/alarms')).filter(({ dealId }) => dealId === null);
    expect((await open()).map(({ place }) => place).sort()).toEqual([
      `OPERATOR of ${stranger}`,
      `PARAMETERS of ${stranger}`,
    ]);

    await as(stranger, token, tokens, 'removeAgent', stranger);
    for (const role of [ROLES.PARAMETERS, ROLES.OPERATOR])
      await as(admin ?? '', manager, roles, 'revokeRole', role, stranger);
    await house.database.query(`update weir.pool_loan set loan_key = trim(loan_key) where deal_id = '${stage.dealId}'`);
    expect((await audited()).alarms).toEqual([]);
    expect(await open()).toEqual([]);
  }, 60_000);
});
