import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Contract, Wallet } from 'ethers';
import { abis, attestationTypes, type Hex } from '@weir/bindings';
import { dateInstant } from '@weir/calendar';
import { parseMoney } from '@weir/money';
import { admit } from '../../apps/stack/src/demo/admit.js';
import { close, deploy, fund, offer, pledge, subscribe, type Subscriber } from '../../apps/stack/src/demo/issue.js';
import { UNITS_PER_CENT, type StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { approvedDeal, SAMPLE_DEAL } from './deals.js';
import { refusedOnChain } from './direct.js';
import { contractOf, refusalOf } from './evidence.js';
import { CLI, House } from './harness.js';

const CUSTODIAN = Wallet.createRandom();
const AUDITOR = Wallet.createRandom();
const TAX_OFFICE = `0x${'7a'.repeat(20)}`;

const DOCUMENT = `${SAMPLE_DEAL.replace(
  /^parties:\n/m,
  'parties:\n  custodian: Weir Custody Ltd\n  auditor: Weir Audit LLP\n  taxOffice: Tax Office\n',
)}
offering:
  closesAt: 20:00
  tranches:
    A: { minimum: 80 %, maximum: 120 %, perInvestor: 4000000.00, lot: 1000.00 }
onChain:
  changeDelay: 5 days
  accounts: { custodian: '${CUSTODIAN.address}', auditor: '${AUDITOR.address}', taxOffice: '${TAX_OFFICE}' }
  taxAccount: taxOffice
  unclaimed: { to: custodian, after: 2 years, delay: 14 days }
  attestation: { signers: [custodian, auditor], threshold: 2 }
  roles: { guardian: [auditor, trustee] }
`;

/** Together 4,382,000.00 of class A's 5,155,000.00, and the other classes in full. */
const ORDERS: readonly [Subscriber, { tranche: string; amount: string }][] = [
  ['northlake', { tranche: 'A', amount: '3093000.00' }],
  ['harbour', { tranche: 'A', amount: '1289000.00' }],
  ['harbour', { tranche: 'B', amount: '515000.00' }],
  ['cedar', { tranche: 'C', amount: '322000.00' }],
];

const run = promisify(execFile);

interface Manifest {
  readonly terms: { admin: string; deployer: string; operator: string; timelock: number };
  readonly access: { guardians: { role: string; guardian: string }[] };
}

interface Attestation {
  readonly domain: { name: string; version: string; chainId: string; verifyingContract: string };
  readonly vault: string;
  readonly poolRoot: Hex;
  readonly poolBalance: string;
  readonly face: string;
  readonly threshold: number;
  readonly standing: { readonly collateral: string } | null;
}

let house: House;
let stage: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await approvedDeal(house.scene, DOCUMENT);
  await admit(stage);
  await deploy(stage);
  await pledge(stage);
  await offer(stage);
}, 120_000);
afterAll(() => house?.close(), 60_000);

/** The independent signers attest a collateral, found so many seconds ago; gives what the request was answered. */
async function attest(collateral: string, secondsAgo: number, signers = [CUSTODIAN, AUDITOR]): Promise<void> {
  const path = `/deals/${stage.dealId}/attestation`;
  const { trustee } = stage.cast.people;
  const { domain, vault, poolRoot } = await trustee.get<Attestation>(path);
  const now = (await house.provider.getBlock('latest'))?.timestamp ?? 0;
  const [asOf, validUntil] = [now - secondsAgo, now + 86_400];
  const message = { vault, poolRoot, collateral: parseMoney(collateral), reserve: 0n, asOf, validUntil };
  const signatures = await Promise.all(
    signers.map(async (wallet) => ({
      signer: wallet.address,
      signature: await wallet.signTypedData({ ...domain, chainId: BigInt(domain.chainId) }, attestationTypes, message),
    })),
  );
  const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const times = { asOf: instant(asOf), validUntil: instant(validUntil) };
  const body = { collateral, reserve: '0.00', ...times, signatures };
  const { transactionId } = await trustee.post<{ transactionId: string }>(path, body);
  await trustee.mined(transactionId);
}

