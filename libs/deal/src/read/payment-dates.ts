import { addMonths, endOfMonth, parseDate, type PlainDate } from '@weir/calendar';
import { isMap } from 'yaml';
import type { ListedDate } from '../model.js';
import type { Cursor } from '../source/cursor.js';

/** The most payment dates that a document holds. */
const MOST_DATES = 600;

/** The month so many before, as its last day: what a date pays when nothing else is written. */
function monthBefore(date: PlainDate, months: number): PlainDate {
  return endOfMonth(addMonths(`${date.slice(0, 7)}-01`, -months));
}

function readDate(cursor: Cursor): PlainDate {
  return cursor.parsed(parseDate, '2000-01-01', 'date');
}

function readListedDate(item: Cursor, monthsAfter: number): { cursor: Cursor; listed: ListedDate } {
  if (!isMap(item.node)) {
    const date = readDate(item);
    return { cursor: item, listed: { date, collectedTo: monthBefore(date, monthsAfter) } };
  }
  const fields = item.fields(['date'], ['collectedTo']);
  const date = readDate(fields.date);
  const collectedTo = fields.collectedTo ? readDate(fields.collectedTo) : monthBefore(date, monthsAfter);
  return {
    cursor: fields.collectedTo?.isSound === false ? fields.collectedTo : fields.date,
    listed: { date, collectedTo },
  };
}

/**
 * A list of payment dates, each a date or `{date, collectedTo}`; by default a date pays what was collected to the end of
 * the month `monthsAfter` before. Each date comes after the one before, and so does what it pays.
 */
export function readPaymentDates(cursor: Cursor, monthsAfter: number): ListedDate[] {
  const read = cursor.items().map((item) => readListedDate(item, monthsAfter));
  if (read.length > MOST_DATES) cursor.error('number', `a deal has at most ${MOST_DATES} payment dates`);
  read.forEach(({ cursor: at, listed: { date, collectedTo } }, index) => {
    const before = read[index - 1];
    if (!at.isSound || before?.cursor.isSound === false) return;
    if (date < collectedTo) at.error('order', `the collection period that this pays ends only on ${collectedTo}`);
    else if (before && date <= before.listed.date)
      at.error('order', `this must come after the payment date before it, ${before.listed.date}`);
    else if (before && collectedTo <= before.listed.collectedTo) {
      const message = `the collection period before already ends on ${before.listed.collectedTo}`;
      at.error('order', `${message}; write {date: ${date}, collectedTo: …}`);
    }
  });
  return read.map(({ listed }) => listed);
}
