import type { LoanRecord, ReadRow } from './loan-record.js';
import type { Field } from './model/field.js';
import type { TapeSource } from './source/source.js';
import { TapeReader, type ReaderOptions, type TapeResult } from './tape-reader.js';

/** A tape that is being read: its rows in batches, then what they come to. */
export interface TapeStream {
  /** Fields of the loan model that the file has, in the order of a row's values. */
  readonly fields: readonly Field[];
  /** Name of a field's column in the file. */
  columnOf(field: string): string;
  /** Rows in file order, blocked ones too; read once. @throws TapeUnreadable */
  rows(): AsyncIterable<ReadRow[]>;
  /** The same with their values by name. @throws TapeUnreadable */
  batches(): AsyncIterable<LoanRecord[]>;
  /** Once the rows have ended. A row that was handed on may turn out blocked here: nothing is imported before. */
  result(): TapeResult;
}

/** Rows handed on at once: few enough to be gone before the collector looks at them twice. */
const BATCH = 128;

/**
 * Reads a source of any asset class without holding its rows.
 * @throws TapeUnreadable, MissingColumns when its columns are not the asset class's
 */
export function streamTape(source: TapeSource, options: ReaderOptions): TapeStream {
  const reader = new TapeReader(source, options);
  async function* rows(): AsyncGenerator<ReadRow[]> {
    for await (const records of source.records()) {
      for (let at = 0; at < records.length; at += BATCH) {
        const loans = records.slice(at, at + BATCH);
        const batch: ReadRow[] = [];
        for (const record of loans) if (!reader.leavesOut(record)) batch.push(reader.read(record));
        yield batch;
      }
    }
    reader.ended(source.remarks(), source.endsOpen?.());
  }
  return {
    fields: reader.fields,
    columnOf: (field) => reader.columnOf(field),
    rows,
    async *batches() {
      for await (const batch of rows()) yield batch.map((row) => reader.named(row));
    },
    result: () => reader.finish(),
  };
}
