import * as generated from './generated/index.js';

/** Compiler, settings and a hash of the sources of the contracts here. */
export { build } from './generated/build.js';

/** Interface and creation bytecode of every contract, by name. */
export const artifacts = generated;

/** Name of a contract of a deployment. */
export type ContractName = keyof typeof generated;

/** Interface of every contract, by name, as ethers' Interface and Contract take it. */
export const abis = {
  AccessManager: generated.AccessManager.abi,
  DealRoles: generated.DealRoles.abi,
  InvestorRegistry: generated.InvestorRegistry.abi,
  ProgramStore: generated.ProgramStore.abi,
  ProgramValidator: generated.ProgramValidator.abi,
  TrancheToken: generated.TrancheToken.abi,
  TokenFacts: generated.TokenFacts.abi,
  Subscription: generated.Subscription.abi,
  FurtherIssue: generated.FurtherIssue.abi,
  DealControl: generated.DealControl.abi,
  DealVault: generated.DealVault.abi,
  Distributor: generated.Distributor.abi,
  DistributorFactory: generated.DistributorFactory.abi,
  PledgeRegistry: generated.PledgeRegistry.abi,
  ReserveAttestor: generated.ReserveAttestor.abi,
  DealHealth: generated.DealHealth.abi,
  TestStablecoin: generated.TestStablecoin.abi,
  ProgramHarness: generated.ProgramHarness.abi,
  ProgramDigests: generated.ProgramDigests.abi,
  SumProofHarness: generated.SumProofHarness.abi,
};

/** Role numbers of the AccessManager (contracts/src/access/Roles.sol). ADMIN is OpenZeppelin's own. */
export const ROLES = {
  ADMIN: 0n,
  COMPLIANCE: 1n,
  ISSUER: 2n,
  OPERATOR: 3n,
  PARAMETERS: 4n,
  GUARDIAN: 10n,
  RESUMER: 11n,
  CHANGE_PROPOSER: 12n,
  CHANGE_APPROVER: 13n,
} as const;

/** Which role each restricted function needs: what a deployment passes to `AccessManager.setTargetFunctionRole`. */
export const RESTRICTED_FUNCTIONS = {
  InvestorRegistry: {
    COMPLIANCE: ['register', 'registerPacked', 'registerMany', 'setFrozen', 'remove', 'setPayout', 'replaceWallet'],
  },
  TrancheToken: {
    /** What can be undone at once, or takes powers away. */
    OPERATOR: ['removeAgent', 'setStopped', 'setDocument', 'removeDocument'],
    /** What holders must see coming. */
    PARAMETERS: [
      'setName',
      'setSymbol',
      'setOnchainID',
      'setIdentityRegistry',
      'setCompliance',
      'addAgent',
      'setRules',
      'setCountryCap',
      'setCategoryCap',
    ],
  },
  DealRoles: { OPERATOR: ['give'] },
  PledgeRegistry: { OPERATOR: ['admit', 'abandon'] },
  ReserveAttestor: { PARAMETERS: ['setSigner', 'setThreshold'] },
  Subscription: { ISSUER: ['open', 'close', 'cancel'], COMPLIANCE: ['removeSubscriber'] },
  Distributor: { OPERATOR: ['proposeUnclaimed'], COMPLIANCE: ['approveUnclaimed', 'cancelUnclaimed'] },
  DealControl: {
    GUARDIAN: ['stop', 'cancelChange'],
    RESUMER: ['resume'],
    CHANGE_PROPOSER: ['proposeSigners', 'proposeAmendment', 'proposeIssue'],
    CHANGE_APPROVER: ['approveChange'],
  },
} as const;
