import { field, type Field, type FieldMore } from './field.js';

/** What servicers call the fields of a repayment that ESMA's templates have. */
export const REPAYMENT_NAMES: Readonly<Record<string, FieldMore>> = {
  amortisationType: {
    role: 'repays',
    also:
      'amortisation, amortization, amortization type, amortisation method, amortization method, repayment type, ' +
      'repayment method, repayment schedule, repayment profile',
  },
  scheduledPrincipalPaymentFrequency: {
    role: 'frequency',
    also: 'payment frequency, frequency, repayment frequency, instalment frequency, installment frequency, pay frequency',
  },
  balloonAmount: { role: 'balloon', also: 'balloon, balloon payment, final balloon, balloon due' },
};

/** Interest that joined the balance in the month instead of being paid, above zero where it raised it. */
export const capitalisedField = (): Field =>
  field('capitalisedInterest', 'money', {
    role: 'capitalised',
    own: true,
    also:
      'capitalised interest, capitalized interest, interest capitalised, interest capitalized, deferred interest, ' +
      'interest added to principal, interest added to balance, negative amortisation, negative amortization',
  });

/** How a loan repays, for asset classes without a template of ESMA's. */
export const repaymentFields = (): Field[] => [
  field('amortisationType', 'text', { ...REPAYMENT_NAMES.amortisationType, own: true }),
  field('scheduledPaymentFrequency', 'text', { ...REPAYMENT_NAMES.scheduledPrincipalPaymentFrequency, own: true }),
  field('balloonAmount', 'money', { ...REPAYMENT_NAMES.balloonAmount, own: true }),
];
