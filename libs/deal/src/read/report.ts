import { isMap } from 'yaml';
import { COLLATERAL_COLUMNS, UNDERLYING_FLOWS } from '../collateral-columns.js';
import type { Formula, Unit } from '../expression/ast.js';
import type { Deal, ReportItem } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { readFormula } from './formula.js';
import { readIndex } from './index-rate.js';
import { Names } from './names.js';
import type { Reading } from './reading.js';
import { namesIn, type NameFacts } from './values.js';

/** What the collateral is made of, by whose names `from:` formulas go. */
type Collateral = Pick<Deal, 'underlying' | 'collateralGroups'>;

/** How the unit of a report item is written. */
export const REPORT_UNITS = [
  'money',
  'rate',
  'ratio',
  'flag',
  'date',
  'signed money',
  'signed rate',
  'signed ratio',
] as const;

function readUnit(cursor: Cursor): { unit: Unit; signed: boolean } {
  const text = cursor.choice(REPORT_UNITS);
  const signed = text.startsWith('signed ');
  return { unit: (signed ? text.slice('signed '.length) : text) as Unit, signed };
}

/** A formula over the collateral's columns, of one period alone. */
function readFrom(cursor: Cursor, unit: Unit, columns: Names, currency: string): Formula {
  const formula = readFormula(cursor, columns, currency, [unit]);
  for (const { at, inHistory } of namesIn(formula.expression)) {
    if (inHistory) cursor.error('arguments', 'a projection feeds one period at a time; take histories in formulas', at);
  }
  return formula;
}

/** Columns that `from:` may name: those of a pool and of each of its groups, and the flows of each class of another deal. */
function columnsOf({ underlying, collateralGroups }: Collateral): Record<string, NameFacts> {
  const flows = underlying.flatMap(({ name }) => UNDERLYING_FLOWS.map((flow) => `${name}.${flow}`));
  const pool = Object.entries(COLLATERAL_COLUMNS).map(([name, unit]): [string, NameFacts] => [name, { unit }]);
  const ofGroups = collateralGroups.flatMap((group) =>
    pool.map(([column, facts]): [string, NameFacts] => [`${group}.${column}`, facts]),
  );
  return Object.fromEntries([
    ...pool,
    ...ofGroups,
    ...flows.map((name): [string, NameFacts] => [name, { unit: 'money' }]),
  ]);
}

/** Items of the servicer report; each becomes a name of a value of its unit. */
export function readReport(
  cursor: Cursor,
  { names, currency }: Reading,
  collateral: Collateral = { underlying: [], collateralGroups: [] },
): ReportItem[] {
  const columns = new Names(cursor.findings, columnsOf(collateral));
  const items = cursor.entries().map(({ name, at, value }): ReportItem => {
    names.declare(name, 'report item', at, value.path);
    const fields = isMap(value.node) ? value.fields(['unit'], ['label', 'from', 'index']) : { unit: value };
    const { unit, signed } = readUnit(fields.unit);
    names.define(name, fields.unit.isSound ? { unit } : {});
    const label = 'label' in fields ? (fields.label?.text() ?? null) : null;
    const from = 'from' in fields && fields.from ? readFrom(fields.from, unit, columns, currency) : null;
    const index = 'index' in fields && fields.index ? readIndex(fields.index, unit) : null;
    return { name, unit, signed, label, from, index, ...cursor.findings.place(at) };
  });
  columns.settle();
  return items;
}
