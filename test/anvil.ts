import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { JsonRpcProvider, type TransactionReceipt } from 'ethers';
import { freePort } from './postgres.js';

const require = createRequire(path.join(process.cwd(), 'package.json'));

/** A throw-away local chain of one spec file; blocks are mined when a transaction arrives. */
export interface TestChain {
  url: string;
  /** Caches nothing, so that reorganisations are seen at once. */
  provider: JsonRpcProvider;
  stop(): Promise<void>;
}

class ChainDidNotStart extends Error {
  constructor(
    readonly code: number | null,
    readonly log: string,
  ) {
    super(`anvil stopped with code ${code}: ${log}`);
  }
}

/**
 * Starts anvil on a free port. A shell stands between: when this process dies, the shell's input closes and it stops
 * the chain.
 */
export async function startAnvil(flags: string[] = []): Promise<TestChain> {
  const port = await freePort();
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const manifest = require.resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/package.json`);
  const anvil = path.join(path.dirname(manifest), 'bin', 'anvil');
  const options = ['--port', String(port), '--host', '127.0.0.1', ...flags].join(' ');
  const script = `'${anvil}' ${options} </dev/null & chain=$!; cat >/dev/null; kill -TERM $chain; wait $chain`;
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer) => {
      log = (log + text.toString()).slice(-4000);
      if (log.includes('Listening on')) resolve();
    };
    shell.stdout.on('data', hear);
    shell.stderr.on('data', hear);
    shell.once('exit', (code) => reject(new ChainDidNotStart(code, log)));
  });
  const url = `http://127.0.0.1:${port}`;
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, staticNetwork: true, batchMaxCount: 1 });
  provider.pollingInterval = 50;
  return {
    url,
    provider,
    stop: async () => {
      provider.destroy();
      const gone = new Promise((resolve) => shell.once('exit', resolve));
      shell.stdin.end();
      await gone;
    },
  };
}

/**
 * The receipt of a transaction, once it is mined. Asks for the receipt itself: `waitForTransaction` waits for the block after
 * one that is mined while it begins, and on a chain that mines by transactions there may be none.
 */
export async function receiptOf(provider: JsonRpcProvider, hash: string): Promise<TransactionReceipt> {
  const receipt = await provider.getTransactionReceipt(hash);
  if (receipt !== null) return receipt;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return receiptOf(provider, hash);
}
