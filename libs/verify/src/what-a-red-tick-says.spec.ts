import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@weir/money';
import { verifyPeriod, type Rpc, type TickId } from './index.js';
import { publishedDeal, VAULT } from './published-deal.fixture.js';

const TEMPLATE = readFileSync(new URL('../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const { rpc, files } = publishedDeal(TEMPLATE);
const encoder = new TextEncoder();
const textOf = (path: string): string => new TextDecoder().decode(files[path]);

async function detailOf(id: TickId, edits: Record<string, Uint8Array>, node: Rpc = rpc, period = 1): Promise<string> {
  const ticks = await verifyPeriod({ rpc: node, files: { ...files, ...edits }, period });
  const tick = ticks.find((candidate) => candidate.id === id);
  expect(tick?.ok).toBe(false);
  return tick?.detail ?? '';
}

const replaced = (path: string, from: string, to: string): Record<string, Uint8Array> => {
  expect(textOf(path)).toContain(from);
  return { [path]: encoder.encode(textOf(path).replace(from, to)) };
};

const withMember = (path: string, change: (value: Record<string, unknown>) => void): Record<string, Uint8Array> => {
  const value = JSON.parse(textOf(path)) as Record<string, unknown>;
  change(value);
  return { [path]: encoder.encode(canonicalJson(value)) };
};

const REPORT = 'period-1/servicer-report.json';

describe('a red tick', () => {
  it('shows a coupon changed in the document', async () => {
    expect(await detailOf('inputs', replaced('deal.yaml', 'coupon: 0.60 %', 'coupon: 0.61 %'))).toMatch(
      /keccak-256 of deal.yaml is 0x.* where the chain has 0x/,
    );
  });

  it('shows an input changed in the report, in the cents that differ', async () => {
    const detail = await detailOf('inputs', replaced(REPORT, '1621478.24', '1621478.25'));
    expect(detail).toMatch(/interestCollected\+ of .* is 162147825 where the chain has 162147824/);
  });

  it('shows sums of the report that are not the rows’', async () => {
    const edit = withMember(REPORT, (report) => ((report.sums as Record<string, string>).adjustmentRaising = '0.01'));
    expect(await detailOf('inputs', edit)).toMatch(/sums.adjustmentRaising .* is 0.01 where the chain has 0.00/);
  });

  it('shows a payment described otherwise than it was made', async () => {
    // 1 % ÷ 12 of 183,639,404.43 = 153,032.837… is the servicing fee.
    const edit = replaced('period-1/trace.json', '"paid": "153032.84"', '"paid": "153032.85"');
    expect(await detailOf('inputs', edit)).toMatch(
      /line \d+ of .*trace.json is .*153032.85.* the run gives .*153032.84/,
    );
  });

  it('shows a signature by someone else', async () => {
    const edit = withMember(REPORT, (report) => (report.servicerSignature = report.trusteeSignature));
    expect(await detailOf('inputs', edit)).toMatch(/signer of servicerSignature/);
  });

  it('shows a cut-off pool changed by a cent, which no rounded constant would', async () => {
    expect(await detailOf('inputs', replaced('manifest.json', '183639404.43', '183639404.42'))).toMatch(
      /compiles to program|period 1 opened with 183639404.43/,
    );
  });

  it('shows members that nothing can be checked against', async () => {
    expect(
      await detailOf(
        'inputs',
        withMember('manifest.json', (m) => (m.note = 'hello')),
      ),
    ).toMatch(/has note/);
    expect(
      await detailOf(
        'loan',
        withMember('period-1/loan-proof.json', (m) => (m.note = 'hello')),
      ),
    ).toMatch(/has note/);
  });

  it('shows rows swapped with those of another month', async () => {
    const edit = { 'period-1/loans.csv': files['period-2/loans.csv'] ?? new Uint8Array() };
    expect(await detailOf('rows', edit)).toMatch(/root 0x.* where the chain has 0x/);
  });

  it('shows a proof whose row or key is another loan’s', async () => {
    expect(await detailOf('loan', replaced('period-1/loan-proof.json', '"row": 6', '"row": 5'))).toMatch(/line 6/);
    expect(await detailOf('loan', replaced('period-1/loan-proof.json', 'LOAN-4|', 'LOAN-3|'))).toMatch(/LOAN-3/);
  });

  it('says that a period is not settled yet', async () => {
    const later = Object.fromEntries(
      ['servicer-report.json', 'loans.csv', 'loan-proof.json'].map((name) => [
        `period-3/${name}`,
        files[`period-2/${name}`] ?? new Uint8Array(),
      ]),
    );
    expect(await detailOf('inputs', later, rpc, 3)).toMatch(/settlement of period 3 .* has not settled it/);
    expect(await detailOf('rows', later, rpc, 3)).toMatch(/no vault has settled it/);
  });

  it.each([0, -1, 1.5])('answers period %p without throwing', async (period) => {
    const ticks = await verifyPeriod({ rpc, files, period });
    expect(ticks.map((tick) => tick.ok)).toEqual([false, false, false]);
  });
});

describe('a chain that paid something else, or does not answer', () => {
  it('turns the inputs tick red when the paid result is not the program’s', async () => {
    const { rpc: honest, logs } = publishedDeal(TEMPLATE);
    // The signers, the opening, the submission, the settlement.
    const settled = logs[3];
    if (settled) settled.data = `${settled.data.slice(0, 2 + 64)}${'0'.repeat(64)}${settled.data.slice(2 + 128)}`;
    expect(await detailOf('inputs', {}, honest)).toMatch(/the result of period 1, run again, is 0x/);
  });

  it('turns every tick red when the node is gone, and says so', async () => {
    const gone: Rpc = () => Promise.reject(new Error('connect ECONNREFUSED'));
    for (const id of ['inputs', 'rows', 'loan'] as const) {
      expect(await detailOf(id, {}, gone)).toMatch(/the node refused .* ECONNREFUSED.*in sync/);
    }
  });

  it('says that the node is of another chain', async () => {
    const other: Rpc = (method, params) => (method === 'eth_chainId' ? Promise.resolve('0x1') : rpc(method, params));
    expect(await detailOf('inputs', {}, other)).toMatch(/of chain 31337, the node serves 1: change --rpc/);
  });

  it('finds sound rows though the manifest names another vault', async () => {
    const edit = replaced('manifest.json', VAULT, `0x${'a2'.repeat(20)}`);
    const ticks = await verifyPeriod({ rpc, files: { ...files, ...edit }, period: 1 });
    expect(ticks.map((tick) => tick.ok)).toEqual([false, true, true]);
    expect(ticks[0]?.detail).toMatch(/there is no vault at 0xa2a2/);
  });
});
