import type { InvestorReport } from '../model.js';
import { decimal, longDate, money } from './format.js';
import type { Sheet } from './sheet.js';
import { COLOUR, CONTENT_WIDTH, FONT, PAGE } from './style.js';

const BAND_HEIGHT = 250;

/** The first page: whose report it is, what was paid, and the parties. */
export function cover(sheet: Sheet, report: InvestorReport): void {
  sheet.doc.addPage();
  band(sheet, report);
  figures(sheet, report);
  sheet.y = BAND_HEIGHT + 132;
  notes(sheet, report);
  pairs(sheet, 'Dates', [
    ['Collection period', `${longDate(report.dates.collectionFrom)} to ${longDate(report.dates.collectionTo)}`],
    [
      'Accrual, adjusted classes',
      `${longDate(report.dates.accrualFrom)} to, but excluding, ${longDate(report.dates.accrualTo)}`,
    ],
    ['Record date', longDate(report.dates.recordDate)],
    ['Payment date', longDate(report.dates.paymentDate)],
    ['Cut-off and closing date', `${longDate(report.dates.cutOffDate)} and ${longDate(report.dates.closingDate)}`],
  ]);
  pairs(sheet, 'Parties', [
    ['Issuing entity', report.parties.issuingEntity],
    ['Sponsor', report.parties.sponsor],
    ['Servicer', report.parties.servicer],
    ['Trustee', report.parties.trustee],
    ['Calculation agent', report.parties.calculationAgent],
  ]);
}

function band(sheet: Sheet, report: InvestorReport): void {
  const { doc } = sheet;
  doc.rect(0, 0, PAGE.width, BAND_HEIGHT).fillColor(COLOUR.brand).fill();
  doc.font(FONT.bold).fontSize(9).fillColor(COLOUR.brandSoft);
  doc.text('INVESTOR REPORT', PAGE.left, 64, { characterSpacing: 2, lineBreak: false });
  doc.font(FONT.serif).fontSize(27).fillColor('#ffffff');
  const name = report.parties.issuingEntity;
  // A long name is set smaller until it fits its two lines: it is never cut.
  for (let size = 27; size > 9 && doc.heightOfString(name, { width: CONTENT_WIDTH }) > 72;) doc.fontSize((size -= 1));
  doc.text(name, PAGE.left, 92, { width: CONTENT_WIDTH });
  doc.font(FONT.body).fontSize(12).fillColor(COLOUR.brandSoft);
  doc.text(`Period ${report.period} · payment date ${longDate(report.dates.paymentDate)}`, PAGE.left, 182, {
    width: CONTENT_WIDTH,
  });
  const deal = report.deal === name ? '' : `Deal ${report.deal} · `;
  doc.fontSize(8.5).text(`${deal}Report dated ${longDate(report.dates.reportDate)}`, PAGE.left, 206, {
    width: CONTENT_WIDTH,
  });
}

function figures(sheet: Sheet, report: InvestorReport): void {
  const interest = report.tranches.reduce((sum, t) => sum + t.interestPaid, 0n);
  const principal = report.tranches.reduce((sum, t) => sum + t.principalPaid, 0n);
  const tiles: [string, bigint][] = [
    ['Available collections', report.collections.available],
    ['Interest to notes', interest],
    ['Principal to notes', principal],
    ['Residual', report.residual],
  ];
  const width = (CONTENT_WIDTH - 3 * 10) / 4;
  tiles.forEach(([label, amount], index) => {
    const x = PAGE.left + index * (width + 10);
    const { doc } = sheet;
    doc
      .rect(x, BAND_HEIGHT + 24, width, 62)
      .fillColor(COLOUR.band)
      .fill();
    doc
      .rect(x, BAND_HEIGHT + 24, width, 2.5)
      .fillColor(COLOUR.brand)
      .fill();
    doc.font(FONT.body).fontSize(8).fillColor(COLOUR.muted);
    doc.text(label, x + 10, BAND_HEIGHT + 37, { lineBreak: false });
    const text = money(amount);
    doc.font(FONT.bold).fontSize(12.5);
    const size = Math.min(12.5, (12.5 * (width - 20)) / doc.widthOfString(text));
    doc
      .fontSize(size)
      .fillColor(COLOUR.ink)
      .text(text, x + 10, BAND_HEIGHT + 56, { lineBreak: false });
  });
}

function notes(sheet: Sheet, report: InvestorReport): void {
  const shortfall = report.tranches.reduce((sum, t) => sum + t.interestShortfall, 0n);
  const on = report.triggers.filter((trigger) => trigger.on).map((trigger) => trigger.name);
  const factors = report.tranches.map((t) => `${t.name} ${decimal(t.factor, 6)}`).join(' · ');
  sheet.y = BAND_HEIGHT + 102;
  pairs(sheet, 'At a glance', [
    ['Pool at the end of the period', `${money(report.pool.closing)} ${report.currency}`],
    ['Note factors', factors],
    ['Interest shortfall', shortfall === 0n ? 'None' : `${money(shortfall)} ${report.currency}`],
    ['Triggers', on.length === 0 ? 'None is on' : `On: ${on.join(', ')}`],
    ['Settlement', report.collections.settledJointly ? 'Joint, on the cash held' : 'On the servicer report'],
  ]);
}

function pairs(sheet: Sheet, title: string, rows: [string, string][]): void {
  sheet.doc.font(FONT.bold).fontSize(9).fillColor(COLOUR.brand).text(title, PAGE.left, sheet.y, { lineBreak: false });
  sheet.y += 14;
  sheet.rule(COLOUR.brand, 0.8);
  for (const [name, value] of rows) {
    const { doc } = sheet;
    doc.font(FONT.body).fontSize(8.5);
    const height = doc.heightOfString(value, { width: CONTENT_WIDTH - 170 }) + 7;
    doc.fillColor(COLOUR.muted).text(name, PAGE.left, sheet.y + 3.5, { width: 160 });
    doc.fillColor(COLOUR.ink).text(value, PAGE.left + 170, sheet.y + 3.5, { width: CONTENT_WIDTH - 170 });
    sheet.y += height;
    sheet.rule(COLOUR.rule, 0.4);
  }
  sheet.y += 16;
}
