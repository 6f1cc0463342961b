import type { DayCount, PlainDate } from '@weir/calendar';
import type { Deal, Expression, Tranche } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import { accrualPeriods, type CompiledCombination } from '@weir/waterfall';
import type { SecurityFlows } from '../../flows/security-flows.js';
import type { YearBasis } from '../../flows/years.js';
import { accruedInterest } from '../../yield/accrued.js';
import type { Quote } from '../../yield/quote.js';
import { type DealProjection, shareOf, type TrancheFlows } from './projected.js';

/** Rows that were run before a fault, up to the last on which anything happens. */
function liveRows(projection: DealProjection): number {
  const { fault, firstPeriod, lastActiveRow } = projection;
  return fault ? Math.min(fault.period - firstPeriod, lastActiveRow + 1) : lastActiveRow + 1;
}

/**
 * What a class pays, as the yield functions take it. Interest that was added to the balance counts as interest and as
 * negative principal; a notional class pays only interest, and its principal is the fall of its notional.
 */
export function securityFlows(projection: DealProjection, tranche: TrancheFlows): SecurityFlows {
  const rows = liveRows(projection);
  const cut = (column: Float64Array): Float64Array => column.slice(0, rows);
  const dates = projection.paymentDates.slice(0, rows);
  const { opening, closing, principalPaid, interestPaid, notional } = tranche;
  if (notional) {
    const principal = cut(opening.map((balance, row) => balance - (closing[row] ?? 0)));
    return { dates, principal, interest: cut(interestPaid), pays: 'interest' };
  }
  const accreted = cut(tranche.writeDown.map((amount) => Math.max(0, -amount)));
  return {
    dates,
    principal: cut(principalPaid).map((paid, row) => paid - (accreted[row] ?? 0)),
    interest: cut(interestPaid).map((paid, row) => paid + (accreted[row] ?? 0)),
  };
}

const trancheNamed = (deal: Deal, name: string): Tranche | undefined =>
  deal.tranches.find((tranche) => tranche.name === name);

const BASES: Partial<Record<DayCount, YearBasis>> = { 'ACT/360': 'ACT/360' };

/** The basis on which a day count accrues; ACT/ACT is taken for ACT/365F. */
function basisOf(dayCount: DayCount): YearBasis {
  return BASES[dayCount] ?? (dayCount.startsWith('30') ? '30/360' : 'ACT/365F');
}

/** The basis on which interest of a class accrues, and its discount margin is counted. */
export function accrualBasis(deal: Deal, name: string): YearBasis {
  return basisOf(trancheNamed(deal, name)?.dayCount ?? '30/360');
}

/** The date that prices are for: the scenario's, else closing, or the last payment date of the state. */
export function settlementOf(deal: Deal, projection: DealProjection): PlainDate {
  const { scenario, firstPeriod, compiled } = projection;
  return (
    scenario.settlement ??
    (firstPeriod === 1 ? deal.closingDate : (compiled.periods[firstPeriod - 2]?.paymentDate ?? deal.closingDate))
  );
}

/** The accrual period that contains settlement, by the payment date that ends it; the first one when none does. */
function accrualAt(deal: Deal, projection: DealProjection, name: string, settlement: PlainDate) {
  const { accrual, firstAccrualFrom } = trancheNamed(deal, name) ?? { accrual: 'unadjusted', firstAccrualFrom: null };
  const terms = { accrual, firstFrom: firstAccrualFrom };
  const periods = accrualPeriods(deal, terms, projection.compiled.periods).slice(projection.firstPeriod - 1);
  const found = periods.slice(0, projection.rows).findIndex(({ to }) => to > settlement);
  const row = Math.max(found, 0);
  return { row, from: periods[row]?.from ?? settlement };
}

/**
 * How a class is quoted at settlement: its balance then, the interest accrued since its accrual period began (which a
 * class that pays with a delay begins before the last payment date, and often before closing), and the first payment date
 * that is the buyer's, whose accrual period contains settlement.
 */
export function quoteOf(deal: Deal, projection: DealProjection, tranche: TrancheFlows): Quote {
  const combination = combinationOf(projection, tranche);
  return combination ? quoteOfCombination(deal, projection, combination) : quoteOfClass(deal, projection, tranche);
}

