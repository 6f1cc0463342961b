import { buildSumTree, LOAN_SUM_COLUMNS, namedSums, parseRowsCsv, type LoanSumColumn } from '@weir/audit';
import { formatMoney, type Hex } from '@weir/money';
import { settlementsOf, type SettledEvent } from './chain.js';
import { same } from './compare.js';
import { documentOf, readDeal, vaultOf } from './deal.js';
import { ChainUnreadable, Mismatch } from './errors.js';
import { jsonOfFile, textOfFile } from './files.js';
import { amountsOf, pathOf } from './report.js';
import type { PublishedFiles, Rpc } from './types.js';

/** Which column of the rows each input slot of the servicer report is the sum of. */
const COLUMN_OF_INPUT: Readonly<Record<string, LoanSumColumn>> = {
  poolOpening: 'opening',
  poolClosing: 'closing',
  'interestCollected+': 'interestGross',
  'interestCollected-': 'interestReversed',
  'principalCollected+': 'principalGross',
  'principalCollected-': 'principalReversed',
  'recoveries+': 'recoveryGross',
  'recoveries-': 'recoveryReversed',
  'repurchaseProceeds+': 'repurchaseGross',
  'repurchaseProceeds-': 'repurchaseReversed',
  'chargeOffs+': 'chargeOffGross',
  'chargeOffs-': 'chargeOffReversed',
};

/** The published rows added up. */
export interface ReadRows {
  loans: number;
  root: Hex;
  sums: bigint[];
}

/** Reads the period's rows and builds their tree. @throws FileUnusable, RowsNotCanonical, TreeInputInvalid */
export function readRows(files: PublishedFiles, period: number): ReadRows {
  const rows = parseRowsCsv(textOfFile(files, pathOf(period, 'loans.csv')));
  const { root, sums } = buildSumTree(rows);
  return { loans: rows.length, root, sums };
}

function vaultOrNull(files: PublishedFiles): string | null {
  try {
    return vaultOf(files);
  } catch {
    return null;
  }
}

/**
 * Settlements under which rows may stand: that of the manifest's vault. When the manifest names no vault that settled
 * the period (the inputs tick says so), any vault's on this chain, so that an edited manifest does not hide sound rows.
 */
export async function settlementsFor(rpc: Rpc, files: PublishedFiles, period: number): Promise<SettledEvent[]> {
  const vault = vaultOrNull(files);
  const own = vault === null ? [] : await settlementsOf(rpc, vault, period);
  const events = own.length > 0 ? own : await settlementsOf(rpc, null, period);
  if (events.length === 0) throw new ChainUnreadable(`the settlement of period ${period}`, 'no vault has settled it');
  return events;
}

/** Names of the report's input slots in slot order; null when the published document cannot be read. */
function inputNames(files: PublishedFiles, period: number): string[] | null {
  try {
    return readDeal(files, documentOf(files, period)).report.flatMap(({ name, signed }) =>
      signed ? [`${name}+`, `${name}-`] : [name],
    );
  } catch {
    return null;
  }
}

/** @throws Mismatch unless the rows add up to the inputs that were settled. */
function checkInputs(files: PublishedFiles, rows: ReadRows, settled: SettledEvent): void {
  const sums = namedSums(rows.sums);
  const names = inputNames(files, settled.period);
  // Without a readable document (the inputs tick says so) the root still commits to every sum.
  if (names?.length !== settled.inputs.length) return;
  names.forEach((name, index) => {
    const column = COLUMN_OF_INPUT[name];
    if (column === undefined || sums[column] === settled.inputs[index]) return;
    throw new Mismatch(
      `the rows' ${column} adds up to ${formatMoney(sums[column])}, the report settled on ${name} ` +
        `${formatMoney(settled.inputs[index] ?? 0n)}: ask the servicer for the rows of the signed report`,
    );
  });
}

/**
 * The second proof: the published rows are canonical, have the root that was settled, and add up to the report.
 * @returns a sentence for the tick. @throws what makes the tick red
 */
export async function proveRows(rpc: Rpc, files: PublishedFiles, period: number): Promise<string> {
  const rows = readRows(files, period);
  const events = await settlementsFor(rpc, files, period);
  const settled = events.find((event) => event.tapeRoot === rows.root);
  if (!settled) {
    const right = events[0]?.tapeRoot;
    throw new Mismatch(
      `loans.csv has root ${rows.root} where the chain has ${right}: a row was changed; take the published file`,
    );
  }
  checkInputs(files, rows, settled);
  return `${rows.loans} loans under root ${rows.root}; their sums are the report's`;
}

/**
 * The report's published sums against the rows, when the rows are those that were settled; altered rows are the other
 * tick's matter. @throws Mismatch, FileUnusable
 */
export function checkSums(files: PublishedFiles, settled: SettledEvent): void {
  const path = pathOf(settled.period, 'servicer-report.json');
  const published = amountsOf(path, 'sums', jsonOfFile(files, path).sums);
  let rows: ReadRows;
  try {
    rows = readRows(files, settled.period);
  } catch {
    return;
  }
  if (rows.root !== settled.tapeRoot) return;
  const sums = namedSums(rows.sums);
  for (const column of LOAN_SUM_COLUMNS) {
    const given = published[column];
    same(`sums.${column} of ${path}`, given === undefined ? undefined : formatMoney(given), formatMoney(sums[column]));
  }
  const unknown = Object.keys(published).filter((name) => !LOAN_SUM_COLUMNS.some((column) => column === name));
  if (unknown.length > 0) throw new Mismatch(`sums of ${path} name ${unknown.join(', ')}, which the rows do not have`);
}
