import {
  type Observation,
  type Observations,
  type ObservedEvent,
  type ObservedKind,
  parseMoment,
} from '@weir/collateral';
import { TermUnreadable } from './errors.js';
import type { Raw } from './term-reader.js';

const KINDS: Record<string, ObservedKind> = {
  AD: 'reviewed',
  XD: 'called',
  PR: 'repaid',
  PI: 'drawn',
  PD: 'drawn',
  PP: 'prepaid',
  CE: 'defaulted',
  CD: 'defaulted',
};

type Fields = { [name: string]: Raw };

const listOf = (value: Raw | undefined): Fields[] => {
  if (value === undefined || value === null || typeof value !== 'object') return [];
  return (Array.isArray(value) ? value : Object.values(value)) as Fields[];
};

function seriesOf(fields: Fields): Observation[] {
  return listOf(fields['data'])
    .map(({ timestamp, time, value }) => ({ at: parseMoment(String(timestamp ?? time)), value: Number(value) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

function eventOf(fields: Fields): ObservedEvent {
  const type = String(fields['type'] ?? fields['eventType'] ?? '').trim();
  const kind = KINDS[type];
  if (!kind) throw new TermUnreadable('eventsObserved.type', type, `expected one of ${Object.keys(KINDS).join(', ')}`);
  const value = Number(fields['value'] ?? fields['payoff'] ?? '0');
  // A drawing is written with either sign; a repayment with the sign of what it repays.
  const amount = kind === 'drawn' ? Math.abs(value) : value;
  return { at: parseMoment(String(fields['time'] ?? fields['eventDate'])), kind, amount };
}

/** What a case observed: series by the names of their market objects, and events. */
export function readObservations(data: Raw | undefined, events: Raw | undefined): Observations {
  const named = data && typeof data === 'object' && !Array.isArray(data) ? Object.entries(data) : [];
  const series = new Map(named.map(([name, fields]) => [name, seriesOf(fields as Fields)]));
  for (const fields of listOf(data)) series.set(String(fields['identifier']), seriesOf(fields));
  return { series, events: listOf(events).map(eventOf) };
}
