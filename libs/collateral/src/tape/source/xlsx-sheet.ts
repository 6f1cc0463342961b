import type { TapeRemark } from '../finding.js';
import { TapeUnreadable } from '../errors.js';
import type { TapeLimits } from './limits.js';
import type { SourceRecord } from './source.js';
import { cellText, columnOf } from './xlsx-cell.js';
import { readXmlPart, type SheetEntry, type Workbook } from './xlsx-parts.js';
import type { Archive } from './zip.js';

/** Collects the rows of one sheet out of its XML. */
class SheetRows {
  readonly done: SourceRecord[] = [];
  private row = 0;
  private cells: (string | null)[] = [];
  private column = 0;
  private at = { type: '', style: 0, value: '', formula: '' };
  private within: 'value' | 'formula' | null = null;

  constructor(
    private readonly workbook: Workbook,
    private readonly limits: TapeLimits,
    private readonly remark: (remark: TapeRemark) => void,
  ) {}

  open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') {
      const stated = Number(attributes.r ?? NaN);
      this.row = Number.isSafeInteger(stated) && stated > this.row ? stated : this.row + 1;
      this.cells = [];
      this.column = 0;
    } else if (name === 'c') {
      this.column = columnOf(attributes.r ?? '') ?? this.column;
      this.at = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '', formula: '' };
    } else if (name === 'v' || (name === 't' && this.at.type === 'inlineStr')) this.within = 'value';
    else if (name === 'f') {
      this.within = 'formula';
      this.at.formula = '=';
    }
  };

  text = (text: string): void => {
    if (this.within !== null) this.at[this.within] += text;
  };

  close = (name: string): void => {
    if (name === 'v' || name === 't' || name === 'f') this.within = null;
    else if (name === 'c') this.cell();
    else if (name === 'row' && this.cells.some((cell) => cell !== null && cell !== '')) {
      this.done.push({ row: this.row, cells: this.cells });
    }
  };

  private cell(): void {
    if (this.column >= this.limits.columns) {
      const detail = `the sheet has more than ${this.limits.columns} columns`;
      throw new TapeUnreadable('limit', this.row, detail, 'leave out the columns that are no part of the tape');
    }
    while (this.cells.length < this.column) this.cells.push(null);
    const { formula, value } = this.at;
    this.cells[this.column] = cellText(this.at, this.workbook);
    if (formula !== '' && value === '') this.emptyFormula(formula);
    this.column++;
  }

  private emptyFormula(formula: string): void {
    const { row } = this;
    const message = `row ${row}: the formula ${formula.slice(0, 60)} has no stored value, and formulas are not computed here`;
    const remedy = 'open the workbook, let it compute, save it, or paste the values';
    this.remark({
      row,
      column: String(this.column + 1),
      value: formula,
      rule: 'formula-without-value',
      message,
      remedy,
    });
  }
}

/** The rows of a sheet that hold something, in batches; a caller may stop early. */
export async function* sheetRows(
  archive: Archive,
  { workbook, sheet }: { workbook: Workbook; sheet: SheetEntry },
  limits: TapeLimits,
  remark: (remark: TapeRemark) => void,
): AsyncGenerator<SourceRecord[]> {
  const rows = new SheetRows(workbook, limits, remark);
  for await (const _ of readXmlPart(archive, sheet.part, rows, limits)) {
    if (rows.done.length > 0) yield rows.done.splice(0);
  }
}
