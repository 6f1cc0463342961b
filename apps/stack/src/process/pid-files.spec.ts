import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AlreadyRunning } from '../errors.js';
import { identify, isAlive } from './identity.js';
import { isLocked, takeLock } from './lock.js';
import { leftoversIn, writePidFile } from './pid-files.js';
import { stopProcess } from './stopping.js';

let folder: string;
let child: ChildProcess;

/** A process that leads its own group and prints one line when it is ready. */
async function startChild(script = ''): Promise<ChildProcess> {
  const program = `${script}; console.log('ready'); setInterval(() => {}, 1000)`;
  const started = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => started.stdout.once('data', resolve));
  return started;
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-pids-'));
  child = await startChild();
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

describe('pid files', () => {
  it('find a process that an earlier launcher left', () => {
    writePidFile(folder, 'api', child.pid!);
    expect(leftoversIn(folder)).toEqual([{ name: 'api', identity: identify(child.pid!) }]);
  });

  it('leave a stranger alone that got the same number', () => {
    const stranger = { ...identify(child.pid!)!, started: 'another time' };
    writeFileSync(path.join(folder, 'api.json'), JSON.stringify(stranger));
    expect(leftoversIn(folder)).toEqual([]);
    expect(existsSync(path.join(folder, 'api.json'))).toBe(false);
    expect(isAlive(identify(child.pid!)!)).toBe(true);
  });

  it('forget a process that has ended, and a file cut short by a kill', async () => {
    writePidFile(folder, 'api', child.pid!);
    writeFileSync(path.join(folder, 'worker.json'), '{"pid":');
    await stopProcess(identify(child.pid!)!);
    expect(leftoversIn(folder)).toEqual([]);
  });
});

describe('stopping', () => {
  it('kills a process that does not listen, when the time is over', async () => {
    const deaf = await startChild(`process.on('SIGTERM', () => {})`);
    const identity = identify(deaf.pid!)!;
    await stopProcess(identity, { signal: 'SIGTERM', patienceMs: 200 });
    expect(isAlive(identity)).toBe(false);
  });

  it('takes what the process started with it', async () => {
    const script = `const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      require('fs').writeFileSync(${JSON.stringify(path.join(folder, 'grandchild'))}, String(c.pid))`;
    const parent = await startChild(script);
    const grandchild = identify(Number(readFileSync(path.join(folder, 'grandchild'), 'utf8')))!;
    await stopProcess(identify(parent.pid!)!);
    // Its signal is on its way; one that never got it would run on until the test's time is over.
    while (isAlive(grandchild)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe('the lock of a state folder', () => {
  it('is refused while its holder lives, and given back', () => {
    const file = path.join(folder, 'launcher.pid');
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(AlreadyRunning);
    release();
    expect(isLocked(file)).toBe(false);
    takeLock(file)();
  });

  it('is taken over from a launcher that was killed', async () => {
    const file = path.join(folder, 'launcher.pid');
    const holder = identify(child.pid!)!;
    writeFileSync(file, JSON.stringify(holder));
    expect(() => takeLock(file)).toThrow(AlreadyRunning);
    await stopProcess(holder);
    const release = takeLock(file);
    expect(isLocked(file)).toBe(true);
    release();
  });
});
