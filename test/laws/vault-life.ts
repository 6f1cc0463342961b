import {
  artifacts,
  type ContractName,
  inSignerOrder,
  reportDomain,
  reportTypes,
  type ServicerReportMessage,
  type SignerSignature,
  signersOf,
} from '@weir/bindings';
import { type Program, programPages } from '@weir/waterfall';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  concat,
  Contract,
  hexlify,
  Interface,
  type InterfaceAbi,
  type JsonRpcProvider,
  keccak256,
  toBeHex,
  Wallet,
} from 'ethers';
import { startAnvil, type TestChain } from '../anvil.js';

/** A payment date to settle: what is reported, what the servicer deposits (cents), and the result that is expected. */
export interface SettledMonth {
  inputs: readonly bigint[];
  deposit: bigint;
  resultHash: string;
  /** By default one of its own for each month, without a byte of zero: the dearest data that it can be. */
  tapeRoot?: `0x${string}`;
  /** Reports of the month that were withdrawn before this one; none unless told. The storage is written, not the reports brought. */
  revision?: number;
}

/** A revision that no month reaches in fact, without a byte of zero: the dearest data that the contract lets it be. */
export const DEAREST_REVISION = 0x01_01_01_01;

/** What of a vault follows from a deal. */
export interface VaultDeal {
  program: Program;
  initialState: readonly bigint[];
}

/** A transaction that settled a month. */
export interface Settlement {
  hash: string;
  gasUsed: number;
  /** Gas of the transaction's data: 4 for a zero byte and 16 for any other. */
  dataGas: number;
  /** Classes that had a whole cent of dust when the month was settled. */
  classesWithDust: readonly number[];
  tapeKept: boolean;
  /** Balances in the stablecoin, the Distributor's before and the vault's after. */
  distributorEmpty: boolean;
  vaultEmptied: boolean;
}

interface RawReceipt {
  status: string;
  gasUsed: string;
  contractAddress: string | null;
}

interface Receipt {
  hash: string;
  gasUsed: number;
  contractAddress: string | null;
}

class NotDone extends Error {
  constructor(
    readonly selector: string,
    readonly reason: string,
  ) {
    super(`the transaction that calls ${selector} was sent, but ${reason}`);
  }
}

const CENT = 10_000n;
/** Where a Distributor keeps its status and the dust of each four classes, and the bit of the status that says there is some. */
const [STATUS_SLOT, DUST_SLOT] = [1, 4];
const DUSTY = 1n << 32n;
/** Where a DealVault keeps period, revision and date of the report that stands. */
const STANDING_SLOT = 10;
const MONTH = 30n * 86_400n;
/** Fixed, so that addresses, dates, signatures and therefore gas are the same in each run. */
const START = 1_900_000_000n;
const CHAIN_ID = 31_337n;
const GAS_LIMIT = toBeHex(200_000_000n);
const GAS_PRICE = toBeHex(10n ** 10n);
const FLAGS = ['--timestamp', String(START), '--gas-limit', '3000000000'];

/**
 * Sends a transaction and returns its receipt. The chain signs for every account, for it does so some times faster than ethers;
 * price and limit are given, so that it estimates nothing. A life takes some thousand transactions.
 */
async function transact(from: Wallet, to: string | null, data: string): Promise<Receipt> {
  const fields = { from: from.address, ...(to !== null && { to }), data, gas: GAS_LIMIT, gasPrice: GAS_PRICE };
  const { provider } = from as Wallet & { provider: JsonRpcProvider };
  const hash: string = await provider.send('eth_sendTransaction', [fields]);
  return receiptOf(provider, hash, data);
}

async function receiptOf(provider: JsonRpcProvider, hash: string, data: string): Promise<Receipt> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const receipt: RawReceipt | null = await provider.send('eth_getTransactionReceipt', [hash]);
    if (receipt?.status === '0x1')
      return { hash, gasUsed: Number(receipt.gasUsed), contractAddress: receipt.contractAddress };
    if (receipt) throw new NotDone(data.slice(0, 10), 'it reverted');
    await sleep(4);
  }
  throw new NotDone(data.slice(0, 10), 'it was not mined');
}

async function send(contract: Contract, name: string, ...args: unknown[]): Promise<Receipt> {
  const data = contract.interface.encodeFunctionData(name, args);
  return transact(contract.runner as Wallet, String(contract.target), data);
}

