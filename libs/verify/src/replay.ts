import { decodeInputs, execute, runAmendment, stateHashOf, type RunResult } from '@weir/waterfall';
import { openingOf, settlementOf, type SettledEvent } from './chain.js';
import { same } from './compare.js';
import type { ProvenDeal, ProvenEra } from './deal.js';
import { Mismatch } from './errors.js';
import { formatMoney } from '@weir/money';
import type { Rpc } from './types.js';

/** A period run again: what the chain said, the state it started from, and the result, equal to the one paid. */
export interface ReplayedPeriod {
  settled: SettledEvent;
  previousStateHash: string;
  run: RunResult;
}

function sameWords(what: string, ours: readonly bigint[], theirs: readonly bigint[]): void {
  const index = ours.length === theirs.length ? ours.findIndex((word, i) => word !== theirs[i]) : ours.length;
  if (index >= 0) throw new Mismatch(`${what} differ from the chain's at word ${index}: the chain paid something else`);
}

/**
 * Runs the programs from the opening state through periods 1 … `period` on the inputs and deposits stored on chain; each
 * result and state must be the one paid, and what an amendment made of the state the one it came in force with. @throws Mismatch, ChainUnreadable and the executor's errors
 */
export async function replay(rpc: Rpc, deal: ProvenDeal, period: number): Promise<ReplayedPeriod> {
  const { eras, vault } = deal;
  const closing = eras[0]?.compiled ?? deal.compiled;
  const opened = await openingOf(rpc, vault);
  sameWords('the accounts and balances at closing', closing.initialState, opened.initialState);
  same('the state hash at closing', stateHashOf(closing.initialState), opened.stateHash);
  let state = closing.initialState;
  let { program } = closing;
  let replayed: ReplayedPeriod | null = null;
  for (let next = 1; next <= period; next++) {
    const era = eras.find(({ fromPeriod }) => fromPeriod === next);
    if (era?.change) {
      state = takenOver(era.change, state);
      ({ program } = era.compiled);
    }
    const settled = await settlementOf(rpc, vault, next);
    const { inputs, deposit } = settled;
    if (next === 1) checkCutOffPool(deal, inputs);
    const previousStateHash = stateHashOf(state);
    const run = execute(program, { period: next, inputs, deposit, state });
    same(`the result of period ${next}, run again,`, run.resultHash, settled.resultHash);
    same(`the state after period ${next}, run again,`, run.stateHash, settled.stateHash);
    sameWords(`the payments of period ${next}`, run.outputs, settled.outputs);
    state = run.state;
    replayed = { settled, previousStateHash, run };
  }
  if (!replayed) throw new Mismatch(`there is no period ${period}: periods are whole numbers from 1`);
  return replayed;
}

/** The words with which the first period after an amendment begins. */
function takenOver({ mapping, event }: NonNullable<ProvenEra['change']>, state: bigint[]): bigint[] {
  const { words } = runAmendment(mapping, state);
  const what = `the accounts and balances taken over in period ${event.fromPeriod}`;
  sameWords(what, words, event.state);
  same(`the state hash of ${what}`, stateHashOf(words), event.stateHash);
  return words;
}

/**
 * The first period opens with the cut-off pool. Its last cents can be lost in the program's rounded constants, so the
 * program alone would not show an edit of them.
 */
function checkCutOffPool(deal: ProvenDeal, inputs: readonly bigint[]): void {
  const opening = decodeInputs(deal.eras[0]?.compiled ?? deal.compiled, inputs)['poolOpening'];
  if (opening !== undefined && opening !== deal.cutOffPool) {
    throw new Mismatch(
      `cutOffPool of manifest.json is ${formatMoney(deal.cutOffPool)} where period 1 opened with ${formatMoney(opening)}`,
    );
  }
}
