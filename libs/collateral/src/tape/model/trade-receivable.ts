import { field, fieldsNamed, type AssetClass } from './field.js';

/** Invoices of goods and services sold. */
export const TRADE_RECEIVABLE: AssetClass = {
  name: 'trade-receivable',
  title: 'trade receivables',
  fields: [
    field('invoiceNumber', 'text', { role: 'key', required: true, also: 'invoice id, document number, invoice no' }),
    field('debtorNumber', 'text', { role: 'obligor', also: 'debtor id, customer number, buyer, account debtor' }),
    field('reportingPeriodBeginningDate', 'date', { role: 'periodFrom', also: 'period start' }),
    field('reportingPeriodEndingDate', 'date', { role: 'periodTo', also: 'as of date, period end, cut off date' }),
    field('invoiceDate', 'date', { role: 'originated', also: 'issue date, document date, billing date' }),
    field('dueDate', 'date', { role: 'matures', also: 'net due date, payment due date' }),
    field('invoiceAmount', 'money', {
      role: 'originalAmount',
      also: 'gross amount, face amount, original amount, gross invoice value, invoice value',
    }),
    field('openingAmount', 'money', { role: 'opening', also: 'opening balance' }),
    field('outstandingAmount', 'money', {
      role: 'closing',
      required: true,
      also: 'open amount, open balance, open item amount, balance, amount outstanding, amount due, balance due',
    }),
    field('collectedAmount', 'money', {
      role: 'totalPaid',
      also: 'cash received, paid amount, payment received, total collected',
    }),
    field('dilutionAmount', 'money', {
      role: 'adjustment',
      also: 'credit notes, credit note amount, dilution, rebates',
    }),
    field('writtenOffAmount', 'money', { role: 'chargeOff', also: 'write off' }),
    field('recoveredAmount', 'money', { role: 'recovery', also: 'recoveries' }),
    field('daysPastDue', 'integer', {
      role: 'daysPastDue',
      also: 'days overdue, dpd, ageing, aging, ageing days, aging days',
    }),
    field('debtorCountry', 'text', { role: 'region', also: 'country, region' }),
    field('debtorRating', 'text', { also: 'rating' }),
    field('invoiceStatus', 'text', { role: 'status', also: 'status' }),
    field('paymentTermDays', 'integer', { role: 'originalTerm', range: [0, 1000], also: 'payment terms' }),
    field('currency', 'text', { role: 'currency', also: 'ccy, invoice currency' }),
    ...fieldsNamed('text', 'sellerName insurer'),
    ...fieldsNamed('flag', 'disputedIndicator'),
  ],
};
