import { TapeUnreadable } from '../errors.js';
import type { TapeRemark } from '../finding.js';
import { CsvReader } from './csv-reader.js';
import { findHeaderRow, HEADER_SEARCH_ROWS } from './header-row.js';
import type { TapeLimits } from './limits.js';
import { HEAD_RECORDS, type SourceEvidence, type SourceRecord, type TapeFormat, type TapeSource } from './source.js';
import { isEsmaCode, type Vocabulary } from './vocabulary.js';

/** Records read before the header is looked for. */
export const FIRST_RECORDS = HEADER_SEARCH_ROWS + HEAD_RECORDS;

const EMPTY = ['empty', null, 'the file has no rows', 'check the export and hand the file in again'] as const;

/** The column names of a delimited text and what stands below them in its first records. */
export interface CsvHead {
  readonly format: TapeFormat;
  readonly columns: readonly string[];
  readonly headerRow: number;
  readonly below: SourceRecord[];
  readonly evidence: readonly SourceEvidence[];
}

/** @throws TapeUnreadable when there is no row at all, or the header is wider than a tape's */
export function readCsvHead(first: SourceRecord[], reader: CsvReader, limits: TapeLimits, words: Vocabulary): CsvHead {
  const found = findHeaderRow(first, words.knows);
  const header = first[found?.index ?? 0];
  if (found === null || header === undefined) throw new TapeUnreadable(...EMPTY);
  const columns = header.cells.map((cell) => cell ?? '');
  if (columns.length > limits.columns) {
    const detail = `the header has ${columns.length} columns, more than ${limits.columns}`;
    throw new TapeUnreadable('limit', header.row, detail, 'leave out the columns that are no part of the tape');
  }
  const format = columns.filter(isEsmaCode).length * 2 > columns.length ? 'esma-csv' : 'csv';
  const because = `${found.names} of its names ${found.names === 1 ? 'is' : 'are'} known`;
  const evidence = [
    { what: 'format', value: format, because: 'delimited text' } as const,
    ...reader.evidence(),
    { what: 'header', value: `row ${header.row}`, because } as const,
  ];
  return { format, columns, headerRow: header.row, below: first.slice(found.index + 1), evidence };
}

/** That an encoding was guessed, since one name or the other may be written otherwise than it was meant. */
export function encodingRemarks(reader: CsvReader): TapeRemark[] {
  const { encoding, because } = reader.text;
  if (encoding !== 'windows-1252') return [];
  const message = `the file is not UTF-8 (${because}) and was read as Windows-1252`;
  const remedy = 'check names with accents; export in UTF-8';
  return [{ row: null, column: null, value: encoding, rule: 'encoding-guessed', message, remedy }];
}

/** A delimited text as a source. @throws TapeUnreadable */
export async function csvSource(
  chunks: AsyncIterator<Uint8Array>,
  limits: TapeLimits,
  words: Vocabulary,
): Promise<TapeSource> {
  const reader = new CsvReader(limits);
  const first: SourceRecord[] = [];
  let ended = false;
  while (!ended && first.length < FIRST_RECORDS) {
    const { done, value } = await chunks.next();
    ended = done === true;
    for (const record of ended ? reader.end() : reader.push(value as Uint8Array)) first.push(record);
  }
  const head = readCsvHead(first, reader, limits, words);
  return {
    ...head,
    head: head.below.slice(0, HEAD_RECORDS),
    remarks: () => encodingRemarks(reader),
    endsOpen: () => reader.endsOpen,
    async *records() {
      yield head.below;
      while (!ended) {
        const { done, value } = await chunks.next();
        ended = done === true;
        const batch = ended ? reader.end() : reader.push(value as Uint8Array);
        if (batch.length > 0) yield batch;
      }
    },
  };
}
