import type { Program, RunArguments } from '@weir/waterfall';
import { slotLabel } from './cases.js';
import type { Batch } from './digests.js';
import {
  type Digest,
  exactDigest,
  exactOutcome,
  type Fault,
  type Finished,
  type Machine,
  type Outcome,
} from './machine.js';

/** Where two outcomes of one run differ, the exact executor's value first; empty when they are the same in every word. */
function differing(program: Program, exact: Outcome, evm: Outcome): string[] {
  if ('fault' in exact || 'fault' in evm) {
    const [left, right] = [exact, evm].map((outcome) =>
      'fault' in outcome ? `${(outcome as Fault).fault} at ${(outcome as Fault).at}` : 'finished',
    );
    return left === right ? [] : [`outcome: ${left}, ${right}`];
  }
  return [
    ...wordsDiffering('slot', exact.slots, evm.slots, (index) => slotLabel(program, index)),
    ...wordsDiffering('transfer', exact.transfers, evm.transfers, String),
    ...(['resultHash', 'stateHash'] as const satisfies (keyof Finished)[])
      .filter((hash) => exact[hash] !== evm[hash])
      .map((hash) => `${hash}: ${exact[hash]}, ${evm[hash]}`),
  ];
}

function wordsDiffering(
  what: string,
  exact: readonly bigint[],
  evm: readonly bigint[],
  label: (index: number) => string,
): string[] {
  if (exact.length !== evm.length) return [`${what}s: ${exact.length}, ${evm.length}`];
  return exact.flatMap((word, index) =>
    word === evm[index] ? [] : [`${what} ${label(index)}: ${word}, ${evm[index]}`],
  );
}

/** Runs per call: small enough that the chain answers well within its time limit. */
const BATCH = 72;

/** Runs every case on both machines and tells each word in which they differ, by the number of the case. */
export async function differences(
  machine: Machine,
  program: Program,
  runs: readonly RunArguments[],
): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < runs.length; start += BATCH) {
    const batch = runs.slice(start, start + BATCH);
    const outcomes = await machine.run(program, batch);
    if (outcomes.length !== batch.length) found.push(`${outcomes.length} outcomes of ${batch.length} runs`);
    batch.forEach((run, index) => {
      const lines = differing(program, exactOutcome(program, run), outcomes[index]!);
      found.push(...lines.map((line) => `case ${start + index}: ${line}`));
    });
  }
  return found;
}

/** Whether the exact executor ends a run as the chain does. */
function sameDigest(program: Program, run: RunArguments, evm: Digest | undefined): boolean {
  const exact = exactDigest(program, run);
  if (!evm) return false;
  if ('fault' in exact || 'fault' in evm) {
    return 'fault' in exact && 'fault' in evm && exact.fault === evm.fault && exact.at === evm.at;
  }
  return exact.resultHash === evm.resultHash && exact.stateHash === evm.stateHash;
}

/**
 * Runs the cases of several programs on both machines in one call and compares the hashes over every slot, transfer and stored
 * word; where they differ, the run is made again and each word is told, by the numbers of the program and the case.
 */
export async function differencesOfMany(machine: Machine, batches: readonly Batch[]): Promise<string[]> {
  const outcomes = await machine.digests(batches);
  const found: string[] = [];
  for (const [index, { program, runs }] of batches.entries()) {
    const suspects = runs.flatMap((run, at) => (sameDigest(program, run, outcomes[index]?.[at]) ? [] : [at]));
    for (const at of suspects) {
      const lines = await differences(machine, program, [runs[at]!]);
      const told = lines.length > 0 ? lines : ['the digests differ and the words do not'];
      found.push(...told.map((line) => `program ${index}, ${line.replace('case 0', `case ${at}`)}`));
    }
  }
  return found;
}
