import { type Cursor, openDocument, suggest } from '@weir/deal';
import { InputInvalid } from '../errors.js';
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
} as const;
type Field = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Field[];
/** The collateral group that a line belongs to. */
const GROUP = 'group';
const REQUIRED: readonly Field[] = ['balance', 'grossRate', 'remainingTerm'];

type Draft = Partial<Record<Field, number>>;

/** A field's number: balances in cents, rates as fractions. @throws UnitTextInvalid */
function numberOf(field: Field, text: string): number {
  const kind = FIELDS[field];
  if (kind === 'money') return Number(readUnit('money', text));
  return Number(readUnit(kind === 'rate' ? 'rate' : 'ratio', text)) / 1e12;
}

function lineOf(draft: Draft, group: string | undefined): GroupedLine {
  const { balance = 0, grossRate = 0, remainingTerm = 1, ...rest } = draft;
  const line = { ...rest, balance, grossRate, netRate: rest.netRate ?? grossRate, remainingTerm };
  return group === undefined || group === '' ? line : { ...line, group };
}

function linesOfCsv(text: string): GroupedLine[] {
  const { columns, rows } = readCsv(text, 'the pool');
  const faults = columns
    .filter((name) => name !== GROUP && !NAMES.includes(name as Field))
    .map((name) => `the column "${name}" is no field of a line${suggest(name, [...NAMES, GROUP])}`);
  for (const name of REQUIRED) if (!columns.includes(name)) faults.push(`the column "${name}" is missing`);
  if (faults.length > 0) throw new InputInvalid('the pool', faults);
  const lines = rows.map(({ line, cells }) => {
    const draft: Draft = {};
    columns.forEach((name, index) => {
      if (name === GROUP) return;
      const cell = cells[index] ?? '';
      if (cell === '' && !REQUIRED.includes(name as Field)) return;
      try {
        draft[name as Field] = numberOf(name as Field, cell);
      } catch (error) {
        faults.push(`line ${line}, ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    return lineOf(draft, cells[columns.indexOf(GROUP)]);
  });
  if (faults.length > 0) throw new InputInvalid('the pool', faults);
  return lines;
}

function lineOfBlock(cursor: Cursor): GroupedLine {
  const fields = cursor.fields(REQUIRED, [...NAMES, GROUP]) as Partial<Record<Field | typeof GROUP, Cursor>>;
  const draft: Draft = {};
  for (const name of NAMES) {
    const value = fields[name];
    if (value) draft[name] = value.parsed((text) => numberOf(name, text), 0, 'value');
  }
  return lineOf(draft, fields[GROUP]?.text());
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
