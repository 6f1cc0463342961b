import { constantOf, type Deal, type Recipients, type Step, type Tranche } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';

type Found = (string | false | null | undefined)[];

function ofTranche(tranche: Tranche): Found {
  const { size, coupon, dayCount, accrual, notional, interestOn, interestOnShortfall, reduceInterest } = tranche;
  return [
    `size by ${size.kind}`,
    `day count ${dayCount}`,
    `accrual ${accrual}`,
    constantOf(coupon.expression) === null && 'floating coupon',
    notional && 'interest-only class',
    !notional && coupon.text === '0 %' && 'class without a coupon',
    tranche.availableFundsCap && 'available-funds cap',
    interestOn && 'interest on another amount',
    interestOnShortfall === false && 'no interest on shortfalls',
    typeof interestOnShortfall === 'object' && 'interest on shortfalls at a rate of its own',
    reduceInterest && 'reduced interest',
  ];
}

function ofRecipients(to: Recipients, outer: string | null): Found {
  if (to.kind === 'one') return [to.until && 'recipient until a balance', to.limit && 'recipient up to a limit'];
  const nested = outer !== null && outer !== to.kind && `${to.kind} inside ${outer}`;
  return [nested, to.by && 'shares by weights', ...to.of.flatMap((inner) => ofRecipients(inner, to.kind))];
}

function ofStep(step: Step): Found {
  const { action, limits, when, from } = step;
  const recipients = 'to' in action ? ofRecipients(action.to, null) : [];
  const inner = action.kind === 'if' ? [...action.then, ...action.otherwise].flatMap(ofStep) : [];
  return [
    `step ${action.kind}`,
    when && 'step with a condition',
    limits.limit && 'step with a limit',
    limits.share !== null && 'step with a share',
    limits.keep && 'step that keeps cash',
    from.length > 1 && 'step with several sources',
    action.kind === 'interest' && action.to.kind !== 'one' && `interest ${action.to.kind}`,
    'method' in action && `principal ${action.method.kind}`,
    action.kind === 'residual' && action.payee === 'R' && 'residual to a class',
    action.kind === 'pay' && action.carry && 'payment that carries forward',
    ...recipients,
    ...inner,
  ];
}

function ofCash({ accounts, collections, fees }: Deal): Found {
  return [
    ...accounts.flatMap(({ target, floor, nonDeclining, fundedAtClosing, initial }) => [
      target && constantOf(target.expression) === null && 'target that moves',
      floor && 'floor of a target',
      nonDeclining && 'target that does not decline',
      fundedAtClosing && 'account funded at closing',
      initial && 'initial amount of an account',
    ]),
    collections.groups.length > 1 && 'several collection groups',
    ...fees.flatMap(({ cap, carry }) => [cap && 'capped fee', !carry && 'fee that is not carried', 'fee']),
  ];
}

function ofTests({
  report,
  schedules,
  triggers,
  states,
  priorities,
  calls,
  combinations,
  groups,
  ledgers,
}: Deal): Found {
  return [
    ...report.map(({ unit, signed }) => `report item: ${signed ? 'signed ' : ''}${unit}`),
    ...schedules.map(({ unit, values }) => `schedule of ${unit}, ${values.kind}`),
    ...triggers.flatMap((one) => [
      one.sticky ? 'sticky trigger' : 'curable trigger',
      one.at === 'end' && 'trigger at the end',
      one.for > 1 && 'trigger after several dates',
      one.cure > 1 && 'cure after several dates',
    ]),
    states.length > 0 && 'states',
    priorities.length > 1 && 'several priorities',
    ...ledgers.map(({ signed }) => (signed ? 'signed ledger' : 'ledger')),
    calls.length > 0 && 'call',
    combinations.length > 0 && 'combination',
    groups.length > 0 && 'group of classes',
  ];
}

