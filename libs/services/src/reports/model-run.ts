import { dayCountDays, daysBetween, isDayCount360, type PlainDate } from '@weir/calendar';
import type { Deal, Tranche } from '@weir/deal';
import type { Hex } from '@weir/money';
import type { ReportAccount, ReportStep, ReportTranche, ReportTrigger } from '@weir/reporting';
import type { CompiledDeal, Period, RunSummary, TraceStep } from '@weir/waterfall';

/** The steps of the trace as the report shows them. */
export function stepsOf(trace: readonly TraceStep[]): ReportStep[] {
  return trace.map(({ step, label, kind, from, to, due, paid, short, sentence }) => {
    return { step, label, kind, from, to, due, paid, short, sentence };
  });
}

/** First day of a period's accrual: the payment date before it, or closing. `date` says whether it was moved. */
export function accrualStart(
  deal: Pick<Deal, 'closingDate'>,
  periods: readonly Period[],
  period: number,
  date: 'paymentDate' | 'nominalDate',
): PlainDate {
  return periods[period - 2]?.[date] ?? deal.closingDate;
}

/** Days that interest was counted for, by the class's convention; actual days where it divides by the year's. */
function accrualDays(deal: Deal, periods: readonly Period[], dates: Period, tranche: Tranche): number {
  const { dayCount, legalFinal } = tranche;
  if (tranche.accrual === 'collection period') return daysBetween(dates.collectionFrom, dates.collectionTo) + 1;
  const date = tranche.accrual === 'adjusted' ? 'paymentDate' : 'nominalDate';
  const [from, to] = [accrualStart(deal, periods, dates.period, date), dates[date]];
  return isDayCount360(dayCount) ? dayCountDays(dayCount, from, to, legalFinal ?? undefined) : daysBetween(from, to);
}

/** The classes of notes in order of seniority. `tokens` by tranche. */
export function tranchesOf(
  deal: Deal,
  compiled: Pick<CompiledDeal, 'periods'>,
  dates: Period,
  summary: Pick<RunSummary, 'tranches'>,
  tokens: Readonly<Record<string, Hex>>,
): ReportTranche[] {
  return deal.tranches.flatMap((tranche) => {
    const paid = summary.tranches[tranche.name];
    if (paid === undefined) return [];
    const { name, dayCount } = tranche;
    const days = accrualDays(deal, compiled.periods, dates, tranche);
    const { rate, carryover: _carryover, writtenDown: _writtenDown, ...figures } = paid;
    return [{ name, coupon: rate, dayCount, accrualDays: days, token: tokens[name] ?? null, ...figures }];
  });
}

/** The accounts; one with a target is funded to it at closing and the target never declines. */
export function accountsOf(
  deal: Pick<Deal, 'accounts'>,
  compiled: Pick<CompiledDeal, 'accounts' | 'initialState'>,
  summary: Pick<RunSummary, 'accounts'>,
): ReportAccount[] {
  return compiled.accounts.flatMap((name, index) => {
    const moved = summary.accounts[name];
    if (moved === undefined) return [];
    const hasTarget = deal.accounts.some((account) => account.name === name && account.target !== null);
    return [{ name, ...moved, target: hasTarget ? (compiled.initialState[index] ?? 0n) : null }];
  });
}

/** The deal's triggers in its own words. */
export function triggersOf(deal: Pick<Deal, 'triggers'>, summary: Pick<RunSummary, 'triggers'>): ReportTrigger[] {
  return deal.triggers.flatMap(({ name, when, sticky }): ReportTrigger[] => {
    const tested = summary.triggers[name];
    if (tested === undefined) return [];
    const description = sticky ? `${when.text}; once on, it stays on` : when.text;
    const { unit, value, threshold, distance, on } = tested;
    const shown = unit === 'rate' ? 'ratio' : unit;
    if (shown !== 'money' && shown !== 'ratio') {
      return [{ name, description, unit: null, value: null, threshold: null, distance: null, on }];
    }
    return [{ name, description, unit: shown, value, threshold, distance, on }];
  });
}
