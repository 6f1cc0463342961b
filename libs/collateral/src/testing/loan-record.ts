import type { LoanRecord } from '../tape/loan-record.js';
import type { FieldValue } from '../tape/row-reader.js';

/** A row of a consumer-loan tape for specs, as it was read; June 2020 unless told. */
export function consumerRecord(
  key: string,
  values: Record<string, FieldValue>,
  period = { from: '2020-06-01', to: '2020-06-30' },
  row = 2,
): LoanRecord {
  return { row, key, period, values: { loanNumber: key, ...values }, blocked: false, loan: null };
}