/** What of the language a document uses, each once. */
export function constructsOf(deal: Deal, compiled: CompiledDeal): string[] {
  const found: Found = [
    `currency ${deal.currency}`,
    `rounding ${deal.rounding}`,
    `shares ${deal.shares}`,
    `${deal.schedule.monthsPerPeriod} months a period`,
    ...deal.tranches.flatMap(ofTranche),
    ...deal.priorities.flatMap(({ steps }) => steps.flatMap(ofStep)),
    ...ofCash(deal),
    ...ofTests(deal),
    ...deal.hedges.map(({ pays, receives }) => (pays && receives ? 'swap' : pays ? 'one-way payment' : 'interest cap')),
    ...deal.facilities.map(({ limit }) => (limit ? 'facility with a limit' : 'facility without a limit')),
    ...['before', 'cumulative', 'highest', 'lowest'].map(
      (word) => compiled.state.some((name) => name.includes(word)) && `history ${word}`,
    ),
  ];
  return [...new Set(found.filter((one): one is string => typeof one === 'string'))];
}

/** Every construct that the generator means to reach. */
export const CONSTRUCTS: readonly string[] = [
  ...['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF'].map((name) => `currency ${name}`),
  ...['half-up', 'down', 'up'].map((name) => `rounding ${name}`),
  ...['half-up', 'down'].map((name) => `shares ${name}`),
  ...[1, 3, 6, 12].map((months) => `${months} months a period`),
  ...['share', 'amount', 'credit-enhancement'].map((name) => `size by ${name}`),
  ...['ACT/360', '30/360', '30/360 US', '30E/360', '30E/360 ISDA', 'ACT/365F', 'ACT/ACT ISDA', 'ACT/ACT ICMA'].map(
    (name) => `day count ${name}`,
  ),
  ...['adjusted', 'unadjusted', 'collection period'].map((name) => `accrual ${name}`),
  ...['floating coupon', 'interest-only class', 'class without a coupon', 'available-funds cap'],
  ...['interest on another amount', 'no interest on shortfalls', 'reduced interest'],
  'interest on shortfalls at a rate of its own',
  ...['fee', 'fee-excess', 'interest', 'carryover', 'priority-principal', 'principal', 'capitalise', 'advance'].map(
    (kind) => `step ${kind}`,
  ),
  ...['write-down', 'write-up', 'reserve', 'replenish-ledger', 'release', 'transfer', 'pay', 'hedge', 'repay'].map(
    (kind) => `step ${kind}`,
  ),
  ...['book', 'compute', 'enter', 'if', 'residual'].map((kind) => `step ${kind}`),
  ...['step with a condition', 'step with a limit', 'step with a share', 'step that keeps cash'],
  ...['step with several sources', 'residual to a class', 'payment that carries forward'],
  ...[
    'interest sequential',
    'interest pro-rata',
    'principal sequential',
    'principal pro-rata',
    'principal pro-rata-until',
  ],
  ...['recipient until a balance', 'recipient up to a limit', 'shares by weights'],
  ...['pro-rata inside sequential', 'sequential inside pro-rata'],
  ...['target that moves', 'floor of a target', 'target that does not decline', 'account funded at closing'],
  ...['initial amount of an account', 'several collection groups', 'fee', 'capped fee', 'fee that is not carried'],
  ...['signed money', 'signed rate', 'signed ratio', 'money', 'rate', 'ratio', 'flag', 'date'].map(
    (unit) => `report item: ${unit}`,
  ),
  ...['money, list', 'ratio, steps', 'rate, steps'].map((kind) => `schedule of ${kind}`),
  ...[
    'sticky trigger',
    'curable trigger',
    'trigger at the end',
    'trigger after several dates',
    'cure after several dates',
  ],
  ...['states', 'several priorities', 'ledger', 'signed ledger', 'call', 'combination', 'group of classes'],
  ...['swap', 'one-way payment', 'interest cap', 'facility with a limit', 'facility without a limit'],
  ...['before', 'cumulative', 'highest', 'lowest'].map((word) => `history ${word}`),
];
