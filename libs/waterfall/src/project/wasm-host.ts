/**
 * What a projection uses of the WebAssembly that every browser and Node have as a global. Declared here, because the
 * libraries are compiled without the browser's types.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A compiled module; opaque. */
export type WasmCompiled = object;

interface WasmHost {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmCompiled;
  Instance: new (module: WasmCompiled) => { readonly exports: Readonly<Record<string, unknown>> };
}

declare const WebAssembly: WasmHost;

/** Compiles a module, at once. */
export function compileWasm(bytes: Uint8Array<ArrayBuffer>): WasmCompiled {
  return new WebAssembly.Module(bytes);
}

/** Makes an instance with a memory of its own. */
export function instantiate(module: WasmCompiled): { memory: WasmMemory; run: (...args: number[]) => number } {
  const { exports } = new WebAssembly.Instance(module);
  return { memory: exports['memory'] as WasmMemory, run: exports['run'] as (...args: number[]) => number };
}
