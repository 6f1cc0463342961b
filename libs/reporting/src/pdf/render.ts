import { checkReport } from '../check.js';
import type { InvestorReport } from '../model.js';
import { cover } from './cover.js';
import { accountSection, trancheSection, triggerSection, waterfallSection } from './payments.js';
import { collectionsSection, delinquencySection, poolSection } from './pool.js';
import { reconciliationSection, tapeSection, verifySection } from './proof.js';
import { Sheet } from './sheet.js';

/**
 * The investor report as a PDF with embedded typefaces. Nothing but the model enters it, dates included, so equal models
 * give equal bytes. @throws ReportInconsistent
 */
export async function renderInvestorReportPdf(report: InvestorReport): Promise<Uint8Array> {
  checkReport(report);
  // Read when a report is written: most processes that can write one never do.
  const { default: Document } = await import('pdfkit');
  const sheet = new Sheet(Document, report);
  cover(sheet, report);
  sheet.newPage();
  poolSection(sheet, report);
  collectionsSection(sheet, report);
  waterfallSection(sheet, report);
  trancheSection(sheet, report);
  accountSection(sheet, report);
  triggerSection(sheet, report);
  delinquencySection(sheet, report);
  reconciliationSection(sheet, report);
  tapeSection(sheet, report);
  verifySection(sheet, report);
  return sheet.finish(report);
}
