import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  AbiCoder,
  Contract,
  ContractFactory,
  Interface,
  JsonRpcProvider,
  NonceManager,
  Wallet,
  ZeroAddress,
  concat,
  keccak256,
  toBeHex,
  type InterfaceAbi,
} from 'ethers';
import {
  RESTRICTED_FUNCTIONS,
  ROLES,
  artifacts,
  decodeDistributorLog,
  decodeVaultLog,
  inSignerOrder,
  jointDigest,
  reportDigest,
  reportDomain,
  reportTypes,
  signersOf,
  type ContractName,
  type Hex,
} from './index.js';

// A deal with one tranche: what is collected is due, all of the deposit goes to principal and the rest to the residual.
// Slots: input 0, cash 1, account 2, state 3 (balance) and 4 (remittance), sinks 5 interest, 6 principal, 7 residual,
// scratch 8.
const u16 = (value: number) => toBeHex(value, 2);
const op = (code: number, ...slots: number[]) => concat([toBeHex(code, 1), ...slots.map((slot) => u16(slot * 32))]);
const code = concat([
  op(11, 4, 0), // remittance = input
  op(3, 1, 2, 1, 8), // deposit → account
  op(3, 2, 6, 3, 3), // account → principal, what is short is the balance that remains
  op(3, 2, 7, 2, 8), // account → residual
  '0x00',
]);
const codeLength = (code.length - 2) / 2;
const header = concat([
  '0x0100',
  ...[0, 0, 1, 1, 1, 2, 3, 1, 1].map(u16), // constants, row, inputs, cash, accounts, state, sinks, scratch, rows
  toBeHex(codeLength, 3),
  u16(3), // payments
  u16(1), // tranches
  '0x0000000000',
]);
const program = concat([header, code]) as Hex;

const CENT = 10_000n;
let anvil: ChildProcess;
let provider: JsonRpcProvider;

/** Starts anvil on a free port and resolves with its address. */
function startAnvil(): Promise<string> {
  const require = createRequire(import.meta.url);
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const binary = join(dirname(require.resolve(`@foundry-rs/anvil-${platform}/package.json`)), 'bin', 'anvil');
  anvil = spawn(binary, ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let output = '';
    anvil.on('error', reject);
    anvil.on('exit', (status) => reject(new RangeError(`anvil ended with ${status}: ${output}`)));
    anvil.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Listening on (127\.0\.0\.1:\d+)/.exec(output);
      if (found) resolve(`http://${found[1]}`);
    });
  });
}

beforeAll(async () => {
  provider = new JsonRpcProvider(await startAnvil(), undefined, { cacheTimeout: -1, pollingInterval: 20 });
});

afterAll(async () => {
  provider.destroy();
  anvil.removeAllListeners('exit');
  const ended = new Promise((resolve) => anvil.once('exit', resolve));
  anvil.kill();
  await ended;
});

