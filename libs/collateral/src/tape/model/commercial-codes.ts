import type { FieldMore } from './field.js';

/** Code lists of Schedule AL, Item 2, by element, each code with what it says. */
const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  paymentStatusLoanCode: {
    A: 'within the grace period, or not yet due',
    B: 'late by less than 30 days',
    '0': 'current',
    '1': '30–59 days late',
    '2': '60–89 days late',
    '3': '90 days late or more',
    '4': 'performing matured balloon',
    '5': 'non-performing matured balloon',
    '6': '121 days late or more',
  },
  interestAccrualMethodCode: {
    '1': '30/360',
    '2': 'actual/365',
    '3': 'actual/360',
    '4': 'actual/actual',
    '5': 'actual/366',
    '6': 'simple',
    '7': 'rule of 78s',
    '98': 'other',
  },
  originalInterestRateTypeCode: { '1': 'fixed', '2': 'adjustable', '3': 'stepped', '4': 'other', '98': 'other' },
  lienPositionSecuritizationCode: {
    '1': 'first lien',
    '2': 'second lien',
    '3': 'third lien or lower',
    '98': 'other',
    '99': 'unknown',
  },
  loanStructureCode: {
    WL: 'whole loan',
    PP: 'part of a loan with pari passu debt outside the trust',
    A1: 'A note of A and B',
    A2: 'A note of A, B and C',
    B1: 'B note of A and B',
    B2: 'B note of A, B and C',
    C2: 'C note of A, B and C',
    MZ: 'mezzanine',
  },
  paymentTypeCode: {
    '1': 'fully amortising',
    '2': 'amortising with a balloon',
    '3': 'interest only with a balloon',
    '4': 'interest only, then amortising',
    '5': 'interest only, then amortising with a balloon',
    '6': 'principal only',
    '7': 'hyper-amortising',
    '98': 'other',
  },
  paymentFrequencyCode: {
    '1': 'monthly',
    '3': 'quarterly',
    '6': 'semi-annually',
    '12': 'annually',
    '365': 'daily',
  },
  servicingAdvanceMethodCode: {
    '1': 'scheduled interest, scheduled principal',
    '2': 'actual interest, actual principal',
    '3': 'scheduled interest, actual principal',
    '98': 'other',
    '99': 'unknown',
  },
  liquidationPrepaymentCode: {
    '1': 'partial liquidation (curtailment)',
    '2': 'paid off before maturity',
    '3': 'liquidated',
    '4': 'repurchased or substituted',
    '5': 'paid off at maturity',
    '6': 'discounted payoff',
    '7': 'liquidated before July 2006',
    '8': 'paid off with a penalty',
    '9': 'paid off with yield maintenance',
    '10': 'curtailment with a penalty',
    '11': 'curtailment with yield maintenance',
  },
  propertyTypeCode: {
    CH: 'cooperative housing',
    HC: 'health care',
    IN: 'industrial',
    LO: 'lodging',
    MF: 'multifamily',
    MH: 'mobile home park',
    MU: 'mixed use',
    OF: 'office',
    RT: 'retail',
    SE: 'securities (defeased)',
    SS: 'self storage',
    WH: 'warehouse',
    XX: 'several types',
    ZZ: 'missing information',
    '98': 'other',
  },
};

/** The code list of an element: which codes there are, and what they say. */
export function commercialCodes(element: string): Pick<FieldMore, 'codes' | 'words'> {
  const words = LISTS[element];
  return words === undefined ? {} : { codes: Object.keys(words), words };
}

/** Ways in which a loan leaves that end a default: what is collected then is no prepayment. */
export const LIQUIDATED: ReadonlySet<string> = new Set(['3', '6', '7']);

/** Paid off at maturity: what is collected then was due. */
export const PAID_AT_MATURITY = '5';
