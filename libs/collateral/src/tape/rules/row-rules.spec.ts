import { describe, expect, it } from '@jest/globals';
import { ofRows } from '../../testing/of-rows.js';
import type { Mapping } from '../mapping/mapping.js';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';

type Cells = Readonly<Record<string, string>>;

/** Reads one row of a class by a mapping of columns that are called like their fields, or without one. */
function judge(className: string, cells: Cells, mapped: boolean) {
  const assetClass = assetClassNamed(className) as AssetClass;
  const columns = Object.keys(cells);
  const mapping: Mapping = {
    form: 1,
    assetClass: className,
    columns: columns.map((column) => ({ column, field: column, unit: null })),
  };
  const key = assetClass.fields.find(({ role }) => role === 'key')?.name ?? '';
  const options = { assetClass, loanKey: [key], mapping: mapped ? mapping : null, periodNeeded: false };
  const reader = new TapeReader({ columns, headerRow: 1 }, options);
  const { loan, blocked } = reader.read({ row: 2, cells: Object.values(cells) });
  const result = reader.finish();
  const told = ofRows(result.findings).map(({ row, column, value, rule, weight }) => [
    row,
    column,
    value,
    rule,
    weight,
  ]);
  return { told, messages: ofRows(result.findings).map(({ message }) => message), loan, blocked, keys: result.blocked };
}

/** 10,000.00 at 12 % over 12 months: 10,000 × 0.01 ÷ (1 − 1.01^−12) = 888.49, of the first 100.00 is interest. */
const LOAN = {
  loanNumber: 'L1',
  reportingPeriodEndingDate: '06-30-2025',
  originationDate: '05-31-2025',
  maturityDate: '05-31-2026',
  originalLoanAmount: '10000.00',
  originalTerm: '12',
  remainingTerm: '11',
  interestRate: '0.12',
  openingBalance: '10000.00',
  closingBalance: '9211.51',
  scheduledPayment: '888.49',
  interestCollected: '100.00',
  principalCollected: '788.49',
  totalPaid: '888.49',
  daysPastDue: '0',
};

/** The same as an automobile loan of Schedule AL. */
const AUTO = {
  assetNumber: 'L1',
  reportingPeriodBeginningDate: '06-01-2025',
  reportingPeriodEndingDate: '06-30-2025',
  originationDate: '05/2025',
  loanMaturityDate: '05/2026',
  originalLoanAmount: '10000.00',
  originalLoanTerm: '12',
  remainingTermToMaturityNumber: '11',
  originalInterestRatePercentage: '0.12',
  obligorCreditScore: '700',
  reportingPeriodBeginningLoanBalanceAmount: '10000.00',
  reportingPeriodActualEndBalanceAmount: '9211.51',
  reportingPeriodScheduledPaymentAmount: '888.49',
  actualInterestCollectedAmount: '100.00',
  actualPrincipalCollectedAmount: '788.49',
  otherPrincipalAdjustmentAmount: '0.00',
  totalActualAmountPaid: '888.49',
  actualOtherCollectedAmount: '0.00',
  chargedoffPrincipalAmount: 'NA',
  recoveredAmount: 'NA',
  repurchaseAmount: 'NA',
  zeroBalanceCode: 'NA',
  currentDelinquencyStatus: '0',
  paymentExtendedNumber: '0',
};

/** What a column is called in either. */
const NAMES: Readonly<Record<string, keyof typeof AUTO>> = {
  originationDate: 'originationDate',
  maturityDate: 'loanMaturityDate',
  originalLoanAmount: 'originalLoanAmount',
  remainingTerm: 'remainingTermToMaturityNumber',
  interestRate: 'originalInterestRatePercentage',
  closingBalance: 'reportingPeriodActualEndBalanceAmount',
  scheduledPayment: 'reportingPeriodScheduledPaymentAmount',
  principalCollected: 'actualPrincipalCollectedAmount',
  totalPaid: 'totalActualAmountPaid',
  daysPastDue: 'currentDelinquencyStatus',
};

