import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { enqueueTransaction } from '@weir/chain';
import { SYSTEM_ACTOR, type Actor } from '@weir/persistence';
import { chainOn, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { NotFound } from '../problem.js';
import { keepAlarms, openAlarms } from './alarms.js';
import { DealAuditor } from './deal-auditor.js';
import { InvariantBroken } from './errors.js';
import { sameFigures, type Finding, type Letter } from './invariants.js';
import { RELEASE_PURPOSE, ROOT_PURPOSE, isDue, nextAttempt } from '../settlement/failed-pledges.js';
import { PledgedPeriods } from '../settlement/pledged-periods.js';
import { requireSound } from './settlement-gate.js';

const NOON = new Date('2020-08-17T12:00:00Z');
const none: ReadonlySet<Letter> = new Set();

describe('alarms', () => {
  let platform: TestPlatform;
  let servicer: Actor;
  let stranger: Actor;
  let officer: Actor;
  let dealId: string;

  beforeAll(async () => {
    const chain = { ...chainOn('2020-08-17'), getBlockNumber: () => Promise.resolve(90) };
    platform = await startPlatform(chain as unknown as Parameters<typeof startPlatform>[0]);
    servicer = await platform.member('servicer', 'servicer');
    stranger = await platform.member('servicer', 'servicer');
    officer = await platform.member('operator', 'compliance-officer');
  }, 60_000);
  afterAll(() => platform.stop());

  beforeEach(async () => {
    dealId = randomUUID();
    const nobody = randomUUID();
    await platform.asSystem(
      `insert into weir.deal (deal_id, name, status, document, document_hash, author_id, editor_id)
        values ($1, 'd', 'closed', '', '', $2, $2)`,
      [dealId, nobody],
    );
    await platform.asSystem('insert into weir.deal_party values ($1, $2, $3)', [
      ...[dealId, servicer.organisationId, 'servicer'],
    ]);
  });

  const keep = (block: number, findings: Finding[], complete = none, deal: string | null = dealId) => {
    const { context, dataSource } = platform.services;
    return keepAlarms(context, dataSource, { dealId: deal, block, at: NOON }, { findings, complete });
  };
  const open = () => platform.services.context.uow.read(SYSTEM_ACTOR, (manager) => openAlarms(manager, dealId));
  const mine = async (actor: Actor, state: 'open' | 'cleared' = 'open') =>
    (await platform.services.dealHealth.alarms(actor, state)).filter((alarm) => alarm.dealId === dealId);
  const gate = () =>
    platform.services.context.uow.read(SYSTEM_ACTOR, (manager) =>
      // No contract is asked: the platform has no DealHealth here.
      requireSound(platform.services.context, manager, dealId, {} as Parameters<typeof requireSound>[3]),
    );

  it('raises one where a finding does not hold, keeps its block and its latest figures, and clears it when it holds', async () => {
    const [short] = await keep(10, [sameFigures('A', '', 5n, 7n), sameFigures('D', 'A', 1n, 1n)]);
    expect(short).toMatchObject({ letter: 'A', verdict: 'broken' });
    expect(await keep(11, [sameFigures('A', '', 6n, 7n)])).toEqual([]);
    expect(await mine(servicer)).toMatchObject([
      { letter: 'A', actual: '6', expected: '7', sinceBlock: 10, clearedBlock: null, stopsSettlement: true },
    ]);
    await keep(12, [sameFigures('A', '', 7n, 7n)]);
    expect(await mine(servicer)).toEqual([]);
    expect(await mine(servicer, 'cleared')).toMatchObject([{ letter: 'A', sinceBlock: 10, clearedBlock: 12 }]);
    // The same again is another alarm.
    await keep(13, [sameFigures('A', '', 5n, 7n)]);
    expect(await mine(servicer)).toMatchObject([{ sinceBlock: 13 }]);
  });

  it('clears nothing that was not looked at: another place, another letter, another deal', async () => {
    await keep(10, [
      sameFigures('F', 'A/1', 1n, 2n),
      sameFigures('F', 'A/2', 1n, 2n),
      sameFigures('K', 'cash:x', 1n, 2n),
    ]);
    await keep(11, [sameFigures('F', 'A/1', 2n, 2n)]);
    await keep(11, [], new Set<Letter>(['F', 'K']), null);
    expect((await open()).map(({ letter, place }) => `${letter} ${place}`)).toEqual(['F A/2', 'K cash:x']);
    // Books are looked at whole: what is not among the differences holds.
    await keep(12, [sameFigures('K', 'cash:y', 1n, 2n)], new Set<Letter>(['K']));
    expect((await open()).map(({ letter, place }) => `${letter} ${place}`)).toEqual(['F A/2', 'K cash:y']);
  });

  it('is seen by those who run the deal and by compliance, and written into the audit log', async () => {
    await keep(10, [{ ...sameFigures('B', '', 0n, 0n), verdict: 'unanswered' }]);
    for (const watcher of [servicer, officer])
      expect(await mine(watcher)).toMatchObject([{ letter: 'B', answered: false }]);
    expect(await mine(stranger)).toEqual([]);
    const entries = await platform.asSystem(`select 1 from weir.audit_record where object = $1`, [
      `alarm:${(await open())[0]?.alarmId}`,
    ]);
    expect(entries).toHaveLength(1);
    await expect(platform.services.dealHealth.deal(servicer, dealId)).rejects.toThrow(NotFound);
  });

  it('stops settlement, naming the letter; a transaction that is stuck does not', async () => {
    await expect(gate()).resolves.toBeUndefined();
    await keep(10, [sameFigures('N', 'tx', 'sent', 'mined')]);
    await expect(gate()).resolves.toBeUndefined();
    await keep(11, [sameFigures('L', 'A/3', 5n, 7n)]);
    const refusal = await gate().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvariantBroken);
    const { message, details } = refusal as InvariantBroken;
    expect(message).toContain('invariant L (A/3) does not hold');
    expect(message).toContain('5 against 7');
    expect(details).toEqual({ letter: 'L', place: 'A/3', actual: '5', expected: '7', sinceBlock: '11' });
  });

  it('tells of a transaction that comes no further, of a deal or of none, until it does', async () => {
    const alarmed: string[] = [];
    const queued = new Date();
    const auditor = (seconds: number) =>
      new DealAuditor(platform.services.context, platform.services.dataSource, {
        onAlarm: (deal, { letter, place }) => alarmed.push(`${deal ?? 'platform'} ${letter} ${place}`),
        stuckAfter: 600,
        now: () => new Date(queued.getTime() + seconds * 1000),
      });
    const signer: `0x${string}` = `0x${'b'.repeat(40)}`;
    const [own, other] = [`own/${dealId}`, `none/${dealId}`];
    await platform.services.context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, async ({ manager }) => {
      await enqueueTransaction(manager, { id: own, signer, to: signer, data: '0x', dealId, purpose: 'p' });
      await enqueueTransaction(manager, { id: other, signer, to: signer, data: '0x', purpose: 'p' });
    });
    await auditor(590).tick();
    expect(alarmed).toEqual([]);
    await auditor(700).tick();
    await auditor(701).tick();
    expect(alarmed.sort()).toEqual([`${dealId} N ${own}`, `platform N ${other}`].sort());
    expect(await mine(servicer)).toMatchObject([{ letter: 'N', place: own, stopsSettlement: false, sinceBlock: 90 }]);
    await platform.asSystem(`update weir.outbox_transaction set state = 'failed'`);
    await auditor(702).tick();
    expect(await mine(servicer)).toEqual([]);
  });

  it('tries a release that failed again, after pauses that double, and tells of one that keeps failing until the loan is free', async () => {
    const { context, dataSource } = platform.services;
    const releases = new PledgedPeriods(context);
    const key = `deal/${dealId}/release/0xab/1`;
    const start = Date.now();
    const at = (seconds: number) => new Date(start + seconds * 1000);
    const signer: `0x${string}` = `0x${'c'.repeat(40)}`;
    await platform.asSystem(`insert into weir.loan_pledge values ($1, '0xab', 't', null)`, [dealId]);
    await context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, ({ manager }) =>
      enqueueTransaction(manager, {
        ...{ id: `${key}/attempt-1`, signer, to: signer, data: '0xfeed', dealId, purpose: RELEASE_PURPOSE },
      }),
    );
    const attempts = () =>
      platform.asSystem(`select id, state, data from weir.outbox_transaction where starts_with(id, $1) order by id`, [
        key,
      ]);
    const fail = () =>
      platform.asSystem(`update weir.outbox_transaction set state = 'failed' where deal_id = $1`, [dealId]);

    // On its way: nothing to try again.
    await releases.retry(at(3_600));
    expect(await attempts()).toHaveLength(1);
    await fail();
    await releases.retry(at(50));
    expect(await attempts()).toHaveLength(1);
    await releases.retry(at(70));
    await releases.retry(at(70));
    expect(await attempts()).toEqual([
      { id: `${key}/attempt-1`, state: 'failed', data: '0xfeed' },
      { id: `${key}/attempt-2`, state: 'queued', data: '0xfeed' },
    ]);
    // The second pause is of two minutes.
    await fail();
    await releases.retry(at(110));
    expect(await attempts()).toHaveLength(2);

    const auditor = (seconds: number) =>
      new DealAuditor(context, dataSource, { onAlarm: () => undefined, stuckAfter: 600, now: () => at(seconds) });
    await auditor(590).tick();
    expect(await mine(servicer)).toEqual([]);
    await auditor(700).tick();
    expect(await mine(servicer)).toMatchObject([
      {
        letter: 'N',
        place: key,
        actual: expect.stringMatching(/^failed 2 times since .*, tried again at 20/) as unknown,
      },
    ]);
    // A third failure is an alarm at once.
    await releases.retry(at(200));
    await fail();
    await platform.asSystem('delete from weir.deal_alarm where deal_id = $1', [dealId]);
    await auditor(210).tick();
    expect(await mine(servicer)).toMatchObject([{ actual: expect.stringContaining('failed 3 times') as unknown }]);
    // However often it failed, it is tried again after a day at most, and not before.
    const often = { attempts: 40, last: new Date(NOON) };
    expect(nextAttempt(often)).toEqual(new Date('2020-08-18T12:00:00Z'));
    expect([isDue(often, new Date('2020-08-18T11:59:59Z')), isDue(often, new Date('2020-08-18T12:00:00Z'))]).toEqual([
      false,
      true,
    ]);
    // Whoever frees it.
    await platform.asSystem(`update weir.loan_pledge set released_in = 1 where deal_id = $1`, [dealId]);
    await auditor(701).tick();
    expect(await mine(servicer)).toEqual([]);
    await releases.retry(at(9_000));
    expect(await attempts()).toHaveLength(3);
  });

  it('tries a root again that was not recorded, until it is on record', async () => {
    const { context } = platform.services;
    const key = `deal/${dealId}/record-root/1`;
    const signer: `0x${string}` = `0x${'d'.repeat(40)}`;
    await context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, ({ manager }) =>
      enqueueTransaction(manager, {
        ...{ id: `${key}/attempt-1`, signer, to: signer, data: '0xbeef', dealId, purpose: ROOT_PURPOSE },
      }),
    );
    const fail = () =>
      platform.asSystem(`update weir.outbox_transaction set state = 'failed' where deal_id = $1`, [dealId]);
    const later = new Date(Date.now() + 9_000_000);
    const attempts = () => platform.asSystem('select 1 from weir.outbox_transaction where starts_with(id, $1)', [key]);
    await fail();
    await new PledgedPeriods(context).retry(later);
    expect(await attempts()).toHaveLength(2);
    await fail();
    await platform.asSystem(`insert into weir.pledge_root values ($1, 1, 'r', 't', false)`, [dealId]);
    await new PledgedPeriods(context).retry(later);
    expect(await attempts()).toHaveLength(2);
  });
});
