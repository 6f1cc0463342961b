import type { TapeRemark } from '../finding.js';

/** The forms of file that a tape may have; found by content, never by the file's name. */
export const TAPE_FORMATS = ['csv', 'xlsx', 'abs-ee-xml', 'esma-csv', 'esma-xml'] as const;
export type TapeFormat = (typeof TAPE_FORMATS)[number];

/** A row of the file before anything is read into its cells. */
export interface SourceRecord {
  /** Line of a text on which the record begins, row of a sheet, number (from 1) of the asset in an XML. */
  readonly row: number;
  /** Line on which an XML asset begins; absent where `row` says it all. */
  readonly line?: number;
  /** One a column, trimmed; null where an XML asset or a sheet has nothing there. */
  readonly cells: readonly (string | null)[];
}

/** Something that was found out about the file rather than stated by it. */
export interface SourceEvidence {
  readonly what: 'format' | 'encoding' | 'delimiter' | 'header' | 'sheet' | 'dates';
  readonly value: string;
  readonly because: string;
}

/** A file as records under column names. */
export interface TapeSource {
  readonly format: TapeFormat;
  readonly columns: readonly string[];
  /** Row of the column names; 0 for XML. */
  readonly headerRow: number;
  readonly evidence: readonly SourceEvidence[];
  /** The first records, for guessing what the columns hold. */
  readonly head: readonly SourceRecord[];
  /** All records, the head too, in batches; read once. @throws TapeUnreadable on what cannot be read further on */
  records(): AsyncIterable<SourceRecord[]>;
  /** What was found in the file itself so far; whole when `records` has ended. */
  remarks(): readonly TapeRemark[];
  /** Of a text of which `records` has ended: whether no line break stands behind its last row. */
  endsOpen?(): boolean;
}

/** Records that a head holds at most. */
export const HEAD_RECORDS = 200;
