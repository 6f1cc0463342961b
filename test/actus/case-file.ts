import { type Contract, type Moment, type Observations, parseMoment } from '@weir/collateral';
import { readContract } from './read-contract.js';
import { readObservations } from './read-observations.js';
import type { Raw } from './term-reader.js';

/** A number as a reference prints it: its value, and the difference that its last printed digit leaves open. */
export interface Printed {
  value: number;
  allowed: number;
}

/** An event of a reference; what it does not print is undefined. */
export interface ReferenceEvent {
  at: Moment;
  type: string;
  payoff: Printed | undefined;
  notional: Printed | undefined;
  rate: Printed | undefined;
  accrued: Printed | undefined;
}

/** A case of a file, its contract read on demand: an unreadable one fails alone. */
export interface Case {
  name: string;
  type: string;
  read(): { contract: Contract; observations: Observations; until: Moment | undefined; expected: ReferenceEvent[] };
}

type Fields = { [name: string]: Raw };

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON with each number as the text in which it was printed. */
export function parseKeepingDigits(json: string): Raw {
  return JSON.parse(json.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))) as Raw;
}

/** Figures with fewer digits than this were not cut short: nobody prints 25.4794520547945 as 25. */
const DIGITS_OF_A_ROUNDED_FIGURE = 8;

/** A printed number. Rounded where it stops, it allows half a unit of its last digit. */
export function printed(text: string): Printed {
  const [mantissa = '', exponent = '0'] = text.trim().toLowerCase().split('e');
  const digits = mantissa.replace(/^-?0*\.?0*|[-.]/g, '').length;
  const decimals = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  const rounded = digits >= DIGITS_OF_A_ROUNDED_FIGURE && decimals > 0;
  return { value: Number(text), allowed: rounded ? 10 ** -decimals / 2 : 0 };
}

function figure(fields: Fields, name: string): Printed | undefined {
  const text = String(fields[name] ?? '').trim();
  return text === '' || text.toLowerCase() === 'null' ? undefined : printed(text);
}

/** Names that events had in earlier versions of the standard. */
const FORMER_TYPES: Record<string, string> = { PD: 'PI', CD: 'CE' };

function referenceEvent(fields: Fields): ReferenceEvent {
  const type = String(fields['eventType']).trim();
  return {
    at: parseMoment(String(fields['eventDate'])),
    type: FORMER_TYPES[type] ?? type,
    payoff: figure(fields, 'payoff'),
    notional: figure(fields, 'notionalPrincipal'),
    rate: figure(fields, 'nominalInterestRate'),
    accrued: figure(fields, 'accruedInterest'),
  };
}

/** The end of the projection: as told, or for a contract that has none the last that was observed of it. */
function untilOf(fields: Fields, contract: Contract, { events }: Observations): Moment | undefined {
  const told = String(fields['to'] ?? '').trim();
  if (told !== '' && told.toLowerCase() !== 'null') return parseMoment(told);
  if (contract.kind !== 'open-ended') return undefined;
  return (
    contract.termination?.date ??
    events
      .map(({ at }) => at)
      .sort()
      .at(-1)
  );
}

function readCase(fields: Fields, terms: Fields): ReturnType<Case['read']> {
  const contract = readContract(terms);
  const observations = readObservations(fields['dataObserved'], fields['eventsObserved']);
  const expected = ((fields['results'] ?? []) as Fields[]).map(referenceEvent);
  return { contract, observations, until: untilOf(fields, contract, observations), expected };
}

const isCase = (value: Raw): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The cases of a file in the form of the ACTUS test framework: under their names, in a list, or one alone. */
export function readCases(json: string): Case[] {
  const file = parseKeepingDigits(json) as Fields;
  const named: [string, Raw][] = 'terms' in file ? [['case', file]] : Object.entries(file);
  const cases = named.filter((entry): entry is [string, Fields] => isCase(entry[1]));
  return cases.map(([name, fields]) => {
    const terms = (fields['terms'] ?? {}) as Fields;
    return {
      name: String(fields['identifier'] ?? name),
      type: String(terms['contractType'] ?? 'none').trim(),
      read: () => readCase(fields, terms),
    };
  });
}
