import type { ConcentrationLimit, Deal, Fee, Priority, Schedule, Tranche, Unit } from '@weir/deal';
import { formatRate, groupMoney } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import { writeUnit } from '@weir/valuation';
import { slotText } from '../output/figures.js';
import { amendmentSection } from './amendment.js';
import { sizeText } from './classes.js';
import { ACCRUAL_WORDS, datesSection, indexText } from './dates.js';
import { depositors } from './depositors.js';
import { formulaText } from './formula-words.js';
import { item, type Section, sentence } from './section.js';
import { accountText, feeText, stepSentences } from './steps.js';
import { capital, listed, spoken } from './words.js';

/** What the deal is, in two sentences. */
function dealSection(deal: Deal, compiled: CompiledDeal | null): Section {
  const notes = compiled?.tranches.filter(({ notional }) => !notional) ?? [];
  const face = notes.reduce((sum, { original }) => sum + original, 0n);
  const pool = deal.cutOffPool;
  const size = notes.length > 0 ? ` of ${groupMoney(face)} ${deal.currency} in all` : '';
  const backed = pool ? `, backed by a pool of ${groupMoney(pool)} ${deal.currency} at the cut-off date` : '';
  const count = deal.tranches.length;
  const rounding = { 'half-up': 'half up', down: 'down', up: 'up' }[deal.rounding];
  const shares = deal.shares === 'half-up' ? '; a pro rata share is rounded half up' : '';
  return {
    title: 'The deal',
    lines: [
      sentence(`${deal.parties.issuingEntity} issues ${count} ${count === 1 ? 'class' : 'classes'}${size}${backed}.`),
      sentence(
        `Amounts are in ${deal.currency}; a product is rounded ${rounding} to the cent unless a formula says otherwise${shares}.`,
      ),
    ],
  };
}

/** A concentration limit in words. */
function limitText(limit: ConcentrationLimit): string {
  const field = spoken(limit.field);
  if (limit.kind === 'average') {
    const bounds = [limit.least && `at least ${limit.least}`, limit.most && `at most ${limit.most}`].filter(Boolean);
    return `the mean ${field}, weighed by balance, is ${bounds.join(' and ')}.`;
  }
  const { part } = limit;
  const most = `at most ${formatRate(limit.most)} of the pool`;
  if ('values' in part) return `${field} ${listed(part.values, 'or')}: ${most}.`;
  if ('from' in part) {
    const ends = [part.from && `from ${part.from}`, part.below && `below ${part.below}`].filter(Boolean);
    return `${field} ${ends.join(', ')}: ${most}.`;
  }
  const except = part.except.length > 0 ? `, ${listed(part.except)} excepted` : '';
  return 'each' in part
    ? `each ${field}${except}: ${most}.`
    : `the ${part.largest} largest by ${field}${except}: ${most}.`;
}

function poolSection(deal: Deal): Section {
  const { cutOffPool, eligibility, concentrationLimits, collateralGroups, underlying, currency } = deal;
  const size =
    cutOffPool === null ? [] : [sentence(`The pool at the cut-off date is ${groupMoney(cutOffPool)} ${currency}.`)];
  const rules = eligibility.map(({ id, field, op, value, reason }) =>
    item(spoken(id).replace(/-/g, ' '), `${spoken(field)} ${op} ${value}, else ${reason}.`),
  );
  const limits = concentrationLimits.map((limit) => item(limit.id, limitText(limit)));
  const owned = underlying.map(({ name, deal, tranche, share }) =>
    item(spoken(name), `${formatRate(share)} of class ${tranche} of the deal in ${deal}.`),
  );
  return {
    title: 'Pool',
    lines: [
      ...size,
      ...(rules.length ? [sentence('A loan is in the pool when:'), ...rules] : []),
      ...(limits.length ? [sentence('The pool as a whole keeps, by balance:'), ...limits] : []),
      ...(collateralGroups.length ? [sentence(`Its groups are reported apart: ${listed(collateralGroups)}.`)] : []),
      ...(owned.length ? [sentence('The collateral is made of classes of other deals:'), ...owned] : []),
    ],
  };
}

function reportSection({ report }: Deal): Section {
  const items = report.map(({ name, label, unit, signed, from, index }) => {
    const parts = [
      label ?? '',
      `${signed ? 'signed ' : ''}${UNITS[unit]}`,
      index ? indexText(index) : '',
      from ? `a projection takes ${formulaText(from)}` : '',
    ];
    return item(spoken(name), `${parts.filter(Boolean).join('; ')}.`);
  });
  return { title: 'Servicer report, each period', lines: items };
}

const UNITS: Readonly<Record<Unit, string>> = {
  money: 'amount',
  rate: 'rate a year',
  ratio: 'number',
  date: 'date',
  flag: 'yes or no',
};

