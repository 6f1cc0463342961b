import { type CompiledDeal, ExecutionError, type Projection } from '@weir/waterfall';
import { payInputs } from '../replay/pay-date.js';
import { faultOf, type PathFault } from './path-fault.js';
import type { Feed } from './feed-inputs.js';
import type { Watch } from './watch.js';

/** Watched slots after each payment date, row-major, in slot units; NaN from a fault on. */
export interface Path {
  readonly values: Float64Array;
  readonly fault: PathFault | null;
}

/** The payment dates run by the projection executor, each with a deposit of just what is due. */
export function runProjected(
  compiled: CompiledDeal,
  projection: Projection,
  path: { firstPeriod: number; rows: number; feed: Feed; state: readonly bigint[]; watch: Watch },
): Path {
  const { firstPeriod, rows, feed, state, watch } = path;
  const { values, fault } = projection.run({
    firstPeriod,
    periods: rows,
    inputs: feed.inputs,
    deposits: 'remittance',
    state: Float64Array.from(state, Number),
    watch: watch.slots,
  });
  return { values, fault: fault && faultOf(compiled, fault.period, fault.offset, fault.kind) };
}

/** The same by the exact executor, for cross-checks: a hundred times slower. */
export function runExact(
  compiled: CompiledDeal,
  path: { firstPeriod: number; rows: number; feed: Feed; state: readonly bigint[]; watch: Watch },
): Path {
  const { firstPeriod, rows, feed, watch } = path;
  const values = new Float64Array(watch.slots.length * rows).fill(Number.NaN);
  let state = { period: firstPeriod - 1, words: path.state };
  for (let row = 0; row < rows; row++) {
    const inputs = [...feed.inputs.subarray(row * feed.width, (row + 1) * feed.width)].map(BigInt);
    try {
      const { result, next } = payInputs(compiled, state, inputs);
      watch.slots.forEach((slot, index) => (values[row * watch.slots.length + index] = Number(result.slots[slot])));
      state = next;
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      return { values, fault: faultOf(compiled, firstPeriod + row, error.offset, error.fault) };
    }
  }
  return { values, fault: null };
}
