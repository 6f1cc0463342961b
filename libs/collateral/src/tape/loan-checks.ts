import { formatMoney, parseRate } from '@weir/money';
import type { TapeColumn } from './columns.js';
import type { FindingLog, TapeRule } from './finding.js';
import type { TapeHeader } from './header.js';
import { principalReversed } from './loan-parts.js';
import { type LoanMonth, type LoanStanding, reportsMonth, rollDifference } from './loan-month.js';

/** The last month of the reporting period, YYYY-MM, for what depends on it. */
export interface CheckContext {
  reportingMonth: string;
}

type Remark = (rule: TapeRule, column: TapeColumn, value: string, message: string, remedy: string) => void;
type Check = (loan: LoanStanding, remark: Remark, context: CheckContext) => void;

/** A check of what was collected, of loans that say so. */
const ofMonth =
  (check: (loan: LoanMonth, remark: Remark) => void): Check =>
  (loan, remark) => {
    if (reportsMonth(loan)) check(loan, remark);
  };

const MAX_RATE = parseRate('35 %');
const MAX_DAYS_PAST_DUE = 1_000;

const rolls = ofMonth((loan, remark) => {
  const difference = rollDifference(loan);
  if (difference === 0n) return;
  const message =
    `closing ${formatMoney(loan.closing)} − opening ${formatMoney(loan.opening)} differs by ${formatMoney(difference)} ` +
    'from −principal − adjustment − charge-off';
  const remedy = 'ask the servicer what moved the balance; the difference is shown in the report and never scaled away';
  remark('does-not-roll', 'reportingPeriodActualEndBalanceAmount', formatMoney(difference), message, remedy);
});

const paymentSplits = ofMonth((loan, remark) => {
  const difference = loan.totalPaid - loan.interest - loan.principal - (loan.other ?? 0n);
  if (difference === 0n) return;
  const message = `total paid differs by ${formatMoney(difference)} from interest + principal + other`;
  const remedy = 'ask the servicer how the payment was applied';
  remark('payment-split', 'totalActualAmountPaid', formatMoney(difference), message, remedy);
});

const reversal = ofMonth((loan, remark) => {
  const reversed = principalReversed(loan);
  if (reversed === 0n) return;
  const message = `a returned payment reverses ${formatMoney(reversed)} of principal; reversed interest is shown in no column`;
  const remedy = 'take reversed interest up with the servicer; it is not guessed';
  const column = loan.principal < 0n ? 'actualPrincipalCollectedAmount' : 'otherPrincipalAdjustmentAmount';
  remark('reversal-row', column, formatMoney(-reversed), message, remedy);
});

const rates: Check = (loan, remark) => {
  checkRate('originalInterestRatePercentage', loan.originalRate, remark);
  checkRate('reportingPeriodInterestRatePercentage', loan.currentRate, remark);
};

function checkRate(column: TapeColumn, rate: bigint | null, remark: Remark): void {
  if (rate === null || (rate >= 0n && rate <= MAX_RATE)) return;
  const percent = (Number(rate) / 1e10).toFixed(2);
  const message = `${column} reads as ${percent} %, outside 0 to 35 %`;
  const remedy = 'check the rate, and whether its column holds fractions (0.0687) or percentages (6.87)';
  remark('suspicious-rate', column, percent, message, remedy);
}

const daysPastDue: Check = (loan, remark) => {
  const days = loan.daysPastDue;
  if (days === null ? loan.closing === 0n : days >= 0 && days <= MAX_DAYS_PAST_DUE) return;
  const message = days === null ? 'days past due are not stated for a loan with a balance' : `${days} days past due`;
  const remedy = 'ask the servicer for the days past due';
  remark('suspicious-days-past-due', 'currentDelinquencyStatus', days === null ? 'NA' : String(days), message, remedy);
};

const matured: Check = (loan, remark, { reportingMonth }) => {
  const maturity = loan.maturityMonth;
  if (maturity === null || maturity >= reportingMonth || loan.closing === 0n) return;
  const message = `the loan matured in ${maturity} and still has a balance of ${formatMoney(loan.closing)}`;
  remark('matured-with-balance', 'loanMaturityDate', maturity, message, 'check for an extension that is not reported');
};

const rises = ofMonth((loan, remark) => {
  const explained = loan.otherPrincipalAdjustment < 0n || loan.principal < 0n || (loan.chargeOff ?? 0n) < 0n;
  if (loan.closing <= loan.opening || explained) return;
  const rise = formatMoney(loan.closing - loan.opening);
  const message = `the balance rose by ${rise} without an adjustment or a reversal`;
  const remedy = 'ask the servicer what raised the balance';
  remark('closing-rises', 'reportingPeriodActualEndBalanceAmount', rise, message, remedy);
});

const zeroBalance: Check = (loan, remark) => {
  if (loan.zeroBalanceCode === null || loan.zeroBalanceCode === '0' || loan.closing === 0n) return;
  const message = `zero balance code ${loan.zeroBalanceCode} stands beside a closing balance of ${formatMoney(loan.closing)}`;
  remark(
    'zero-balance-with-balance',
    'zeroBalanceCode',
    loan.zeroBalanceCode,
    message,
    'check whether the loan is paid off',
  );
};

const CHECKS: readonly Check[] = [rolls, paymentSplits, reversal, rates, daysPastDue, matured, rises, zeroBalance];

/** Applies every rule that looks at one loan's figures together; all of them warn. */
export function loanChecks(log: FindingLog, header: TapeHeader): (loan: LoanStanding, context: CheckContext) => void {
  let row = 0;
  const remark: Remark = (rule, field, value, message, remedy) => {
    // What no column states is told once, of the tape.
    if (header.place(field) === undefined) return;
    log.add({ row, column: header.nameOf(field), value, rule, message: `row ${row}: ${message}`, remedy });
  };
  return (loan, context) => {
    row = loan.row;
    for (const check of CHECKS) check(loan, remark, context);
  };
}
