import { ScenarioValueInvalid } from './errors.js';

/** No zeros in front: the 000.00 that YAML makes of 1,000.00 in a list must not pass for nothing. */
const NUMBER = /^[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)$/;
const PERCENT = /^(\S+?)\s*%$/;
const BASIS_POINTS = /^(\S+?)\s*bp$/;
const TICKS = /^(\d+)-([0-2]\d|3[01])(\+|[0-7])?$/;

function plain(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null;
}

/** The figure before a unit, divided by a power of ten in its text, so that 1.3 % is the same double as 0.013. */
function scaled(text: string, pattern: RegExp, places: number): number | null {
  const figure = pattern.exec(text)?.[1] ?? '';
  return NUMBER.test(figure) ? Number(`${figure}e-${places}`) : null;
}

/** A rate with its sign, as a fraction: `5.3 %`, `-0.5 %`, `45 bp`; only zero needs no unit. @throws ScenarioValueInvalid */
export function rateOf(text: string): number {
  const value = scaled(text, PERCENT, 2) ?? scaled(text, BASIS_POINTS, 4);
  if (value !== null) return value;
  if (plain(text) === 0) return 0;
  throw new ScenarioValueInvalid(text, 'a rate with its unit, like 5.3 % or 45 bp');
}

/** A share from 0 to `most`, as a fraction. @throws ScenarioValueInvalid */
export function shareOf(text: string, most = 1): number {
  const value = rateOf(text);
  if (value >= 0 && value <= most) return value;
  throw new ScenarioValueInvalid(text, `0 % to ${most * 100} %`);
}

/** A figure of a report item: a number, a percentage, or `true` and `false`. @throws ScenarioValueInvalid */
export function inputOf(text: string): number {
  if (text === 'true' || text === 'false') return text === 'true' ? 1 : 0;
  const value = plain(text) ?? scaled(text, PERCENT, 2);
  if (value !== null) return value;
  throw new ScenarioValueInvalid(text, 'a number without separators, a percentage, true or false');
}

/** A clean price in percent: `99.5`, or in 32nds `99-16`, `99-16+` (and a half), `99-164` (and 4/8). @throws ScenarioValueInvalid */
export function priceOf(text: string): number {
  const ticks = TICKS.exec(text);
  if (ticks) {
    const eighths = ticks[3] === '+' ? 4 : Number(ticks[3] ?? 0);
    return Number(ticks[1]) + (Number(ticks[2]) + eighths / 8) / 32;
  }
  const value = plain(text);
  if (value !== null && value > 0) return value;
  throw new ScenarioValueInvalid(text, 'a price in percent like 99.5, or in 32nds like 99-16+');
}
