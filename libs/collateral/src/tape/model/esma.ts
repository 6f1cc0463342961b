import type { ColumnKind } from '../columns.js';
import { ADJUSTABLE_NAMES } from './adjustable.js';
import { codesOfTemplate, type NoDataAdmitted } from './esma-codes.js';
import { field, type Field, type FieldMore } from './field.js';
import { REPAYMENT_NAMES } from './repayment.js';

/** What is said of the fields that every template has, beyond it. */
const COMMON: Record<string, FieldMore> = {
  newUnderlyingExposureIdentifier: { role: 'key', required: true, also: 'loan number, loan id, account number' },
  originalUnderlyingExposureIdentifier: { also: 'original loan id' },
  newObligorIdentifier: { role: 'obligor', also: 'borrower id, customer number' },
  dataCutOffDate: { role: 'periodTo', also: 'cut off date, reporting date, as of date' },
  currencyDenomination: { role: 'currency', also: 'currency, ccy, loan currency' },
  geographicRegionObligor: { role: 'region', also: 'region, postcode area, state' },
  originationDate: { role: 'originated', also: 'completion date, contract date' },
  maturityDate: { role: 'matures', also: 'maturity, final payment date' },
  originalTerm: { role: 'originalTerm', range: [1, 600], also: 'term months' },
  originalPrincipalBalance: { role: 'originalAmount', range: [0, 1e9], also: 'original balance, loan amount' },
  currentPrincipalBalance: {
    role: 'closing',
    required: true,
    also: 'current balance, outstanding balance, ending balance',
  },
  currentInterestRate: { role: 'rate', range: [-0.02, 0.6], also: 'interest rate, note rate' },
  paymentDue: { role: 'payment', also: 'monthly payment, instalment' },
  numberOfDaysInArrears: { role: 'daysPastDue', also: 'days past due, dpd' },
  accountStatus: { role: 'status', also: 'status' },
  arrearsBalance: { also: 'arrears, arrears amount, past due amount' },
  defaultAmount: { also: 'default balance' },
  allocatedLosses: { role: 'chargeOff', toDate: true, also: 'losses' },
  cumulativeRecoveries: { role: 'recovery', toDate: true, also: 'recoveries' },
};

/**
 * Fields of an ESMA template of underlying exposures: a line each with field code, name, kind and the no-data options that
 * it admits. `more` says what is known of fields of this template alone. Rates are percentages, dates ISO.
 */
export function esmaFields(template: string, more: Readonly<Record<string, FieldMore>>): Field[] {
  return template
    .trim()
    .split('\n')
    .map((line) => {
      const [esma = '', name = '', kind = 'text', noData = 'none'] = line.trim().split(' ');
      const own = { noData: noData as NoDataAdmitted, codes: codesOfTemplate(esma, name) };
      const known = { ...COMMON[name], ...ADJUSTABLE_NAMES[name], ...REPAYMENT_NAMES[name], ...more[name] };
      return field(name, kind as ColumnKind, { esma, template: own, ...known });
    });
}
