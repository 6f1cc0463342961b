import type { CompiledDeal } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import { type Figure, figureNamed, type Figures } from '../project/figures.js';
import type { CsvTable } from '../text/csv.js';
import { paymentDateNamed } from '../text/payment-date.js';
import { readUnit } from '../text/unit-text.js';

/** One figure of a trustee's report, in slot units, with as many decimals as it was reported with. */
export interface TrusteeFigure {
  readonly period: number;
  readonly line: string;
  readonly figure: Figure;
  readonly value: bigint;
  readonly fileLine: number;
  /** How far the value may be off because it was reported rounded: half its last digit, in slot units; 0 for money. */
  readonly rounding: bigint;
}

const KEYS = ['period', 'paymentDate'];

const NO_KEY = 'it needs a column "period" or "paymentDate"; names of the trustee’s own are told by --lines';

interface Cell {
  fileLine: number;
  key: string;
  keyName: string;
  line: string;
  text: string;
}

/**
 * Cells of the long form (line, amount), of the form with a row a class (class, and a column a figure of it), or of the wide
 * one (a column a line); empty cells are not reported.
 */
function cellsOf({ columns, rows }: CsvTable): Cell[] {
  const keyName = KEYS.find((name) => columns.includes(name)) ?? '';
  const [lineAt, amountAt, keyAt] = ['line', 'amount', keyName].map((name) => columns.indexOf(name));
  const classAt = columns.indexOf('class');
  const [heads, of] =
    classAt < 0 ? [KEYS, () => ''] : [[...KEYS, 'class'], (cells: readonly string[]) => `${cells[classAt]}.`];
  const isLong = lineAt !== undefined && lineAt >= 0 && amountAt !== undefined && amountAt >= 0;
  return rows.flatMap(({ line: fileLine, cells }) => {
    const key = cells[keyAt ?? -1] ?? '';
    const lines = isLong
      ? [[cells[lineAt] ?? '', cells[amountAt] ?? ''] as const]
      : columns.flatMap((name, index) =>
          heads.includes(name) ? [] : [[`${of(cells)}${name}`, cells[index] ?? ''] as const],
        );
    return lines.flatMap(([line, text]) => (text === '' ? [] : [{ fileLine, key, keyName, line, text }]));
  });
}

function periodOf(compiled: CompiledDeal, { key, keyName }: Cell): number | null {
  if (keyName === 'period') return /^[1-9]\d{0,4}$/.test(key) ? Number(key) : null;
  return paymentDateNamed(compiled, key);
}

/** Half of the last digit that a rate or ratio was written with, at 10^12. */
function roundingOf(unit: Figure['unit'], text: string): bigint {
  if (unit !== 'ratio' && unit !== 'rate') return 0n;
  const decimals = (/\.(\d*)/.exec(text)?.[1]?.length ?? 0) + (text.includes('%') ? 2 : text.includes('bp') ? 4 : 0);
  return decimals >= 12 ? 0n : 10n ** BigInt(12 - decimals) / 2n;
}

/** Reads a trustee's figures. All faults come at once. @throws InputInvalid */
export function readTrustee(compiled: CompiledDeal, figures: Figures, table: CsvTable): TrusteeFigure[] {
  if (!KEYS.some((name) => table.columns.includes(name))) {
    throw new InputInvalid('the trustee’s file', [NO_KEY]);
  }
  const faults = new Map<string, string>();
  const found = cellsOf(table).flatMap((cell): TrusteeFigure[] => {
    const period = periodOf(compiled, cell);
    if (period === null) {
      const first = compiled.periods[0]?.paymentDate;
      const form = cell.keyName === 'period' ? 'count them from 1' : `the first is ${first}`;
      faults.set(cell.key, `line ${cell.fileLine}: "${cell.key}" is no payment date of the deal (${form})`);
      return [];
    }
    try {
      const figure = figureNamed(figures, cell.line);
      const { fileLine, line, text } = cell;
      return [
        { period, line, figure, fileLine, value: readUnit(figure.unit, text), rounding: roundingOf(figure.unit, text) },
      ];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const key = message.includes('no figure') ? cell.line : `${cell.fileLine} ${cell.line}`;
      if (!faults.has(key)) faults.set(key, `line ${cell.fileLine}, ${cell.line}: ${message}`);
      return [];
    }
  });
  const isUnnamed = [...faults.values()].some((fault) => fault.includes('no figure'));
  const hint = isUnnamed ? ['(names of the trustee’s own are told by --lines)'] : [];
  if (faults.size > 0) throw new InputInvalid('the trustee’s file', [...faults.values(), ...hint]);
  return found;
}
