import { describe, expect, it } from '@jest/globals';
import { F64, I32, signed, unsigned, WasmCode } from './wasm-code.js';
import { instantiate, compileWasm } from './wasm-host.js';
import { wasmModule } from './wasm-module.js';

describe('LEB128', () => {
  it('of the examples that Wikipedia gives', () => {
    // https://en.wikipedia.org/wiki/LEB128: 624485 unsigned, −123456 signed
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
  });

  it.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
  ])('of %d, signed', (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
  });

  it.each([
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('of %d, unsigned', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });
});

describe('a module', () => {
  it('calls its functions, and keeps what they store in its memory', () => {
    // half(x) = x ÷ 2; run(a) stores half of the number at address a at address a + 8, and answers a + 8
    const half = new WasmCode([F64], [F64]).get(0).f64(2).op('f64.div');
    const run = new WasmCode([I32], [I32]);
    const place = run.local(I32);
    run.get(0).i32(8).op('i32.add').tee(place).get(0).load(0).call(0).store(0).get(place);
    const instance = instantiate(compileWasm(wasmModule([half, run], 1)));
    const words = new Float64Array(instance.memory.buffer);
    words[2] = 7;
    expect(instance.run(16)).toBe(24);
    expect(words[3]).toBe(3.5);
  });

  it('leaves blocks by their label, from any depth', () => {
    // run(a): 1 when a = 0, else 2
    const run = new WasmCode([I32], [I32]);
    const answer = run.local(I32);
    run.i32(2).set(answer);
    const outer = run.begin('block');
    const inner = run.begin('block');
    run.get(0).op('i32.eqz').brIf(inner).br(outer).end();
    run.i32(1).set(answer).end().get(answer);
    const instance = instantiate(compileWasm(wasmModule([run], 1)));
    expect([instance.run(0), instance.run(5)]).toEqual([1, 2]);
  });
});
