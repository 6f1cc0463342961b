import type { Finding } from '../tape/finding.js';

/** Findings of rows: what small hand-made tapes have no columns of is told of the columns. */
export const ofRows = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ rule }) => rule !== 'missing-column');
