import { hexlify, keccak256, ZeroAddress } from 'ethers';
import type { ControlRole, Deal } from '@weir/deal';
import { RESTRICTED_FUNCTIONS, ROLES, artifacts, signersOf } from '@weir/bindings';
import { addDays, dateInstant } from '@weir/calendar';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import { type CompiledDeal, programPages } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import { DealRecord } from '../deals/entities.js';
import { dealFor } from '../deals/party.js';
import { ChainScript } from './chain-script.js';
import { platformAddress, reader, tokenName } from './contracts.js';
import { DealContract } from './entities.js';
import { NotAsApproved } from './errors.js';
import { attestorTerms, delaysOf, distributionTerms, holdersOf, offerTerms, paymentInstants } from './deal-terms.js';
import { partyAccounts } from './party-accounts.js';
import { type PartyAccounts, payeeTerms } from './payees.js';
import { selectors } from './platform-script.js';
import { PLATFORM_SIGNERS, dealRole, issuerRole } from './roles.js';

interface DealToDeploy {
  readonly record: DealRecord;
  readonly compiled: CompiledDeal;
  readonly document: Deal;
  readonly chainId: bigint;
  readonly accounts: PartyAccounts;
  readonly platform: {
    readonly manager: Hex;
    readonly registry: Hex;
    readonly programs: Hex;
    readonly distributors: Hex;
    readonly pledges: Hex;
    readonly cash: Hex;
  };
}

async function load(context: ServiceContext, dealId: string): Promise<DealToDeploy> {
  return context.uow.read(SYSTEM_ACTOR, async (manager) => {
    const record = await dealFor(manager, dealId);
    const compiled = compiledDeal(record);
    if (record.approvedHash !== compiled.program.hash)
      throw new NotAsApproved(dealId, record.approvedHash, compiled.program.hash);
    const document = readDocument(record.document);
    return {
      record,
      compiled,
      document,
      chainId: (await context.provider.getNetwork()).chainId,
      accounts: await partyAccounts(manager, dealId, document),
      platform: {
        manager: await platformAddress(manager, 'AccessManager'),
        registry: await platformAddress(manager, 'InvestorRegistry'),
        programs: await platformAddress(manager, 'ProgramStore'),
        distributors: await platformAddress(manager, 'DistributorFactory'),
        pledges: await platformAddress(manager, 'PledgeRegistry'),
        cash: await platformAddress(manager, 'Cash'),
      },
    };
  });
}

/** A record date is over at the first instant of the next day; one that is the payment date counts when it begins. */
const recordInstants = (compiled: CompiledDeal): number[] =>
  compiled.periods.map(({ recordDate, paymentDate }) =>
    Math.min(dateInstant(addDays(recordDate, 1)), dateInstant(paymentDate)),
  );

/** Which of the control's decisions belong to whom. */
const CONTROL_DECISIONS = {
  guardian: 'GUARDIAN',
  resumer: 'RESUMER',
  changeProposer: 'CHANGE_PROPOSER',
  changeApprover: 'CHANGE_APPROVER',
} as const satisfies Record<ControlRole, keyof typeof RESTRICTED_FUNCTIONS.DealControl>;

/** The contract that keeps what independent signers found, where the document names them. */
async function deployAttestor(script: ChainScript, deal: DealToDeploy): Promise<Hex | null> {
  const terms = attestorTerms(deal.document, deal.accounts);
  if (terms === null) return null;
  return script.deploy('ReserveAttestor', artifacts.ReserveAttestor, [deal.platform.manager, ...terms]);
}

async function deployTokens(
  script: ChainScript,
  deal: DealToDeploy,
  minter: Hex,
  agent: Hex,
): Promise<Map<string, Hex>> {
  const tokens = new Map<string, Hex>();
  for (const { name } of deal.compiled.tranches) {
    const terms = {
      name: `${deal.record.name} Class ${name}`,
      symbol: `WEIR-${name}`,
      registry: deal.platform.registry,
      minter,
      authority: deal.platform.manager,
      agents: [agent],
      // A deal document names no sizes and no limits of holders by country or category.
      minimumHolding: 0,
      denomination: 0,
      countsCountries: false,
      countsCategories: false,
      recordDates: recordInstants(deal.compiled),
    };
    tokens.set(name, await script.deploy(tokenName(name), artifacts.TrancheToken, [terms]));
  }
  return tokens;
}

/** Servicer and trustee sign every report; the calculation agent signs what they cannot settle alone. */
function quorumOf({ accounts }: DealToDeploy) {
  const { servicer, trustee, calculationAgent } = accounts;
  const signers = signersOf({ SERVICER: servicer, TRUSTEE: trustee, CALCULATION_AGENT: calculationAgent });
  return { signers, threshold: 2 };
}

interface VaultParts {
  readonly offering: Hex;
  readonly tokens: readonly Hex[];
  readonly control: Hex;
  readonly disputeDelay: number;
}

function vaultTerms(deal: DealToDeploy, { offering, tokens, control, disputeDelay }: VaultParts) {
  const { accounts, compiled, platform, record } = deal;
  return {
    cash: platform.cash,
    registry: platform.registry,
    programs: platform.programs,
    programHash: compiled.program.hash,
    documentHash: record.documentHash,
    offering,
    control,
    disputeDelay,
    tokens,
    payees: payeeTerms(compiled.payees, accounts),
    paymentDates: paymentInstants(compiled),
    initialState: compiled.initialState,
    distribution: {
      factory: platform.distributors,
      authority: platform.manager,
      ...distributionTerms(deal.document, accounts),
    },
  };
}

/** The Distributor that the vault had made for it. */
async function distributorOf(context: ServiceContext, vault: Hex): Promise<Hex> {
  const address = await reader(context, vault, artifacts.DealVault.abi).getFunction('distributor').staticCall();
  return String(address).toLowerCase() as Hex;
}

