import { type AssetClass, isAbsent, type Role, type TapeSource } from '@weir/collateral';
import { groupMoney } from '@weir/money';
import { type LoanLeftOut, type LoanPlace, projectableOf, type TapeLines, USUALLY_LEFT_OUT } from '@weir/valuation';
import { LoansLeftOut, OptionInvalid } from '../errors.js';
import { percent } from '../output/figures.js';

/** A loan of a tape that a projection leaves out, with the cell for which it does. */
export interface LeftOut extends LoanPlace {
  readonly balance: bigint;
  /** Name of the column in the file; null where no column states it. */
  readonly column: string | null;
  /** The cell as it stands in the file. */
  readonly value: string | null;
  /** What the loan lacks, in words. */
  readonly lacks: string;
}

/** The option by which more may be left out; every command that projects a tape takes it. */
export const LEAVE_OUT = [
  '--leave-out <percent>',
  `the most of a tape’s balance, in percent, that loans may have which cannot be projected: they are left out (${USUALLY_LEFT_OUT * 100})`,
] as const;

/** The share that an option allows, as a fraction. @throws OptionInvalid */
export function shareOption(text?: string): number {
  if (text === undefined) return USUALLY_LEFT_OUT;
  const share = Number(text.trim().replace(/\s*%$/, ''));
  if (text.trim() !== '' && share >= 0 && share <= 100) return share / 100;
  throw new OptionInvalid('--leave-out', text, 'a share in percent from 0 to 100');
}

/** A tape's file opened anew, to look at the cells of what is left out. */
export interface TapeCells {
  readonly assetClass: AssetClass;
  readonly open: () => Promise<{ readonly source: TapeSource; readonly columnOf: (field: string) => string }>;
}

/** The records of some rows. */
async function recordsOf(source: TapeSource, rows: ReadonlySet<number>) {
  const found = new Map<number, readonly (string | null)[]>();
  for await (const records of source.records()) {
    for (const { row, cells } of records) if (rows.has(row)) found.set(row, cells);
    if (found.size === rows.size) break;
  }
  return found;
}

/** Loans with the cells for which they are left out: of the columns that state it, the first with a value, else the first. */
async function withCells(lacking: readonly LoanLeftOut[], { assetClass, open }: TapeCells): Promise<LeftOut[]> {
  const { source, columnOf } = await open();
  const records = await recordsOf(source, new Set(lacking.map(({ row }) => row)));
  const columnsOf = (roles: readonly Role[]): string[] =>
    roles
      .flatMap((role) => assetClass.fields.filter((field) => field.role === role))
      .map(({ name }) => columnOf(name))
      .filter((column) => source.columns.includes(column));
  return lacking.map(({ roles, lacks, ...loan }) => {
    const cells = records.get(loan.row) ?? [];
    const stated = columnsOf(roles).map((column) => ({ column, value: cells[source.columns.indexOf(column)] ?? null }));
    const said = stated.find(({ value }) => value !== null && !isAbsent(value)) ?? stated[0];
    return { ...loan, column: said?.column ?? null, value: said?.value ?? null, lacks };
  });
}

/** Loans that a message names one by one. */
const MOST_TOLD = 20;

function lineOf({ key, row, balance, column, value, lacks }: LeftOut): string {
  const cell =
    column === null
      ? 'no column states it'
      : `${column} ${value === null || value === '' ? 'is empty' : `reads ${value}`}`;
  return `  row ${row}, loan ${key}, balance ${groupMoney(balance)}: ${cell}; it lacks ${lacks}`;
}

/**
 * The lines of a tape that can be projected. What cannot is told on standard error, loan by loan, with what it comes to; more
 * than `share` of the balance is refused.
 * @throws LoansLeftOut
 */
export async function projectable(
  path: string,
  read: TapeLines,
  cells: TapeCells,
  share: number,
): Promise<{ lines: TapeLines['lines']; leftOut: readonly LeftOut[] }> {
  const { lines, leftOut: lacking, sum, all, share: part } = projectableOf(read);
  if (lacking.length === 0) return { lines, leftOut: [] };
  const leftOut = await withCells(lacking, cells);
  const more = leftOut.length > MOST_TOLD ? [`  and ${leftOut.length - MOST_TOLD} more`] : [];
  const told = [...leftOut.slice(0, MOST_TOLD).map(lineOf), ...more];
  const what = `${leftOut.length} of ${leftOut.length + lines.length} loans, ${groupMoney(sum)} of ${groupMoney(all)} (${percent(part)})`;
  if (part > share) throw new LoansLeftOut(path, what, part, told);
  const remedy = 'state it in these cells to have them projected';
  process.stderr.write(
    `weir: ${path}: ${what}, cannot be projected and are left out; ${remedy}:\n${told.join('\n')}\n`,
  );
  return { lines, leftOut };
}
