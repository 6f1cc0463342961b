import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, artifacts } from '@weir/bindings';
import { deployPlatform, newManifest, selectors, type Manifest, type StepRunner } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { readDocument } from '../deals/compiled.js';
import { partyAccounts } from '../deployment/party-accounts.js';
import { storePlatform } from '../deployment/platform-script.js';
import { dealRole } from '../deployment/roles.js';
import { wiringOf, type Wiring } from '../deployment/wiring.js';
import { dealPowerFindings, platformPowerFindings } from './power-health.js';

const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const [OFFERING, CONTROL, DISTRIBUTOR, TOKEN, STRANGER] = ['1', '2', '3', '4', 'f'].map(account) as [
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
];
const OPERATOR = account('b');
const TERMS = {
  ...{
    deployer: account('d'),
    admin: account('a'),
    operator: OPERATOR,
    compliance: account('c'),
    guardian: account('c'),
  },
  ...{ timelock: 60, cash: null, pledges: null },
};

let platform: TestPlatform;
let manifest: Manifest;
let dealId: string;
let wiring: Wiring;
let block = 0;

/** A deployment in which the n-th step makes the contract 0x…n. */
function counting(): StepRunner {
  let made = 0x100;
  const outcome = () => ({
    transaction: account('0'),
    block: 1,
    nonce: made,
    address: `0x${(made++).toString(16).padStart(40, '0')}` as Hex,
  });
  return { together: (steps) => Promise.resolve(new Map(steps.map(({ name }) => [name, outcome()]))) };
}

/** Events of one transaction, as the indexer keeps them. */
async function happens(...events: [address: Hex, name: string, args: object][]): Promise<void> {
  block += 1;
  for (const [index, [address, name, args]] of events.entries())
    await platform.asSystem(`insert into weir.chain_event values ($1, $2, 'h', 0, $3, $4, $5, $6, true)`, [
      block,
      index,
      `t${block}`,
      address,
      name,
      JSON.stringify(args),
    ]);
}

const addressOf = (name: 'AccessManager' | 'DealRoles' | 'InvestorRegistry' | 'PledgeRegistry'): Hex =>
  manifest.contracts?.[name].address ?? '0x';
const granted = (role: bigint, to: Hex, delay = 0): [Hex, string, object] => [
  addressOf('AccessManager'),
  'RoleGranted',
  { roleId: role.toString(), account: to, delay: String(delay), since: '1', newMember: true },
];
const assigned = (target: Hex, selector: Hex, role: bigint): [Hex, string, object] => [
  addressOf('AccessManager'),
  'TargetFunctionRoleUpdated',
  { target, selector, roleId: role.toString() },
];
const authority = (of: Hex): [Hex, string, object] => [
  of,
  'AuthorityUpdated',
  { authority: addressOf('AccessManager') },
];

beforeAll(async () => {
  platform = await startPlatform();
  const { context, deals } = platform.services;
  const { contracts, access } = await deployPlatform(counting(), TERMS);
  manifest = { ...newManifest(31_337, TERMS), contracts, access } as unknown as Manifest;
  await storePlatform(context, manifest);
  const issuer = await platform.member('sponsor', 'issuer');
  ({ dealId } = await deals.create(issuer, DOCUMENT, once()));
  for (const role of ['servicer', 'trustee', 'calculation-agent'] as const) {
    const { organisationId } = await platform.member(role, role);
    await deals.addParty(issuer, dealId, { role, organisationId }, once());
  }
  const named = { Subscription: OFFERING, DealControl: CONTROL, Distributor: DISTRIBUTOR, 'Token:A': TOKEN };
  for (const [name, address] of Object.entries(named))
    await platform.asSystem('insert into weir.deal_contract values ($1, $2, $3)', [dealId, name, address]);
  const document = readDocument(DOCUMENT);
  const accounts = await context.uow.read(SYSTEM_ACTOR, (manager) => partyAccounts(manager, dealId, document));
  const wired = { offering: OFFERING, control: CONTROL, distributor: DISTRIBUTOR, tokens: [TOKEN], attestor: null };
  wiring = wiringOf({ record: { dealId }, document, accounts }, wired);
}, 60_000);
afterAll(() => platform?.stop());

const found = async (
  findings: typeof platformPowerFindings | ((manager: never) => ReturnType<typeof dealPowerFindings>),
) => {
  const read = await platform.services.context.uow.read(SYSTEM_ACTOR, (manager) => findings(manager as never));
  return read?.map(({ place, expected, actual }) => `${place}: ${expected} / ${actual}`) ?? null;
};
const ofDeal = () => found((manager: never) => dealPowerFindings(manager, { dealId, document: DOCUMENT }));
const ofPlatform = () => found(platformPowerFindings);

