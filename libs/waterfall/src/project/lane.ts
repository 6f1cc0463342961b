import type { Program } from '../program/program.js';
import { ProjectionArgumentError } from './errors.js';
import { chunkFunction } from './chunk-function.js';
import { DONE_AT, F64_BYTES, REMIT_AT } from './memory-map.js';
import { faultOf, type FaultKind } from './operations.js';
import { pathFunction } from './path-function.js';
import { quotientFunction } from './quotient-function.js';
import { type ModulePlan, planModule } from './plan.js';
import { compileWasm, instantiate, type WasmCompiled, type WasmMemory } from './wasm-host.js';
import { PAGE_BYTES, wasmModule } from './wasm-module.js';

/** Where a path stopped: the period counts from the first payment date, the offset from the start of the code. */
export interface ProjectionFault {
  period: number;
  offset: number;
  kind: FaultKind;
}

/**
 * A place to run path after path without allocation: fill the columns, run, read the columns. The arrays are views of
 * the lane's own memory and stay the same; one lane runs one path at a time.
 */
export interface ProjectionLane {
  /** Periods that the columns have room for. */
  readonly periods: number;
  readonly watch: readonly number[];
  /** Inputs of each period, row-major, in slot order. */
  readonly inputs: Float64Array;
  /** Deposit of each period; not read when the run is on remittance. */
  readonly deposits: Float64Array;
  /** Account and state words: the opening before a run, after it those of the last finished payment date. */
  readonly state: Float64Array;
  /** Watched slots after each period, row-major; rows of periods that were not finished keep what they held. */
  readonly values: Float64Array;
  /** Runs `periods` payment dates from `firstPeriod`. `remitted`: the servicer deposits just what is due. */
  run(firstPeriod: number, periods: number, remitted: boolean): ProjectionFault | null;
}

/** A compiled module with the plan it was made by; instantiated once for each lane. */
export interface ProjectionModule {
  plan: ModulePlan;
  module: WasmCompiled;
}

/** Compiles a program to a module that returns the watched slots. @param size instructions a function, about. */
export function projectionModule(program: Program, watch: readonly number[], size?: number): ProjectionModule {
  const bad = watch.find((slot) => !(Number.isInteger(slot) && slot >= 0 && slot < program.layout.slots));
  if (bad !== undefined) throw new ProjectionArgumentError('watch', `names slot ${bad}, outside the frame`);
  const plan = planModule(program, watch, size);
  const chunks = plan.chunks.map((_, index) => chunkFunction(plan, index));
  const functions = [...chunks, quotientFunction(), pathFunction(plan)];
  return { plan, module: compileWasm(wasmModule(functions, 1)) };
}

/** Writes a program's rows into memory. */
function placeRows(memory: WasmMemory, { program, map }: ModulePlan): void {
  const { R } = program.layout.regions;
  const rows = new Float64Array(memory.buffer, map.rowsAt, R.count * program.layout.rows);
  program.rows.forEach((row, index) => row.forEach((word, column) => (rows[R.count * index + column] = Number(word))));
}

/** A lane with room for `periods` payment dates. */
export function openLane({ plan, module }: ProjectionModule, periods: number): ProjectionLane {
  const { program, map, watch } = plan;
  const { regions, rows } = program.layout;
  const { memory, run: runPath } = instantiate(module);
  const inputsAt = map.rowsAt + F64_BYTES * regions.R.count * rows;
  const depositsAt = inputsAt + F64_BYTES * regions.I.count * periods;
  const valuesAt = depositsAt + F64_BYTES * periods;
  const bytes = valuesAt + F64_BYTES * watch.length * periods;
  memory.grow(Math.max(0, Math.ceil(bytes / PAGE_BYTES) - 1));
  placeRows(memory, plan);
  const column = (at: number, words: number): Float64Array => new Float64Array(memory.buffer, at, words);
  const control = new Int32Array(memory.buffer, 0, 2);
  const run: ProjectionLane['run'] = (firstPeriod, count, remitted) => {
    const whole = Number.isInteger(firstPeriod) && Number.isInteger(count);
    if (!(whole && firstPeriod >= 1 && count >= 1 && count <= periods && firstPeriod + count - 1 <= rows)) {
      throw new ProjectionArgumentError(
        'periods',
        `${firstPeriod} + ${count} are not within 1 … ${rows}, or exceed the lane`,
      );
    }
    if (remitted && plan.deposit.early >= 0) {
      throw new ProjectionArgumentError('deposits', 'must be given: the program reads the deposit before it is in');
    }
    control[REMIT_AT / 4] = remitted ? 1 : 0;
    const row = map.rowsAt + F64_BYTES * regions.R.count * (firstPeriod - 1);
    const code = runPath(row, inputsAt, depositsAt, valuesAt, count);
    return code === 0 ? null : { period: firstPeriod + (control[DONE_AT / 4] ?? 0), ...faultOf(code) };
  };
  return {
    periods,
    watch,
    inputs: column(inputsAt, regions.I.count * periods),
    deposits: column(depositsAt, periods),
    state: column(map.stateAt, regions.A.count + regions.S.count),
    values: column(valuesAt, watch.length * periods),
    run,
  };
}
