import type { Contract } from 'ethers';
import type { Hex } from '@weir/money';
import { checkBooked, type CompiledDeal, execute, ExecutionError, NotBooked, type RunResult } from '@weir/waterfall';
import { compareRuns } from './compare.js';
import { ExecutorsDiffer, RunStopped } from './errors.js';

/** What a payment is run on: the report's inputs, the deposit in cents, the state words before. */
export interface RunOn {
  readonly period: number;
  readonly inputs: bigint[];
  readonly deposit: bigint;
  readonly state: bigint[];
}

/** Runs the exact executor. @throws RunStopped when a law of the program is broken (range, division by zero, width), or the vault could not book it */
export function runExact(compiled: CompiledDeal, on: RunOn): RunResult {
  try {
    const result = execute(compiled.program, on);
    checkBooked(compiled.program, on.deposit, result);
    return result;
  } catch (error) {
    if (error instanceof ExecutionError || error instanceof NotBooked) throw new RunStopped(error.message);
    throw error;
  }
}

/**
 * Runs the exact executor and, by simulation, the EVM on the vault's own state, and demands that the two agree in
 * every slot and transfer.
 * @throws RunStopped, ExecutorsDiffer
 */
export async function runBoth(compiled: CompiledDeal, vault: Contract, on: RunOn): Promise<RunResult> {
  const exact = runExact(compiled, on);
  const answer = (await vault.getFunction('simulate').staticCall(on.inputs, on.deposit)) as unknown as [
    bigint[],
    bigint[],
    Hex,
    Hex,
  ];
  const [slots, transfers, resultHash, stateHash] = answer;
  const differences = compareRuns(exact, { slots: [...slots], transfers: [...transfers], resultHash, stateHash });
  if (differences.length > 0) throw new ExecutorsDiffer(differences);
  return exact;
}
