import { RATE_SCALE } from '@weir/money';
import type { TrancheSize } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { unknownFormula } from './formula.js';
import { atClosing, formulaOf, positiveMoney, positiveShare, type Reading } from './reading.js';

/** Fields of which a class has one. */
export const SIZES = ['share', 'amount', 'creditEnhancement'] as const;
type SizeField = (typeof SIZES)[number] | 'of' | 'roundDown';
type SizeFields = Partial<Record<SizeField, Cursor>>;

const BESIDE: Record<(typeof SIZES)[number], readonly SizeField[]> = {
  share: ['of', 'roundDown'],
  amount: [],
  creditEnhancement: ['roundDown'],
};

/** A size of which a fault was reported: nothing is known of it. */
export function unknownSize(cursor: Cursor): TrancheSize {
  return { kind: 'amount', amount: unknownFormula(cursor, 'money') };
}

/** Size of a class: a share of the pool, an amount, or the largest with a credit enhancement. */
export function readSize(tranche: Cursor, fields: SizeFields, reading: Reading): TrancheSize {
  const written = SIZES.filter((size) => fields[size]);
  const [size = 'share'] = written;
  if (written.length !== 1) {
    const found = written.length === 0 ? 'none is written' : `${written.join(' and ')} are written`;
    tranche.error('size', `a class has one size: ${SIZES.join(', ')}; ${found}`);
    return unknownSize(tranche);
  }
  const missing = BESIDE[size].filter((field) => !fields[field]);
  for (const field of missing) tranche.error('missing-field', `"${field}" is missing in ${tranche.path}`);
  for (const field of ['of', 'roundDown'] as const) {
    if (!BESIDE[size].includes(field)) fields[field]?.error('unknown-field', `"${field}" does not go with "${size}"`);
  }
  fields.of?.choice(['cutOffPool']);
  if (size === 'amount')
    return { kind: 'amount', amount: formulaOf(fields.amount as Cursor, atClosing(reading), 'money') };
  const roundDown = fields.roundDown ? positiveMoney(fields.roundDown) : 1n;
  const share = positiveShare(fields[size] as Cursor);
  if (size === 'creditEnhancement' && share >= RATE_SCALE) {
    fields.creditEnhancement?.error('share', 'a credit enhancement lies below 100 %');
  }
  const isSound = [fields[size], fields.roundDown].every((field) => field?.isSound !== false);
  if (missing.length > 0 || !isSound) return unknownSize(tranche);
  if (size === 'share') return { kind: 'share', share, roundDown };
  return { kind: 'credit-enhancement', enhancement: share, roundDown };
}
