import type { Role } from './field.js';

/** What servicers of loans of any kind call the fields of a role, in plain words, parted by commas. */
const NAMES: Partial<Record<Role, string>> = {
  key: 'loan number, loan reference, account number, account, contract number, agreement number, facility id, id',
  obligor: 'borrower number, customer number, obligor id, client id',
  periodFrom: 'period start, reporting from, start of period',
  periodTo:
    'as of date, reporting date, cut off date, period end, month end, data date, snapshot date, report month, ' +
    'reporting period, position date, extract date, tape date, statement date, effective date',
  originated:
    'origination date, original date, contract date, start date, date opened, open date, booked date, booking date, ' +
    'funding date, issue date, disbursement date, advance date, activation date, inception date',
  matures:
    'maturity date, maturity, end date, final payment date, termination date, final maturity date, ' +
    'final due date, legal maturity date, scheduled maturity date',
  originalAmount:
    'original balance, original principal balance, original amount, original principal, original loan amount, loan amount, ' +
    'amount financed, amount advanced, advance amount, initial advance, funded amount, amount lent, amount borrowed, ' +
    'disbursed amount, loan size, original face amount, face amount, credit amount',
  opening:
    'opening balance, open balance, beginning balance, previous balance, starting balance, previous month balance, opening principal',
  closing:
    'closing balance, ending balance, current balance, outstanding balance, remaining balance, unpaid balance, balance, ' +
    'outstanding amount, outstanding principal, remaining principal, month end balance, principal balance',
  interest: 'interest paid, interest received, interest collected, interest payment, interest portion',
  principal: 'principal paid, principal received, principal collected, principal payment, principal portion',
  totalPaid:
    'total paid, total received, total collected, amount paid, amount received, payment received, actual payment, ' +
    'actual amount paid, total payment received, total amount paid, collections, total collections',
  payment:
    'monthly payment, payment, payment amount, scheduled payment, instalment amount, payment due, monthly repayment, ' +
    'principal and interest, debt service',
  chargeOff:
    'charge off, charged off amount, write off, gross loss, principal charged off, gross charge off, loss amount',
  recovery: 'recoveries, recovery amount, recovered amount, recovery proceeds, charge off recovery',
  originalRate: 'original rate, original interest rate, contract rate, rate at origination',
  rate: 'interest rate, current rate, current interest rate, rate, note rate, coupon, apr, customer rate, annual rate, last rate',
  originalTerm: 'original term, term, loan term, term months, number of payments, original months',
  remainingTerm:
    'remaining term, months remaining, remaining payments, months to maturity, remaining months to maturity, ' +
    'remaining months to legal maturity, months to legal maturity, months to go',
  score: 'credit score, score, original score, score at origination, current score',
  region:
    'state, region, borrower state, borrower region, property state, address state, province, state code, location',
  daysPastDue:
    'days past due, days late, number of days past due, days in arrears, delinquency bucket, ageing bucket, aging bucket, ' +
    'arrears bucket, days past due bucket, dpd bucket, past due bucket',
  ltv: 'ltv, current ltv',
  currency: 'currency, loan currency, currency code',
};

/** Roles of which an invoice's names are those of loans too. */
const OF_INVOICES: ReadonlySet<Role> = new Set([
  'periodFrom',
  'periodTo',
  'closing',
  'chargeOff',
  'recovery',
  'currency',
  'daysPastDue',
]);

/** Other names of a role's fields in a class. */
export function namesOfRole(role: Role | null, assetClass: string): string[] {
  if (role === null || (assetClass === 'trade-receivable' && !OF_INVOICES.has(role))) return [];
  return NAMES[role]?.split(', ') ?? [];
}
