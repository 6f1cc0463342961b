import { dateOfDay } from '@weir/calendar';
import { formatMoney, formatRate } from '@weir/money';
import type { Unit } from '../expression/ast.js';
import type { Call, DealState, ReportItem, Schedule, Trigger } from '../model.js';
import { type Fields, flag, given, maybeText, textOf, type Value } from './fields.js';

const LITERALS: Record<Unit, (value: bigint) => string> = {
  money: formatMoney,
  rate: formatRate,
  ratio: formatRate,
  date: (day) => dateOfDay(Number(day)),
  flag: (on) => (on === 1n ? 'true' : 'false'),
};

export function reportItemOf({ unit, signed, label, from }: ReportItem): Value {
  const written = signed ? `signed ${unit}` : unit;
  return label === null && from === null ? written : given({ unit: written, label, from: maybeText(from) });
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
    at: trigger.at === 'start' ? null : 'end',
  });
}

export function callOf({ by, when, price }: Call): Fields {
  return { by, when: textOf(when), price: textOf(price) };
}

export function stateOf({ when, from }: DealState): Fields {
  return given({ when: maybeText(when), from });
}