describe('rules of a row', () => {
  it('say nothing of a sound loan', () => {
    expect(judge('consumer-loan', LOAN, true).told).toEqual([]);
    expect(judge('auto-loan', AUTO, true).told).toEqual([]);
    expect(judge('auto-loan', AUTO, false).told).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    // 888.49 − 100.00 − 788.49
    ['totalPaid', '0.01', ['payment-split']],
    ['principalCollected', '5000.00', ['payment-split', 'does-not-roll']],
    ['daysPastDue', '-3', ['suspicious-days-past-due']],
    ['daysPastDue', '', ['suspicious-days-past-due']],
    ['remainingTerm', '500', ['term-exceeds-original']],
    ['interestRate', '', ['missing-cell']],
    ['originalLoanAmount', '0', ['no-original-amount']],
    ['scheduledPayment', '1.00', ['payment-does-not-fit']],
    ['closingBalance', '9000.00', ['does-not-roll']],
  ])('are the same by whatever names: %s "%s"', (field, value, rules) => {
    const auto = NAMES[field] ?? 'assetNumber';
    const reads = [
      [judge('consumer-loan', { ...LOAN, [field]: value }, true), field],
      [judge('auto-loan', { ...AUTO, [auto]: value }, true), auto],
      [judge('auto-loan', { ...AUTO, [auto]: value }, false), auto],
    ] as const;
    for (const [{ told, blocked }, column] of reads) {
      expect(told.map(([, , , rule]) => rule)).toEqual(rules);
      expect(told[0]).toEqual([
        2,
        column === NAMES['principalCollected']
          ? 'totalActualAmountPaid'
          : column === 'principalCollected'
            ? 'totalPaid'
            : column,
        expect.anything(),
        rules[0],
        'warns',
      ]);
      expect(blocked).toBe(false);
    }
  });

  it('name the cell as it stands in the file, and the difference in words', () => {
    const { told, messages } = judge('consumer-loan', { ...LOAN, closingBalance: '9,000.5', totalPaid: '900' }, true);
    expect(told).toContainEqual([2, 'closingBalance', '9,000.5', 'not-a-number', 'blocks']);
    // 900.00 − 100.00 − 788.49 = 11.51
    expect(told).toContainEqual([2, 'totalPaid', '900', 'payment-split', 'warns']);
    expect(messages).toContain('row 2: total paid differs by 11.51 from interest + principal');
  });

  it('tell dates that are out of order, and a maturity past with a balance', () => {
    const { told } = judge('consumer-loan', { ...LOAN, maturityDate: '04-30-2025' }, true);
    expect(told).toEqual([
      [2, 'maturityDate', '04-30-2025', 'dates-out-of-order', 'warns'],
      [2, 'maturityDate', '04-30-2025', 'matured-with-balance', 'warns'],
    ]);
  });

  it('allow a remaining term what an extension adds', () => {
    const longer = { ...AUTO, remainingTermToMaturityNumber: '16' };
    expect(judge('auto-loan', { ...longer, paymentExtendedNumber: '3' }, false).told).toEqual([]);
    expect(judge('auto-loan', longer, false).told).toEqual([
      [2, 'remainingTermToMaturityNumber', '16', 'term-exceeds-original', 'warns'],
    ]);
  });

  it('say of a row that states neither term nor date that nothing says how long it runs', () => {
    const { told } = judge('consumer-loan', { ...LOAN, maturityDate: '', originalTerm: '', remainingTerm: '' }, true);
    expect(told).toEqual([[2, 'maturityDate', '', 'missing-cell', 'warns']]);
  });
});

