export * from './chart.js';
export * from './amendment.js';
export * from './closing.js';
export * from './collections.js';
export { assertBalanced, reverseEntry, type JournalEntry, type JournalLine, type LedgerContext } from './entry.js';
export * from './errors.js';
export * from './payments.js';
export * from './settlement.js';
export * from './trial.js';
