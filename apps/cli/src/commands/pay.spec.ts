import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder, MONTHS, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let deal: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY);
});
afterAll(() => folder.close());

const report = (period: number, more: object = {}) =>
  folder.file(`report-${period}-${Object.keys(more).join('-')}.json`, { period, values: MONTHS[period - 1], ...more });

interface Answer {
  remittance: string;
  tranches: Record<string, Record<string, string>>;
  payees: Record<string, string>;
  trace: { sentence: string }[];
  nextState: { period: number; state: Record<string, string> };
  resultHash: string;
}

describe('weir pay', () => {
  it('pays three dates, each from the state that the last one wrote, as worked by hand', async () => {
    let state = 'closing';
    const residuals: string[] = [];
    const closings: string[][] = [];
    for (const period of [1, 2, 3]) {
      const next = folder.at(`state-${period}.json`);
      const { code, out } = await weir(
        'pay',
        deal,
        '--state',
        state,
        '--report',
        await report(period),
        '--next',
        next,
        '--json',
      );
      expect(code).toBe(0);
      const { payees, tranches } = JSON.parse(out) as Answer;
      residuals.push(payees['residual'] ?? '');
      closings.push(['A', 'B'].map((name) => tranches[name]?.['closing'] ?? ''));
      state = next;
    }
    expect(residuals).toEqual(['3.00', '1.80', '0.60']);
    expect(closings).toEqual([
      ['500.00', '200.00'],
      ['200.00', '200.00'],
      ['0.00', '0.00'],
    ]);
  });

  it('prints a factor to eight decimals, half up, as trustees do', async () => {
    // 300.00 of the 900.00 are repaid: 600 ÷ 900 = 0.666…
    const text = TINY.replace('A, amount: 800.00', 'A, amount: 900.00').replace(
      'B, amount: 200.00',
      'B, amount: 100.00',
    );
    const { code, out } = await weir('pay', await folder.file('thirds.yaml', text), '--report', await report(1));
    expect(code).toBe(0);
    expect(out).toMatch(/\n {2}A +900\.00 +4\.50 +300\.00 +600\.00 +0\.66666667\n/);
  });

  it('says each step in a sentence, and what a short deposit leaves unpaid', async () => {
    const { code, out } = await weir('pay', deal, '--report', await report(1), '--deposit', '302.00');
    expect(code).toBe(0);
    // 302.00: fee 1.00, A 4.00, B 2.00, 295.00 of the 300.00 of principal, nothing is left.
    expect(out).toContain('Deposited 302.00; due from the servicer 310.00');
    expect(out).toMatch(/Step 4, Principal: due 300\.00 to Class A, paid 295\.00 from Collection, short 5\.00\./);
    expect(out).toMatch(/\n {2}A +800\.00 +4\.00 +295\.00 +505\.00 +0\.63125000\n/);
    expect(out).toMatch(/\n {2}half +800\.00 +400\.00 +400\.00 +off\n/);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('shows what balances and ledgers changed by without cash', async () => {
    // B's interest of 2.00 is added to its balance, and 7.00 of A is written down; a ledger at 5.00 has 7.00 more.
    const other = await folder.file(
      'other.yaml',
      TINY.replace('formulas:', 'ledgers: { lost: { initial: 5.00 USD } }\nformulas:').replace(
        '{ step: interestB, interest: B, from: [collection] }',
        '{ step: accrete, capitalise: B }\n  - { step: lose, writeDown: 7.00 USD, to: A }\n  - { step: book, add: 7.00 USD, to: lost }',
      ),
    );
    const { out, err } = await weir('pay', other, '--report', await report(1));
    expect(err).toBe('');
    expect(out).toMatch(/\n {2}class +opening +interest paid +principal paid +without cash +closing/);
    expect(out).toMatch(/\n {2}A +800\.00 +4\.00 +300\.00 +-7\.00 +493\.00/);
    expect(out).toMatch(/\n {2}B +200\.00 +0\.00 +0\.00 +2\.00 +202\.00/);
    expect(out).toMatch(/\n {2}lost \(ledger\) +5\.00 +12\.00\n/);
  });

  it('takes its own JSON answer for the state of the next date, and gives the same result hash again', async () => {
    const first = await weir('pay', deal, '--report', await report(1), '--json');
    const state = await folder.file('answer.json', first.out);
    const [again, once] = [
      await weir('pay', deal, '--state', state, '--report', await report(2), '--json'),
      await weir('pay', deal, '--state', state, '--report', await report(2), '--json'),
    ];
    const { nextState, tranches, resultHash } = JSON.parse(again.out) as Answer;
    expect([nextState.period, tranches['A']?.['interestPaid']]).toEqual([2, '2.50']);
    // 300.00 of the first date and 300.00 of the second.
    expect(nextState.state['cumulative.principalCollected+']).toBe('600.00');
    expect(resultHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect((JSON.parse(once.out) as Answer).resultHash).toBe(resultHash);
  });

  it('takes a row of a CSV for the report', async () => {
    const csv = await folder.file(
      'reports.csv',
      'period,poolOpening,interestCollected,principalCollected\n1,"1,000.00",10.00,300.00\n2,700.00,(7.00),300.00\n',
    );
    const { out } = await weir('pay', deal, '--report', csv, '--json');
    expect((JSON.parse(out) as Answer).remittance).toBe('310.00');
  });

  it('takes YAML for the report', async () => {
    const path = await folder.file(
      'report.yaml',
      'period: 1\nvalues:\n  poolOpening: 1000.00\n  interestCollected: 10.00 # late charges apart\n  principalCollected: 300.00\n',
    );
    const { out } = await weir('pay', deal, '--report', path, '--json');
    expect((JSON.parse(out) as Answer).remittance).toBe('310.00');
  });

  it('says what is wrong with the YAML of a report as of a deal document, with the place', async () => {
    const path = await folder.file('broken.yaml', 'period: 1\nvalues:\n\tpoolOpening: 1000.00\n');
    const { code, out, err } = await weir('pay', deal, '--report', path);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/broken\.yaml:3:\d+: error: indent with spaces; YAML takes no tabs here \[yaml\]/);
    const twice = await folder.file('twice.yaml', 'period: 1\nvalues: {}\n\nperiod: 2\nvalues: {}\n');
    const { err: names } = await weir('pay', deal, '--report', twice);
    expect(names).toMatch(/twice\.yaml:4:1: error: this name stands twice in its block; keep one \[yaml\]/);
  });

  it('takes a deal over in mid-life from a state of one’s own: it lists what is missing with its meaning', async () => {
    const mine = {
      deal: 'x',
      period: 1,
      accounts: { collection: '0.00', suspense: '0.00' },
      state: { 'balance.A': '500.00', 'balanc.B': '1.00' },
    };
    const state = await folder.file('mine.json', mine);
    const refused = await weir('pay', deal, '--state', state, '--report', await report(2));
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('the deal keeps no "balanc.B"; did you mean "balance.B"?');
    expect(refused.err).toContain('state.shortfall.A (money): interest on A that is owed from earlier');
    expect(refused.err).toContain(
      'state.cumulative.principalCollected+ (money): the positive part of principalCollected, summed since closing',
    );

    const given = {
      ...mine,
      state: { 'balance.A': '500.00', 'balance.B': '200.00', 'cumulative.principalCollected': '300.00' },
    };
    const { code, out } = await weir(
      'pay',
      deal,
      '--state',
      await folder.file('given.json', given),
      '--assume-zero',
      '--report',
      await report(2),
      '--json',
    );
    expect(code).toBe(0);
    expect((JSON.parse(out) as Answer).payees['residual']).toBe('1.80');
    expect((JSON.parse(out) as Answer).nextState.state['cumulative.principalCollected+']).toBe('600.00');
  });

  it.each([
    [
      'another payment date',
      { period: 2 },
      /it is of payment date 2; after the state's period 0, payment date 1 is next/,
    ],
    [
      'an unknown item',
      { values: { ...MONTHS[0], poolOpenin: '1.00' } },
      /no report item "poolOpenin"; did you mean "poolOpening"\?/,
    ],
    [
      'a missing item',
      { values: { poolOpening: '1.00' } },
      /interestCollected \(money\) is missing\n +principalCollected \(money\) is missing/,
    ],
    ['a JSON number', { values: { ...MONTHS[0], poolOpening: 1000 } }, /poolOpening must be a text in quotes/],
    ['a fraction of a cent', { values: { ...MONTHS[0], poolOpening: '1.005' } }, /poolOpening: "1\.005" is no money/],
    [
      'an unsigned item below zero',
      { values: { ...MONTHS[0], principalCollected: '-1.00' } },
      /write "signed money" there/,
    ],
  ])('refuses %s with what to do, and exits 2', async (name, more, message) => {
    const path = await folder.file(`bad-${name}.json`, { period: 1, values: MONTHS[0], ...more });
    const { code, out, err } = await weir('pay', deal, '--report', path);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('refuses a state that another program made', async () => {
    const state = JSON.parse(await readFile(folder.at('state-1.json'), 'utf8')) as object;
    const path = await folder.file('other.json', { ...state, programHash: `0x${'1'.repeat(64)}` });
    const { code, err } = await weir('pay', deal, '--state', path, '--report', await report(2));
    expect(code).toBe(2);
    expect(err).toContain('leave programHash out to take the state over');
  });
});