describe('a balance above the original amount', () => {
  const above = (className: string, cells: Cells, mapped = true) => {
    const { told, loan, keys } = judge(className, cells, mapped);
    return {
      weights: told.filter(([, , , rule]) => rule === 'balance-above-original').map(([, , , , weight]) => weight),
      loan,
      keys,
    };
  };

  it('blocks the row of a loan that only falls, whatever its columns are called', () => {
    expect(above('consumer-loan', { ...LOAN, closingBalance: '99999.00' })).toEqual({
      ...{ weights: ['blocks'], loan: null, keys: [{ row: 2, key: 'L1' }] },
    });
    expect(above('auto-loan', { ...AUTO, reportingPeriodActualEndBalanceAmount: '99999.00' }, false)).toEqual({
      ...{ weights: ['blocks'], loan: null, keys: [{ row: 2, key: 'L1' }] },
    });
  });

  it('warns where interest that was capitalised explains it, or the row says what raised it', () => {
    // 10,500.00 is 5 % above
    expect(above('consumer-loan', { ...LOAN, openingBalance: '11288.49', closingBalance: '10500.00' }).weights).toEqual(
      ['warns'],
    );
    const raised = {
      ...AUTO,
      otherPrincipalAdjustmentAmount: '-5000.00',
      reportingPeriodActualEndBalanceAmount: '14211.51',
    };
    expect(above('auto-loan', raised, false).weights).toEqual(['warns']);
  });

  it('blocks an exposure of a template by its schedule', () => {
    const exposure = (amortisationType: string) => ({
      ...{ newUnderlyingExposureIdentifier: 'L1', dataCutOffDate: '2025-06-30', amortisationType },
      ...{ originalPrincipalBalance: '10000.00', currentPrincipalBalance: '20000.00' },
    });
    expect(above('auto-exposure', exposure('FRXX'), false).weights).toEqual(['blocks']);
    expect(above('auto-exposure', exposure('BLLT'), false).weights).toEqual(['warns']);
    expect(above('residential-mortgage', { ...exposure('FRXX'), totalCreditLimit: '30000.00' }, false).weights).toEqual(
      ['warns'],
    );
  });
});

describe('codes in a servicer’s own words', () => {
  /** Rows of one column, mapped from a name of its own to a field of the class. */
  const strange = (field: string, cells: readonly string[]) => {
    const assetClass = assetClassNamed('auto-loan') as AssetClass;
    const fields = ['assetNumber', 'reportingPeriodActualEndBalanceAmount', field];
    const columns = ['Id', 'Bal', 'Own'];
    const mapping: Mapping = {
      form: 1,
      assetClass: 'auto-loan',
      columns: columns.map((column, at) => ({ column, field: fields[at] ?? '', unit: null })),
    };
    const options = { assetClass, loanKey: ['assetNumber'], mapping, periodNeeded: false };
    const reader = new TapeReader({ columns, headerRow: 1 }, options);
    cells.forEach((cell, index) => reader.read({ row: index + 2, cells: [`L${index}`, '1.00', cell] }));
    return reader
      .finish()
      .findings.filter(({ rule }) => rule === 'unknown-code')
      .map(({ row, value }) => [row, value]);
  };

  it('are none of the list, until one cell is', () => {
    expect(strange('vehicleNewUsedCode', ['New', 'Used', 'New'])).toEqual([]);
    expect(strange('vehicleNewUsedCode', ['New', '1', '2', 'x'])).toEqual([
      [2, 'New'],
      [5, 'x'],
    ]);
    // By a region limits are checked.
    expect(strange('obligorGeographicLocation', ['Kalifornien'])).toEqual([[2, 'Kalifornien']]);
  });
});

describe('an invoice past its due date', () => {
  const invoice = {
    ...{
      invoiceNumber: 'I1',
      invoiceDate: '2025-03-01',
      dueDate: '2025-04-30',
      reportingPeriodEndingDate: '2025-06-30',
    },
    ...{ invoiceAmount: '100.00', outstandingAmount: '100.00' },
  };
  const rulesOf = (cells: Cells) => judge('trade-receivable', cells, true).told.map(([, , , rule]) => rule);

  it('is past due, and no more, unless its days say otherwise', () => {
    expect(rulesOf(invoice)).toEqual([]);
    expect(rulesOf({ ...invoice, daysPastDue: '61' })).toEqual([]);
    expect(rulesOf({ ...invoice, daysPastDue: '0' })).toEqual(['matured-with-balance']);
  });
});
