import { type Deal, scheduledDate } from '@weir/deal';
import { groupMoney } from '@weir/money';
import { type Collateral, type CollateralOptions, readCollateral } from './collateral.js';
import { openDeal, poolOption, readJson } from './deal.js';
import { type Level, TOP, type UnderlyingOptions, withUnderlying } from './underlying.js';
import { dealInHand, type DealInHand, type StateOptions } from './state.js';

/** First collection month that is projected, YYYY-MM, from the state's period and the document's dates. */
async function firstMonthOf(deal: Deal, { state }: StateOptions): Promise<{ month: string }> {
  const json = state === undefined || state === 'closing' ? null : await readJson(state);
  const stated = (json as { period?: unknown; nextState?: { period?: unknown } } | null) ?? {};
  const paid = Number(stated.nextState?.period ?? stated.period ?? 0);
  return {
    month: scheduledDate(deal.schedule, Math.min(paid, deal.schedule.paymentDates - 1)).collectionFrom.slice(0, 7),
  };
}

const isGiven = ({ pool, tape, collections }: CollateralOptions): boolean =>
  [pool, tape, collections].some((path) => path !== undefined);

/**
 * A deal in its state with its collateral. A deal whose pool at the cut-off date is nowhere stated is compiled over the
 * pool that is projected, when it starts from closing.
 */
export async function dealWithCollateral(
  given: string,
  options: StateOptions & CollateralOptions & UnderlyingOptions,
  level: Level = TOP,
): Promise<{ hand: DealInHand; collateral: Collateral }> {
  const opened = await openDeal(given, poolOption(options.cutOffPool));
  const { deal } = opened;
  const { month } = await firstMonthOf(deal, options);
  const ownsClasses = deal.underlying.length > 0;
  const own = ownsClasses && !isGiven(options) ? null : await readCollateral(deal, options, month);
  const collateral = !ownsClasses && own ? own : await withUnderlying(opened, own, options, level, dealWithCollateral);
  const hand = await dealInHand(given, options, collateral.balance);
  if (!ownsClasses) warnOfSize(hand, collateral);
  return { hand, collateral };
}

/** A pool of another size than the deal was made over is most often a slip. */
function warnOfSize({ state, cutOffPool }: DealInHand, { balance }: Collateral): void {
  if (state.period > 0 || balance === null) return;
  const difference = balance > cutOffPool ? balance - cutOffPool : cutOffPool - balance;
  if (difference * 100n <= cutOffPool) return;
  process.stderr.write(
    `weir: the pool’s balance is ${groupMoney(balance)}, and the deal is made over ${groupMoney(cutOffPool)} at the cut-off date
`,
  );
}
