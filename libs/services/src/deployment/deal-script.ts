import { hexlify, keccak256, ZeroAddress } from 'ethers';
import { artifacts, signersOf } from '@weir/bindings';
import { addressOf, calling, deploying, type Step, type StepRunner } from '@weir/chain';
import type { Deal } from '@weir/deal';
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
import {
  attestorTerms,
  delaysOf,
  distributionTerms,
  mostFaces,
  offerTerms,
  paymentInstants,
  recordInstants,
} from './deal-terms.js';
import { partyAccounts } from './party-accounts.js';
import { type PartyAccounts, payeeTerms } from './payees.js';
import { PLATFORM_SIGNERS } from './roles.js';
import { wiringStep } from './wiring.js';

interface DealToDeploy {
  readonly record: DealRecord;
  readonly compiled: CompiledDeal;
  readonly document: Deal;
  readonly chainId: bigint;
  readonly accounts: PartyAccounts;
  readonly platform: {
    readonly manager: Hex;
    readonly dealRoles: Hex;
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
        dealRoles: await platformAddress(manager, 'DealRoles'),
        registry: await platformAddress(manager, 'InvestorRegistry'),
        programs: await platformAddress(manager, 'ProgramStore'),
        distributors: await platformAddress(manager, 'DistributorFactory'),
        pledges: await platformAddress(manager, 'PledgeRegistry'),
        cash: await platformAddress(manager, 'Cash'),
      },
    };
  });
}

/** The contract that keeps what independent signers found, where the document names them. */
function attestorSteps({ document, accounts, platform }: DealToDeploy): Step[] {
  const terms = attestorTerms(document, accounts);
  return terms === null ? [] : [deploying('ReserveAttestor', artifacts.ReserveAttestor, [platform.manager, ...terms])];
}

function tokenSteps({ compiled, platform, record }: DealToDeploy, minter: Hex, agent: Hex): Step[] {
  return compiled.tranches.map(({ name }) =>
    deploying(tokenName(name), artifacts.TrancheToken, [
      {
        name: `${record.name} Class ${name}`,
        symbol: `WEIR-${name}`,
        registry: platform.registry,
        minter,
        authority: platform.manager,
        agents: [agent],
        // A deal document names no sizes and no limits of holders by country or category.
        minimumHolding: 0,
        denomination: 0,
        countsCountries: false,
        countsCategories: false,
        recordDates: recordInstants(compiled),
      },
    ]),
  );
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

/** A program in pages, each stored by a transaction; a program that fits one has none. */
function pageSteps(programs: Hex, pages: readonly Uint8Array[]): Step[] {
  if (pages.length === 1) return [];
  const { abi } = artifacts.ProgramStore;
  return pages.map((page, index) =>
    calling(`store-program-page-${index}`, programs, abi, 'storePage', [hexlify(page)]),
  );
}

/** Registers a program: whole, or by the hashes of its pages, which must be stored by then. */
function programStep(programs: Hex, pages: readonly Uint8Array[]): Step {
  const [first] = pages;
  const { abi } = artifacts.ProgramStore;
  return pages.length === 1 && first !== undefined
    ? calling('store-program', programs, abi, 'register', [hexlify(first)])
    : calling('store-program', programs, abi, 'registerPages', [pages.map((page) => keccak256(page))]);
}

/** Addresses of a deal's contracts by name, as they are kept. */
type DealContracts = Readonly<Record<string, Hex>>;

/** Deploys what the deal has, in as few rounds of blocks as its contracts need each other, and gives the roles. */
async function deployContracts(
  context: ServiceContext,
  deal: DealToDeploy,
  script: StepRunner,
  agent: Hex,
): Promise<DealContracts> {
  const { accounts, compiled, document, platform } = deal;
  const { manager, programs, registry, cash } = platform;
  const delays = delaysOf(document, context, deal.chainId);
  const pages = programPages(compiled.program.bytes);
  const first = await script.together([
    deploying('DealControl', artifacts.DealControl, [
      manager,
      quorumOf(deal),
      delays.change,
      mostFaces(document, compiled),
    ]),
    ...attestorSteps(deal),
    ...pageSteps(programs, pages),
  ]);
  const control = addressOf(first, 'DealControl');
  const attestor = first.get('ReserveAttestor')?.address ?? null;
  const terms = { cash, registry, authority: manager, seller: accounts.issuer, attestor: attestor ?? ZeroAddress };
  const second = await script.together([
    deploying('Subscription', artifacts.Subscription, [{ ...terms, ...offerTerms(document, compiled) }]),
    programStep(programs, pages),
  ]);
  const offering = addressOf(second, 'Subscription');
  const third = await script.together(tokenSteps(deal, offering, agent));
  const tokens = compiled.tranches.map(({ name }) => addressOf(third, tokenName(name)));
  const parts = { offering, tokens, control, disputeDelay: delays.dispute };
  const fourth = await script.together([deploying('DealVault', artifacts.DealVault, [vaultTerms(deal, parts)])]);
  const vault = addressOf(fourth, 'DealVault');
  const distributor = await distributorOf(context, vault);
  await script.together([
    wiringStep(deal, { offering, tokens, control, distributor, attestor }),
    calling('admit-pledges', platform.pledges, artifacts.PledgeRegistry.abi, 'admit', [vault]),
  ]);
  const made = [...first, ...second, ...third, ...fourth].flatMap(([name, { address }]) =>
    address === null ? [] : [[name, address] as const],
  );
  return { ...Object.fromEntries(made), Distributor: distributor };
}

/**
 * Deploys a deal's contracts: control, offering, tokens, program, vault; then gives the roles. Resumable.
 * @throws NotAsApproved, DeploymentFailed, StillPending
 */
export async function runDealScript(context: ServiceContext, dealId: string): Promise<void> {
  const deal = await load(context, dealId);
  if (deal.record.status !== 'deploying') return;
  const operator = await context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
  const script = new ChainScript(context, `deal/${dealId}`, operator.address, dealId);
  const contracts = await deployContracts(context, deal, script, operator.address);
  await context.uow.run(SYSTEM_ACTOR, { name: 'deal.deployed', object: `deal:${dealId}` }, async (tx) => {
    const rows = Object.entries(contracts).map(([name, address]) => ({ dealId, name, address }));
    await tx.manager.upsert(DealContract, rows, ['dealId', 'name']);
    await tx.manager.update(DealRecord, { dealId, status: 'deploying' }, { status: 'deployed' });
    tx.record({ object: `deal:${dealId}`, before: { status: 'deploying' }, after: { status: 'deployed', contracts } });
  });
}
