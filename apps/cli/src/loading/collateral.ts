import {
  type AssetClass,
  assetClassNamed,
  type ColumnReading,
  ConcentrationCheck,
  limitsFor,
  type LoanRecord,
  readTapeSource,
  selectPool,
  streamTape,
} from '@weir/collateral';
import { addMonths } from '@weir/calendar';
import type { Deal } from '@weir/deal';
import {
  type CollateralData,
  type CollateralFlows,
  flowsOfCollections,
  flowsOfLines,
  type GroupedLine,
  groupsOf,
  readCsv,
  readPool,
  recordLines,
  type TapeLines,
  tapeLines,
  tapeAgeSentence,
} from '@weir/valuation';
import { OptionsDisagree } from '../errors.js';
import { type LeftOut, projectable, shareOption, type TapeCells } from '../tape/left-out.js';
import { isOpen, limitSentence } from '../tape/limit-text.js';
import {
  classByNames,
  classOf,
  mappingOf,
  openFile,
  refuseSeveral,
  type TapeFileOptions,
  tapeOf,
} from '../tape/read.js';
import { refuseBlocked } from '../tape/refuse-blocked.js';
import { readText } from './deal.js';

/** Options that say what the collateral is; just one is given. */
export interface CollateralOptions extends TapeFileOptions {
  pool?: string;
  tape?: string;
  collections?: string;
  leaveOut?: string;
}

/** Collateral that was read: lines of loans, or a table by payment date. */
export interface Collateral {
  readonly lines: readonly GroupedLine[] | null;
  /** Balance of the lines, cents; null for collections. */
  readonly balance: bigint | null;
  readonly note: string;
  /** Loans of a tape that cannot be projected. */
  readonly leftOut: readonly LeftOut[];
  /** Deals whose classes it is, however deep; scenarios may name what is theirs. */
  readonly deals?: readonly Deal[];
  /** The same as plain data, of which sets of scenarios are run. */
  readonly data: CollateralData;
  /** Flows by payment date under a scenario. */
  readonly table: CollateralFlows;
}

const NEED_ONE = 'give the collateral by one of --pool, --tape and --collections';

/** Warnings on standard error, each once however often a table is made. */
class WarnedOnce {
  private readonly known = new Set<string>();

  add(message: string): void {
    if (this.known.has(message)) return;
    this.known.add(message);
    process.stderr.write(`weir: ${message}\n`);
  }
}

function ofLines(
  deal: Deal,
  lines: readonly GroupedLine[],
  note: string,
  leftOut: readonly LeftOut[] = [],
): Collateral {
  const told = new WarnedOnce();
  const balance = BigInt(Math.round(lines.reduce((sum, line) => sum + line.balance, 0)));
  const flows = flowsOfLines(deal, lines);
  return {
    lines,
    balance,
    note,
    leftOut,
    data: { lines },
    table: (compiled, scenario, firstPeriod) => {
      const groups = groupsOf(lines);
      const unknown = Object.keys(scenario.groups).find((name) => !groups.includes(name));
      if (unknown !== undefined) {
        told.add(
          `scenario ${scenario.name} speaks of the group "${unknown}" and no line of the pool is of it: give the lines a "group"`,
        );
      }
      const empty = deal.collateralGroups.find((name) => !groups.includes(name));
      if (empty !== undefined) told.add(`no line of the pool is of the deal’s group "${empty}", which has no flows`);
      return flows(compiled, scenario, firstPeriod);
    },
  };
}

/** First projected collection month and the one before it, YYYY-MM. */
interface Months {
  readonly firstMonth: string;
  readonly asOf: string;
}

/** Which balances a tape's loans begin with: opening ones in the first collection month, else closing ones. */
const sideOf = (reportingTo: string, firstMonth: string): 'opening' | 'closing' =>
  reportingTo.slice(0, 7) >= firstMonth ? 'opening' : 'closing';

/** Lines of a tape, the balances that they begin with, and the last day that it reports (empty when it states none). */
type SidedLines = TapeLines & {
  readonly side: 'opening' | 'closing';
  readonly reportingTo: string;
  readonly cells: TapeCells;
};

/** Says which of the deal's limits a tape's pool does not keep to. @throws LimitsInvalid */
function warnOfLimits({ concentrationLimits }: Deal, assetClass: AssetClass, pool: readonly LoanRecord[]): void {
  const check = new ConcentrationCheck(assetClass, limitsFor(concentrationLimits, assetClass));
  for (const record of pool) check.add(record);
  for (const limit of check.result().filter(isOpen)) process.stderr.write(`weir: ${limitSentence(limit)}\n`);
}

/** The same file once more, for single cells of it. */
const cellsOf = (path: string, options: TapeFileOptions, reading: ColumnReading): TapeCells => ({
  assetClass: reading.assetClass,
  open: async () => {
    const source = tapeOf(await openFile(path, options), options, reading);
    return { source, columnOf: streamTape(source, { ...reading, periodNeeded: false }).columnOf };
  },
});