function trancheText(tranche: Tranche, original: bigint | undefined): string {
  const { coupon, dayCount, accrual } = tranche;
  const words = sizeText(tranche);
  // An amount that the document writes as a number needs no second writing of it.
  const size = original === undefined || tranche.size.kind === 'amount' ? words : `${groupMoney(original)}: ${words}`;
  const parts = [
    tranche.notional ? `notional of ${formulaText(tranche.notional)}` : size,
    `coupon ${formulaText(coupon)}, ${dayCount} ${ACCRUAL_WORDS[accrual]}`,
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
  const groups = deal.groups.map(({ name, tranches }) => item(spoken(name), `the group of ${listed(tranches)}.`));
  const combinations = deal.combinations.map(({ name, of }) =>
    item(
      name,
      `can be exchanged for ${listed(of.map(({ tranche, share }) => `${writeUnit('ratio', share)} of ${tranche}`))}.`,
    ),
  );
  return { title: 'Classes, in order of seniority', lines: [...classes, ...groups, ...combinations] };
}

function cashSection(deal: Deal): Section {
  const { accounts, collections, facilities, ledgers } = deal;
  const groups = collections.groups.map(({ account, items }) => {
    const deposits = depositors(deal, items).map(([party, names]) => `the ${party} deposits ${listed(names)}`);
    return sentence(`Into the ${accountText(account)} ${listed(deposits)}.`);
  });
  const each = accounts.map(({ name, target, floor, nonDeclining, fundedAtClosing, initial }) => {
    const parts = [
      target ? `target ${formulaText(target)}` : '',
      floor ? `at least ${formulaText(floor)}` : '',
      nonDeclining ? 'never falling' : '',
      fundedAtClosing || initial ? `funded at closing${initial ? ` with ${formulaText(initial)}` : ''}` : '',
      name === collections.suspense ? 'holds what is deposited in excess' : '',
    ].filter(Boolean);
    return item(spoken(name), parts.length ? `${parts.join('; ')}.` : 'no target.');
  });
  const lent = facilities.map(({ name, provider, draw, limit }) =>
    item(
      spoken(name),
      `the ${spoken(provider)} lends ${formulaText(draw)}${limit ? `, at most ${formulaText(limit)} in all` : ''}.`,
    ),
  );
  const kept = ledgers.map(({ name, signed, initial }) =>
    item(
      spoken(name),
      `a ledger${signed ? ' that may be negative' : ''}${initial ? `, at first ${formulaText(initial)}` : ''}.`,
    ),
  );
  return { title: 'Cash and accounts', lines: [...groups, ...each, ...lent, ...kept] };
}

function feeAmountText({ amount, accrual }: Fee): string {
  if (!accrual) return formulaText(amount);
  const { rate, of, dayCount, accrual: between } = accrual;
  const time = dayCount ? `${dayCount}, ${ACCRUAL_WORDS[between]}` : 'by months';
  return `${formulaText(rate)} a year of ${formulaText(of)} (${time})`;
}

function costSection({ fees, hedges }: Deal): Section {
  const each = fees.map((fee) => {
    const bounds = fee.cap ? `, capped at ${formulaText(fee.cap)}` : '';
    const unpaid = fee.carry ? 'is owed again' : 'lapses';
    return item(
      feeText(fee.name),
      `to the ${spoken(fee.payee)}: ${feeAmountText(fee)}${bounds}; what is unpaid ${unpaid}.`,
    );
  });
  const swaps = hedges.map(({ name, counterparty, notional, pays, receives }) => {
    const legs = [
      pays ? `pays ${formulaText(pays.rate)} (${pays.dayCount})` : '',
      receives ? `receives ${formulaText(receives.rate)} (${receives.dayCount})` : '',
    ].filter(Boolean);
    return item(
      spoken(name),
      `with the ${spoken(counterparty)} on ${formulaText(notional)}: the deal ${legs.join(' and ')}.`,
    );
  });
  return { title: 'Fees and hedges', lines: [...each, ...swaps] };
}

function scheduleText({ unit, values }: Schedule): string {
  if (values.kind === 'list') {
    const [first, last] = [values.values[0] ?? 0n, values.values.at(-1) ?? 0n];
    return `${values.values.length} values by payment date, from ${slotText(unit, first)} to ${slotText(unit, last)}.`;
  }
  return `${listed(values.steps.map(({ from, value }) => `${slotText(unit, value)} from ${typeof from === 'number' ? `payment date ${from}` : from}`))}.`;
}

function formulaSection({ schedules, formulas }: Deal): Section {
  return {
    title: 'Schedules and formulas',
    lines: [
      ...schedules.map((schedule) => item(spoken(schedule.name), scheduleText(schedule))),
      ...formulas.map(({ name, formula }) => item(spoken(name), `${formulaText(formula)}.`)),
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
    return item(spoken(name), `is on when ${formulaText(when)}${parts.length ? `; ${parts.join('; ')}` : ''}.`);
  });
  const rights = calls.map(({ name, by, when, price }) =>
    item(spoken(name), `the ${spoken(by)} may redeem when ${formulaText(when)}, at ${formulaText(price)}.`),
  );
  const stages = states.map(({ name, when, from }, index) => {
    if (index === 0) return item(spoken(name), 'the state at closing.');
    const after = from ? ` from ${listed(from.map(spoken), 'or')}` : '';
    return item(spoken(name), when ? `is entered${after} when ${formulaText(when)}.` : 'is entered by a step.');
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
    dealSection(deal, compiled),
    amendmentSection(deal),
    { title: 'Parties', lines: parties },
    datesSection(deal, compiled),
    poolSection(deal),
    reportSection(deal),
    classSection(deal, compiled),
    cashSection(deal),
    costSection(deal),
    formulaSection(deal),
    testSection(deal),
    ...deal.priorities.map((priority) => prioritySection(priority, deal)),
  ];
  return all.filter(({ lines }) => lines.length > 0);
}
