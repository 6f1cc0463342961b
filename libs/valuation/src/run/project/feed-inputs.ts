import { COLLATERAL_COLUMNS, type Deal, type ReportItem, type Unit } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import { InputNegative, InputsMissing } from '../errors.js';
import { type IndexInputs, missingFixings } from '../fixings/index-inputs.js';
import { rateOn, type Scenario, valueIn } from '../../scenario/scenario.js';
import { SLOT_SCALE } from '../text/unit-text.js';
import type { CollateralTable } from './collateral-table.js';
import { evaluateFormula } from './evaluate.js';

/** What a missing item may be written as in a scenario. */
const SAMPLES: Record<Unit, string> = { money: '0.00', rate: '0 %', ratio: '0', date: '2025-01-01', flag: 'false' };

/** Values of an item over the rows: money in cents, the rest as it is. Null when nothing gives it. */
function valuesOf(
  { name, unit, from }: Pick<ReportItem, 'name' | 'unit' | 'from'>,
  compiled: CompiledDeal,
  table: CollateralTable,
  scenario: Scenario,
  indices: IndexInputs,
): Float64Array | null {
  const { columns, rows, firstPeriod } = table;
  const given = columns[name];
  // What collections from elsewhere say of the item itself goes before what would be derived, but a column of the pool that
  // happens to have the item's name does not.
  if (given && !(from && name in COLLATERAL_COLUMNS)) return given;
  if (from) {
    return evaluateFormula(from, (column, row) => columns[column]?.[row], rows, firstPeriod);
  }
  const assumed = assumedValues(name, unit, compiled, table, scenario);
  const fixed = indices.get(name)?.slice(firstPeriod - 1, firstPeriod - 1 + rows) ?? [];
  if (!assumed && (fixed.length < rows || fixed.some(({ rate }) => rate === null))) return null;
  return Float64Array.from({ length: rows }, (_, row) => {
    const rate = fixed[row]?.rate ?? null;
    return rate === null ? (assumed?.[row] ?? 0) : Number(rate) / SLOT_SCALE.rate;
  });
}

/** What the scenario says of an item: its input, else the index of its name; null when it says nothing. */
function assumedValues(
  name: string,
  unit: Unit,
  compiled: CompiledDeal,
  { rows, firstPeriod }: CollateralTable,
  scenario: Scenario,
): Float64Array | null {
  const values = scenario.inputs[name];
  const scale = unit === 'money' ? 100 : 1;
  if (values) return Float64Array.from({ length: rows }, (_, row) => scale * valueIn(values, row));
  const path = scenario.rates[name];
  if (!path) return null;
  return Float64Array.from({ length: rows }, (_, row) => {
    const date = compiled.periods[firstPeriod - 1 + row]?.collectionFrom ?? '';
    return scale * rateOn(path, row, date);
  });
}

/** A value in slot units, a whole number: cents, 10^12, days, 0 or 1. */
function slotValue(unit: Unit, value: number): number {
  const scaled = unit === 'money' ? value : value * SLOT_SCALE[unit];
  return Math.sign(scaled) * Math.round(Math.abs(scaled));
}

/** How the inputs of a projection are fed. */
export interface Feed {
  /** Rows × input slots, row-major, whole numbers in slot units. */
  readonly inputs: Float64Array;
  /** Inputs of each row. */
  readonly width: number;
}

/**
 * Inputs of every projected payment date. An item is what the table has under its name (unless that is a column of the pool and the
 * item has a `from:`), else its `from:` formula over the table's columns, else what published rates make it on the dates for which they are there, else the scenario's input or
 * index of its name, else (with `assumeZero`) zero. Amounts are rounded to
 * the cent half up. A call is not exercised unless the table says so. @throws InputsMissing naming all items that nothing
 * gives @throws InputNegative where an item that is not signed is below zero @throws FormulaWithoutValue
 */
export function feedInputs(
  deal: Deal,
  compiled: CompiledDeal,
  table: CollateralTable,
  scenario: Scenario,
  options: { assumeZero?: boolean; indices?: IndexInputs } = {},
): Feed {
  const items = new Map(deal.report.map((item) => [item.name, item]));
  const width = compiled.program.layout.regions.I.count;
  const inputs = new Float64Array(width * table.rows);
  const { assumeZero = false, indices = new Map() } = options;
  const missing: { name: string; unit: string; sample: string }[] = [];
  let slot = 0;
  for (const { name, slots, unit } of compiled.inputs) {
    const item = items.get(name);
    const values = item ? valuesOf(item, compiled, table, scenario, indices) : (table.columns[name] ?? null);
    if (!values && item && !assumeZero) missing.push({ name, unit, sample: SAMPLES[unit] });
    for (let row = 0; row < table.rows; row++) {
      const value = slotValue(unit, values?.[row] ?? 0);
      if (slots.length === 1) {
        if (value < 0) throw new InputNegative(name, unit, table.firstPeriod + row, scenario.name);
        inputs[row * width + slot] = value;
      } else inputs[row * width + slot + (value < 0 ? 1 : 0)] = Math.abs(value);
    }
    slot += slots.length;
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    throw new InputsMissing(missing, scenario.name, missingFixings(indices, names, table.firstPeriod));
  }
  return { inputs, width };
}

/** Place of an input's first slot within a row. */
export function inputIndex(compiled: CompiledDeal, name: string): number {
  let index = 0;
  for (const item of compiled.inputs) {
    if (item.name === name) return index;
    index += item.slots.length;
  }
  return -1;
}
