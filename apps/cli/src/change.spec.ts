import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDeal } from '@weir/deal';
import { compileDeal } from '@weir/waterfall';
import { ROOT, weir } from './run-weir.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

let folder: string;
let deal: string;
let amended: string;
const at = (name: string): string => join(folder, name);

async function write(name: string, content: string | object): Promise<string> {
  await writeFile(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
}

const report = (period: number, collected: string, poolClosing: string, losses: string) => ({
  period,
  values: { collected, poolClosing, losses },
});

/** Pays a date and returns its JSON answer; the state after it is in `month-N.json`. */
async function pay(document: string, period: number, state: string, file: object, ...more: string[]) {
  const path = await write(`report-${period}.json`, file);
  const run = await weir(
    'pay',
    document,
    '--state',
    state,
    '--report',
    path,
    '--next',
    at(`month-${period}.json`),
    '--json',
    ...more,
  );
  expect(run).toMatchObject({ code: 0, err: '' });
  return JSON.parse(run.out) as {
    adjustments: { item: string; reported: string; adjustment: string; used: string }[];
    tranches: Record<string, { closing: string; interestPaid: string }>;
    payees: Record<string, string>;
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-change-'));
  const source = await readFile(join(ROOT, 'libs/valuation/src/run/three-dates.fixture.ts'), 'utf8');
  const text = /`([^`]*)`/.exec(source)?.[1] ?? '';
  deal = await write('deal.yaml', text);
  const parsed = parseDeal(text).deal;
  const hash = parsed && compileDeal(parsed).program.hash;
  const block = `amends:\n  program: '${hash}'\n  fromPeriod: 3\n  state: {ledger.deficiency: cumulative.losses}\ndates:\n`;
  amended = await write(
    'amended.yaml',
    text
      .replace('dates:\n', block)
      .replace('triggers:\n', 'ledgers: {deficiency: {}}\ntriggers:\n')
      .replace('  - {step: refill', "  - {step: book, add: 'max(0, losses)', to: deficiency}\n  - {step: refill"),
  );
  await pay(deal, 1, 'closing', report(1, '60.00', '850.00', '5.00'));
  await pay(deal, 2, at('month-1.json'), report(2, '60.00', '800.00', '1.00'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('weir amend', () => {
  it('takes the state over and says what carries over, what is new, and the mapping’s hash', async () => {
    const out = at('amended-2.json');
    const run = await weir('amend', deal, amended, '--state', at('month-2.json'), '--out', out);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/mapping program +0x[0-9a-f]{64}\n/);
    expect(run.out).toMatch(/balance\.A +700\.00 +carries over\n/);
    expect(run.out).toMatch(/ledger\.deficiency +6\.00 +=\s+cumulative\.losses\n/);
    const state = JSON.parse(await readFile(out, 'utf8')) as { period: number; state: Record<string, string> };
    expect([state.period, state.state['ledger.deficiency']]).toEqual([2, '6.00']);
  });

  it('refuses another date than the document says, with its place', async () => {
    const { code, err } = await weir('amend', deal, amended, '--state', at('month-1.json'));
    expect(code).toBe(2);
    expect(err).toMatch(/amended\.yaml:5:3: error: this takes effect from payment date 3, and 2 is the next/);
  });

  it('replays both documents against the trustee’s figures', async () => {
    await pay(amended, 3, at('amended-2.json'), report(3, '60.00', '750.00', '0.50'));
    const reports = await write(
      'reports.csv',
      'period,collected,poolClosing,losses\n1,60.00,850.00,5.00\n2,60.00,800.00,1.00\n3,60.00,750.00,0.50\n',
    );
    // 5.00 + 1.00 + 0.50 are booked on the ledger that the deal has from the third date on.
    const trustee = await write(
      'trustee.csv',
      'period,A.closing,deficiency.closing\n1,750.00,\n2,700.00,\n3,650.00,6.50\n',
    );
    const history = ['--reports', reports, '--trustee', trustee];
    const run = await weir('tieout', deal, ...history, '--amended', `${amended}@3`);
    expect(run.err).toBe('');
    expect(run.out).toContain('4 figures of 3 payment dates compared, 0 differ');
    expect(run.code).toBe(0);
    const refused = await weir('tieout', deal, ...history, '--amended', amended);
    expect(refused.err).toContain('a document and a payment date, like new.yaml@13');
  });
});

describe('weir restate', () => {
  it('compares, and the next date runs on item and adjustment', async () => {
    const was = at('report-1.json');
    const is = await write('restated-1.json', report(1, '60.60', '850.00', '2.00'));
    const reason = ['--reason', 'a loan was charged off twice'];
    const run = await weir('restate', deal, '--was', was, '--is', is, ...reason, '--out', at('adjustments.json'));
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/1 +residual\.paid +1\.00 +1\.60 +0\.60\n/);
    expect(run.out).toMatch(/1 +losses +5\.00 +2\.00 +-3\.00 +carried\n/);

    const next = report(2, '60.00', '800.00', '3.00');
    const paid = await pay(deal, 2, at('month-1.json'), next, '--adjustments', at('adjustments.json'));
    expect(paid.adjustments).toMatchObject([
      { item: 'collected', reported: '60.00', adjustment: '0.60', used: '60.60' },
      { item: 'losses', reported: '3.00', adjustment: '-3.00', used: '0.00' },
    ]);
    // 60.60 − 7.50 − 1.00 − 50.00; B is paid, for losses are 5.00 and not 8.00.
    expect([paid.tranches['B']?.interestPaid, paid.payees['residual']]).toEqual(['1.00', '2.10']);
    const shown = await weir(
      'pay',
      deal,
      '--state',
      at('month-1.json'),
      '--report',
      at('report-2.json'),
      '--adjustments',
      at('adjustments.json'),
    );
    expect(shown.out).toMatch(/losses +3\.00 +-3\.00 +0\.00 +payment date 1: a loan was charged off twice\n/);
  });
});

describe('weir --help', () => {
  it.each(['amend', 'restate'])('%s says what it takes, what it exits with, and shows an example', async (name) => {
    const { code, out } = await weir(name, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/Exit status/);
    expect(out).toContain(`weir ${name} deal.yaml`);
  });
});
