import type { Operand } from './assembler.js';

/** An additive expression, flattened so that no intermediate value is negative: Σ plus − Σ minus. */
export interface Sum {
  plus: Operand[];
  minus: Operand[];
}

export const ZERO: Sum = { plus: [], minus: [] };

export function sumOf(...plus: Operand[]): Sum {
  return { plus, minus: [] };
}

export function negated({ plus, minus }: Sum): Sum {
  return { plus: minus, minus: plus };
}

export function joined(a: Sum, b: Sum): Sum {
  return { plus: [...a.plus, ...b.plus], minus: [...a.minus, ...b.minus] };
}

/** The same sum with its constants netted into at most one, on the side on which it is positive. */
export function netted({ plus, minus }: Sum): Sum {
  const isConstant = (operand: Operand): operand is bigint => typeof operand === 'bigint';
  const total = (operands: Operand[]): bigint => operands.filter(isConstant).reduce((a, b) => a + b, 0n);
  const net = total(plus) - total(minus);
  const slots = (operands: Operand[]): Operand[] => operands.filter((operand) => !isConstant(operand));
  return {
    plus: [...slots(plus), ...(net > 0n ? [net] : [])],
    minus: [...slots(minus), ...(net < 0n ? [-net] : [])],
  };
}
