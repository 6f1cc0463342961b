import { addMonths } from '@weir/calendar';
import { groupMoney } from '@weir/money';
import { type Collateral, type CollateralOptions, readCollateral } from './collateral.js';
import { openDeal, readJson } from './deal.js';
import { dealInHand, type DealInHand, type StateOptions } from './state.js';

/** First collection month that is projected, YYYY-MM, from the state's period and the document's dates. */
async function firstMonthOf(given: string, { state }: StateOptions): Promise<{ month: string }> {
  const { deal } = await openDeal(given);
  const json = state === undefined || state === 'closing' ? null : await readJson(state);
  const stated = (json as { period?: unknown; nextState?: { period?: unknown } } | null) ?? {};
  const paid = Number(stated.nextState?.period ?? stated.period ?? 0);
  const { firstFrom, firstCollectionPeriod, monthsPerPeriod } = deal.schedule;
  // Later periods begin in the month after the one before; the first may be longer.
  const start = addMonths(`${firstCollectionPeriod}-01`, monthsPerPeriod * (paid - 1) + 1);
  return { month: (paid > 0 ? start : firstFrom).slice(0, 7) };
}

/**
 * A deal in its state with its collateral. A deal whose pool at the cut-off date is nowhere stated is compiled over the
 * pool that is projected, when it starts from closing.
 */
export async function dealWithCollateral(
  given: string,
  options: StateOptions & CollateralOptions,
): Promise<{ hand: DealInHand; collateral: Collateral }> {
  const { month } = await firstMonthOf(given, options);
  const { deal } = await openDeal(given);
  const collateral = await readCollateral(deal, options, month);
  const hand = await dealInHand(given, options, collateral.balance);
  warnOfSize(hand, collateral);
  return { hand, collateral };
}

/** A pool of another size than the deal was made over is most often a slip. */
function warnOfSize({ state, cutOffPool }: DealInHand, { balance }: Collateral): void {
  if (state.period > 0 || balance === null) return;
  const difference = balance > cutOffPool ? balance - cutOffPool : cutOffPool - balance;
  if (difference * 100n <= cutOffPool) return;
  process.stderr.write(
    `weir: the pool’s balance is ${groupMoney(balance)}, and the deal is made over ${groupMoney(cutOffPool)} at the cut-off date\n`,
  );
}
