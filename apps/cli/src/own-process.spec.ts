import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AUDIT_GENESIS, chainRecord, exportAuditLog } from '@weir/audit';
import { autoTape } from './auto-tape.fixture.js';
import { weir, weirProcess } from './run-weir.fixture.js';
import { COLLECTIONS, Folder, MONTHS, TINY } from './tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(120_000);

const folder = new Folder();
beforeAll(async () => {
  await folder.open();
  await folder.file('deal.yaml', TINY);
  await folder.file('wrong.yaml', TINY.replace('interest: B', 'interest: BB'));
  await folder.file('collections.csv', COLLECTIONS);
  await folder.file('report.json', { period: 1, values: MONTHS[0] });
  await folder.file('trustee.csv', 'period,A.closing\n1,501.00\n');
  await folder.file('audit.jsonl', exportAuditLog([chainRecord(AUDIT_GENESIS, { who: 'ida', what: 'deal.close' })]));
  await folder.file('january.csv', autoTape({}, {}));
});
afterAll(() => folder.close());

// The other specs run the command many times in one process: here each command ends as the process that a user starts.
describe('a command in a process of its own prints and exits as it does after others', () => {
  const at = (name: string): string => `@${name}`;
  it.each<[args: string[], code: number]>([
    [['--help'], 0],
    [['chek', at('deal.yaml')], 2],
    [['check', at('deal.yaml')], 0],
    [['check', at('wrong.yaml')], 1],
    [['check', at('none.yaml')], 2],
    [['explain', at('deal.yaml')], 0],
    [['project', at('deal.yaml'), '--collections', at('collections.csv')], 0],
    [['scenarios', at('deal.yaml'), '--collections', at('collections.csv'), '--set', at('none.yaml')], 2],
    [
      ['solve', at('deal.yaml'), '--collections', at('collections.csv'), '--for', 'tranches.A.coupon', '--until', 'x'],
      2,
    ],
    [['pay', at('deal.yaml'), '--report', at('report.json')], 0],
    [['tieout', at('deal.yaml'), '--reports', at('collections.csv'), '--trustee', at('trustee.csv')], 1],
    [['amend', at('deal.yaml'), at('deal.yaml'), '--state', 'closing'], 0],
    [['restate', at('deal.yaml'), '--was', at('report.json'), '--is', at('none.json')], 2],
    [['tape', at('january.csv')], 0],
    [['expected', '--tape', at('january.csv'), '--previous', at('none.csv')], 2],
    [['audit', at('audit.jsonl'), '--unsealed'], 0],
    [['verify', at('none'), '--rpc', 'http://127.0.0.1:9', '--period', '1'], 2],
    [['deploy', '--rpc', 'http://127.0.0.1:9', '--check', at('none.json')], 2],
  ])('%j exits %d', async (args, code) => {
    const given = args.map((arg) => (arg.startsWith('@') ? folder.at(arg.slice(1)) : arg));
    const [alone, after] = [await weirProcess(...given), await weir(...given)];
    expect(alone.code).toBe(code);
    expect(after).toEqual(alone);
  });
});
