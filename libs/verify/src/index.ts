export { ChainUnreadable, FileUnusable, Mismatch } from './errors.js';
export type { PublishedFiles, Rpc, Tick, TickId } from './types.js';
export { verifyLoan, verifyPeriod } from './verify-period.js';
