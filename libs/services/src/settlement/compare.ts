import type { RunResult } from '@weir/waterfall';
import { transferWord } from '@weir/waterfall';

/** What `simulate` of the vault returns. */
export interface SimulatedRun {
  readonly slots: readonly bigint[];
  readonly transfers: readonly bigint[];
  readonly resultHash: string;
  readonly stateHash: string;
}

/** Differences that are named; a run that differs in more says so by its count. */
const NAMED = 20;

/**
 * Compares a run of the exact executor with the EVM's, slot by slot and transfer by transfer.
 * @returns what differs, in words; empty when they are identical
 */
export function compareRuns(exact: RunResult, evm: SimulatedRun): string[] {
  const differences: string[] = [];
  const differ = (what: string, a: unknown, b: unknown) => {
    if (a !== b) differences.push(`${what}: exact ${String(a)}, EVM ${String(b)}`);
  };
  differ('number of slots', exact.slots.length, evm.slots.length);
  exact.slots.forEach((value, slot) => differ(`slot ${slot}`, value, evm.slots[slot]));
  differ('number of transfers', exact.transfers.length, evm.transfers.length);
  exact.transfers.forEach((transfer, index) =>
    differ(`transfer ${index}`, transferWord(transfer), evm.transfers[index]),
  );
  differ('result hash', exact.resultHash, evm.resultHash);
  differ('state hash', exact.stateHash, evm.stateHash);
  const rest = differences.length - NAMED;
  return rest > 0 ? [...differences.slice(0, NAMED), `and ${rest} more`] : differences;
}
