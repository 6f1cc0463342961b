import { reconciliationDifference } from '../json.js';
import type { InvestorReport } from '../model.js';
import { cash, count, money } from './format.js';
import type { Sheet } from './sheet.js';
import { COLOUR, CONTENT_WIDTH, FONT, PAGE } from './style.js';
import { table } from './table.js';

/** Books against chain, and against the bank where it made statements, line by line, with what differs. */
export function reconciliationSection(sheet: Sheet, report: InvestorReport): void {
  const { unitsPerCent, lines, asOf } = report.reconciliation;
  sheet.heading('Reconciliation');
  const withBank = lines.some((line) => line.bank !== null);
  sheet.paragraph(withBank ? `Books, chain and bank statement as of ${asOf}.` : `Books and chain as of ${asOf}.`);
  const differing = lines.filter((line) => reconciliationDifference(line) !== 0n).length;
  table(sheet, {
    columns: [
      { title: 'Item', share: 3.4 },
      { title: 'Books', share: 2.2, align: 'right' },
      { title: 'Chain', share: 2.2, align: 'right' },
      ...(withBank ? [{ title: 'Bank', share: 2.2, align: 'right' } as const] : []),
      { title: 'Difference', share: 1.6, align: 'right' },
    ],
    rows: lines.map((line) => {
      const difference = reconciliationDifference(line);
      return [
        line.item,
        cash(line.books, unitsPerCent),
        cash(line.chain, unitsPerCent),
        ...(withBank ? [line.bank === null ? '–' : cash(line.bank, unitsPerCent)] : []),
        { text: cash(difference, unitsPerCent), colour: difference === 0n ? COLOUR.good : COLOUR.bad, heavy: true },
      ];
    }),
    size: 7.5,
  });
  const verdict =
    differing === 0 ? 'Every line agrees.' : `${count(differing)} of ${count(lines.length)} lines differ.`;
  sheet.paragraph(verdict, { font: FONT.bold, colour: differing === 0 ? COLOUR.good : COLOUR.bad });
}

/** Loans left out of the pool with the reasons, and what was found when the tape was read. */
export function tapeSection(sheet: Sheet, report: InvestorReport): void {
  const { rows, exclusions, findings } = report.tape;
  sheet.heading('Tape: excluded loans and findings', 80);
  sheet.paragraph(`The tape has ${count(rows)} rows.`);
  if (exclusions.length === 0) sheet.paragraph('No loan was excluded.');
  else {
    table(sheet, {
      columns: [
        { title: 'Reason of exclusion', share: 6 },
        { title: 'Loans', share: 1.3, align: 'right' },
        { title: 'Balance at cut-off', share: 2.2, align: 'right' },
      ],
      rows: exclusions.map((exclusion) => [exclusion.reason, count(exclusion.loans), money(exclusion.balance)]),
    });
  }
  if (findings.length === 0) sheet.paragraph('Nothing was found to object to.');
  else {
    table(sheet, {
      columns: [
        { title: 'Finding', share: 7 },
        { title: 'Weight', share: 1.3 },
        { title: 'Rows', share: 1.2, align: 'right' },
      ],
      rows: findings.map((finding) => [
        { text: finding.rule, note: finding.message },
        { text: finding.weight, colour: finding.weight === 'blocks' ? COLOUR.bad : COLOUR.ink },
        count(finding.count),
      ]),
    });
  }
}

/** The hashes that identify this payment date, and the command that re-derives it. */
export function verifySection(sheet: Sheet, report: InvestorReport): void {
  const { identity } = report;
  sheet.heading('How to verify this report', 200);
  sheet.paragraph(
    'Anyone can re-derive this payment date from the published files and the chain, without asking a party to the deal. ' +
      'The command runs the deal’s program again on the inputs stored on chain, adds up the published loan rows under ' +
      'their root, and proves that one loan is among them. Each of its three ticks turns red when its input was altered.',
  );
  command(sheet, report.verifyCommand);
  const rows: [string, string][] = [
    ['Chain', identity.chainId.toString()],
    ['Vault', identity.vault],
    ['Deal document', identity.documentHash],
    ['Program', identity.programHash],
    ['Servicer report', identity.reportDigest],
    ['Tape root', identity.tapeRoot],
    ['Result', identity.resultHash],
    ['State after the run', identity.stateHash],
    ['Settlement', identity.settleTransaction ?? 'not yet mined'],
    ...report.tranches.flatMap((t): [string, string][] => (t.token ? [[`Token of class ${t.name}`, t.token]] : [])),
  ];
  table(sheet, {
    columns: [
      { title: 'Identity', share: 2.2 },
      { title: 'Number, hash or address', share: 7, font: FONT.mono },
    ],
    rows,
    size: 7.5,
  });
}

function command(sheet: Sheet, text: string): void {
  const doc = sheet.doc.font(FONT.mono).fontSize(8);
  const options = { width: CONTENT_WIDTH - 20 };
  const height = doc.heightOfString(text, options) + 16;
  sheet.ensure(height);
  doc.rect(PAGE.left, sheet.y, CONTENT_WIDTH, height).fillColor(COLOUR.band).fill();
  doc.fillColor(COLOUR.ink).text(text, PAGE.left + 10, sheet.y + 8, options);
  sheet.y += height + 12;
}
