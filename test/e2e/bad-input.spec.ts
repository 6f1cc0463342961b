import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Wallet } from 'ethers';
import { inSignerOrder, reportDomain, reportTypes, type Hex } from '@weir/bindings';
import type { Finding } from '@weir/collateral';
import { admit } from '../../apps/stack/src/demo/admit.js';
import { collect, type ReportAnswer } from '../../apps/stack/src/demo/collect.js';
import { issue } from '../../apps/stack/src/demo/issue.js';
import { bringDeal, handInTape } from '../../apps/stack/src/demo/onboard.js';
import { settle, untilFinal, untilPaymentDate } from '../../apps/stack/src/demo/pay.js';
import type { Stage, StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { approvedDeal, SAMPLE_DEAL, smallTape } from './deals.js';
import { refusedOnChain } from './direct.js';
import { contractOf, quiet, refusalOf, rowCounts, vaultState } from './evidence.js';
import { House } from './harness.js';

/** The trustee's fee divided by recoveries, of which the first month has none. */
const DIVIDING_DEAL = SAMPLE_DEAL.replace(
  'amount: 0.02 % / 12 * poolOpening',
  'amount: 1.00 USD / recoveries * poolOpening',
);

let house: House;
/** A deal that has only its document yet. */
let draft: Stage;
/** Closed deals: the sample's, and the one whose program divides by zero. */
let closed: StructuredStage;
let dividing: StructuredStage;
let report: ReportAnswer;

beforeAll(async () => {
  house = await House.open();
  draft = await bringDeal(house.scene, SAMPLE_DEAL);
  closed = await approvedDeal(house.scene);
  // Loans of its own: none is pledged to two deals.
  dividing = await approvedDeal(house.scene, DIVIDING_DEAL, smallTape(1, { seed: 8 }));
  await admit(closed);
  await issue(closed);
  await issue(dividing);
  report = await collect(closed, 1, closed.tapeId);
  await collect(dividing, 1, dividing.tapeId);
  await untilPaymentDate(closed, 1);
  await quiet(house);
}, 180_000);
afterAll(() => house?.close(), 60_000);

/** What a tape that was rejected leaves: the file, its findings, and who handed it in. Nothing else. */
const LEFT_BY_A_TAPE = [
  'tape',
  'tape_finding',
  'blob_upload',
  'blob_piece',
  'mapping_proposal',
  'audit_record',
  'idempotency_key',
];

const without = (counts: Record<string, number>, tables: readonly string[]): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([table]) => !tables.includes(table)));

describe('a tape that cannot be taken', () => {
  const text = (tape: Uint8Array): string => new TextDecoder().decode(tape);

  it.each([
    ['that is no text', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]), 'tape-unreadable', 'which no text has'],
    ['that is a cut workbook', new Uint8Array([0x50, 0x4b, 3, 4]), 'tape-unreadable', 'the archive is broken'],
    [
      'with a quote that never closes',
      new TextEncoder().encode(`${text(smallTape(1))}"`),
      'tape-unreadable',
      'line 302',
    ],
    [
      'without a column',
      smallTape(1, { plant: ['missing-column'] }),
      'missing-columns',
      'no column actualPrincipalCollectedAmount',
    ],
    ['with a number like 1,234.5O', smallTape(1, { plant: ['not-a-number'] }), 'rows-blocked', 'row 6'],
    ['with a loan key twice', smallTape(1, { plant: ['duplicate-key'] }), 'rows-blocked', '2 of 300 rows are blocked'],
    ['with a negative balance', smallTape(1, { plant: ['negative-balance'] }), 'rows-blocked', 'row 10'],
  ])(
    '%s is rejected with its reason, and nothing of it is used',
    async (_, bytes, code, message) => {
      await quiet(house);
      const before = await rowCounts(house);
      const tape = await handInTape(draft, 1, bytes);
      expect(tape).toMatchObject({ status: 'rejected', failure: { code } });
      expect(tape.failure?.message).toContain(message);

      const deal = `/deals/${draft.dealId}`;
      const refusal = await refusalOf(draft.cast.people.structurer.post(`${deal}/structure`, { tapeId: tape.tapeId }));
      expect(refusal).toMatchObject({ status: 409, code: 'tape-not-imported' });
      expect(await draft.cast.people.structurer.get(deal)).toMatchObject({ status: 'draft', programHash: null });
      expect(without(await rowCounts(house), LEFT_BY_A_TAPE)).toEqual(without(before, LEFT_BY_A_TAPE));
    },
    30_000,
  );

  it('says of each finding the row, the column, the value, the rule and its weight', async () => {
    const bytes = smallTape(1, { plant: ['not-a-number', 'negative-balance', 'duplicate-key'] });
    const { tapeId } = await handInTape(draft, 1, bytes);
    const path = `/deals/${draft.dealId}/tapes/${tapeId}/findings`;
    const findings = await draft.cast.people.servicer.get<Finding[]>(path);
    const blocking = findings.filter(({ weight }) => weight === 'blocks');
    // The header is line 1; the generator plants in data rows 4, 8 and 10, counted from 0.
    expect(blocking.map(({ row, rule }) => [row, rule])).toEqual([
      [6, 'not-a-number'],
      [10, 'negative-balance'],
      [11, 'duplicate-key'],
      [12, 'duplicate-key'],
    ]);
    expect(blocking[0]).toMatchObject({ column: 'actualPrincipalCollectedAmount', value: '1,234.5O' });
    expect(blocking[1]?.column).toBe('reportingPeriodActualEndBalanceAmount');
  });

  it('that is empty is refused at once', async () => {
    await quiet(house);
    const before = await rowCounts(house);
    const refusal = await refusalOf(handInTape(draft, 1, new Uint8Array()));
    expect(refusal).toMatchObject({ status: 422, code: 'empty-upload' });
    expect(await rowCounts(house)).toEqual(before);
  });
});

