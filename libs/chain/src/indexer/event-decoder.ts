import type { Interface, ParamType } from 'ethers';
import type { Hex } from '../signers/signer.js';
import type { ArgumentValue, ChainEvent } from './projection.js';

/** A log as a node gives it. */
export interface RawLog {
  address: Hex;
  topics: Hex[];
  data: Hex;
  blockNumber: Hex;
  blockHash: Hex;
  transactionHash: Hex;
  logIndex: Hex;
}

/** The event of a log, or null when the contract's interface does not know it. */
export function decodeLog(log: RawLog, contract: Interface, blockTimestamp: number): ChainEvent | null {
  const parsed = contract.parseLog(log);
  if (!parsed) return null;
  return {
    blockNumber: Number(log.blockNumber),
    blockHash: log.blockHash,
    blockTimestamp,
    transactionHash: log.transactionHash,
    logIndex: Number(log.logIndex),
    address: log.address.toLowerCase() as Hex,
    name: parsed.name,
    args: namedValues(parsed.fragment.inputs, parsed.args),
    final: false,
  };
}

function namedValues(params: readonly ParamType[], values: Iterable<unknown>): Record<string, ArgumentValue> {
  const list = [...values];
  return Object.fromEntries(params.map((param, i) => [param.name || String(i), plainValue(param, list[i])]));
}

function plainValue(param: ParamType, value: unknown): ArgumentValue {
  if (param.isArray()) return [...(value as Iterable<unknown>)].map((item) => plainValue(param.arrayChildren, item));
  if (param.isTuple()) return namedValues(param.components, value as Iterable<unknown>);
  if (typeof value === 'boolean') return value;
  const text = String(value);
  return param.type === 'address' ? text.toLowerCase() : text;
}