async function wireRoles(
  script: ChainScript,
  deal: DealToDeploy,
  { offering, tokens, control, distributor }: VaultParts & { readonly distributor: Hex },
) {
  const { manager } = deal.platform;
  const access = artifacts.AccessManager.abi;
  const role = issuerRole(deal.record.dealId);
  const ofOffering = (names: readonly string[]) => selectors(artifacts.Subscription.abi, names);
  const restrict = (step: string, target: Hex, functions: string[], to: bigint) =>
    script.call(step, manager, access, 'setTargetFunctionRole', [target, functions, to]);
  await restrict('restrict-offering', offering, ofOffering(RESTRICTED_FUNCTIONS.Subscription.ISSUER), role);
  await restrict(
    'restrict-removal',
    offering,
    ofOffering(RESTRICTED_FUNCTIONS.Subscription.COMPLIANCE),
    ROLES.COMPLIANCE,
  );
  for (const [index, token] of tokens.entries())
    await restrict(
      `restrict-token-${index}`,
      token,
      selectors(artifacts.TrancheToken.abi, RESTRICTED_FUNCTIONS.TrancheToken.OPERATOR),
      ROLES.OPERATOR,
    );
  const decisions = RESTRICTED_FUNCTIONS.DealControl;
  for (const [name, decision] of Object.entries(CONTROL_DECISIONS) as [ControlRole, keyof typeof decisions][]) {
    const functions = selectors(artifacts.DealControl.abi, decisions[decision]);
    const number = dealRole(name, deal.record.dealId);
    await restrict(`restrict-control-${name.toLowerCase()}`, control, functions, number);
    for (const account of holdersOf(deal.document, name, deal.accounts))
      await script.call(`grant-${name.toLowerCase()}-${account}`, manager, access, 'grantRole', [number, account, 0]);
  }
  const unclaimed = RESTRICTED_FUNCTIONS.Distributor;
  for (const name of Object.keys(unclaimed) as (keyof typeof unclaimed)[]) {
    const functions = selectors(artifacts.Distributor.abi, unclaimed[name]);
    await restrict(`restrict-distributor-${name.toLowerCase()}`, distributor, functions, ROLES[name]);
  }
  await script.call('grant-issuer', manager, access, 'grantRole', [role, deal.accounts.issuer, 0]);
}

/** Stores a program: whole in one transaction, or a page in each and then all of them under the program's hash. */
async function storeProgram(script: ChainScript, programs: Hex, bytes: Uint8Array): Promise<void> {
  const { abi } = artifacts.ProgramStore;
  const pages = programPages(bytes);
  if (pages.length === 1) return script.call('store-program', programs, abi, 'register', [hexlify(bytes)]);
  for (const [index, page] of pages.entries())
    await script.call(`store-program-page-${index}`, programs, abi, 'storePage', [hexlify(page)]);
  const hashes = pages.map((page) => keccak256(page));
  return script.call('store-program', programs, abi, 'registerPages', [hashes]);
}

/**
 * Deploys a deal's contracts: offering, tokens, program, vault; then gives the roles. Resumable.
 * @throws NotAsApproved, DeploymentFailed, StillPending
 */
export async function runDealScript(context: ServiceContext, dealId: string): Promise<void> {
  const deal = await load(context, dealId);
  if (deal.record.status !== 'deploying') return;
  const operator = await context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
  const script = new ChainScript(context, `deal/${dealId}`, operator.address, dealId);
  const { programs } = deal.platform;
  const attestor = await deployAttestor(script, deal);
  const { cash, registry, manager } = deal.platform;
  const offer = offerTerms(deal.document, deal.compiled);
  const seller = deal.accounts.issuer;
  const offering = await script.deploy('Subscription', artifacts.Subscription, [
    { cash, registry, authority: manager, seller, attestor: attestor ?? ZeroAddress, ...offer },
  ]);
  const tokens = await deployTokens(script, deal, offering, operator.address);
  await storeProgram(script, programs, deal.compiled.program.bytes);
  const addresses = [...tokens.values()];
  const delays = delaysOf(deal.document, context, deal.chainId);
  const terms = [manager, quorumOf(deal), delays.change];
  const control = await script.deploy('DealControl', artifacts.DealControl, terms);
  const parts = { offering, tokens: addresses, control, disputeDelay: delays.dispute };
  const vault = await script.deploy('DealVault', artifacts.DealVault, [vaultTerms(deal, parts)]);
  const distributor = await distributorOf(context, vault);
  await wireRoles(script, deal, { ...parts, distributor });
  await script.call('admit-pledges', deal.platform.pledges, artifacts.PledgeRegistry.abi, 'admit', [vault]);
  const own = { Subscription: offering, DealControl: control, DealVault: vault, Distributor: distributor };
  const contracts = { ...own, ...(attestor !== null && { ReserveAttestor: attestor }), ...tokensByName(tokens) };
  await context.uow.run(SYSTEM_ACTOR, { name: 'deal.deployed', object: `deal:${dealId}` }, async (tx) => {
    const rows = Object.entries(contracts).map(([name, address]) => ({ dealId, name, address }));
    await tx.manager.upsert(DealContract, rows, ['dealId', 'name']);
    await tx.manager.update(DealRecord, { dealId, status: 'deploying' }, { status: 'deployed' });
    tx.record({ object: `deal:${dealId}`, before: { status: 'deploying' }, after: { status: 'deployed', contracts } });
  });
}

function tokensByName(tokens: ReadonlyMap<string, Hex>): Record<string, Hex> {
  return Object.fromEntries([...tokens].map(([name, address]) => [tokenName(name), address]));
}
