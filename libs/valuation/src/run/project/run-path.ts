import { type CompiledDeal, ExecutionError, type Projection } from '@weir/waterfall';
import { payInputs } from '../replay/pay-date.js';
import { figureOfRun } from '../replay/run-figure.js';
import type { Figure, Figures } from './figures.js';
import { faultOf, type PathFault } from './path-fault.js';
import type { Feed } from './feed-inputs.js';
import type { Watch } from './watch.js';

/** Watched slots after each payment date, row-major, in slot units; NaN from a fault on. */
export interface Path {
  readonly values: Float64Array;
  readonly fault: PathFault | null;
  /** Figures that are sums of transfers, cents by payment date, NaN from a fault on; none where transfers are not kept. */
  readonly transferred: ReadonlyMap<Figure, Float64Array>;
}

/** Figures that only transfers tell: what steps paid, and what went into and out of accounts. */
function transferFigures(figures: Figures, rows: number): Map<Figure, Float64Array> {
  const found = [...figures.values()].filter(({ kind }) => kind === 'step' || kind === 'account');
  return new Map(found.map((figure) => [figure, new Float64Array(rows).fill(Number.NaN)]));
}

/** What is run. */
export interface PathRequest {
  readonly firstPeriod: number;
  readonly rows: number;
  readonly feed: Feed;
  readonly state: readonly bigint[];
  readonly watch: Watch;
  readonly figures: Figures;
  /** Told the watched slots after each payment date; it may change what later ones are fed. */
  readonly after?: (row: number, watched: Float64Array) => void;
}

/** The payment dates one by one, for what comes of one to change what the next is fed. */
function runByDate(compiled: CompiledDeal, projection: Projection, path: PathRequest): Path {
  const { firstPeriod, rows, feed, watch, after } = path;
  const width = watch.slots.length;
  const values = new Float64Array(width * rows).fill(Number.NaN);
  let state: Float64Array = Float64Array.from(path.state, Number);
  for (let row = 0; row < rows; row++) {
    const done = projection.run({
      firstPeriod: firstPeriod + row,
      periods: 1,
      inputs: feed.inputs.subarray(row * feed.width, (row + 1) * feed.width),
      deposits: 'remittance',
      state,
      watch: watch.slots,
    });
    const { fault } = done;
    if (fault) {
      return { values, fault: faultOf(compiled, fault.period, fault.offset, fault.kind), transferred: new Map() };
    }
    values.set(done.values, row * width);
    state = done.state;
    after?.(row, done.values);
  }
  return { values, fault: null, transferred: new Map() };
}

/** The payment dates run by the projection executor, each with a deposit of just what is due. */
export function runProjected(compiled: CompiledDeal, projection: Projection, path: PathRequest): Path {
  if (path.after) return runByDate(compiled, projection, path);
  const { firstPeriod, rows, feed, state, watch } = path;
  const { values, fault } = projection.run({
    firstPeriod,
    periods: rows,
    inputs: feed.inputs,
    deposits: 'remittance',
    state: Float64Array.from(state, Number),
    watch: watch.slots,
  });
  const stopped = fault && faultOf(compiled, fault.period, fault.offset, fault.kind);
  return { values, fault: stopped, transferred: new Map() };
}

/** The same by the exact executor, which keeps what each step paid: a hundred times slower. */
export function runExact(compiled: CompiledDeal, path: PathRequest): Path {
  const { firstPeriod, rows, feed, watch, figures } = path;
  const transferred = transferFigures(figures, rows);
  const values = new Float64Array(watch.slots.length * rows).fill(Number.NaN);
  let state = { period: firstPeriod - 1, words: path.state };
  for (let row = 0; row < rows; row++) {
    const inputs = [...feed.inputs.subarray(row * feed.width, (row + 1) * feed.width)].map(BigInt);
    try {
      const paid = payInputs(compiled, state, inputs);
      const { slots } = paid.result;
      watch.slots.forEach((slot, index) => (values[row * watch.slots.length + index] = Number(slots[slot])));
      for (const [figure, column] of transferred) column[row] = Number(figureOfRun(paid, figure));
      state = paid.next;
      path.after?.(row, values.subarray(row * watch.slots.length, (row + 1) * watch.slots.length));
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      return { values, fault: faultOf(compiled, firstPeriod + row, error.offset, error.fault), transferred };
    }
  }
  return { values, fault: null, transferred };
}
