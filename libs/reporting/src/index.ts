export * from './check.js';
export * from './csv.js';
export * from './errors.js';
export { investorReportJson } from './json.js';
export * from './model.js';
export { renderInvestorReportPdf } from './pdf/render.js';
