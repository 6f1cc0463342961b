import { parseDate, type PlainDate } from '@weir/calendar';
import type { PoolAssumptions } from '@weir/collateral';
import { type Cursor, suggest } from '@weir/deal';
import { POOL_FIELDS, readPool } from './read-pool.js';
import { type Purchase, readPurchase } from './read-purchase.js';
import { isBlock, readValues } from './read-values.js';
import { type CallChoice, EVERY_CLASS, type PeriodValues, type RatePath } from './scenario.js';
import { inputOf, priceOf, rateOf } from './values.js';

/** Names that the deal knows, so that others are warned of; a kind that is left out takes any name. */
export interface KnownNames {
  readonly rates?: readonly string[];
  readonly inputs?: readonly string[];
  readonly calls?: readonly string[];
  readonly classes?: readonly string[];
  readonly groups?: readonly string[];
  readonly steps?: readonly string[];
}

/** Fields that a scenario may have, and the file for all its scenarios. */
export const SCENARIO_FIELDS = [
  ...POOL_FIELDS,
  'groups',
  'rates',
  'inputs',
  'calls',
  'reinvestment',
  'settlement',
  'prices',
  'yields',
  'margins',
] as const;

type Fields = Partial<Record<(typeof SCENARIO_FIELDS)[number], Cursor>>;
type ByName<T> = Record<string, T>;

/** What one block says; what it leaves out is empty or missing. */
export interface ScenarioParts {
  readonly pool: Partial<PoolAssumptions>;
  readonly groups: ByName<Partial<PoolAssumptions>>;
  readonly rates: ByName<RatePath>;
  readonly inputs: ByName<PeriodValues>;
  readonly calls: ByName<CallChoice>;
  readonly reinvestment: ByName<Purchase>;
  readonly settlement: PlainDate | null;
  readonly prices: ByName<readonly number[]>;
  readonly yields: ByName<readonly number[]>;
  readonly margins: ByName<readonly number[]>;
}

/** The name that may be meant; a list of all would drown a warning. */
function nearest(name: string, known: readonly string[]): string {
  const hint = suggest(name, known);
  return hint.includes('did you mean') ? hint : '';
}

/** A file may be shared between deals: what one of them has not is passed over with a warning. */
function readNamed<T>(
  cursor: Cursor | undefined,
  kind: string,
  known: readonly string[] | undefined,
  read: (value: Cursor) => T,
): ByName<T> {
  const entries = cursor?.entries(false) ?? [];
  return Object.fromEntries(
    entries.map(({ name, at, value }) => {
      if (name === '') value.error('unknown-name', `here stands the name of a ${kind}`, at);
      else if (known && !known.includes(name)) {
        const message = `the deal has no ${kind} "${name}", which is not used${nearest(name, known)}`;
        value.findings.warn(at, value.path, 'unknown-name', message);
      }
      return [name, read(value)] as const;
    }),
  );
}

function readDate(cursor: Cursor): PlainDate {
  return cursor.parsed(parseDate, '2000-01-01', 'date');
}

function readRate(cursor: Cursor): RatePath {
  if (!isBlock(cursor)) return { kind: 'by-period', values: readValues(cursor, rateOf) };
  const points = cursor.entries(false).map(({ name, at, value }) => {
    const rate = value.parsed(rateOf, 0, 'value');
    try {
      return { from: parseDate(name), rate };
    } catch (error) {
      value.error('date', error instanceof Error ? error.message : String(error), at);
      return { from: '2000-01-01', rate };
    }
  });
  if (points.length === 0) cursor.error('shape', 'a dated curve needs at least one line "date: rate"');
  return { kind: 'by-date', points: points.sort((a, b) => (a.from < b.from ? -1 : 1)) };
}

function readCall(cursor: Cursor): CallChoice {
  return cursor.parsed<CallChoice>(
    (text) => (text === 'asap' || text === 'never' ? { when: text } : { when: 'from', from: parseDate(text) }),
    { when: 'never' },
    'call',
  );
}

/** A list for every class, or a block with a list for each. */
function readTable(cursor: Cursor | undefined, classes: readonly string[] | undefined, read: (text: string) => number) {
  if (!cursor) return {};
  if (!isBlock(cursor)) return { [EVERY_CLASS]: readValues(cursor, read) };
  return readNamed(cursor, 'class', classes && [...classes, EVERY_CLASS], (value) => readValues(value, read));
}

/** Reads the fields of the file or of one scenario. */
export function readParts(fields: Fields, known: KnownNames): ScenarioParts {
  return {
    pool: readPool(fields),
    groups: readNamed(fields.groups, 'collateral group', known.groups, (value) =>
      readPool(value.fields([], POOL_FIELDS)),
    ),
    rates: readNamed(fields.rates, 'index', known.rates, readRate),
    inputs: readNamed(fields.inputs, 'report item', known.inputs, (value) => readValues(value, inputOf)),
    calls: readNamed(fields.calls, 'call', known.calls, readCall),
    reinvestment: readNamed(fields.reinvestment, 'step', known.steps, readPurchase),
    settlement: fields.settlement ? readDate(fields.settlement) : null,
    prices: readTable(fields.prices, known.classes, priceOf),
    yields: readTable(fields.yields, known.classes, rateOf),
    margins: readTable(fields.margins, known.classes, rateOf),
  };
}
