import { spawn } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { Progress } from './progress.js';

/** Seeds of `npm test` are another: a deep run plays other lives. */
const FIRST_SEED = 0x1000000;
/** Lives of one round, and calls in each; twice as many calls as in `npm test`. */
const RUNS = 20;
const DEPTH = 256;

interface Done {
  runs: number;
  /** Calls by campaign. */
  calls: Record<string, number>;
}

const progress = new Progress<Done>({ runs: 0, calls: {} });

/** What forge prints of one campaign that held. */
const HELD = /\[PASS\] (invariant_\w+)\(\) \(runs: (\d+), calls: (\d+), reverts: (\d+)\)/g;

/** Plays every campaign over a round of lives; gives forge's exit code and what it printed. */
function play(seed: number): Promise<{ code: number | null; text: string }> {
  const only = ['--match-path', 'test/invariant/*', '--fuzz-seed', `0x${seed.toString(16)}`];
  const child = spawn(process.execPath, ['tools/forge.mjs', 'test', ...only], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      FOUNDRY_INVARIANT_RUNS: String(RUNS),
      FOUNDRY_INVARIANT_DEPTH: String(DEPTH),
      NO_COLOR: '1',
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}

async function round(number: number, done: Done): Promise<Done> {
  const seed = FIRST_SEED + number;
  const { code, text } = await play(seed);
  const campaigns = [...text.matchAll(HELD)];
  // A campaign that broke prints the calls that led there.
  if (code !== 0) throw new CampaignBroken(seed, text);
  expect({ seed, campaigns: campaigns.length > 0 }).toEqual({ seed, campaigns: true });
  const calls = { ...done.calls };
  for (const [, name = '', runs, made, reverts] of campaigns) {
    expect({ seed, name, runs, reverts }).toEqual({ seed, name, runs: String(RUNS), reverts: '0' });
    calls[name] = (calls[name] ?? 0) + Number(made);
  }
  return { runs: done.runs + RUNS, calls };
}

class CampaignBroken extends Error {
  constructor(
    readonly seed: number,
    text: string,
  ) {
    super(`seed 0x${seed.toString(16)} breaks an invariant:\n${text.slice(-6000)}`);
    this.name = 'CampaignBroken';
  }
}

it(
  'the invariants of offering, deal and token hold over lives of 256 calls',
  async () => {
    await progress.until(({ runs }) => runs, round);
    console.log(JSON.stringify(progress.done));
    // Each campaign was played in each life.
    for (const made of Object.values(progress.done.calls)) expect(made).toBe(progress.done.runs * DEPTH);
  },
  7 * 24 * 3_600_000,
);
