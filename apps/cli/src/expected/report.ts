import {
  type AssetClass,
  counted,
  type LoanPayment,
  type PaymentsReconciled,
  type PaymentSums,
  type ReconciledLoan,
} from '@weir/collateral';
import { formatMoney, groupMoney } from '@weir/money';
import { writeCsv } from '@weir/valuation';
import { textTable } from '../output/table.js';

/** Two months of a tape, reconciled. */
export interface ExpectedOutcome {
  readonly previous: string;
  readonly tape: string;
  readonly assetClass: AssetClass;
  readonly reconciled: PaymentsReconciled;
  readonly loans: readonly ReconciledLoan[];
  /** Rows of both tapes that findings block: they are left out. */
  readonly blocked: number;
}

/** Loans of a table that are shown in text. */
const SHOWN = 25;

const right = (title: string) => ({ title, right: true });
const difference = (reported: bigint, expected: bigint): string => groupMoney(reported - expected);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function sumsRow({ loans, expected, reported }: PaymentSums): string[] {
  return [
    String(loans),
    ...[expected.interest, reported.interest].map(groupMoney),
    difference(reported.interest, expected.interest),
    ...[expected.principal, reported.principal].map(groupMoney),
    difference(reported.principal, expected.principal),
  ];
}

const HEADS = ['loans', 'interest due', 'reported', 'more', 'principal due', 'reported', 'more'].map(right);

const isUnexplained = ({ interest }: ReconciledLoan): boolean => interest === 'unexplained';
const isAboveOwed = ({ paid }: ReconciledLoan): boolean => paid === 'more than owed';

/** Whether a loan is to be looked at: its interest, or how it paid more principal than it owed, nothing explains. */
export const isOpen = (loan: ReconciledLoan): boolean => isUnexplained(loan) || isAboveOwed(loan);

/** Loans under a title, the largest deviations first. */
function table(title: string, loans: readonly ReconciledLoan[], deviation: (loan: ReconciledLoan) => bigint): string[] {
  const sorted = loans.toSorted((a, b) => {
    const [left, right] = [magnitude(deviation(a)), magnitude(deviation(b))];
    return left > right ? -1 : left < right ? 1 : a.row - b.row;
  });
  const rows = sorted
    .slice(0, SHOWN)
    .map(({ key, row, paid, expected, reported }) => [
      String(row),
      key,
      paid,
      ...[expected.interest, reported.interest, expected.principal, reported.principal].map(groupMoney),
    ]);
  const titles = [{ title: 'row' }, { title: 'loan' }, { title: 'paid' }];
  const amounts = ['interest due', 'reported', 'principal due', 'reported'].map(right);
  const more = loans.length > SHOWN ? [`and ${loans.length - SHOWN} more: --csv has all`] : [];
  return ['', title, textTable([...titles, ...amounts], rows), ...more];
}

function openLoans(loans: readonly ReconciledLoan[]): string[] {
  const [unexplained, above] = [loans.filter(isUnexplained), loans.filter(isAboveOwed)];
  const ofInterest = ({ reported, expected }: ReconciledLoan): bigint => reported.interest - expected.interest;
  const ofPrincipal = ({ reported, owed }: ReconciledLoan): bigint => reported.principal - owed;
  return [
    ...(unexplained.length === 0
      ? ['', 'The interest of every loan that was compared is explained.']
      : table('Interest that nothing explains', unexplained, ofInterest)),
    ...(above.length === 0 ? [] : table('Principal above what was owed', above, ofPrincipal)),
  ];
}

/** The outcome for people. */
export function expectedText({ previous, tape, assetClass, reconciled, loans, blocked }: ExpectedOutcome): string {
  const { all, kinds, unknown, added, gone } = reconciled;
  const rows = kinds.map((kind) => [kind.paid, kind.interest, ...sumsRow(kind)]);
  return [
    `${tape} against the terms of ${previous} (${assetClass.title})`,
    `${all.loans} loans compared; ${unknown} tell too little, ${added} are new or had no balance, ${gone} are gone`,
    ...(blocked === 0
      ? []
      : [`${counted(blocked, 'row')} left out: a finding blocks ${blocked === 1 ? 'it' : 'them'}`]),
    '',
    textTable([{ title: 'paid' }, { title: 'interest of' }, ...HEADS], [...rows, ['all', '', ...sumsRow(all)]]),
    ...openLoans(loans),
    '',
  ].join('\n');
}

const amounts = ({ interest, principal, total }: LoanPayment): string[] =>
  [interest, principal, total].map((value) => formatMoney(value));

/** A row a loan. */
export function expectedCsv({ loans }: ExpectedOutcome): string {
  const head =
    'loan,row,expectedInterest,expectedPrincipal,expectedTotal,reportedInterest,reportedPrincipal,reportedTotal,' +
    'interestDeviation,principalDeviation,paid,interestOf,days';
  const rows = loans.map(({ key, row, expected, reported, paid, interest, days }) => [
    ...[key, String(row)],
    ...[...amounts(expected), ...amounts(reported)],
    ...[reported.interest - expected.interest, reported.principal - expected.principal].map((value) =>
      formatMoney(value),
    ),
    ...[paid, interest, days === null ? '' : String(days)],
  ]);
  return writeCsv([head.split(','), ...rows]);
}

function sumsJson({ loans, expected, reported }: PaymentSums): object {
  const named = ({ interest, principal, total }: LoanPayment) => ({
    ...{ interest: formatMoney(interest), principal: formatMoney(principal), total: formatMoney(total) },
  });
  return { loans, expected: named(expected), reported: named(reported) };
}

/** The sums as data. */
export function expectedJson({ previous, tape, assetClass, reconciled, blocked }: ExpectedOutcome): object {
  const { all, kinds, unknown, added, gone } = reconciled;
  return {
    ...{ tape, previous, assetClass: assetClass.name, all: sumsJson(all) },
    kinds: kinds.map(({ paid, interest, ...sums }) => ({ paid, interestOf: interest, ...sumsJson(sums) })),
    ...{ unknown, added, gone, blocked },
  };
}
