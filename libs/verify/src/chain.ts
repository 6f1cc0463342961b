import { Interface, toBeHex, zeroPadValue, type InterfaceAbi } from 'ethers';
import { abis, decodeVaultLog, type RawLog, type VaultEvent } from '@weir/bindings';
import { bytesOf, type Hex, hexOf } from '@weir/money';
import { pageAddresses } from '@weir/waterfall';
import { ChainUnreadable } from './errors.js';
import type { Rpc } from './types.js';

export type SettledEvent = Extract<VaultEvent, { name: 'Settled' }> & { vault: string };
export type AmendedEvent = Extract<VaultEvent, { name: 'Amended' }>;
export type OpenedEvent = Extract<VaultEvent, { name: 'Opened' }>;

const vaultInterface = new Interface(abis.DealVault as InterfaceAbi);

function topicOf(event: 'Settled' | 'Opened' | 'Amended'): string {
  const found = vaultInterface.getEvent(event);
  if (!found) throw new ChainUnreadable(event, 'the contract bindings lack this event');
  return found.topicHash;
}

async function ask(rpc: Rpc, what: string, method: string, params: unknown[]): Promise<unknown> {
  try {
    return await rpc(method, params);
  } catch (error) {
    throw new ChainUnreadable(
      what,
      `the node refused ${method} (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

/** Chain id that the node serves. @throws ChainUnreadable */
export async function chainIdOf(rpc: Rpc): Promise<bigint> {
  const answer = await ask(rpc, 'the chain id', 'eth_chainId', []);
  if (typeof answer !== 'string' || !/^0x[0-9a-fA-F]+$/.test(answer))
    throw new ChainUnreadable('the chain id', 'no number');
  return BigInt(answer);
}

async function codeOf(rpc: Rpc, address: string): Promise<Uint8Array> {
  const code = await ask(rpc, 'the program', 'eth_getCode', [address, 'latest']);
  if (typeof code !== 'string' || !/^0x(?:[0-9a-fA-F]{2})+$/.test(code)) {
    throw new ChainUnreadable('the program', `there is no code at ${address}`);
  }
  return bytesOf(code as Hex);
}

const controlInterface = new Interface(abis.DealControl as InterfaceAbi);

/** Which program pays a period, as the deal's control has it. */
export interface Era {
  program: string;
  programHash: string;
  documentHash: string;
}

/** The program of a period of a vault. @throws ChainUnreadable */
export async function programOf(rpc: Rpc, vault: string, period: number): Promise<Era> {
  const control = (await viewOf(rpc, vault, 'control')) as string;
  const call = { to: control, data: controlInterface.encodeFunctionData('programOf', [vault, period]) };
  const what = `the program of period ${period}`;
  const answer = await ask(rpc, what, 'eth_call', [call, 'latest']);
  try {
    const [era] = controlInterface.decodeFunctionResult('programOf', answer as string) as unknown as [Era];
    const { program, programHash, documentHash } = era;
    return { program, programHash, documentHash };
  } catch {
    throw new ChainUnreadable(what, `the vault ${vault} has no such period`);
  }
}

/** Amendments of a vault that pay a period or one before, in the order of the chain. @throws ChainUnreadable */
export async function amendmentsUpTo(rpc: Rpc, vault: string, period: number): Promise<AmendedEvent[]> {
  const logs = await logsOf(rpc, 'the amendments', vault, [topicOf('Amended')]);
  return logs.flatMap((log) => {
    const event = decodeVaultLog(log);
    return event?.name === 'Amended' && event.fromPeriod <= period ? [event] : [];
  });
}

/** The bytes of a stored program, of all its pages when it lies in pages. @throws ChainUnreadable */
export async function storedProgramOf(rpc: Rpc, address: string): Promise<Uint8Array> {
  const code = await codeOf(rpc, address);
  const addresses = pageAddresses(code);
  const codes = addresses ? await Promise.all(addresses.map((page) => codeOf(rpc, hexOf(page)))) : [code];
  // Each code begins with a zero byte, so that it cannot be called.
  return Uint8Array.from(codes.flatMap((one) => [...one.subarray(1)]));
}

/** What a view function of the vault without arguments returns. @throws ChainUnreadable */
export async function viewOf(rpc: Rpc, vault: string, name: string): Promise<unknown> {
  const call = { to: vault, data: vaultInterface.encodeFunctionData(name) };
  const answer = await ask(rpc, name, 'eth_call', [call, 'latest']);
  try {
    return vaultInterface.decodeFunctionResult(name, answer as string)[0] as unknown;
  } catch {
    throw new ChainUnreadable(name, `there is no vault at ${vault}`);
  }
}

const pledgeInterface = new Interface(abis.PledgeRegistry as InterfaceAbi);

/** What a view function of the registry of pledges with one argument returns. @throws ChainUnreadable */
async function askRegistry(rpc: Rpc, registry: string, name: string, argument: string): Promise<unknown> {
  const call = { to: registry, data: pledgeInterface.encodeFunctionData(name, [argument]) };
  const answer = await ask(rpc, 'the pledge', 'eth_call', [call, 'latest']);
  try {
    return pledgeInterface.decodeFunctionResult(name, answer as string)[0] as unknown;
  } catch {
    throw new ChainUnreadable('the pledge', `there is no registry of pledges at ${registry}`);
  }
}

/** The vault that a pledge key is pledged to, the zero address when it is free. @throws ChainUnreadable */
export async function pledgedTo(rpc: Rpc, registry: string, key: Hex): Promise<string> {
  return String(await askRegistry(rpc, registry, 'pledgedTo', key));
}

/** Whether the registry of pledges has admitted the vault. @throws ChainUnreadable */
export async function isAdmitted(rpc: Rpc, registry: string, vault: string): Promise<boolean> {
  return (await askRegistry(rpc, registry, 'isAdmitted', vault)) === true;
}

const topicOfPledges = (name: 'Pledged' | 'Released'): string => {
  const found = pledgeInterface.getEvent(name);
  if (!found) throw new ChainUnreadable(name, 'the contract bindings lack this event');
  return found.topicHash;
};

/** Keys that any registry of pledges says were pledged to the vault. @throws ChainUnreadable */
export async function keysPledgedTo(rpc: Rpc, vault: string): Promise<Set<string>> {
  const logs = await logsOf(rpc, 'the pledges', null, [
    topicOfPledges('Pledged'),
    zeroPadValue(vault.toLowerCase(), 32),
  ]);
  // By its place: a result's own `keys` is that of every list.
  return new Set(logs.flatMap((log) => [...((pledgeInterface.parseLog(log)?.args[1] ?? []) as string[])]));
}

/** The period in which a registry released a key from the vault; null when it did not. @throws ChainUnreadable */
export async function releasedIn(rpc: Rpc, registry: string, vault: string, key: Hex): Promise<number | null> {
  const topics = [topicOfPledges('Released'), zeroPadValue(vault.toLowerCase(), 32), key];
  const [log] = await logsOf(rpc, 'the release', registry, topics);
  return log === undefined ? null : Number(pledgeInterface.parseLog(log)?.args.period);
}

/** A log with its place in the chain. */
export interface NodeLog extends RawLog {
  address: string;
  blockNumber: string;
  logIndex: string;
}

/** Logs of a contract, or of all when `vault` is null, in the order of the chain. @throws ChainUnreadable */
export async function logsOf(rpc: Rpc, what: string, vault: string | null, topics: string[]): Promise<NodeLog[]> {
  const filter = { fromBlock: '0x0', toBlock: 'latest', topics, ...(vault === null ? {} : { address: vault }) };
  const answer = await ask(rpc, what, 'eth_getLogs', [filter]);
  if (!Array.isArray(answer)) throw new ChainUnreadable(what, 'the node sent no list of logs');
  return answer as NodeLog[];
}

/** Settlements of a period: of one vault, or of every vault on the chain when `vault` is null. @throws ChainUnreadable */
export async function settlementsOf(rpc: Rpc, vault: string | null, period: number): Promise<SettledEvent[]> {
  const what = `the settlement of period ${period}`;
  const logs = await logsOf(rpc, what, vault, [topicOf('Settled'), toBeHex(period, 32)]);
  return logs.flatMap((log) => {
    const event = decodeVaultLog(log);
    return event?.name === 'Settled' && event.period === period ? [{ ...event, vault: log.address }] : [];
  });
}

/** The one settlement of a vault's period. @throws ChainUnreadable when there is none */
export async function settlementOf(rpc: Rpc, vault: string, period: number): Promise<SettledEvent> {
  const [event] = await settlementsOf(rpc, vault, period);
  if (!event) throw new ChainUnreadable(`the settlement of period ${period}`, `the vault ${vault} has not settled it`);
  return event;
}

/** The vault's opening. @throws ChainUnreadable when it was not opened */
export async function openingOf(rpc: Rpc, vault: string): Promise<OpenedEvent> {
  for (const log of await logsOf(rpc, 'the opening', vault, [topicOf('Opened')])) {
    const event = decodeVaultLog(log);
    if (event?.name === 'Opened') return event;
  }
  throw new ChainUnreadable('the opening', `the vault ${vault} has not been opened`);
}
