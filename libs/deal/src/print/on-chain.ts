import { formatMoney, formatRate, RATE_SCALE } from '@weir/money';
import { CONTROL_ROLES, type Offering, type OnChainTerms, type TrancheOffer } from '../model.js';
import { durationText } from '../read/duration.js';
import { byName, type Fields, given } from './fields.js';

const share = (value: bigint): string | null => (value === RATE_SCALE ? null : formatRate(value));
const cents = (value: bigint | null): string | null => (value === null ? null : formatMoney(value));
const days = (count: number): string => durationText(count * 86_400);
const two = (value: number): string => String(value).padStart(2, '0');

function offerOf({ minimum, maximum, perInvestor, lot }: TrancheOffer): Fields {
  return given({ minimum: share(minimum), maximum: share(maximum), perInvestor: cents(perInvestor), lot: cents(lot) });
}

/** The `offering:` block, or null. */
export function offeringOf(offering: Offering | null): Fields | null {
  if (offering === null) return null;
  const { closesAt, tranches, furtherIssues } = offering;
  const minutes = Math.floor((closesAt ?? 0) / 60);
  return given({
    closesAt: closesAt === null ? null : `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    tranches: byName(
      tranches.map((offer) => ({ ...offer, name: offer.tranche })),
      offerOf,
    ),
    furtherIssues: byName(
      furtherIssues.map(({ tranche, amount }) => ({ name: tranche, amount })),
      ({ amount }) => formatMoney(amount),
    ),
  });
}

/** The `onChain:` block, or null. */
export function onChainOf(terms: OnChainTerms | null): Fields | null {
  if (terms === null) return null;
  const { disputeDelay, changeDelay, accounts, taxAccount, unclaimed, attestation } = terms;
  const roles = CONTROL_ROLES.map((name) => ({ name, parties: terms.roles[name] })).filter(
    ({ parties }) => parties.length > 0,
  );
  return given({
    disputeDelay: disputeDelay === null ? null : durationText(disputeDelay),
    changeDelay: changeDelay === null ? null : durationText(changeDelay),
    accounts: byName(accounts, ({ account }) => account),
    taxAccount,
    unclaimed: unclaimed && { to: unclaimed.to, after: days(unclaimed.afterDays), delay: days(unclaimed.delayDays) },
    attestation: attestation && { signers: attestation.signers, threshold: String(attestation.threshold) },
    roles: byName(roles, ({ parties }) => parties),
  });
}
