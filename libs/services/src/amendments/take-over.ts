import { parseMoney } from '@weir/money';
import {
  AmendmentInvalid,
  AmendmentRefused,
  compileAmendment,
  compileDeal,
  runAmendment,
  type CompiledAmendment,
  type CompiledDeal,
} from '@weir/waterfall';
import { checkDocument, compiledDeal } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { recordInstants } from '../deployment/deal-terms.js';
import { OutOfOrder } from '../problem.js';
import { AmendmentDocumentInvalid, AmendmentDoesNotFit } from './errors.js';

/** A new document over the deal that it amends, and the program that takes the state over. */
export interface TakeOver {
  readonly old: CompiledDeal;
  readonly next: CompiledDeal;
  readonly mapping: CompiledAmendment;
}

/**
 * Compiles a document that amends a deal as it stands.
 * @throws DealDocumentInvalid, AmendmentDocumentInvalid, AmendmentDoesNotFit
 */
export function takeOver(deal: DealRecord, document: string): TakeOver {
  const read = checkDocument(document);
  if (read.amends === null)
    throw new OutOfOrder('The document amends nothing; say in "amends:" which program, and from which period.');
  const old = compiledDeal(deal);
  const next = compileDeal(read, { cutOffPool: parseMoney(deal.cutOffPool ?? '0') });
  try {
    const mapping = compileAmendment(old, next, read.amends.fromPeriod, read);
    const faults = changedNames(old, next);
    if (faults.length > 0) throw new AmendmentDoesNotFit(faults);
    return { old, next, mapping };
  } catch (error) {
    throw error instanceof AmendmentInvalid ? new AmendmentDocumentInvalid(error.diagnostics) : error;
  }
}

/** Tokens and books carry the names of classes and payees. */
function changedNames(old: CompiledDeal, next: CompiledDeal): string[] {
  const faults: string[] = [];
  const names = ({ tranches }: CompiledDeal): string => tranches.map(({ name }) => name).join(', ');
  if (names(old) !== names(next)) faults.push(`the classes stay ${names(old)}, which their tokens are called by`);
  old.payees.forEach(({ name, party }, place) => {
    const now = next.payees[place];
    if (now?.party === party && now.name !== name) faults.push(`the payee ${name} keeps its name`);
  });
  return faults;
}

/**
 * The tokens have the record dates that they were made with, and no more.
 * @param closed the deal as it closed
 * @throws AmendmentDoesNotFit
 */
export function requireRecordDates(closed: DealRecord, { next }: Pick<TakeOver, 'next'>): void {
  const old = compiledDeal(closed);
  const [made, now] = [recordInstants(old), recordInstants(next)];
  if (now.length > made.length)
    throw new AmendmentDoesNotFit([
      `${now.length} payment dates are more than the ${made.length} record dates that the notes were made with`,
    ]);
  const moved = now.findIndex((instant, place) => instant !== made[place]);
  if (moved < 0) return;
  const [was, is] = [old, next].map(({ periods }) => periods[moved]?.recordDate);
  throw new AmendmentDoesNotFit([
    `the record date of period ${moved + 1} stays ${was}, which the notes were made with, and is not ${is}`,
  ]);
}

/** Tries the mapping on a deal's words; what the classes are owed stays, as their tokens' supply does, but of those that grow. @throws AmendmentDoesNotFit */
export function tryOn({ old, next, mapping }: TakeOver, words: readonly bigint[]): void {
  const grows = new Set(mapping.issues.map(({ tranche }) => tranche));
  const balances = (state: readonly bigint[], { accounts, tranches }: CompiledDeal): string =>
    tranches.map(({ name }, place) => (grows.has(name) ? name : String(state[accounts.length + place]))).join();
  try {
    const after = runAmendment(mapping, words).words;
    if (balances(words, old) !== balances(after, next))
      throw new AmendmentDoesNotFit(['the balances of the classes stay as they are']);
  } catch (error) {
    throw error instanceof AmendmentRefused ? new AmendmentDoesNotFit(error.faults) : error;
  }
}
