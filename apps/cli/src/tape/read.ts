import {
  type AssetClass,
  assetClassNamed,
  ASSET_CLASSES,
  LOAN_VOCABULARY,
  type LoanMonth,
  type Mapping,
  openTape,
  parseMapping,
  type PoolSelection,
  proposeMapping,
  scoreTape,
  selectPool,
  type StratificationTable,
  Stratifier,
  streamTape,
  type TapeQuality,
  type TapeResult,
  type TapeSource,
} from '@weir/collateral';
import { type Deal, parseDeal } from '@weir/deal';
import { dealAt, readBytes, streamBytes } from '../deal-folder.js';
import { OptionInvalid, OptionsDisagree } from '../errors.js';
import { readText } from '../loading/deal.js';

export interface TapeCommandOptions {
  deal?: string;
  class?: string;
  key?: string;
  sheet?: string;
  mapping?: string;
  propose?: string;
  findings?: string;
  strats?: boolean;
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
}

/** Opens the file by its content. @throws TapeUnreadable, InputUnreadable */
export function openFile(file: string, options: TapeCommandOptions): Promise<TapeSource> {
  return openTape(streamBytes(file), { vocabulary: LOAN_VOCABULARY, sheet: options.sheet ?? null });
}

async function dealOf(path: string | undefined): Promise<Deal | null> {
  if (path === undefined) return null;
  const { document } = await dealAt(path);
  const { deal } = parseDeal(new TextDecoder().decode(await readBytes(document)));
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

/** Reads a tape: judges every row, and picks the pool when there is a deal. */
export async function readFileOfTape(file: string, options: TapeCommandOptions): Promise<TapeOutcome> {
  const [deal, mapping] = [await dealOf(options.deal), await mappingOf(options)];
  const source = await openFile(file, options);
  const mapped = mapping === null ? null : assetClassNamed(mapping.assetClass);
  const assetClass =
    mapped ?? classOf(options) ?? (deal === null ? classByNames(source) : assetClassNamed('auto-loan'));
  if (assetClass === null) throw new OptionsDisagree('no asset class fits: give --class');
  if (deal !== null && assetClass.name !== 'auto-loan') {
    throw new OptionsDisagree(`--deal picks its pool among automobile loans, and the tape is of ${assetClass.title}`);
  }
  const loanKey = keyOf(options, deal, assetClass);
  const periodNeeded = deal !== null;
  const stream = streamTape(source, { assetClass, loanKey, mapping, periodNeeded });
  const stratifier = new Stratifier(assetClass);
  const loans: LoanMonth[] = [];
  for await (const batch of stream.batches()) {
    for (const record of batch) {
      if (options.strats) stratifier.add(record);
      if (deal !== null && record.loan !== null) loans.push(record.loan);
    }
  }
  const result = stream.result();
  const blocked = new Set(result.blocked.map(({ row }) => row));
  const selection =
    deal === null
      ? null
      : selectPool(
          loans.filter(({ row }) => !blocked.has(row)),
          deal.eligibility,
        );
  return { source, assetClass, result, quality: scoreTape(result), selection, strats: stratifier.result() };
}
