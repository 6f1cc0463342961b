import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import type { ReadRow } from '@weir/collateral';
import type { LoanLayout } from './loan-columns.js';
import { LINE_COLUMNS, LoanLines } from './loan-line.js';
import { NoTransaction } from './no-transaction.js';

/** Which tape the copied loans are of. */
export interface LoanPlace {
  readonly tapeId: string;
  readonly dealId: string;
  /** First day of the month reported, YYYY-MM-DD. */
  readonly month: string;
}

/** Bytes that are handed to the connection at once, and that may wait there. */
const CHUNK = 1 << 16;
const WAITING = 1 << 20;

/** The partition of a month, made when there is none; in a transaction of its own, since making one takes a lock. */
export async function openMonth(manager: EntityManager, month: string): Promise<string> {
  const [opened]: { name: string }[] = await manager.query('select weir.open_tape_month($1) as name', [month]);
  return opened?.name ?? '';
}

/**
 * Copies loans straight into their month's partition, on the connection of the surrounding transaction, as fast as the
 * database takes them. Nothing else may use the connection until `end`.
 */
export class LoanCopy {
  private failure: Error | null = null;

  private constructor(
    private readonly sink: NodeJS.WritableStream,
    private readonly lines: LoanLines,
  ) {
    sink.on('error', (error: Error) => (this.failure ??= error));
  }

  /**
   * @param fields names of the fields in the order of a row's values
   * @throws NoTransaction outside a unit of work
   */
  static async begin(
    manager: EntityManager,
    partition: string,
    { tapeId, dealId, month }: LoanPlace,
    layout: LoanLayout,
    fields: readonly string[],
  ) {
    if (manager.queryRunner === undefined) throw new NoTransaction();
    const client = (await manager.queryRunner.connect()) as ClientBase;
    const columns = [...LINE_COLUMNS, ...layout.columns.map(({ column }) => column), 'others'];
    const sink = client.query(
      copyFrom(`copy ${partition} (${columns.join(', ')}) from stdin`, { highWaterMark: WAITING }),
    );
    return new LoanCopy(sink, new LoanLines(`${month}\t${tapeId}\t${dealId}`, layout, fields));
  }

  /** @throws what the database refuses */
  async add(rows: readonly Pick<ReadRow, 'key' | 'row' | 'values'>[]): Promise<void> {
    for (const row of rows) this.lines.add(row);
    if (this.lines.length < CHUNK) return;
    if (!this.sink.write(this.lines.take())) await new Promise<void>((resolve) => this.whenReady(resolve));
    if (this.failure !== null) throw this.failure;
  }

  /** Ends the copy; the connection is free again, whatever this throws. */
  async end(): Promise<void> {
    if (this.failure !== null) throw this.failure;
    const done = finished(this.sink);
    this.sink.end(this.lines.take());
    await done;
  }

  private whenReady(go: () => void): void {
    const once = (): void => {
      this.sink.removeListener('drain', once);
      this.sink.removeListener('error', once);
      go();
    };
    this.sink.on('drain', once);
    this.sink.on('error', once);
    if (this.failure !== null) once();
  }
}
