import type PDFDocument from 'pdfkit';
import type { InvestorReport } from '../model.js';
import { longDate } from './format.js';
import { COLOUR, CONTENT_WIDTH, FONT, PAGE, registerFonts } from './style.js';

/** A PDF being written from top to bottom: it knows where the next line goes and starts pages when one is full. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  y: number = PAGE.top;
  private section = 0;

  constructor(Document: typeof PDFDocument, report: InvestorReport) {
    const dated = new Date(`${report.dates.reportDate}T00:00:00Z`);
    this.doc = new Document({
      size: 'LETTER',
      // Breaks are this class's business: pdfkit's own would come at its bottom margin.
      margins: { top: 0, bottom: 0, left: PAGE.left, right: PAGE.width - PAGE.right },
      bufferPages: true,
      autoFirstPage: false,
      lang: 'en-US',
      displayTitle: true,
      pdfVersion: '1.7',
      font: null as unknown as string,
      info: {
        Title: `${report.parties.issuingEntity}: investor report, period ${report.period}`,
        Author: report.parties.trustee,
        Subject: `Payment date ${report.dates.paymentDate}`,
        Creator: 'Weir',
        Producer: 'Weir',
        CreationDate: dated,
        ModDate: dated,
      },
    });
    registerFonts(this.doc);
  }

  /** Starts a page and puts the next line at its top. */
  newPage(): void {
    this.doc.addPage();
    this.y = PAGE.top;
  }

  /** Starts a page when less than `height` points are left. */
  ensure(height: number): void {
    if (this.y + height > PAGE.bottom) this.newPage();
  }

  /** A numbered section heading, with at least `keep` points of its content on the same page, and a bookmark. */
  heading(text: string, keep = 120): void {
    this.ensure(34 + keep);
    if (this.y > PAGE.top) this.y += 16;
    this.section += 1;
    const title = `${this.section}  ${text}`;
    this.doc.outline.addItem(title);
    this.doc.font(FONT.serif).fontSize(14).fillColor(COLOUR.brand).text(title, PAGE.left, this.y, { lineBreak: false });
    this.y += 20;
    this.rule(COLOUR.brand, 0.9);
    this.y += 8;
  }

  /** A paragraph of body text over the full width. */
  paragraph(text: string, options: { size?: number; colour?: string; font?: string } = {}): void {
    const doc = this.doc.font(options.font ?? FONT.body).fontSize(options.size ?? 8.5);
    const height = doc.heightOfString(text, { width: CONTENT_WIDTH, lineGap: 1.5 });
    this.ensure(height);
    doc.fillColor(options.colour ?? COLOUR.ink).text(text, PAGE.left, this.y, { width: CONTENT_WIDTH, lineGap: 1.5 });
    this.y += height + 5;
  }

  /** A horizontal rule at the current height. */
  rule(colour: string, width: number): void {
    this.doc.moveTo(PAGE.left, this.y).lineTo(PAGE.right, this.y).lineWidth(width).strokeColor(colour).stroke();
  }

  /** Running header and footer on every page but the cover, once their number is known; then the file's bytes. */
  async finish(report: InvestorReport): Promise<Uint8Array> {
    const { count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page);
      if (page > 0) this.header(report);
      this.footer(report, page + 1, count);
    }
    const chunks: Uint8Array[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      this.doc.on('end', () => resolve());
      this.doc.on('error', reject);
    });
    this.doc.end();
    await done;
    return new Uint8Array(Buffer.concat(chunks));
  }

  /** One line of text that ends at the right margin. */
  rightLine(text: string, y: number): void {
    this.doc.text(text, PAGE.right - this.doc.widthOfString(text), y, { lineBreak: false });
  }

  private header(report: InvestorReport): void {
    this.doc.font(FONT.body).fontSize(7.5).fillColor(COLOUR.muted);
    this.doc.text(report.parties.issuingEntity, PAGE.left, 40, { lineBreak: false });
    this.rightLine(`Payment date ${longDate(report.dates.paymentDate)}`, 40);
    this.doc.moveTo(PAGE.left, 54).lineTo(PAGE.right, 54).lineWidth(0.5).strokeColor(COLOUR.rule).stroke();
  }

  private footer(report: InvestorReport, page: number, pages: number): void {
    this.doc.font(FONT.body).fontSize(7.5).fillColor(COLOUR.muted);
    this.doc.text(`Investor report, period ${report.period} · amounts in ${report.currency}`, PAGE.left, 750, {
      lineBreak: false,
    });
    this.rightLine(`Page ${page} of ${pages}`, 750);
  }
}
