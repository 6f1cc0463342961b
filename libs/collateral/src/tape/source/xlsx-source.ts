import { TapeUnreadable } from '../errors.js';
import type { TapeRemark } from '../finding.js';
import { findHeaderRow, HEADER_SEARCH_ROWS, type KnowsName } from './header-row.js';
import type { TapeLimits } from './limits.js';
import { HEAD_RECORDS, type SourceEvidence, type SourceRecord, type TapeSource } from './source.js';
import { readWorkbook, type SheetEntry, type Workbook } from './xlsx-parts.js';
import { sheetRows } from './xlsx-sheet.js';
import { Archive } from './zip.js';

const quiet = (): void => undefined;

interface Candidate {
  readonly sheet: SheetEntry;
  readonly head: readonly SourceRecord[];
  readonly names: number;
}

async function headOf(archive: Archive, workbook: Workbook, sheet: SheetEntry, limits: TapeLimits) {
  const head: SourceRecord[] = [];
  for await (const rows of sheetRows(archive, { workbook, sheet }, limits, quiet)) {
    head.push(...rows);
    if (head.length >= HEADER_SEARCH_ROWS + HEAD_RECORDS) break;
  }
  return head.slice(0, HEADER_SEARCH_ROWS + HEAD_RECORDS);
}

/** The sheet whose header names most columns that are known; one of several alike is never guessed. */
function choose(candidates: readonly Candidate[], wanted: string | null): Candidate {
  const filled = candidates.filter(({ head }) => head.length > 1);
  const named = (of: readonly Candidate[]): string => of.map(({ sheet }) => `"${sheet.name}"`).join(', ');
  if (wanted !== null) {
    const found = candidates.find(({ sheet }) => sheet.name === wanted);
    if (found) return found;
    throw new TapeUnreadable(
      'sheet',
      null,
      `there is no visible sheet "${wanted}"`,
      `name one of ${named(candidates)}`,
    );
  }
  if (filled.length === 0) {
    throw new TapeUnreadable('rows', null, 'no visible sheet has rows', 'check the export; hidden sheets are not read');
  }
  const most = Math.max(...filled.map(({ names }) => names));
  const best = filled.filter(({ names }) => names === most);
  if (best.length === 1 && best[0]) return best[0];
  const detail = `the sheets ${named(best)} look alike and any of them may be the tape`;
  throw new TapeUnreadable('sheet', null, detail, 'name the sheet, or keep only one');
}

function evidenceOf(workbook: Workbook, { sheet, names }: Candidate): SourceEvidence[] {
  const others = workbook.sheets.filter((other) => other !== sheet);
  const aside = others.map(({ name, hidden }) => `"${name}"${hidden ? ' (hidden)' : ''}`).join(', ');
  const because = `${names} of its column names are known${aside === '' ? '' : `; left aside: ${aside}`}`;
  return [
    { what: 'format', value: 'xlsx', because: 'an archive with a workbook in it' },
    { what: 'sheet', value: sheet.name, because },
    { what: 'dates', value: workbook.from1904 ? 'from 1904' : 'from 1900', because: 'stated by the workbook' },
  ];
}

/** A workbook as a source. @throws TapeUnreadable */
export async function xlsxSource(
  bytes: Uint8Array,
  known: KnowsName,
  options: { limits: TapeLimits; sheet: string | null },
): Promise<TapeSource> {
  const { limits } = options;
  const archive = await Archive.open(bytes, limits);
  const workbook = await readWorkbook(archive, limits);
  const candidates: Candidate[] = [];
  for (const sheet of workbook.sheets.filter(({ hidden, part }) => !hidden && archive.has(part))) {
    const head = await headOf(archive, workbook, sheet, limits);
    candidates.push({ sheet, head, names: findHeaderRow(head, known)?.names ?? 0 });
  }
  const chosen = choose(candidates, options.sheet);
  const header = chosen.head[findHeaderRow(chosen.head, known)?.index ?? 0];
  const headerRow = header?.row ?? 0;
  const columns = (header?.cells ?? []).map((cell) => cell ?? '');
  const widened = (record: SourceRecord): SourceRecord => {
    let filled = record.cells.length;
    while (filled > columns.length && !record.cells[filled - 1]) filled--;
    const missing = Math.max(0, columns.length - filled);
    return { ...record, cells: [...record.cells.slice(0, filled), ...Array<null>(missing).fill(null)] };
  };
  const below = (records: readonly SourceRecord[]) => records.filter(({ row }) => row > headerRow).map(widened);
  const remarks: TapeRemark[] = [];
  const remark = (one: TapeRemark): void => {
    if ((one.row ?? 0) <= headerRow || remarks.length >= MAX_REMARKS) return;
    remarks.push({ ...one, column: columns[Number(one.column) - 1] ?? one.column });
  };
  return {
    format: 'xlsx',
    columns,
    headerRow,
    evidence: evidenceOf(workbook, chosen),
    head: below(chosen.head).slice(0, HEAD_RECORDS),
    remarks: () => remarks,
    async *records() {
      for await (const rows of sheetRows(archive, { workbook, sheet: chosen.sheet }, limits, remark)) {
        const batch = below(rows);
        if (batch.length > 0) yield batch;
      }
    },
  };
}

/** Remarks of a file that are kept; a formula in every cell fills no memory. */
const MAX_REMARKS = 10_000;
