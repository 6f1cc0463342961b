import { amountText } from './formula-writer.js';
import { type ClassPlan, type Fields, type Plan, withPrincipal } from './plan.js';

const DAY_COUNTS = [
  'ACT/360',
  '30/360',
  '30/360 US',
  '30E/360',
  '30E/360 ISDA',
  'ACT/365F',
  'ACT/ACT ISDA',
  'ACT/ACT ICMA',
];

/** Sizes add up to at most the pool; `above` is the share of it that the classes above take, in basis points. */
function sizeOf({ random, pool, currency }: Plan, above: number, take: number): Fields {
  const way = random.below(3);
  if (way === 0)
    return { share: `${take / 100} %`, of: 'cutOffPool', roundDown: random.pick(['0.01', '10.00', '100.00']) };
  if (way === 1) return { amount: amountText((pool * BigInt(take)) / 10_000n, currency) };
  return { creditEnhancement: `${(10_000 - above - take) / 100} %`, roundDown: '0.01' };
}

function couponOf({ random, writer }: Plan): string {
  const way = random.below(4);
  if (way < 2) return `${1 + random.below(12)}.${random.below(10)} %`;
  return way === 2 ? `min(15 %, max(0 %, ${writer.rate(1)}))` : `max(0 %, ${writer.rate(1)})`;
}

function accrualOf({ random }: Plan): Fields {
  return {
    dayCount: random.pick(DAY_COUNTS),
    accrual: random.pick(['adjusted', 'unadjusted', 'collection period']),
  };
}

function extrasOf(plan: Plan, { name, hasCap }: ClassPlan): Fields {
  const { random, writer } = plan;
  return {
    ...(hasCap ? { availableFundsCap: `max(0 %, ${writer.rate(1)})` } : {}),
    ...(random.chance(10) ? { interestOn: `min(${name}.opening, ${writer.amount(1)})` } : {}),
    ...(random.chance(35) ? { interestOnShortfall: random.pick([true, false, '8 %']) } : {}),
    ...(random.chance(10) ? { reduceInterest: writer.amount(0) } : {}),
    ...(random.chance(15) ? { legalFinal: '2070-01-15' } : {}),
    ...(random.chance(30) ? { label: `Class ${name} notes` } : {}),
  };
}

/** The classes, in order of seniority. Coupons see everything but what is due today. */
export function tranchesOf(plan: Plan): Fields[] {
  const { random, pool, currency } = plan;
  const each = Math.floor((7000 + random.below(2900)) / withPrincipal(plan).length);
  let above = 0;
  return plan.classes.map((one) => {
    const { name, kind } = one;
    const head = { name, ...accrualOf(plan) };
    if (kind === 'interest only') {
      const notional = random.pick(['A.opening', 'A.balance', 'min(A.opening, poolOpening)']);
      return { ...head, amount: 'A.original', notional, coupon: `${random.below(3)}.75 %` };
    }
    if (kind === 'residual') return { ...head, amount: amountText(0n, currency), coupon: '0 %' };
    const take = Math.max(50, each - random.below(Math.floor(each / 2)));
    const size = sizeOf(plan, above, take);
    above += take;
    const coupon = kind === 'principal only' ? '0 %' : couponOf(plan);
    return { ...head, ...size, coupon, ...(pool > 0n && kind === 'ordinary' ? extrasOf(plan, one) : {}) };
  });
}

/** Names of the classes that do not hang on their coupons. */
export function nameClasses(plan: Plan): void {
  const { writer } = plan;
  for (const { name, kind } of plan.classes) {
    if (kind === 'residual') continue;
    writer.add('money', `${name}.opening`, `${name}.original`);
    writer.add('ratio', `${name}.factor`);
    if (kind !== 'interest only') writer.add('money', `${name}.balance`);
    if (kind === 'ordinary') writer.add('money', `${name}.writtenDown`);
  }
  writer.add('money', 'notes.opening', 'notes.balance', 'notes.opening', 'notes.original');
  for (const group of Object.keys(plan.groups)) writer.add('money', `${group}.opening`, `${group}.balance`);
}

/** What is known only when the coupons are: for triggers of the end, for fees and for steps. */
export function nameDues({ writer, classes }: Plan): void {
  for (const { name, kind, hasCap } of classes) {
    if (kind !== 'ordinary') continue;
    writer.add('money', `${name}.interestDue`, `${name}.shortfall`, `${name}.unpaidInterest`);
    writer.add('rate', `${name}.rate`);
    writer.add('ratio', `${name}.dayFraction`);
    if (hasCap) writer.add('money', `${name}.carryover`);
  }
}

/** An exchangeable class now and then. */
export function combinationsOf({ random, groups }: Plan): Fields {
  const [first, second] = groups['senior'] ?? [];
  return first && second && random.chance(50) ? { MIX: { [first]: '50 %', [second]: '100 %' } } : {};
}
