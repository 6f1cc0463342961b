import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { DEAL_ALARM_TABLES } from './deal-alarms.js';
import { REPORT_SUBMISSION_TABLES } from './report-submissions.js';
import { SCENARIO_SET_TABLES } from './scenario-sets.js';
import { VINTAGE_TABLES } from './vintage-curves.js';
import { DEAL_TABLES, PLATFORM_TABLES } from './tables.sql.js';
import { AMENDMENT_TABLES } from './amendments.js';
import { PLATFORM_MANIFEST_TABLES } from './platform-manifest.js';
import { PLEDGE_TABLES } from './pledges.js';
import { TAPE_MONTH_TABLES } from './tape-months.js';
import { TAPE_TABLES } from './tape-tables.sql.js';

const [DEAL, TAPE, SET, NOBODY] = [randomUUID(), randomUUID(), randomUUID(), '00000000-0000-0000-0000-000000000000'];
const ACCOUNT = `0x${'a'.repeat(40)}`;

type Who =
  | 'system'
  | 'operator'
  | 'auditor'
  | 'issuer'
  | 'servicer'
  | 'trustee'
  | 'agent'
  | 'investor'
  | 'otherInvestor'
  | 'outsider'
  | 'officer';

const WHO: readonly Who[] = [
  ...([
    'system',
    'operator',
    'auditor',
    'issuer',
    'servicer',
    'trustee',
    'agent',
    'investor',
    'otherInvestor',
  ] as const),
  ...(['outsider', 'officer'] as const),
];

const RUNNERS: Who[] = ['system', 'operator', 'auditor', 'issuer', 'servicer', 'trustee', 'agent'];
const PARTIES: Who[] = [...RUNNERS, 'investor', 'otherInvestor'];
const EVERYBODY: Who[] = [...PARTIES, 'outsider', 'officer'];

/** One row of a table, of the deal where the table has deals; who reads it, who writes one like it. */
interface Row {
  readonly values: string;
  readonly reads: readonly Who[];
  readonly inserts: readonly Who[];
  /** Who changes it by the statement; null where nothing may ever be changed. */
  readonly changes: { readonly set: string; readonly by: readonly Who[] } | null;
}

const of = (values: string, reads: readonly Who[], inserts: readonly Who[], set: string, by = inserts): Row => ({
  ...{ values, reads, inserts },
  changes: { set, by },
});
const fixed = (values: string, reads: readonly Who[]): Row => ({ values, reads, inserts: ['system'], changes: null });

