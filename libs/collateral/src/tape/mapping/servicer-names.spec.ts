import { describe, expect, it } from '@jest/globals';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { proposeMapping } from './propose.js';

/** Columns with the field that each is of class `name`: "Column = field", "Column = –" where none is. */
function check(name: string, lines: readonly string[], guessed: string = name): void {
  const pairs = lines.map((line) => line.split(' = ') as [string, string]);
  const columns = pairs.map(([column]) => column);
  const assetClass = assetClassNamed(name) as AssetClass;
  const found = proposeMapping(columns, [], { assetClass }).columns.map(
    ({ column, field }) => `${column} = ${field ?? '–'}`,
  );
  expect(found).toEqual(lines);
  const guess = proposeMapping(columns, []);
  expect([guess.assetClass, ...guess.alike]).toContain(guessed);
}

const proposed = (name: string, column: string, cells: readonly string[]) =>
  proposeMapping(
    [column],
    cells.map((cell, at) => ({ row: at + 2, cells: [cell] })),
    {
      assetClass: assetClassNamed(name) as AssetClass,
    },
  ).columns[0];

describe('names that servicers write', () => {
  it('of automobile loans, cut short in the American way', () => {
    check('auto-loan', [
      ...['Acct# = assetNumber', 'Contract Dt = originationDate', 'Amt Fin = originalLoanAmount'],
      ...[
        'CurrPrinBal = reportingPeriodActualEndBalanceAmount',
        'Beg Prin Bal = reportingPeriodBeginningLoanBalanceAmount',
      ],
      ...['Note Rt = reportingPeriodInterestRatePercentage', 'Orig Term = originalLoanTerm'],
      ...['Mos Left = remainingTermToMaturityNumber', 'P&I Pmt = reportingPeriodScheduledPaymentAmount'],
      ...[
        'Prin Recvd = actualPrincipalCollectedAmount',
        'Int Pd = actualInterestCollectedAmount',
        'Tot Rcvd = totalActualAmountPaid',
      ],
      ...[
        'Chg-Off Amt = chargedoffPrincipalAmount',
        'Recov Amt = recoveredAmount',
        'Days Dlq = currentDelinquencyStatus',
      ],
      ...['Borr State = obligorGeographicLocation', 'FICO @ Orig = obligorCreditScore', 'Mat Dt = loanMaturityDate'],
      ...['Veh Yr = vehicleModelYear', 'Veh Make = vehicleManufacturerName', 'AsOfDt = reportingPeriodEndingDate'],
      // No field of the class is these, and near ones must not be taken for them.
      ...['Next Pmt Due Dt = –', 'Last Pmt Dt = –', 'Odometer = –', 'Dealer State = –', 'Co-Borr FICO = –'],
      ...['YTD Int = –', 'Cum Prin Pd = –', 'Accrued Int = –', 'Charge-Off Date = –', 'Mos Dlq = –', 'Down Pmt = –'],
    ]);
  });

  it('of consumer loans, and the tester’s file', () => {
    check('consumer-loan', [
      ...['Account Ref = loanNumber', 'Amount Financed = originalLoanAmount', 'Opening Bal = openingBalance'],
      ...[
        'Closing Bal = closingBalance',
        'Int Rate = interestRate',
        'Term (months) = originalTerm',
        'Months Left = remainingTerm',
      ],
      ...['Monthly Instalment = scheduledPayment', 'Interest Received = interestCollected'],
      ...['Principal Received = principalCollected', 'Total Received = totalPaid', 'Start Date = originationDate'],
      ...['End Date = maturityDate', 'Borrower State = region', 'FICO = creditScore', 'Days Late = daysPastDue'],
      ...['As Of = reportingPeriodEndingDate', 'Next Due = –', 'Orig Bal Band = –'],
    ]);
    // The names of a marketplace: what was paid in all is not the month's.
    check('consumer-loan', [
      ...['id = loanNumber', 'member_id = borrowerNumber', 'loan_amnt = originalLoanAmount', 'funded_amnt = –'],
      ...[
        'int_rate = interestRate',
        'installment = scheduledPayment',
        'issue_d = originationDate',
        'annual_inc = annualIncome',
      ],
      ...[
        'addr_state = region',
        'dti = debtToIncome',
        'out_prncp = closingBalance',
        'total_rec_prncp = –',
        'total_rec_int = –',
      ],
      ...[
        'recoveries = recoveredAmount',
        'last_pymnt_d = –',
        'last_pymnt_amnt = –',
        'next_pymnt_d = –',
        'mths_since_last_delinq = –',
      ],
    ]);
  });

  it('of automobile loans in Britain, where principal is capital', () => {
    check('auto-loan', [
      ...['Agreement No = assetNumber', 'Advance Date = originationDate', 'Amount of Advance = originalLoanAmount'],
      ...['Capital O/S = reportingPeriodActualEndBalanceAmount', 'Capital Repaid = actualPrincipalCollectedAmount'],
      ...[
        'Contractual Repayment = reportingPeriodScheduledPaymentAmount',
        'Unexpired Term = remainingTermToMaturityNumber',
      ],
      ...[
        'Arrears Days = currentDelinquencyStatus',
        'Car Make = vehicleManufacturerName',
        'Delphi Score = obligorCreditScore',
      ],
      ...[
        'Arrears Bal = –',
        'Months in Arrears = –',
        'Guaranteed Future Value = –',
        'Reg No = –',
        'Settlement Figure = –',
      ],
    ]);
  });

  it('of mortgages, the agencies’ among them', () => {
    check('residential-mortgage', [
      ...[
        'Loan Nbr = newUnderlyingExposureIdentifier',
        'Prop State = geographicRegionObligor',
        'LAST_UPB = currentPrincipalBalance',
      ],
      ...['Orig. UPB = originalPrincipalBalance', 'Curr Note Rt = currentInterestRate', 'OLTV = originalLoanToValue'],
      ...[
        'Curr LTV = currentLoanToValue',
        'P&I = paymentDue',
        'PROP_TYP = propertyType',
        'Appraised Val = currentValuationAmount',
      ],
      ...[
        'Gross Margin = currentInterestRateMargin',
        'Life Cap = interestRateCap',
        'Next Reset Dt = nextRateResetDate',
      ],
      ...[
        'OCLTV = –',
        'Mos Delinquent = –',
        'Escrow Bal = –',
        'Adj.Month.To.Mat = –',
        'Zero.Bal.Code = –',
        'MI_PCT = –',
        'NUM_UNIT = –',
      ],
    ]);
    check(
      'commercial-mortgage',
      [
        ...[
          'Prospectus ID = assetNumber',
          'Orig Bal = originalLoanAmount',
          'End Sched Bal = reportPeriodEndScheduledLoanBalanceAmount',
        ],
        ...['Actual Bal = reportPeriodEndActualBalanceAmount', 'Curtailments = unscheduledPrincipalCollectedAmount'],
        ...['Sched Prin = scheduledPrincipalAmount', 'NOI = –', 'DSCR = –', 'Property Name = –', 'Tenant = –'],
      ].map((line) => line.replace('Prospectus ID', 'Prospectus Loan ID')),
    );
  });

  it('of leases and receivables', () => {
    check('equipment-lease', [
      ...[
        'Lease No = contractNumber',
        'Lessee ID = lesseeNumber',
        'OEC = equipmentCost',
        'Lease Start = commencementDate',
      ],
      ...['Lease End = terminationDate', 'Remaining Pmts = remainingTerm', 'Monthly Rental = rental', 'NBV = –'],
      ...['Net Book Val = contractBalance', 'Lessee State = lesseeState', 'Lessee Name = –', 'Security Deposit = –'],
    ]);
    check('trade-receivable', [
      ...[
        'Inv No. = invoiceNumber',
        'Buyer ID = debtorNumber',
        'Inv Dt = invoiceDate',
        'Due Dt = dueDate',
        'Inv Amt = invoiceAmount',
      ],
      ...['Open Amt = outstandingAmount', 'Ccy = currency', 'Days O/D = daysPastDue', 'Cash Recvd = collectedAmount'],
      ...['Credit Note Amt = dilutionAmount', 'Buyer Name = –', 'Account Number = –', 'PO Number = –'],
    ]);
    check('auto-lease', [
      ...['Lease Nbr = assetNumber', 'Cap Cost = acquisitionCost', 'Lease Term = originalLeaseTermNumber'],
      ...[
        'Securitization Val = reportingPeriodSecuritizationValueAmount',
        'Vehicle Value = vehicleValueAmount',
        'Mileage Limit = –',
      ],
    ]);
  });

  it('are as sure as what they say, and ask where they only share words', () => {
    const money = ['12.50', '7.10'];
    // The same words, otherwise spelled: 0.93 × 0.75 + 1 × 0.25; a slip of the pen costs 0.08 of the name.
    expect(proposed('auto-loan', 'Current Bal', money)).toMatchObject({ confidence: 0.95, doubt: null });
    expect(proposed('auto-loan', 'Curent Intrest Rate', ['5.1', '6.2'])).toMatchObject({
      ...{ field: 'reportingPeriodInterestRatePercentage', confidence: 0.83 },
    });
    expect(proposed('auto-loan', 'Interest Recieved', money)).toMatchObject({
      ...{ field: 'actualInterestCollectedAmount', confidence: 0.89, doubt: null },
    });
    expect(proposed('consumer-loan', 'Late Fees', money)?.field).toBeNull();
    const like = proposed('consumer-loan', 'Zorro Principal Received', money);
    expect(like).toMatchObject({ field: 'principalCollected', confidence: 0.67 });
    expect(like?.doubt).toContain('is it this field?');
    expect(proposed('auto-loan', 'Days Late', ['0', '31'])?.evidence[0]).toBe('the name is "days late"');
    expect(proposed('auto-loan', 'Account Ref', ['A1', 'A2'])?.evidence[0]).toBe('the name means "account number"');
  });
});
