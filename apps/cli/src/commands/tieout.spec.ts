import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, MONTHS, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let deal: string;
let reports: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY);
  for (const [index, values] of MONTHS.entries()) {
    await folder.file(`reports/report-${index + 1}.json`, { period: index + 1, values });
  }
  reports = folder.at('reports');
});
afterAll(() => folder.close());

const trustee = (name: string, text: string) => folder.file(name, text);

describe('weir tieout', () => {
  it('ties every line of three dates, long or wide, by number or by date', async () => {
    const long = await trustee(
      'long.csv',
      [
        'period,line,amount',
        '1,A.interestPaid,4.00',
        '1,A.closing,500.00',
        '1,servicing.paid,1.00',
        '2,A.principalPaid,300.00',
        '2,A.factor,0.25',
        '2,residual.paid,1.80',
        '3,B.closing,0.00',
        '3,trigger.half,true',
        '3,principal.paid,400.00',
        '3,repaid,1000.00',
      ].join('\n'),
    );
    const wide = await trustee(
      'wide.csv',
      'paymentDate,A.opening,A.interestDue,B.interestPaid,collection.in,collection.out\n' +
        '2025-02-01,800.00,4.00,2.00,310.00,310.00\n2025-03-01,500.00,2.50,2.00,307.00,307.00\n2025-04-01,200.00,1.00,2.00,404.00,404.00\n',
    );
    const [first, second] = [
      await weir('tieout', deal, '--reports', reports, '--trustee', long),
      await weir('tieout', deal, '--reports', await folder.file('all.csv', COLLECTIONS), '--trustee', wide),
    ];
    expect([first.err, first.code]).toEqual(['', 0]);
    expect(first.out).toContain('10 figures of 3 payment dates compared, 0 differ');
    expect([second.err, second.code]).toEqual(['', 0]);
    expect(second.out).toContain('15 figures of 3 payment dates compared, 0 differ');
  });

  it('reads a trustee’s own names, dates and signs', async () => {
    // As a 10-D prints it: 300.00 of principal on 1 February is a change of the balance of A from 800.00 to 500.00.
    const file = await trustee(
      'printed.csv',
      'Distribution Date,Class A Notes,Change,Fee,WAC\n02/01/25,$ 500.00,$ (300.00),1.00,5.2 %\n03/01/25,200.00,(300.00),.70,5.1 %\n04/01/25,-,(200.00),.40,5 %\n',
    );
    const lines = await folder.file(
      'lines.csv',
      'name,line,sign\nDistribution Date,paymentDate,\nClass A Notes,A.closing,\nChange,A.principalPaid,-\nFee,servicing.paid,\nWAC,,\n',
    );
    const { code, out, err } = await weir('tieout', deal, '--reports', reports, '--trustee', file, '--lines', lines);
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain('9 figures of 3 payment dates compared, 0 differ');
    expect((await weir('tieout', deal, '--reports', reports, '--trustee', file)).err).toContain('are told by --lines');
  });

  it('reads a row a class, as servicers’ certificates have them', async () => {
    const file = await trustee(
      'classes.csv',
      'paymentDate,Class,Beginning,Principal,Ending,Factor\n' +
        '2025-02-01,A-1,$800.00,$300.00,$500.00,0.6250000\n2025-02-01,B,$200.00,$0.00,$200.00,1.0000000\n2025-02-01,Total,"$1,000.00",$300.00,$700.00,\n' +
        '2025-02-01,Certificates,,,9.99,\n',
    );
    const lines = await folder.file(
      'classes-lines.csv',
      'name,line\nClass,class\nBeginning,opening\nPrincipal,principalPaid\nEnding,closing\nFactor,factor\nA-1,A\nTotal,notes\nCertificates,\n',
    );
    const { code, out, err } = await weir('tieout', deal, '--reports', reports, '--trustee', file, '--lines', lines);
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain('11 figures of 3 payment dates compared, 0 differ');
    expect(out).toMatch(/\n {2}notes\.closing +1 +0 +700\.00/);
  });

  it('knows totals of all classes and opening factors', async () => {
    // 1,000.00 of notes: 700.00, 400.00 and 0.00 after the dates; on 1 February 4.00 + 2.00 of interest and 300.00 of principal.
    const file = await trustee(
      'totals.csv',
      'period,notes.opening,notes.closing,notes.interestPaid,notes.principalPaid,notes.paid,notes.factor,A.openingFactor\n' +
        '1,1000.00,700.00,6.00,300.00,306.00,0.7,1.0000000\n2,700.00,400.00,4.50,300.00,304.50,0.4,0.6250000\n3,400.00,0.00,3.00,400.00,403.00,0.0,0.2500000\n',
    );
    const { code, out, err } = await weir('tieout', deal, '--reports', reports, '--trustee', file);
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain('21 figures of 3 payment dates compared, 0 differ');
  });

  it('puts reports that only say their date in its order', async () => {
    const [head = '', ...rows] = COLLECTIONS.trim().split('\n');
    const dates = ['2/1/2025', '3/1/2025', '4/1/2025'];
    const dated = rows.map((row, index) => row.replace(/^\d+/, dates[index] ?? '')).reverse();
    const file = await folder.file('dated.csv', [head.replace('period', 'paymentDate'), ...dated].join('\n'));
    const figures = await trustee('closing.csv', 'period,A.closing\n1,500.00\n2,200.00\n3,0.00\n');
    expect((await weir('tieout', deal, '--reports', file, '--trustee', figures)).code).toBe(0);
  });

  it('reads a servicer’s own names, titles and further columns, and names those that it does not use', async () => {
    const file = await folder.file(
      'servicer.csv',
      'Auto Trust,,,,\nServicer’s certificate,,,,\nDistribution Date,Beginning Pool,Interest,Principal,Loans\n' +
        '02/01/25,"$ 1,000.00",10.00,(300.00),71\n03/01/25,700.00,7.00,(300.00),60\n04/01/25,400.00,4.00,(400.00),0\n',
    );
    const items = await folder.file(
      'items.csv',
      'name,item,sign\nDistribution Date,paymentDate,\nBeginning Pool,poolOpening,\nInterest,interestCollected,\nPrincipal,principalCollected,-\n',
    );
    const figures = await trustee('closing.csv', 'period,A.closing\n1,500.00\n2,200.00\n3,0.00\n');
    const { code, out, err } = await weir('tieout', deal, '--reports', file, '--items', items, '--trustee', figures);
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain('3 figures of 3 payment dates compared, 0 differ');
    expect(out).toContain('Not used of the servicer’s file: Loans\n');
    const json = await weir('tieout', deal, '--reports', file, '--items', items, '--trustee', figures, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ compared: 3, unused: ['Loans'] });
    const folderGiven = await weir('tieout', deal, '--reports', reports, '--items', items, '--trustee', figures);
    expect(folderGiven.err).toContain('give one as --reports');
  });

  it('passes over titles above a header in the deal’s names', async () => {
    const file = await folder.file('titled.csv', `Auto Trust\n${COLLECTIONS}`);
    const figures = await trustee('closing.csv', 'period,A.closing\n1,500.00\n2,200.00\n3,0.00\n');
    expect((await weir('tieout', deal, '--reports', file, '--trustee', figures)).code).toBe(0);
  });

  it('lists each variance, and the sums of its line, and exits 1', async () => {
    // A was paid 4.00, 2.50 and 1.00, in all 7.50; the trustee has 7.52.
    const file = await trustee(
      'off.csv',
      'period,A.interestPaid,A.closing\n1,4.02,500.00\n2,2.50,200.00\n3,1.00,0.00\n',
    );
    const { code, out } = await weir('tieout', deal, '--reports', reports, '--trustee', file);
    expect(code).toBe(1);
    expect(out).toMatch(/\n {2}2025-02-01 +A\.interestPaid +4\.02 +4\.00 +0\.02\n/);
    expect(out).toMatch(/\n {2}A\.interestPaid +3 +1 +7\.52 +7\.50 +0\.02\n/);
    expect(out).toMatch(/\n {2}A\.closing +3 +0 +700\.00 +700\.00 +0\.00\n/);
    expect((await weir('tieout', deal, '--reports', reports, '--trustee', file, '--tolerance', '0.02')).code).toBe(0);
  });

  it('gives variances as JSON with the line of the trustee’s file', async () => {
    const file = await trustee('json.csv', 'period,line,amount\n1,A.closing,500.00\n2,A.closing,199.99\n');
    const { out } = await weir('tieout', deal, '--reports', reports, '--trustee', file, '--json');
    const { compared, variances } = JSON.parse(out) as { compared: number; variances: object[] };
    expect(compared).toBe(2);
    expect(variances).toEqual([
      {
        period: 2,
        paymentDate: '2025-03-01',
        line: 'A.closing',
        fileLine: 3,
        trustee: '199.99',
        computed: '200.00',
        difference: '-0.01',
      },
    ]);
  });

  it('allows a factor half of its last digit', async () => {
    // 500 ÷ 800 is 0.625: 0.63 with two decimals ties, 0.62 and 0.6 do too by half a digit, 0.61 does not.
    const tie = async (factor: string) => {
      const file = await trustee(`factor-${factor}.csv`, `period,line,amount\n1,A.factor,${factor}\n`);
      return (await weir('tieout', deal, '--reports', reports, '--trustee', file)).code;
    };
    expect([await tie('0.63'), await tie('62.5 %'), await tie('0.61')]).toEqual([0, 0, 1]);
    // A basis point is 0.0001: 6,250 of them are 0.625, and half of one is allowed.
    expect([await tie('6250 bp'), await tie('6249 bp')]).toEqual([0, 1]);
  });

  it('names lines and dates that are none, all at once, and exits 2', async () => {
    const file = await trustee(
      'bad.csv',
      'paymentDate,line,amount\n2025-02-01,A.intrestPaid,1.00\n2025-02-02,A.closing,1.00\n',
    );
    const { code, err } = await weir('tieout', deal, '--reports', reports, '--trustee', file);
    expect(code).toBe(2);
    expect(err).toContain('the deal has no figure "A.intrestPaid"; did you mean "A.interestPaid"?');
    expect(err).toContain('line 3: "2025-02-02" is no payment date of the deal');
  });

  it('names the report that is missing', async () => {
    await folder.file('gap/report-1.json', { period: 1, values: MONTHS[0] });
    await folder.file('gap/report-3.json', { period: 3, values: MONTHS[2] });
    const file = await trustee('any.csv', 'period,line,amount\n1,A.closing,500.00\n');
    const { code, err } = await weir('tieout', deal, '--reports', folder.at('gap'), '--trustee', file);
    expect(code).toBe(2);
    expect(err).toContain('the report of payment date 2 is missing');
  });
});
