import { parseDate, type PlainDate } from '@weir/calendar';
import type { CompiledDeal } from '@weir/waterfall';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The existing day of a year of two or four digits, a month and a day. */
function dayOf(year: string, month: number, day: string): PlainDate[] {
  const parts = [year.length === 2 ? `20${year}` : year, String(month).padStart(2, '0'), day.padStart(2, '0')];
  try {
    return [parseDate(parts.join('-'))];
  } catch {
    // There is no such day; the caller says so in its own words.
    return [];
  }
}

/**
 * The days that a date as reports print it may mean: 2025-06-15, 6/15/2025 or 15.06.25 (month first or day first), 15-Jun-25,
 * June 15, 2025. A year of two digits is of this century.
 */
function datesMeant(text: string): PlainDate[] {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso) return dayOf(iso[1] ?? '', Number(iso[2]), iso[3] ?? '');
  const figures = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)$/.exec(text);
  if (figures) {
    const [, first = '', , second = '', year = ''] = figures;
    return [...dayOf(year, Number(first), second), ...dayOf(year, Number(second), first)];
  }
  const words =
    /^(?<day>\d{1,2})[ -](?<month>[a-z]{3,9})\.?[ -](?<year>\d{4}|\d\d)$/i.exec(text) ??
    /^(?<month>[a-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})$/i.exec(text);
  const { day = '', month = '', year = '' } = words?.groups ?? {};
  const at = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  return at < 0 ? [] : dayOf(year, at + 1, day);
}

/**
 * The payment date, from 1, that a text names: the day it pays on, or the one before it was moved to a business day. Null
 * when it names none, or more than one (1/2/2025 in a deal that pays on 2 January and on 1 February).
 */
export function paymentDateNamed({ periods }: Pick<CompiledDeal, 'periods'>, text: string): number | null {
  const meant = datesMeant(text.trim());
  const found = periods.filter(({ paymentDate, nominalDate }) =>
    [paymentDate, nominalDate].some((day) => meant.includes(day)),
  );
  return found.length === 1 ? (found[0]?.period ?? null) : null;
}
