import { In, type EntityManager } from 'typeorm';
import { FindingLog, HistoryCheck, type LoanRecord, type TapeHistory } from '@weir/collateral';
import { TapeRecord } from './entities.js';
import type { LoanRow } from './loan-rows.js';
import { currentTapes } from './versions.js';
import { paged, recordsOfTape, storedTape, type StoredTape } from './stored-tape.js';

/** What the columns of a loan say of it that the next tape can contradict. */
const CONTRADICTS = ['original_amount', 'originated', 'original_rate', 'original_term', 'obligor']
  .map((column) => `(n.${column} is not null and o.${column} is not null and n.${column} <> o.${column})`)
  .join(' or ');

/** What a loan that states no opening balance fell from, beside what its adjustments and charge-offs say. */
const FELL_FROM = 'n.closing + n.principal + coalesce(n.other_principal_adjustment, 0)';

/** Loans of both tapes on which the history has anything to say. */
const PAIRS = `
  from weir.tape_loan n join weir.tape_loan o on o.loan_key = n.loan_key
  where n.tape_id = $1 and n.month = $2 and o.tape_id = $3 and o.month = $4 and n.loan_key > $5
    and ((n.opening <> o.closing) or (n.opening is null and ${FELL_FROM} <> o.closing)
      or (o.closing = 0 and n.closing > 0) or ${CONTRADICTS})
  order by n.loan_key limit $6`;

const VANISHED = `
  select o.* from weir.tape_loan o
  where o.tape_id = $3 and o.month = $4 and o.loan_key > $5 and (o.closing is null or o.closing <> 0)
    and not exists (select 1 from weir.tape_loan n where n.tape_id = $1 and n.month = $2 and n.loan_key = o.loan_key)
  order by o.loan_key limit $6`;

/** Loans that the last tape did not have: the last row that an earlier one, in `$7`, had of each. */
const RETURNED = `
  select distinct on (o.loan_key) o.* from weir.tape_loan n
    join weir.tape_loan o on o.loan_key = n.loan_key and o.tape_id = any($7)
  where n.tape_id = $1 and n.month = $2 and n.loan_key > $5
    and not exists (select 1 from weir.tape_loan l where l.tape_id = $3 and l.month = $4 and l.loan_key = n.loan_key)
  order by o.loan_key, o.month desc limit $6`;

/** Tapes that count for the months before, the last month first. */
export async function tapesBefore(manager: EntityManager, dealId: string, month: string): Promise<TapeRecord[]> {
  const counting = (await currentTapes(manager, dealId)).filter((one) => one.month < month).reverse();
  const tapes = await manager.findBy(TapeRecord, { dealId, tapeId: In(counting.map(({ tapeId }) => tapeId)) });
  return counting.flatMap(({ tapeId }) => tapes.filter((tape) => tape.tapeId === tapeId));
}

/** What the library remembers of loans. */
function memoryOf(tape: StoredTape, records: readonly LoanRecord[]): TapeHistory {
  const check = new HistoryCheck(new Map(), tape.assetClass, new FindingLog());
  for (const record of records) check.see(record);
  return check.finish();
}

/** Compares a stored tape with those that count for the months before; the loans stay in the database. */
class StoredHistory {
  readonly log = new FindingLog();

  constructor(
    private readonly manager: EntityManager,
    private readonly tape: StoredTape,
    private readonly before: readonly StoredTape[],
    private readonly nameOf: (field: string) => string,
  ) {}

  async compare(): Promise<void> {
    const [last, ...earlier] = this.before;
    if (last === undefined || last.assetClass !== this.tape.assetClass) return;
    await this.compareBoth(last);
    for await (const rows of this.pages(last, VANISHED)) {
      this.check(memoryOf(last, recordsOfTape(last, rows)), last).finish();
    }
    if (earlier.length > 0) await this.compareReturned(last, earlier);
  }

  private pages(last: StoredTape, sql: string, more: unknown[] = []): AsyncGenerator<LoanRow[]> {
    const { tapeId, month } = this.tape;
    return paged((after, most) =>
      this.manager.query(sql, [tapeId, month, last.tapeId, last.month, after, most, ...more]),
    );
  }

  /** @param last the tape of the month before */
  private check(before: TapeHistory, { period }: StoredTape): HistoryCheck {
    return new HistoryCheck(before, this.tape.assetClass, this.log, this.nameOf, undefined, period?.to);
  }

  private async compareBoth(last: StoredTape): Promise<void> {
    for await (const rows of this.pages(last, `select n.* ${PAIRS}`)) {
      const was: LoanRow[] = await this.rowsOf([last], rows);
      this.see(memoryOf(last, recordsOfTape(last, was)), last, rows);
    }
  }

  private async compareReturned(last: StoredTape, earlier: readonly StoredTape[]): Promise<void> {
    const ids = earlier.map(({ tapeId }) => tapeId);
    for await (const rows of this.pages(last, RETURNED, [ids])) {
      const memory = new Map(
        earlier.flatMap((tape) => [
          ...memoryOf(
            tape,
            recordsOfTape(
              tape,
              rows.filter((row) => row['tape_id'] === tape.tapeId),
            ),
          ),
        ]),
      );
      this.see(memory, last, await this.rowsOf([this.tape], rows));
    }
  }

  private see(memory: TapeHistory, last: StoredTape, rows: readonly LoanRow[]): void {
    const check = this.check(memory, last);
    for (const record of recordsOfTape(this.tape, rows)) check.see(record);
  }

  /** Rows of the same loans in other tapes. */
  private rowsOf(tapes: readonly StoredTape[], rows: readonly LoanRow[]): Promise<LoanRow[]> {
    return this.manager.query(
      'select * from weir.tape_loan where tape_id = any($1) and month = any($2::date[]) and loan_key = any($3)',
      [tapes.map(({ tapeId }) => tapeId), tapes.map(({ month }) => month), rows.map((row) => row.loan_key)],
    );
  }
}

/**
 * Findings of a stored tape against those that count for the months before: loans that vanished or came back, opened where
 * they did not close, or changed what cannot change. Memory grows with the findings, not with the loans.
 * @param nameOf name of a field's column in the tape's file
 */
export async function historyFindings(
  manager: EntityManager,
  dealId: string,
  tape: StoredTape,
  nameOf: (field: string) => string,
): Promise<FindingLog> {
  const before = (await tapesBefore(manager, dealId, tape.month)).map(storedTape);
  const history = new StoredHistory(manager, tape, before, nameOf);
  await history.compare();
  return history.log;
}
