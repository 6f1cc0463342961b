import { formatMoney } from '@weir/money';
import { balancesBy, roundingOf, unexplained } from '../month-balances.js';
import { imprecision } from '../single-precision.js';
import type { RowView } from './row-view.js';

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
const CURRENT = '0';

/** The scheduled balance falls by principal and loss. A loss that the tape repeats takes nothing off again. */
function rollsBySchedule(view: RowView): void {
  const balances = balancesBy((role) => view.money(role));
  const { opening, closing, chargeOff } = balances;
  const fell = unexplained(balances);
  if (opening === null || closing === null || fell === null) return;
  if (fell === 0n) return;
  const tolerance = roundingOf(balances);
  if (magnitude(fell) <= tolerance) return;
  const left = fell - (chargeOff ?? 0n);
  if (magnitude(left) <= tolerance) return;
  const difference = formatMoney(-left);
  const said = `${formatMoney(opening)} less principal (scheduled, unscheduled, other) and realised loss differs by ${difference} from the closing ${formatMoney(closing)}`;
  const remedy = 'ask the servicer what moved the scheduled balance; the difference is shown and never scaled away';
  view.remark('closing', { rule: 'does-not-roll', said, remedy });
}

/** How far the actual balance may stand above the scheduled one: what was advanced, or this month's principal of a late loan. */
function arrearsOf(view: RowView): bigint {
  const status = view.field('paymentStatusLoanCode');
  const isLate = typeof status === 'string' && status !== CURRENT;
  const due = isLate ? (view.money('principal') ?? 0n) : 0n;
  const advanced = view.money('advanced') ?? 0n;
  return advanced > due ? advanced : due;
}

function told(view: RowView, said: string): void {
  const remedy = 'check both balances, the payment status and the advances outstanding with the servicer';
  view.remark('actual', { rule: 'actual-differs', said, remedy });
}

/**
 * The actual balance rolls as the scheduled one as long as the borrower pays: it stands above it by what is behind, and below
 * it only of a borrower who is ahead. A loan that left has no actual balance, and says why it left.
 */
function actualFits(view: RowView): void {
  const [closing, actual] = [view.money('closing'), view.money('actual')];
  if (closing === null || view.field('reportPeriodEndActualBalanceAmount') === undefined) return;
  if (actual === null) {
    if (closing > 0n) told(view, `no actual balance beside the scheduled one of ${formatMoney(closing)}`);
    else if (view.field('liquidationPrepaymentCode') === null) {
      told(view, 'at zero without an actual balance, and no liquidation or prepayment code says why');
    }
    return;
  }
  const above = actual - closing;
  if (above === 0n) return;
  const tolerance = imprecision([actual, closing]);
  if (magnitude(above) <= tolerance || (above > 0n && above <= arrearsOf(view) + tolerance)) return;
  const [size, balances] = [
    formatMoney(magnitude(above)),
    `actual ${formatMoney(actual)}, scheduled ${formatMoney(closing)}`,
  ];
  const said =
    above < 0n
      ? `the actual balance is below the scheduled one by ${size} (${balances}): the borrower is ahead, or one of them is wrong`
      : `the actual balance is above the scheduled one by ${size} (${balances}), which payment status and advances do not explain`;
  told(view, said);
}

/** Balances of commercial mortgages: by the schedule, and by the note. */
export function commercialBalances(view: RowView): void {
  rollsBySchedule(view);
  actualFits(view);
}
