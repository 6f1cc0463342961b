import { parseDeal, type Deal } from '@weir/deal';
import { parseMoney } from '@weir/money';
import { compileDeal, type CompiledDeal } from '@weir/waterfall';
import { OutOfOrder } from '../problem.js';
import type { DealRecord } from './entities.js';
import { DealDocumentInvalid } from './errors.js';

/** Parses a deal document. @throws DealDocumentInvalid with every error at once */
export function readDocument(document: string): Deal {
  const { deal, diagnostics } = parseDeal(document);
  const errors = diagnostics.filter((d) => d.severity === 'error');
  if (deal === null || errors.length > 0) throw new DealDocumentInvalid(errors);
  return deal;
}

/** The program of a structured deal, compiled anew from its document and pool: the same text gives the same bytes. */
export function compiledDeal(record: Pick<DealRecord, 'document' | 'cutOffPool' | 'dealId'>): CompiledDeal {
  if (record.cutOffPool === null)
    throw new OutOfOrder('The deal has no pool yet; import the cut-off tape and select the pool first.', {
      dealId: record.dealId,
    });
  return compileDeal(readDocument(record.document), { cutOffPool: parseMoney(record.cutOffPool) });
}
