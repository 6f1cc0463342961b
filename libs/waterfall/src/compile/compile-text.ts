import { byPlace, type Deal, type Diagnostic, type Draft, parseDeal } from '@weir/deal';
import { compileDeal } from './compile-deal.js';
import type { CompiledDeal } from './compiled-deal.js';
import { faultsOf } from './emit-program.js';
import { CompileError } from './errors.js';

/** What reading and compiling a deal document came to. */
export interface CompiledText {
  /** Null when any of the diagnostics is an error. */
  deal: Deal | null;
  /** The document as far as it could be read; null when nothing could be. */
  draft: Draft | null;
  /** Null when any of the diagnostics is an error, or the pool at the cut-off date is not known. */
  compiled: CompiledDeal | null;
  /** In document order. */
  diagnostics: Diagnostic[];
}

function compiled(deal: Deal, cutOffPool: bigint): CompiledDeal | Diagnostic[] {
  try {
    return compileDeal(deal, { cutOffPool });
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics;
    throw error;
  }
}

/**
 * Reads and compiles a deal document, and never throws on bad input: what reading finds and what only compiling finds is
 * returned at once, each with line and column. Of a document with faults the rest is compiled all the same, to no program:
 * what hangs on a fault is unknown there, and of an unknown value no fault is found, so that none is the mere consequence
 * of another. So it is with a pool that is not known. `cutOffPool` in cents; by default what the document states.
 */
export function compileText(text: string, cutOffPool: bigint | null = null): CompiledText {
  const { deal, draft, diagnostics } = parseDeal(text);
  if (draft === null) return { deal, draft, compiled: null, diagnostics };
  const pool = cutOffPool ?? draft.deal.cutOffPool;
  const ground = { cutOffPool: pool, draft: deal ? null : draft };
  const found = deal && pool !== null ? compiled(deal, pool) : faultsOf(draft.deal, ground);
  if (!Array.isArray(found)) return { deal, draft, compiled: found, diagnostics };
  const all = [...diagnostics, ...found].sort(byPlace);
  return { deal: found.length > 0 ? null : deal, draft, compiled: null, diagnostics: all };
}
