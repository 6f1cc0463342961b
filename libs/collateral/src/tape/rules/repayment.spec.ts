import { describe, expect, it } from '@jest/globals';
import { ofRows } from '../../testing/of-rows.js';
import type { Mapping } from '../mapping/mapping.js';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';

type Cells = Readonly<Record<string, string>>;

/** What is found in one row of a mapped tape whose columns are called like their fields: column, rule, remedy. */
function found(className: string, cells: Cells, mapped = true) {
  const assetClass = assetClassNamed(className) as AssetClass;
  const columns = Object.keys(cells);
  const mapping: Mapping = {
    form: 1,
    assetClass: className,
    columns: columns.map((column) => ({ column, field: column, unit: null })),
  };
  const key = assetClass.fields.find(({ role }) => role === 'key')?.name ?? '';
  const reader = new TapeReader(
    { columns, headerRow: 1 },
    { assetClass, loanKey: [key], mapping: mapped ? mapping : null, periodNeeded: false },
  );
  reader.read({ row: 2, cells: Object.values(cells) });
  return ofRows(reader.finish().findings);
}

const rules = (cells: Cells): string[] => found('consumer-loan', cells).map(({ rule }) => rule);

/** 10,000.00 at 12 %: a month's interest is 100.00. Over 12 months the level payment is 888.49. */
const LOAN = {
  ...{ loanNumber: 'L1', originalLoanAmount: '10000.00', originalTerm: '12', interestRate: '0.12' },
  ...{ openingBalance: '10000.00', closingBalance: '9211.51', scheduledPayment: '888.49' },
  ...{ interestCollected: '100.00', principalCollected: '788.49', totalPaid: '888.49' },
};

describe('interest that joins the balance', () => {
  const unpaid = {
    ...LOAN,
    ...{ interestCollected: '0.00', principalCollected: '0.00', totalPaid: '0.00', closingBalance: '10100.00' },
  };
  const partly = { ...LOAN, scheduledPayment: '80.00', totalPaid: '80.00', closingBalance: '10020.00' };

  it('rolls where a column states it', () => {
    expect(rules({ ...unpaid, capitalisedInterest: '100.00' })).toEqual([]);
    const [other] = found('consumer-loan', { ...unpaid, capitalisedInterest: '60.00' });
    // 10,100.00 − 10,000.00 is 40.00 more than the 60.00 that the row states.
    expect([other?.column, other?.rule]).toEqual(['closingBalance', 'does-not-roll']);
    expect(other?.message).toContain(
      'differs by 40.00 from −principal − adjustment − charge-off + capitalised interest',
    );
  });

  it('is understood of a payment below the interest: 100.00 less 80.00 joins the balance', () => {
    expect(rules({ ...partly, principalCollected: '-20.00' })).toEqual([]);
    const silent = found('consumer-loan', { ...partly, interestCollected: '80.00', principalCollected: '0.00' });
    expect(silent.map(({ column, rule, weight }) => [column, rule, weight])).toEqual([
      ['closingBalance', 'interest-capitalised', 'warns'],
    ]);
    expect(silent[0]?.message).toContain('rose by 20.00');
    expect(silent[0]?.remedy).toContain('capitalisedInterest');
  });

  it('is nothing else that raises a balance', () => {
    const more = { ...partly, interestCollected: '80.00', principalCollected: '0.00', closingBalance: '10050.00' };
    expect(rules(more).sort()).toEqual(['balance-above-original', 'closing-rises', 'does-not-roll']);
    const returned = { ...LOAN, interestCollected: '0.00', principalCollected: '-788.49', totalPaid: '-788.49' };
    expect(rules({ ...returned, closingBalance: '10788.49' })).toEqual(['reversal-row', 'balance-above-original']);
  });

  it('is a field of every class where it can occur', () => {
    for (const name of ['consumer-loan', 'residential-mortgage', 'auto-exposure']) {
      expect(assetClassNamed(name)?.fields.find(({ role }) => role === 'capitalised')?.name).toBe(
        'capitalisedInterest',
      );
    }
  });
});

