import {
  acceptProposal,
  assetClassNamed,
  type AssetClass,
  LOAN_VOCABULARY,
  type LoanRecord,
  type Mapping,
  MissingColumns,
  openTape,
  proposeMapping,
  type ReaderOptions,
  streamTape,
  type TapeHistory,
  type TapeResult,
  TapeUnreadable,
} from '@weir/collateral';
import { Random } from '../random.js';
import { type Cells, written } from './base.js';
import type { Expected, Mutant } from './mutant.js';
import { MUTATIONS } from './mutations.js';

/** Archives that swell are met early, so that ten thousand cases take no hours. */
const LIMITS = { unpackedFreeBytes: 2 ** 20, unpackedRatio: 60 };

const AUTOMOBILES = 'auto-loan';

type Outcome =
  | { readonly kind: 'refused'; readonly error: TapeUnreadable | MissingColumns }
  | { readonly kind: 'read'; readonly result: TapeResult; readonly records: readonly LoanRecord[] };

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** How a mutant is read beside its bytes. */
type Reading = Pick<Mutant, 'cells' | 'mapped' | 'before' | 'assetClass'>;

/** What a reading needs to know of the columns: confirmed as its cells propose it. */
function mappingOf({ cells: [header = [], ...rows], mapped }: Reading, assetClass: AssetClass): Mapping | null {
  if (mapped === undefined) return null;
  const head = rows.map((cells, index) => ({ row: index + 2, cells }));
  const { totals } = mapped;
  return { ...acceptProposal(proposeMapping(header, head, { assetClass })), ...(totals && { totals }) };
}

/** What the months before leave of their loans; nothing where there are none to compare with. */
async function historyOf(before: readonly Cells[] | undefined, options: ReaderOptions): Promise<TapeHistory | null> {
  let history: TapeHistory | null = before === undefined ? null : new Map();
  for (const cells of before ?? []) {
    const source = await openTape(await written(cells, 'csv'), { vocabulary: LOAN_VOCABULARY });
    const stream = streamTape(source, { ...options, history: history ?? new Map() });
    for await (const batch of stream.rows()) void batch;
    history = stream.result().history;
  }
  return history;
}

/** Reads a tape as an import does; every error that is not one of the tape's own is a crash. */
async function read(bytes: Uint8Array, piece: number, reading: Reading): Promise<Outcome> {
  try {
    const source = await openTape(cut(bytes, piece), { vocabulary: LOAN_VOCABULARY, limits: LIMITS });
    const assetClass = assetClassNamed(reading.assetClass ?? AUTOMOBILES) as AssetClass;
    const loanKey = assetClass.fields.filter(({ role }) => role === 'key').map(({ name }) => name);
    const options = { assetClass, loanKey, mapping: mappingOf(reading, assetClass), periodNeeded: true };
    const history = await historyOf(reading.before, options);
    const stream = streamTape(source, { ...options, ...(history && { history }) });
    const records: LoanRecord[] = [];
    for await (const batch of stream.batches()) records.push(...batch);
    return { kind: 'read', result: stream.result(), records };
  } catch (error) {
    if (error instanceof TapeUnreadable || error instanceof MissingColumns) return { kind: 'refused', error };
    throw error;
  }
}

function sumOf(cells: Cells, column: string): bigint {
  const at = cells[0]?.indexOf(column) ?? -1;
  return cells.slice(1).reduce((sum, row) => sum + BigInt((row[at] ?? '').replace('.', '')), 0n);
}

/** What of an outcome is not as it must be. */
function breaches(outcome: Outcome, expected: Expected, cells: Cells): string[] {
  if (expected.kind === 'any') return [];
  if (expected.kind === 'refused') {
    if (outcome.kind === 'read') return [`read instead of refused for ${expected.reasons.join(', ')}`];
    const { error } = outcome;
    const [reason, line] = error instanceof TapeUnreadable ? [error.reason, error.line] : ['header', null];
    const right = expected.reasons.includes(reason) && (expected.line === undefined || line === expected.line);
    return right ? [] : [`refused as "${error.message}" instead of ${JSON.stringify(expected)}`];
  }
  if (outcome.kind === 'refused')
    return [`refused as "${outcome.error.message}" instead of ${JSON.stringify(expected)}`];
  const { result } = outcome;
  const closing = 'reportingPeriodActualEndBalanceAmount';
  if (expected.kind === 'same') {
    const same =
      result.blocked.length === 0 && result.sums[closing] === sumOf(cells, closing) && result.rows === cells.length - 1;
    return same ? [] : [`another form reads otherwise: ${JSON.stringify(result.findings[0] ?? null)}`];
  }
  const { row, column, rules, sums } = expected;
  const found = result.findings.find((one) => one.row === row && one.column === column && rules.includes(one.rule));
  if (found === undefined) return [`nothing of ${rules.join(', ')} at row ${row}, column ${column}`];
  if (sums && result.sums[closing] !== sumOf(cells, closing)) return [`row ${row} counts in the sums`];
  const isBlocked = result.blocked.length === result.rows || result.blocked.some((one) => one.row === row);
  return found.weight === 'blocks' && !isBlocked ? [`row ${row} is not blocked`] : [];
}

/** What holds of every tape that is read: its rows are loans or blocked, and what blocks is told. */
function partialImport(outcome: Outcome, className: string): string[] {
  if (outcome.kind === 'refused') return [];
  const { result, records } = outcome;
  const blocked = new Set(result.blocked.map(({ row }) => row));
  // Automobile loans have a loan's month; of other classes a record is the loan.
  const isLoan = ({ loan }: LoanRecord): boolean => loan !== null || className !== 'auto-loan';
  const loans = records.filter((record) => isLoan(record) && !blocked.has(record.row)).length;
  const told = result.findings.some(({ weight }) => weight === 'blocks');
  return [
    ...(loans + blocked.size === result.rows
      ? []
      : [`${loans} loans and ${blocked.size} blocked of ${result.rows} rows`]),
    ...(blocked.size > 0 && !told ? ['rows are blocked and no finding says why'] : []),
  ];
}

const NAMES = Object.keys(MUTATIONS);

/** Spoils a tape and reads it. The answer names the mutation and what of it is not as it must be. */
export async function runMutant(seed: number): Promise<{ mutation: string; expected: string; broken: string[] }> {
  const draw = new Random(seed);
  const mutation = NAMES[seed % NAMES.length] ?? '';
  const mutate = MUTATIONS[mutation];
  if (mutate === undefined) throw new TypeError(`there is no mutation ${mutation}`);
  const mutant = await mutate(draw);
  const { bytes, expected, cells, assetClass = AUTOMOBILES } = mutant;
  const begun = performance.now();
  const outcome = await read(bytes, draw.pick([1_000, 65_536, 1 << 20]), mutant);
  const seconds = (performance.now() - begun) / 1000;
  const slow = seconds > 20 ? [`took ${seconds.toFixed(0)} s`] : [];
  const broken = [...breaches(outcome, expected, cells), ...partialImport(outcome, assetClass), ...slow];
  return { mutation, expected: expected.kind, broken: broken.map((one) => `seed ${seed}, ${mutation}: ${one}`) };
}
