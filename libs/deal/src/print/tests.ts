import { dateOfDay } from '@weir/calendar';
import { formatMoney, formatRate } from '@weir/money';
import type { Unit } from '../expression/ast.js';
import type { Call, DealState, IndexRate, ReportItem, Schedule, Trigger } from '../model.js';
import { type Fields, flag, given, maybeText, textOf, type Value } from './fields.js';

const LITERALS: Record<Unit, (value: bigint) => string> = {
  money: formatMoney,
  rate: formatRate,
  ratio: formatRate,
  date: (day) => dateOfDay(Number(day)),
  flag: (on) => (on === 1n ? 'true' : 'false'),
};

function businessDays(count: number): string | null {
  return count === 0 ? null : `${count} business day${count === 1 ? '' : 's'}`;
}

function indexOf(index: IndexRate): Fields {
  return given({
    method: index.method,
    lookback: businessDays(index.lookback),
    observationShift: flag(index.observationShift, false),
    lockout: businessDays(index.lockout),
    basis: index.method === 'set in advance' ? null : index.basis === 360 ? 'ACT/360' : 'ACT/365F',
    calendar: index.calendar,
    decimals: index.decimals === null ? null : String(index.decimals),
    fallback: businessDays(index.fallback),
    accrual: index.accrual,
    firstAccrualFrom: index.firstAccrualFrom,
  });
}

export function reportItemOf({ unit, signed, label, from, index }: ReportItem): Value {
  const written = signed ? `signed ${unit}` : unit;
  if (label === null && from === null && index === null) return written;
  return given({ unit: written, label, from: maybeText(from), index: index && indexOf(index) });
}

export function scheduleOf({ unit, values }: Schedule): Fields {
  if (values.kind === 'list') return { unit, values: values.values.map(LITERALS[unit]) };
  return {
    unit,
    values: Object.fromEntries(values.steps.map(({ from, value }) => [String(from), LITERALS[unit](value)])),
  };
}

export function triggerOf(trigger: Trigger): Fields {
  return given({
    when: textOf(trigger.when),
    sticky: flag(trigger.sticky, false),
    for: trigger.for === 1 ? null : String(trigger.for),
    cure: trigger.cure === 1 ? null : String(trigger.cure),
    at: trigger.at === 'start' ? null : trigger.at,
  });
}

export function callOf({ by, when, price }: Call): Fields {
  return { by, when: textOf(when), price: textOf(price) };
}

export function stateOf({ when, from }: DealState): Fields {
  return given({ when: maybeText(when), from });
}