describe('a deal document', () => {
  it('with a typo in a tranche name is refused with line and column', async () => {
    await quiet(house);
    const before = await rowCounts(house);
    const document = SAMPLE_DEAL.replace('interest: B', 'interest: BB');
    const line = document.slice(0, document.indexOf('interest: BB')).split('\n').length;
    const refusal = await refusalOf(draft.cast.people.structurer.post('/deals', { document }));
    expect(refusal).toMatchObject({ status: 422, code: 'deal-document-invalid' });
    // "    interest: BB": the name begins in column 15.
    expect(refusal.problem).toMatchObject({
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ line, column: 15, code: 'unknown-tranche', severity: 'error' }),
      ]) as unknown,
    });
    expect(refusal.message).toContain('BB');
    expect(await rowCounts(house)).toEqual(before);
  });
});

describe('a deal document that is well written and cannot be compiled', () => {
  it('is refused with line and column when the pool is selected', async () => {
    // A share of the pool that rounds down to no note at all: known only when there is a pool.
    const share = 'share: 0.0001 %';
    const document = SAMPLE_DEAL.replace('share: 5 %', share);
    const stage = await bringDeal(house.scene, document);
    const { tapeId } = await handInTape(stage, 1, smallTape(1));
    await quiet(house);
    const before = await rowCounts(house);
    const deal = `/deals/${stage.dealId}`;
    const refusal = await refusalOf(stage.cast.people.structurer.post(`${deal}/structure`, { tapeId }));
    expect(refusal).toMatchObject({ status: 422, code: 'deal-not-compilable' });
    // The class begins a line above, with its name.
    const line = document.slice(0, document.indexOf(share)).split('\n').length - 1;
    expect(refusal.problem).toMatchObject({ diagnostics: [{ line, code: 'tranche-empty', severity: 'error' }] });
    expect(await stage.cast.people.structurer.get(deal)).toMatchObject({ status: 'draft', programHash: null });
    expect(await rowCounts(house)).toEqual(before);
  });
});

describe('a program that would divide by zero', () => {
  it('stops, and nothing is paid', async () => {
    await quiet(house);
    const before = [await rowCounts(house), await vaultState(house, dividing)];
    const refusal = await refusalOf(settle(dividing, 1));
    expect(refusal).toMatchObject({ status: 409, code: 'run-stopped' });
    expect(refusal.message).toMatch(/divi/i);
    expect([await rowCounts(house), await vaultState(house, dividing)]).toEqual(before);
  });
});

