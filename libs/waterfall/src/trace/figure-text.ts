import { dateOfDay } from '@weir/calendar';
import type { Unit } from '@weir/deal';
import { formatRate, groupMoney, mulDiv, RATE_SCALE } from '@weir/money';

const DECIMALS = 6;
const SIX = 10n ** BigInt(DECIMALS);
/** Units of a rate in the sixth decimal of a percentage. */
const RATE_STEP = RATE_SCALE / (100n * SIX);

function rounded(value: bigint, step: bigint): bigint {
  const size = mulDiv(value < 0n ? -value : value, 1n, step, 'half-up');
  return value < 0n ? -size : size;
}

/** A ratio with up to six decimals: 1.2, 0.833333. */
function ratioText(value: bigint): string {
  const parts = rounded(value, RATE_SCALE / SIX);
  const size = parts < 0n ? -parts : parts;
  const decimals = (size % SIX).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return `${parts < 0n ? '-' : ''}${size / SIX}${decimals === '' ? '' : `.${decimals}`}`;
}

/**
 * A value in the slots of its unit as a reader expects it: money in groups of three, a rate as a percentage, a ratio with
 * at most six decimals, all half up; a date, or yes and no. Not exact: files carry exact values.
 */
export function figureText(unit: Unit, value: bigint): string {
  switch (unit) {
    case 'money':
      return groupMoney(value);
    case 'rate':
      return formatRate(rounded(value, RATE_STEP) * RATE_STEP);
    case 'ratio':
      return ratioText(value);
    case 'date':
      return dateOfDay(Number(value));
    case 'flag':
      return value === 0n ? 'no' : 'yes';
  }
}
