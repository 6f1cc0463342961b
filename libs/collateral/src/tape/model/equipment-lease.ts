import { field, fieldsNamed, type AssetClass } from './field.js';

/** Leases of equipment to businesses. */
export const EQUIPMENT_LEASE: AssetClass = {
  name: 'equipment-lease',
  title: 'equipment leases',
  fields: [
    field('contractNumber', 'text', {
      role: 'key',
      required: true,
      also: 'lease number, contract id, schedule number',
    }),
    field('lesseeNumber', 'text', { role: 'obligor', also: 'customer number, lessee id' }),
    field('reportingPeriodBeginningDate', 'date', { role: 'periodFrom', also: 'period start' }),
    field('reportingPeriodEndingDate', 'date', { role: 'periodTo', also: 'period end, as of date' }),
    field('commencementDate', 'date', { role: 'originated', also: 'start date, booking date, lease start date' }),
    field('terminationDate', 'date', { role: 'matures', also: 'end date, maturity date' }),
    field('equipmentCost', 'money', {
      role: 'originalAmount',
      also: 'original cost, capital cost, original equipment cost, oec, asset cost',
    }),
    field('originalTerm', 'integer', { role: 'originalTerm', range: [1, 240], also: 'term months' }),
    field('remainingTerm', 'integer', { role: 'remainingTerm', also: 'remaining months' }),
    field('implicitRate', 'rate', { role: 'rate', range: [0, 0.6], also: 'yield, discount rate, lease rate' }),
    field('openingContractBalance', 'money', { role: 'opening', also: 'beginning balance' }),
    field('contractBalance', 'money', {
      role: 'closing',
      required: true,
      also: 'discounted contract balance, net investment, net book value, lease balance',
    }),
    field('rental', 'money', { role: 'payment', also: 'lease payment, monthly rental' }),
    field('residualValue', 'money', { role: 'balloon', also: 'residual, booked residual, residual amount' }),
    field('rentalsReceived', 'money', { role: 'totalPaid', also: 'payments received' }),
    field('chargedOffAmount', 'money', { role: 'chargeOff', also: 'write off' }),
    field('recoveredAmount', 'money', { role: 'recovery', also: 'recoveries' }),
    field('lesseeState', 'text', { role: 'region', also: 'state, region, location' }),
    field('daysPastDue', 'integer', { role: 'daysPastDue', also: 'dpd' }),
    field('contractStatus', 'text', { role: 'status', also: 'status' }),
    field('paymentFrequency', 'text', { role: 'frequency', also: 'frequency' }),
    ...fieldsNamed('text', 'equipmentType manufacturer lesseeIndustry'),
  ],
};
