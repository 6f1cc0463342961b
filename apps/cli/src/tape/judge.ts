import {
  type AssetClass,
  type ComparedTape,
  ConcentrationCheck,
  type ConcentrationResult,
  diffTapes,
  divideByMonth,
  type Finding,
  limitsFor,
  type LoanRecord,
  MonthChain,
  parseLimits,
  type PoolLimit,
  type PoolSelection,
  scoreTape,
  selectPool,
  StaticPools,
  type StratificationTable,
  Stratifier,
  type TapeDifference,
  type TapeHistory,
  type TapeQuality,
  type TapeResult,
  type TapeSource,
  type Vintage,
} from '@weir/collateral';
import type { Deal } from '@weir/deal';
import { OptionsDisagree } from '../errors.js';
import { readText } from '../loading/deal.js';
import { orderedBefore } from './before.js';
import { scoreOf, type TapeScore } from './quality.js';
import {
  dealOf,
  openFile,
  tapeOf,
  type Reading,
  readingOf,
  readThrough,
  type TapeCommandOptions,
  type TapeThrough,
} from './read.js';

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

/** What `weir tape` knows of a file of several months. */
export interface HistoryOutcome {
  readonly source: TapeSource;
  readonly assetClass: AssetClass;
  /** Of the file as a whole, that is of no use as one tape. */
  readonly whole: TapeResult;
  /** Each month judged as a tape of its own, by the months before it. */
  readonly months: readonly MonthOutcome[];
  /** Of rows that are of no month. */
  readonly unplaced: readonly Finding[];
  readonly scores: readonly TapeScore[];
  readonly vintages: readonly Vintage[];
}

export interface MonthOutcome extends TapeOutcome {
  /** YYYY-MM */
  readonly month: string;
}

/** A tape that was read to its end. */
interface ReadTape {
  readonly source: TapeSource;
  readonly result: TapeThrough;
  /** None when nothing asks for the rows. */
  readonly records: readonly LoanRecord[];
}

/** The tapes of one command in their order, each compared with those before it. */
class TapeChain {
  pools: StaticPools;
  readonly scores: TapeScore[] = [];
  private history: TapeHistory | null;
  private readonly order = new MonthChain();

  constructor(
    private readonly options: TapeCommandOptions,
    private readonly reading: Reading,
    private readonly keepsRecords: boolean,
  ) {
    this.pools = new StaticPools(reading.assetClass);
    this.history = options.before === undefined ? null : new Map();
  }

  /** Reads a file of a month, or of several, that came before. */
  async remember(file: string): Promise<void> {
    const { tape, months } = await this.read(file, await openFile(file, this.options));
    if (months === null) this.scored(file, tape.result);
    else for await (const month of months) this.scored(`${file} ${month.month}`, month.tape.result);
  }

  /** Reads a file: one tape, or a history whose months are to be read one after another. */
  async read(file: string, source: TapeSource) {
    const before = this.pools.copy();
    const tape = await this.readTape(source);
    this.order.add(file, tape.result);
    if (tape.result.several === null) return { tape, months: null };
    this.pools = before;
    return { tape, months: this.months(file, tape) };
  }

  scored(file: string, result: TapeResult): TapeQuality {
    const quality = scoreTape(result);
    this.history = result.history ?? this.history;
    this.scores.push(scoreOf(file, result, quality));
    return quality;
  }

  private async *months(file: string, { source: { columns }, result: { several } }: ReadTape) {
    this.history ??= new Map();
    const division = { ...this.reading, months: several?.months ?? [], columns: columns.length };
    for await (const { month, source } of divideByMonth(() => openFile(file, this.options), division)) {
      yield { month, tape: await this.readTape(source) };
    }
  }