describe('a deal deployed from the bindings in the order of contracts/README.md', () => {
  it('closes, settles on signed reports, and pays its holder', async () => {
    const wallets = [0, 1, 2, 3].map((index) => new Wallet(keccak256(toBeHex(index + 1, 32)), provider));
    const [admin, servicer, trustee, investor] = wallets as [Wallet, Wallet, Wallet, Wallet];
    for (const wallet of wallets) {
      await provider.send('anvil_setBalance', [wallet.address, toBeHex(10n ** 20n)]);
    }
    const sender = new NonceManager(admin);
    const deploy = async (name: ContractName, ...args: unknown[]) => {
      const { abi, bytecode } = artifacts[name];
      const contract = await new ContractFactory(abi as InterfaceAbi, bytecode, sender).deploy(...args);
      await contract.waitForDeployment();
      return new Contract(await contract.getAddress(), abi as InterfaceAbi, sender);
    };
    const send = async (contract: Contract, name: string, ...args: unknown[]) =>
      (await contract.getFunction(name).send(...args)).wait();
    const restrict = async (target: Contract, name: keyof typeof RESTRICTED_FUNCTIONS) => {
      for (const [role, functions] of Object.entries(RESTRICTED_FUNCTIONS[name])) {
        const selectors = functions.map((item: string) => target.interface.getFunction(item)!.selector);
        const number = ROLES[role as keyof typeof ROLES];
        await send(manager, 'setTargetFunctionRole', target.target, selectors, number);
        await send(manager, 'grantRole', number, admin.address, 0);
      }
    };
    const now = BigInt((await provider.getBlock('latest'))!.timestamp);
    const dates = [now + 1_000n];

    const manager = await deploy('AccessManager', admin.address);
    const registry = await deploy('InvestorRegistry', manager.target);
    const programs = await deploy('ProgramStore');
    const cash = await deploy('TestStablecoin');
    await restrict(registry, 'InvestorRegistry');
    await send(registry, 'register', investor.address, [now + 1_000_000n, 0, 840, 0, 0, 0]);
    await send(programs, 'register', program);
    const offering = await deploy('Subscription', [
      cash.target,
      registry.target,
      manager.target,
      admin.address,
      now + 500n,
      ZeroAddress,
      [[100_000n, 100_000n, 0n, 1n]],
    ]);
    await restrict(offering, 'Subscription');
    const token = await deploy('TrancheToken', [
      'Class A',
      'A',
      registry.target,
      offering.target,
      manager.target,
      [admin.address],
      0,
      0,
      false,
      false,
      dates,
    ]);
    const signers = signersOf({
      SERVICER: servicer.address,
      TRUSTEE: trustee.address,
      CALCULATION_AGENT: admin.address,
    });
    const control = await deploy('DealControl', manager.target, [signers, 2], 0, []);
    await restrict(control, 'DealControl');
    const vault = await deploy('DealVault', {
      cash: cash.target,
      registry: registry.target,
      programs: programs.target,
      programHash: keccak256(program),
      documentHash: keccak256('0x00'),
      offering: offering.target,
      control: control.target,
      disputeDelay: 0,
      tokens: [token.target],
      payees: [{ to: admin.address, mustBeRegistered: false }],
      paymentDates: dates,
      // The account starts empty, the tranche at 1,000.00.
      initialState: [0n, 100_000n, 0n],
      distribution: {
        factory: (await deploy('DistributorFactory')).target,
        authority: manager.target,
        taxAccount: admin.address,
        unclaimed: { to: admin.address, afterDays: 1_095, delayDays: 30 },
      },
    });
    const address = String(await vault.getFunction('distributor').staticCall());
    const distributor = new Contract(address, artifacts.Distributor.abi as InterfaceAbi, admin);
    await restrict(distributor, 'Distributor');

    await send(offering, 'open', vault.target);
    await send(cash, 'mint', investor.address, 100_000n * CENT);
    await send(cash.connect(investor) as Contract, 'approve', offering.target, 100_000n * CENT);
    await send(offering.connect(investor) as Contract, 'subscribe', 0, 100_000n * CENT);
    await send(offering, 'close', 100);
    expect(await token.getFunction('balanceOf').staticCall(investor.address)).toBe(1_000_000_000n);

    await send(cash, 'mint', servicer.address, 30_000n * CENT);
    await send(cash.connect(servicer) as Contract, 'approve', vault.target, 30_000n * CENT);
    await send(vault.connect(servicer) as Contract, 'deposit', 30_000n * CENT);
    const report = {
      programHash: keccak256(program) as Hex,
      period: 1,
      revision: 0,
      previousStateHash: (await vault.getFunction('stateHash').staticCall()) as Hex,
      tapeRoot: keccak256('0x01') as Hex,
      inputs: [30_000n],
    };
    const domain = reportDomain(31337n, String(vault.target));
    expect(await vault.getFunction('reportDigest').staticCall(report)).toBe(reportDigest(domain, report));
    const joint = { reportDigest: reportDigest(domain, report), cashHeld: 30_000n };
    expect(await vault.getFunction('jointDigest').staticCall(joint)).toBe(jointDigest(domain, joint));

    const simulated = await vault.getFunction('simulate').staticCall(report.inputs, 30_000n);
    expect([...simulated.slots]).toEqual([30_000n, 0n, 0n, 70_000n, 30_000n, 0n, 30_000n, 0n, 0n]);
    await provider.send('evm_setNextBlockTimestamp', [Number(dates[0])]);
    const signatures = await Promise.all(
      [servicer, trustee].map(async (wallet) => ({
        signer: wallet.address,
        signature: (await wallet.signTypedData(domain, reportTypes, report)) as Hex,
      })),
    );
    const submission = await send(vault, 'submitReport', report, inSignerOrder(signatures));
    const submitted = submission!.logs.map((log) => decodeVaultLog(log)).find((event) => event !== null);
    expect(submitted).toMatchObject({ name: 'ReportSubmitted', period: 1, revision: 0, digest: joint.reportDigest });
    const receipt = await send(vault, 'settle', report, simulated.resultHash);
    const settled = receipt!.logs.map((log) => decodeVaultLog(log)).find((event) => event?.name === 'Settled');
    expect(settled).toMatchObject({
      period: 1,
      deposit: 30_000n,
      inputs: [30_000n],
      outputs: [0n, 30_000n, 0n],
      resultHash: simulated.resultHash,
    });
    const paid = await send(distributor, 'push', 0, 1, [investor.address]);
    const units = { unit: CENT, grain: 1n };
    const events = paid!.logs.filter((log) => log.address === address).map((log) => decodeDistributorLog(log, units));
    const payment = { interest: 0n, principal: 30_000n * CENT, tax: 0n };
    expect(events).toEqual([
      {
        name: 'HoldersPaid',
        tranche: 0,
        period: 1,
        payments: [{ account: investor.address.toLowerCase(), ...payment }],
      },
    ]);
    expect(await cash.getFunction('balanceOf').staticCall(investor.address)).toBe(30_000n * CENT);
  }, 60_000);

  it('the harness runs many cases in one call and reports failures by name', async () => {
    const { abi, bytecode } = artifacts.ProgramHarness;
    const signer = await provider.getSigner(0);
    const deployed = await new ContractFactory(abi as InterfaceAbi, bytecode, signer).deploy();
    await deployed.waitForDeployment();
    const harness = new Contract(await deployed.getAddress(), abi as InterfaceAbi, provider);
    const outcomes = await harness.getFunction('runMany').staticCall(program, [
      { period: 1, inputs: [5n], deposit: 120n, state: [0n, 100n, 0n] },
      { period: 2, inputs: [5n], deposit: 0n, state: [0n, 0n, 0n] },
    ]);
    const slots = [...outcomes[0].slots];
    expect(slots).toEqual([5n, 0n, 0n, 0n, 5n, 0n, 100n, 20n, 0n]);
    const words = AbiCoder.defaultAbiCoder().encode(
      [...slots, ...outcomes[0].transfers].map(() => 'uint256'),
      [...slots, ...outcomes[0].transfers],
    );
    expect(outcomes[0].resultHash).toBe(keccak256(words));
    expect(new Interface(abi as InterfaceAbi).parseError(outcomes[1].failure)?.name).toBe('NoSuchPeriod');
  });
});
