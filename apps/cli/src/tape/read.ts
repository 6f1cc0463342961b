import {
  type AssetClass,
  ASSET_CLASSES,
  assetClassNamed,
  type ColumnReading,
  LOAN_VOCABULARY,
  type LoanRecord,
  type Mapping,
  monthOf,
  openTape,
  parseMapping,
  proposeMapping,
  type ReaderOptions,
  streamTape,
  type TapeResult,
  type TapeSource,
} from '@weir/collateral';
import { type Deal, parseDeal } from '@weir/deal';
import { dealAt, streamBytes } from '../deal-folder.js';
import { OptionInvalid, OptionsDisagree } from '../errors.js';
import { readText } from '../loading/deal.js';

/** What a file leaves open of how it is read as a tape; every command that reads one takes them. */
export interface TapeFileOptions {
  class?: string;
  sheet?: string;
  period?: string;
  mapping?: string;
}

/** The same as commands declare them. */
export const TAPE_FILE = {
  class: ['--class <name>', `the asset class: ${ASSET_CLASSES.map(({ name }) => name).join(', ')}`],
  sheet: ['--sheet <name>', 'the sheet of a workbook that is the tape'],
  period: ['--period <month>', 'of a file of several periods: read the one that ends in this month, YYYY-MM'],
  mapping: ['--mapping <file>', 'the mapping to read the columns of the tape by (weir tape --propose writes one)'],
} as const;

export interface TapeCommandOptions extends TapeFileOptions {
  deal?: string;
  key?: string;
  propose?: string;
  fields?: boolean;
  quality?: string;
  vintages?: string;
  findings?: string;
  strats?: boolean;
  limits?: string;
  before?: string[];
  corrects?: string;
  json?: boolean;
}

/** Opens the file by its content. @throws TapeUnreadable, InputUnreadable */
export function openFile(file: string, options: TapeFileOptions): Promise<TapeSource> {
  return openTape(streamBytes(file), { vocabulary: LOAN_VOCABULARY, sheet: options.sheet ?? null });
}

/** The deal that an option names; null when it names none. @throws OptionInvalid */
export async function dealOf(path: string | undefined): Promise<Deal | null> {
  if (path === undefined) return null;
  const { document } = await dealAt(path);
  const { deal } = parseDeal(await readText(document));
  if (!deal) throw new OptionInvalid('--deal', path, 'a document without errors (see weir check)');
  return deal;
}

/** The asset class that an option names; null when it names none. @throws OptionInvalid */
export function classOf({ class: name }: TapeFileOptions): AssetClass | null {
  if (name === undefined) return null;
  const found = assetClassNamed(name);
  if (found !== null) return found;
  throw new OptionInvalid('--class', name, ASSET_CLASSES.map((one) => one.name).join(', '));
}

/** The mapping that an option names; null when it names none. @throws MappingInvalid */
export async function mappingOf({ mapping }: TapeFileOptions): Promise<Mapping | null> {
  return mapping === undefined ? null : parseMapping(await readText(mapping));
}

function keyOf(options: TapeCommandOptions, deal: Deal | null, one: AssetClass): string[] {
  if (options.key !== undefined) return options.key.split(',').map((column) => column.trim());
  if (deal !== null && deal.loanKey.length > 0) return [...deal.loanKey];
  return one.fields.filter(({ role }) => role === 'key').map(({ name }) => name);
}

/** Without a mapping, columns are known by their standard names alone. */
export function classByNames(source: TapeSource): AssetClass {
  const { assetClass } = proposeMapping(source.columns, []);
  return assetClassNamed(assetClass) ?? (ASSET_CLASSES[0] as AssetClass);
}

/** How the files of one command are read: all alike. */
export interface Reading {
  readonly assetClass: AssetClass;
  readonly loanKey: readonly string[];
  readonly mapping: Mapping | null;
  readonly periodNeeded: boolean;
}

/** A file that was read to its end, and what it calls its fields. */
export interface TapeThrough extends TapeResult {
  readonly columnOf: (field: string) => string;
}

/** Reads one file to its end. */
export async function readThrough(
  source: TapeSource,
  options: ReaderOptions,
  onRecord: (record: LoanRecord) => void,
): Promise<TapeThrough> {
  const stream = streamTape(source, options);
  for await (const batch of stream.batches()) batch.forEach(onRecord);
  return { ...stream.result(), columnOf: stream.columnOf };
}

/** How the file of a command is read, by its options or by its columns' names. @throws OptionsDisagree */
export async function readingOf(source: TapeSource, options: TapeCommandOptions, deal: Deal | null): Promise<Reading> {
  const mapping = await mappingOf(options);
  const mapped = mapping === null ? null : assetClassNamed(mapping.assetClass);
  const assetClass =
    mapped ?? classOf(options) ?? (deal === null ? classByNames(source) : assetClassNamed('auto-loan'));
  if (assetClass === null) throw new OptionsDisagree('no asset class fits: give --class');
  if (deal !== null && assetClass.name !== 'auto-loan') {
    throw new OptionsDisagree(`--deal picks its pool among automobile loans, and the tape is of ${assetClass.title}`);
  }
  return {
    assetClass,
    loanKey: keyOf(options, deal, assetClass),
    mapping,
    periodNeeded: deal !== null && mapping === null,
  };
}

/** The tape that a command reads of a file: the whole of it, or the month that --period names. @throws OptionInvalid */
export function tapeOf(source: TapeSource, options: TapeFileOptions, reading: ColumnReading): TapeSource {
  const month = monthNamed(options);
  return month === null ? source : monthOf(source, reading, month);
}

/** The month that --period names; null when it names none. @throws OptionInvalid */
function monthNamed({ period }: TapeFileOptions): string | null {
  if (period === undefined) return null;
  if (/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(period)) return period;
  throw new OptionInvalid('--period', period, 'a month, YYYY-MM');
}

/** A command that reads one month's tape has no use for a file of several. @throws OptionsDisagree */
export function refuseSeveral(file: string, { several }: Pick<TapeResult, 'several'>): void {
  if (several === null) return;
  const { months } = several;
  const span = `${months[0]?.month} to ${months.at(-1)?.month}`;
  throw new OptionsDisagree(`${file} holds ${months.length} periods, ${span}: name one by --period YYYY-MM`);
}
