import { setTimeout as sleep } from 'node:timers/promises';
import { Interface, JsonRpcProvider } from 'ethers';
import { abis } from '@weir/bindings';
import { ChainClockPast, NotADevelopmentChain } from './errors.js';

/** Enough ether for any account of the sample. */
const ETHER = `0x${(100n * 10n ** 18n).toString(16)}`;

const LOOK_MS = 50;

const cash = new Interface(abis.TestStablecoin);

/** What the world outside Weir does in the sample: gives accounts ether and dollars, and lets days pass. */
export class DevChain {
  private readonly provider: JsonRpcProvider;

  constructor(rpcUrl: string) {
    this.provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1, staticNetwork: true });
  }

  /** Makes sure that the deal's closing date is still to come on this chain. @throws ChainClockPast */
  async requireBefore(instant: number | null): Promise<void> {
    const { timestamp } = (await this.send('eth_getBlockByNumber', ['latest', false])) as { timestamp: string };
    if (instant !== null && Number(timestamp) >= instant) throw new ChainClockPast(Number(timestamp), instant);
  }

  /** Gives accounts ether for gas. */
  async fundGas(accounts: readonly string[]): Promise<void> {
    for (const account of accounts) await this.send('anvil_setBalance', [account, ETHER]);
  }

  /** Gives an account test dollars, in base units. */
  async mintCash(stablecoin: string, account: string, amount: bigint): Promise<void> {
    const [from] = (await this.send('eth_accounts', [])) as string[];
    const data = cash.encodeFunctionData('mint', [account, amount]);
    const hash = await this.send('eth_sendTransaction', [{ from, to: stablecoin, data }]);
    // ethers' own waiting polls in the background, where a failure could be caught by nobody.
    while ((await this.send('eth_getTransactionReceipt', [hash])) === null) await sleep(LOOK_MS);
  }

  /** Lets time pass until an instant (seconds); never goes back. */
  async warpTo(instant: number): Promise<void> {
    const block = await this.provider.getBlock('latest');
    if (block !== null && block.timestamp >= instant) return;
    await this.send('evm_setNextBlockTimestamp', [instant]);
    await this.send('evm_mine', []);
  }

  /** Mines as many blocks as any default of finality asks for (64), so that what has happened becomes final. */
  async mineToFinality(): Promise<void> {
    await this.send('anvil_mine', ['0x48']);
  }

  close(): void {
    this.provider.destroy();
  }

  private async send(method: string, params: unknown[]): Promise<unknown> {
    try {
      return await this.provider.send(method, params);
    } catch (error) {
      if (/not (found|supported|exist)|unknown method/i.test(String(error))) throw new NotADevelopmentChain(method);
      throw error;
    }
  }
}
