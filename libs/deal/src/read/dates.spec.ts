import { describe, expect, it } from '@jest/globals';
import { openDocument } from '../source/document.js';
import type { Dates } from './date-fields.js';
import { readDates } from './dates.js';

const MONTHLY = {
  cutOff: '2020-06-30',
  closing: '2020-07-15',
  firstCollectionPeriod: '2020-07',
  paymentDay: '15',
  businessDays: 'following',
  calendar: 'us-federal-reserve',
  recordDate: '1 business day before the payment date',
  paymentDates: '72',
};

/** Reads a block of dates; faults as `CODE at FIELD: message`. */
function read(fields: Record<string, string | undefined>): { dates: Dates; faults: string[] } {
  const written = Object.entries({ ...MONTHLY, ...fields }).flatMap(([name, value]) =>
    value ? [`${name}: ${value}`] : [],
  );
  const { root, findings } = openDocument(written.join('\n'));
  const dates = readDates(root);
  const fieldAt = (line: number): string => written[line - 1]?.split(':')[0] ?? '';
  const faults = findings.sorted().map(({ code, line, message }) => `${code} at ${fieldAt(line)}: ${message}`);
  return { dates, faults };
}

describe('dates of a deal', () => {
  it('by default pay monthly, a month after each collection period', () => {
    expect(read({})).toEqual({
      faults: [],
      dates: {
        cutOffDate: '2020-06-30',
        closingDate: '2020-07-15',
        schedule: {
          firstCollectionPeriod: '2020-07',
          firstFrom: '2020-07-01',
          monthsPerPeriod: 1,
          paymentMonthsAfter: 1,
          paymentDay: 15,
          firstPaymentDate: null,
          businessDays: 'following',
          calendar: 'us-federal-reserve',
          recordDate: { kind: 'business-days-before', days: 1 },
          determinationDate: null,
          paymentDates: 72,
          listed: null,
        },
      },
    });
  });

  it.each([
    ['monthly', 1, '2020-09-01'],
    ['quarterly', 3, '2020-07-01'],
    ['semiannual', 6, '2020-04-01'],
    ['annual', 12, '2019-10-01'],
  ])('%s periods are %i months long', (frequency, months, firstFrom) => {
    const { dates, faults } = read({ frequency, firstCollectionPeriod: '2020-09', cutOff: '2019-09-30' });
    expect(faults).toEqual([]);
    expect(dates.schedule).toMatchObject({ monthsPerPeriod: months, firstFrom });
  });

  it('a first payment date off the payment day', () => {
    const { dates, faults } = read({ firstPaymentDate: '2020-08-26' });
    expect([faults, dates.schedule.firstPaymentDate]).toEqual([[], '2020-08-26']);
    expect(read({ firstPaymentDate: '2020-09-15', paymentDates: '1' }).faults).toEqual([]);
  });

  it('a first period of several months', () => {
    const fields = { cutOff: '2020-04-30', firstCollectionFrom: '2020-05-01' };
    expect(read(fields)).toMatchObject({
      faults: [],
      dates: { schedule: { firstFrom: '2020-05-01', monthsPerPeriod: 1 } },
    });
  });

  it('the last day of a month, in two calendars, with the record date in the month before', () => {
    const { dates, faults } = read({
      paymentDay: 'last',
      paymentMonthsAfter: '2',
      businessDays: 'modified-following',
      calendar: 'target + london',
      recordDate: 'last business day of the month before the payment date',
      determinationDate: '2 business days before the payment date',
    });
    expect(faults).toEqual([]);
    expect(dates.schedule).toMatchObject({
      paymentDay: 'last',
      paymentMonthsAfter: 2,
      businessDays: 'modified-following',
      calendar: 'target+london',
      recordDate: { kind: 'last-business-day-of-month-before' },
      determinationDate: { kind: 'business-days-before', days: 2 },
    });
  });

  it.each([
    ['15 days before the payment date', { kind: 'days-before', days: 15 }],
    ['1 calendar day before the payment date', { kind: 'days-before', days: 1 }],
    ['3 business days before the payment date', { kind: 'business-days-before', days: 3 }],
    ['last day of the month before the payment date', { kind: 'last-day-of-month-before' }],
    ['payment date', { kind: 'payment-date' }],
  ])('the record date and the determination date may be: %s', (text, rule) => {
    const { dates, faults } = read({ recordDate: text, determinationDate: text });
    expect(faults).toEqual([]);
    expect(dates.schedule).toMatchObject({ recordDate: rule, determinationDate: rule });
  });

  it('the record date may be the determination date', () => {
    const { dates, faults } = read({
      recordDate: 'determination date',
      determinationDate: '2 days before the payment date',
    });
    expect([faults, dates.schedule.recordDate]).toEqual([[], { kind: 'determination-date' }]);
  });

  it('payment dates one by one, each with what it pays or paying the month before', () => {
    const { dates, faults } = read({
      firstCollectionPeriod: undefined,
      paymentDay: undefined,
      paymentDates: '[2020-08-26, {date: 2020-11-16, collectedTo: 2020-10-15}, 2021-02-26]',
    });
    expect(faults).toEqual([]);
    expect(dates.schedule).toMatchObject({
      // The day after the cut-off date.
      firstFrom: '2020-07-01',
      paymentDates: 3,
      listed: [
        { date: '2020-08-26', collectedTo: '2020-07-31' },
        { date: '2020-11-16', collectedTo: '2020-10-15' },
        { date: '2021-02-26', collectedTo: '2021-01-31' },
      ],
    });
  });

  it('may pay on the last day of the collection period itself', () => {
    expect(read({ paymentMonthsAfter: '0', paymentDay: 'last' }).faults).toEqual([]);
  });
});

