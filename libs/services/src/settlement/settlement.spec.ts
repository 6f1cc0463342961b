import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Interface, type JsonRpcProvider } from 'ethers';
import { artifacts } from '@weir/bindings';
import { formatMoney } from '@weir/money';
import { SYSTEM_ACTOR, type Actor } from '@weir/persistence';
import { execute, transferWord } from '@weir/waterfall';
import { chainOn, once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { compiledDeal } from '../deals/compiled.js';
import { Forbidden, OutOfOrder } from '../problem.js';
import { loan } from '../tapes/loan-month.fixture.js';
import { copyLoans } from '../tapes/loan-rows.js';
import {
  DepositDiffers,
  DepositInFlight,
  DisputeDelayRuns,
  DisputeRefused,
  ExecutorsDiffer,
  JointAmountDiffers,
  NotDisputed,
  ReportDisputed,
  ReportNotSubmitted,
  ReportOutdated,
  ReportSubmitted,
  SettlementInFlight,
  SignatureMissing,
  SignerNotIndependent,
  StatesDiffer,
} from './errors.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const VAULT = `0x${'a'.repeat(40)}`;
const UNITS = 10_000n;
const STATE_HASH = `0x${'2'.repeat(64)}`;

/** What `pendingReport` of the vault says while there is none: digest, settleAfter, revision, dispute. */
const NO_REPORT: readonly [string, number, number, number] = [`0x${'0'.repeat(64)}`, 0, 0, 0];

// 600,000.00 + 400,000.00 of loans; 10,000.00 + 5,000.00 of principal and 500.00 + 200.00 of interest.
const LOANS = [
  loan('one', 60_000_000n, 59_000_000n, { row: 2, interest: 50_000n, totalPaid: 1_050_000n }),
  loan('two', 40_000_000n, 39_500_000n, { row: 3, interest: 20_000n, totalPaid: 520_000n }),
];
const AVAILABLE = 1_570_000n;

describe('settlement', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let servicer: Actor;
  let trustee: Actor;
  let agent: Actor;
  let dealId: string;
  const tapeId = randomUUID();
  const compiled = compiledDeal({ dealId: '', document: DOCUMENT, cutOffPool: '1000000.00' });
  const abi = new Interface(artifacts.DealVault.abi);

  /** What the vault says; a spec moves it as the chain would. */
  const vault = { period: 0n, stateHash: STATE_HASH, pending: 0n, wrong: false, report: NO_REPORT };

  /** A vault that simulates with the exact executor, so that both agree unless it is told to be wrong. */
  function answer(name: string, args: readonly unknown[]): unknown[] {
    if (name === 'unit') return [UNITS];
    if (name === 'period') return [vault.period];
    if (name === 'stateHash') return [vault.stateHash];
    if (name === 'pendingReport') return [vault.report];
    if (name === 'pendingDeposit') return [vault.pending * UNITS];
    const [inputs, deposit] = args as [bigint[], bigint];
    const state = compiled.initialState;
    const run = execute(compiled.program, { period: 1, inputs: [...inputs], deposit, state });
    const slots = run.slots.map((value, slot) => (vault.wrong && slot === 0 ? value + 1n : value));
    return [slots, run.transfers.map(transferWord), run.resultHash, run.stateHash];
  }
  const node = {
    ...chainOn('2020-08-17'),
    call: ({ data }: { data: string }) => {
      const asked = abi.parseTransaction({ data });
      const name = asked?.name ?? '';
      return Promise.resolve(abi.encodeFunctionResult(name, answer(name, asked?.args ?? [])));
    },
  } as unknown as JsonRpcProvider;

  const use = () => platform.services.settlement;
  const settle = (actor = agent) => use().settle(actor, dealId, 1, once());
  const prepare = () => use().prepareReport(servicer, dealId, 1, tapeId, once());
  const sign = (actor: Actor) => use().signReport(actor, dealId, 1, once());
  /** Both sign, and the vault takes the report. */
  const submit = async (settleAfter = 0, dispute = 0): Promise<string> => {
    await sign(servicer);
    const { digest } = await sign(trustee);
    await clearOutbox('final');
    vault.report = [digest, settleAfter, 0, dispute];
    return digest;
  };
  const outbox = (purpose: string) =>
    platform.asSystem(`select id, state from weir.outbox_transaction where purpose = $1 order by id`, [
      purpose,
    ]) as Promise<{ id: string; state: string }[]>;
  const clearOutbox = (state: string) =>
    platform.asSystem(`update weir.outbox_transaction set state = $1, nonce = coalesce(nonce, position)`, [state]);

  beforeAll(async () => {
    platform = await startPlatform(node);
    issuer = await platform.member('sponsor', 'issuer');
    servicer = await platform.member('servicer', 'servicer');
    trustee = await platform.member('trustee', 'trustee');
    agent = await platform.member('calculation-agent', 'calculation-agent');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    const parts = { servicer, trustee, 'calculation-agent': agent };
    for (const [role, { organisationId }] of Object.entries(parts) as ['servicer', Actor][])
      await platform.services.deals.addParty(issuer, dealId, { role, organisationId }, once());
    await platform.asSystem(
      `update weir.deal set status = 'closed', cut_off_pool = 1000000, program_hash = $2 where deal_id = $1`,
      [dealId, compiled.program.hash],
    );
    await platform.asSystem(
      `insert into weir.tape (tape_id, deal_id, period, file_sha256, loan_key, status, summary, month)
       values ($1, $2, 1, 'f', '{a}', 'imported', $3, '2020-07-01')`,
      [tapeId, dealId, { rows: 2, reportingFrom: '2020-07-01', reportingTo: '2020-07-31' }],
    );
    await platform.services.context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, ({ manager }) =>
      copyLoans(manager, { tapeId, dealId, month: '2020-07-01' }, LOANS),
    );
    for (const { key, opening } of LOANS)
      await platform.asSystem('insert into weir.pool_loan values ($1, $2, $3)', [dealId, key, formatMoney(opening)]);
    await platform.asSystem(`insert into weir.deal_contract values ($1, 'DealVault', $2)`, [dealId, VAULT]);
    await platform.asSystem(`insert into weir.platform_contract values ('Cash', $1)`, [VAULT]);
    await platform.asSystem('insert into weir.deal_state values ($1, 0, $2, $3)', [
      ...[dealId, compiled.initialState.map(String), STATE_HASH],
    ]);
  }, 60_000);
  afterAll(() => platform.stop());

  beforeEach(async () => {
    Object.assign(vault, { period: 0n, stateHash: STATE_HASH, pending: AVAILABLE, wrong: false, report: NO_REPORT });
    await clearOutbox('final');
    await prepare();
  });

  it('needs both signatures, and the trustee as another person than prepared or signed for the servicer', async () => {
    await expect(settle()).rejects.toThrow(SignatureMissing);
    await sign(servicer);
    await expect(settle()).rejects.toThrow(SignatureMissing);
    const sameHuman = await platform.colleague(trustee, ['trustee'], servicer.personId);
    await expect(sign(sameHuman)).rejects.toThrow(SignerNotIndependent);
    expect((await sign(trustee)).signedBy).toEqual({ servicer: true, trustee: true });
    const alsoTrustee = await platform.colleague(servicer, ['servicer'], trustee.personId);
    await expect(sign(alsoTrustee)).rejects.toThrow(SignerNotIndependent);
  });

  it('loses its signature when the report is prepared again', async () => {
    await sign(servicer);
    expect((await prepare()).signedBy).toEqual({ servicer: false, trustee: false });
  });

  it('sends the report to the vault with the second signature, once, and settles it only when it is there', async () => {
    await clearOutbox('failed');
    const before = await outbox('vault: submitReport');
    await sign(trustee);
    expect(await outbox('vault: submitReport')).toEqual(before);
    const { digest } = await sign(servicer);
    const sent = (await outbox('vault: submitReport')).filter(({ state }) => state === 'queued');
    expect(sent).toEqual([{ id: expect.stringContaining(`submit/1/${digest}/attempt-`) as unknown, state: 'queued' }]);
    await expect(settle()).rejects.toThrow(ReportNotSubmitted);
    // On its way, and then in the vault, it is not made anew.
    await expect(prepare()).rejects.toThrow(ReportSubmitted);
    await clearOutbox('final');
    vault.report = [digest, 0, 0, 0];
    await expect(prepare()).rejects.toThrow(ReportSubmitted);
    await expect(sign(servicer)).rejects.toThrow(ReportSubmitted);
  });

  it('sends a report anew that the vault refused', async () => {
    await sign(servicer);
    await sign(trustee);
    await clearOutbox('failed');
    const failed = await outbox('vault: submitReport');
    await sign(trustee);
    const now = await outbox('vault: submitReport');
    expect(now.length).toBe(failed.length + 1);
    expect(now.filter(({ state }) => state === 'queued').length).toBe(1);
  });

  it('takes the number of a report from the withdrawals before it, so that signatures over the last are void', async () => {
    await sign(servicer);
    vault.report = [NO_REPORT[0], 0, 1, 0];
    await expect(sign(trustee)).rejects.toThrow(ReportOutdated);
    const again = await prepare();
    expect(again).toMatchObject({ revision: 1, signedBy: { servicer: false, trustee: false } });
  });

  it('waits for the dispute delay, and while a dispute stands', async () => {
    // The chain's latest block is of noon.
    const noon = Date.parse('2020-08-17T12:00:00Z') / 1000;
    const digest = await submit(noon + 1);
    await expect(settle()).rejects.toThrow(DisputeDelayRuns);
    vault.report = [digest, noon, 0, 1];
    await expect(settle()).rejects.toThrow(ReportDisputed);
    // Dismissed and over, only the deposit is looked at.
    vault.report = [digest, noon, 0, 2];
    vault.pending = AVAILABLE - 1n;
    await expect(settle()).rejects.toThrow(DepositDiffers);
  });

  describe('a dispute', () => {
    const REASON = 'the charge-offs of lot 7 are missing';
    // The chain's latest block is of noon.
    const noon = Date.parse('2020-08-17T12:00:00Z') / 1000;
    const queued = async (purpose: string): Promise<number> =>
      (await outbox(purpose)).filter(({ state }) => state === 'queued').length;

    it('is raised by a signer within the delay, once, and about a report that is on chain', async () => {
      const dispute = (actor: Actor) => use().disputeReport(actor, dealId, 1, REASON, once());
      await expect(dispute(agent)).rejects.toThrow(ReportNotSubmitted);
      const digest = await submit(noon + 1);
      await expect(dispute(issuer)).rejects.toThrow(Forbidden);
      await dispute(agent);
      expect(await queued('vault: dispute')).toBe(1);
      vault.report = [digest, noon + 1, 0, 1];
      await expect(dispute(trustee)).rejects.toThrow(DisputeRefused);
      vault.report = [digest, noon, 0, 0];
      await expect(dispute(agent)).rejects.toThrow('its dispute delay is over');
    });

    it('falls when trustee and calculation agent, two people, find the same', async () => {
      const dismiss = (actor: Actor, reason = REASON) => use().dismissDispute(actor, dealId, 1, reason, once());
      const digest = await submit(noon + 1);
      await expect(dismiss(trustee)).rejects.toThrow(NotDisputed);
      vault.report = [digest, noon + 1, 0, 1];
      expect(await dismiss(trustee)).toMatchObject({ dismissed: false });
      const sameHuman = await platform.colleague(agent, ['calculation-agent'], trustee.personId);
      await expect(dismiss(sameHuman)).rejects.toThrow(SignerNotIndependent);
      // Another reason is another finding, which stands alone.
      expect(await dismiss(agent, 'another reason')).toMatchObject({ dismissed: false });
      expect(await dismiss(trustee)).toMatchObject({ dismissed: false });
      expect(await queued('vault: dismissDispute')).toBe(0);
      expect(await dismiss(agent)).toMatchObject({ dismissed: true });
      expect(await queued('vault: dismissDispute')).toBe(1);
    });

    it('or the report is withdrawn by servicer or trustee', async () => {
      const withdraw = (actor: Actor) => use().withdrawReport(actor, dealId, 1, once());
      await expect(withdraw(servicer)).rejects.toThrow(ReportNotSubmitted);
      await submit(noon + 1, 1);
      await expect(withdraw(agent)).rejects.toThrow(Forbidden);
      await withdraw(servicer);
      expect(await queued('vault: withdrawReport')).toBe(1);
    });
  });

  it('is blocked by a deposit that differs, and says when one is on its way', async () => {
    await submit();
    vault.pending = AVAILABLE - 1n;
    await expect(settle()).rejects.toThrow(DepositDiffers);
    await use().deposit(servicer, dealId, 1, '0.01', once());
    await expect(settle()).rejects.toThrow(DepositInFlight);
    await clearOutbox('final');
    await expect(settle()).rejects.toThrow(DepositDiffers);
    expect(await outbox('vault: settle')).toEqual([]);
  });

  it('waits while the chain stands elsewhere than the books', async () => {
    await submit();
    vault.period = 1n;
    for (const step of [settle, prepare, () => sign(trustee)]) await expect(step()).rejects.toThrow(StatesDiffer);
    Object.assign(vault, { period: 0n, stateHash: `0x${'3'.repeat(64)}` });
    await expect(settle()).rejects.toThrow(StatesDiffer);
    await platform.asSystem('update weir.deal_state set state_hash = $1', [vault.stateHash]);
    await expect(settle()).rejects.toThrow(ReportOutdated);
    await platform.asSystem('update weir.deal_state set state_hash = $1', [STATE_HASH]);
  });

  it('sends nothing when the two executors differ', async () => {
    await submit();
    vault.wrong = true;
    await expect(settle()).rejects.toThrow(ExecutorsDiffer);
    expect(await outbox('vault: settle')).toEqual([]);
  });

  it('on the cash held needs trustee and calculation agent to name it, as two people', async () => {
    await submit();
    vault.pending = AVAILABLE - 100n;
    const agree = (actor: Actor, cents: bigint) => use().agreeJointly(actor, dealId, 1, formatMoney(cents), once());
    await expect(agree(trustee, AVAILABLE)).rejects.toThrow(JointAmountDiffers);
    expect(await agree(trustee, vault.pending)).toEqual({ agreed: false });
    const sameHuman = await platform.colleague(agent, ['calculation-agent'], trustee.personId);
    await expect(agree(sameHuman, vault.pending)).rejects.toThrow(SignerNotIndependent);
    await expect(settle()).rejects.toThrow(DepositDiffers);
    expect(await agree(agent, vault.pending)).toEqual({ agreed: true });
    // More cash came: both agreed on another amount, and the one agreement that is renewed stands alone.
    vault.pending = AVAILABLE - 50n;
    await expect(settle()).rejects.toThrow(DepositDiffers);
    expect(await agree(agent, vault.pending)).toEqual({ agreed: false });
  });

  it('is one transaction when it is asked for twice at the same moment, and the report stands meanwhile', async () => {
    await submit();
    const [first, second] = await Promise.all([settle(), settle(await platform.colleague(agent))]);
    expect(second).toEqual(first);
    expect(await outbox('vault: settle')).toEqual([{ id: first?.transactionId, state: 'queued' }]);
    for (const step of [prepare, () => sign(trustee)]) await expect(step()).rejects.toThrow(SettlementInFlight);
    // Sent anew after it failed, it is another transaction.
    await clearOutbox('failed');
    expect((await settle()).transactionId).not.toBe(first?.transactionId);
  });

  it('is refused for a period that is settled, or whose predecessor is not', async () => {
    await expect(use().prepareReport(servicer, dealId, 2, tapeId, once())).rejects.toThrow(OutOfOrder);
    await platform.asSystem(`insert into weir.payment values ($1, 1, 1, 't', 'd', 'r', 's', false, 0, '{}', false)`, [
      dealId,
    ]);
    await expect(settle()).rejects.toThrow('Period 1 is settled');
    await expect(prepare()).rejects.toThrow('Period 1 is settled');
    await platform.asSystem('delete from weir.payment');
  });
});
