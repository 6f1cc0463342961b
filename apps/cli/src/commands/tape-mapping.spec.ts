import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder } from '../tiny-deal.fixture.js';
import { workbook } from '../workbook.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(120_000);

const TEMPLATE = fileURLToPath(new URL('../../../../libs/deal/templates/auto.yaml', import.meta.url));

const LOANS = [
  'Loan Number,Original Date,Maturity,Original Balance,Current Balance,Rate,Term,Payment,Status,State,FICO',
  '1001,03/25/2019,03/25/2027,400000.00,300000.50,6.90,96,5433.00,Current,CA,702',
  '1002,11/30/2018,11/30/2026,350000.00,280000.00,4.50,96,4347.00,30 Days,TX,655',
].join('\n');

const folder = new Folder();
let file = '';
beforeAll(async () => {
  await folder.open();
  file = folder.at('loans.xlsx');
  await writeFile(file, await workbook({ Loans: LOANS }));
});
afterAll(() => folder.close());

describe('a servicer’s own workbook of automobile loans', () => {
  it('is mapped, read, and projected by what it has, and says what it lacks', async () => {
    const mapping = folder.at('mapping.json');
    const proposed = await weir('tape', file, '--class', 'auto-loan', '--propose', mapping);
    expect(proposed.code).toBe(0);
    expect(proposed.out).toContain('The file can be read without these columns, but:');
    const read = await weir('tape', file, '--mapping', mapping, '--deal', TEMPLATE);
    expect(read.code).toBe(0);
    // 300,000.50 + 280,000.00.
    expect(read.out).toContain('pool: 2 loans, opening 580,000.50, closing 580,000.50; 0 excluded, 0 blocked');
    expect(read.out).toContain('days-reckoned: no column states days past due: they are reckoned in 2 rows');
    expect(read.out).toMatch(/Columns that are not there:\n {2}.*does not say which month it is of/);
    const projected = await weir('project', TEMPLATE, '--tape', file, '--mapping', mapping);
    expect(projected.code).toBe(0);
    expect(projected.out).toMatch(/2 loans of the tape\s+\(closing\s+balances\)/);
  });

  it('asks which class it is of where its names do not say so', async () => {
    const { code, out } = await weir('tape', file, '--propose', folder.at('other.json'));
    expect(code).toBe(1);
    expect(out).toContain(
      'looks like a tape of auto-loan, and as much like one of consumer-loan: say which it is by --class',
    );
  });

  it('is refused by a mapping under which its figures do not read, with a status that says so', async () => {
    const mapping = folder.at('wrong.json');
    await weir('tape', file, '--class', 'consumer-loan', '--propose', mapping);
    const text = (await readFile(mapping, 'utf8')).replace('"MM/DD/YYYY"', '"DD.MM.YYYY"');
    const wrong = await folder.file('wrong.json', text);
    const { code, out } = await weir('tape', file, '--mapping', wrong, '--json');
    expect(code).toBe(1);
    const { pool, findings } = JSON.parse(out) as { pool: { blocked: number }; findings: { rule: string }[] };
    // The dates of origination are of another form in both rows.
    expect(pool.blocked).toBe(2);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'not-a-date', weight: 'blocks', findings: 2, rows: 2 }),
    );
  });
});

describe('the fields of the loan model', () => {
  it('are listed with type, unit and what they are good for, of one class or of all', async () => {
    const { code, out } = await weir('tape', '--fields', '--class', 'consumer-loan');
    expect(code).toBe(0);
    expect(out).toMatch(/^consumer-loan: unsecured consumer loans\n/);
    expect(out).toMatch(/\n +closingBalance +amount +units of the currency +required +current balance, /);
    expect(out).toMatch(/\n +interestRate +rate +fraction \(0\.0687\) +0 to 1 +to project +rate, apr, /);
    expect(out).toMatch(/\n +daysPastDue +whole number +days +delinquency +dpd, /);
    const all = JSON.parse((await weir('tape', '--fields', '--json')).out) as {
      assetClass: string;
      fields: unknown[];
    }[];
    expect(all).toHaveLength(8);
    expect(all.find(({ assetClass }) => assetClass === 'residential-mortgage')?.fields).toContainEqual(
      expect.objectContaining({ name: 'currentPrincipalBalance', type: 'amount', required: true, esma: 'RREL30' }),
    );
  });

  it('take the place of a tape, which is needed otherwise', async () => {
    const { code, err } = await weir('tape');
    expect(code).toBe(2);
    expect(err).toContain('name a tape, or list the fields of a mapping by --fields');
  });

  it('are what a mapping names; one that is misspelt is told', async () => {
    const mapping = { form: 1, assetClass: 'auto-loan', columns: [{ column: 'Rate', field: 'loanMaturtyDate' }] };
    const path = await folder.file('misspelt.json', JSON.stringify(mapping));
    const { code, err } = await weir('tape', file, '--mapping', path);
    expect(code).toBe(2);
    expect(err).toContain('did you mean "loanMaturityDate"?');
  });
});

describe('a corrected tape', () => {
  it('shows a cell that did not read as the last file had it', async () => {
    const head = 'loanNumber,closingBalance,interestRate\n';
    const last = await folder.file('last.csv', `${head}1,=1+1,0.05\n2,90.00,0.06\n`);
    const corrected = await folder.file('corrected.csv', `${head}1,80.00,0.05\n2,90.00,0.06\n`);
    const { code, out } = await weir('tape', corrected, '--class', 'consumer-loan', '--corrects', last);
    expect(code).toBe(0);
    expect(out).toContain('1 value of 1 loan changed; 1 finding resolved, 0 new');
    expect(out).toMatch(/\n +2 +1 +closingBalance +"=1\+1" +80\.00/);
  });
});