describe('the audit of powers (Y)', () => {
  it('holds the platform against its manifest, and says nothing before its events were read', async () => {
    expect(await ofPlatform()).toBeNull();
    const { access } = manifest;
    await happens(
      granted(ROLES.ADMIN, TERMS.deployer),
      ...(['InvestorRegistry', 'PledgeRegistry', 'DealRoles'] as const).map((name) => authority(addressOf(name))),
    );
    expect(await ofPlatform()).toContain(`ADMIN of ${account('a')}: member, waits 60 s / nothing`);
    await happens(
      ...(access?.restrictions ?? []).flatMap(({ contract, address, functions, role }) =>
        selectors(artifacts[contract].abi, functions).map((selector) => assigned(address, selector, ROLES[role])),
      ),
      ...(access?.grants ?? []).map(({ role, account: to, executionDelay }) =>
        granted(ROLES[role], to, executionDelay),
      ),
      [addressOf('AccessManager'), 'RoleGuardianChanged', { roleId: '4', guardian: '10' }],
      [addressOf('AccessManager'), 'RoleRevoked', { roleId: '0', account: TERMS.deployer }],
    );
    expect(await ofPlatform()).toEqual([]);
  });

  it('holds a deal against its document, once its roles were given', async () => {
    expect(await ofDeal()).toBeNull();
    await happens(...wiring.targets.map(({ target }) => authority(target)), [TOKEN, 'AgentAdded', { agent: OPERATOR }]);
    await happens(
      ...wiring.targets.flatMap(({ target, restrictions }) =>
        restrictions.flatMap(({ role, selectors: some }) => some.map((selector) => assigned(target, selector, role))),
      ),
      ...wiring.holders.flatMap(({ role, accounts }) => accounts.map((holder) => granted(role, holder))),
      [
        addressOf('DealRoles'),
        'RolesGiven',
        {
          targets: wiring.targets.map(({ target }) => target),
          roles: wiring.holders.map(({ role }) => role.toString()),
        },
      ],
    );
    expect(await ofDeal()).toEqual([]);
    // A deal's roles are nothing beside the platform's plan.
    expect(await ofPlatform()).toEqual([]);
  });

  it('tells of whatever was given beside, by its name, until it is taken back', async () => {
    const guardian = dealRole('guardian', dealId);
    const [stop] = selectors(artifacts.DealControl.abi, ['stop']) as [Hex];
    const joined = 2n ** 63n + 7n;
    await happens(
      granted(ROLES.OPERATOR, STRANGER),
      granted(joined, STRANGER),
      granted(guardian, STRANGER),
      assigned(CONTROL, stop, ROLES.OPERATOR),
      [TOKEN, 'AgentAdded', { agent: STRANGER }],
      [TOKEN, 'IdentityRegistryAdded', { identityRegistry: STRANGER }],
      [addressOf('AccessManager'), 'TargetClosed', { target: OFFERING, closed: true }],
      [addressOf('AccessManager'), 'RoleAdminChanged', { roleId: '1', admin: '3' }],
    );
    expect((await ofPlatform())?.sort()).toEqual([
      `OPERATOR of ${STRANGER}: nothing / member, waits 0 s`,
      'admin of COMPLIANCE: nothing / OPERATOR',
      `role ${joined} of ${STRANGER}: nothing / member, waits 0 s`,
    ]);
    expect((await ofDeal())?.sort()).toEqual([
      `agent ${STRANGER} of Token:A: nothing / agent`,
      'closing of Subscription: nothing / closed',
      `function ${stop} of DealControl: role ${guardian} / OPERATOR`,
      `registry of Token:A: nothing / ${STRANGER}`,
      `role ${guardian} of ${STRANGER}: nothing / member, waits 0 s`,
    ]);
    await happens(
      ...[ROLES.OPERATOR, joined, guardian].map((role): [Hex, string, object] => [
        addressOf('AccessManager'),
        'RoleRevoked',
        { roleId: role.toString(), account: STRANGER },
      ]),
      assigned(CONTROL, stop, guardian),
      [TOKEN, 'AgentRemoved', { agent: STRANGER }],
      [addressOf('AccessManager'), 'TargetClosed', { target: OFFERING, closed: false }],
      [addressOf('AccessManager'), 'RoleAdminChanged', { roleId: '1', admin: '0' }],
    );
    expect(await ofPlatform()).toEqual([]);
    expect(await ofDeal()).toEqual([`registry of Token:A: nothing / ${STRANGER}`]);
  });
});
