import { F64, WasmCode } from './wasm-code.js';

/** 2^27 + 1: splits the 53 bits of a float64 in two halves (T. J. Dekker, Numerische Mathematik 18, 1971, §5). */
const SPLITTER = 134_217_729;

/** Splits a local into two new ones whose sum it is and whose products with other halves are exact. */
function split(code: WasmCode, x: number): { high: number; low: number } {
  const [scaled, high, low] = [code.local(F64), code.local(F64), code.local(F64)];
  code.get(x).f64(SPLITTER).op('f64.mul').set(scaled);
  code.get(scaled).get(scaled).get(x).op('f64.sub', 'f64.sub').set(high);
  code.get(x).get(high).op('f64.sub').set(low);
  return { high, low };
}

/** The product of two locals as the sum of two new ones, exactly (Dekker's Mul12). */
function product(code: WasmCode, x: number, y: number): { rounded: number; rest: number } {
  const [rounded, rest] = [code.local(F64), code.local(F64)];
  const [a, b] = [split(code, x), split(code, y)];
  code.get(x).get(y).op('f64.mul').set(rounded);
  code.get(a.high).get(b.high).op('f64.mul').get(rounded).op('f64.sub');
  code.get(a.high).get(b.low).op('f64.mul', 'f64.add');
  code.get(a.low).get(b.high).op('f64.mul', 'f64.add');
  code.get(a.low).get(b.low).op('f64.mul', 'f64.add').set(rest);
  return { rounded, rest };
}

/**
 * The function that decides a quotient which float64 leaves open: of q and q − 1, floor((a·b + h) ÷ c), for integers
 * below 2^50 of which q·c and a·b + h are nearly equal. Parameters q, a, b, h, c, and the least that may be left over.
 *
 * a·b + h − q·c, what is left over, is below zero (of a ceiling with h = c: below one) just when q is too large. Both products are taken exactly, as two float64 each; their leading
 * parts are so near that they subtract exactly, the rests are integers of at most 2^52, and h is smaller than what makes
 * the sum of those inexact: so the sign is right.
 */
export function quotientFunction(): WasmCode {
  const code = new WasmCode([F64, F64, F64, F64, F64, F64], [F64]);
  const [q, a, b, h, c, least] = [0, 1, 2, 3, 4, 5];
  const [dividend, taken] = [product(code, a, b), product(code, q, c)];
  code.get(q).f64(1).op('f64.sub').get(q);
  code.get(dividend.rounded).get(taken.rounded).op('f64.sub');
  code.get(dividend.rest).get(taken.rest).op('f64.sub', 'f64.add');
  code.get(h).op('f64.add').get(least).op('f64.lt', 'select');
  return code;
}
