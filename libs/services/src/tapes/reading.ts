import type { SeveralMonths, TapeResult } from '@weir/collateral';
import type { Tx } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import type { TapeFailure, TapeRecord } from './entities.js';
import type { LoanLayout } from './loan-columns.js';
import type { OpenedTape } from './open-source.js';

/** What became of a file's rows. */
export interface Reading {
  readonly failure: TapeFailure | null;
  readonly opened: OpenedTape | null;
  readonly result: TapeResult | null;
  /** The columns are not a tape's by their own names; they may be one's by a mapping. */
  readonly columnsUnknown: boolean;
  /** Of a tape whose loans stand in the database. */
  readonly stored: { readonly month: string; readonly layout: LoanLayout } | null;
}

/** A tape whose outcome was written down. */
export interface KeptTape {
  readonly failure: TapeFailure | null;
  /** What was found, by the months before it too; null when its rows could not be judged. */
  readonly judged: TapeResult | null;
}

/** A file of several months as its first reading found it. */
export interface History {
  readonly opened: OpenedTape;
  readonly result: NonNullable<Reading['result']>;
  readonly several: SeveralMonths;
}

/** How a tape's rows come into the database, whatever file they are of. */
export interface TapeReading {
  /** Opens a tape's file to read it once more. @throws TapeUnreadable */
  open(manager: EntityManager, tape: TapeRecord): Promise<OpenedTape>;
  /** Reads a tape's rows into the database. @param given the rows that are the tape's; those of its whole file without it */
  read(manager: EntityManager, tape: TapeRecord, given?: OpenedTape | null): Promise<Reading>;
  /** Writes down what became of a tape that was read. */
  keep(tx: Tx, tape: TapeRecord, reading: Reading): Promise<KeptTape>;
}
