import type { InvestorReport, ReportTrigger } from '../model.js';
import { barChart } from './chart.js';
import { decimal, money, percent } from './format.js';
import type { Sheet } from './sheet.js';
import { COLOUR, KIND_COLOUR } from './style.js';
import { table, type Column } from './table.js';

const figure = (title: string, share = 2): Column => ({ title, share, align: 'right' });
const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** Each step of the priority of payments as it ran, and a chart of where the cash went. */
export function waterfallSection(sheet: Sheet, report: InvestorReport): void {
  sheet.heading('Priority of payments');
  table(sheet, {
    columns: [
      { title: 'Step', share: 0.7, align: 'right' },
      { title: 'What is paid', share: 5.4 },
      { title: 'From and to', share: 2.5 },
      figure('Due'),
      figure('Paid'),
      figure('Short', 1.6),
    ],
    rows: report.waterfall.map((step) => [
      String(step.step),
      { text: step.label, note: step.sentence },
      `${step.from} → ${step.to}`,
      money(step.due),
      money(step.paid),
      { text: money(step.short), ...(step.short > 0n ? { colour: COLOUR.bad, heavy: true } : {}) },
    ]),
    size: 7.5,
  });
  distributionChart(sheet, report);
}

/** Steps that pay somebody: collections come in, and moves between accounts stay inside the deal. */
function distributionChart(sheet: Sheet, report: InvestorReport): void {
  const steps = report.waterfall.filter((step) => step.paid > 0n && step.kind !== 'collections');
  const total = sum(steps.map((step) => step.paid));
  if (total === 0n) return;
  let before = 0n;
  const bars = steps.map((step) => {
    const bar = {
      // A step that pays several classes has several bars of one label: say whom each pays.
      label: steps.filter((other) => other.label === step.label).length > 1 ? `${step.label}: ${step.to}` : step.label,
      figure: money(step.paid),
      start: Number((before * 1_000_000n) / total) / 1e6,
      length: Number((step.paid * 1_000_000n) / total) / 1e6,
      colour: KIND_COLOUR[step.kind] ?? COLOUR.brand,
    };
    before += step.paid;
    return bar;
  });
  barChart(sheet, 'Distribution of the cash, step by step', bars, true);
}

/** Interest and principal of each class, and what of its original balance is left. */
export function trancheSection(sheet: Sheet, report: InvestorReport): void {
  const { tranches } = report;
  sheet.heading('Notes');
  table(sheet, {
    columns: [
      { title: 'Class', share: 0.9 },
      { title: 'Coupon', share: 1.2, align: 'right' },
      { title: 'Day count', share: 1.7, align: 'right' },
      figure('Interest due'),
      figure('Interest paid'),
      figure('Shortfall', 1.7),
      figure('Per 1,000 of original', 1.9),
    ],
    rows: tranches.map((t) => [
      t.name,
      percent(t.coupon, 2),
      `${t.accrualDays} days ${t.dayCount}`,
      money(t.interestDue),
      money(t.interestPaid),
      { text: money(t.interestShortfall), ...(t.interestShortfall > 0n ? { colour: COLOUR.bad, heavy: true } : {}) },
      perThousand(t.interestPaid, t.original),
    ]),
    totals: [
      'Total',
      '',
      '',
      money(sum(tranches.map((t) => t.interestDue))),
      money(sum(tranches.map((t) => t.interestPaid))),
      money(sum(tranches.map((t) => t.interestShortfall))),
      '',
    ],
    size: 7.5,
  });
  table(sheet, {
    columns: [
      { title: 'Class', share: 0.9 },
      figure('Original balance', 2.2),
      figure('Opening balance', 2.2),
      figure('Principal paid'),
      figure('Closing balance', 2.2),
      figure('Note factor', 1.6),
    ],
    rows: tranches.map((t) => [
      t.name,
      money(t.original),
      money(t.opening),
      money(t.principalPaid),
      money(t.closing),
      decimal(t.factor, 8),
    ]),
    totals: [
      'Total',
      money(sum(tranches.map((t) => t.original))),
      money(sum(tranches.map((t) => t.opening))),
      money(sum(tranches.map((t) => t.principalPaid))),
      money(sum(tranches.map((t) => t.closing))),
      '',
    ],
    size: 7.5,
  });
  table(sheet, {
    columns: [{ title: 'Fees and residual', share: 4 }, figure('Due'), figure('Paid'), figure('Short')],
    rows: [
      ...report.fees.map((fee) => [fee.name, money(fee.due), money(fee.paid), money(fee.short)]),
      ['Residual', money(report.residual), money(report.residual), money(0n)],
    ],
  });
}

/** Interest on 1,000.00 of original face, six decimals, half up. */
function perThousand(amount: bigint, original: bigint): string {
  return original === 0n ? decimal(0n, 6) : decimal((amount * 1000n * 10n ** 12n) / original, 6);
}

/** The deal's accounts from opening to closing, and that no cash came from or went to nowhere. */
export function accountSection(sheet: Sheet, report: InvestorReport): void {
  const { accounts, conservation } = report;
  sheet.heading('Accounts');
  table(sheet, {
    columns: [
      { title: 'Account', share: 2 },
      figure('Opening'),
      figure('In'),
      figure('Out'),
      figure('Closing'),
      figure('Target'),
    ],
    rows: accounts.map((account) => [
      account.name,
      money(account.opening),
      money(account.in),
      money(-account.out),
      money(account.closing),
      account.target === null ? '–' : money(account.target),
    ]),
    totals: [
      'Total',
      money(sum(accounts.map((account) => account.opening))),
      money(sum(accounts.map((account) => account.in))),
      money(-sum(accounts.map((account) => account.out))),
      money(sum(accounts.map((account) => account.closing))),
      '',
    ],
    size: 7.5,
  });
  sheet.paragraph(
    `Opening accounts and deposits, ${money(conservation.openingPlusDeposits)}, equal payments and closing accounts, ` +
      `${money(conservation.paymentsPlusClosing)}, to the cent.`,
  );
}

function inUnit({ unit }: ReportTrigger, value: bigint | null): string {
  if (value === null) return '–';
  return unit === 'money' ? money(value) : percent(value, 4);
}

/** Each test of the deal with its value, its threshold and the room between them. */
export function triggerSection(sheet: Sheet, report: InvestorReport): void {
  sheet.heading('Triggers', 60);
  if (report.triggers.length === 0) sheet.paragraph('The deal has no triggers.');
  else {
    table(sheet, {
      columns: [
        { title: 'Trigger', share: 4 },
        figure('Value'),
        figure('Threshold'),
        figure('Distance'),
        { title: 'State', share: 1, align: 'right' },
      ],
      rows: report.triggers.map((trigger) => [
        { text: trigger.name, note: trigger.description },
        inUnit(trigger, trigger.value),
        inUnit(trigger, trigger.threshold),
        inUnit(trigger, trigger.distance),
        { text: trigger.on ? 'On' : 'Off', heavy: true, colour: trigger.on ? COLOUR.bad : COLOUR.good },
      ]),
    });
  }
}
