import {
  type AssetClass,
  ASSET_CLASSES,
  assetClassNamed,
  ConcentrationCheck,
  limitsFor,
  LOAN_VOCABULARY,
  type LoanRecord,
  type Mapping,
  openTape,
  parseMapping,
  proposeMapping,
  readTapeFile,
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
} from '@weir/valuation';
import { streamBytes } from '../deal-folder.js';
import { OptionsDisagree } from '../errors.js';
import { isOpen, limitSentence } from '../tape/limit-text.js';
import { readText } from './deal.js';

/** Options that say what the collateral is; just one is given. */
export interface CollateralOptions {
  pool?: string;
  tape?: string;
  /** How the tape's columns are read; by their standard names without it. */
  mapping?: string;
  collections?: string;
}

/** Collateral that was read: lines of loans, or a table by payment date. */
export interface Collateral {
  readonly lines: readonly GroupedLine[] | null;
  /** Balance of the lines, cents; null for collections. */
  readonly balance: bigint | null;
  readonly note: string;
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

function ofLines(deal: Deal, lines: readonly GroupedLine[], note: string): Collateral {
  const told = new WarnedOnce();
  const balance = BigInt(Math.round(lines.reduce((sum, line) => sum + line.balance, 0)));
  const flows = flowsOfLines(deal, lines);
  return {
    lines,
    balance,
    note,
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

/** Which balances a tape's loans begin with: opening ones in the first collection month, else closing ones. */
const sideOf = (reportingTo: string, firstMonth: string): 'opening' | 'closing' =>
  reportingTo.slice(0, 7) >= firstMonth ? 'opening' : 'closing';

/** Lines of a tape, and the balances that they begin with. */
type SidedLines = TapeLines & { readonly side: 'opening' | 'closing' };

/** Says which of the deal's limits a tape's pool does not keep to. @throws LimitsInvalid */
function warnOfLimits({ concentrationLimits }: Deal, assetClass: AssetClass, pool: readonly LoanRecord[]): void {
  const check = new ConcentrationCheck(assetClass, limitsFor(concentrationLimits, assetClass));
  for (const record of pool) check.add(record);
  for (const limit of check.result().filter(isOpen)) process.stderr.write(`weir: ${limitSentence(limit)}\n`);
}

/** Eligible automobile loans, by the deal's key. */
async function eligibleLines(
  deal: Deal,
  path: string,
  mapping: Mapping | null,
  firstMonth: string,
  asOf: string,
): Promise<SidedLines> {
  const records: LoanRecord[] = [];
  const onRecord = (record: LoanRecord): void => {
    if (deal.concentrationLimits.length > 0) records.push(record);
  };
  const tape = await readTapeFile(streamBytes(path), { loanKey: deal.loanKey, mapping, onRecord });
  const { pool } = selectPool(tape.loans, deal.eligibility);
  const rows = new Set(pool.map(({ row }) => row));
  const picked = records.filter(({ row }) => rows.has(row));
  warnOfLimits(deal, assetClassNamed('auto-loan') as AssetClass, picked);
  const side = sideOf(tape.reportingTo, firstMonth);
  return { ...tapeLines(pool, side, asOf), side };
}

/**
 * Loans of a tape of any asset class, the mapping's or else guessed by its columns; rows with findings that block them are
 * left out. A mapped tape that states no period counts by closing balances.
 */
async function linesOfRecords(
  deal: Deal,
  path: string,
  mapping: Mapping | null,
  firstMonth: string,
  asOf: string,
): Promise<SidedLines> {
  const source = await openTape(streamBytes(path), { vocabulary: LOAN_VOCABULARY });
  const guessed = assetClassNamed(mapping?.assetClass ?? proposeMapping(source.columns, []).assetClass);
  const assetClass = guessed ?? (ASSET_CLASSES[0] as AssetClass);
  const loanKey = assetClass.fields.filter(({ role }) => role === 'key').map(({ name }) => name);
  const stream = streamTape(source, { assetClass, loanKey, mapping, periodNeeded: mapping === null });
  const records: LoanRecord[] = [];
  for await (const batch of stream.batches()) records.push(...batch);
  const { blocked, reportingTo } = stream.result();
  const refused = new Set(blocked.map(({ row }) => row));
  const sound = records.filter(({ row }) => !refused.has(row));
  warnOfLimits(deal, assetClass, sound);
  const side = sideOf(reportingTo, firstMonth);
  return { ...recordLines(sound, assetClass, side, asOf), side };
}

/** A deal that says what identifies its loans picks them; without that the whole tape is the pool. */
async function ofTape(deal: Deal, path: string, mapping: Mapping | null, firstMonth: string): Promise<Collateral> {
  const asOf = addMonths(`${firstMonth}-01`, -1).slice(0, 7);
  const { lines, loans, left, side } =
    deal.loanKey.length > 0
      ? await eligibleLines(deal, path, mapping, firstMonth, asOf)
      : await linesOfRecords(deal, path, mapping, firstMonth, asOf);
  if (lines.length === 0) throw new OptionsDisagree(`${path}: no loan of the pool has a balance, a rate and a term`);
  const without = left.length === 0 ? '' : `; ${left.length} without a rate or a term are left out`;
  return ofLines(deal, lines, `${loans} loans of the tape (${side} balances), loan by loan${without}`);
}

/** Reads the collateral; `firstMonth` is the first projected collection month, YYYY-MM. */
export async function readCollateral(deal: Deal, options: CollateralOptions, firstMonth: string): Promise<Collateral> {
  const { pool, tape, collections } = options;
  if ([pool, tape, collections].filter((path) => path !== undefined).length !== 1) throw new OptionsDisagree(NEED_ONE);
  if (options.mapping !== undefined && tape === undefined)
    throw new OptionsDisagree('--mapping says how a --tape is read');
  if (pool !== undefined) {
    const lines = readPool(await readText(pool));
    return ofLines(deal, lines, `${lines.length} representative ${lines.length === 1 ? 'line' : 'lines'}`);
  }
  const mapped = options.mapping === undefined ? null : parseMapping(await readText(options.mapping));
  if (tape !== undefined) return ofTape(deal, tape, mapped, firstMonth);
  const text = await readText(collections ?? '');
  const table = readCsv(text, collections ?? 'the collections');
  return {
    lines: null,
    balance: null,
    note: `collections of ${table.rows.length} payment dates`,
    data: { lines: [], collections: text },
    table: flowsOfCollections(deal, table),
  };
}
