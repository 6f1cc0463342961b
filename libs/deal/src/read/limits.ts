import { RATE_SCALE } from '@weir/money';
import type { Limits } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { optionalFormula, positiveShare, type Reading } from './reading.js';

export const LIMITS = ['limit', 'share', 'keep'] as const;

/** Bounds of what a step pays; a step that moves no cash has none. */
export function readLimits(fields: Partial<Record<keyof Limits, Cursor>>, pays: boolean, reading: Reading): Limits {
  if (!pays) {
    for (const name of LIMITS) fields[name]?.error('unknown-field', `"${name}" goes with steps that pay cash`);
  }
  const share = fields.share ? positiveShare(fields.share) : null;
  if (share !== null && share > RATE_SCALE) fields.share?.error('share', 'a step pays at most 100 % of what is due');
  return {
    limit: optionalFormula(fields.limit, reading, 'money'),
    share,
    keep: optionalFormula(fields.keep, reading, 'money'),
  };
}
