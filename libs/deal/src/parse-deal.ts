import { checkDeal } from './check/check-deal.js';
import { monthsOfPeriods } from './dates/scheduled-date.js';
import type { Diagnostic } from './diagnostic.js';
import type { Deal } from './model.js';
import { readAmendment } from './read/amendment.js';
import { readAccounts } from './read/accounts.js';
import { readCalls } from './read/calls.js';
import { readCollateral } from './read/collateral.js';
import { readCollections } from './read/collections.js';
import { readDates } from './read/dates.js';
import { feesOfFacility, readFacilities } from './read/facilities.js';
import { readFees } from './read/fees.js';
import { readCombinations, readGroups } from './read/groups.js';
import { readHedges } from './read/hedges.js';
import { readLedgers } from './read/ledgers.js';
import { Names } from './read/names.js';
import { readOffering, readOnChain } from './read/on-chain.js';
import { readPriorities } from './read/priority.js';
import type { Reading } from './read/reading.js';
import { readReport } from './read/report.js';
import { readSchedules } from './read/schedules.js';
import { readStates } from './read/states.js';
import { currencyOfAmounts, readHead, readParties } from './read/terms.js';
import { readFormulas, readTriggers } from './read/tests.js';
import { readTranches } from './read/tranches.js';
import type { Cursor } from './source/cursor.js';
import { openDocument } from './source/document.js';

/**
 * A document as far as it could be read, sound or not. What has a fault, which was reported, is left out or stands as a
 * value of which nothing is known; nothing may be paid or projected by it.
 */
export interface Draft {
  readonly deal: Deal;
  /** Whether an error was reported of a part, by its path like `tranches[0].coupon`, or of anything in it. */
  isBroken(path: string): boolean;
  /** Codes of the errors that were reported of a part itself. */
  codesOf(path: string): string[];
}

/** What reading a document came to. */
export interface ReadDocument {
  /** Null when any of the diagnostics is an error. */
  deal: Deal | null;
  /** Null when nothing could be read: the YAML is broken, or too long. */
  draft: Draft | null;
  /** In document order. */
  diagnostics: Diagnostic[];
}

const REQUIRED = [
  'weir',
  'deal',
  'parties',
  'dates',
  'report',
  'accounts',
  'collections',
  'tranches',
  'priorityOfPayments',
] as const;
const OPTIONAL = [
  'amends',
  'collateral',
  'schedules',
  'fees',
  'hedges',
  'facilities',
  'ledgers',
  'groups',
  'combinations',
  'formulas',
  'triggers',
  'calls',
  'states',
  'offering',
  'onChain',
] as const;

type Blocks = Record<(typeof REQUIRED)[number], Cursor> & Partial<Record<(typeof OPTIONAL)[number], Cursor>>;
type Capital = Omit<
  Deal,
  | 'text'
  | keyof ReturnType<typeof readHead>
  | 'parties'
  | 'amends'
  | keyof ReturnType<typeof readDates>
  | keyof ReturnType<typeof readCollateral>
>;

/** A block that may be left out, which then holds nothing. */
function optional<T>(block: Cursor | undefined, read: (block: Cursor, reading: Reading) => T[], reading: Reading): T[] {
  return block ? read(block, reading) : [];
}

/** Everything that declares names and holds formulas; the blocks may name each other in any order. */
function readCapital(blocks: Blocks, reading: Reading, collateral: ReturnType<typeof readCollateral>): Capital {
  const groups = optional(blocks.groups, readGroups, reading);
  const fees = optional(blocks.fees, readFees, reading);
  const facilities = optional(blocks.facilities, readFacilities, reading);
  return {
    report: readReport(blocks.report, reading, collateral),
    schedules: optional(blocks.schedules, readSchedules, reading),
    accounts: readAccounts(blocks.accounts, reading),
    collections: readCollections(blocks.collections, reading),
    fees: [...fees, ...facilities.flatMap(feesOfFacility)],
    hedges: optional(blocks.hedges, readHedges, reading),
    facilities,
    ledgers: optional(blocks.ledgers, readLedgers, reading),
    tranches: readTranches(blocks.tranches, reading),
    groups,
    combinations: optional(blocks.combinations, readCombinations, reading),
    formulas: optional(blocks.formulas, readFormulas, reading),
    triggers: optional(blocks.triggers, readTriggers, reading),
    calls: optional(blocks.calls, readCalls, reading),
    states: optional(blocks.states, readStates, reading),
    priorities: readPriorities(blocks.priorityOfPayments, groups, reading),
    offering: blocks.offering ? readOffering(blocks.offering, reading) : null,
    onChain: blocks.onChain ? readOnChain(blocks.onChain, reading) : null,
  };
}

function readDeal(root: Cursor, text: string): Deal {
  const blocks = root.fields(REQUIRED, OPTIONAL);
  const names = new Names(root.findings);
  blocks.weir.choice(['1']);
  const head = readHead(blocks.deal);
  const parties = readParties(blocks.parties);
  const dates = readDates(blocks.dates);
  const monthsInPeriod = monthsOfPeriods(dates.schedule);
  const currency = currencyOfAmounts(head, text, root);
  const reading: Reading = { names, currency, parties: Object.keys(parties), monthsInPeriod, scope: 0 };
  const collateral = readCollateral(blocks.collateral, reading);
  const capital = readCapital(blocks, reading, collateral);
  const amends = blocks.amends ? readAmendment(blocks.amends, reading) : null;
  const deal: Deal = { text, ...head, amends, parties, ...dates, ...collateral, ...capital };
  // Only now is every name known: references, and names and units in formulas, are checked.
  names.settle();
  checkDeal(deal, names, root.findings);
  return deal;
}

/**
 * Reads a deal document (YAML, or JSON, which is the same thing). Never throws on bad input: all faults of reading are
 * returned at once with line and column. What only compiling finds is added by `compileText` of the waterfall.
 */
export function parseDeal(text: string): ReadDocument {
  const { root, findings } = openDocument(text);
  // A document whose YAML is broken would only add faults that follow from the first.
  const broken = findings.all.some(({ code }) => code === 'yaml' || code === 'too-long');
  const deal = broken ? null : readDeal(root, text);
  return {
    deal: findings.failed ? null : deal,
    draft: deal && {
      deal,
      isBroken: (path) => findings.isBroken(path),
      codesOf: (path) => findings.codesOf(path),
    },
    diagnostics: findings.sorted(),
  };
}