/** Eligible automobile loans, by the deal's key. */
async function eligibleLines(deal: Deal, path: string, options: TapeFileOptions, months: Months): Promise<SidedLines> {
  const { firstMonth, asOf } = months;
  const assetClass = assetClassNamed('auto-loan') as AssetClass;
  const mapping = await mappingOf(options);
  const named = assetClassNamed(mapping?.assetClass ?? '') ?? classOf(options) ?? assetClass;
  if (named !== assetClass) {
    throw new OptionsDisagree(`the deal picks its pool among automobile loans, and the tape is of ${named.title}`);
  }
  const records: LoanRecord[] = [];
  const onRecord = (record: LoanRecord): void => {
    if (deal.concentrationLimits.length > 0) records.push(record);
  };
  const { loanKey } = deal;
  const source = tapeOf(await openFile(path, options), options, { assetClass, loanKey, mapping });
  const tape = await readTapeSource(source, { loanKey, mapping, onRecord });
  refuseSeveral(path, tape);
  refuseBlocked(path, tape);
  const { pool } = selectPool(tape.standings, deal.eligibility);
  const rows = new Set(pool.map(({ row }) => row));
  const picked = records.filter(({ row }) => rows.has(row));
  warnOfLimits(deal, assetClass, picked);
  const side = sideOf(tape.reportingTo, firstMonth);
  const cells = cellsOf(path, options, { assetClass, loanKey, mapping });
  return { ...tapeLines(pool, side, asOf), side, reportingTo: tape.reportingTo, cells };
}

/**
 * Loans of a tape of any asset class, the mapping's or --class, or else guessed by its columns; rows with findings that block them are
 * left out. A mapped tape that states no period counts by closing balances.
 */
async function linesOfRecords(deal: Deal, path: string, options: TapeFileOptions, months: Months): Promise<SidedLines> {
  const { firstMonth, asOf } = months;
  const mapping = await mappingOf(options);
  const file = await openFile(path, options);
  const mapped = assetClassNamed(mapping?.assetClass ?? '');
  const assetClass = mapped ?? classOf(options) ?? classByNames(file);
  const loanKey = assetClass.fields.filter(({ role }) => role === 'key').map(({ name }) => name);
  const source = tapeOf(file, options, { assetClass, loanKey, mapping });
  const stream = streamTape(source, { assetClass, loanKey, mapping, periodNeeded: mapping === null });
  const records: LoanRecord[] = [];
  for await (const batch of stream.batches()) records.push(...batch);
  const result = stream.result();
  refuseSeveral(path, result);
  refuseBlocked(path, result);
  const { blocked, reportingTo } = result;
  const refused = new Set(blocked.map(({ row }) => row));
  const sound = records.filter(({ row }) => !refused.has(row));
  warnOfLimits(deal, assetClass, sound);
  const side = sideOf(reportingTo, firstMonth);
  const cells = cellsOf(path, options, { assetClass, loanKey, mapping });
  return { ...recordLines(sound, assetClass, side, asOf), side, reportingTo, cells };
}

/** A deal that says what identifies its loans picks them; without that the whole tape is the pool. */
async function ofTape(deal: Deal, path: string, options: CollateralOptions, firstMonth: string): Promise<Collateral> {
  const months = { firstMonth, asOf: addMonths(`${firstMonth}-01`, -1).slice(0, 7) };
  const share = shareOption(options.leaveOut);
  const read = await (deal.loanKey.length > 0 ? eligibleLines : linesOfRecords)(deal, path, options, months);
  const { side, reportingTo } = read;
  const { lines, leftOut } = await projectable(path, read, read.cells, share);
  if (lines.length === 0) throw new OptionsDisagree(`${path}: no loan of the pool has a balance, a rate and a term`);
  const aged = tapeAgeSentence(path, reportingTo, firstMonth, '--state');
  if (aged !== null) process.stderr.write(`weir: ${aged}\n`);
  const without = leftOut.length === 0 ? '' : `; ${leftOut.length} that cannot be projected are left out`;
  return ofLines(deal, lines, `${lines.length} loans of the tape (${side} balances), loan by loan${without}`, leftOut);
}

/** Reads the collateral; `firstMonth` is the first projected collection month, YYYY-MM. */
export async function readCollateral(deal: Deal, options: CollateralOptions, firstMonth: string): Promise<Collateral> {
  const { pool, tape, collections } = options;
  if ([pool, tape, collections].filter((path) => path !== undefined).length !== 1) throw new OptionsDisagree(NEED_ONE);
  const stray = (['mapping', 'sheet', 'class', 'period'] as const).find((name) => options[name] !== undefined);
  if (stray !== undefined && tape === undefined) throw new OptionsDisagree(`--${stray} says how a --tape is read`);
  if (pool !== undefined) {
    const lines = readPool(await readText(pool));
    return ofLines(deal, lines, `${lines.length} representative ${lines.length === 1 ? 'line' : 'lines'}`);
  }
  if (tape !== undefined) return ofTape(deal, tape, options, firstMonth);
  const text = await readText(collections ?? '');
  const table = readCsv(text, collections ?? 'the collections');
  return {
    lines: null,
    balance: null,
    note: `collections of ${table.rows.length} payment dates`,
    leftOut: [],
    data: { lines: [], collections: text },
    table: flowsOfCollections(deal, table),
  };
}