const closing = () => stage.cast.people.structurer.post(`/deals/${stage.dealId}/closing`);

describe('what the deal document says of offering and contracts', () => {
  it('is what the contracts were made with', async () => {
    const distributor = await contractOf(house, stage, 'Distributor');
    const control = await contractOf(house, stage, 'DealControl');
    const offering = await contractOf(house, stage, 'Subscription');
    expect(String(await distributor.getFunction('taxAccount').staticCall()).toLowerCase()).toBe(TAX_OFFICE);
    const rule = (await distributor.getFunction('unclaimedRule').staticCall()) as unknown[];
    expect([...rule]).toEqual([CUSTODIAN.address, 730n, 14n]);
    expect(await control.getFunction('changeDelay').staticCall()).toBe(5n * 86_400n);
    const closes = dateInstant('2020-07-15') + 20 * 3_600;
    expect(await offering.getFunction('deadline').staticCall()).toBe(BigInt(closes));
    // 80 % and 120 % of 5,155,000.00.
    const terms = (await offering.getFunction('trancheOffer').staticCall(0)) as unknown[];
    expect([...terms]).toEqual([412_400_000n, 618_600_000n, 400_000_000n, 100_000n]);
    const other = (await offering.getFunction('trancheOffer').staticCall(1)) as unknown[];
    expect([...other]).toEqual([51_500_000n, 51_500_000n, 0n, 1n]);
  });

  it('holds for subscribers: whole lots, and no more than one investor may', async () => {
    const path = `/deals/${stage.dealId}/subscriptions`;
    const { northlake } = stage.cast.people;
    expect(await refusalOf(northlake.post(path, { tranche: 'A', amount: '1500.00' }))).toMatchObject({
      code: 'not-whole-lots',
      status: 422,
    });
    await fund(stage, 'northlake', [{ tranche: 'A', cents: 500_000_000n }]);
    expect(await refusalOf(northlake.post(path, { tranche: 'A', amount: '4001000.00' }))).toMatchObject({
      code: 'investor-limit-passed',
      status: 409,
    });
  });

  it('mints nothing without an attestation, nor beyond it, in the API and on chain', async () => {
    for (const [buyer, { tranche, amount }] of ORDERS) {
      const order = { tranche, cents: parseMoney(amount) };
      await fund(stage, buyer, [order]);
      await subscribe(stage, buyer, order);
    }
    expect(await refusalOf(closing())).toMatchObject({ status: 409, code: 'not-attested' });
    const offering = await contractOf(house, stage, 'Subscription');
    const { account } = stage.cast.organisations.sponsor;
    const errors = abis.ReserveAttestor.filter(({ type }) => type === 'error');
    const abi = [...abis.Subscription, ...errors];
    const both = new Contract(String(offering.target), abi, house.provider);
    expect((await refusedOnChain(house, account, both, 'close', [100])).name).toBe('NotAttested');

    expect(await refusalOf(attest('6000000.00', 100, [CUSTODIAN]))).toMatchObject({ code: 'contract-refuses' });
    await attest('5991999.99', 100);
    expect(await refusalOf(closing())).toMatchObject({ status: 409, code: 'attestation-exceeded' });
    const revert = await refusedOnChain(house, account, both, 'close', [100]);
    // 5,155,000.00 + 515,000.00 + 322,000.00 of notes, a cent more than attested.
    expect(revert).toEqual({ name: 'ExceedsCollateral', args: [599_200_000n, 599_199_999n] });

    const view = await stage.cast.people.auditor.get<Attestation>(`/deals/${stage.dealId}/attestation`);
    expect(view).toMatchObject({ face: '5992000.00', poolBalance: stage.pool.opening, threshold: 2 });
    expect(view.standing).toMatchObject({ collateral: '5991999.99' });
    await attest(stage.pool.opening, 50);
  }, 90_000);

  it('closes at the minimum, and leaves the seller what was not sold', async () => {
    await close(stage);
    const token = await contractOf(house, stage, 'Token:A');
    const { account } = stage.cast.organisations.sponsor;
    // 5,155,000.00 less 4,382,000.00.
    expect(await token.getFunction('balanceOf').staticCall(account)).toBe(77_300_000n * UNITS_PER_CENT);
  }, 60_000);

  it('gives the roles over the deal’s contracts to the accounts that it names, or by default', async () => {
    const control = await contractOf(house, stage, 'DealControl');
    const vault = await contractOf(house, stage, 'DealVault');
    const stopped = (): Promise<unknown> => vault.getFunction('stopped').staticCall();
    const { contracts } = await stage.cast.people.auditor.get<{ contracts: Record<string, string> }>('/platform');
    const manager = new Contract(contracts['AccessManager'] ?? '', abis.AccessManager, house.provider);
    const mayCall = async (account: string, method: string): Promise<boolean> => {
      const { selector } = control.interface.getFunction(method) ?? { selector: '0x' };
      const [allowed] = (await manager.getFunction('canCall').staticCall(account, control.target, selector)) as [
        boolean,
      ];
      return allowed;
    };
    const { trustee, calculationAgent, sponsor, servicer } = stage.cast.organisations;
    const who = [AUDITOR.address, trustee.account, calculationAgent.account, sponsor.account, servicer.account];
    const allowed = (method: string) => Promise.all(who.map((account) => mayCall(account, method)));
    expect(await allowed('stop')).toEqual([true, true, false, false, false]);
    expect(await allowed('cancelChange')).toEqual([true, true, false, false, false]);
    expect(await allowed('resume')).toEqual([false, false, true, false, false]);
    expect(await allowed('proposeAmendment')).toEqual([false, false, false, true, false]);
    expect(await allowed('approveChange')).toEqual([false, true, false, false, false]);
    expect(await stopped()).toBe(false);
  });

  it('leaves the platform’s powers as its manifest says, and parameters to the timelock', async () => {
    const manifest = await stage.cast.people.auditor.get<Manifest>('/platform/manifest');
    const { admin, deployer, operator, timelock } = manifest.terms;
    // The launcher's default on a development chain; nobody named another admin.
    expect([timelock, admin === deployer]).toEqual([60, false]);
    const file = house.outFolder('platform.json');
    await mkdir(path.dirname(file), { recursive: true });
    const check = async (what: Manifest): Promise<string[]> => {
      await writeFile(file, JSON.stringify(what));
      const { stdout } = await run(process.execPath, [CLI, 'deploy', '--rpc', house.up.rpcUrl, '--check', file]).catch(
        (error: { stdout: string }) => error,
      );
      expect(stdout).toMatch(/✔ code of AccessManager/);
      return stdout.split('\n').filter((line) => line.startsWith('✖'));
    };
    expect(await check(manifest)).toEqual([]);
    const guardians = [{ role: 'OPERATOR', guardian: 'GUARDIAN' }];
    const other = { ...manifest, access: { ...manifest.access, guardians } };
    // The plan follows from the terms: a manifest that says another guardian is not believed, whatever the chain holds.
    const told = '✖ powers: guardians: expected';
    expect(await check(other)).toEqual([
      `${told} {"guardian":"GUARDIAN","role":"PARAMETERS"}, found nothing of it`,
      `${told} nothing of it, found {"guardian":"GUARDIAN","role":"OPERATOR"}`,
    ]);

    const token = await contractOf(house, stage, 'Token:A');
    const errors = abis.AccessManager.filter(({ type }) => type === 'error');
    const both = new Contract(String(token.target), [...abis.TrancheToken, ...errors], house.provider);
    const refusal = await refusedOnChain(house, operator, both, 'addAgent', [AUDITOR.address]);
    expect(refusal.name).toBe('AccessManagerNotScheduled');
  });
});
