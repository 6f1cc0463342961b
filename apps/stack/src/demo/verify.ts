import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { OutcomeWrong } from './errors.js';

/** One tick of `weir verify`. */
export interface TickAnswer {
  readonly id: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Runs `weir verify` as anybody would: on the published files and the chain alone. @throws OutcomeWrong */
export async function verify(cli: string, folder: string, rpcUrl: string, period: number): Promise<TickAnswer[]> {
  const args = [cli, 'verify', folder, '--rpc', rpcUrl, '--period', String(period), '--json'];
  const run = promisify(execFile);
  const stdout = await run(process.execPath, args, { maxBuffer: 1 << 24 }).then(
    (done) => done.stdout,
    (failed: { stdout?: string; message: string }) =>
      failed.stdout || JSON.stringify([{ ok: false, detail: failed.message }]),
  );
  const answer = JSON.parse(stdout) as TickAnswer[] | { ticks: TickAnswer[] };
  const ticks = Array.isArray(answer) ? answer : answer.ticks;
  const red = ticks.find(({ ok }) => !ok);
  if (red !== undefined) throw new OutcomeWrong(`weir verify ${path.basename(folder)}: ${red.detail}`);
  return ticks;
}
