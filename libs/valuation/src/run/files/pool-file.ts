import { type AdjustableRate, AMORTISATIONS, LOAN_STATUSES } from '@weir/collateral';
import { type Cursor, openDocument, suggest } from '@weir/deal';
import { InputInvalid, UnitTextInvalid } from '../errors.js';
import type { GroupedLine } from '../project/project-groups.js';
import { readCsv } from '../text/csv.js';
import { readUnit } from '../text/unit-text.js';

/** Fields of a representative line, and how each is written. */
const FIELDS = {
  balance: 'money',
  grossRate: 'rate',
  netRate: 'rate',
  remainingTerm: 'count',
  age: 'count',
  originalTerm: 'count',
  interestOnlyMonths: 'count',
  balloonMonth: 'count',
  loanCount: 'number',
  limit: 'money',
  margin: 'rate',
  firstReset: 'count',
  resetEvery: 'count',
  lookback: 'count',
  periodicCap: 'rate',
  lifeCap: 'rate',
  floor: 'rate',
} as const;
type Field = keyof typeof FIELDS;
const NUMBERS = Object.keys(FIELDS) as Field[];
/** Fields that are words: the collateral group, how principal runs, the status at the cut-off date, an index. */
const WORDS = ['group', 'amortisation', 'status', 'index'] as const;
type Word = (typeof WORDS)[number];
const NAMES: readonly string[] = [...NUMBERS, ...WORDS];
const REQUIRED: readonly Field[] = ['balance', 'grossRate', 'remainingTerm'];
/** What an adjustable rate needs beside its index. */
const RESETS = ['margin', 'firstReset', 'resetEvery', 'lookback', 'periodicCap', 'lifeCap', 'floor'] as const;

type Draft = Partial<Record<Field, number>> & Partial<Record<Word, string>>;

/** A field's number: balances in cents, rates as fractions. @throws UnitTextInvalid */
function numberOf(field: Field, text: string): number {
  const kind = FIELDS[field];
  if (kind === 'money') return Number(readUnit('money', text));
  return Number(readUnit(kind === 'rate' ? 'rate' : 'ratio', text)) / 1e12;
}

/** One of the words that a field takes. @throws UnitTextInvalid */
function wordOf<T extends string>(field: Word, text: string, known: readonly T[]): T {
  const found = known.find((word) => word === text);
  if (found === undefined) throw new UnitTextInvalid(text, field, known.join(', '));
  return found;
}

/** Resets of the line's rate; undefined when it names no index. @throws UnitTextInvalid */
function resetsOf({ index, ...draft }: Draft): AdjustableRate | undefined {
  const given = RESETS.filter((name) => draft[name] !== undefined);
  if (index === undefined) {
    if (given[0]) throw new UnitTextInvalid('', 'index', `the name of the index beside ${given.join(', ')}`);
    return undefined;
  }
  const { margin = 0, firstReset, resetEvery } = draft;
  if (firstReset === undefined || resetEvery === undefined) {
    throw new UnitTextInvalid(index, 'index', 'firstReset and resetEvery beside it, in months');
  }
  const bounds = Object.fromEntries(given.map((name) => [name, draft[name]]));
  return { index, ...bounds, margin, firstReset, resetEvery };
}

/** @throws UnitTextInvalid */
function lineOf(draft: Draft): GroupedLine {
  const { balance = 0, grossRate = 0, remainingTerm = 1, amortisation, status, group } = draft;
  const adjustable = resetsOf(draft);
  const optional = ['age', 'originalTerm', 'interestOnlyMonths', 'balloonMonth', 'loanCount', 'limit'] as const;
  return {
    balance,
    grossRate,
    netRate: draft.netRate ?? grossRate,
    remainingTerm,
    ...Object.fromEntries(optional.flatMap((name) => (draft[name] === undefined ? [] : [[name, draft[name]]]))),
    ...(amortisation === undefined ? {} : { amortisation: wordOf('amortisation', amortisation, AMORTISATIONS) }),
    ...(status === undefined ? {} : { status: wordOf('status', status, LOAN_STATUSES) }),
    ...(adjustable ? { adjustable } : {}),
    ...(group === undefined ? {} : { group }),
  };
}

const isWord = (name: string): name is Word => (WORDS as readonly string[]).includes(name);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function linesOfCsv(text: string): GroupedLine[] {
  const { columns, rows } = readCsv(text, 'the pool');
  const faults = columns
    .filter((name) => !NAMES.includes(name))
    .map((name) => `the column "${name}" is no field of a line${suggest(name, NAMES)}`);
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
    if (cell === '' && !REQUIRED.includes(name as Field)) return;
    try {
      if (isWord(name)) draft[name] = cell;
      else draft[name as Field] = numberOf(name as Field, cell);
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
  const fields = cursor.fields(REQUIRED, NAMES) as Partial<Record<Field | Word, Cursor>>;
  const draft: Draft = {};
  for (const name of NUMBERS) {
    const value = fields[name];
    if (value) draft[name] = value.parsed((text) => numberOf(name, text), 0, 'value');
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
