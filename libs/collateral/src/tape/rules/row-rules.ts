import type { FindingLog } from '../finding.js';
import type { TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { AssetClass } from '../model/field.js';
import type { RowReader } from '../row-reader.js';
import { BALANCE_RULES } from './row-balances.js';
import { DATE_RULES } from './row-dates.js';
import { PAYMENT_RULES } from './row-payments.js';
import { PRINCIPAL_RULES } from './row-principal.js';
import { STANDING_RULES } from './row-standing.js';
import { RowView } from './row-view.js';

const RULES = [...DATE_RULES, ...PAYMENT_RULES, ...BALANCE_RULES, ...PRINCIPAL_RULES, ...STANDING_RULES];

/**
 * The rules that look at the figures of one row together, of any asset class and under any names: those of whose roles the
 * tape has columns. @param reader stands at the row that is checked
 */
export function rowRulesOf(
  one: AssetClass,
  header: TapeHeader,
  reader: RowReader,
  log: FindingLog,
): (row: ReadRow) => void {
  const view = new RowView(one, header, reader, log);
  const rules = RULES.filter(
    ({ needs, of }) => needs.every((role) => view.has(role)) && (of === undefined || of.includes(one.name)),
  );
  return (row) => {
    view.row = row;
    for (const { check } of rules) check(view);
  };
}
