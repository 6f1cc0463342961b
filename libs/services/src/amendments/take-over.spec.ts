import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compiledDeal } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { AmendmentDoesNotFit } from './errors.js';
import { requireRecordDates, takeOver, tryOn } from './take-over.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const deal = { dealId: '', document: DOCUMENT, cutOffPool: '1000000.00' } as DealRecord;
const old = compiledDeal(deal);

/** The sample with other words, from the second period on. */
function amending(changes: readonly (readonly [string, string])[], more = ''): string {
  const document = changes.reduce((text, [was, is]) => {
    expect(text).toContain(was);
    return text.replace(was, is);
  }, DOCUMENT);
  return `${document}\namends: { program: '${old.program.hash}', fromPeriod: 2 ${more}}\n`;
}

function faultsOf(document: string, words?: readonly bigint[]): readonly string[] {
  try {
    const change = takeOver(deal, document);
    requireRecordDates(deal, change);
    if (words) tryOn(change, words);
    return [];
  } catch (error) {
    if (error instanceof AmendmentDoesNotFit) return error.faults;
    throw error;
  }
}

describe('an amendment is refused before it costs gas', () => {
  it('takes one that changes a fee, on the words that the deal closed with', () => {
    const document = amending([['amount: 0.02 % / 12 * poolOpening', 'amount: 0.04 % / 12 * poolOpening']]);
    expect(faultsOf(document, old.initialState)).toEqual([]);
  });

  it('has no more payment dates than the notes have record dates', () => {
    expect(faultsOf(amending([['paymentDates: 72', 'paymentDates: 73']]))).toEqual([
      '73 payment dates are more than the 72 record dates that the notes were made with',
    ]);
    expect(faultsOf(amending([['paymentDates: 72', 'paymentDates: 71']]))).toEqual([]);
  });

  it('has the record dates that the notes were made with', () => {
    const document = amending([['recordDate: 1 business day before', 'recordDate: 2 business days before']]);
    // The 15th of August 2020 is a Saturday: paid on Monday the 17th.
    expect(faultsOf(document)).toEqual([
      'the record date of period 1 stays 2020-08-14, which the notes were made with, and is not 2020-08-13',
    ]);
  });

  it('leaves what is owed on the classes as it is', () => {
    const [name] = old.tranches.map((tranche) => tranche.name);
    const document = amending([], `, state: { balance.${name}: balance.${name} + 1.00 USD } `);
    expect(faultsOf(document, old.initialState)).toEqual(['the balances of the classes stay as they are']);
  });
});
