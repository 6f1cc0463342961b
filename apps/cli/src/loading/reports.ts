import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Era,
  eraAt,
  knowsColumn,
  readCsv,
  type CsvTable,
  readLineNames,
  type Report,
  type ReportIndices,
  readReport,
  readReportTable,
  readServicerTable,
  type ServicerTable,
  tableOfEra,
} from '@weir/valuation';
import type { CompiledDeal } from '@weir/waterfall';
import { InputUnreadable, OptionsDisagree } from '../errors.js';
import { readReportData, readText } from './deal.js';

async function filesOf(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => /\.(json|ya?ml)$/.test(name));
    // report-2 stands before report-10.
    names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    return names.map((name) => join(path, name));
  } catch (error) {
    throw new InputUnreadable(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Servicer reports from a folder of JSON or YAML files or a CSV file, in the order of payment dates from `filled.period` on. */
export async function readReports(compiled: CompiledDeal, path: string, filled: ReportIndices): Promise<Report[]> {
  const { indices, period: first } = filled;
  return readReportsOf([{ compiled, fromPeriod: 1 }], path, { indices: [indices], first });
}

/** The payment date that a report's JSON says it is of. */
function periodIn(json: unknown): number | null {
  const period = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)['period'] : undefined;
  return period === undefined ? null : Number(period);
}

/** What of an era is needed to read its reports. */
type ReadEra = Pick<Era, 'compiled' | 'fromPeriod'>;

/** What fills index rates, era by era, and the first payment date of which a report is wanted. */
interface Filled {
  readonly indices: readonly ReportIndices['indices'][];
  readonly first: number;
}

/**
 * A servicer's CSV of all payment dates. `items` is a file that says what its names stand for; without it the columns have
 * the deal's names. Titles above the header are passed over. @throws InputInvalid
 */
export async function readTableOf(eras: readonly ReadEra[], path: string, items?: string): Promise<ServicerTable> {
  const text = await readText(path);
  const isItem = (name: string): boolean => eras.some(({ compiled }) => knowsColumn(compiled, name));
  if (items === undefined) return { table: readCsv(text, path, (cells) => cells.some(isItem)), unused: [] };
  return readServicerTable(text, path, readLineNames(readCsv(await readText(items), items), items, 'item'), isItem);
}

/** The same of a deal that was amended: each report is read as the document of its date has it. */
export async function readReportsOf(
  eras: readonly [ReadEra, ...ReadEra[]],
  path: string,
  { indices, first }: Filled,
  given?: CsvTable,
): Promise<Report[]> {
  const filledOf = (index: number, period: number): ReportIndices | null => {
    const found = indices[index];
    return found ? { indices: found, period } : null;
  };
  if (path.endsWith('.csv')) {
    const table = given ?? (await readTableOf(eras, path)).table;
    const reports = eras.flatMap(({ compiled, fromPeriod }, index) => {
      const rows = tableOfEra(table, eras, index, first, knowsColumn);
      return readReportTable(compiled, rows, path, filledOf(index, Math.max(first, fromPeriod)));
    });
    return inOrder(reports, path, first);
  }
  const reports: Report[] = [];
  for (const file of await filesOf(path)) {
    const json = await readReportData(file);
    const period = periodIn(json) ?? first + reports.length;
    const index = eraAt(eras, period);
    const { compiled } = eras[index] ?? eras[0];
    reports.push(readReport(compiled, json, file, filledOf(index, period)));
  }
  if (reports.length === 0)
    throw new OptionsDisagree(`${path} holds no report: put a .json or .yaml file a payment date there`);
  return inOrder(reports, path, first);
}

/** Reports that say their payment date are put in its order; those before the state were paid and are left out. */
function inOrder(reports: readonly Report[], path: string, first: number): Report[] {
  if (reports.some(({ period }) => period === null)) return [...reports];
  const sorted = [...reports]
    .sort((a, b) => (a.period ?? 0) - (b.period ?? 0))
    .filter(({ period }) => (period ?? 0) >= first);
  const gap = sorted.findIndex(({ period }, index) => period !== first + index);
  if (gap >= 0) {
    throw new OptionsDisagree(`${path}: the report of payment date ${first + gap} is missing (or stands twice)`);
  }
  return sorted;
}
