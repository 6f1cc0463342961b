import { unsigned, type WasmCode } from './wasm-code.js';

/** Bytes of memory in a WebAssembly page. */
export const PAGE_BYTES = 65_536;

const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const FUNCTION_TYPE = 0x60;

const text = (name: string): number[] => [...unsigned(name.length), ...[...name].map((char) => char.charCodeAt(0))];
const vector = (items: readonly (readonly number[])[]): number[] => concat([unsigned(items.length), ...items]);
const section = (id: number, content: readonly number[]): number[] => concat([[id], unsigned(content.length), content]);

/** Concatenates without spreading into arguments: a body may have more bytes than a call may have arguments. */
function concat(parts: readonly (readonly number[])[]): number[] {
  const all: number[] = [];
  for (const part of parts) for (const byte of part) all.push(byte);
  return all;
}

/**
 * A module of these functions, called by their index, over a memory of its own. Exports the memory as `memory` and the
 * last function as `run`. Names are ASCII.
 */
export function wasmModule(functions: readonly WasmCode[], memoryPages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params, results }) =>
    concat([[FUNCTION_TYPE], vector(params.map((type) => [type])), vector(results.map((type) => [type]))]),
  );
  const bodies = functions.map((code) => {
    const body = code.finish();
    return concat([unsigned(body.length), body]);
  });
  const exported = [
    [...text('run'), 0, ...unsigned(functions.length - 1)],
    [...text('memory'), 2, 0],
  ];
  return Uint8Array.from(
    concat([
      MAGIC,
      section(1, vector(types)),
      section(3, vector(functions.map((_, index) => unsigned(index)))),
      section(5, vector([[0, ...unsigned(memoryPages)]])),
      section(7, vector(exported)),
      section(10, vector(bodies)),
    ]),
  );
}
