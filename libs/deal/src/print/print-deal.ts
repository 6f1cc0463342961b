import { stringify } from 'yaml';
import { formatMoney, formatRate } from '@weir/money';
import type { ConcentrationLimit, LimitedPart } from '../concentration-limit.js';
import type { Deal, EligibilityRule, Fee, Underlying } from '../model.js';
import { accountOf, collectionsOf, facilityOf, feeOf, hedgeOf, ledgerOf } from './accounts.js';
import { amendmentOf } from './amendment.js';
import { datesOf } from './dates.js';
import { byName, type Fields, given, textOf } from './fields.js';
import { offeringOf, onChainOf } from './on-chain.js';
import { prioritiesOf } from './steps.js';
import { callOf, reportItemOf, scheduleOf, stateOf, triggerOf } from './tests.js';
import { combinationOf, trancheOf } from './tranches.js';

function ruleOf({ id, field, op, value, reason }: EligibilityRule): Fields {
  return { id, require: `${field} ${op} ${value}`, reason };
}

function partOf(part: LimitedPart): Fields {
  if ('values' in part) return { values: part.values };
  if ('from' in part) return given({ from: part.from, below: part.below });
  const except = part.except.length > 0 ? part.except : null;
  return given('each' in part ? { each: 'true', except } : { largest: String(part.largest), except });
}

function limitOf(limit: ConcentrationLimit): Fields {
  const { id, field } = limit;
  if (limit.kind === 'average') return given({ id, average: field, least: limit.least, most: limit.most });
  return { id, field, ...partOf(limit.part), most: formatRate(limit.most) };
}

function underlyingOf({ deal, tranche, share }: Underlying): Fields {
  return { deal, class: tranche, share: formatRate(share) };
}

function collateralOf(deal: Deal): Fields | null {
  const { cutOffPool, loanKey, eligibility, concentrationLimits, collateralGroups, underlying } = deal;
  const lists = [loanKey, eligibility, concentrationLimits, collateralGroups, underlying];
  if (cutOffPool === null && lists.every(({ length }) => length === 0)) return null;
  return given({
    cutOffPool: cutOffPool === null ? null : formatMoney(cutOffPool),
    loanKey: loanKey.length > 0 ? loanKey : null,
    eligibility: eligibility.length > 0 ? eligibility.map(ruleOf) : null,
    concentrationLimits: concentrationLimits.length > 0 ? concentrationLimits.map(limitOf) : null,
    groups: collateralGroups.length > 0 ? collateralGroups : null,
    underlying: byName(underlying, underlyingOf),
  });
}

/** The fees of `fees:`; those of facilities are printed with them. */
function ownFees({ fees, facilities }: Deal): Fee[] {
  const ofFacilities = new Set(facilities.flatMap(({ interest, commitmentFee }) => [interest, commitmentFee]));
  return fees.filter((fee) => !ofFacilities.has(fee));
}

/** Blocks of the document in the order in which a prospectus tells them; what is empty is left out. */
function documentOf(deal: Deal): Fields {
  const { name, currency, rounding, shares } = deal;
  return given({
    weir: '1',
    deal: given({ name, currency, rounding, shares: shares === 'down' ? null : shares }),
    amends: amendmentOf(deal.amends),
    parties: deal.parties,
    dates: datesOf(deal),
    collateral: collateralOf(deal),
    report: byName(deal.report, reportItemOf) ?? {},
    schedules: byName(deal.schedules, scheduleOf),
    accounts: byName(deal.accounts, accountOf) ?? {},
    collections: collectionsOf(deal.collections),
    fees: byName(ownFees(deal), feeOf),
    hedges: byName(deal.hedges, hedgeOf),
    facilities: byName(deal.facilities, facilityOf),
    ledgers: byName(deal.ledgers, ledgerOf),
    tranches: deal.tranches.map(trancheOf),
    groups: byName(deal.groups, ({ tranches }) => tranches),
    combinations: byName(deal.combinations, combinationOf),
    formulas: byName(deal.formulas, ({ formula }) => textOf(formula)),
    triggers: byName(deal.triggers, triggerOf),
    calls: byName(deal.calls, callOf),
    states: byName(deal.states, stateOf),
    priorityOfPayments: prioritiesOf(deal.priorities),
    offering: offeringOf(deal.offering),
    onChain: onChainOf(deal.onChain),
  });
}

/**
 * The deal as a document in its plainest form: without comments, in a fixed order, with groups in `to:` lists written
 * out and fees as amounts. Reading it gives the same deal but for its text and the places in it.
 */
export function printDeal(deal: Deal): string {
  return stringify(documentOf(deal), { schema: 'failsafe', lineWidth: 0 });
}
