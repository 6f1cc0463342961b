import type { Deal } from '@weir/deal';
import { type DealState, type Era } from '@weir/valuation';
import { AmendmentInvalid, type CompiledAmendment, type CompiledDeal, compileAmendment } from '@weir/waterfall';
import { DocumentHasErrors, OptionInvalid, OptionsDisagree } from '../errors.js';
import { compileOver, diagnosticLine, type OpenedDeal, openDeal } from './deal.js';

/** Compiles the mapping of an amendment. @throws DocumentHasErrors with every reason */
export function amendmentOf(
  old: CompiledDeal,
  next: CompiledDeal,
  fromPeriod: number,
  opened: OpenedDeal,
): CompiledAmendment {
  try {
    return compileAmendment(old, next, fromPeriod, opened.deal);
  } catch (error) {
    if (!(error instanceof AmendmentInvalid)) throw error;
    throw new DocumentHasErrors(
      opened.document,
      error.diagnostics.map((found) => diagnosticLine(opened.document, found)),
    );
  }
}

/** An era with its document. */
export interface DocumentEra extends Era {
  readonly deal: Deal;
}

/** The programs of a deal in their order, from `NEW@N` texts. @throws OptionInvalid @throws DocumentHasErrors */
export async function erasOf(
  closed: Pick<DocumentEra, 'deal' | 'compiled'>,
  amended: readonly string[],
  cutOffPool: bigint,
): Promise<[DocumentEra, ...DocumentEra[]]> {
  const eras: [DocumentEra, ...DocumentEra[]] = [{ ...closed, fromPeriod: 1, amendment: null }];
  for (const text of amended) {
    const [, path = '', digits = ''] = /^(.+)@([1-9]\d{0,3})$/.exec(text) ?? [];
    const before = eras.at(-1) ?? eras[0];
    const fromPeriod = Number(digits);
    if (path === '') throw new OptionInvalid('--amended', text, 'a document and a payment date, like new.yaml@13');
    if (fromPeriod < before.fromPeriod || (eras.length > 1 && fromPeriod === before.fromPeriod)) {
      throw new OptionInvalid('--amended', text, 'amendments in the order in which they took effect');
    }
    const opened = await openDeal(path, cutOffPool);
    const compiled = compileOver(opened, cutOffPool);
    eras.push({
      deal: opened.deal,
      compiled,
      fromPeriod,
      amendment: amendmentOf(before.compiled, compiled, fromPeriod, opened),
    });
  }
  return eras;
}

/** The state that a replay begins with is of the first document. @throws OptionsDisagree */
export function firstEraHolds([, second]: readonly Era[], { period }: DealState): void {
  if (!second || second.fromPeriod > period) return;
  throw new OptionsDisagree(
    `the amendment of payment date ${second.fromPeriod} was in force before the state's period ${period}: give the amended document as DEAL`,
  );
}
