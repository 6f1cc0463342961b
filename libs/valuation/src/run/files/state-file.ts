import { suggest, type Unit } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import { type CompiledDeal, stateWords, type StateWord } from '@weir/waterfall';
import { InputInvalid, UnitTextInvalid } from '../errors.js';
import { readUnit, writeUnit } from '../text/unit-text.js';

/**
 * A deal between two payment dates, as JSON: `period` was the last one paid (0 at closing). Amounts and the words the
 * deal keeps are texts by name, in the unit of each: "12.34", "0.053", "2025-06-15", "true".
 */
export interface StateFile {
  readonly deal: string;
  readonly programHash?: string;
  readonly period: number;
  readonly cutOffPool?: string;
  readonly accounts: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

/** A state in the program's words. */
export interface DealState {
  /** The last payment date that was paid, 0 at closing. */
  readonly period: number;
  /** Account words, then state words. */
  readonly words: readonly bigint[];
}

/** What a deal starts with. */
export function closingState(compiled: CompiledDeal): DealState {
  return { period: 0, words: compiled.initialState };
}

const writeWord = (unit: StateWord['unit'], value: bigint): string =>
  unit === 'count' ? value.toString() : writeUnit(unit, value);

function readWord(unit: StateWord['unit'], text: string): bigint {
  if (unit !== 'count') return readUnit(unit, text);
  const value = readUnit('ratio', text);
  if (value % RATE_SCALE !== 0n) throw new UnitTextInvalid(text, unit, 'a whole number');
  return value / RATE_SCALE;
}

/** A state as it is written to a file. `dealName` and `cutOffPool` (cents) are the document's. */
export function writeState(
  compiled: CompiledDeal,
  { period, words }: DealState,
  { dealName, cutOffPool }: { dealName: string; cutOffPool: bigint },
): StateFile {
  const { accounts, program } = compiled;
  const kept = stateWords(compiled).map(
    ({ name, unit }, index) => [name, writeWord(unit, words[accounts.length + index] ?? 0n)] as const,
  );
  return {
    deal: dealName,
    programHash: program.hash,
    period,
    cutOffPool: writeUnit('money', cutOffPool),
    accounts: Object.fromEntries(accounts.map((name, index) => [name, writeUnit('money', words[index] ?? 0n)])),
    state: Object.fromEntries(kept),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : null;

/** The next payment answer of `weir pay --json` holds the state under `nextState`; both forms are taken. */
function bodyOf(json: unknown): Record<string, unknown> {
  if (!isRecord(json)) throw new InputInvalid('the state', ['it is no JSON object']);
  return isRecord(json['nextState']) ? json['nextState'] : json;
}

/** What may be known before the deal is compiled: it may have to be compiled over this pool. @throws InputInvalid */
export function cutOffPoolOf(json: unknown): bigint | null {
  const text = textOf(bodyOf(json)['cutOffPool']);
  return text === null ? null : readUnit('money', text);
}

class Reading {
  readonly faults: string[] = [];
  readonly missing: string[] = [];

  constructor(private readonly assumeZero: boolean) {}

  /** The words of one block, in order; what is missing or does not read is remembered. */
  block(
    title: string,
    json: unknown,
    words: readonly Pick<StateWord, 'name' | 'unit' | 'meaning' | 'read'>[],
  ): bigint[] {
    const given = isRecord(json) ? json : {};
    if (json !== undefined && !isRecord(json)) this.faults.push(`"${title}" is no block of names and texts`);
    const known = words.map(({ name }) => name);
    const values = withParts(given, known);
    for (const name of Object.keys(values)) {
      if (!known.includes(name)) this.faults.push(`${title}: the deal keeps no "${name}"${suggest(name, known)}`);
    }
    return words.map(({ name, unit, meaning, read }) => {
      if (!Object.hasOwn(values, name)) {
        if (read && !this.assumeZero) this.missing.push(`${title}.${name} (${unit}): ${meaning}`);
        return 0n;
      }
      return this.word(`${title}.${name}`, unit, values[name]);
    });
  }

  private word(path: string, unit: StateWord['unit'], json: unknown): bigint {
    const text = textOf(json);
    if (text === null) {
      this.faults.push(`${path} must be a text in quotes, like "12.34": JSON numbers do not hold cents exactly`);
      return 0n;
    }
    try {
      const value = readWord(unit, text);
      if (value < 0n) this.faults.push(`${path} is ${text}: it cannot be negative`);
      return value < 0n ? 0n : value;
    } catch (error) {
      this.faults.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      return 0n;
    }
  }
}

/** Signed words are kept in two parts; what is given whole, "-12.34", becomes those two. */
function withParts(given: Record<string, unknown>, known: readonly string[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const text = textOf(value)?.trim();
    const plus = known.includes(`${name}+`) ? `${name}+` : name;
    const minus = `${name}-`;
    if (text === undefined || !known.includes(plus) || Object.hasOwn(given, minus) || !known.includes(minus)) {
      out[known.includes(plus) ? plus : name] = value;
      continue;
    }
    const negative = text.startsWith('-');
    out[plus] = negative ? '0' : text;
    out[minus] = negative ? text.slice(1) : '0';
  }
  return out;
}

/** A deal that stood in none of its states would pay by no priority. */
function unknownState({ accounts, state, states }: CompiledDeal, words: readonly bigint[]): string[] {
  const word = words[accounts.length + state.indexOf('state')] ?? 0n;
  if (states.length === 0 || states.some((_, index) => word === BigInt(index) * RATE_SCALE)) return [];
  const places = states.map((name, index) => `${index} (${name})`).join(', ');
  return [`state.state is ${writeUnit('ratio', word)}: it counts through the document's states, ${places}`];
}

/**
 * Reads a state against the deal that it is of. All that is wrong or missing is told at once, each missing word with
 * what it means; `assumeZero` takes zero (false, at the first state) for what is missing. @throws InputInvalid
 */
export function readState(compiled: CompiledDeal, json: unknown, options: { assumeZero?: boolean } = {}): DealState {
  const body = bodyOf(json);
  const reading = new Reading(options.assumeZero ?? false);
  const { programHash, period } = body;
  const { rows } = compiled.program.layout;
  if (typeof programHash === 'string' && programHash !== compiled.program.hash) {
    reading.faults.push(
      `it was made by the program ${programHash} and this is ${compiled.program.hash}: use the same document and ` +
        'cut-off pool, or leave programHash out to take the state over',
    );
  }
  if (typeof period !== 'number' || !Number.isInteger(period) || period < 0 || period >= rows) {
    reading.faults.push(`period is ${JSON.stringify(period)}: give the last payment date paid, 0 … ${rows - 1}`);
  }
  const accounts = compiled.accounts.map((name) => ({
    name,
    unit: 'money' as Unit,
    meaning: `cash in the account ${name}`,
    read: true,
  }));
  const words = [
    ...reading.block('accounts', body['accounts'], accounts),
    ...reading.block('state', body['state'], stateWords(compiled)),
  ];
  reading.faults.push(...unknownState(compiled, words));
  const missing = reading.missing.length > 0 ? ['not given (or use --assume-zero):', ...reading.missing] : [];
  if (reading.faults.length + missing.length > 0) throw new InputInvalid('the state', [...reading.faults, ...missing]);
  return { period: period as number, words };
}
