import { artifacts } from '@weir/bindings';
import { addressOf, deploying } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import { AmendmentRecord } from '../amendments/entities.js';
import { currentDeal } from '../amendments/eras.js';
import { controlAbi } from '../amendments/on-chain.js';
import { queueStoring } from '../amendments/store-programs.js';
import { takeOver } from '../amendments/take-over.js';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { dealFor } from '../deals/party.js';
import { ChainScript } from '../deployment/chain-script.js';
import { dealAddress } from '../deployment/contracts.js';
import { DealContract } from '../deployment/entities.js';
import { PLATFORM_SIGNERS } from '../deployment/roles.js';
import { issueName, issueProposalOf } from './issue-on-chain.js';

/** Queue of the jobs that deploy an issue's contract. */
export const DEPLOY_ISSUE_QUEUE = 'further-issue-deployment';

/** Which issue, and the account that proposes it. */
export interface IssueJob {
  readonly dealId: string;
  readonly amendmentId: string;
  readonly proposer: Hex;
}

/** Deploys an issue's contract, stores its programs and proposes it. Resumable. @throws DeploymentFailed, StillPending */
export async function runIssueScript(
  context: ServiceContext,
  { dealId, amendmentId, proposer }: IssueJob,
): Promise<void> {
  const record = await context.uow.read(SYSTEM_ACTOR, (manager) =>
    manager.findOneByOrFail(AmendmentRecord, { dealId, amendmentId }),
  );
  if (record.issue === null || record.issueAddress !== null) return;
  const operator = await context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
  const script = new ChainScript(context, `deal/${dealId}/further-issue/${amendmentId}`, operator.address, dealId);
  const made = await script.together([deploying('FurtherIssue', artifacts.FurtherIssue, [record.issue])]);
  const address = addressOf(made, 'FurtherIssue');
  const object = `deal:${dealId}/amendment:${amendmentId}`;
  await context.uow.run(SYSTEM_ACTOR, { name: 'further-issue.deployed', object }, async (tx) => {
    const { manager } = tx;
    const deal = await currentDeal(manager, await dealFor(manager, dealId));
    const { next, mapping } = takeOver(deal, record.document);
    const proposal = issueProposalOf(address, await dealAddress(manager, dealId, 'DealVault'), record.terms);
    await manager.upsert(DealContract, { dealId, name: issueName(amendmentId), address }, ['dealId', 'name']);
    await manager.update(AmendmentRecord, { amendmentId }, { issueAddress: address, proposal });
    const programs = [next.program.bytes, mapping.program.bytes];
    await queueStoring(manager, { amendmentId, dealId, signer: proposer }, programs);
    const id = await attemptId(manager, `deal/${dealId}/amendment/${amendmentId}/proposeIssue`);
    const call = { id, signer: proposer, to: await dealAddress(manager, dealId, 'DealControl'), abi: controlAbi };
    const args = [address, record.terms];
    await queueCall(manager, { ...call, method: 'proposeIssue', args, dealId, purpose: 'further issue: propose' });
    tx.record({ object, before: null, after: { issue: address, proposal } });
  });
}
