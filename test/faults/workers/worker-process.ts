import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PlatformSettings } from '@weir/services';

const MAIN = path.join(process.cwd(), 'apps/worker/dist/main.js');

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

class WorkerDidNotStart extends Error {
  constructor(readonly log: string) {
    super(`the worker did not start: ${log}`);
  }
}

/** A worker of a platform under test, as a process of its own. */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly gone: Promise<unknown>,
  ) {}

  /** Starts the built worker on the platform's database and a chain. */
  static async start(settings: PlatformSettings, rpcUrl: string): Promise<WorkerProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), 'weir-worker-'));
    const [secrets, ready, log] = ['secrets.json', 'ready', 'log'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    const { keystorePassphrase, blobKey, sessionKey, saltSecret } = settings;
    const kept = { keystorePassphrase, blobKey: hex(blobKey), jwtKey: hex(sessionKey), dealSaltSecret: saltSecret };
    writeFileSync(secrets, JSON.stringify(kept), { mode: 0o600 });
    const env = {
      ...process.env,
      DATABASE_URL: settings.databaseUrl,
      RPC_URL: rpcUrl,
      WEIR_STATE_DIR: path.dirname(settings.keystoreDirectory),
      WEIR_SECRETS_FILE: secrets,
      WEIR_READY_FILE: ready,
      WEIR_LOG_FILE: log,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    while (!existsSync(ready)) {
      if (child.exitCode !== null) throw new WorkerDidNotStart(existsSync(log) ? readFileSync(log, 'utf8') : '');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return new WorkerProcess(child, folder, gone);
  }

  /** Freezes or wakes the process. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  /** Ends the process, by SIGKILL unless told otherwise, and waits until it is gone. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
