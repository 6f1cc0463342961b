import { addDays, dateInstant } from '@weir/calendar';
import { isLocalChain } from '@weir/chain';
import type { ControlRole, Deal } from '@weir/deal';
import { RATE_SCALE, type Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { accountOfParty, type PartyAccounts } from './payees.js';
import { DEFAULT_HOLDERS } from './roles.js';

/** Where neither document nor setting says more: two days to dispute a report, seven before a change holds. */
const DEFAULT_DISPUTE_DELAY = 2 * 86_400;
const DEFAULT_CHANGE_DELAY = 7 * 86_400;

/** Money that no holder claims in three years can be moved to the trustee, thirty days after two people agreed to it. */
const UNCLAIMED = { to: 'trustee', afterDays: 3 * 365, delayDays: 30 };

/** How long reports can be disputed and changes wait, in seconds. A setting stands above the document on local chains only. */
export function delaysOf(
  { onChain }: Pick<Deal, 'onChain'>,
  { disputeDelay, changeDelay }: Pick<ServiceContext, 'disputeDelay' | 'changeDelay'>,
  chainId: bigint,
): { dispute: number; change: number } {
  const local = isLocalChain(chainId);
  const of = (term: number | null | undefined, set: number | null, otherwise: number): number =>
    (local ? (set ?? term) : (term ?? set)) ?? otherwise;
  return {
    dispute: of(onChain?.disputeDelay, disputeDelay, DEFAULT_DISPUTE_DELAY),
    change: of(onChain?.changeDelay, changeDelay, DEFAULT_CHANGE_DELAY),
  };
}

/** The first instant at which each period may be settled, in seconds. */
export const paymentInstants = ({ periods }: Pick<CompiledDeal, 'periods'>): number[] =>
  periods.map(({ paymentDate }) => dateInstant(paymentDate));

/** A record date is over at the first instant of the next day; one that is the payment date counts when it begins. */
export const recordInstants = ({ periods }: Pick<CompiledDeal, 'periods'>): number[] =>
  periods.map(({ recordDate, paymentDate }) => Math.min(dateInstant(addDays(recordDate, 1)), dateInstant(paymentDate)));

/** How the classes are offered, in cents, and the last instant at which closing can begin. */
export function offerTerms(
  { offering, closingDate }: Pick<Deal, 'offering' | 'closingDate'>,
  { tranches }: Pick<CompiledDeal, 'tranches'>,
) {
  const terms = new Map((offering?.tranches ?? []).map((offer) => [offer.tranche, offer]));
  // The deal accrues from its closing date, so it closes on that day or not at all.
  const { closesAt = null } = offering ?? {};
  const deadline = closesAt === null ? dateInstant(addDays(closingDate, 1)) - 1 : dateInstant(closingDate) + closesAt;
  return {
    deadline,
    tranches: tranches.map(({ name, original }) => {
      const { minimum = RATE_SCALE, maximum = RATE_SCALE, perInvestor = null, lot = null } = terms.get(name) ?? {};
      return {
        // Not less than the document's share.
        minimum: (original * minimum + RATE_SCALE - 1n) / RATE_SCALE,
        maximum: (original * maximum) / RATE_SCALE,
        perInvestor: perInvestor ?? 0n,
        lot: lot ?? 1n,
      };
    }),
  };
}

/** Up to which original amount, in cents, further issues may bring each class; 0 for none. */
export function mostFaces(
  { offering }: Pick<Deal, 'offering'>,
  { tranches }: Pick<CompiledDeal, 'tranches'>,
): bigint[] {
  const most = new Map((offering?.furtherIssues ?? []).map(({ tranche, amount }) => [tranche, amount]));
  return tranches.map(({ name }) => most.get(name) ?? 0n);
}

/** Who gets the tax withheld and what nobody claims. @throws PayeeWithoutAccount */
export function distributionTerms({ onChain }: Pick<Deal, 'onChain'>, accounts: PartyAccounts) {
  const { to, afterDays, delayDays } = onChain?.unclaimed ?? UNCLAIMED;
  return {
    taxAccount: accountOfParty('tax', onChain?.taxAccount ?? 'trustee', accounts),
    unclaimed: { to: accountOfParty('unclaimed money', to, accounts), afterDays, delayDays },
  };
}

/** Signers of the attestation and how many must sign; null where the document asks for none. @throws PayeeWithoutAccount */
export function attestorTerms({ onChain }: Pick<Deal, 'onChain'>, accounts: PartyAccounts): [Hex[], number] | null {
  const { attestation = null } = onChain ?? {};
  if (attestation === null) return null;
  const signers = attestation.signers.map((party) => accountOfParty('attestation', party, accounts));
  return [signers, attestation.threshold];
}

/** Accounts that hold a role over the deal's contracts, each once. @throws PayeeWithoutAccount */
export function holdersOf({ onChain }: Pick<Deal, 'onChain'>, role: ControlRole, accounts: PartyAccounts): Hex[] {
  const named = onChain?.roles[role] ?? [];
  const parties = named.length > 0 ? named : DEFAULT_HOLDERS[role];
  return [...new Set(parties.map((party) => accountOfParty(role, party, accounts)))];
}
