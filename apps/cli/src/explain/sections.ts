import { type Deal, type PaymentSchedule, printDayRule, type Priority, type Schedule, type Tranche } from '@weir/deal';
import { groupMoney } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import { writeUnit } from '@weir/valuation';
import { stepSentences } from './steps.js';
import { capital, formulaText, listed, sizeText, spoken } from './words.js';

/** A part of the explanation: a title and lines; numbered ones carry their number. */
export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** A sentence, or an item with what stands before it; `depth` counts the levels in. */
export interface Line {
  readonly mark: string;
  /** What the line is about, set off from the text. */
  readonly head: string;
  readonly text: string;
  readonly depth: number;
}

const sentence = (text: string): Line => ({ mark: '', head: '', text, depth: 0 });
const item = (head: string, text: string): Line => ({ mark: '–', head, text, depth: 0 });

const FREQUENCIES: Readonly<Record<number, string>> = {
  1: 'monthly',
  3: 'quarterly',
  6: 'every six months',
  12: 'yearly',
};

/** When payments fall, as the rule says it or one by one. */
function paymentText({ listed, ...schedule }: PaymentSchedule): string {
  const moved = `moved by the convention "${schedule.businessDays}" (${schedule.calendar})`;
  if (listed) return `Payments fall on ${listed.map(({ date }) => date).join(', ')}, ${moved}.`;
  const day = schedule.paymentDay === 'last' ? 'the last day' : `day ${schedule.paymentDay}`;
  const often = FREQUENCIES[schedule.monthsPerPeriod] ?? `every ${schedule.monthsPerPeriod} months`;
  const after = schedule.paymentMonthsAfter === 1 ? 'the month after' : `${schedule.paymentMonthsAfter} months after`;
  return `Payments are ${often}, on ${day} of ${after} the collection period, ${moved}; there are ${schedule.paymentDates}.`;
}

function datesSection({ schedule, cutOffDate, closingDate }: Deal, compiled: CompiledDeal | null): Section {
  const [first, last] = [compiled?.periods[0], compiled?.periods.at(-1)];
  const span = first && last ? ` The first is ${first.paymentDate}, the last ${last.paymentDate}.` : '';
  return {
    title: 'Dates',
    lines: [
      sentence(`The pool is cut off on ${cutOffDate} and the deal closes on ${closingDate}.`),
      sentence(`${paymentText(schedule)}${span}`),
      sentence(recordText(schedule)),
    ],
  };
}

function recordText({ recordDate, determinationDate }: PaymentSchedule): string {
  const determined = determinationDate ? ` Amounts are determined on: ${printDayRule(determinationDate)}.` : '';
  return `The record date is: ${printDayRule(recordDate)}.${determined}`;
}

function poolSection({ cutOffPool, eligibility, report, currency }: Deal): Section {
  const size =
    cutOffPool === null ? [] : [sentence(`The pool at the cut-off date is ${groupMoney(cutOffPool)} ${currency}.`)];
  const rules = eligibility.map(({ id, field, op, value, reason }) =>
    item(spoken(id), `${spoken(field)} ${op} ${value}, else ${reason}.`),
  );
  const items = report.map(({ name, label, unit, signed, from }) => {
    const fed = from ? `; a projection takes ${formulaText(from)}` : '';
    return item(name, `${label ? `${label}; ` : ''}${signed ? 'signed ' : ''}${unit}${fed}.`);
  });
  return {
    title: 'Pool and servicer report',
    lines: [
      ...size,
      ...(rules.length ? [sentence('A loan is in the pool when:'), ...rules] : []),
      sentence('Each period is reported:'),
      ...items,
    ],
  };
}

