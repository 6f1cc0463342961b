import { RESTRICTED_FUNCTIONS, ROLES, artifacts } from '@weir/bindings';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import type { AccessPlan } from './access-plan.js';
import type { BlockTag } from './making.js';
import { askContract, askManager, type Question } from './manager-reader.js';
import type { PlatformDeployment } from './platform.js';
import { selectors } from './step.js';
import { compared, type Comparison, type ManifestTick } from './ticks.js';

/** Whom the contracts ask who may call them. A registry of pledges of another platform asks that one's manager. */
export async function authorityTicks(rpc: Rpc, planned: PlatformDeployment, at: BlockTag): Promise<ManifestTick[]> {
  const { contracts, access: plan } = planned;
  const ticks: ManifestTick[] = [];
  for (const name of ['InvestorRegistry', 'PledgeRegistry', 'DealRoles'] as const) {
    const { address, made } = contracts[name];
    const answer = await askContract(rpc, address, 'authority() view returns (address)', at);
    const found = answer === null ? 'none' : String(answer).toLowerCase();
    if (made !== null)
      ticks.push(...compared(`authority of ${name}`, [['', contracts.AccessManager.address, found]], found));
    else ticks.push(...(await foreignTicks(rpc, address, found, operatorOf(plan), at)));
  }
  return ticks;
}

async function foreignTicks(
  rpc: Rpc,
  registry: Hex,
  authority: string,
  operator: Hex,
  at: BlockTag,
): Promise<ManifestTick[]> {
  const title = 'OPERATOR in the registry of pledges that was given';
  if (authority === 'none') return compared(title, [['', 'a registry with an authority', 'none']], '');
  const functions = RESTRICTED_FUNCTIONS.PledgeRegistry.OPERATOR;
  const questions: Question[] = [
    ['hasRole', [ROLES.OPERATOR, operator]],
    ...selectors(artifacts.PledgeRegistry.abi, functions).map((selector): Question => [
      'canCall',
      [operator, registry, selector],
    ]),
  ];
  const answers = await askManager(rpc, authority as Hex, questions, at).catch(() => null);
  if (answers === null) return compared(title, [['', 'an AccessManager as its authority', authority]], '');
  const [holds, ...calls] = answers;
  const atOnce = (yes: unknown): string => (yes === true ? 'at once' : 'not at once');
  return compared(
    title,
    [
      [
        operator,
        'a member that waits 0 s',
        holds?.[0] === true ? `a member that waits ${String(holds[1])} s` : 'no member',
      ],
      ...functions.map((name, index): Comparison => [name, 'at once', atOnce(calls[index]?.[0])]),
    ],
    `${operator} calls ${functions.join(', ')} at once`,
  );
}

const operatorOf = ({ grants }: AccessPlan): Hex =>
  grants.find(({ role }) => role === 'OPERATOR')?.account ?? `0x${'0'.repeat(40)}`;
