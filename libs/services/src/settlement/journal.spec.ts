import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { journalForDeposit, trialBalance } from '@weir/ledger';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import { startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { loadJournal, postEntries, reverseEntries } from './journal.js';

describe('the journal', () => {
  let platform: TestPlatform;
  const deal = randomUUID();
  // 12.50 of cash with four digits below the cent.
  const deposit = (key: string) =>
    journalForDeposit({ deal, unitsPerCent: 10_000n, date: '2020-08-14' }, { key, amount: 1_250n });
  const first = deposit('0xaa/1');
  const on = { date: '2020-08-15', why: 'block 7 is no longer part of the chain' };
  const run = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
    platform.services.context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, ({ manager }) => work(manager));
  const ids = async () => (await run((manager) => loadJournal(manager, deal))).map(({ id }) => id);
  const sums = async () => [...trialBalance(await run((manager) => loadJournal(manager, deal))).values()];

  beforeAll(async () => {
    platform = await startPlatform();
    const nobody = randomUUID();
    await platform.asSystem(
      `insert into weir.deal (deal_id, name, status, document, document_hash, author_id, editor_id)
       values ($1, 'd', 'closed', '', '', $2, $2)`,
      [deal, nobody],
    );
  }, 60_000);
  afterAll(() => platform.stop());

  it('posts an entry once however often its event is seen', async () => {
    await run((manager) => postEntries(manager, deal, [first]));
    await run((manager) => postEntries(manager, deal, [first]));
    expect(await run((manager) => loadJournal(manager, deal))).toEqual([first]);
  });

  it('reverses by the prefix of the event and of no other whose key begins alike', async () => {
    const similar = deposit('0xaa/10');
    await run((manager) => postEntries(manager, deal, [similar]));
    await run((manager) => reverseEntries(manager, deal, first.id, on));
    await run((manager) => reverseEntries(manager, deal, first.id, on));
    expect(await ids()).toEqual([first.id, similar.id, `${first.id}/reversal`]);
    await run((manager) => reverseEntries(manager, deal, similar.id, on));
    expect((await sums()).filter((sum) => sum !== 0n)).toEqual([]);
  });

  it('posts again what was reversed, and reverses that again', async () => {
    const again = `${first.id}/again-1`;
    await run((manager) => postEntries(manager, deal, [first]));
    await run((manager) => postEntries(manager, deal, [first]));
    expect((await ids()).filter((id) => id.startsWith(`${first.id}/`))).toEqual([`${first.id}/reversal`, again]);
    await run((manager) => reverseEntries(manager, deal, first.id, on));
    await run((manager) => postEntries(manager, deal, [first]));
    expect((await ids()).filter((id) => id.startsWith(`${first.id}/`))).toEqual([
      `${first.id}/reversal`,
      again,
      `${again}/reversal`,
      `${first.id}/again-2`,
    ]);
  });

  it('lets nobody change what was posted', async () => {
    for (const sql of ['update weir.journal_line set debit = 0', 'delete from weir.journal_entry'])
      await expect(platform.asSystem(sql)).rejects.toThrow('permission denied');
  });
});