const combinationOf = ({ compiled }: DealProjection, { name }: TrancheFlows): CompiledCombination | undefined =>
  compiled.combinations.find((combination) => combination.name === name);

/** A class that a combination has a share of: its flows' place, the share, and the row of the first payment that is the buyer's. */
interface CombinedPart {
  readonly tranche: TrancheFlows;
  readonly of: CompiledCombination['of'][number];
  readonly quote: ReturnType<typeof quoteOfClass>;
  readonly row: number;
}

function partsOf(deal: Deal, projection: DealProjection, { of }: CompiledCombination): CombinedPart[] {
  return of.flatMap((part) => {
    const tranche = projection.tranches[part.tranche];
    if (!tranche) return [];
    const quote = quoteOfClass(deal, projection, tranche);
    const row = quote.paidFrom === undefined ? 0 : projection.paymentDates.indexOf(quote.paidFrom);
    return [{ tranche, of: part, quote, row }];
  });
}

/**
 * An exchangeable class has the shares of what its classes have, each from its own accrual period: balance, interest accrued,
 * and cash from its own first payment date, of which the earliest is the combination's.
 */
function quoteOfCombination(deal: Deal, projection: DealProjection, combination: CompiledCombination): Quote {
  const parts = partsOf(deal, projection, combination);
  const accrued = parts.reduce(
    (sum, { of, quote }) => sum + (Number(of.share) / Number(RATE_SCALE)) * quote.accrued,
    0,
  );
  const withBalance = parts.filter(({ tranche }) => combination.notional || !tranche.notional);
  const balance = withBalance.reduce((sum, { of, quote }) => sum + shareOf(quote.balance, of.share), 0);
  const [paidFrom] = parts.flatMap(({ quote }) => quote.paidFrom ?? []).sort();
  return {
    settlement: settlementOf(deal, projection),
    balance,
    accrued,
    ...(paidFrom === undefined ? {} : { paidFrom }),
  };
}

/**
 * What a class pays, as `quoteOf` quotes it: of an exchangeable class without what its classes pay before their own first
 * payment date, which is the seller's though another class of it has begun to pay the buyer.
 */
export function quotedFlows(deal: Deal, projection: DealProjection, tranche: TrancheFlows): SecurityFlows {
  const flows = securityFlows(projection, tranche);
  const combination = combinationOf(projection, tranche);
  if (!combination) return flows;
  const [principal, interest] = [flows.principal.slice(), flows.interest.slice()];
  for (const part of partsOf(deal, projection, combination)) {
    const own = securityFlows(projection, part.tranche);
    for (let row = 0; row < Math.min(part.row, flows.dates.length); row++) {
      interest[row] = (interest[row] ?? 0) - shareOf(own.interest[row] ?? 0, part.of.share);
      const paid = part.tranche.notional && !combination.notional ? 0 : (own.principal[row] ?? 0);
      principal[row] = (principal[row] ?? 0) - shareOf(paid, part.of.share);
    }
  }
  return { ...flows, principal, interest };
}

function quoteOfClass(
  deal: Deal,
  projection: DealProjection,
  tranche: TrancheFlows,
): Quote & { readonly accrued: number } {
  const settlement = settlementOf(deal, projection);
  const { row, from } = accrualAt(deal, projection, tranche.name, settlement);
  const balance = tranche.opening[row] ?? 0;
  const basis = accrualBasis(deal, tranche.name);
  const accrued = accruedInterest({ balance, coupon: tranche.coupon[row] ?? 0, basis, from }, settlement);
  const paidFrom = projection.paymentDates[row];
  return { settlement, balance, accrued, ...(paidFrom === undefined ? {} : { paidFrom }) };
}

function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'call':
      return expression.args.flatMap(namesIn);
    default:
      return namesIn(expression.operand);
  }
}

/** The index of a floater: the first report item that is a rate in its coupon; null for a fixed coupon. */
export function indexOf(deal: Deal, projection: DealProjection, tranche: string): Float64Array | null {
  const coupon = trancheNamed(deal, tranche)?.coupon;
  const names = coupon ? namesIn(coupon.expression) : [];
  const item = deal.report.find(({ name, unit }) => unit === 'rate' && names.includes(name));
  return item && projection.has(item.name) ? projection.figure(item.name).slice(0, liveRows(projection)) : null;
}
