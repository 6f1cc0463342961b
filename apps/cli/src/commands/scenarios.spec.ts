import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ROOT, weir, weirProcess } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(120_000);

const DEAL = 'libs/deal/templates/auto.yaml';
const SAMPLES = 'libs/valuation/scenarios';
const POOL = `${SAMPLES}/pool.yaml`;
const FILES = ['results.json', 'results.csv', 'summary.json', 'summary.csv'];

const folder = new Folder();
beforeAll(() => folder.open());
afterAll(() => folder.close());

/** Rows of a CSV file without quotes, by column. */
function rowsOf(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}

const scenarios = (set: string, ...args: string[]) => weir('scenarios', DEAL, '--pool', POOL, '--set', set, ...args);

describe('weir scenarios', () => {
  it('gives each scenario of a list the figures that weir project gives it alone', async () => {
    const set = `${SAMPLES}/auto.yaml`;
    // In a process of its own, which its threads must let end.
    const { code, out } = await weirProcess('scenarios', DEAL, '--pool', POOL, '--set', set, '--csv');
    expect(code).toBe(0);
    const together = rowsOf(out);
    expect(together.map(({ scenario }) => scenario)).toEqual(['base', 'slow', 'stress']);
    for (const row of together) {
      const name = row['scenario'] ?? '';
      const alone = folder.at(`alone-${name}`);
      const args = ['--pool', POOL, '--scenario', set, '--only', name, '--out', alone];
      expect((await weir('project', DEAL, ...args)).code).toBe(0);
      const classes = rowsOf(await readFile(`${alone}/summary.csv`, 'utf8'));
      expect(classes.map((each) => each['class'])).toEqual(['A', 'B', 'C']);
      for (const each of classes) {
        const figure = (of: string): string => row[`${each['class']}.${of}`] ?? '';
        const lines = ['interest', 'principal', 'writtenDown', 'outstanding'].map((of) => [each[of], figure(of)]);
        for (const [expected, found] of lines) expect(found).toBe(expected);
        expect(figure('shortfall')).toBe(each['interestOwed']);
        expect(Number(figure('averageLife')).toFixed(6)).toBe(each['averageLife']);
        expect(figure('paidInFull')).toBe(each['paidInFull'] === 'true' ? '1' : '0');
      }
      const tables = rowsOf(await readFile(`${alone}/tables.csv`, 'utf8')).filter(({ find }) => find === 'yield');
      expect(tables).toHaveLength(9);
      for (const { class: of, at, value } of tables)
        expect(Number(row[`${of}.yield(${at})`]).toFixed(8)).toBe(Number(value).toFixed(8));
    }
  });

  it('takes collections from elsewhere, and deals whose classes a deal owns, as weir project does', async () => {
    const tiny = await folder.file('tiny/deal.yaml', TINY);
    const collections = await folder.file('tiny/collections.csv', COLLECTIONS);
    const owner = await folder.file(
      'owner.yaml',
      TINY.replace('cutOffPool: 1000.00', 'underlying: { tiny: { deal: tiny, class: B, share: 60 % } }')
        .replace('poolOpening: money', 'poolOpening: { unit: money, from: tiny.balance }')
        .replace('interestCollected: signed money', 'interestCollected: { unit: signed money, from: tiny.interest }')
        .replace('principalCollected: money', 'principalCollected: { unit: money, from: tiny.principal }')
        .replace('800.00 USD', '100.00 USD')
        .replace('200.00 USD', '20.00 USD'),
    );
    const set = await folder.file('list.yaml', 'scenarios:\n  one:\n  two: { prepayment: 60 % CPR }\n');
    const below = ['--underlying', `tiny=collections:${collections}`];
    for (const [deal, args, interest] of [
      [tiny, ['--collections', collections], ['7.50', '6.00']],
      // B pays 60 % of 2.00 a month and of 200.00 at the end; A of the owner bears 0.50 a month of it, B 0.20
      [owner, below, ['1.50', '0.60']],
    ] as const) {
      const { code, out } = await weir('scenarios', deal, ...args, '--set', set, '--csv');
      expect(code).toBe(0);
      const rows = rowsOf(out);
      expect(rows.map((row) => [row['A.interest'], row['B.interest']])).toEqual([interest, interest]);
      const alone = folder.at(`alone-${interest[0]}`);
      expect((await weir('project', deal, ...args, '--out', alone)).code).toBe(0);
      const classes = rowsOf(await readFile(`${alone}/summary.csv`, 'utf8'));
      for (const each of classes) {
        for (const figure of ['interest', 'principal', 'outstanding'])
          expect(rows[0]?.[`${each['class']}.${figure}`]).toBe(each[figure]);
      }
    }
    const varied = await folder.file('varied.yaml', 'grid: { severity: [50 %, 100 %] }\n');
    const refused = await weir('scenarios', tiny, '--collections', collections, '--set', varied);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('it varies severity')]);
    const missing = await weir('scenarios', owner, '--set', set);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('--underlying tiny=POOL')]);
  });

  it('runs the example files, to the same bytes on one thread and on three', async () => {
    for (const [set, count] of [
      ['set-grid.yaml', 30],
      ['set-monte-carlo.yaml', 200],
    ] as const) {
      const read = async (threads: string): Promise<string[]> => {
        const out = folder.at(`${set}-${threads}`);
        const { code, err } = await scenarios(`${SAMPLES}/${set}`, '--threads', threads, '--out', out);
        expect([code, err]).toEqual([0, expect.stringContaining(`${count} of ${count} scenarios in`)]);
        return Promise.all(FILES.map((name) => readFile(`${out}/${name}`, 'utf8')));
      };
      const one = await read('1');
      expect(await read('3')).toEqual(one);
      expect(rowsOf(one[1] ?? '')).toHaveLength(count);
    }
  });

  it('prints how each figure is spread, in a hundred columns', async () => {
    const { code, out } = await scenarios(`${SAMPLES}/set-grid.yaml`);
    expect(code).toBe(0);
    expect(out).toContain('3 representative lines; 30 scenarios');
    expect(out).toMatch(/^ {2}A\.yield\(99\.5\) +\d\.\d{3} %/m);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('tells every fault of the set with its place', async () => {
    const set = await folder.file('bad.yaml', 'prepayment: fast\ngrid: { speed: 3 }\n');
    const { code, err } = await scenarios(set);
    expect(code).toBe(2);
    expect(err).toMatch(/bad\.yaml:1:13: error: .*\n.*bad\.yaml:2:9: error: "speed" is no field of grid/);
    const lacking = await folder.file('lacking.yaml', 'scenarios:\n  one:\n  two:\n');
    const arm = await folder.file(
      'arm.csv',
      'balance,grossRate,remainingTerm,index,margin,firstReset,resetEvery\n100000000.00,5 %,60,SOFR,1 %,1,12\n',
    );
    const refused = await weir('scenarios', DEAL, '--pool', arm, '--set', lacking);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/scenario one: .*SOFR[^]*scenario two: .*SOFR/);
    expect((await scenarios(set, '--threads', '0')).err).toContain('--threads is "0"');
  });

  it('stops at Ctrl-C, says how far it came, and writes nothing', async () => {
    const set = await folder.file(
      'many.yaml',
      'prepayment: 6 % CPR\nmonteCarlo: { paths: 100000, seed: 1, default: 50 % }\n',
    );
    const out = folder.at('never');
    const args = ['scenarios', DEAL, '--pool', POOL, '--set', set, '--out', out];
    const child = spawn(process.execPath, ['apps/cli/dist/main.js', ...args], { cwd: ROOT });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      // A second Ctrl-C would end it at once.
      const begins = !err.includes('running on 2 threads');
      err += chunk.toString();
      if (begins && err.includes('running on 2 threads')) child.kill('SIGINT');
    });
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(err).toMatch(/weir: cancelled after \d+ of 100000 scenarios; nothing was written/);
    expect(existsSync(out)).toBe(false);
  });
});
