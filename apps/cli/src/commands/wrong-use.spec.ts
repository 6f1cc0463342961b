import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, MONTHS, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
const files: Record<string, string> = {};
beforeAll(async () => {
  await folder.open();
  files['DEAL'] = await folder.file('deal.yaml', TINY);
  files['REPORT'] = await folder.file('report.json', { period: 1, values: MONTHS[0] });
  files['NOTES'] = await folder.file('notes.txt', '# my notes\nnone\n');
  files['TWICE'] = folder.at('twice.json');
  await writeFile(files['TWICE'], '{"period": 1,\n "values": {"poolOpening": "1.00",\n "poolOpening": "2.00"}}');
  files['COLLECTIONS'] = await folder.file('collections.csv', COLLECTIONS);
  files['GONE'] = folder.at('gone/state.json');
  files['FOLDER'] = folder.at('.');
  const encoded = { LATIN: Buffer.from(TINY.replace('sponsor: S', 'sponsor: Crédit'), 'latin1') };
  const unicode = { UTF16: Buffer.from(`\ufeff${COLLECTIONS}`, 'utf16le') };
  for (const [name, bytes] of Object.entries({ ...encoded, ...unicode })) {
    files[name] = folder.at(name.toLowerCase());
    await writeFile(files[name], bytes);
  }
});
afterAll(() => folder.close());

const named = (args: string): string[] => args.split(' ').map((arg) => files[arg] ?? arg);

describe('a command that is used wrongly exits 2, prints nothing, and says what to do', () => {
  it.each([
    ['pay DEAL', /required option '--report <file>' not specified/],
    ['pay DEAL --report REPORT --bogus', /unknown option '--bogus'/],
    ['pay DEAL --report TWICE', /twice\.json cannot be read \(a name stands twice on line 3\): keep one\n$/],
    ['pay DEAL --report gone.json', /gone\.json cannot be read \(there is no such file\): check the path/],
    ['pay DEAL --report FOLDER', /cannot be read \(it is a folder\)/],
    ['pay DEAL --report NOTES', /it is no JSON: .*: give a report as \.json, \.yaml or \.csv\n$/],
    ['pay DEAL --report REPORT --deposit 12x', /--deposit is "12x": give an amount with at most two decimals/],
    ['pay DEAL --report REPORT --state REPORT', /state\.balance\.A \(money\)/],
    ['pay DEAL --report REPORT --next GONE', /cannot be written \(its folder is not there\); nothing was written/],
    ['pay DEAL --report REPORT --next FOLDER', /cannot be written \(it is a folder\)/],
    ['tieout DEAL --reports COLLECTIONS --trustee REPORT', /it is JSON: give CSV, whose first row names the columns/],
    ['tieout DEAL --reports COLLECTIONS --trustee COLLECTIONS --tolerance x', /--tolerance is "x": give an amount/],
    ['check LATIN', /latin cannot be read \(it is no UTF-8 text\): save it as UTF-8\n$/],
    ['tieout DEAL --reports COLLECTIONS --trustee UTF16', /utf16 cannot be read \(it is UTF-16\): save it as UTF-8\n$/],
    ['project DEAL', /give the collateral by one of --pool, --tape and --collections/],
    ['project DEAL --collections COLLECTIONS --out REPORT', /there is a file of that name/],
    ['amend DEAL DEAL --state NOTES', /it is no JSON: .*: give a JSON file/],
    ['restate DEAL --was REPORT --is gone.json --reason x', /gone\.json cannot be read/],
  ])('weir %s', async (args, message) => {
    const { code, out, err } = await weir(...named(args));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('leaves what stood where a file could not be replaced, and no half-written file', async () => {
    const target = await folder.file('out/flows-base.csv/kept.txt', 'kept');
    const { code, err } = await weir(...named(`project DEAL --collections COLLECTIONS --out ${folder.at('out')}`));
    expect(code).toBe(2);
    expect(err).toMatch(/flows-base\.csv cannot be written \(it is a folder\)/);
    expect(await readFile(target, 'utf8')).toBe('kept');
    expect(await readdir(folder.at('out'))).toEqual(['flows-base.csv']);
  });
});

describe('weir project --out', () => {
  it('writes a folder of tables with headers, units, dates and totals', async () => {
    const out = folder.at('tables');
    const scenario = await folder.file('par.yaml', 'prices: [100]\n');
    await weir(...named(`project DEAL --collections COLLECTIONS --scenario ${scenario} --out ${out}`));
    const read = (name: string): Promise<string> => readFile(`${out}/${name}`, 'utf8');
    expect((await readdir(out)).sort()).toEqual([
      'collateral-base.csv',
      'flows-base.csv',
      'projection.json',
      'projection.txt',
      'summary.csv',
      'tables.csv',
      'units.csv',
    ]);
    // (300 × 1 + 300 × 2 + 200 × 3) ÷ 800 months are 0.15625 years; 4.00 + 2.50 + 1.00 of interest.
    expect(await read('summary.csv')).toContain(
      '\nbase,A,USD,800.00,0.156250,2025-02-01,2025-04-01,7.50,800.00,0.00,0.00,0.00,true\n',
    );
    expect(await read('units.csv')).toMatch(/\nA\.rate,fraction a year \(0\.05 is 5 %\)\nA\.interestDue,USD amount\n/);
    // 2 × (1.005^6 − 1) = 6.0755019 %.
    expect(await read('tables.csv')).toMatch(
      /\nA,base,maturity,price,100,yield,0\.06075502,0\.1\d+,0\.15625,2025-02-01,/,
    );
    expect(await read('flows-base.csv')).toMatch(/^period,paymentDate,A\.opening,.*\n1,2025-02-01,800\.00,/);
  });
});
