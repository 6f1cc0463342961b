import type { Fields, Plan } from './plan.js';

const LENGTHS: Record<string, number> = { monthly: 1, quarterly: 3, semiannual: 6, annual: 12 };

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** YYYY-MM, some months after January of a year. */
const monthOf = (year: number, months: number): string =>
  `${year + Math.floor(months / 12)}-${twoDigits(1 + (months % 12))}`;

function lastDayBefore(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Payment dates of any frequency, calendar and convention. The record date is never before closing. */
export function datesOf({ random }: Plan): Fields {
  const [year, month] = [2019 + random.below(7), random.below(12)];
  const frequency = random.pick(['monthly', 'monthly', 'monthly', 'quarterly', 'semiannual', 'annual']);
  const closing = `${monthOf(year, month)}-${twoDigits(5 + random.below(18))}`;
  return {
    cutOff: lastDayBefore(year, month),
    closing,
    firstCollectionPeriod: monthOf(year, month + (LENGTHS[frequency] ?? 1) - 1),
    ...(random.chance(30) ? { firstCollectionFrom: `${monthOf(year, month)}-01` } : {}),
    ...(frequency === 'monthly' && random.chance(60) ? {} : { frequency }),
    ...(random.chance(20) ? { paymentMonthsAfter: 1 + random.below(2) } : {}),
    paymentDay: random.pick([5, 15, 20, 25, 31, 'last']),
    businessDays: random.pick(['following', 'modified-following', 'unadjusted']),
    calendar: random.pick(['us-federal-reserve', 'target', 'london', 'target + london']),
    recordDate: random.chance(30)
      ? 'last business day of the month before the payment date'
      : `${1 + random.below(3)} business days before the payment date`,
    ...(random.chance(20) ? { determinationDate: '2 business days before the payment date' } : {}),
    paymentDates: 6 + random.below(15),
  };
}

/** The servicer report; its names are the first that formulas can use. */
export function reportOf({ random, writer, twoGroups }: Plan): Fields {
  writer.add('money', 'poolOpening', 'poolClosing', 'collected', 'losses', 'cutOffPool', 'poolOpening', 'poolClosing');
  writer.add('ratio', 'period', 'daysInPeriod');
  writer.add('date', 'paymentDate', 'previousPaymentDate', 'closingDate', 'collectionFrom', 'collectionTo');
  const report: Fields = {
    poolOpening: 'money',
    poolClosing: { unit: 'money', label: 'Closing balance' },
    collected: { unit: 'signed money', from: 'interestCollected + principalCollected' },
    losses: 'signed money',
  };
  const optional: [string, string, 'money' | 'rate' | 'ratio' | 'flag' | 'date'][] = [
    ['sofr', 'signed rate', 'rate'],
    ['netRate', 'rate', 'rate'],
    ['delinquency', 'ratio', 'ratio'],
    ['drift', 'signed ratio', 'ratio'],
    ['eventOfDefault', 'flag', 'flag'],
    ['expiry', 'date', 'date'],
  ];
  for (const [name, unit, kind] of optional) {
    if (!random.chance(45)) continue;
    report[name] = unit;
    writer.add(kind, name);
  }
  if (twoGroups) {
    report['principalReceived'] = 'signed money';
    writer.add('money', 'principalReceived');
  }
  return report;
}

/** Values by payment date, by number and by date. */
export function schedulesOf({ random, writer, pool, currency }: Plan): Fields {
  const schedules: Fields = {};
  if (random.chance(30)) {
    const values = Array.from({ length: 3 + random.below(6) }, (_, index) => {
      const cents = (pool * BigInt(100 - 10 * index)) / 100n;
      return `${cents / 100n}.00`;
    });
    schedules['planned'] = { unit: 'money', values };
    writer.add('money', 'planned');
  }
  if (random.chance(30)) {
    schedules['stepUp'] = {
      unit: 'ratio',
      values: { 1: writer.percent(9), [4 + random.below(4)]: writer.percent(30) },
    };
    writer.add('ratio', 'stepUp');
  }
  if (random.chance(25)) {
    schedules['margin'] = { unit: 'rate', values: { '2015-01-01': '0.25 %', '2022-06-15': writer.percent(3) } };
    writer.add('rate', 'margin');
  }
  return currency ? schedules : {};
}

/** Formulas and triggers, each over the ones before it. */
export function testsOf(plan: Plan): { formulas: Fields; triggers: Fields } {
  const { random, writer, triggers: names } = plan;
  const formulas: Fields = {};
  const triggers: Fields = {};
  for (let index = 1; index <= 2 + random.below(4); index++) {
    const kind = random.pick(['money', 'money', 'rate', 'ratio', 'flag'] as const);
    formulas[`value${index}`] = writer.of(kind, 1 + random.below(2));
    writer.add(kind, `value${index}`);
    const trigger = names[index - 1];
    if (trigger) triggers[trigger] = triggerOf(plan, trigger);
  }
  for (const name of names) triggers[name] ??= triggerOf(plan, name);
  return { formulas, triggers };
}

function triggerOf({ random, writer }: Plan, name: string): Fields {
  const trigger = {
    when: writer.flag(1),
    ...(random.chance(40) ? { sticky: random.chance(60) } : {}),
    ...(random.chance(30) ? { for: 1 + random.below(3) } : {}),
    ...(random.chance(30) ? { cure: 1 + random.below(3) } : {}),
    ...(random.chance(30) ? { at: random.pick(['start', 'end']) } : {}),
  };
  writer.add('flag', name);
  return trigger.sticky ? { ...trigger, cure: undefined } : trigger;
}

/** States with conditions of their own; each but the first can come from those above it. */
export function statesOf({ random, writer, states }: Plan): Fields {
  const entries = states.map((name, index) => {
    if (index === 0) return [name, {}];
    const from = index === 2 && random.chance(40) ? { from: [states[1]] } : {};
    return [name, { when: index === 1 ? `period > ${2 + random.below(6)}` : writer.flag(1), ...from }];
  });
  for (const name of states) writer.add('flag', `state.${name}`);
  return Object.fromEntries(entries) as Fields;
}
