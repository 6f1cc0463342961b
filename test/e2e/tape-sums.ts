import { parse } from 'csv-parse/sync';

/** The rows of a tape by column name. */
type Row = Readonly<Record<string, string>>;

/** Sums of a pool's rows in cents, added up here and nowhere else: what reports are checked against. */
export interface TapeSums {
  loans: number;
  opening: bigint;
  closing: bigint;
  interest: bigint;
  principalGross: bigint;
  principalReversed: bigint;
  recoveries: bigint;
  repurchases: bigint;
  chargeOffs: bigint;
  /** Interest, principal net of reversals, recoveries and repurchase proceeds. */
  available: bigint;
}

const keyOf = (row: Row): string => `${row['assetNumber']}|${row['originalLoanAmount']}|${row['obligorCreditScore']}`;

function rowsOf(tape: Uint8Array): Row[] {
  return parse(Buffer.from(tape), { columns: true }) as Row[];
}

/** 1234.50 as 123450 cents; NA as nothing. */
export function centsOf(text: string | undefined): bigint {
  if (text === undefined || text === 'NA') return 0n;
  const [, sign, whole, fraction] = /^(-?)(\d+)\.(\d\d)$/.exec(text) ?? [];
  if (whole === undefined) throw new TypeError(`${text} is not an amount with two decimals`);
  return BigInt(`${sign}${whole}${fraction}`);
}

/** The loans that are in the pool: those with a balance when the first period opens. */
export function poolOf(firstTape: Uint8Array): Set<string> {
  const inPool = rowsOf(firstTape).filter((row) => centsOf(row['reportingPeriodBeginningLoanBalanceAmount']) > 0n);
  return new Set(inPool.map(keyOf));
}

/** How many of the pool's loans end the month without a balance. */
export function endedIn(tape: Uint8Array, pool: ReadonlySet<string>): number {
  const ended = (row: Row): boolean => centsOf(row['reportingPeriodActualEndBalanceAmount']) === 0n;
  return rowsOf(tape).filter((row) => pool.has(keyOf(row)) && ended(row)).length;
}

/** Sums of the pool's rows. A negative adjustment beside a payment, or negative principal, is a returned payment. */
export function sumsOf(tape: Uint8Array, pool: ReadonlySet<string>): TapeSums {
  const rows = rowsOf(tape).filter((row) => pool.has(keyOf(row)));
  const sum = (column: string, keep = (amount: bigint): bigint => amount): bigint =>
    rows.reduce((total, row) => total + keep(centsOf(row[column])), 0n);
  const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
  const negative = (amount: bigint): bigint => (amount < 0n ? -amount : 0n);
  const interest = sum('actualInterestCollectedAmount');
  const principalGross = sum('actualPrincipalCollectedAmount', positive);
  const principalReversed =
    sum('actualPrincipalCollectedAmount', negative) + sum('otherPrincipalAdjustmentAmount', negative);
  const recoveries = sum('recoveredAmount');
  const repurchases = sum('repurchaseAmount');
  return {
    loans: rows.length,
    opening: sum('reportingPeriodBeginningLoanBalanceAmount'),
    closing: sum('reportingPeriodActualEndBalanceAmount'),
    interest,
    principalGross,
    principalReversed,
    recoveries,
    repurchases,
    chargeOffs: sum('chargedoffPrincipalAmount'),
    available: interest + principalGross - principalReversed + recoveries + repurchases,
  };
}
