import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContractFactory, JsonRpcProvider } from 'ethers';

const require = createRequire(import.meta.url);

/** anvil could not be started or went away. */
export class ChainStopped extends Error {
  constructor(log) {
    super(`anvil stopped: ${log}. It comes with npm install on Linux (x64).`);
    this.name = 'ChainStopped';
  }
}

/** Address `number` of the accounts that receive and never sign. */
export const receiver = (number) => `0x${(0x5eed_0000_0000n + BigInt(number) * 7919n).toString(16).padStart(40, '5')}`;

/**
 * The receipt of a transaction. ethers waits for the next block when it finds none, and waits for ever when that block was
 * mined while it looked.
 */
async function mined(provider, hash) {
  for (;;) {
    const receipt = await provider.send('eth_getTransactionReceipt', [hash]);
    if (receipt) return receipt;
    await sleep(2);
  }
}

/**
 * A throw-away chain with accounts that sign, and the two things that a bench does on it: deploy a compiled contract, and
 * send a transaction and take its gas.
 */
export async function startChain() {
  const manifest = require.resolve('@foundry-rs/anvil-linux-amd64/package.json');
  const anvil = spawn(manifest.replace('package.json', 'bin/anvil'), ['--port', '0', '--host', '127.0.0.1']);
  const port = await new Promise((resolve, reject) => {
    let log = '';
    const hear = (text) => {
      log += text;
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(log);
      if (found) resolve(found[1]);
    };
    anvil.stdout.on('data', hear);
    anvil.stderr.on('data', hear);
    anvil.once('exit', () => reject(new ChainStopped(log.slice(-500))));
  });
  const options = { cacheTimeout: -1, staticNetwork: true, batchMaxCount: 1 };
  const provider = new JsonRpcProvider(`http://127.0.0.1:${port}`, undefined, options);
  provider.pollingInterval = 20;
  const [operator, alice, bob, carol] = await Promise.all([0, 1, 2, 3].map((index) => provider.getSigner(index)));
  return {
    ...{ provider, operator, alice, bob, carol },
    async deploy({ abi, bytecode }, ...args) {
      const contract = await new ContractFactory(abi, bytecode, operator).deploy(...args);
      await mined(provider, contract.deploymentTransaction().hash);
      return contract;
    },
    /** Gas of the whole transaction. */
    async gas(contract, method, ...args) {
      const sent = await contract.getFunction(method).send(...args);
      return BigInt((await mined(provider, sent.hash)).gasUsed);
    },
    async now() {
      return (await provider.getBlock('latest')).timestamp;
    },
    async goTo(instant) {
      await provider.send('evm_setNextBlockTimestamp', [instant]);
      await provider.send('evm_mine', []);
    },
    stop() {
      provider.destroy();
      anvil.removeAllListeners('exit');
      anvil.kill();
    },
  };
}
