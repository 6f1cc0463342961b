import { addDays, addMonths, addMonthsEndOfMonth, isEndOfMonth, parseDate, type PlainDate } from '@weir/calendar';
import { MomentFormatError } from './errors.js';

/**
 * A day of a contract, `YYYY-MM-DD`, or a time on it, `YYYY-MM-DDTHH:MM:SS`. A day alone means its beginning, so the
 * texts sort in time. What happens at the last second of a day counts as the next day in accruals, and 24:00:00 *is* the
 * next day.
 */
export type Moment = string;

const FORM = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.0+)?)?Z?)?$/;
const END_OF_DAY = 'T23:59:59';

const dayOf = (moment: Moment): PlainDate => moment.slice(0, 10);
const timeOf = (moment: Moment): string => moment.slice(10);

function written(day: PlainDate, hours: number, minutes: string, seconds: string): Moment {
  const time = `T${hours < 10 ? '0' : ''}${hours}:${minutes}:${seconds}`;
  return time === 'T00:00:00' ? day : `${day}${time}`;
}

/** The moment in the one form that compares: midnight as the day alone. @throws MomentFormatError */
export function parseMoment(text: string): Moment {
  const found = FORM.exec(text.trim());
  if (!found) throw new MomentFormatError(text);
  const [, day = '', hours = '00', minutes = '00', seconds = '00'] = found;
  const midnight = minutes === '00' && seconds === '00';
  if (Number(minutes) > 59 || Number(seconds) > 59) throw new MomentFormatError(text);
  if (Number(hours) > (midnight ? 24 : 23)) throw new MomentFormatError(text);
  const date = parseDate(day);
  return hours === '24' ? addDays(date, 1) : written(date, Number(hours), minutes, seconds);
}

/** Whether a text is a moment in the form that compares. */
export function isMoment(value: unknown): value is Moment {
  if (typeof value !== 'string') return false;
  try {
    return parseMoment(value) === value;
  } catch {
    return false;
  }
}

/** The day from which, or up to which, interest counts. */
export function accrualDay(moment: Moment): PlainDate {
  return timeOf(moment) === END_OF_DAY ? addDays(dayOf(moment), 1) : dayOf(moment);
}

/** The moment on another day. */
export function onDay(moment: Moment, move: (day: PlainDate) => PlainDate): Moment {
  return `${move(dayOf(moment))}${timeOf(moment)}`;
}

/** The unit in which a period counts. */
export type PeriodUnit = 'day' | 'month';

/** A length of time: so many days, or so many months. A week is 7 days, a quarter 3 months, a year 12. */
export interface Period {
  count: number;
  unit: PeriodUnit;
}

/**
 * The moment so many periods later (earlier when negative), on the same day of the month where the month has it.
 * `endOfMonth` keeps the last day of a month the last.
 */
export function addPeriods(moment: Moment, period: Period, times: number, endOfMonth = false): Moment {
  const count = period.count * times;
  if (period.unit === 'day') return onDay(moment, (day) => addDays(day, count));
  const add = endOfMonth && isEndOfMonth(dayOf(moment)) ? addMonthsEndOfMonth : addMonths;
  return onDay(moment, (day) => add(day, count));
}
