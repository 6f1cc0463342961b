import { AMORTISATIONS, LOAN_STATUSES } from '@weir/collateral';
import { type Cursor, openDocument, suggest } from '@weir/deal';
import { InputInvalid } from '../errors.js';
import type { GroupedLine } from '../project/project-groups.js';
import { readCsv } from '../text/csv.js';
import { protectionOf, ratesOf, resetsOf, scheduleOf } from './line-terms.js';
import {
  type Draft,
  FIELD_NAMES,
  type Figure,
  FIGURE_NAMES,
  figureOf,
  isWord,
  type Word,
  wordOf,
  WORDS,
} from './pool-fields.js';

const REQUIRED: readonly Figure[] = ['balance', 'grossRate', 'remainingTerm'];

/** @throws UnitTextInvalid */
function lineOf(draft: Draft): GroupedLine {
  const { balance = 0, remainingTerm = 1, amortisation, status, group } = draft;
  const [adjustable, schedule, protection] = [resetsOf(draft), scheduleOf(draft), protectionOf(draft)];
  const optional = ['age', 'originalTerm', 'interestOnlyMonths', 'balloonMonth', 'loanCount', 'limit'] as const;
  return {
    balance,
    ...ratesOf(draft),
    remainingTerm,
    ...Object.fromEntries(optional.flatMap((name) => (draft[name] === undefined ? [] : [[name, draft[name]]]))),
    ...(amortisation === undefined ? {} : { amortisation: wordOf('amortisation', amortisation, AMORTISATIONS) }),
    ...(status === undefined ? {} : { status: wordOf('status', status, LOAN_STATUSES) }),
    ...(adjustable ? { adjustable } : {}),
    ...(schedule ? { schedule } : {}),
    ...(protection ? { protection } : {}),
    ...(group === undefined ? {} : { group }),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function linesOfCsv(text: string): GroupedLine[] {
  const { columns, rows } = readCsv(text, 'the pool');
  const faults = columns
    .filter((name) => !FIELD_NAMES.includes(name))
    .map((name) => `the column "${name}" is no field of a line${suggest(name, FIELD_NAMES)}`);
  for (const name of REQUIRED) if (!columns.includes(name)) faults.push(`the column "${name}" is missing`);
  if (faults.length > 0) throw new InputInvalid('the pool', faults);
  const lines = rows.map(({ line, cells }) => lineOfRow(columns, line, cells, faults));
  if (faults.length > 0) throw new InputInvalid('the pool', faults);
  return lines;
}

function lineOfRow(columns: readonly string[], line: number, cells: readonly string[], faults: string[]): GroupedLine {
  const draft: Draft = {};
  const before = faults.length;
  columns.forEach((name, index) => {
    const cell = cells[index] ?? '';
    if (cell === '' && !REQUIRED.includes(name as Figure)) return;
    try {
      if (isWord(name)) draft[name] = cell;
      else draft[name as Figure] = figureOf(name as Figure, cell);
    } catch (error) {
      faults.push(`line ${line}, ${name}: ${messageOf(error)}`);
    }
  });
  try {
    return lineOf(draft);
  } catch (error) {
    // A field that does not read was told; what would follow from it is not.
    if (faults.length === before) faults.push(`line ${line}: ${messageOf(error)}`);
    return lineOf({});
  }
}

function lineOfBlock(cursor: Cursor): GroupedLine {
  const fields = cursor.fields(REQUIRED, FIELD_NAMES) as Partial<Record<Figure | Word, Cursor>>;
  const draft: Draft = {};
  for (const name of FIGURE_NAMES) {
    const value = fields[name];
    if (value) draft[name] = value.parsed((text) => figureOf(name, text), 0, 'value');
  }
  for (const name of WORDS) {
    const word = fields[name]?.text();
    if (word) draft[name] = word;
  }
  try {
    return lineOf(draft);
  } catch (error) {
    cursor.error('value', messageOf(error));
    return lineOf({});
  }
}

function linesOfYaml(text: string): GroupedLine[] {
  const { root, findings } = openDocument(text);
  const { lines } = root.fields(['lines']);
  const read = lines.items().map(lineOfBlock);
  if (!findings.failed) return read;
  const faults = findings.sorted().map(({ line, column, message }) => `${line}:${column}: ${message}`);
  throw new InputInvalid('the pool', faults);
}

/**
 * Representative lines from CSV (a line a row, columns named as the fields) or YAML (`lines:` with a list of blocks).
 * Balances are amounts of the currency and come in cents; rates are `6.5 %` or 0.065; a net rate that is not given is the
 * gross rate. All faults come at once. @throws InputInvalid
 */
export function readPool(text: string): GroupedLine[] {
  return /^\s*(#.*\n\s*)*lines\s*:/.test(text) || text.trimStart().startsWith('{')
    ? linesOfYaml(text)
    : linesOfCsv(text);
}
