import type { PlainDate } from '@weir/calendar';
import { type Deal, suggest, UNDERLYING_FLOWS, type Underlying } from '@weir/deal';
import { mulDiv, RATE_SCALE } from '@weir/money';
import type { CompiledDeal, Period } from '@weir/waterfall';
import { UnderlyingUnusable } from '../errors.js';
import type { DealProjection } from '../project/projected.js';

type Flow = (typeof UNDERLYING_FLOWS)[number];

/** Until when the flows of other deals count on a payment date: its determination date, where the document has one. */
const cutOf = ({ determinationDate, paymentDate }: Period): PlainDate => determinationDate ?? paymentDate;

/** A share of cents, rounded down: what is paid on the notes that are owned. */
function shareOf(cents: number, share: bigint): number {
  return Number(mulDiv(BigInt(Math.round(cents)), share, RATE_SCALE, 'down'));
}

/** The owned share of a class by its own payment dates. */
interface Owned {
  readonly dates: readonly PlainDate[];
  readonly opening: number;
  readonly flows: Readonly<Record<Flow, Float64Array>>;
}

function ownedOf({ name, tranche, share }: Underlying, projection: DealProjection): Owned {
  const { tranches, combinations } = projection;
  const classes = [...tranches, ...combinations];
  const found = classes.find((each) => each.name === tranche);
  if (!found) {
    const names = classes.map((each) => each.name);
    throw new UnderlyingUnusable(name, `its deal has no class "${tranche}"${suggest(tranche, names)}`);
  }
  if (projection.fault) throw new UnderlyingUnusable(name, projection.fault.message);
  const owned = (column: Float64Array): Float64Array => column.map((cents) => shareOf(cents, share));
  const lost = `${tranche}.writeDown`;
  return {
    dates: projection.paymentDates,
    opening: shareOf(found.opening[0] ?? 0, share),
    flows: {
      interest: owned(found.interestPaid),
      principal: owned(found.principalPaid),
      balance: owned(found.closing),
      // A class that no step writes down keeps no such figure.
      writtenDown: projection.has(lost) ? owned(projection.figure(lost)) : new Float64Array(projection.rows),
    },
  };
}

/** The flows of an owned class by the payment dates of the owner, from `firstPeriod` on. */
function columnsOf({ dates, opening, flows }: Owned, cuts: readonly PlainDate[]): Record<Flow, Float64Array> {
  const [start = '', ...ends] = cuts;
  const paidBy = ends.map((end) => dates.findLastIndex((date) => date <= end));
  const before = dates.findLastIndex((date) => date <= start);
  const sums = (flow: Float64Array): Float64Array =>
    Float64Array.from(paidBy, (last, row) =>
      flow.subarray((paidBy[row - 1] ?? before) + 1, last + 1).reduce((sum, cents) => sum + cents, 0),
    );
  return {
    interest: sums(flows.interest),
    principal: sums(flows.principal),
    balance: Float64Array.from(paidBy, (last) => flows.balance[last] ?? opening),
    writtenDown: sums(flows.writtenDown),
  };
}

/**
 * Columns NAME.interest, NAME.principal, NAME.balance and NAME.writtenDown of each class of another deal, cents, a row a
 * payment date of the owner from `firstPeriod` on: what the other deal pays after the last payment date (closing, before
 * the first) and up to this one, or by determination dates. The owned share of each payment is rounded down to the cent.
 * @throws UnderlyingUnusable when the other deal has no such class, or its projection stops
 */
export function underlyingColumns(
  deal: Pick<Deal, 'underlying' | 'closingDate'>,
  compiled: Pick<CompiledDeal, 'periods'>,
  projections: ReadonlyMap<string, DealProjection>,
  firstPeriod = 1,
): Record<string, Float64Array> {
  const paid = compiled.periods[firstPeriod - 2];
  const cuts = [paid ? cutOf(paid) : deal.closingDate, ...compiled.periods.slice(firstPeriod - 1).map(cutOf)];
  const columns = deal.underlying.flatMap((underlying) => {
    const projection = projections.get(underlying.name);
    if (!projection) throw new UnderlyingUnusable(underlying.name, 'its deal was not projected');
    const flows = columnsOf(ownedOf(underlying, projection), cuts);
    return UNDERLYING_FLOWS.map((flow) => [`${underlying.name}.${flow}`, flows[flow]] as const);
  });
  return Object.fromEntries(columns);
}