/** The matrix as agreed: a second statement beside the policies. `$key` is new for each row that is inserted. */
const MATRIX: Readonly<Record<string, Row>> = {
  deal: of(
    `(deal_id, name, status, document, document_hash, author_id, editor_id)
      values ('${DEAL}', 'd', 'closed', '', '', '${NOBODY}', '${NOBODY}') on conflict do nothing`,
    PARTIES,
    ['system', 'issuer'],
    `name = 'e'`,
    ['system', 'issuer', 'trustee'],
  ),
  tape: of(
    `(tape_id, deal_id, period, file_sha256, loan_key, status) values ($uuid, '${DEAL}', 1, $key, '{a}', 'received')`,
    RUNNERS,
    ['system', 'issuer', 'servicer'],
    `status = 'imported'`,
    ['system'],
  ),
  tape_finding: fixed(
    `(tape_id, deal_id, ordinal, rule, weight, message, remedy)
      values ('${TAPE}', '${DEAL}', $number, 'r', 'warns', 'm', 'r')`,
    RUNNERS,
  ),
  tape_loan: fixed(
    `(tape_id, deal_id, month, loan_key, "row") values ('${TAPE}', '${DEAL}', '2020-07-01', $key, 2)`,
    RUNNERS,
  ),
  tape_mapping: {
    ...fixed(
      `(mapping_id, organisation_id, originator, version, asset_class, mapping, hash, confirmed_by)
        values ($uuid, $issuing, 'o', $number, 'auto-loan', '{}', 'h', '${NOBODY}')`,
      RUNNERS,
    ),
    inserts: ['system', 'issuer', 'servicer'],
  },
  mapping_proposal: fixed(
    `(proposal_id, deal_id, tape_id, asset_class, proposal) values ($uuid, '${DEAL}', '${TAPE}', 'auto-loan', '{}')`,
    RUNNERS,
  ),
  tape_choice: {
    ...fixed(`(deal_id, month, tape_id, why) values ('${DEAL}', '2020-07-01', '${TAPE}', 'w')`, RUNNERS),
    inserts: ['system', 'issuer', 'servicer'],
  },
  tape_judgement: fixed(
    `(tape_id, deal_id, version, first_finding, findings, why) values ('${TAPE}', '${DEAL}', $number + 1, 0, '{}', 'w')`,
    RUNNERS,
  ),
  pool_loan: of(`values ('${DEAL}', $key, 1)`, RUNNERS, ['system', 'issuer'], 'opening = 2'),
  excluded_loan: of(`values ('${DEAL}', $key, 2, '{r}')`, RUNNERS, ['system', 'issuer'], '"row" = 3'),
  deal_contract: of(`values ('${DEAL}', $key, '${ACCOUNT}')`, PARTIES, ['system'], `address = 'x'`),
  servicer_report: of(
    `(deal_id, period, tape_id, figures, inputs, tape_root, previous_state_hash, digest, prepared_by)
      values ('${DEAL}', $number, '${TAPE}', '{}', '{}', '', '', '', '${NOBODY}')`,
    PARTIES,
    ['system', 'servicer'],
    `digest = 'x'`,
    ['system', 'servicer', 'trustee', 'agent'],
  ),
  report_submission: of(
    `values ('${DEAL}', $key, 1, 0, 0, 'none', null, false, '')`,
    PARTIES,
    ['system'],
    'withdrawn = true',
  ),
  deal_alarm: of(
    `values ($uuid, '${DEAL}', 'A', $key, true, '1', '2', 3, now(), null, null)`,
    [...RUNNERS, 'officer'],
    ['system'],
    'answered = false',
  ),
  deal_audit: of(
    `values ('${DEAL}', 1, '', now(), '{A}', 1, null) on conflict do nothing`,
    [...RUNNERS, 'officer'],
    ['system'],
    'next_period = 2',
  ),
  payment: of(
    `values ('${DEAL}', $number, 1, '', '', '', '', false, 0, '{}', false)`,
    PARTIES,
    ['system'],
    'final = true',
  ),
  deal_state: of(`values ('${DEAL}', $number, '{}', '')`, PARTIES, ['system'], `state_hash = 'x'`),
  loan_pledge: of(`values ('${DEAL}', $key, '', null)`, PARTIES, ['system'], 'released_in = 1'),
  pledge_root: of(`values ('${DEAL}', $number, '', '', false)`, PARTIES, ['system'], 'final = true'),
  deal_amendment: of(
    `values ($uuid, '${DEAL}', 2, '', '', '', '', '{}', $key, 'queued', null, null, null, '${NOBODY}', null, null, null)`,
    PARTIES,
    ['system', 'issuer', 'servicer', 'trustee', 'agent'],
    `standing = 'proposed'`,
  ),
  claim: of(
    `values ('${DEAL}', 1, $number, $account, 1, 1, '', false)`,
    [...RUNNERS, 'investor'],
    ['system'],
    'final = true',
  ),
  journal_entry: fixed(
    `(deal_id, entry_id, entry_date, description) values ('${DEAL}', $key, '2020-08-17', 'd')`,
    RUNNERS,
  ),
  journal_line: fixed(`values ('${DEAL}', 'entry', $number, 'cash', 1, 0)`, RUNNERS),
  report_file: of(`values ('${DEAL}', $number, 'summary.json', 't', 's', 1)`, PARTIES, ['system'], 'bytes = 2'),
  vintage_curves: of(`(deal_id, basis, curves) values ('${DEAL}', $key, '[]')`, RUNNERS, ['system'], `curves = '{}'`),
  scenario_set: of(
    `(set_id, deal_id, kind, status, scenarios, document_hash, request_sha256)
      values ($uuid, '${DEAL}', 'list', 'running', 1, '', '')`,
    RUNNERS,
    ['system', 'issuer', 'servicer', 'trustee', 'agent'],
    `scenarios = 2`,
  ),
  scenario_shard: of(
    `(set_id, deal_id, shard, first, past, status) values ('${SET}', '${DEAL}', $number, 0, 1, 'waiting')`,
    RUNNERS,
    ['system', 'issuer', 'servicer', 'trustee', 'agent'],
    'done = 1',
    ['system'],
  ),
  organisation_account: of(
    `values ($organisation, $key)`,
    ['system', 'operator', 'auditor', 'investor', 'officer'],
    ['system', 'operator'],
    `account = account || 'x'`,
    ['system'],
  ),
  platform_contract: of(`values ($key, '${ACCOUNT}')`, EVERYBODY, ['system', 'operator'], `address = 'x'`),
  platform_manifest: of(`values ($key, '{}')`, EVERYBODY, ['system', 'operator'], `manifest = '[]'`),
  screening_entry: of(
    `values ($key, 'n', null)`,
    ['system', 'operator', 'auditor', 'officer'],
    ['system', 'officer'],
    `name = 'x'`,
  ),
  investor: of(
    `values ($uuid, $own, 'n', 'US', '${ACCOUNT}', '2020-12-31', null, 'accredited', 'entered', '${NOBODY}')`,
    ['system', 'operator', 'auditor', 'investor', 'officer'],
    ['system', 'officer'],
    `state = 'admitted'`,
  ),
};

