import { type Contract, type Moment, type Observations, parseMoment } from '@weir/collateral';
import { readContract } from './read-contract.js';
import { readObservations } from './read-observations.js';
import type { Raw } from './term-reader.js';

/** A number as a reference prints it: its value, and the difference that its last printed digit leaves open. */
export interface Printed {
  value: number;
  allowed: number;
}

/** An event of a reference. */
export interface ReferenceEvent {
  at: Moment;
  type: string;
  payoff: Printed;
  notional: Printed;
  rate: Printed;
  accrued: Printed;
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

const figure = (fields: Fields, name: string): Printed => printed(String(fields[name] ?? '0'));

function referenceEvent(fields: Fields): ReferenceEvent {
  return {
    at: parseMoment(String(fields['eventDate'])),
    type: String(fields['eventType']).trim(),
    payoff: figure(fields, 'payoff'),
    notional: figure(fields, 'notionalPrincipal'),
    rate: figure(fields, 'nominalInterestRate'),
    accrued: figure(fields, 'accruedInterest'),
  };
}

/** The cases of a file in the form of the ACTUS test framework. */
export function readCases(json: string): Case[] {
  const file = parseKeepingDigits(json) as { [name: string]: Fields };
  return Object.entries(file).map(([name, fields]) => {
    const terms = (fields['terms'] ?? {}) as Fields;
    const until = String(fields['to'] ?? '').trim();
    return {
      name,
      type: String(terms['contractType'] ?? 'none'),
      read: () => ({
        contract: readContract(terms),
        observations: readObservations(fields['dataObserved'], fields['eventsObserved']),
        until: until === '' ? undefined : parseMoment(until),
        expected: ((fields['results'] ?? []) as Fields[]).map(referenceEvent),
      }),
    };
  });
}
