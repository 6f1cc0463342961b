import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { alive, freshHome, latestBlock, notesAt, processesIn, rpc, Run, storedTime } from './launcher/driver.js';

const ALL = ['anvil', 'api', 'postgres', 'worker'];
const MINUTE_MS = 60_000;

let home: string;
let runs: Run[];
beforeEach(() => {
  home = freshHome();
  runs = [];
});
afterEach(async () => {
  for (const run of runs) run.signal('SIGINT');
  await Promise.all(runs.map((run) => run.code));
  for (const { identity } of processesIn(home)) process.kill(identity.pid, 'SIGKILL');
  rmSync(path.dirname(home), { recursive: true, force: true });
});

function start(args: string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  const run = new Run(home, args, env);
  runs.push(run);
  return run;
}

describe('npm start', () => {
  it(
    'stops every process on Ctrl-C and goes on from the stored state, chain and its clock included',
    async () => {
      const first = start();
      const up = await first.up();
      expect(up.wasEmpty).toBe(true);
      expect(await notesAt(up.apiUrl)).toBe(1);
      const processes = processesIn(home);
      expect(alive(processes)).toEqual(ALL);
      // The payment date of the sample deal, 17 August 2020 00:00 UTC.
      const paymentDate = Date.UTC(2020, 7, 17) / 1000;
      await rpc(up.rpcUrl, 'evm_setNextBlockTimestamp', [paymentDate]);
      await rpc(up.rpcUrl, 'evm_mine');
      const before = await latestBlock(up.rpcUrl);
      expect(before.timestamp).toBeGreaterThanOrEqual(paymentDate);

      first.signal('SIGINT');
      await first.code;
      expect(alive(processes)).toEqual([]);

      const again = await start().up();
      expect(again.wasEmpty).toBe(false);
      expect(await notesAt(again.apiUrl)).toBe(1);
      await rpc(again.rpcUrl, 'evm_mine');
      const after = await latestBlock(again.rpcUrl);
      expect(after.number).toBeGreaterThan(before.number);
      expect(after.timestamp - before.timestamp).toBeGreaterThanOrEqual(0);
      expect(after.timestamp - before.timestamp).toBeLessThan(60);
      expect(BigInt((await rpc(again.rpcUrl, 'eth_getBalance', [`0x${'11'.repeat(20)}`, 'latest'])) as string)).toBe(
        1n,
      );
    },
    MINUTE_MS,
  );

  it(
    'takes over after the launcher was killed and its processes live on',
    async () => {
      const first = start();
      await first.up();
      const orphans = processesIn(home);
      first.signal('SIGKILL');
      await first.code;
      expect(alive(orphans)).toEqual(ALL);

      const second = start();
      const up = await second.up();
      expect(alive(orphans)).toEqual([]);
      expect(second.stderr).toContain('killed run left');
      expect(await notesAt(up.apiUrl)).toBe(1);
    },
    MINUTE_MS,
  );

  it(
    'starts again after launcher, database, chain, API and worker were all killed at once',
    async () => {
      const first = start();
      const { rpcUrl } = await first.up();
      const busy = await latestBlock(rpcUrl);
      // Stored whole: the chain writes its state down every second, later on a busy machine, and may be killed as it writes.
      while (storedTime(home) < busy.timestamp) await new Promise((resolve) => setTimeout(resolve, 50));
      const killed = processesIn(home);
      first.signal('SIGKILL');
      for (const { identity } of killed) process.kill(identity.pid, 'SIGKILL');
      await first.code;

      const up = await start().up();
      expect(up.wasEmpty).toBe(false);
      expect(await notesAt(up.apiUrl)).toBe(1);
      expect((await latestBlock(up.rpcUrl)).timestamp).toBeGreaterThanOrEqual(busy.timestamp);
    },
    MINUTE_MS,
  );

  it(
    'refuses a second start beside the first, which is not disturbed',
    async () => {
      const first = start();
      const { apiUrl } = await first.up();
      const second = start();
      expect(await second.code).toBe(1);
      expect(second.stderr).toMatch(/already running from this checkout \(process \d+\)/);
      expect(await notesAt(apiUrl)).toBe(1);
      expect(alive(processesIn(home))).toEqual(ALL);
    },
    MINUTE_MS,
  );

  it(
    'stops the rest and names the log when a process ends by itself',
    async () => {
      const run = start();
      await run.up();
      const processes = processesIn(home);
      process.kill(processes.find(({ name }) => name === 'worker')!.identity.pid, 'SIGKILL');
      expect(await run.code).toBe(1);
      expect(run.stderr).toContain(
        `worker ended by itself (SIGKILL). Details: ${path.join(home, 'logs', 'worker.log')}`,
      );
      expect(alive(processes)).toEqual([]);
    },
    MINUTE_MS,
  );

  it(
    'kills at once when Ctrl-C is pressed twice and a process does not listen',
    async () => {
      const run = start([], { FAKE_WORKER: 'stubborn' });
      await run.up();
      const processes = processesIn(home);
      run.signal('SIGINT');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(alive(processes)).toContain('worker');
      const asked = performance.now();
      run.signal('SIGINT');
      await run.code;
      // One Ctrl-C waits 8 s for it.
      expect(performance.now() - asked).toBeLessThan(7_000);
      expect(alive(processes)).toEqual([]);
    },
    MINUTE_MS,
  );
});

describe('npm start -- --once', () => {
  it(
    'prints one JSON line, removes its state and leaves nothing running',
    async () => {
      const run = start(['--once']);
      expect(await run.code).toBe(0);
      const lines = run.stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(1);
      const summary = JSON.parse(lines[0]!) as { ran: boolean; apiUrl: string };
      expect(summary.ran).toBe(true);
      await expect(fetch(summary.apiUrl)).rejects.toThrow();
      expect(readdirSync(home).filter((name) => name.startsWith('once-'))).toEqual([]);
      expect(readdirSync(path.join(home, 'logs'))).toEqual([]);
    },
    MINUTE_MS,
  );

  it(
    'fails with one line and keeps the log',
    async () => {
      const run = start(['--once'], { FAKE_DEMO: 'fails' });
      expect(await run.code).toBe(1);
      expect(run.stdout).toBe('');
      const last = run.stderr.trimEnd().split('\n').at(-1)!;
      const [, log] = last.match(/the sample deal does not add up\.? Details: (.*)$/) ?? [];
      expect(readFileSync(log!, 'utf8')).toContain('RangeError: the sample deal does not add up\n    at ');
      expect(readdirSync(home).filter((name) => name.startsWith('once-'))).toEqual([]);
    },
    MINUTE_MS,
  );

  it(
    'fails with one line when the worker does not come up',
    async () => {
      const run = start(['--once'], { FAKE_WORKER: 'dies' });
      expect(await run.code).toBe(1);
      expect(run.stderr).toMatch(/worker ended by itself \(exit code 3\)\. Details: .*worker\.log\n$/);
    },
    MINUTE_MS,
  );

  it('refuses an unknown option before anything is made', async () => {
    const run = start(['--onse']);
    expect(await run.code).toBe(2);
    expect(existsSync(home)).toBe(false);
  });
});