/** The settled report as the vault takes it, and a list of signatures in which the servicer's is by whoever is given. */
async function reportOnChain(servicer: Wallet) {
  const [row] = await house.rows<{ inputs: string[]; trustee_signature: string }>(
    'select inputs, trustee_signature from weir.servicer_report where deal_id = $1 and period = 1',
    [closed.dealId],
  );
  const vault = await contractOf(house, closed, 'DealVault');
  const message = {
    programHash: closed.compiled.program.hash,
    period: 1,
    revision: 0,
    previousStateHash: report.previousStateHash,
    tapeRoot: report.tapeRoot,
    inputs: row?.inputs ?? [],
  };
  const { chainId } = await house.provider.getNetwork();
  const domain = reportDomain(chainId, String(vault.target).toLowerCase() as `0x${string}`);
  const { servicer: servicerParty, trustee, calculationAgent } = closed.cast.organisations;
  const signatures = inSignerOrder([
    { signer: servicerParty.account, signature: (await servicer.signTypedData(domain, reportTypes, message)) as Hex },
    { signer: trustee.account, signature: row?.trustee_signature as Hex },
  ]);
  return { message, signatures, from: calculationAgent.account };
}

const ANY_HASH = `0x${'00'.repeat(32)}`;
const STRANGER = new Wallet(`0x${'5a'.repeat(32)}`);

describe('a servicer report signed by the wrong key', () => {
  it('settles nothing', async () => {
    const before = await vaultState(house, closed);
    const { message, signatures, from } = await reportOnChain(STRANGER);
    const control = await contractOf(house, closed, 'DealControl');
    const revert = await refusedOnChain(house, from, control, 'requireQuorum', [report.digest, signatures]);
    expect(revert.name).toBe('BadSignature');
    expect(String(revert.args[0]).toLowerCase()).toBe(closed.cast.organisations.servicer.account);
    expect(revert.args[1]).toBe(report.digest);
    // The true report is pending; another one is not taken beside it, and not settled.
    const vault = await contractOf(house, closed, 'DealVault');
    const other = { ...message, tapeRoot: `0x${'ee'.repeat(32)}` };
    expect((await refusedOnChain(house, from, vault, 'submitReport', [other, signatures])).name).toBe('ReportPending');
    const unsigned = await refusedOnChain(house, from, vault, 'settle', [other, ANY_HASH]);
    expect(unsigned.name).toBe('ReportNotPending');
    expect(await vaultState(house, closed)).toEqual(before);
  });
});

describe('a second settlement of a period', () => {
  it('is refused by the API and by the contract', async () => {
    await settle(closed, 1);
    await untilFinal(closed, 1);
    await quiet(house);
    const before = [without(await rowCounts(house), REPORT_FILES), await vaultState(house, closed)];
    const refusal = await refusalOf(settle(closed, 1));
    expect(refusal).toMatchObject({ status: 409, code: 'out-of-order' });
    expect(refusal.message).toContain('Period 1 is settled');

    const { message, signatures, from } = await reportOnChain(STRANGER);
    const vault = await contractOf(house, closed, 'DealVault');
    const again = await refusedOnChain(house, from, vault, 'submitReport', [message, signatures]);
    expect(again).toEqual({ name: 'NotNextPeriod', args: [2n, 1n] });
    const settledAgain = await refusedOnChain(house, from, vault, 'settle', [message, ANY_HASH]);
    expect(settledAgain).toEqual({ name: 'ReportNotPending', args: [report.digest] });
    expect([without(await rowCounts(house), REPORT_FILES), await vaultState(house, closed)]).toEqual(before);
  }, 60_000);
});

/** Tables that the worker fills by itself after a settlement, when it writes the investor report. */
const REPORT_FILES = ['report_file', 'blob', 'audit_record', 'idempotency_key'];

describe('a note', () => {
  it.each([
    // 3: the receiver is not registered; 5: its KYC expired at the end of July, and it is August.
    ['was never admitted', 'orlov', 3n],
    ['has a KYC record that lapsed', 'cedar', 5n],
  ] as const)(
    'does not go to an account that %s',
    async (_, to, code) => {
      const { northlake, [to]: receiver } = closed.cast.organisations;
      const token = await contractOf(house, closed, 'Token:A');
      const balanceOf = (account: string): Promise<unknown> => token.getFunction('balanceOf').staticCall(account);
      const before = [await balanceOf(northlake.account), await balanceOf(receiver.account)];
      const revert = await refusedOnChain(house, northlake.account, token, 'transfer', [receiver.account, 1_000_000n]);
      expect([revert.name, revert.args[2]]).toEqual(['TransferRefused', code]);
      expect([await balanceOf(northlake.account), await balanceOf(receiver.account)]).toEqual(before);
    },
    30_000,
  );
});
