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
  readonly platform: { readonly manager: Hex };
}

/** Its contracts that have restricted functions. */
interface WiredContracts {
  readonly offering: Hex;
  readonly tokens: readonly Hex[];
  readonly control: Hex;
  readonly distributor: Hex;
}

/** Who may call what in the deal's contracts; none of the steps needs another one. */
export function wiringSteps(
  { accounts, document, platform, record }: DealToWire,
  { offering, tokens, control, distributor }: WiredContracts,
): Step[] {
  const { manager } = platform;
  const { dealId } = record;
  const access = artifacts.AccessManager.abi;
  const restrict = (name: string, contract: { address: Hex; abi: Abi }, functions: readonly string[], to: bigint) =>
    calling(name, manager, access, 'setTargetFunctionRole', [contract.address, selectors(contract.abi, functions), to]);
  const grant = (name: string, role: bigint, account: Hex) =>
    calling(name, manager, access, 'grantRole', [role, account, 0]);
  const ofOffering = { address: offering, abi: artifacts.Subscription.abi };
  const ofControl = { address: control, abi: artifacts.DealControl.abi };
  const ofDistributor = { address: distributor, abi: artifacts.Distributor.abi };
  const { Subscription, TrancheToken, DealControl, Distributor } = RESTRICTED_FUNCTIONS;
  const decisions = Object.entries(CONTROL_DECISIONS) as [ControlRole, keyof typeof DealControl][];
  const unclaimed = Object.keys(Distributor) as (keyof typeof Distributor)[];
  return [
    restrict('restrict-offering', ofOffering, Subscription.ISSUER, issuerRole(dealId)),
    restrict('restrict-removal', ofOffering, Subscription.COMPLIANCE, ROLES.COMPLIANCE),
    ...tokens.map((address, index) => {
      const token = { address, abi: artifacts.TrancheToken.abi };
      return restrict(`restrict-token-${index}`, token, TrancheToken.OPERATOR, ROLES.OPERATOR);
    }),
    ...decisions.flatMap(([name, decision]) => {
      const role = dealRole(name, dealId);
      return [
        restrict(`restrict-control-${name.toLowerCase()}`, ofControl, DealControl[decision], role),
        ...holdersOf(document, name, accounts).map((account) =>
          grant(`grant-${name.toLowerCase()}-${account}`, role, account),
        ),
      ];
    }),
    ...unclaimed.map((name) =>
      restrict(`restrict-distributor-${name.toLowerCase()}`, ofDistributor, Distributor[name], ROLES[name]),
    ),
    grant('grant-issuer', issuerRole(dealId), accounts.issuer),
  ];
}

type Abi = Parameters<typeof selectors>[0];
