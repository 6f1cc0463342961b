import { Interface } from 'ethers';
import { RESTRICTED_FUNCTIONS, ROLES, artifacts } from '@weir/bindings';
import type { Hex } from '../signers/signer.js';
import { calling, selectors, type Step } from './step.js';

/** A role of the AccessManager by its name. */
export type RoleName = keyof typeof ROLES;

/** An account that holds a role, and how long it waits between announcing a call and making it. */
export interface Grant {
  readonly role: RoleName;
  readonly account: Hex;
  /** Seconds. */
  readonly executionDelay: number;
}

/** Functions of one of the platform's contracts that a role may call; what is not named is the admin's. */
export interface Restriction {
  readonly contract: keyof typeof RESTRICTED_FUNCTIONS;
  readonly address: Hex;
  readonly functions: readonly string[];
  readonly role: RoleName;
}

/** Who may do what on a platform once it is deployed. A guardian cancels what holders of a role announced. */
export interface AccessPlan {
  readonly grants: readonly Grant[];
  readonly restrictions: readonly Restriction[];
  readonly guardians: readonly { readonly role: RoleName; readonly guardian: RoleName }[];
}

/** Accounts between which the powers over a platform are divided. */
export interface PowerHolders {
  /** Changes roles and restrictions, after the timelock. Never the account that deploys. */
  readonly admin: Hex;
  /** Puts deals up at once; changes tokens' parameters, after the timelock. */
  readonly operator: Hex;
  /** Keeps the registry of investors. */
  readonly compliance: Hex;
  /** Cancels changes of parameters that were announced. */
  readonly guardian: Hex;
  /** Seconds between the announcement of a change and the change. */
  readonly timelock: number;
}

/** Addresses of the contracts that are guarded; null for a registry of pledges that another platform guards. */
export interface GuardedContracts {
  readonly registry: Hex;
  readonly pledges: Hex | null;
  readonly dealRoles: Hex;
}

/** The powers over a platform as its deployment leaves them. */
export function accessPlan(holders: PowerHolders, { registry, pledges, dealRoles }: GuardedContracts): AccessPlan {
  const { admin, operator, compliance, guardian, timelock } = holders;
  const grant = (role: RoleName, account: Hex, executionDelay: number): Grant => ({ role, account, executionDelay });
  const { InvestorRegistry, PledgeRegistry, DealRoles } = RESTRICTED_FUNCTIONS;
  return {
    grants: [
      grant('COMPLIANCE', compliance, 0),
      grant('OPERATOR', operator, 0),
      grant('PARAMETERS', operator, timelock),
      grant('GUARDIAN', guardian, 0),
      grant('ADMIN', admin, timelock),
      grant('ADMIN', dealRoles, 0),
    ],
    restrictions: [
      {
        contract: 'InvestorRegistry',
        address: registry,
        functions: InvestorRegistry.COMPLIANCE,
        role: 'COMPLIANCE',
      },
      ...(pledges === null
        ? []
        : [
            {
              contract: 'PledgeRegistry' as const,
              address: pledges,
              functions: PledgeRegistry.OPERATOR,
              role: 'OPERATOR' as const,
            },
          ]),
      { contract: 'DealRoles', address: dealRoles, functions: DealRoles.OPERATOR, role: 'OPERATOR' },
    ],
    guardians: [{ role: 'PARAMETERS', guardian: 'GUARDIAN' }],
  };
}

/**
 * Puts a plan into force and takes the deployer's powers away, in one transaction: at no time is there a part of it, and when
 * one grant fails nobody has lost anything.
 */
export function handOver(manager: Hex, { grants, restrictions, guardians }: AccessPlan, deployer: Hex): Step {
  const { abi } = artifacts.AccessManager;
  const contract = new Interface(abi);
  const calls = [
    ...restrictions.map(({ contract: name, address, functions, role }) =>
      contract.encodeFunctionData('setTargetFunctionRole', [
        address,
        selectors(artifacts[name].abi, functions),
        ROLES[role],
      ]),
    ),
    ...grants.map(({ role, account, executionDelay }) =>
      contract.encodeFunctionData('grantRole', [ROLES[role], account, executionDelay]),
    ),
    ...guardians.map(({ role, guardian }) =>
      contract.encodeFunctionData('setRoleGuardian', [ROLES[role], ROLES[guardian]]),
    ),
    contract.encodeFunctionData('renounceRole', [ROLES.ADMIN, deployer]),
  ];
  return calling('hand-over', manager, abi, 'multicall', [calls]);
}
