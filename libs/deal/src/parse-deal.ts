import { checkDeal } from './check.js';
import type { Diagnostic } from './diagnostic.js';
import type { Deal } from './model.js';
import { readAccounts, readCollections, readFees, readReport, readTranches } from './read/capital.js';
import { readCollateral } from './read/collateral.js';
import { Names } from './read/names.js';
import { readPriority } from './read/priority.js';
import { readDates, readHead, readParties } from './read/terms.js';
import { readFormulas, readTriggers } from './read/tests.js';
import type { Cursor } from './source/cursor.js';
import { openDocument } from './source/document.js';

const BLOCKS = [
  'weir',
  'deal',
  'parties',
  'dates',
  'collateral',
  'report',
  'accounts',
  'collections',
  'fees',
  'tranches',
  'priorityOfPayments',
] as const;

function readDeal(root: Cursor, text: string): Deal {
  const fields = root.fields(BLOCKS, ['formulas', 'triggers']);
  const names = new Names(root.findings);
  fields.weir.choice(['1']);
  const head = readHead(fields.deal);
  const { currency } = head;
  const parties = readParties(fields.parties);
  const dates = readDates(fields.dates);
  const collateral = readCollateral(fields.collateral);
  const accounts = readAccounts(fields.accounts, names, currency);
  const report = readReport(fields.report, names);
  const tranches = readTranches(fields.tranches, names);
  const collections = readCollections(fields.collections, names);
  const formulas = fields.formulas ? readFormulas(fields.formulas, names, currency) : [];
  const fees = readFees(fields.fees, names, currency);
  const triggers = fields.triggers ? readTriggers(fields.triggers, names, currency) : [];
  const priority = readPriority(fields.priorityOfPayments, names, currency);
  const capital = { report, accounts, collections, fees, tranches, formulas, triggers, priority };
  const deal: Deal = { text, ...head, parties, ...dates, ...collateral, ...capital };
  // Only now is every name known: references, names and units in formulas are checked.
  names.settle();
  if (!root.findings.failed) checkDeal(deal, names, fields.priorityOfPayments);
  return deal;
}

/**
 * Reads a deal document (YAML, or JSON, which is the same thing). Never throws on bad input: all faults are returned
 * at once with line and column, and `deal` is null when any of them is an error.
 */
export function parseDeal(text: string): { deal: Deal | null; diagnostics: Diagnostic[] } {
  const { root, findings } = openDocument(text);
  // A document whose YAML is broken would only add faults that follow from the first.
  const broken = findings.all.some(({ code }) => code === 'yaml' || code === 'too-long');
  const deal = broken ? null : readDeal(root, text);
  return { deal: findings.failed ? null : deal, diagnostics: findings.sorted() };
}
