import {
  type AssetClass,
  ASSET_CLASSES,
  assetClassNamed,
  type ComparedTape,
  ConcentrationCheck,
  type ConcentrationResult,
  diffTapes,
  LOAN_VOCABULARY,
  limitsFor,
  type LoanRecord,
  type Mapping,
  openTape,
  parseLimits,
  parseMapping,
  type PoolSelection,
  proposeMapping,
  type ReaderOptions,
  scoreTape,
  selectPool,
  StaticPools,
  type StratificationTable,
  Stratifier,
  streamTape,
  type TapeDifference,
  type TapeHistory,
  type TapeQuality,
  type TapeResult,
  type TapeSource,
  type Vintage,
} from '@weir/collateral';
import { type Deal, parseDeal } from '@weir/deal';
import { dealAt, streamBytes } from '../deal-folder.js';
import { OptionInvalid, OptionsDisagree } from '../errors.js';
import { readText } from '../loading/deal.js';
import { scoreOf, type TapeScore } from './quality.js';

export interface TapeCommandOptions {
  deal?: string;
  class?: string;
  key?: string;
  sheet?: string;
  mapping?: string;
  propose?: string;
  quality?: string;
  findings?: string;
  strats?: boolean;
  limits?: string;
  before?: string[];
  corrects?: string;
  json?: boolean;
}

/** What `weir tape` knows of a file. */
export interface TapeOutcome {
  readonly source: TapeSource;
  readonly assetClass: AssetClass;
  readonly result: TapeResult;
  readonly quality: TapeQuality;
  /** Null without a deal. */
  readonly selection: PoolSelection | null;
  readonly strats: readonly StratificationTable[];
  readonly limits: readonly ConcentrationResult[];
  /** Of the tapes before, in their order, and of this one. */
  readonly scores: readonly TapeScore[];
  /** Over the tapes before and this one; none without them. */
  readonly vintages: readonly Vintage[];
  /** Against the tape that this one corrects; null when it corrects none. */
  readonly difference: TapeDifference | null;
}

/** Opens the file by its content. @throws TapeUnreadable, InputUnreadable */
export function openFile(file: string, options: TapeCommandOptions): Promise<TapeSource> {
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
export function classOf({ class: name }: TapeCommandOptions): AssetClass | null {
  if (name === undefined) return null;
  const found = assetClassNamed(name);
  if (found !== null) return found;
  throw new OptionInvalid('--class', name, ASSET_CLASSES.map((one) => one.name).join(', '));
}

async function mappingOf({ mapping }: TapeCommandOptions): Promise<Mapping | null> {
  return mapping === undefined ? null : parseMapping(await readText(mapping));
}

function keyOf(options: TapeCommandOptions, deal: Deal | null, one: AssetClass): string[] {
  if (options.key !== undefined) return options.key.split(',').map((column) => column.trim());
  if (deal !== null && deal.loanKey.length > 0) return [...deal.loanKey];
  return one.fields.filter(({ role }) => role === 'key').map(({ name }) => name);
}

/** Without a mapping, columns are known by their standard names alone. */
function classByNames(source: TapeSource): AssetClass {
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

/** Reads one file to its end. */
export async function readThrough(
  source: TapeSource,
  options: ReaderOptions,
  onRecord: (record: LoanRecord) => void,
): Promise<TapeResult> {
  const stream = streamTape(source, options);
  for await (const batch of stream.batches()) batch.forEach(onRecord);
  return stream.result();
}

/** The tapes of earlier months, in order: what is kept of their loans, and how good each was. */
async function historyOf(options: TapeCommandOptions, reading: Reading, pools: StaticPools) {
  let history: TapeHistory = new Map();
  const scores: TapeScore[] = [];
  for (const file of options.before ?? []) {
    const result = await readThrough(await openFile(file, options), { ...reading, history }, (record) =>
      pools.add(record),
    );
    history = result.history ?? history;
    scores.push(scoreOf(file, result, scoreTape(result)));
  }
  return { history, scores };
}

function picked(deal: Deal | null, records: readonly LoanRecord[], blocked: ReadonlySet<number>) {
  const sound = records.filter(({ row }) => !blocked.has(row));
  if (deal === null) return { selection: null, pool: sound };
  const selection = selectPool(
    sound.flatMap(({ loan }) => (loan === null ? [] : [loan])),
    deal.eligibility,
  );
  const rows = new Set(selection.pool.map(({ row }) => row));
  return { selection, pool: sound.filter(({ row }) => rows.has(row)) };
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
  return { assetClass, loanKey: keyOf(options, deal, assetClass), mapping, periodNeeded: deal !== null };
}

/** Reads a tape: judges every row, compares it with the tapes before it, and picks the pool when there is a deal. */
export async function readFileOfTape(file: string, options: TapeCommandOptions): Promise<TapeOutcome> {
  const deal = await dealOf(options.deal);
  const source = await openFile(file, options);
  const reading = await readingOf(source, options, deal);
  const { assetClass } = reading;
  const pools = new StaticPools(assetClass);
  const before = options.before === undefined ? null : await historyOf(options, reading, pools);
  const compared = before === null ? {} : { history: before.history };
  const records: LoanRecord[] = [];
  const kept = deal !== null || options.strats || options.limits !== undefined || options.corrects !== undefined;
  const result = await readThrough(source, { ...reading, ...compared }, (record) => {
    if (kept) records.push(record);
    pools.add(record);
  });
  const { selection, pool } = picked(deal, records, new Set(result.blocked.map(({ row }) => row)));
  const stratifier = new Stratifier(assetClass);
  if (options.strats) for (const record of pool) stratifier.add(record);
  const limits = [
    ...limitsFor(deal?.concentrationLimits ?? [], assetClass),
    ...(options.limits === undefined ? [] : parseLimits(await readText(options.limits), assetClass)),
  ];
  const check = new ConcentrationCheck(assetClass, limits);
  for (const record of pool) check.add(record);
  const quality = scoreTape(result);
  return {
    ...{ source, assetClass, result, selection, quality },
    scores: [...(before?.scores ?? []), scoreOf(file, result, quality)],
    strats: stratifier.result(),
    limits: check.result(),
    vintages: options.before === undefined ? [] : pools.vintages(),
    difference: await differenceFrom(options, reading, { records, findings: result.findings }),
  };
}

async function differenceFrom(options: TapeCommandOptions, reading: Reading, corrected: ComparedTape) {
  if (options.corrects === undefined) return null;
  const records: LoanRecord[] = [];
  const source = await openFile(options.corrects, options);
  const { findings } = await readThrough(source, reading, (record) => records.push(record));
  return diffTapes({ records, findings }, corrected);
}
