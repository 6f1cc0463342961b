import { RESTRICTED_FUNCTIONS, ROLES, artifacts } from '@weir/bindings';
import { calling, selectors, type Step } from '@weir/chain';
import type { ControlRole, Deal } from '@weir/deal';
import type { Hex } from '@weir/money';
import { holdersOf } from './deal-terms.js';
import type { PartyAccounts } from './payees.js';
import { dealRole, issuerRole } from './roles.js';

/** Which of the control's decisions belong to whom. */
const CONTROL_DECISIONS = {
  guardian: 'GUARDIAN',
  resumer: 'RESUMER',
  changeProposer: 'CHANGE_PROPOSER',
  changeApprover: 'CHANGE_APPROVER',
} as const satisfies Record<ControlRole, keyof typeof RESTRICTED_FUNCTIONS.DealControl>;

/** The deal whose contracts are wired. */
interface DealToWire {
  readonly record: { readonly dealId: string };
  readonly document: Deal;
  readonly accounts: PartyAccounts;
  readonly platform: { readonly dealRoles: Hex };
}

/** Its contracts that have restricted functions. */
interface WiredContracts {
  readonly offering: Hex;
  readonly tokens: readonly Hex[];
  readonly control: Hex;
  readonly distributor: Hex;
  /** Null where the document asks for no attestation. */
  readonly attestor: Hex | null;
}

/** Roles over a deal's contracts as DealRoles takes them. */
export interface Wiring {
  readonly targets: readonly {
    readonly target: Hex;
    readonly restrictions: readonly { readonly role: bigint; readonly selectors: readonly Hex[] }[];
  }[];
  readonly holders: readonly { readonly role: bigint; readonly accounts: readonly Hex[] }[];
}

/** Who may call what in the deal's contracts, given once and in one transaction. @throws PayeeWithoutAccount */
export function wiringStep(deal: DealToWire, wired: WiredContracts): Step {
  const { targets, holders } = wiringOf(deal, wired);
  return calling('give-roles', deal.platform.dealRoles, artifacts.DealRoles.abi, 'give', [targets, holders]);
}

/** Who may call what in the deal's contracts, by its document. @throws PayeeWithoutAccount */
export function wiringOf({ accounts, document, record }: Omit<DealToWire, 'platform'>, wired: WiredContracts): Wiring {
  const { offering, tokens, control, distributor, attestor } = wired;
  const { dealId } = record;
  const { Subscription, TrancheToken, DealControl, Distributor, ReserveAttestor } = RESTRICTED_FUNCTIONS;
  const decisions = Object.entries(CONTROL_DECISIONS) as [ControlRole, keyof typeof DealControl][];
  const issuer = issuerRole(dealId);
  const targets = [
    target(offering, artifacts.Subscription.abi, [
      [issuer, Subscription.ISSUER],
      [ROLES.COMPLIANCE, Subscription.COMPLIANCE],
    ]),
    ...tokens.map((token) => target(token, artifacts.TrancheToken.abi, byRole(TrancheToken))),
    target(
      control,
      artifacts.DealControl.abi,
      decisions.map(([name, decision]) => [dealRole(name, dealId), DealControl[decision]]),
    ),
    target(distributor, artifacts.Distributor.abi, byRole(Distributor)),
    ...(attestor === null ? [] : [target(attestor, artifacts.ReserveAttestor.abi, byRole(ReserveAttestor))]),
  ];
  const holders = [
    { role: issuer, accounts: [accounts.issuer] },
    ...decisions.map(([name]) => ({ role: dealRole(name, dealId), accounts: holdersOf(document, name, accounts) })),
  ];
  return { targets, holders };
}

/** Functions of a contract by the platform's role that may call them. */
const byRole = (functions: Partial<Record<keyof typeof ROLES, readonly string[]>>): [bigint, readonly string[]][] =>
  Object.entries(functions).map(([role, names]) => [ROLES[role as keyof typeof ROLES], names]);

/** A contract and its restrictions as DealRoles takes them. */
const target = (address: Hex, abi: Parameters<typeof selectors>[0], byNumber: [bigint, readonly string[]][]) => ({
  target: address,
  restrictions: byNumber.map(([role, names]) => ({ role, selectors: selectors(abi, names) })),
});
