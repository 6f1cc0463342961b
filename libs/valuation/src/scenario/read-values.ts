import { isMap, isScalar, isSeq } from 'yaml';
import type { Cursor } from '@weir/deal';
import { ScenarioValueInvalid } from './errors.js';

/** More months or payment dates than any deal has. */
const MOST_VALUES = 1200;

/** Reads the text of one figure. @throws ScenarioValueInvalid */
export type ReadFigure = (text: string) => number;

export const isList = (cursor: Cursor): boolean => isSeq(cursor.node);
export const isBlock = (cursor: Cursor): boolean => isMap(cursor.node);

/** A name with nothing after it. */
export function isBare({ node }: Cursor): boolean {
  return node === null || (isScalar(node) && (node.value === null || node.value === ''));
}

function repeats(text: string, count: string): number {
  const times = Number(count);
  if (times >= 1 && times <= MOST_VALUES) return times;
  throw new ScenarioValueInvalid(text, `a count from 1 to ${MOST_VALUES}`);
}

/** One item of a vector: `6 %`, `6 % for 12`, or `0.2 % to 6 % over 30`, both ends included. */
function itemOf(text: string, read: ReadFigure): number[] {
  const held = /^(.+?)\s+for\s+(\d{1,9})$/.exec(text);
  if (held) return new Array<number>(repeats(text, held[2] ?? '')).fill(read(held[1] ?? ''));
  const ramp = /^(.+?)\s+to\s+(.+?)\s+over\s+(\d{1,9})$/.exec(text);
  if (!ramp) return [read(text)];
  const [from, to, count] = [read(ramp[1] ?? ''), read(ramp[2] ?? ''), repeats(text, ramp[3] ?? '')];
  if (count === 1) throw new ScenarioValueInvalid(text, 'a ramp over at least 2');
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** A figure or a list of them. What does not read is reported and left out. */
export function readValues(cursor: Cursor, read: ReadFigure): number[] {
  const items = isList(cursor) ? cursor.items() : [cursor];
  const values = items.flatMap((item) => item.parsed<number[]>((text) => itemOf(text, read), [], 'value'));
  if (values.length > MOST_VALUES) cursor.error('value', `a vector has at most ${MOST_VALUES} values`);
  return values.slice(0, MOST_VALUES);
}
