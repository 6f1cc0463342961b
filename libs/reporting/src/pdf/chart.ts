import type { Sheet } from './sheet.js';
import { COLOUR, CONTENT_WIDTH, FONT, PAGE } from './style.js';

/** One bar: where it starts and how long it is, as fractions of the whole, with its label and figure. */
export interface Bar {
  label: string;
  figure: string;
  start: number;
  length: number;
  colour: string;
}

const ROW = 17;
const LABEL_WIDTH = 150;
const FIGURE_WIDTH = 78;
const TRACK = { x: PAGE.left + LABEL_WIDTH + 8, width: CONTENT_WIDTH - LABEL_WIDTH - FIGURE_WIDTH - 16 } as const;

function shortened(sheet: Sheet, text: string, width: number): string {
  if (sheet.doc.widthOfString(text) <= width) return text;
  let end = text.length;
  while (end > 1 && sheet.doc.widthOfString(`${text.slice(0, end)}…`) > width) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Horizontal bars with labels at the left, figures at the right; `connected` joins each bar's end to the next's start. */
export function barChart(sheet: Sheet, title: string, bars: Bar[], connected: boolean): void {
  const height = 32 + bars.length * ROW + 8;
  sheet.ensure(height);
  const { doc } = sheet;
  doc
    .font(FONT.bold)
    .fontSize(9)
    .fillColor(COLOUR.brand)
    .text(title, PAGE.left, sheet.y + 4, { lineBreak: false });
  sheet.y += 32;
  gridLines(sheet, bars.length * ROW);
  bars.forEach((bar, index) => {
    const top = sheet.y + index * ROW;
    const x = TRACK.x + bar.start * TRACK.width;
    const width = Math.max(bar.length * TRACK.width, 0.8);
    doc
      .rect(x, top + 3, width, ROW - 6)
      .fillColor(bar.colour)
      .fill();
    if (connected && index < bars.length - 1) {
      const end = x + bar.length * TRACK.width;
      doc
        .moveTo(end, top + ROW - 3)
        .lineTo(end, top + ROW + 3)
        .lineWidth(0.5)
        .strokeColor(COLOUR.muted)
        .stroke();
    }
    doc.font(FONT.body).fontSize(8).fillColor(COLOUR.ink);
    doc.text(shortened(sheet, bar.label, LABEL_WIDTH), PAGE.left, top + 4, { lineBreak: false });
    sheet.rightLine(bar.figure, top + 4);
  });
  sheet.y += bars.length * ROW + 10;
}

function gridLines(sheet: Sheet, height: number): void {
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const x = TRACK.x + share * TRACK.width;
    sheet.doc
      .moveTo(x, sheet.y)
      .lineTo(x, sheet.y + height)
      .lineWidth(0.4)
      .strokeColor(COLOUR.rule)
      .stroke();
    sheet.doc.font(FONT.body).fontSize(6.5).fillColor(COLOUR.muted);
    const text = `${share * 100} %`;
    sheet.doc.text(text, x - sheet.doc.widthOfString(text) / 2, sheet.y - 9, { lineBreak: false });
  }
}
