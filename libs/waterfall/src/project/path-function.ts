import { DONE_AT, F64_BYTES, homeOf, REMIT_AT } from './memory-map.js';
import type { ModulePlan } from './plan.js';
import { I32, WasmCode } from './wasm-code.js';

/** Parameters: addresses of the first row, inputs, deposit and watched values, and how many periods to run. */
const [ROW, INPUTS, DEPOSIT, OUT, PERIODS] = [0, 1, 2, 3, 4];

function copy(code: WasmCode, from: number, to: number, words: number): void {
  for (let at = 0; at < words * F64_BYTES; at += F64_BYTES)
    code
      .i32(0)
      .i32(0)
      .load(from + at)
      .store(to + at);
}

/** Calls the chunks in order, passing over those that a jump leads beyond; leaves the function at a fault. */
function callChunks(code: WasmCode, { chunks }: ModulePlan, next: number): void {
  chunks.forEach(({ end, passable }, index) => {
    if (passable) {
      code.get(next).i32(end).op('i32.lt_s');
      code.begin('if');
    }
    code.get(ROW).get(INPUTS).get(OUT).get(next).call(index);
    code.tee(next).i32(0).op('i32.lt_s');
    code.begin('if');
    code.i32(0).get(next).op('i32.sub', 'return').end();
    if (passable) code.end();
  });
}

/**
 * The function that runs the payment dates of a path one after another over the functions of the chunks. It answers 0 or
 * the code of the fault that stopped it, with the number of periods before it at `DONE_AT`.
 */
export function pathFunction(plan: ModulePlan): WasmCode {
  const { program, map, watch, deposit } = plan;
  const { regions } = program.layout;
  const stateWords = regions.A.count + regions.S.count;
  const code = new WasmCode([I32, I32, I32, I32, I32], [I32]);
  const [next, done] = [code.local(I32), code.local(I32)];
  const advance = (local: number, bytes: number): void => void code.get(local).i32(bytes).op('i32.add').set(local);
  const again = code.begin('loop');
  code.i32(0).get(done).storeI32(DONE_AT);
  if (map.workAt !== map.stateAt) copy(code, map.stateAt, map.workAt, stateWords);
  for (const slot of plan.zeroed)
    code
      .i32(0)
      .f64(0)
      .store(homeOf(map, program.layout, slot));
  code.i32(0);
  code.f64(0).get(DEPOSIT).load(0).i32(0).loadI32(REMIT_AT).op('select');
  code.store(homeOf(map, program.layout, deposit.cash));
  code.i32(0).set(next);
  callChunks(code, plan, next);
  if (map.workAt !== map.stateAt) copy(code, map.workAt, map.stateAt, stateWords);
  advance(ROW, F64_BYTES * regions.R.count);
  advance(INPUTS, F64_BYTES * regions.I.count);
  advance(DEPOSIT, F64_BYTES);
  advance(OUT, F64_BYTES * watch.length);
  code.get(done).i32(1).op('i32.add').tee(done).get(PERIODS).op('i32.lt_s').brIf(again);
  code.end();
  code.i32(0).get(done).storeI32(DONE_AT);
  code.i32(0);
  return code;
}
