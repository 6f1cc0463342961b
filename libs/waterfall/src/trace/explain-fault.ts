import type { Place } from '@weir/deal';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { ExecutionError, ExecutionFault } from '../execute/errors.js';

/** A run that stopped, in the document's terms. */
export interface ExplainedFault extends Place {
  fault: ExecutionFault;
  /** What the document says there became, and what to do. */
  message: string;
}

const ADVICE: Record<ExecutionFault, string> = {
  RANGE: 'an amount here became negative or too large to hold; check the report, or write max(0, …) in the document',
  DIV0: 'this divided by zero; guard it with max(…) or if(… > 0, …) in the document',
  WIDTH: 'a balance ended at 2^85 or more; check the amounts of the report',
};

/**
 * Where in the document a run stopped, line and column counted from 1, and why. A call that was exercised without being
 * permitted stops at the call. Null for a fault of no instruction of the document, like a state that became too wide.
 */
export function explainFault(
  compiled: Pick<CompiledDeal, 'lines' | 'symbols' | 'program'>,
  error: ExecutionError,
): ExplainedFault | null {
  const place = compiled.lines.get(error.offset);
  if (!place) return null;
  const refused = refusedCall(compiled, error.offset);
  const message = refused === null ? ADVICE[error.fault] : `the call ${refused} was exercised and is not permitted`;
  return { ...place, fault: error.fault, message: `line ${place.line}, column ${place.column}: ${message}` };
}

const EXERCISED = '.exercised';

/** The call whose permission an instruction checks, by the input that it takes off. */
function refusedCall({ program, symbols }: Pick<CompiledDeal, 'symbols' | 'program'>, offset: number): string | null {
  const instruction = program.code.find((known) => known.offset === offset);
  const [, , subtracted] = instruction?.operands ?? [];
  const name = symbols[subtracted ?? -1] ?? '';
  return instruction?.op === 'SUB' && name.endsWith(EXERCISED) ? name.slice(0, -EXERCISED.length) : null;
}
