import { abis, decodeVaultLog } from '@weir/bindings';
import { Interface, toBeHex, type InterfaceAbi } from 'ethers';
import { logsOf, viewOf, type NodeLog, type SettledEvent } from './chain.js';
import { ChainUnreadable } from './errors.js';
import type { Rpc } from './types.js';

const vaultInterface = new Interface(abis.DealVault as InterfaceAbi);
const controlInterface = new Interface(abis.DealControl as InterfaceAbi);

/** Where and as what a settled report was submitted. */
export interface Submission {
  revision: number;
  log: NodeLog;
}

/** The submission of the report that was settled. @throws ChainUnreadable when there is none */
export async function submissionOf(rpc: Rpc, vault: string, settled: SettledEvent): Promise<Submission> {
  const what = `the submission of the report of period ${settled.period}`;
  const topics = [topicOf(vaultInterface, 'ReportSubmitted'), toBeHex(settled.period, 32), settled.reportDigest];
  for (const log of await logsOf(rpc, what, vault, topics)) {
    const event = decodeVaultLog(log);
    if (event?.name === 'ReportSubmitted') return { revision: event.revision, log };
  }
  throw new ChainUnreadable(what, `the vault ${vault} took none of this digest`);
}

/** The parties, as bit sets, of each signer (lower case) in the set that signed when the report was submitted. */
export async function signersAt(rpc: Rpc, vault: string, { log }: Submission): Promise<Map<string, number>> {
  const control = (await viewOf(rpc, vault, 'control')) as string;
  const sets = await logsOf(rpc, 'the signers of reports', control, [topicOf(controlInterface, 'SignersSet')]);
  const last = sets.filter((set) => placeOf(set) < placeOf(log)).pop();
  const parsed = last && controlInterface.parseLog({ topics: [...last.topics], data: last.data });
  if (!parsed) throw new ChainUnreadable('the signers of reports', `the control ${control} has none`);
  const { signers } = parsed.args[0] as { signers: { account: string; parties: bigint }[] };
  return new Map(signers.map(({ account, parties }) => [account.toLowerCase(), Number(parties)]));
}

function topicOf(contract: Interface, event: string): string {
  return contract.getEvent(event)?.topicHash ?? '';
}

/** A log's place in the chain as one number: blocks have fewer than 2^32 logs. */
const placeOf = ({ blockNumber, logIndex }: NodeLog): bigint => (BigInt(blockNumber) << 32n) | BigInt(logIndex);