describe('a payment by the kind of its loan', () => {
  const fits = (cells: Cells) =>
    found('consumer-loan', { ...LOAN, ...cells }).filter(({ column }) => column === 'scheduledPayment');
  /** 120 months: 83.33 of principal and 100.00 of interest are 183.33, where the level payment is 143.47. */
  const linear = { originalTerm: '120', scheduledPayment: '183.33' };
  /** 888.49 × 12 ÷ 26 = 410.07. */
  const biweekly = { scheduledPayment: '410.07' };
  /** (10,000 − 6,000 ÷ 1.126825) × 0.01 ÷ 0.112551 = 415.40. */
  const balloon = { scheduledPayment: '415.40' };

  it('is not told of where the tape states the kind', () => {
    expect(fits({ ...linear, amortisationType: 'Linear' })).toEqual([]);
    expect(fits({ ...biweekly, scheduledPaymentFrequency: 'Bi-Weekly' })).toEqual([]);
    expect(fits({ ...balloon, balloonAmount: '6000.00' })).toEqual([]);
    expect(fits({ ...balloon, amortisationType: 'Balloon' })).toEqual([]);
    // Six months of interest alone, then level over six: 10,000 × 0.01 ÷ (1 − 1.01^−6) = 1,725.48.
    expect(fits({ scheduledPayment: '1725.48', interestOnlyTerm: '6' })).toEqual([]);
  });

  it('is told with the fields to map where it does not', () => {
    const [first] = fits(linear);
    expect(first?.remedy).toContain('it fits a linear loan, which no column states: map');
    expect(first?.remedy).toContain('amortisationType, scheduledPaymentFrequency, balloonAmount, interestOnlyTerm');
    expect(fits(biweekly)[0]?.remedy).toContain('it fits payments every two weeks');
    expect(fits(balloon)[0]?.remedy).toContain('balloonAmount');
  });

  it('is told with no field that a standard’s form has not', () => {
    const lease = {
      ...{ assetNumber: 'L1', acquisitionCost: '10000.00', originalLeaseTermNumber: '12' },
      ...{ reportingPeriodEndActualSecuritizationAmount: '9000.00', securitizationDiscountRate: '0.12' },
      ...{ reportingPeriodScheduledPaymentAmount: '410.07', reportingPeriodEndDate: '06-30-2025' },
    };
    const [told] = found('auto-lease', lease, false);
    expect([told?.rule, told?.remedy]).toEqual([
      'payment-does-not-fit',
      'it fits payments every two weeks, which no column states: state it (baseResidualValue)',
    ]);
    // By its own codes, 1 is every two weeks.
    expect(found('auto-lease', { ...lease, paymentTypeCode: '1' }, false)).toEqual([]);
  });

  it('is told where it does not fit the kind that is stated', () => {
    expect(fits({ ...linear, scheduledPayment: '383.33', amortisationType: 'linear' })).toHaveLength(1);
    expect(fits({ scheduledPayment: '888.49', scheduledPaymentFrequency: 'weekly' })).toHaveLength(1);
    expect(fits({ ...balloon, balloonAmount: '1000.00' })).toHaveLength(1);
  });

  it('is read of codes as of words', () => {
    const exposure = {
      ...{ newUnderlyingExposureIdentifier: 'L1', originalPrincipalBalance: '10000.00', originalTerm: '120' },
      ...{ currentPrincipalBalance: '10000.00', currentInterestRate: '0.12', paymentDue: '183.33' },
    };
    const told = (more: Cells) => found('auto-exposure', { ...exposure, ...more }).map(({ rule }) => rule);
    expect(told({ amortisationType: 'FIXE' })).toEqual([]);
    expect(told({ amortisationType: 'FRXX' })).toEqual(['payment-does-not-fit']);
    // A quarter's payment is three months': 143.47 × 3.
    expect(told({ scheduledPrincipalPaymentFrequency: 'QUTR', paymentDue: '430.41' })).toEqual([]);
  });
});
