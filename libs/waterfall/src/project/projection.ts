import type { Program } from '../program/program.js';
import { ProjectionArgumentError } from './errors.js';
import {
  openLane,
  type ProjectionFault,
  type ProjectionLane,
  type ProjectionModule,
  projectionModule,
} from './lane.js';

/** One path of a projection. Money in cents as float64. */
export interface ProjectionPath {
  /** The first payment date, counted from 1; payment dates firstPeriod … firstPeriod + periods − 1 are run. */
  firstPeriod: number;
  periods: number;
  /** Inputs of each period, row-major, in slot order. */
  inputs: Float64Array;
  /** One deposit a period; 'remittance' when the servicer deposits just what is due. */
  deposits: Float64Array | 'remittance';
  /** Account words and then state words at the start. */
  state: Float64Array;
  /** Slot ids whose values after each period are returned. */
  watch: readonly number[];
}

export interface ProjectionResult {
  /** Watched slots after each period, row-major; NaN from a fault on. */
  values: Float64Array;
  /** Account and state words after the last payment date that was finished. */
  state: Float64Array;
  fault: ProjectionFault | null;
}

/** A program as a projection: float64, for scenarios by the thousand. What it computes never feeds a payment. */
export interface Projection {
  readonly program: Program;
  /** Runs one path. @throws ProjectionArgumentError when the path does not fit the program. */
  run(path: ProjectionPath): ProjectionResult;
  /** A lane of its own for many paths of at most `periods` payment dates that watch the same slots. */
  lane(periods: number, watch: readonly number[]): ProjectionLane;
}

/** Modules and lanes kept for the watch lists that were used last. */
const KEPT = 8;

function checkLength(argument: 'inputs' | 'deposits' | 'state', words: Float64Array, count: number): void {
  if (words.length === count) return;
  throw new ProjectionArgumentError(argument, `has ${words.length} words, the program wants ${count}`);
}

/** Values made once for each key, for the keys used last. */
class Recent<V> {
  private readonly values = new Map<string, V>();

  get(key: string, fits: (value: V) => boolean, make: () => V): V {
    const known = this.values.get(key);
    const value = known !== undefined && fits(known) ? known : make();
    this.values.delete(key);
    this.values.set(key, value);
    const oldest = this.values.keys().next().value;
    if (this.values.size > KEPT && oldest !== undefined) this.values.delete(oldest);
    return value;
  }
}

const sameSlots = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((slot, index) => slot === b[index]);

class CompiledProjection implements Projection {
  private readonly modules = new Recent<ProjectionModule>();
  private readonly lanes = new Recent<ProjectionLane>();
  private current: ProjectionLane | undefined;

  constructor(
    readonly program: Program,
    private readonly size: number | undefined,
  ) {}

  lane(periods: number, watch: readonly number[]): ProjectionLane {
    const make = (): ProjectionModule => projectionModule(this.program, [...watch], this.size);
    return openLane(
      this.modules.get(watch.join(), () => true, make),
      periods,
    );
  }

  run(path: ProjectionPath): ProjectionResult {
    const { firstPeriod, periods, inputs, deposits, state, watch } = path;
    const { I, A, S } = this.program.layout.regions;
    checkLength('inputs', inputs, I.count * periods);
    checkLength('state', state, A.count + S.count);
    const lane = this.laneFor(periods, watch);
    lane.inputs.set(inputs);
    lane.state.set(state);
    if (deposits !== 'remittance') {
      checkLength('deposits', deposits, periods);
      lane.deposits.set(deposits);
    }
    const fault = lane.run(firstPeriod, periods, deposits === 'remittance');
    const values = lane.values.slice(0, watch.length * periods);
    if (fault) values.fill(Number.NaN, watch.length * (fault.period - firstPeriod));
    return { values, state: lane.state.slice(), fault };
  }

  private laneFor(periods: number, watch: readonly number[]): ProjectionLane {
    const { current } = this;
    if (current && periods <= current.periods && sameSlots(current.watch, watch)) return current;
    const fits = (lane: ProjectionLane): boolean => lane.periods >= periods;
    const room = Math.max(periods, this.program.layout.rows);
    this.current = this.lanes.get(watch.join(), fits, () => this.lane(room, watch));
    return this.current;
  }
}

/**
 * Compiles a program to WebAssembly, once for each list of watched slots, at its first use.
 *
 * The laws of docs/waterfall-program.md hold with float64. While every value stays below 2^50 (in cents 11 trillion), each
 * slot is just what the exact executor gives, since quotients of larger products are decided exactly; above, values are
 * rounded to 53 bits. A SUB below zero and a division by zero stop the path. Not checked are the upper ranges, 2^128 and
 * 2^85, and that the deposit slot ends empty.
 * @param size instructions of one WebAssembly function, about; for measuring.
 */
export function compileProjection(program: Program, size?: number): Projection {
  return new CompiledProjection(program, size);
}
