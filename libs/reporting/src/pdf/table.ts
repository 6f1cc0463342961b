import type { Sheet } from './sheet.js';
import { COLOUR, CONTENT_WIDTH, FONT, PAGE } from './style.js';

/** A column: its title, its share of the width (any unit), and on which side its cells stand. */
export interface Column {
  title: string;
  share: number;
  align?: 'left' | 'right';
  font?: string;
}

/** A cell: text, with an optional second line in small grey and a colour of its own. */
export type Cell = string | { text: string; note?: string; colour?: string; heavy?: boolean };

/** Rows of cells; `totals` is set off below them in bold. */
export interface TableContent {
  columns: Column[];
  rows: Cell[][];
  totals?: Cell[];
  size?: number;
}

interface Box extends Column {
  x: number;
  width: number;
}

const GAP = 8;
const PAD = 3.2;

function boxesOf(columns: Column[]): Box[] {
  const shares = columns.reduce((sum, column) => sum + column.share, 0);
  const room = CONTENT_WIDTH - GAP * (columns.length - 1);
  let x: number = PAGE.left;
  return columns.map((column) => {
    const box = { ...column, x, width: (room * column.share) / shares };
    x += box.width + GAP;
    return box;
  });
}

/**
 * A table over the full width. Cells wrap, never clip; a figure too wide for its column is set smaller until it fits; a
 * row is never torn; when a page is full the header is repeated on the next.
 */
export function table(sheet: Sheet, content: TableContent): void {
  const size = content.size ?? 8;
  const boxes = boxesOf(content.columns);
  const titles = content.columns.map((column): Cell => ({ text: column.title, heavy: true, colour: COLOUR.brand }));
  const header = (): void => {
    drawRow(sheet, boxes, titles, size - 0.5);
    sheet.rule(COLOUR.brand, 0.8);
  };
  const first = content.rows[0];
  sheet.ensure(rowHeight(sheet, boxes, titles, size) + (first ? rowHeight(sheet, boxes, first, size) : 0));
  header();
  content.rows.forEach((row, index) => {
    // The totals stay with the last row.
    const last = index === content.rows.length - 1;
    const extra = last && content.totals ? rowHeight(sheet, boxes, content.totals, size) : 0;
    if (sheet.y + rowHeight(sheet, boxes, row, size) + extra > PAGE.bottom) {
      sheet.newPage();
      header();
    }
    drawRow(sheet, boxes, row, size);
    sheet.rule(COLOUR.rule, 0.4);
  });
  if (content.totals) {
    sheet.rule(COLOUR.brand, 0.8);
    drawRow(sheet, boxes, content.totals.map(inBold), size);
    sheet.rule(COLOUR.brand, 0.8);
  }
  sheet.y += 8;
}

const inBold = (cell: Cell): Cell =>
  typeof cell === 'string' ? { text: cell, heavy: true } : { ...cell, heavy: true };

function parts(cell: Cell): { text: string; note?: string; colour?: string; heavy?: boolean } {
  return typeof cell === 'string' ? { text: cell } : cell;
}

function fitted(sheet: Sheet, box: Box, cell: Cell, size: number): number {
  const { text, heavy } = parts(cell);
  const doc = sheet.doc.font(heavy ? FONT.bold : (box.font ?? FONT.body)).fontSize(size);
  if (box.align !== 'right' || text.includes(' ')) return size;
  const width = doc.widthOfString(text);
  return width <= box.width ? size : (size * box.width) / width - 0.01;
}

function cellHeight(sheet: Sheet, box: Box, cell: Cell, size: number): number {
  const { text, note } = parts(cell);
  const own = fitted(sheet, box, cell, size);
  const height = sheet.doc.fontSize(own).heightOfString(text || ' ', { width: box.width });
  if (!note) return height;
  return (
    height +
    1 +
    sheet.doc
      .font(FONT.body)
      .fontSize(size - 1.3)
      .heightOfString(note, { width: box.width })
  );
}

function rowHeight(sheet: Sheet, boxes: Box[], row: Cell[], size: number): number {
  return Math.max(...boxes.map((box, index) => cellHeight(sheet, box, row[index] ?? '', size))) + 2 * PAD;
}

function drawRow(sheet: Sheet, boxes: Box[], row: Cell[], size: number): void {
  const height = rowHeight(sheet, boxes, row, size);
  boxes.forEach((box, index) => {
    const cell = row[index] ?? '';
    const { text, note, colour } = parts(cell);
    const own = fitted(sheet, box, cell, size);
    const options = { width: box.width, align: box.align ?? 'left' } as const;
    const top = sheet.y + PAD;
    sheet.doc
      .fontSize(own)
      .fillColor(colour ?? COLOUR.ink)
      .text(text, box.x, top, options);
    if (note) {
      const below = top + sheet.doc.heightOfString(text, { width: box.width }) + 1;
      sheet.doc
        .font(FONT.body)
        .fontSize(size - 1.3)
        .fillColor(COLOUR.muted)
        .text(note, box.x, below, options);
    }
  });
  sheet.y += height;
}