describe('dates that do not fit', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['a 32nd', { paymentDay: '32' }, 'number at paymentDay'],
    [
      'a frequency',
      { frequency: 'monthy' },
      'choice at frequency: "monthy" is not offered here; did you mean "monthly"?',
    ],
    ['a calendar', { calendar: 'target + londn' }, 'choice at calendar'],
    ['a calendar twice', { calendar: 'target + target' }, 'choice at calendar'],
    ['a convention', { businessDays: 'follow' }, 'choice at businessDays'],
    [
      'a record date',
      { recordDate: 'the day before' },
      'choice at recordDate: write "1 business day before the payment',
    ],
    ['a determination date', { determinationDate: 'soon' }, 'choice at determinationDate: write "1 business day'],
    ['a determination date by itself', { determinationDate: 'determination date' }, 'choice at determinationDate'],
    ['a record date by no determination date', { recordDate: 'determination date' }, 'choice at recordDate: this'],
    ['no payment day', { paymentDay: undefined }, 'missing-field at cutOff: "paymentDay" is missing'],
    [
      'a payment day beside a list',
      { paymentDates: '[2020-08-17]', firstCollectionPeriod: undefined },
      'unknown-field at paymentDay: "paymentDay" does not go with a list of payment dates',
    ],
    ['a month', { firstCollectionPeriod: '2020-13' }, 'month at firstCollectionPeriod'],
    ['too many payment dates', { paymentDates: '601' }, 'number at paymentDates'],
    ['a field', { paymentdates: '5' }, 'unknown-field at paymentdates: "paymentdates" is no field here; did you mean'],
    ['a missing one', { calendar: undefined }, 'missing-field at cutOff: "calendar" is missing'],
    [
      'a first period that begins after it ends',
      { firstCollectionFrom: '2020-08-01' },
      'order at firstCollectionFrom: the first collection period must begin before it ends',
    ],
    [
      'a first period that begins with what is the seller’s',
      { firstCollectionFrom: '2020-06-30' },
      'order at firstCollectionFrom: the first collection period must begin after the cut-off date',
    ],
    [
      'a quarter that begins before the cut-off date',
      { frequency: 'quarterly' },
      'order at firstCollectionPeriod: the first collection period must begin after the cut-off date',
    ],
    ['a closing before the cut-off date', { closing: '2020-06-29' }, 'order at closing: closing cannot be before'],
    ['a closing after the first period', { closing: '2020-08-01' }, 'order at closing: closing must fall before'],
    [
      'a payment date within its own period',
      { paymentMonthsAfter: '0', recordDate: '1 business day before the payment date', closing: '2020-07-01' },
      'order at paymentDay: this payment date falls before the end of its collection period',
    ],
    [
      'a first payment date within its own period',
      { firstPaymentDate: '2020-07-30' },
      'order at firstPaymentDate: the first collection period ends only on 2020-07-31',
    ],
    [
      'a first payment date after the second',
      { firstPaymentDate: '2020-09-15' },
      'order at firstPaymentDate: the second payment date is already 2020-09-15',
    ],
    [
      // A first payment date of Monday 3 August has Friday 31 July before it.
      'a record date of the first payment date before closing',
      { closing: '2020-07-31', firstPaymentDate: '2020-08-03', recordDate: '2 business days before the payment date' },
      'order at recordDate: the first record date is 2020-07-30, before closing',
    ],
    [
      // The payment date is Monday 17 August; the last business day of July is Friday the 31st.
      'a record date before closing',
      {
        recordDate: 'last business day of the month before the payment date',
        closing: '2020-08-03',
        firstCollectionPeriod: '2020-08',
        paymentMonthsAfter: '0',
        paymentDay: 'last',
      },
      'order at recordDate: the first record date is 2020-07-31, before closing',
    ],
    ...(
      [
        [
          'dates in disorder',
          '[2020-08-17, 2020-08-17]',
          'this must come after the payment date before it, 2020-08-17',
        ],
        ['two dates of a month', '[2020-08-17, 2020-08-27]', 'the collection period before already ends on 2020-07-31'],
        [
          'a date that pays what is not over',
          '[{date: 2020-08-17, collectedTo: 2020-08-31}]',
          'the collection period that this pays ends only on 2020-08-31',
        ],
      ] as const
    ).map(([name, paymentDates, fault]): [string, Record<string, string | undefined>, string] => [
      name,
      { paymentDates, firstCollectionPeriod: undefined, paymentDay: undefined },
      `order at paymentDates: ${fault}`,
    ]),
  ])('%s', (_, fields, fault) => {
    const { faults } = read(fields);
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });
});
