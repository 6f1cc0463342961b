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
    expect(out).toContain('A: 800.00; coupon 6 %, 30/360, accrual unadjusted.');
    expect(out).toContain('The first is 2025-02-01, the last 2025-04-01.');
    expect(out).toContain('servicing: to the servicer: 1.2 % / 12 * poolOpening; what is unpaid is owed again.');
    expect(out).toContain('half: is on when A.opening <= 400.00 USD.');
    expect(out).toContain('  4.  Principal: pays principal of principalCollected to A, then B from collection.');
    expect(out).toContain('  5.  Residual: pays all that is left to the sponsor from collection.');
    expect(out).toContain('│ collection │◀── servicer: interestCollected + principalCollected');
    expect(out).toMatch(/└─▶ {2}5 Residual +sponsor\n/);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('draws a Mermaid flowchart', async () => {
    const { out } = await weir('explain', deal, '--mermaid');
    expect(out).toMatch(/^flowchart TD\n/);
    expect(out).toContain('n1(["servicer"])');
    expect(out).toMatch(/n1 -->\|"interestCollected \+ principalCollected"\| n2/);
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
