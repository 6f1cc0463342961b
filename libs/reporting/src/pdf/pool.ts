import type { InvestorReport } from '../model.js';
import { count, longDate, money, percent } from './format.js';
import { shareOf } from '../json.js';
import { barChart } from './chart.js';
import type { Sheet } from './sheet.js';
import { COLOUR, FONT, KIND_COLOUR } from './style.js';
import { table, type Cell } from './table.js';

/** The pool from opening to closing balance, and what its loans are like. */
export function poolSection(sheet: Sheet, report: InvestorReport): void {
  const { pool } = report;
  sheet.heading('Pool');
  // A tape has no column for repurchased principal: there it is among the adjustments, and a line of zero would deny it.
  const repurchased = pool.repurchasedPrincipal !== 0n;
  const adjustments = repurchased ? 'Other principal adjustments' : 'Other principal adjustments, repurchases included';
  const roll: [string, string, bigint][] = [
    ['Opening balance', count(pool.openingLoans), pool.opening],
    ['Principal collected, net of reversals', '', -pool.principal],
    [adjustments, '', -pool.otherPrincipalAdjustment],
    ['Charge-offs', '', -pool.chargeOffs],
    ...(repurchased ? ([['Repurchased principal', '', -pool.repurchasedPrincipal]] as [string, string, bigint][]) : []),
    ...(pool.rollDifference === 0n
      ? []
      : ([['Difference that does not tie', '', -pool.rollDifference]] as [string, string, bigint][])),
  ];
  table(sheet, {
    columns: [
      { title: 'Roll of the pool', share: 5 },
      { title: 'Loans', share: 1.4, align: 'right' },
      { title: report.currency, share: 2.4, align: 'right' },
    ],
    rows: roll.map(([name, loans, amount]) => [name, loans, money(amount)]),
    totals: ['Closing balance', count(pool.closingLoans), money(pool.closing)],
  });
  const facts: Cell[][] = [
    ['Loans at the cut-off date', count(pool.loansAtCutOff)],
    ['Balance at the cut-off date', money(pool.cutOffBalance)],
    ['Pool factor', percent(shareOf(pool.closing, pool.cutOffBalance), 4)],
    ['Loans paid off in the period', `${count(pool.payoffs.loans)} with ${money(pool.payoffs.amount)}`],
    ...pool.statistics.map((statistic): Cell[] => [statistic.name, statistic.value]),
  ];
  table(sheet, {
    columns: [
      { title: 'Statistics', share: 5 },
      { title: '', share: 3.8, align: 'right' },
    ],
    rows: facts,
  });
}

/** What came in, by source, gross and returned; and how the cash that arrived compares with it. */
export function collectionsSection(sheet: Sheet, report: InvestorReport): void {
  const c = report.collections;
  sheet.heading('Collections');
  const sources: [string, { gross: bigint; reversed: bigint }][] = [
    ['Interest', c.interest],
    ['Principal', c.principal],
    ['Recoveries', c.recoveries],
    ['Repurchase proceeds', c.repurchaseProceeds],
  ];
  table(sheet, {
    columns: [
      { title: 'Source', share: 3.4 },
      { title: 'Gross', share: 2, align: 'right' },
      { title: 'Reversed', share: 2, align: 'right' },
      { title: 'Net', share: 2, align: 'right' },
    ],
    rows: sources.map(([name, part]) => [
      name,
      money(part.gross),
      money(-part.reversed),
      money(part.gross - part.reversed),
    ]),
    totals: ['Available collections', ...grossAndReversed(sources), money(c.available)],
  });
  if (c.reversalRows > 0) {
    sheet.paragraph(
      `${count(c.reversalRows)} rows of the tape are returned payments. The tape shows the principal returned but no ` +
        'column for interest returned, so those rows are flagged and nothing is guessed.',
      { size: 7.5, colour: COLOUR.muted },
    );
  }
  table(sheet, {
    columns: [
      { title: 'Cash', share: 6 },
      { title: report.currency, share: 2.4, align: 'right' },
    ],
    rows: [
      ['Remittance due from the servicer', money(c.remittance)],
      ['Deposit counted by the vault', money(c.deposit)],
      ['Servicer receivable carried forward', money(c.servicerReceivable)],
      ['Held in suspense', money(c.suspense)],
      ['Other collections, kept by the servicer and not deposited', money(c.otherCollected)],
    ],
  });
  if (c.settledJointly) {
    sheet.paragraph('Trustee and calculation agent settled this period jointly on the cash held.', { font: FONT.bold });
  }
}

function grossAndReversed(sources: [string, { gross: bigint; reversed: bigint }][]): [string, string] {
  const gross = sources.reduce((sum, [, part]) => sum + part.gross, 0n);
  return [money(gross), money(-sources.reduce((sum, [, part]) => sum + part.reversed, 0n))];
}

/** A bucket of days as it is printed: `1-30` with a dash, `>120` in words. */
const bucketName = (bucket: string): string => bucket.replace(/^>/, 'over ').replace('-', '–');

/** Loans by days past due, with a chart, and the losses of the pool. */
export function delinquencySection(sheet: Sheet, report: InvestorReport): void {
  const total = report.delinquency.reduce((sum, bucket) => sum + bucket.balance, 0n);
  const loans = report.delinquency.reduce((sum, bucket) => sum + bucket.loans, 0);
  sheet.heading('Delinquency and losses');
  sheet.paragraph(`Days past due at ${longDate(report.dates.collectionTo)}, by closing balance.`);
  table(sheet, {
    columns: [
      { title: 'Days past due', share: 3 },
      { title: 'Loans', share: 1.6, align: 'right' },
      { title: 'Closing balance', share: 2.6, align: 'right' },
      { title: 'Of the pool', share: 1.8, align: 'right' },
    ],
    rows: report.delinquency.map((d) => [
      bucketName(d.bucket),
      count(d.loans),
      money(d.balance),
      percent(shareOf(d.balance, total), 4),
    ]),
    totals: ['Total', count(loans), money(total), total === 0n ? percent(0n, 4) : percent(10n ** 12n, 4)],
  });
  const bars = report.delinquency.map((d, index) => ({
    label: bucketName(d.bucket),
    figure: percent(shareOf(d.balance, total), 2),
    start: 0,
    length: Number(shareOf(d.balance, total)) / 1e12,
    colour: (index === 0 ? KIND_COLOUR.residual : KIND_COLOUR.reserve) ?? COLOUR.brand,
  }));
  barChart(sheet, 'Closing balance by days past due', bars, false);
  const { losses } = report;
  table(sheet, {
    columns: [
      { title: 'Losses', share: 6 },
      { title: report.currency, share: 2.4, align: 'right' },
    ],
    rows: [
      ['Charge-offs of the period', money(losses.chargeOffs)],
      ['Recoveries of the period', money(-losses.recoveries)],
      ['Net loss of the period', money(losses.netLoss)],
      ['Cumulative net loss', money(losses.cumulativeNetLoss)],
      ['Cumulative net loss of the cut-off pool', percent(losses.cumulativeNetLossRatio, 4)],
    ],
  });
}
