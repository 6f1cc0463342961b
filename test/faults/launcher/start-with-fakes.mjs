// node start-with-fakes.mjs HOME [--once …]: the real launcher with the real Postgres and anvil, but small programs in place
// of API, worker and migrations. Prints one JSON line when the stack is up, or the summary of --once.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOnce, stayUp } from '../../../apps/stack/dist/launcher.js';
import { readOptions } from '../../../apps/stack/dist/options.js';
import { LineProgress } from '../../../apps/stack/dist/progress.js';
import { listenForStop } from '../../../apps/stack/dist/signals.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const [home, ...args] = process.argv.slice(2);
const fake = (name) => path.join(here, `fake-${name}.mjs`);
const print = (value) => console.log(JSON.stringify(value));

const demo = async ({ apiUrl, rpcUrl }) => {
  if (process.env.FAKE_DEMO === 'fails') throw new RangeError('the sample deal does not add up');
  await fetch(`${apiUrl}/note`, { method: 'POST' });
  const transaction = { from: '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266', to: `0x${'11'.repeat(20)}`, value: '0x1' };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_sendTransaction', params: [transaction] });
  await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { ran: true, apiUrl };
};

const wish = listenForStop();
try {
  const options = readOptions(args, process.cwd());
  const launch = {
    checkout: path.join(here, '..', '..', '..'),
    home,
    programs: { migrate: fake('migrate'), api: fake('api'), worker: fake('worker') },
    sampleDealFile: 'auto.yaml',
    runDemo: demo,
    databaseUrl: null,
    rpcUrl: null,
    ports: { api: 0, rpc: 0 },
    progress: new LineProgress((line) => console.error(line)),
    wish,
  };
  if (options.once) print(await runOnce(launch, options));
  else await stayUp(launch, ({ apiUrl, rpcUrl, wasEmpty }) => print({ apiUrl, rpcUrl, wasEmpty }));
} catch (error) {
  console.error(`${error.name}: ${error.message}`);
  process.exitCode = error.exitCode ?? 1;
}
process.exit();
