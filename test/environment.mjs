import { runInContext } from 'node:vm';
import NodeEnvironment from 'jest-environment-node';

/** What the language gives and no spec replaces: a spec that set the clock would do so by an argument, not by Date. */
const LANGUAGE = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'BigInt', 'Boolean', 'Symbol', 'RegExp', 'Math', 'JSON'],
  ...['Date', 'Intl', 'WebAssembly', 'Buffer'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Promise', 'Proxy', 'Reflect'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'EvalError', 'URIError', 'AggregateError'],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array', 'Float32Array', 'Float64Array'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite'],
];

/**
 * Jest's environment of Node, in which what the language gives is declared once more, as constants of the context. Jest's
 * global object answers each look-up of a name by a function, a hundred times as slow as a constant: arithmetic that says
 * BigInt or Math is slowed by as much.
 */
export default class Environment extends NodeEnvironment {
  constructor(...args) {
    super(...args);
    runInContext(`const ${LANGUAGE.map((name) => `${name} = globalThis.${name}`).join(', ')};`, this.context);
  }
}
