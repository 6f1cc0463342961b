import { COLLATERAL_COLUMNS, suggest, type Unit } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import { groupColumn } from '../project/collateral-groups.js';
import type { CollateralTable } from '../project/collateral-table.js';
import type { CsvRow, CsvTable } from '../text/csv.js';
import { paymentDateNamed } from '../text/payment-date.js';
import { readReported, SLOT_SCALE } from '../text/unit-text.js';

const HEAD = ['period', 'paymentDate'] as const;

/** Payment date (from 1) of each row: named by its number or its date, else the rows follow each other. */
function periodsOf(compiled: CompiledDeal, table: CsvTable, firstPeriod: number, faults: string[]): number[] {
  const cell = ({ cells }: CsvRow, name: string): string | undefined => cells[table.columns.indexOf(name)];
  return table.rows.map((row, index) => {
    const [number, date] = [cell(row, 'period'), cell(row, 'paymentDate')];
    if (number !== undefined) {
      if (/^[1-9]\d{0,4}$/.test(number)) return Number(number);
      faults.push(`line ${row.line}: period is "${number}": give the payment date counted from 1`);
    } else if (date !== undefined) {
      const found = paymentDateNamed(compiled, date);
      if (found !== null) return found;
      faults.push(`line ${row.line}: the deal pays on no ${date} (first: ${compiled.periods[0]?.paymentDate})`);
    }
    return firstPeriod + index;
  });
}

/** Rows that follow each other from the first projected payment date on; earlier ones were paid. */
function projectedRows(
  compiled: CompiledDeal,
  table: CsvTable,
  firstPeriod: number,
  faults: string[],
): readonly CsvRow[] {
  const periods = periodsOf(compiled, table, firstPeriod, faults);
  const rows = table.rows.filter((_, index) => (periods[index] ?? 0) >= firstPeriod);
  const kept = periods.filter((period) => period >= firstPeriod);
  const gap = kept.findIndex((period, index) => period !== firstPeriod + index);
  if (gap >= 0) {
    faults.push(`line ${rows[gap]?.line}: payment date ${kept[gap]} stands where ${firstPeriod + gap} must be`);
  }
  if (rows.length === 0) faults.push(`no row is of payment date ${firstPeriod} or later`);
  return rows.slice(0, compiled.program.layout.rows - firstPeriod + 1);
}

/** Unit of a collateral group's column; undefined for every other name. */
function unitOfGroup(name: string): Unit | undefined {
  const of = groupColumn(name);
  return of === null ? undefined : COLLATERAL_COLUMNS[of.column];
}

/**
 * Collections from elsewhere, a row a payment date: columns are report items and COLLATERAL_COLUMNS, those of groups as GROUP.column, in any order; signed
 * values are written whole. All faults come at once. @throws InputInvalid
 */
export function collectionsTable(compiled: CompiledDeal, table: CsvTable, firstPeriod = 1): CollateralTable {
  const faults: string[] = [];
  const units: Record<string, Unit> = {
    ...COLLATERAL_COLUMNS,
    ...Object.fromEntries(compiled.inputs.map(({ name, unit }) => [name, unit])),
  };
  const known = Object.keys(units);
  const rows = projectedRows(compiled, table, firstPeriod, faults);
  const names = table.columns.filter((name) => !(HEAD as readonly string[]).includes(name));
  const columns = names.map((name) => {
    const unit = units[name] ?? unitOfGroup(name);
    if (unit === undefined) {
      faults.push(`the column "${name}" is no report item and no collateral column${suggest(name, known)}`);
      return [name, new Float64Array(0)] as const;
    }
    const index = table.columns.indexOf(name);
    const values = rows.map(({ line, cells }) => {
      try {
        const scale = unit === 'money' ? 1 : SLOT_SCALE[unit];
        return Number(readReported(unit, cells[index] ?? '')) / scale;
      } catch (error) {
        faults.push(`line ${line}, ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return 0;
      }
    });
    return [name, Float64Array.from(values)] as const;
  });
  if (faults.length > 0) throw new InputInvalid('the collections', faults);
  return { firstPeriod, rows: rows.length, columns: Object.fromEntries(columns) };
}
