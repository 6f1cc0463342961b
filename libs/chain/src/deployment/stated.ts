import { ZeroAddress, getCreateAddress, keccak256 } from 'ethers';
import type { Hex } from '../signers/signer.js';
import type { AccessPlan } from './access-plan.js';
import { newManifest, type Manifest, type ManifestContract, type ManifestStep } from './manifest.js';
import { MADE_BY, carryOut, type PlatformContractName, type PlatformDeployment, type StepRecord } from './platform.js';
import type { Outcome, Outcomes, Step, StepRunner } from './step.js';
import { compared, type Comparison, type ManifestTick } from './ticks.js';

type Contracts = Readonly<Record<PlatformContractName, ManifestContract>>;

/** A manifest that says it is complete. */
export type WholeManifest = Manifest & { readonly contracts: Contracts; readonly access: AccessPlan };

const NO_TRANSACTION: Hex = `0x${'0'.repeat(64)}`;

/** Carries nothing out: what came of each step is what the manifest says of its contract. */
class StatedSteps implements StepRunner {
  constructor(private readonly manifest: WholeManifest) {}

  together(steps: readonly Step[]): Promise<Outcomes> {
    return Promise.resolve(new Map(steps.map(({ name }) => [name, this.outcomeOf(name)])));
  }

  private outcomeOf(name: string): Outcome {
    const { contracts } = this.manifest;
    const made = Object.entries(MADE_BY).find(([, by]) => by === name)?.[0] as PlatformContractName | undefined;
    const { transaction = null, block = null, nonce = -1 } = stepOf(this.manifest, name) ?? {};
    return {
      transaction: transaction ?? NO_TRANSACTION,
      block: block ?? -1,
      nonce,
      address: made === undefined ? null : contracts[made].address,
    };
  }
}

const stepOf = ({ steps }: Manifest, name: string): ManifestStep | undefined =>
  steps.find((step) => step.name === name && step.reverted !== true);

/** What a deployment on the manifest's terms by this release is, its contracts where the manifest says they are. */
export const replanned = (manifest: WholeManifest): Promise<PlatformDeployment> =>
  carryOut(new StatedSteps(manifest), manifest.terms);

/** Holds what a manifest says against what follows from its terms; no chain is asked. */
export function statementTicks(manifest: WholeManifest, planned: PlatformDeployment): ManifestTick[] {
  const { codeHash } = newManifest(manifest.chainId, manifest.terms);
  return [
    ...compared('terms', termComparisons(manifest), 'every account is named'),
    ...compared('release', [['', codeHash, manifest.codeHash]], `creation codes of hash ${codeHash}`),
    ...Object.entries(manifest.contracts).flatMap(([name, contract]) =>
      compared(
        `plan of ${name}`,
        contractComparisons(contract, planned.contracts[name as PlatformContractName]),
        contract.made === null ? 'was there before' : `made with ${JSON.stringify(contract.made.values)}`,
      ),
    ),
    ...planned.steps.flatMap((step) =>
      compared(`step ${step.name}`, stepComparisons(manifest, step), `nonce ${step.nonce}`),
    ),
    ...compared('steps', [['', namesOf(planned.steps), namesOf(liveSteps(manifest))]], `${planned.steps.length} steps`),
    ...planTicks(manifest.access, planned.access),
  ];
}

const liveSteps = ({ steps }: Manifest): ManifestStep[] => steps.filter(({ reverted }) => reverted !== true);

const namesOf = (steps: readonly { readonly name: string }[]): string =>
  steps
    .map(({ name }) => name)
    .sort()
    .join(', ');

function termComparisons({ terms, contracts }: WholeManifest): Comparison[] {
  const { timelock: _timelock, ...accounts } = terms;
  const named = [
    ...Object.entries(accounts),
    ...Object.entries(contracts).map(([name, { address }]) => [name, address] as const),
  ];
  return [
    ...named.map(([name, account]): Comparison => {
      const nobody = account === ZeroAddress;
      return [name, nobody ? 'an address' : String(account), String(account)];
    }),
    ['admin', 'not the deployer', terms.admin === terms.deployer ? 'the deployer' : 'not the deployer'],
  ];
}

function contractComparisons(
  { address, made }: ManifestContract,
  planned: PlatformDeployment['contracts'][PlatformContractName],
): Comparison[] {
  const given: Comparison = ['address', planned.address, address];
  const origin = (by: typeof made): string => (by === null ? 'there before' : 'made by the deployment');
  if (made === null || planned.made === null) return [given, ['origin', origin(planned.made), origin(made)]];
  return [
    given,
    ['creation code', planned.made.creationCodeHash, made.creationCodeHash],
    ['constructor arguments', planned.made.constructorArguments, made.constructorArguments],
    ['constructor arguments in words', JSON.stringify(planned.made.values), JSON.stringify(made.values)],
    ['transaction', planned.made.transaction, made.transaction],
    ['block', String(planned.made.block), String(made.block)],
  ];
}

/** A step's address follows from the deployer and its nonce, and its bytes from the terms. */
function stepComparisons(manifest: WholeManifest, { name, to, data, nonce, address }: StepRecord): Comparison[] {
  const stated = stepOf(manifest, name);
  if (stated === undefined) return [['', 'a transaction of the deployment', 'none']];
  const from = manifest.terms.deployer;
  const made = to === null && nonce >= 0 ? getCreateAddress({ from, nonce }).toLowerCase() : String(address);
  return [
    ['to', String(to), String(stated.to)],
    ['data', keccak256(data), stated.dataHash],
    ['address', made, String(stated.address)],
    ['address of what it made', made, String(address)],
  ];
}

/** The manifest's powers are those of its terms: no more, no fewer, and none other. */
function planTicks(stated: AccessPlan, planned: AccessPlan): ManifestTick[] {
  const comparisons = (['grants', 'restrictions', 'guardians'] as const).flatMap((kind): Comparison[] => {
    const wanted = new Set(planned[kind].map(inWords));
    const found = new Set(stated[kind].map(inWords));
    const lacking = [...wanted].filter((one) => !found.has(one));
    const beside = [...found].filter((one) => !wanted.has(one));
    return [
      ...lacking.map((one): Comparison => [kind, one, 'nothing of it']),
      ...beside.map((one): Comparison => [kind, 'nothing of it', one]),
    ];
  });
  const { grants, restrictions } = planned;
  return compared('powers', comparisons, `${grants.length} grants and ${restrictions.length} lists of functions`);
}

/** The same for the same, in whatever order its parts were written. */
const inWords = (part: object): string => JSON.stringify(part, Object.keys(part).sort());
