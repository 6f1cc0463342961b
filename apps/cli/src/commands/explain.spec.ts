import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let deal: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY);
});
afterAll(() => folder.close());

describe('weir explain', () => {
  it('tells classes, fees, triggers and every step in sentences, and draws the flow of cash', async () => {
    const { code, out } = await weir('explain', deal);
    expect(code).toBe(0);
    expect(out).toContain('A: 800.00 USD; coupon 6 %, 30/360 between payment dates as written.');
    expect(out).toContain('the first on\n  2025-02-01, the last on 2025-04-01.');
    expect(out).toContain('Servicing fee: to the servicer: 1.2 % ÷ 12 × pool opening; what is unpaid is owed again.');
    expect(out).toContain('Half: is on when opening balance of A is at most 400.00 USD.');
    expect(out).toContain(
      '  4.  Principal: pays principal of principal collected to A, then B from the collection account.',
    );
    expect(out).toContain('  5.  Residual: pays all that is left to the sponsor from the collection account.');
    expect(out).toContain('│ collection │◀── servicer: interest collected + principal collected');
    expect(out).toMatch(/└─▶ {2}5 Residual +sponsor\n/);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('tells formulas in words: greater and lesser, brackets where they are needed, grouped amounts, percentages', async () => {
    const formulas = [
      'formulas:',
      '  target: max(1.5 % * A.opening, 1500000.00 USD)',
      '  gap: poolOpening - (target - repaid) / 2',
      '  repaid: cumulative(principalCollected)',
      '  step: if(not half, 0.375 %, 121.5 %)',
      '  capped: 2 * min(target, gap)',
      '',
    ].join('\n');
    const text = TINY.replace('formulas: { repaid: cumulative(principalCollected) }\n', formulas);
    const { out, err } = await weir('explain', await folder.file('formulas.yaml', text));
    expect(err).toBe('');
    expect(out).toContain('–  Target: the greater of 1.5 % × opening balance of A and 1,500,000.00 USD.');
    expect(out).toContain('–  Gap: pool opening − (target − repaid) ÷ 2.');
    expect(out).toContain('–  Repaid: cumulative principal collected.');
    expect(out).toContain('–  Step: 0.375 % if not half, else 121.5 %.');
    expect(out).toContain('–  Capped: 2 × (the lesser of target and gap).');
  });

  it('tells how an index is made, what is owned of other deals, and what an amendment takes over', async () => {
    const index =
      '{ unit: rate, index: { method: compounded, lookback: 5 business days, basis: ACT/360, decimals: 5, ' +
      'calendar: us-government-securities } }';
    const text = TINY.replace('poolOpening: money', `poolOpening: money\n  sofr: ${index}`)
      .replace('collateral: {', 'collateral: { underlying: { pass: { deal: below.yaml, class: A, share: 25 % } },')
      .replace(
        'weir: 1',
        `weir: 1\namends:\n  program: '0x${'1'.repeat(64)}'\n  fromPeriod: 2\n  dropped: { trigger.old: the test is no longer made }`,
      );
    const { out, err } = await weir('explain', await folder.file('amended.yaml', text));
    expect(err).toBe('');
    const joined = out.replace(/\s+/g, ' ');
    expect(joined).toContain('SOFR: rate a year; an index compounded daily in arrears, over the interest period');
    expect(joined).toContain('looking back 5 business days, a year of 360 days, the US government securities calendar');
    expect(joined).toContain('rounded half up to 5 decimals of a percent');
    expect(joined).toContain('Pass: 25.00 % of class A of the deal in below.yaml.');
    expect(joined).toContain('From payment date 2 on this document takes the place of the program 0x1111');
    expect(joined).toContain('Trigger.old: is given up: the test is no longer made.');
  });

  it('draws a Mermaid flowchart', async () => {
    const { out } = await weir('explain', deal, '--mermaid');
    expect(out).toMatch(/^flowchart TD\n/);
    expect(out).toContain('n1(["servicer"])');
    expect(out).toMatch(/n1 -->\|"interest collected \+ principal collected"\| n2/);
    expect(out).toMatch(/\["3\. Interest B"\]/);
  });

  it('writes Markdown with the flowchart to a file', async () => {
    const path = folder.at('deal.md');
    const { code, out } = await weir('explain', deal, '--out', path);
    expect([code, out]).toEqual([0, '']);
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/^# Two classes\n/);
    expect(text).toContain('```mermaid\nflowchart TD');
  });

  it.each(['prime-auto', 'rmbs-uk', 'clo', 'warehouse'])(
    'tells the template %s in lines of a hundred columns',
    async (name) => {
      const { code, out } = await weir('explain', `libs/deal/templates/${name}.yaml`);
      expect(code).toBe(0);
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      expect(out).toContain('THE FLOW OF CASH');
    },
  );

  it('gives the errors of a document with line and column, and exits 2', async () => {
    const path = await folder.file('bad.yaml', TINY.replace('interest: B', 'interest: BB'));
    const { code, out, err } = await weir('explain', path);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/bad\.yaml:\d+:\d+: error: .*BB/);
  });
});