/** Gas of a transaction’s data: 4 for a zero byte and 16 for any other. */
export function dataGasOf(data: string): number {
  const bytes = data.slice(2).match(/../g) ?? [];
  return bytes.reduce((sum, byte) => sum + (byte === '00' ? 4 : 16), 0);
}

/** Whether one of these texts of bytes has a byte of zero. */
export const hasZeroByte = (...texts: string[]): boolean => texts.some((text) => /^0x(..)*?00/.test(text));

interface Accounts {
  operator: Wallet;
  servicer: Wallet;
  trustee: Wallet;
  /** Three holders with shares of a class that do not divide: every distribution leaves dust. */
  holders: Wallet[];
}

async function accountsOn(chain: TestChain): Promise<Accounts> {
  const wallets = [1, 2, 3, 4, 5, 6].map((key) => new Wallet(keccak256(toBeHex(key, 32)), chain.provider));
  for (const { address } of wallets) await chain.provider.send('anvil_setBalance', [address, toBeHex(10n ** 24n)]);
  await chain.provider.send('anvil_autoImpersonateAccount', [true]);
  const [operator, servicer, trustee, ...holders] = wallets as [Wallet, Wallet, Wallet, ...Wallet[]];
  return { operator, servicer, trustee, holders };
}

function deployer(operator: Wallet): (name: ContractName, ...args: unknown[]) => Promise<Contract> {
  return async (name, ...args) => {
    const contract = interfaceOf(name);
    const data = artifacts[name].bytecode + contract.encodeDeploy(args).slice(2);
    const { contractAddress } = await transact(operator, null, data);
    return new Contract(contractAddress ?? '0x', contract, operator);
  };
}

const interfaces = new Map<ContractName, Interface>();

/** A contract's interface, read once. */
function interfaceOf(name: ContractName): Interface {
  const known = interfaces.get(name) ?? new Interface(artifacts[name].abi as InterfaceAbi);
  interfaces.set(name, known);
  return known;
}

/** Stores a program as a deployment does: whole, or page by page. Returns the gas of each transaction. */
export async function storeProgram(programs: Contract, bytes: Uint8Array): Promise<number[]> {
  const pages = programPages(bytes);
  if (pages.length === 1) return [(await send(programs, 'register', hexlify(bytes))).gasUsed];
  const gas: number[] = [];
  for (const page of pages) gas.push((await send(programs, 'storePage', hexlify(page))).gasUsed);
  const bound = await send(
    programs,
    'registerPages',
    pages.map((page) => keccak256(page)),
  );
  return [...gas, bound.gasUsed];
}

/** Shares of a class of `face` base units that no two payments divide by. */
function sharesOf(face: bigint): bigint[] {
  const [first, second] = [face / 3n, face / 7n];
  return [first, second, face - first - second];
}

/** A deal's vault on a chain of its own. The operator stands for the offering, so that nothing needs to be subscribed. */
export class VaultLife {
  private period = 0;

  private constructor(
    readonly chain: TestChain,
    private readonly program: Program,
    private readonly vault: Contract,
    private readonly distributor: Contract,
    private readonly cash: Contract,
    private readonly accounts: Accounts,
    /** Gas of the transactions that stored the program. */
    readonly storing: readonly number[],
  ) {}