function trancheText(tranche: Tranche, original: bigint | undefined): string {
  const { coupon, dayCount, accrual } = tranche;
  const words = sizeText(tranche);
  // An amount that the document writes as a number needs no second writing of it.
  const size = original === undefined || tranche.size.kind === 'amount' ? words : `${groupMoney(original)}: ${words}`;
  const parts = [
    tranche.notional ? `notional of ${formulaText(tranche.notional)}` : size,
    `coupon ${formulaText(coupon)}, ${dayCount}, accrual ${accrual}`,
    tranche.interestOn ? `interest on ${formulaText(tranche.interestOn)}` : '',
    tranche.interestOnShortfall === false ? 'no interest on unpaid interest' : '',
    typeof tranche.interestOnShortfall === 'object'
      ? `unpaid interest bears ${formulaText(tranche.interestOnShortfall)}`
      : '',
    tranche.availableFundsCap ? `coupon at most ${formulaText(tranche.availableFundsCap)}, the rest carried over` : '',
    tranche.reduceInterest ? `interest reduced by ${formulaText(tranche.reduceInterest)}` : '',
    tranche.firstAccrualFrom ? `accruing from ${tranche.firstAccrualFrom}` : '',
    tranche.legalFinal ? `legal final ${tranche.legalFinal}` : '',
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}

function classSection(deal: Deal, compiled: CompiledDeal | null): Section {
  const sizes = new Map(compiled?.tranches.map(({ name, original }) => [name, original]));
  const classes = deal.tranches.map((tranche) => {
    const label = tranche.label && tranche.label !== tranche.name ? ` (${tranche.label})` : '';
    return item(`${tranche.name}${label}`, trancheText(tranche, sizes.get(tranche.name)));
  });
  const groups = deal.groups.map(({ name, tranches }) => item(name, `the group of ${listed(tranches)}.`));
  const combinations = deal.combinations.map(({ name, of }) =>
    item(
      name,
      `can be exchanged for ${listed(of.map(({ tranche, share }) => `${writeUnit('ratio', share)} of ${tranche}`))}.`,
    ),
  );
  return { title: 'Classes, in order of seniority', lines: [...classes, ...groups, ...combinations] };
}

function cashSection({ accounts, collections, facilities, ledgers }: Deal): Section {
  const groups = collections.groups.map(({ account, items }) =>
    sentence(`What is deposited into ${account}: ${listed(items)}.`),
  );
  const each = accounts.map(({ name, target, floor, nonDeclining, fundedAtClosing, initial }) => {
    const parts = [
      target ? `target ${formulaText(target)}` : '',
      floor ? `at least ${formulaText(floor)}` : '',
      nonDeclining ? 'never falling' : '',
      fundedAtClosing || initial ? `funded at closing${initial ? ` with ${formulaText(initial)}` : ''}` : '',
      name === collections.suspense ? 'holds what is deposited in excess' : '',
    ].filter(Boolean);
    return item(name, parts.length ? `${parts.join('; ')}.` : 'no target.');
  });
  const lent = facilities.map(({ name, provider, draw, limit }) =>
    item(
      name,
      `the ${spoken(provider)} lends ${formulaText(draw)}${limit ? `, at most ${formulaText(limit)} in all` : ''}.`,
    ),
  );
  const kept = ledgers.map(({ name, signed, initial }) =>
    item(
      name,
      `a ledger${signed ? ' that may be negative' : ''}${initial ? `, at first ${formulaText(initial)}` : ''}.`,
    ),
  );
  return { title: 'Cash and accounts', lines: [...groups, ...each, ...lent, ...kept] };
}

function costSection({ fees, hedges }: Deal): Section {
  const each = fees.map(({ name, payee, amount, cap, carry }) => {
    const bounds = cap ? `, capped at ${formulaText(cap)}` : '';
    return item(
      name,
      `to the ${spoken(payee)}: ${formulaText(amount)}${bounds}; what is unpaid ${carry ? 'is owed again' : 'lapses'}.`,
    );
  });
  const swaps = hedges.map(({ name, counterparty, notional, pays, receives }) => {
    const legs = [
      pays ? `pays ${formulaText(pays.rate)} (${pays.dayCount})` : '',
      receives ? `receives ${formulaText(receives.rate)} (${receives.dayCount})` : '',
    ].filter(Boolean);
    return item(name, `with the ${spoken(counterparty)} on ${formulaText(notional)}: the deal ${legs.join(' and ')}.`);
  });
  return { title: 'Fees and hedges', lines: [...each, ...swaps] };
}

function scheduleText({ unit, values }: Schedule): string {
  if (values.kind === 'list') {
    const [first, last] = [values.values[0] ?? 0n, values.values.at(-1) ?? 0n];
    return `${values.values.length} values by payment date, from ${writeUnit(unit, first)} to ${writeUnit(unit, last)}.`;
  }
  return `${listed(values.steps.map(({ from, value }) => `${writeUnit(unit, value)} from ${typeof from === 'number' ? `payment date ${from}` : from}`))}.`;
}

function formulaSection({ schedules, formulas }: Deal): Section {
  return {
    title: 'Schedules and formulas',
    lines: [
      ...schedules.map((schedule) => item(schedule.name, scheduleText(schedule))),
      ...formulas.map(({ name, formula }) => item(name, `= ${formulaText(formula)}`)),
    ],
  };
}

function testSection({ triggers, calls, states }: Deal): Section {
  const tests = triggers.map(({ name, when, sticky, for: dates, cure, at }) => {
    const parts = [
      dates > 1 ? `on ${dates} payment dates in a row` : '',
      sticky ? 'once on, it stays on' : cure > 1 ? `cured after ${cure} payment dates in a row` : '',
      at === 'end' ? 'tested after the last step' : at === 'step' ? 'tested where a step says so' : '',
    ].filter(Boolean);
    return item(name, `is on when ${formulaText(when)}${parts.length ? `; ${parts.join('; ')}` : ''}.`);
  });
  const rights = calls.map(({ name, by, when, price }) =>
    item(name, `the ${spoken(by)} may redeem when ${formulaText(when)}, at ${formulaText(price)}.`),
  );
  const stages = states.map(({ name, when, from }, index) => {
    if (index === 0) return item(name, 'the state at closing.');
    const after = from ? ` from ${listed(from, 'or')}` : '';
    return item(name, when ? `is entered${after} when ${formulaText(when)}.` : 'is entered by a step.');
  });
  return { title: 'Triggers, calls and states', lines: [...tests, ...rights, ...stages] };
}

/** Title of a priority of payments. */
export function priorityTitle({ state }: Priority): string {
  return state === null ? 'Priority of payments' : `Priority of payments while ${spoken(state)}`;
}

function prioritySection(priority: Priority, deal: Deal): Section {
  const lines = stepSentences(priority.steps, deal).map(({ number, label, text, depth }) => ({
    mark: number === '' ? '' : `${number}.`,
    head: label,
    text,
    depth,
  }));
  return { title: priorityTitle(priority), lines };
}

/** A deal in sentences; sizes in money when it is compiled over its pool. Sections without a line are left out. */
export function sectionsOf(deal: Deal, compiled: CompiledDeal | null): Section[] {
  const parties = Object.entries(deal.parties).map(([role, name]) => item(capital(spoken(role)), `${name}`));
  const all = [
    { title: 'Parties', lines: parties },
    datesSection(deal, compiled),
    poolSection(deal),
    classSection(deal, compiled),
    cashSection(deal),
    costSection(deal),
    formulaSection(deal),
    testSection(deal),
    ...deal.priorities.map((priority) => prioritySection(priority, deal)),
  ];
  return all.filter(({ lines }) => lines.length > 0);
}
