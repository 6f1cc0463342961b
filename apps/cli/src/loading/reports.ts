import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCsv, type Report, readReport, readReportTable } from '@weir/valuation';
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

/** Servicer reports from a folder of JSON or YAML files or a CSV file, in the order of payment dates from `first` on. */
export async function readReports(compiled: CompiledDeal, path: string, first: number): Promise<Report[]> {
  if (path.endsWith('.csv')) {
    const reports = readReportTable(compiled, readCsv(await readText(path), path), path);
    return inOrder(reports, path, first);
  }
  const reports: Report[] = [];
  for (const file of await filesOf(path)) reports.push(readReport(compiled, await readReportData(file), file));
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
