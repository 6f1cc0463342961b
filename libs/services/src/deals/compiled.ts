import { type Deal, parseDeal, type ReadDocument } from '@weir/deal';
import { parseMoney } from '@weir/money';
import { compileDeal, type CompiledDeal, compileText } from '@weir/waterfall';
import { OutOfOrder } from '../problem.js';
import type { DealRecord } from './entities.js';
import { DealDocumentInvalid } from './errors.js';

function requireSound({ deal, diagnostics }: Pick<ReadDocument, 'deal' | 'diagnostics'>): Deal {
  if (deal === null) throw new DealDocumentInvalid(diagnostics.filter(({ severity }) => severity === 'error'));
  return deal;
}

/**
 * Reads a document that is brought, and compiles it as far as it goes without a pool.
 * @throws DealDocumentInvalid with every error at once, of reading and of compiling
 */
export function checkDocument(document: string): Deal {
  return requireSound(compileText(document));
}

/** Reads a document that was checked when it was brought. @throws DealDocumentInvalid */
export function readDocument(document: string): Deal {
  return requireSound(parseDeal(document));
}

/** The program of a structured deal, compiled anew from its document and pool: the same text gives the same bytes. */
export function compiledDeal(record: Pick<DealRecord, 'document' | 'cutOffPool' | 'dealId'>): CompiledDeal {
  if (record.cutOffPool === null)
    throw new OutOfOrder('The deal has no pool yet; import the cut-off tape and select the pool first.', {
      dealId: record.dealId,
    });
  return compileDeal(readDocument(record.document), { cutOffPool: parseMoney(record.cutOffPool) });
}
