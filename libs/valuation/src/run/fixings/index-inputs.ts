import {
  averageRate,
  businessDaysBefore,
  compoundedRate,
  type Fixings,
  FixingMissingError,
  observationsOf,
  OvernightPeriodError,
  type PlainDate,
} from '@weir/calendar';
import type { Deal, IndexRate } from '@weir/deal';
import { mulDiv } from '@weir/money';
import { accrualPeriods, type CompiledDeal } from '@weir/waterfall';
import type { FixingsByItem } from './fixings-file.js';

/** An index rate of one payment date: its interest period, `to` excluded, and the rate, or why there is none. */
export interface IndexDate {
  readonly period: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** At `RATE_SCALE`; null when a fixing is missing. */
  readonly rate: bigint | null;
  /** Business days whose fixings are needed and neither given nor replaced by the fallback; they ascend. */
  readonly missing: readonly PlainDate[];
  /** Why no rate can be made of this period however many fixings there are; null when one can. */
  readonly fault: string | null;
}

/** Index rates by report item, an entry a payment date from the first. */
export type IndexInputs = ReadonlyMap<string, readonly IndexDate[]>;

const SCALE_DECIMALS = 12;

/** Decimals of the ratio: those of the percentage and two more. */
const decimalsOf = ({ decimals }: IndexRate): number => (decimals === null ? SCALE_DECIMALS : decimals + 2);

function rounded(num: bigint, den: bigint, index: IndexRate): bigint {
  const unit = 10n ** BigInt(SCALE_DECIMALS - decimalsOf(index));
  return mulDiv(num, 1n, den * unit, 'half-up') * unit;
}

/** The rate of the `lookback`th business day before a day. @throws FixingMissingError */
function rateBefore(fixings: Fixings, first: PlainDate, index: IndexRate): bigint {
  const { calendar, lookback, fallback } = index;
  const wanted = businessDaysBefore(first, lookback, calendar);
  for (let back = 0; back <= fallback; back++) {
    const rate = fixings.get(businessDaysBefore(wanted, back, calendar));
    if (rate !== undefined) return rounded(rate, 1n, index);
  }
  throw new FixingMissingError([wanted]);
}

/** The mean of the business days' rates, each counting once. */
function meanRate(fixings: Fixings, from: PlainDate, to: PlainDate, index: IndexRate): bigint {
  const rates = observationsOf(fixings, from, to, index).map(({ rate }) => rate);
  return rounded(
    rates.reduce((sum, rate) => sum + rate, 0n),
    BigInt(rates.length),
    index,
  );
}

/**
 * The rate that an index makes of published rates over an interest period, `to` excluded, at `RATE_SCALE`, rounded once,
 * half up. @throws FixingMissingError @throws OvernightPeriodError
 */
export function indexRate(index: IndexRate, fixings: Fixings, from: PlainDate, to: PlainDate): bigint {
  const options = { ...index, rounding: 'half-up', decimals: decimalsOf(index) } as const;
  switch (index.method) {
    case 'compounded':
      return compoundedRate(fixings, from, to, options);
    case 'simple':
      return averageRate(fixings, from, to, options);
    case 'average':
      return meanRate(fixings, from, to, index);
    case 'set in advance':
      return rateBefore(fixings, from, index);
  }
}

function rateOrReason(
  index: IndexRate,
  fixings: Fixings,
  from: PlainDate,
  to: PlainDate,
): Pick<IndexDate, 'rate' | 'missing' | 'fault'> {
  try {
    return { rate: indexRate(index, fixings, from, to), missing: [], fault: null };
  } catch (error) {
    if (error instanceof FixingMissingError) return { rate: null, missing: error.dates, fault: null };
    if (error instanceof OvernightPeriodError) return { rate: null, missing: [], fault: error.message };
    throw error;
  }
}

/** The index rates of a deal's payment dates, as far as the published rates reach, for every item that has both. */
export function indexInputs(
  deal: Pick<Deal, 'report' | 'schedule' | 'closingDate'>,
  compiled: Pick<CompiledDeal, 'periods'>,
  fixings: FixingsByItem,
): IndexInputs {
  const items = deal.report.flatMap(({ name, index }): [string, IndexDate[]][] => {
    const published = fixings.get(name);
    if (!index || !published) return [];
    const periods = accrualPeriods(
      deal,
      { accrual: index.accrual, firstFrom: index.firstAccrualFrom },
      compiled.periods,
    );
    return [
      [
        name,
        periods.map(({ from, to }, at) => ({ period: at + 1, from, to, ...rateOrReason(index, published, from, to) })),
      ],
    ];
  });
  return new Map(items);
}

/** Dates that are named before the rest is counted. */
const NAMED = 12;

/** Why an index has no rate on a payment date, and what to do. */
export function reasonOf(name: string, { period, from, to, missing, fault }: IndexDate): string {
  const where = `${name} of payment date ${period} (${from} to ${to})`;
  if (fault !== null) return `${where}: ${fault}`;
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more days` : '';
  const days = missing.slice(0, NAMED).join(', ');
  return `${where}: the fixings have no rate for ${days}${more}; add them, allow a "fallback", or give ${name} itself`;
}

/** The first payment date of each item without a rate, from a payment date on. */
export function missingFixings(indices: IndexInputs, names: readonly string[], firstPeriod: number): string[] {
  return names.flatMap((name) => {
    const open = indices.get(name)?.find(({ period, rate }) => period >= firstPeriod && rate === null);
    return open ? [reasonOf(name, open)] : [];
  });
}
