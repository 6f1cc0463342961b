import { adjustableFields } from './adjustable.js';
import { field, fieldsNamed, type AssetClass } from './field.js';
import { capitalisedField, repaymentFields } from './repayment.js';

/** Unsecured consumer loans, student loans among them. */
export const CONSUMER_LOAN: AssetClass = {
  name: 'consumer-loan',
  title: 'unsecured consumer loans',
  fields: [
    field('loanNumber', 'text', {
      role: 'key',
      required: true,
      also: 'loan id, account number, account, contract number',
    }),
    field('borrowerNumber', 'text', { role: 'obligor', also: 'borrower id, customer number' }),
    field('reportingPeriodBeginningDate', 'date', { role: 'periodFrom', also: 'period start' }),
    field('reportingPeriodEndingDate', 'date', { role: 'periodTo', also: 'period end, as of date, reporting date' }),
    field('originationDate', 'date', {
      role: 'originated',
      also: 'contract date, original date, disbursement date, issue date, funded date, funding date, start date',
    }),
    field('maturityDate', 'date', { role: 'matures', also: 'maturity, final payment date, end date' }),
    field('originalLoanAmount', 'money', {
      role: 'originalAmount',
      range: [0, 1e6],
      also: 'original balance, original principal balance, original amount, loan amount, funded amount, amount financed',
    }),
    field('originalTerm', 'integer', { role: 'originalTerm', range: [1, 240], also: 'term, term months' }),
    field('remainingTerm', 'integer', { role: 'remainingTerm', also: 'months remaining, remaining months' }),
    field('interestRate', 'rate', {
      role: 'rate',
      range: [0, 1],
      also: 'rate, apr, int rate, current rate, note rate, coupon',
    }),
    field('openingBalance', 'money', { role: 'opening', also: 'beginning balance, previous balance' }),
    field('closingBalance', 'money', {
      role: 'closing',
      required: true,
      also:
        'current balance, current principal balance, outstanding principal, outstanding balance, ending balance, ' +
        'principal balance, balance',
    }),
    field('scheduledPayment', 'money', { role: 'payment', also: 'instalment, installment, payment, monthly payment' }),
    field('interestCollected', 'money', { role: 'interest', also: 'interest paid' }),
    field('principalCollected', 'money', { role: 'principal', also: 'principal paid' }),
    field('totalPaid', 'money', { role: 'totalPaid', also: 'amount paid, payment received' }),
    field('chargedOffAmount', 'money', { role: 'chargeOff', also: 'charge off, write off' }),
    field('recoveredAmount', 'money', { role: 'recovery', also: 'recoveries' }),
    field('creditScore', 'score', { role: 'score', range: [250, 900], also: 'fico, fico score, score' }),
    field('region', 'text', { role: 'region', also: 'state, borrower state, addr state, postcode, zip, zip code' }),
    field('daysPastDue', 'integer', {
      role: 'daysPastDue',
      also: 'dpd, days delinquent, days in arrears, days overdue',
    }),
    field('loanStatus', 'text', { role: 'status', also: 'status' }),
    field('annualIncome', 'money', { also: 'income, annual inc' }),
    field('debtToIncome', 'rate', { range: [0, 5], also: 'dti' }),
    ...fieldsNamed('text', 'loanPurpose employmentStatus homeOwnership'),
    capitalisedField(),
    ...repaymentFields(),
    field('interestOnlyTerm', 'integer', {
      role: 'interestOnly',
      range: [0, 240],
      also: 'interest only months, interest only period, interest only payments',
    }),
    ...adjustableFields(),
  ],
};
