import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { JsonRpcProvider } from 'ethers';
import { freePort } from './postgres.js';
const require = createRequire(path.join(process.cwd(), 'package.json'));
class ChainDidNotStart extends Error {
    constructor(code, log) {
        super(`anvil stopped with code ${code}: ${log}`);
        this.code = code;
        this.log = log;
    }
}
/**
 * Starts anvil on a free port. A shell stands between: when this process dies, the shell's input closes and it stops
 * the chain.
 */
export async function startAnvil(flags = []) {
    const port = await freePort();
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    const manifest = require.resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/package.json`);
    const anvil = path.join(path.dirname(manifest), 'bin', 'anvil');
    const options = ['--port', String(port), '--host', '127.0.0.1', ...flags].join(' ');
    const script = `'${anvil}' ${options} </dev/null & chain=$!; cat >/dev/null; kill -TERM $chain; wait $chain`;
    const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] });
    let log = '';
    await new Promise((resolve, reject) => {
        const hear = (text) => {
            log = (log + text.toString()).slice(-4000);
            if (log.includes('Listening on'))
                resolve();
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
//# sourceMappingURL=anvil.js.map