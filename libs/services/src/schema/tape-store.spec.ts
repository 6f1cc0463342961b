import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CHAIN_MIGRATIONS } from '@weir/chain';
import { migrate } from '@weir/persistence';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { MainJob1700000000100 } from './main-job.js';
import { OutboxSigners1700000002000 } from './outbox-signers.js';
import { TapeStore1700000003000 } from './tape-store.js';

const BEFORE = [MainJob1700000000100, ...CHAIN_MIGRATIONS, OutboxSigners1700000002000];
const [DEAL, FIRST, AGAIN, REJECTED] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const FACTS = {
  ...{ originalTerm: 60, originalRate: '68700000000', currentRate: null, creditScore: 701, extensionMonths: null },
  ...{ originationMonth: '2019-11', maturityMonth: '2024-11', zeroBalanceCode: '1', zeroBalanceMonth: '2020-07' },
  assetAdded: true,
};

describe('a database of before loans were kept by month', () => {
  let server: TestPostgres;
  let owner: pg.Client;
  const rows = async (sql: string): Promise<unknown[]> => (await owner.query(sql)).rows;

  beforeAll(async () => {
    server = await startPostgres();
    const { ownerUrl } = await server.createDatabase('secret');
    await migrate(ownerUrl, { appPassword: 'secret', migrations: BEFORE });
    owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    await owner.query(
      `insert into weir.deal (deal_id, name, status, document, document_hash, author_id, editor_id)
       values ('${DEAL}', 'd', 'closed', '', '', '${DEAL}', '${DEAL}')`,
    );
    const tape = (id: string, file: string, status: string): string =>
      `insert into weir.tape (tape_id, deal_id, period, file_sha256, loan_key, status, summary)
       values ('${id}', '${DEAL}', 1, '${file}', '{a}', '${status}', '{"reportingTo": "2020-07-31"}')`;
    for (const [id, status] of [
      [FIRST, 'imported'],
      [AGAIN, 'imported'],
      [REJECTED, 'rejected'],
    ] as const)
      await owner.query(tape(id, id, status));
    await owner.query(
      `insert into weir.tape_loan (tape_id, deal_id, loan_key, "row", opening, closing, days_past_due, facts)
       values ($1, $2, 'A', 2, 1000, 900.5, 3, $3)`,
      [FIRST, DEAL, FACTS],
    );
    await migrate(ownerUrl, { appPassword: 'secret', migrations: [...BEFORE, TapeStore1700000003000] });
  }, 60_000);
  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  it('keeps every loan, in the month that its tape reports', async () => {
    expect(await rows('select * from weir_month.tape_loan_202007')).toMatchObject([
      {
        ...{ tape_id: FIRST, deal_id: DEAL, loan_key: 'A', row: 2, opening: '1000.00', closing: '900.50' },
        ...{ days_past_due: 3, original_term: 60, original_rate: '68700000000', current_rate: null },
        ...{ credit_score: 701, originated: '2019-11', matures: '2024-11', zero_balance_code: '1' },
        ...{ zero_balance_month: '2020-07', extension_months: null, asset_added: true, region: null },
      },
    ]);
  });

  it('numbers the tapes of a month as versions, of which the last one counts', async () => {
    const versions = await rows(
      `select version, kind, month::text from weir.tape where version is not null order by 1`,
    );
    expect(versions).toEqual([
      { version: 1, kind: 'original', month: '2020-07-01' },
      { version: 2, kind: 'original', month: '2020-07-01' },
    ]);
    expect(await rows(`select count(*)::int as tapes from weir.tape where version is null`)).toEqual([{ tapes: 1 }]);
    expect(await rows('select why from weir.tape_choice')).toHaveLength(2);
  });

  it('is protected again: each table’s policies are forced', async () => {
    const open = await rows(
      `select relname from pg_class where relnamespace = 'weir'::regnamespace and relkind in ('r', 'p')
         and relname <> 'migration' and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });
});
