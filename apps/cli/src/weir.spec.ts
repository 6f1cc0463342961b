import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDIT_GENESIS, chainRecord, exportAuditLog, sealToJson } from '@weir/audit';
import { generateTape } from '@weir/collateral';
import { ROOT, weir } from './run-weir.fixture.js';

const TEMPLATE = 'libs/deal/templates/auto.yaml';
const HASH = /0x[0-9a-f]{64}/;
let folder: string;
let template: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-cli-'));
  template = await readFile(join(ROOT, TEMPLATE), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Line, from 1, of the first line that holds a text. */
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('weir check', () => {
  it('compiles the template over a pool and prints hashes, size and the tranches’ faces', async () => {
    const { code, out } = await weir('check', TEMPLATE, '--cut-off-pool', '183639404.43');
    expect(code).toBe(0);
    expect(out).toMatch(
      /document hash +0x[0-9a-f]{64}\nprogram hash +0x[0-9a-f]{64}\nsize +\d+ bytes, \d+ instructions/,
    );
    // 80 %, 8 % and 5 % of 183,639,404.43, each rounded down to 1,000; the reserve is 1 % to the cent.
    expect(out).toContain('A 146,911,000.00, B 14,691,000.00, C 9,181,000.00');
    expect(out).toContain('1,836,394.04 into the accounts');
  });

  it('takes the pool from the document, and says what its bound of gas is made of', async () => {
    const { code, out } = await weir('check', 'libs/deal/templates/prime-auto.yaml', '--gas', '--json');
    expect(code).toBe(0);
    const { program } = JSON.parse(out) as { program: { gas: Record<string, number>; tranches: string[] } };
    expect(program.tranches[0]).toBe('A1 205,000,000.00');
    const { steady = 0, first, data = 0, machine = 0 } = program.gas;
    // The first month has no dust to carry on and nobody is owed anything yet.
    expect(first).toBeLessThanOrEqual(steady);
    // A transaction costs 21,000 before anything else.
    expect(steady).toBeGreaterThan(data + machine + 21_000);
    const { out: told } = await weir('check', TEMPLATE, '--pool', '183639404.43', '--gas');
    expect(told).toMatch(/\ngas to settle +\d{3},\d{3} at most in any month\n +\d{2,3},\d{3} of it by the dearest way/);
  });

  it('gives another program hash for another pool, the same for the same', async () => {
    const hashOf = async (pool: string) => {
      const { out } = await weir('check', TEMPLATE, '--cut-off-pool', pool, '--json');
      return (JSON.parse(out) as { program: { programHash: string } }).program.programHash;
    };
    const [first, again, other] = [await hashOf('1000000.00'), await hashOf('1000000.00'), await hashOf('2000000.00')];
    expect(first).toMatch(HASH);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('says file, line and column of a typo in a tranche name, and exits 1', async () => {
    const line = template.split('\n').findIndex((text) => text.includes('interest: B')) + 1;
    const path = await file('typo.yaml', template.replace('interest: B', 'interest: BB'));
    const { code, out } = await weir('check', path);
    expect(code).toBe(1);
    // "    interest: BB": the name starts at column 15.
    expect(out).toContain(`${path}:${line}:15: error: `);
    expect(out).toContain('BB');
  });

  it('says with it what only compiling finds, as do the other commands', async () => {
    const typo = template.replace('interest: B', 'interest: BB').replace('share: 5 %', 'share: 0.01 %');
    const path = await file('both.yaml', typo);
    const [cited, small] = ['interest: BB', '- name: C'].map((part) => lineOf(typo, part));
    const { code, out } = await weir('check', path, '--cut-off-pool', '1000000.00');
    expect(code).toBe(1);
    // Class C has 100.00 of 1,000,000.00, and is rounded down to 1,000.00.
    expect(out.match(/^.*: error: /gm)).toEqual([`${path}:${small}:5: error: `, `${path}:${cited}:15: error: `]);
    const told = await weir('explain', path, '--cut-off-pool', '1000000.00');
    expect(told.err).toContain(`${path}:${small}:5: error: `);
    expect(told.err).toContain(`${path}:${cited}:15: error: `);
    // Without the pool it is not known how large the class is.
    expect((await weir('check', path)).out.match(/: error: /g)).toHaveLength(1);
  });

  it('reads deal.yaml of a folder, and asks for the pool when there is none', async () => {
    await file('deal.yaml', template);
    const { code, out } = await weir('check', folder);
    expect(code).toBe(0);
    expect(out).toContain('give --cut-off-pool');
  });

  it('lists the instructions on demand', async () => {
    const { out } = await weir('check', TEMPLATE, '--cut-off-pool', '183639404.43', '--listing');
    expect(out).toMatch(/PAY +C0\(deposit\)/);
  });

  it.each([
    [['check', 'nowhere.yaml'], /^weir: nowhere.yaml cannot be read \(there is no such file\): check the path\n$/],
    [
      ['check', TEMPLATE, '--cut-off-pool', '1,000'],
      /^weir: --cut-off-pool is "1,000": give an amount with at most two decimals and no separators/,
    ],
  ])('%j fails with one clear line', async (args, message) => {
    const { code, out, err } = await weir(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('weir audit', () => {
  const first = chainRecord(AUDIT_GENESIS, { who: 'ida', what: 'deal.close' });
  const second = chainRecord(first.hash, { who: 'olu', what: 'report.sign', amount: '12.50' });
  const log = exportAuditLog([first, second]);

  it('accepts a log as exported, and its seal', async () => {
    const path = await file('log.jsonl', log);
    const { code, out } = await weir('audit', path, '--head', second.hash, '--count', '2');
    expect(code).toBe(0);
    expect(out).toBe(`✔ ${path}: 2 records in one chain, ending in ${second.hash}; the seal of 2 records holds\n`);
  });

  it('says on which line an edit broke it', async () => {
    const path = await file('edited.jsonl', log.replace('12.50', '12.51'));
    const { code, out } = await weir('audit', path, '--unsealed');
    expect(code).toBe(1);
    // Line 1 is the header, so the second record is line 3.
    expect(out).toContain(`✖ ${path}:3: the record was edited`);
  });

  it('shows a tail that was cut off against the seal', async () => {
    const path = await file('cut.jsonl', exportAuditLog([first]));
    const { code, out } = await weir('audit', path, '--head', second.hash, '--count', '2');
    expect(code).toBe(1);
    expect(out).toContain('its tail was cut off');
  });

  it('takes the seal that lies beside the log', async () => {
    const path = await file('sealed.jsonl', exportAuditLog([first]));
    await file('sealed.seal.json', sealToJson({ head: second.hash, count: 2 }));
    const { code, out } = await weir('audit', path);
    expect(code).toBe(1);
    expect(out).toContain('its tail was cut off');
  });

  it('does not call a log without a seal whole', async () => {
    const path = await file('bare.jsonl', exportAuditLog([]));
    const { code, err } = await weir('audit', path);
    expect(code).toBe(2);
    expect(err).toMatch(/has no seal at .*bare\.seal\.json/);
    expect((await weir('audit', path, '--unsealed')).code).toBe(0);
  });

  it('refuses half a seal', async () => {
    const { code, err } = await weir('audit', await file('log.jsonl', log), '--count', '2');
    expect(code).toBe(2);
    expect(err).toMatch(/--head is ""/);
  });
});

describe('weir tape', () => {
  // A cell of one row is NA, one of another no number, and two rows are of one loan: four rows are blocked.
  const blocked = generateTape({
    seed: 7,
    month: 1,
    loans: 50,
    plant: ['missing-cell', 'not-a-number', 'duplicate-key'],
  });

  it('says of every row whether it is in the pool, excluded or blocked, and which cells are missing', async () => {
    const { code, out } = await weir('tape', await file('blocked.csv', blocked), '--deal', TEMPLATE, '--json');
    expect(code).toBe(1);
    const { rows, pool, missing } = JSON.parse(out) as {
      rows: number;
      pool: { loans: number; excluded: number; blocked: number };
      missing: Record<string, number>;
    };
    expect([rows, pool.blocked]).toEqual([50, 4]);
    expect(pool.loans).toBeGreaterThan(0);
    expect(pool.loans + pool.excluded + pool.blocked).toBe(rows);
    expect(missing).toMatchObject({ actualPrincipalCollectedAmount: 1 });
  });

  it('says the same to people', async () => {
    const { out } = await weir('tape', await file('blocked.csv', blocked), '--deal', TEMPLATE);
    const [, loans, excluded] = /pool: (\d+) loans, .*; (\d+) excluded, 4 blocked\n/.exec(out) ?? [];
    expect(Number(loans) + Number(excluded)).toBe(50 - 4);
    expect(out).toMatch(
      /\nCells that are empty or NA, of the columns that are read:\n(?: .*\n)* {2}actualPrincipalCollectedAmount +1\n/,
    );
  });

  it('proposes a mapping of other columns, and reads by it, with findings as CSV and tables', async () => {
    const lines = [
      'Account No;Int Rate;Curr Balance;Orig Date',
      '1;12,5;1.000,00;31.01.2020',
      '2;9,25;=1+1;28.02.2020',
    ];
    const path = await file('foreign.csv', `${lines.join('\n')}\n`);
    const [mapping, findings] = [join(folder, 'mapping.json'), join(folder, 'findings.csv')];
    const proposed = await weir('tape', path, '--class', 'consumer-loan', '--propose', mapping);
    expect(proposed.out).toMatch(/Int Rate +interestRate +\d+ % +percentage, decimals ","/);
    expect(proposed.out).toMatch(/Why:[^]*Int Rate: the name is "int rate"; .*as percentages/);
    const read = await weir('tape', path, '--mapping', mapping, '--findings', findings, '--strats');
    expect(read.code).toBe(1);
    expect(read.out).toMatch(/By interest rate\n.*\n.*\n {2}12 % to under 13 % +1 +1,000.00 +100.00 % +12.50 %/);
    expect(await readFile(findings, 'utf8')).toMatch(/\n3,Curr Balance,'=1\+1,not-a-number,blocks,/);
  });

  it('takes a tape of another format by its content', async () => {
    const asset =
      '<assetNumber>7</assetNumber><reportingPeriodEndActualSecuritizationAmount>5.00</reportingPeriodEndActualSecuritizationAmount>';
    const path = await file('tape.csv', `<assetData><assets>${asset}</assets></assetData>`);
    const { code, out } = await weir('tape', path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rows: 1, format: 'abs-ee-xml', assetClass: 'auto-lease' });
  });

  it('compares with the tapes before, checks limits, and tells what a corrected tape changes', async () => {
    const tape = (month: number, plant: readonly 'does-not-roll'[] = []) =>
      generateTape({ seed: 3, month, loans: 60, plant });
    const before = await file('june.csv', tape(1).replace(/^[^\n]*,20200000017,.*\n/m, ''));
    const wrong = await file('july-wrong.csv', tape(2, ['does-not-roll']));
    const path = await file('july.csv', tape(2).replace(/^[^\n]*,20200000004,.*\n/m, ''));
    const limits = JSON.stringify([{ id: 'a state', field: 'obligorGeographicLocation', each: true, most: '1 %' }]);
    const more = ['--before', before, '--corrects', wrong, '--limits', await file('limits.json', limits), '--json'];
    const { code, out } = await weir('tape', path, '--key', 'assetNumber', ...more);
    const answer = JSON.parse(out) as {
      findings: { rule: string; rows: number }[];
      limits: { breached: boolean }[];
      vintages: unknown[];
      difference: { removed: string[]; changes: { field: string }[]; resolved: { rule: string }[] };
    };
    expect(code).toBe(1);
    expect(answer.findings).toContainEqual(expect.objectContaining({ rule: 'loan-vanished', findings: 1 }));
    expect(answer.limits).toEqual([expect.objectContaining({ breached: true })]);
    expect(answer.vintages.length).toBeGreaterThan(1);
    expect(answer.difference.removed).toEqual(['20200000004']);
    expect(answer.difference.changes.map(({ field }) => field)).toEqual(['reportingPeriodActualEndBalanceAmount']);
    expect(answer.difference.resolved.map(({ rule }) => rule)).toContain('does-not-roll');
  });

  it('names the columns that a tape lacks', async () => {
    const path = await file('narrow.csv', 'assetNumber,originalLoanAmount,obligorCreditScore\n1,2,700\n');
    const { code, err } = await weir('tape', path, '--deal', TEMPLATE);
    expect(code).toBe(2);
    expect(err).toMatch(/^weir: .*reportingPeriodBeginningLoanBalanceAmount.*\n$/);
  });

  it('fails with one clear line on a file that is no tape', async () => {
    const path = await file('tape.csv', 'a,b\n1,2\n');
    const { code, err } = await weir('tape', path, '--deal', TEMPLATE);
    expect(code).toBe(2);
    expect(err).toMatch(/^weir: the tape cannot be read \(line 1\): .*\n$/);
  });
});

describe('weir verify', () => {
  let node: Server;
  let url: string;
  beforeAll(async () => {
    // A node that knows the chain and no contract.
    node = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const { method, id } = JSON.parse(body) as { method: string; id: number };
        const result = { eth_chainId: '0x7a69', eth_getLogs: [] }[method] ?? '0x';
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });
    });
    await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => node.close(resolve)));

  it('gives three red ticks with reasons and exit 1 for a folder without files', async () => {
    const { code, out } = await weir('verify', folder, '--rpc', url, '--period', '1');
    expect(code).toBe(1);
    expect(out.match(/^✖ /gm)).toHaveLength(3);
    expect(out).toContain('manifest.json: the file is missing');
    expect(out).toContain('period-1/loans.csv: the file is missing');
    expect(out).toContain('period-1/loan-proof.json: the file is missing');
  });

  it('prints the ticks as JSON', async () => {
    const { out } = await weir('verify', folder, '--rpc', url, '--period', '1', '--json');
    const outcome = JSON.parse(out) as { ok: boolean; period: number; ticks: { id: string; ok: boolean }[] };
    expect([outcome.ok, outcome.period]).toEqual([false, 1]);
    expect(outcome.ticks.map((tick) => tick.id)).toEqual(['inputs', 'rows', 'loan']);
  });

  it('gives two ticks for the proof of one loan, and says when there is no such file', async () => {
    const proof = await file('my-loan.json', '{}\n');
    const { code, out } = await weir('verify', folder, '--rpc', url, '--period', '1', '--loan', proof);
    expect(code).toBe(1);
    expect(out.match(/^✖ /gm)).toHaveLength(2);
    expect(out).toContain('my-loan.json lacks row, loanKey, salt, leaf, proof');
    const missing = await weir('verify', folder, '--rpc', url, '--period', '1', '--loan', `${proof}.no`);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('there is no such file');
  });

  it.each([
    [['--rpc', 'ftp://x', '--period', '1'], /--rpc is "ftp:\/\/x": give the http or https address/],
    [['--rpc', 'http://127.0.0.1:1', '--period', '0'], /--period is "0": give a whole number from 1/],
  ])('refuses %j with one clear line', async (options, message) => {
    const { code, err } = await weir('verify', folder, ...options);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('weir --help', () => {
  it.each(['verify', 'check', 'explain', 'project', 'solve', 'pay', 'tieout', 'audit', 'tape', 'expected'])(
    '%s says what it takes, what it exits with, and shows an example',
    async (name) => {
      const { code, out } = await weir(name, '--help');
      expect(code).toBe(0);
      expect(out).toMatch(/Exit status/i);
      expect(out).toContain(`weir ${name} `);
      expect(out).toMatch(/Examples?:/);
    },
  );
});