  /** Deploys and opens the vault of a deal. */
  static async open({ program, initialState }: VaultDeal, flags: string[] = []): Promise<VaultLife> {
    const chain = await startAnvil([...FLAGS, ...flags]);
    const accounts = await accountsOn(chain);
    const { operator, servicer, trustee, holders } = accounts;
    const deploy = deployer(operator);
    const { layout } = program;
    const dates = Array.from({ length: layout.rows }, (_, index) => START + BigInt(index + 1) * MONTH);
    const manager = await deploy('AccessManager', operator.address);
    const registry = await deploy('InvestorRegistry', manager.target);
    for (const { address } of holders) await send(registry, 'register', address, [2n ** 40n - 1n, 0, 840, 0, 0, 0]);
    const cash = await deploy('TestStablecoin');
    const programs = await deploy('ProgramStore');
    const factory = await deploy('DistributorFactory');
    const storing = await storeProgram(programs, program.bytes);
    const tokens: Contract[] = [];
    for (let index = 0; index < layout.tranches; index++) {
      const parts = [registry.target, operator.address, manager.target, [operator.address], 0, 0, false, false, dates];
      const terms = [`Class ${index}`, `C${index}`, ...parts];
      const token = await deploy('TrancheToken', terms);
      const shares = sharesOf((initialState[layout.regions.A.count + index] ?? 0n) * CENT);
      for (const [at, share] of shares.entries()) await send(token, 'mint', holders[at]?.address, share);
      tokens.push(token);
    }
    const payees = layout.regions.X.count - 2 * layout.tranches;
    const signers = signersOf({
      SERVICER: servicer.address,
      TRUSTEE: trustee.address,
      CALCULATION_AGENT: operator.address,
    });
    const control = await deploy('DealControl', manager.target, [signers, 2], 0, []);
    const vault = await deploy('DealVault', {
      cash: cash.target,
      registry: registry.target,
      programs: programs.target,
      programHash: program.hash,
      documentHash: keccak256('0x'),
      offering: operator.address,
      control: control.target,
      disputeDelay: 0,
      tokens: tokens.map(({ target }) => target),
      payees: Array.from({ length: payees }, (_, j) => ({ to: toBeHex(0x1000 + j, 20), mustBeRegistered: false })),
      paymentDates: dates,
      initialState,
      distribution: {
        factory: factory.target,
        authority: manager.target,
        taxAccount: operator.address,
        unclaimed: { to: operator.address, afterDays: 1_095, delayDays: 30 },
      },
    });
    const address = String(await vault.getFunction('distributor').staticCall());
    const distributor = new Contract(address, interfaceOf('Distributor'), operator);
    for (const wallet of [operator, servicer]) {
      const purse = cash.connect(wallet) as Contract;
      await send(purse, 'mint', wallet.address, 10n ** 30n);
      await send(purse, 'approve', vault.target, 2n ** 256n - 1n);
    }
    await send(vault, 'open');
    return new VaultLife(chain, program, vault, distributor, cash, accounts, storing);
  }

  async stop(): Promise<void> {
    await this.chain.stop();
  }

  /**
   * Deposits, reports and settles the next payment date.
   */
  async settle({
    inputs,
    deposit,
    resultHash,
    tapeRoot = this.root(),
    revision = 0,
  }: SettledMonth): Promise<Settlement> {
    const { vault } = this;
    this.period += 1;
    await this.chain.provider.send('evm_setNextBlockTimestamp', [Number(START + BigInt(this.period) * MONTH)]);
    await this.chain.provider.send('evm_mine', []);
    if (deposit > 0n) await send(vault.connect(this.accounts.servicer) as Contract, 'deposit', deposit * CENT);
    if (revision > 0) await this.withdrawBefore(revision);
    const report = {
      ...{ programHash: this.program.hash, period: this.period, revision, inputs: [...inputs], tapeRoot },
      previousStateHash: (await vault.getFunction('stateHash').staticCall()) as `0x${string}`,
    };
    await send(vault, 'submitReport', report, await this.signaturesOf(report));
    const before = { classesWithDust: await this.classesWithDust(), ...(await this.wordsBefore(tapeRoot)) };
    const { hash, gasUsed } = await send(vault, 'settle', report, resultHash);
    const data = vault.interface.encodeFunctionData('settle', [report, resultHash]);
    return { hash, gasUsed, dataGas: dataGasOf(data), ...before, vaultEmptied: (await this.balanceOf(vault)) === 0n };
  }

  /** As if so many reports of the next month had been brought and withdrawn. */
  private async withdrawBefore(revision: number): Promise<void> {
    const { target } = this.vault;
    const word = BigInt(this.period) | (BigInt(revision) << 32n);
    await this.chain.provider.send('anvil_setStorageAt', [target, toBeHex(STANDING_SLOT, 32), toBeHex(word, 32)]);
    const standing = (await this.vault.getFunction('pendingReport').staticCall()) as { revision: bigint };
    if (Number(standing.revision) !== revision)
      throw new NotDone('withdrawBefore', 'the vault keeps its standing report elsewhere');
  }

  private root(salt = this.period + 1): `0x${string}` {
    const root = keccak256(toBeHex(salt, 32)) as `0x${string}`;
    return hasZeroByte(root) ? this.root(salt + 1_000) : root;
  }

