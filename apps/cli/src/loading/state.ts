import { closingState, cutOffPoolOf, type DealState, readState } from '@weir/valuation';
import { type CompiledDeal } from '@weir/waterfall';
import { compileOver, cutOffPoolFor, type OpenedDeal, openDeal, poolOption, readJson } from './deal.js';

/** Options that say where a deal stands. */
export interface StateOptions {
  state?: string;
  cutOffPool?: string;
  assumeZero?: boolean;
}

/** A deal compiled, with the state that it is taken up in. */
export interface DealInHand extends OpenedDeal {
  readonly compiled: CompiledDeal;
  readonly cutOffPool: bigint;
  readonly state: DealState;
  /** The state as it was given; null at closing. */
  readonly stateJson: unknown;
}

/** STATE as JSON; null for a deal at closing. */
async function stateJson({ state }: StateOptions): Promise<unknown> {
  return state === undefined || state === 'closing' ? null : readJson(state);
}

/**
 * Opens a deal, compiles it and reads its state. `pool` is taken for the pool at the cut-off date when nothing else says
 * it (cents). @throws DocumentHasErrors @throws InputInvalid @throws PoolUnknown
 */
export async function dealInHand(
  given: string,
  options: StateOptions,
  pool: bigint | null = null,
): Promise<DealInHand> {
  const asked = poolOption(options.cutOffPool);
  const opened = await openDeal(given, asked);
  const json = await stateJson(options);
  const cutOffPool = cutOffPoolFor(opened.deal, asked, json === null ? pool : cutOffPoolOf(json));
  const compiled = compileOver(opened, cutOffPool);
  const { assumeZero = false } = options;
  const state = json === null ? closingState(compiled) : readState(compiled, json, { assumeZero });
  return { ...opened, compiled, cutOffPool, state, stateJson: json };
}