/** A change of tables that nobody changes; of the others, that of the deal. */
const CHANGE: Readonly<Record<string, string>> = { journal_line: 'debit = 2', tape_mapping: 'version = 1' };

describe('what each role reads and writes by direct SQL', () => {
  let platform: TestPlatform;
  const actors = {} as Record<Who, Actor>;
  let serial = 10;
  let accountOfInvestor = '';

  /** Statement over a new row: every placeholder is written out, so that any number of rows may be made. */
  async function statement(table: string, values: string): Promise<string> {
    serial += 1;
    let spare = '';
    if (values.includes('$organisation')) {
      spare = randomUUID();
      await platform.asSystem(`insert into weir.organisation values ('${spare}', 'spare', 'sponsor')`);
    }
    return `insert into weir.${table} ${values}`
      .replace('$uuid', `'${randomUUID()}'`)
      .replace('$key', `'key-${serial}'`)
      .replace('$number', String(serial))
      .replace('$account', `'${accountOfInvestor}'`)
      .replace('$organisation', `'${spare}'`)
      .replace('$issuing', `'${actors.issuer.organisationId}'`)
      .replace('$own', `'${actors.investor.organisationId}'`);
  }

  /** True when the statement is let through and touches a row. It is rolled back, so that roles do not meet. */
  async function may(who: Who, sql: string): Promise<boolean> {
    let touched = 0;
    const undone = new Error('undone');
    try {
      await platform.services.context.uow.run(actors[who], { name: 'test', object: 'test' }, async ({ manager }) => {
        const answer = (await manager.query(sql)) as unknown[];
        touched = typeof answer[1] === 'number' ? answer[1] : 1;
        throw undone;
      });
    } catch (error) {
      if (error === undone) return touched > 0;
      const { code } = error as { code?: string };
      // 42501: refused by a policy or for want of the privilege. Anything else is a fault of the test.
      if (code !== '42501') throw error;
      return false;
    }
    return false;
  }

  beforeAll(async () => {
    platform = await startPlatform();
    actors.issuer = await platform.member('sponsor', 'issuer');
    actors.servicer = await platform.member('servicer', 'servicer');
    actors.trustee = await platform.member('trustee', 'trustee');
    actors.agent = await platform.member('calculation-agent', 'calculation-agent');
    // Its people run other deals; of this one they are investors and no more.
    actors.investor = await platform.member('investor', 'investor', 'issuer', 'servicer');
    actors.otherInvestor = await platform.member('investor', 'investor');
    actors.outsider = await platform.member('sponsor', 'issuer', 'servicer', 'trustee', 'investor');
    actors.officer = await platform.member('operator', 'compliance-officer');
    actors.operator = await platform.member('operator', 'operator');
    // Reads everything and changes nothing, although the organisation is a party.
    actors.auditor = await platform.colleague(actors.issuer, ['auditor', 'issuer']);
    actors.system = { userId: NOBODY, personId: NOBODY, organisationId: NOBODY, roles: ['system'] };
    const parts: [Who, string][] = [
      ...([
        ['issuer', 'issuer'],
        ['servicer', 'servicer'],
        ['trustee', 'trustee'],
      ] as [Who, string][]),
      ...([
        ['agent', 'calculation-agent'],
        ['investor', 'investor'],
        ['otherInvestor', 'investor'],
      ] as [Who, string][]),
    ];
    for (const [who, part] of parts)
      await platform.asSystem('insert into weir.deal_party values ($1, $2, $3)', [
        ...[DEAL, actors[who].organisationId, part],
      ]);
    const own = 'select account from weir.organisation_account where organisation_id = $1';
    const rows = (await platform.asSystem(own, [actors.investor.organisationId])) as { account: string }[];
    accountOfInvestor = rows[0]?.account ?? '';
    await platform.asSystem(`select weir.open_tape_month('2020-07-15')`);
    await platform.asSystem(await statement('deal', MATRIX['deal']?.values ?? ''));
    await platform.asSystem(
      `insert into weir.tape (tape_id, deal_id, period, file_sha256, loan_key, status)
       values ($1, $2, 1, 'f', '{a}', 'received')`,
      [TAPE, DEAL],
    );
    await platform.asSystem(
      `insert into weir.scenario_set (set_id, deal_id, kind, status, scenarios, document_hash, request_sha256)
       values ($1, $2, 'list', 'running', 1, '', '')`,
      [SET, DEAL],
    );
    await platform.asSystem(
      `insert into weir.journal_entry (deal_id, entry_id, entry_date, description)
       values ($1, 'entry', '2020-08-17', 'd')`,
      [DEAL],
    );
    for (const [table, { values }] of Object.entries(MATRIX))
      if (table !== 'deal') await platform.asSystem(await statement(table, values));
  }, 60_000);
  afterAll(() => platform.stop());

  it('covers every table of the use cases', () => {
    const tables = {
      ...{ ...DEAL_TABLES, ...PLATFORM_TABLES },
      ...{
        ...TAPE_TABLES,
        ...TAPE_MONTH_TABLES,
        ...SCENARIO_SET_TABLES,
        ...VINTAGE_TABLES,
        ...REPORT_SUBMISSION_TABLES,
        ...DEAL_ALARM_TABLES,
        ...PLEDGE_TABLES,
        ...AMENDMENT_TABLES,
        ...PLATFORM_MANIFEST_TABLES,
      },
    };
    expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(tables).sort());
  });

  it.each(Object.keys(MATRIX))('%s', async (table) => {
    const { values, reads, inserts, changes } = MATRIX[table] as Row;
    const found = { reads: [] as Who[], inserts: [] as Who[], changes: [] as Who[] };
    const insertable = table === 'deal' ? values.replace(' on conflict do nothing', '') : values;
    for (const who of WHO) {
      // An account is seen by its own organisation; of the investor's account all others are tested.
      const which = table === 'organisation_account' ? `where account = '${accountOfInvestor}'` : '';
      const seen = await platform.services.context.uow.read(actors[who], (manager) =>
        manager.query(`select 1 from weir.${table} ${which} limit 1`),
      );
      if (seen.length > 0) found.reads.push(who);
      const sql = await statement(table, insertable);
      if (await inserted(who, table, sql)) found.inserts.push(who);
      const set = changes?.set ?? CHANGE[table] ?? 'deal_id = deal_id';
      if (await may(who, `update weir.${table} set ${set} ${which}`)) found.changes.push(who);
    }
    const sorted = (names: readonly Who[]) => WHO.filter((who) => names.includes(who));
    expect(found.reads).toEqual(sorted(reads));
    expect(found.inserts).toEqual(sorted(inserts));
    expect(found.changes).toEqual(sorted(changes?.by ?? []));
  });

  /** A deal's row exists: a second insert that the policies let through fails on its key, and on nothing before. */
  async function inserted(who: Who, table: string, sql: string): Promise<boolean> {
    if (table !== 'deal') return may(who, sql);
    try {
      return await may(who, sql);
    } catch (error) {
      if ((error as { code?: string }).code === '23505') return true;
      throw error;
    }
  }

  it('hides from an investor the journal file, other parties, transactions and events of others', async () => {
    await platform.asSystem(`insert into weir.report_file values ('${DEAL}', 1, 'journal.csv', 't', 's', 1)`);
    await platform.asSystem(
      `insert into weir.outbox_transaction (id, organisation_id, signer, "to", data, deal_id, purpose)
       values ('t', '${actors.investor.organisationId}', '${ACCOUNT}', null, '0x', '${DEAL}', 'p')`,
    );
    await platform.asSystem(
      `insert into weir.chain_event (block_number, log_index, block_hash, block_timestamp, transaction_hash, address,
         name, args) values (1, 0, 'h', 1, 't', 'a', 'Claimed', '{}')`,
    );
    const sees = async (who: Who, sql: string) =>
      (await platform.services.context.uow.read(actors[who], (manager) => manager.query(sql))).length;
    const journal = `select 1 from weir.report_file where name = 'journal.csv'`;
    expect([await sees('investor', journal), await sees('trustee', journal)]).toEqual([0, 1]);
    const transactions = 'select 1 from weir.outbox_transaction';
    const seen = await Promise.all(
      (['investor', 'otherInvestor', 'outsider', 'trustee'] as const).map((who) => sees(who, transactions)),
    );
    expect(seen).toEqual([1, 0, 0, 1]);
    const events = 'select 1 from weir.chain_event';
    expect([await sees('otherInvestor', events), await sees('auditor', events)]).toEqual([0, 1]);
    const investors = `select 1 from weir.deal_party where role = 'investor'`;
    expect([await sees('investor', investors), await sees('issuer', investors)]).toEqual([1, 2]);
  });

  it('lets nobody read or change a month by its own name, and Weir alone write to it', async () => {
    const month = 'weir_month.tape_loan_202007';
    const row = (key: string) =>
      `insert into ${month} (tape_id, deal_id, month, loan_key, "row")
       values ('${TAPE}', '${DEAL}', '2020-07-01', '${key}', 2)`;
    for (const who of WHO) {
      expect([who, await may(who, row(`direct-${who}`))]).toEqual([who, who === 'system']);
      expect([who, await may(who, `select 1 from ${month}`)]).toEqual([who, false]);
      expect([who, await may(who, `update ${month} set "row" = 3`)]).toEqual([who, false]);
      expect([who, await may(who, `delete from ${month}`)]).toEqual([who, false]);
      expect([who, await may(who, `select weir.open_tape_month('2021-01-01')`)]).toEqual([who, who === 'system']);
    }
  });

  it('queues transactions of the own account only', async () => {
    const queue = (signer: string) =>
      `insert into weir.outbox_transaction (id, signer, "to", data, deal_id, purpose)
       values ('${randomUUID()}', '${signer}', null, '0x', '${DEAL}', 'p')`;
    expect(await may('investor', queue(accountOfInvestor))).toBe(true);
    for (const who of ['otherInvestor', 'issuer', 'operator', 'officer', 'outsider'] as const)
      expect([who, await may(who, queue(accountOfInvestor))]).toEqual([who, false]);
  });

  it('lets the issuer alone name further parties, and nobody take a part in a deal that has an issuer', async () => {
    const join = (part: string) =>
      `insert into weir.deal_party values ('${DEAL}', '${actors.outsider.organisationId}', '${part}')`;
    expect(await may('issuer', join('investor'))).toBe(true);
    for (const who of WHO.filter((one) => one !== 'issuer' && one !== 'system'))
      expect([who, await may(who, join('issuer'))]).toEqual([who, false]);
  });
});