  private async balanceOf({ target }: Contract): Promise<bigint> {
    return BigInt(String(await this.cash.getFunction('balanceOf').staticCall(target)));
  }

  private async wordsBefore(tapeRoot: string): Promise<Pick<Settlement, 'tapeKept' | 'distributorEmpty'>> {
    const [, last] = (await this.vault.getFunction('settledTape').staticCall()) as [bigint, string];
    return {
      tapeKept: last === tapeRoot,
      distributorEmpty: (await this.balanceOf(this.distributor)) === 0n,
    };
  }

  /**
   * Gives classes more than a cent of dust, as some ten thousand claims that round off would: of interest less than a cent,
   * so that principal is looked at too. The storage is written, not the claims made.
   */
  async putDust(classes: readonly number[]): Promise<void> {
    const { provider } = this.chain;
    const at = String(this.distributor.target);
    const set = (slot: string, word: bigint): Promise<unknown> =>
      provider.send('anvil_setStorageAt', [at, slot, toBeHex(word, 32)]);
    const status = BigInt(await provider.getStorage(at, STATUS_SLOT));
    await set(toBeHex(STATUS_SLOT, 32), status | DUSTY);
    const words = new Map<number, bigint>();
    for (const tranche of classes) {
      const word = Math.floor(tranche / 4);
      words.set(word, (words.get(word) ?? 0n) | ((((CENT + 1n) << 32n) | 1n) << BigInt(64 * (tranche % 4))));
    }
    for (const [word, dust] of words) await set(keccak256(concat([toBeHex(word, 32), toBeHex(DUST_SLOT, 32)])), dust);
    await send(this.cash, 'mint', at, 2n * CENT * BigInt(classes.length));
    const found = await this.classesWithDust();
    if (classes.some((tranche) => !found.includes(tranche)))
      throw new NotDone('putDust', 'the Distributor keeps its dust elsewhere');
  }

  /** Takes all cash from the Distributor, as when all was claimed and nothing rounded off. */
  async emptyDistributor(): Promise<void> {
    const { provider } = this.chain;
    const from = String(this.distributor.target);
    const data = this.cash.interface.encodeFunctionData('transfer', [
      this.accounts.operator.address,
      await this.balanceOf(this.distributor),
    ]);
    await provider.send('anvil_setBalance', [from, toBeHex(10n ** 24n)]);
    const hash: string = await provider.send('eth_sendTransaction', [{ from, to: this.cash.target, data }]);
    await receiptOf(provider, hash, data);
  }

  private async signaturesOf(report: ServicerReportMessage) {
    const domain = reportDomain(CHAIN_ID, String(this.vault.target) as `0x${string}`);
    const { servicer, trustee } = this.accounts;
    const signatures = await Promise.all(
      [servicer, trustee].map(async (wallet): Promise<SignerSignature> => {
        const signature = (await wallet.signTypedData(domain, reportTypes, report)) as `0x${string}`;
        return { signer: wallet.address, signature };
      }),
    );
    return inSignerOrder(signatures);
  }

  private async classesWithDust(): Promise<number[]> {
    const found: number[] = [];
    for (let tranche = 0; tranche < this.program.layout.tranches; tranche++) {
      const [interest, principal] = await this.distributor.getFunction('carriedDust').staticCall(tranche);
      if (interest >= CENT || principal >= CENT) found.push(tranche);
    }
    return found;
  }

  /**
   * Every payee takes what it is owed, and every holder of the first classes, by default of all, what the last payment date
   * brought: only dust is left there. A class some of whose holders have not claimed has no dust yet.
   */
  async payOut(outputs: readonly bigint[], classes = this.program.layout.tranches): Promise<void> {
    const { tranches } = this.program.layout;
    for (const [payee, paid] of outputs.slice(2 * tranches).entries())
      if (paid > 0n) await send(this.vault, 'withdraw', payee);
    for (let tranche = 0; tranche < classes; tranche++) {
      if (outputs[2 * tranche] === 0n && outputs[2 * tranche + 1] === 0n) continue;
      for (const { address } of this.accounts.holders)
        await send(this.distributor, 'claimFor', address, tranche, this.period);
    }
  }
}
