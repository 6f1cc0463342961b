import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { generateTape } from '@weir/collateral';
import { weir } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, MONTHS, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let deal: string;
let collections: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY);
  collections = await folder.file('collections.csv', COLLECTIONS);
});
afterAll(() => folder.close());

interface Answer {
  scenarios: {
    scenario: string;
    paymentDates: string[];
    classes: {
      name: string;
      averageLife: number;
      interest: string;
      paidInFull: boolean;
      window: { first: string; last: string };
    }[];
    lines: Record<string, string[]>;
    comparisons: Record<string, string>;
    collateral: Record<string, string[]>;
  }[];
  tables: { class: string; yields: { columns: { values: number[] }[] } | null }[];
  breakEvens: { tranche: string; cdr: number; loss: number; baseLoss: number; multiple: number | null }[];
}

async function project(...args: string[]): Promise<Answer> {
  const { code, out, err } = await weir('project', deal, ...args, '--json');
  expect([err, code]).toEqual(['', 0]);
  return JSON.parse(out) as Answer;
}

describe('weir project from collections', () => {
  it('gives the flows, lives and windows worked by hand', async () => {
    const { scenarios } = await project('--collections', collections);
    const [base] = scenarios;
    expect(base?.paymentDates).toEqual(['2025-02-01', '2025-03-01', '2025-04-01']);
    expect(base?.lines['A.principalPaid']).toEqual(['300.00', '300.00', '200.00']);
    expect(base?.lines['A.interestPaid']).toEqual(['4.00', '2.50', '1.00']);
    expect(base?.lines['A.factor']).toEqual(['0.625', '0.25', '0']);
    expect(base?.lines['residual.paid']).toEqual(['3.00', '1.80', '0.60']);
    expect(base?.lines['trigger.half']).toEqual(['false', 'false', 'true']);
    // A: (300 × 1 + 300 × 2 + 200 × 3) ÷ 800 months = 0.15625 years; B: three months.
    expect(base?.classes.map(({ averageLife }) => averageLife)).toEqual([
      expect.closeTo(0.15625, 10),
      expect.closeTo(0.25, 10),
    ]);
    expect(base?.classes[0]).toMatchObject({
      interest: '7.50',
      paidInFull: true,
      window: { first: '2025-02-01', last: '2025-04-01' },
    });
  });

  it('has each step with what was due, paid and short, formulas, triggers and the flows of accounts', async () => {
    // In March nothing comes in but 1.50 of interest: the fee of 0.70 is paid, of A's 2.50 there is 0.80.
    const thin = COLLECTIONS.replace('2,700.00,7.00,300.00', '2,700.00,1.50,0.00');
    const { scenarios } = await project('--collections', await folder.file('thin.csv', thin));
    const lines = scenarios[0]?.lines ?? {};
    const march = (name: string): string | undefined => lines[name]?.[1];
    expect(['due', 'paid', 'short'].map((part) => march(`servicingFee.${part}`))).toEqual(['0.70', '0.70', '0.00']);
    expect(['due', 'paid', 'short'].map((part) => march(`interestA.${part}`))).toEqual(['2.50', '0.80', '1.70']);
    expect(['due', 'paid', 'short'].map((part) => march(`interestB.${part}`))).toEqual(['2.00', '0.00', '2.00']);
    expect(['in', 'out'].map((part) => march(`collection.${part}`))).toEqual(['1.50', '1.50']);
    expect(lines['repaid']).toEqual(['300.00', '300.00', '700.00']);
    // A opens March with 500.00, a hundred above the threshold; what it may still fall is its distance.
    expect(['value', 'threshold', 'distance'].map((part) => march(`trigger.half.${part}`))).toEqual([
      '500.00',
      '400.00',
      '100.00',
    ]);
  });

  describe('of a trigger that joins comparisons', () => {
    const HALF = 'half: { when: A.opening <= 400.00 USD }';
    const joining = (): Promise<string> =>
      folder.file('joined.yaml', TINY.replace(HALF, HALF.replace(' }', ' or repaid >= 900.00 USD }')));

    it('has both sides of each and the distance, on every date', async () => {
      const args = ['project', await joining(), '--collections', collections];
      const { scenarios } = JSON.parse((await weir(...args, '--json')).out) as Answer;
      const [{ lines, comparisons }] = scenarios as [Answer['scenarios'][number]];
      expect(comparisons).toEqual({
        'trigger.half.1': 'A.opening <= 400.00 USD',
        'trigger.half.2': 'repaid >= 900.00 USD',
      });
      // A opens with 800.00, 500.00 and 200.00; 300.00, 300.00 and 400.00 are repaid.
      expect(lines['trigger.half.1.value']).toEqual(['800.00', '500.00', '200.00']);
      expect(lines['trigger.half.1.threshold']).toEqual(['400.00', '400.00', '400.00']);
      expect(lines['trigger.half.1.distance']).toEqual(['400.00', '100.00', '-200.00']);
      expect(lines['trigger.half.2.value']).toEqual(['300.00', '600.00', '1000.00']);
      expect(lines['trigger.half.2.distance']).toEqual(['600.00', '300.00', '-100.00']);
      expect(lines['trigger.half']).toEqual(['false', 'false', 'true']);
      const { out } = await weir(...args);
      expect(out).toMatch(/\n {2}half +2025-04-01 /);
      expect(out).toMatch(/\n {4}A\.opening <= 400\.00 USD +2025-03-01 +500\.00 +400\.00 +100\.00\n/);
      expect(out).toMatch(/\n {4}repaid >= 900\.00 USD +2025-04-01 +1,000\.00 +900\.00 +-100\.00\n/);
    });

    it('writes them as lines that a tie-out takes', async () => {
      const joined = await joining();
      const { out: csv } = await weir('project', joined, '--collections', collections, '--csv');
      expect(csv).toMatch(/^[^,]*,2,2025-03-01,trigger\.half\.2\.distance,300\.00$/m);
      const reports = await Promise.all(
        MONTHS.map((values, index) => folder.file(`reports/${index + 1}.json`, { period: index + 1, values })),
      );
      const trustee = await folder.file('projected.csv', csv);
      const { code, out } = await weir('tieout', joined, '--reports', dirname(reports[0] ?? ''), '--trustee', trustee);
      expect([code, out]).toEqual([0, expect.stringContaining(', 0 differ')]);
    });
  });

  it('takes a deal up in mid-life from an actual state', async () => {
    const report = await folder.file('report.json', { period: 1, values: MONTHS[0] });
    const state = folder.at('state.json');
    expect((await weir('pay', deal, '--report', report, '--next', state)).code).toBe(0);
    const { scenarios } = await project('--collections', collections, '--state', state);
    expect(scenarios[0]?.lines['A.closing']).toEqual(['200.00', '0.00']);
    // 300.00 before the state; then 300.00 and 400.00.
    expect(scenarios[0]?.lines['repaid']).toEqual(['600.00', '1000.00']);
    // From 1 February: (300 × 1 + 200 × 2) ÷ 500 months = 0.11667 years.
    expect(scenarios[0]?.classes[0]?.averageLife).toBeCloseTo(700 / 500 / 12, 10);
  });

  it('prints tables that fit a hundred columns', async () => {
    const { out } = await weir('project', deal, '--collections', collections);
    expect(out).toMatch(/\n {2}A +800\.00 +6\.000 % +0\.16 +2025-02–2025-04 +7\.50 +in full\n/);
    expect(out).toMatch(/\n {2}2025-03-01 +6\.000 % +500\.00 +2\.50 +300\.00 +200\.00 +0\.250000\n/);
    expect(out).toMatch(/\n {2}half +2025-04-01 +1 /);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('writes CSV that weir tieout takes for a trustee’s file', async () => {
    const { out } = await weir('project', deal, '--collections', collections, '--csv');
    expect(out).toContain('\nbase,2,2025-03-01,A.interestPaid,2.50\n');
    const file = await folder.file('projected.csv', out);
    const { code, out: tied } = await weir('tieout', deal, '--reports', collections, '--trustee', file);
    expect([code, tied]).toEqual([0, expect.stringMatching(/ figures of 3 payment dates compared, 0 differ/)]);
  });

  it('names a column that is none, and items that nothing gives, with what to write', async () => {
    const odd = await folder.file('odd.csv', 'poolOpenning,interestCollected\n1.00,2.00\n');
    const first = await weir('project', deal, '--collections', odd);
    expect(first.code).toBe(2);
    expect(first.err).toContain(
      '"poolOpenning" is no report item and no collateral column; did you mean "poolOpening"?',
    );
    const some = await folder.file('some.csv', 'interestCollected\n2.00\n');
    const second = await weir('project', deal, '--collections', some);
    expect(second.code).toBe(2);
    expect(second.err).toMatch(/inputs:\n {2}poolOpening: 0\.00 # money\n {2}principalCollected: 0\.00 # money/);
  });
});

describe('weir project --break-even over collections', () => {
  const once = (...rows: string[]): string =>
    ['period,poolOpening,interestCollected,principalCollected,chargeOffs', ...rows, '2,0.00,0.00,0.00,0.00', ''].join(
      '\n',
    );

  it('multiplies default rates: the multiple of the base case and the loss of the pool', async () => {
    // 10 % defaults, the rest is repaid: k times that leaves 1,000.00 × (1 − 0.1 k), which is A's 800.00 up to k = 2.
    const file = await folder.file('losing.csv', once('1,1000.00,10.00,900.00,100.00'));
    const { breakEvens } = await project('--collections', file, '--break-even', 'A');
    expect(breakEvens[0]).toMatchObject({ tranche: 'A', holds: true, cdr: null, factor: 2, unbroken: false });
    expect(breakEvens[0]).toMatchObject({
      loss: expect.closeTo(0.2, 10),
      baseLoss: 0.1,
      multiple: expect.closeTo(2, 10),
    });
    const { out } = await weir('project', deal, '--collections', file, '--break-even', 'A');
    expect(out).toMatch(/\n {2}base +A +2\.00 × defaults +20\.00 % +10\.00 % +2\.00 ×\n/);
  });

  it('refuses collections of which it cannot be said what losses do to them', async () => {
    const { code, err } = await weir('project', deal, '--collections', collections, '--break-even', 'A');
    expect(code).toBe(2);
    expect(err).toContain('there is no column chargeOffs or losses');
    expect(err).toContain('or the loans by --pool or --tape');
  });
});

describe('weir project with a scenario file that deals share', () => {
  it('passes over an index that the deal lacks, with a short warning', async () => {
    const shared = await folder.file('shared.yaml', 'rates: { SOFR: 4 %, sonia: 5 % }\nprices: { M: [99] }\n');
    const { code, out, err } = await weir('project', deal, '--collections', collections, '--scenario', shared);
    expect([code, out]).toEqual([0, expect.stringContaining('Two classes')]);
    expect(err).toMatch(/shared\.yaml:1:10: warning: the deal has no index "SOFR", which is not used \[/);
    expect(err).toMatch(/the deal has no class "M", which is not used/);
    expect(err.split('\n').every((line) => line.length < 160)).toBe(true);
  });

  const floating = TINY.replace('poolOpening: money', 'poolOpening: money\n  euribor: signed rate').replace(
    'coupon: 6 %',
    'coupon: euribor + 1 %',
  );

  it('says which index is missing, as what to write into the scenario', async () => {
    const floater = await folder.file('floater.yaml', floating);
    const shared = await folder.file('shared.yaml', 'rates: { SOFR: 4 % }\n');
    const { code, err } = await weir('project', floater, '--collections', collections, '--scenario', shared);
    expect(code).toBe(2);
    expect(err).toContain('rates:\n  euribor: 0 % # rate');
  });

  it('shows the coupon of a floating class on every payment date', async () => {
    const floater = await folder.file('floater.yaml', floating);
    const rates = await folder.file('rates.yaml', 'rates: { euribor: [2 %, 2.5 %, 3 %] }\n');
    const { out } = await weir('project', floater, '--collections', collections, '--scenario', rates);
    // 800.00 at 3 %, 500.00 at 3.5 %, 200.00 at 4 %, a twelfth of a year each.
    expect(out).toMatch(/\n {2}A +800\.00 +3\.000–4\.000 % /);
    expect(out).toMatch(/\n {2}2025-02-01 +3\.00000 % +800\.00 +2\.00 /);
    expect(out).toMatch(/\n {2}2025-03-01 +3\.50000 % +500\.00 +1\.46 /);
    expect(out).toMatch(/\n {2}2025-04-01 +4\.00000 % +200\.00 +0\.67 /);
  });
});

describe('weir project from a pool', () => {
  it('projects lines under each scenario of a file, with yields at prices', async () => {
    // 1,000.00 at 12 % over three months: level payments of 340.02, of principal 330.02, 333.32 and 336.66.
    const pool = await folder.file('pool.csv', 'balance,grossRate,remainingTerm\n1000.00,12 %,3\n');
    const scenarios = await folder.file(
      'futures.yaml',
      'prices: [100]\nscenarios:\n  slow: { prepayment: none }\n  fast: { prepayment: 100 % SMM }\n',
    );
    const answer = await project('--pool', pool, '--scenario', scenarios);
    const [slow, fast] = answer.scenarios;
    expect([slow?.scenario, fast?.scenario]).toEqual(['slow', 'fast']);
    expect(slow?.lines['A.principalPaid']).toEqual(['330.02', '333.32', '136.66']);
    expect(slow?.lines['interestCollected']).toEqual(['10.00', '6.70', '3.37']);
    expect(fast?.lines['A.principalPaid']).toEqual(['800.00']);
    // Half a percent a month, bond-equivalent: 2 × (1.005^6 − 1) = 6.0755 %.
    const yields = answer.tables.find((table) => table.class === 'A')?.yields?.columns.map(({ values }) => values[0]);
    // The cents to which 2.3499 and 0.6833 of interest are rounded are seen in the yield of so small a deal.
    expect(yields).toEqual([expect.closeTo(0.0607, 4), expect.closeTo(0.060755, 6)]);
  });

  it('finds the break-even default rate', async () => {
    // One month without interest: of 1,000.00 what does not default is paid. 7.00 of fees and interest go first, so A gets its
    // 800.00 while 807.00 come in: (1 − CDR)^(1/12) ≥ 0.807, CDR ≤ 1 − 0.807^12 = 92.37 %; 19.30 % of the pool is lost.
    const pool = await folder.file(
      'short.yaml',
      'lines:\n  - { balance: 1000.00, grossRate: 0 %, remainingTerm: 1 }\n',
    );
    const scenario = await folder.file('loss.yaml', 'severity: 100 %\n');
    const { breakEvens } = await project('--pool', pool, '--scenario', scenario, '--break-even', 'A');
    expect(breakEvens).toEqual([
      expect.objectContaining({ tranche: 'A', cdr: expect.closeTo(0.9237, 10), loss: expect.closeTo(0.193, 3) }),
    ]);
  });

  it('finds the break-even to maturity: no call buys the notes out of a lost pool', async () => {
    // As above, but the sponsor may buy the notes at par on the first date, whatever the pool is worth, and would do so asap.
    const callable = TINY.replace('principalCollected], account', 'principalCollected, buyOut.price], account')
      .replace('principal: principalCollected,', "principal: 'principalCollected + buyOut.price',")
      .replace('formulas:', "calls: { buyOut: { by: sponsor, when: 'period = 1', price: notes.opening } }\nformulas:");
    const document = await folder.file('callable.yaml', callable);
    const pool = await folder.file(
      'callable-pool.yaml',
      'lines:\n  - { balance: 1000.00, grossRate: 0 %, remainingTerm: 1 }\n',
    );
    const scenario = await folder.file('callable-loss.yaml', 'severity: 100 %\ncalls: { buyOut: asap }\n');
    const { code, out } = await weir(
      'project',
      document,
      '--pool',
      pool,
      '--scenario',
      scenario,
      '--break-even',
      'A',
      '--json',
    );
    expect(code).toBe(0);
    expect((JSON.parse(out) as Answer).breakEvens).toEqual([
      expect.objectContaining({ tranche: 'A', cdr: expect.closeTo(0.9237, 10), loss: expect.closeTo(0.193, 3) }),
    ]);
  });

  it('writes a folder', async () => {
    const pool = await folder.file('pool.csv', 'balance,grossRate,remainingTerm\n1000.00,12 %,3\n');
    const { code } = await weir('project', deal, '--pool', pool, '--out', folder.at('out'));
    expect(code).toBe(0);
    expect((await readdir(folder.at('out'))).sort()).toEqual([
      'collateral-base.csv',
      'flows-base.csv',
      'projection.json',
      'projection.txt',
      'summary.csv',
      'tables.csv',
      'units.csv',
    ]);
    expect(await readFile(folder.at('out/flows-base.csv'), 'utf8')).toMatch(/^period,paymentDate,A\.opening,/);
  });

  it('has one column for the period and the payment date, though formulas use them, and tieout takes the file', async () => {
    const uses = TINY.replace('formulas: {', 'formulas: { late: period > 1 and paymentDate > 2025-02-15, ');
    const document = await folder.file('uses.yaml', uses);
    expect((await weir('project', document, '--collections', collections, '--out', folder.at('used'))).code).toBe(0);
    const flows = await readFile(folder.at('used/flows-base.csv'), 'utf8');
    const columns = (flows.split('\n')[0] ?? '').split(',');
    expect(columns.slice(0, 2)).toEqual(['period', 'paymentDate']);
    expect(columns).toContain('late');
    expect(new Set(columns).size).toBe(columns.length);
    const trustee = folder.at('used/flows-base.csv');
    const tied = await weir('tieout', document, '--reports', collections, '--trustee', trustee);
    expect([tied.code, tied.out]).toEqual([0, expect.stringContaining(', 0 differ')]);
  });

  it('tells the cash flows of the pool, and takes them for collections', async () => {
    const pool = await folder.file('pool.csv', 'balance,grossRate,remainingTerm\n1000.00,12 %,3\n');
    const { scenarios } = await project('--pool', pool);
    // Level payments of 1000 × 0.01 ÷ (1 − 1.01^−3) = 340.0221; whole cents that add up.
    expect(scenarios[0]?.collateral).toMatchObject({
      poolOpening: ['1000.00', '669.98', '336.66'],
      scheduledPrincipal: ['330.02', '333.32', '336.66'],
      interestCollected: ['10.00', '6.70', '3.37'],
    });
    await weir('project', deal, '--pool', pool, '--out', folder.at('out'));
    const again = await project('--collections', folder.at('out/collateral-base.csv'));
    expect(again.scenarios[0]?.lines).toEqual(scenarios[0]?.lines);
  });

  it.each([
    [['--pool', 'x.csv', '--tape', 'y.csv'], /give the collateral by one of --pool, --tape and --collections/],
    [['--pool', 'nowhere.csv'], /nowhere\.csv cannot be read \(there is no such file\)/],
    [['--pol', 'x.csv'], /unknown option '--pol'/],
  ])('refuses %j and exits 2', async (args, message) => {
    const { code, out, err } = await weir('project', deal, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('weir project from a tape', () => {
  it('begins with the balances of the eligible loans, and compiles over them', async () => {
    const tape = await folder.file('tape.csv', generateTape({ seed: 7, month: 1, loans: 60 }));
    const { out } = await weir('tape', tape, '--deal', 'libs/deal/templates/auto.yaml');
    const [, loans, opening] = /pool: (\d+) loans, opening ([\d,.]+)/.exec(out) ?? [];
    const args = ['project', 'libs/deal/templates/auto.yaml', '--tape', tape, '--json'];
    const { code, out: projected } = await weir(...args);
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(projected) as Answer;
    expect(scenarios[0]?.lines['poolOpening']?.[0]).toBe(opening?.replace(/,/g, ''));
    expect(Number(loans)).toBeGreaterThan(0);
    expect(scenarios[0]?.classes.every(({ paidInFull }) => paidInFull)).toBe(true);
  });
});

describe('weir project with a call', () => {
  const CALLABLE = TINY.replace(
    'items: [interestCollected, principalCollected]',
    'items: [interestCollected, principalCollected, cleanUp.price]',
  )
    .replace(
      'priorityOfPayments:',
      'calls:\n  cleanUp: { by: servicer, when: poolOpening <= 700.00 USD, price: "max(0, notes.opening - principalCollected)" }\npriorityOfPayments:',
    )
    .replace('principal: principalCollected', 'principal: principalCollected + cleanUp.price');

  it('exercises it on the first date on which it is permitted, and tells lives to call and to maturity', async () => {
    const callable = await folder.file('callable.yaml', CALLABLE);
    const scenario = await folder.file('call.yaml', 'calls: { cleanUp: asap }\nprices: [100]\n');
    const { code, out, err } = await weir('project', callable, '--collections', collections, '--scenario', scenario);
    expect([err, code]).toEqual(['', 0]);
    // 1 March: the pool opened with 700.00; 700.00 of notes less 300.00 collected are the price.
    expect(out).toContain('cleanUp is exercised on 2025-03-01 (payment date 2)');
    expect(out).toMatch(/\n {2}2025-03-01 +6\.000 % +500\.00 +2\.50 +500\.00 +0\.00 +0\.000000\n/);
    // A to call: (300 × 1 + 500 × 2) ÷ 800 months = 0.135 years.
    expect(out).toMatch(/average life +0\.14 +0\.16\n/);
  });
});