  private async readTape(source: TapeSource): Promise<ReadTape> {
    const records: LoanRecord[] = [];
    const compared = this.history === null ? {} : { history: this.history };
    const result = await readThrough(source, { ...this.reading, ...compared }, (record) => {
      if (this.keepsRecords) records.push(record);
      this.pools.add(record);
    });
    return { source, result, records };
  }
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

/** What is asked of every tape of a command. */
interface Asked {
  readonly options: TapeCommandOptions;
  readonly reading: Reading;
  readonly deal: Deal | null;
  readonly limits: readonly PoolLimit[];
}

type PoolView = Pick<TapeOutcome, 'source' | 'assetClass' | 'result' | 'selection' | 'strats' | 'limits'>;

/** The pool of a tape, its tables and its limits. */
function poolOf({ source, result, records }: ReadTape, { options, reading, deal, limits }: Asked): PoolView {
  const { assetClass } = reading;
  const { selection, pool } = picked(deal, records, new Set(result.blocked.map(({ row }) => row)));
  const stratifier = new Stratifier(assetClass);
  if (options.strats) for (const record of pool) stratifier.add(record);
  const check = new ConcentrationCheck(assetClass, limits);
  for (const record of pool) check.add(record);
  return { source, assetClass, result, selection, strats: stratifier.result(), limits: check.result() };
}

/**
 * Reads a tape: judges every row, compares it with the tapes before it, and picks the pool when there is a deal. A file of
 * several months is read month by month, each a tape that those before it are compared with.
 */
export async function readFileOfTape(file: string, options: TapeCommandOptions): Promise<TapeOutcome | HistoryOutcome> {
  const deal = await dealOf(options.deal);
  const source = await openFile(file, options);
  const reading = await readingOf(source, options, deal);
  const limits = [
    ...limitsFor(deal?.concentrationLimits ?? [], reading.assetClass),
    ...(options.limits === undefined ? [] : parseLimits(await readText(options.limits), reading.assetClass)),
  ];
  const asked: Asked = { options, reading, deal, limits };
  const keeps = deal !== null || options.strats || options.limits !== undefined || options.corrects !== undefined;
  const chain = new TapeChain(options, reading, keeps ?? false);
  for (const before of await orderedBefore(options, reading)) await chain.remember(before);
  const { tape, months } = await chain.read(file, tapeOf(source, options, reading));
  if (months !== null) return readMonths(file, asked, chain, tape, months);
  const quality = chain.scored(file, tape.result);
  return {
    ...poolOf(tape, asked),
    quality,
    scores: chain.scores,
    vintages: options.before === undefined ? [] : chain.pools.vintages(),
    difference: await differenceFrom(options, reading, comparedOf(tape)),
  };
}

async function readMonths(
  file: string,
  asked: Asked,
  chain: TapeChain,
  { source, result: whole }: ReadTape,
  tapes: AsyncIterable<{ month: string; tape: ReadTape }>,
): Promise<HistoryOutcome> {
  if (asked.options.corrects !== undefined) {
    throw new OptionsDisagree(`${file} holds several periods: name the one that --corrects is of by --period YYYY-MM`);
  }
  const months: MonthOutcome[] = [];
  for await (const { month, tape } of tapes) {
    const quality = chain.scored(file, tape.result);
    const view = { ...poolOf(tape, asked), quality, scores: [], vintages: [], difference: null };
    // What the next month is compared with is the chain's: a month that is told holds none of it.
    months.push({ ...view, month, result: { ...tape.result, history: null } });
  }
  const rows = new Set(whole.several?.unplaced);
  const unplaced = whole.findings.filter(({ row, weight }) => row !== null && rows.has(row) && weight === 'blocks');
  const { assetClass } = asked.reading;
  return { source, assetClass, whole, months, unplaced, scores: chain.scores, vintages: chain.pools.vintages() };
}

async function differenceFrom(options: TapeCommandOptions, reading: Reading, corrected: ComparedTape) {
  if (options.corrects === undefined) return null;
  const records: LoanRecord[] = [];
  const source = tapeOf(await openFile(options.corrects, options), options, reading);
  const { findings, columnOf } = await readThrough(source, reading, (record) => records.push(record));
  return diffTapes({ records, findings, columnOf }, corrected);
}

const comparedOf = ({ records, result: { findings, columnOf } }: ReadTape): ComparedTape => ({
  ...{ records, findings, columnOf },
});
