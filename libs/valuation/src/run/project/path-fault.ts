import type { CompiledDeal } from '@weir/waterfall';

/** Why a projection stopped: at which payment date, and at which line of the document when that is known. */
export interface PathFault {
  readonly period: number;
  readonly kind: string;
  readonly line: number | null;
  readonly message: string;
}

const FAULTS: Readonly<Record<string, string>> = {
  RANGE: 'an amount that must not be negative became negative (or too large); write max(0, …) where that may be',
  DIV0: 'a division by zero; guard the divisor with max(…)',
  WIDTH: 'a balance became too large to be stored',
};

/** What an instruction's fault means, in the document's words. */
export function faultOf(compiled: CompiledDeal, period: number, offset: number, kind: string): PathFault {
  const line = compiled.lines.get(offset)?.line ?? null;
  const where = line === null ? '' : ` at line ${line} of the document`;
  return { period, kind, line, message: `payment date ${period} stops${where}: ${FAULTS[kind] ?? kind}` };
}
