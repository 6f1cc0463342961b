import { VALUE_LIMIT } from '../../program/program.js';
import { mostBytes } from '../call-data.js';
import { atLeast, constantOf, type Linear } from './linear.js';
import type { Problem } from './problem.js';

/** Bytes of the widest input. */
export const WIDEST = mostBytes(VALUE_LIMIT - 1n);

/** The least number with so many bytes, none of which is zero: 0x01, 0x0101, … */
function leastOf(bytes: number): bigint {
  let value = 0n;
  for (let index = 0; index < bytes; index++) value = 256n * value + 1n;
  return value;
}

/** The most bytes other than zero that an input can have, as far as the problem tells. */
export function bytesOfInput(problem: Problem, input: Linear): number {
  let [impossible, possible] = [WIDEST + 1, 0];
  // What is most likely first: a figure that nothing bounds.
  let tried = impossible - 1;
  while (impossible - possible > 1) {
    if (problem.refutes([atLeast(input, constantOf(leastOf(tried)))])) impossible = tried;
    else possible = tried;
    tried = Math.floor((impossible + possible) / 2);
  }
  return possible;
}
