import type { Field } from '../model/field.js';
import { converterOf, CURRENCY } from './convert.js';
import type { Guess } from './guess-dates.js';
import type { NumberUnit } from './mapping.js';

type Writing = Pick<NumberUnit, 'decimal' | 'thousands' | 'negative'>;

/** Decimal and thousands separators that go together, the plainest first. */
const WRITINGS: readonly Pick<NumberUnit, 'decimal' | 'thousands'>[] = [
  { decimal: '.', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: "'" },
];

const asWhole = (writing: Writing): NumberUnit => ({ kind: 'number', ...writing, scale: 'whole' });

function valuesOf(cells: readonly string[], unit: NumberUnit): number[] {
  const convert = converterOf(unit);
  return cells.map(convert).flatMap((text) => (text === null ? [] : [Number(text)]));
}

function guessWriting(cells: readonly string[]): Guess<Writing> {
  const negative = cells.some((cell) => /^\(.*\)$/.test(cell))
    ? 'parentheses'
    : cells.some((cell) => /\d-$/.test(cell))
      ? 'trailing'
      : 'minus';
  const trials = WRITINGS.map((one) => {
    const writing = { ...one, negative } as const;
    return { writing, read: valuesOf(cells, asWhole(writing)).length };
  });
  const best = trials.reduce((one, other) => (other.read > one.read ? other : one));
  const { decimal, thousands } = best.writing;
  const evidence = [`decimals after "${decimal}"${thousands === '' ? '' : `, thousands parted by "${thousands}"`}`];
  if (negative !== 'minus')
    evidence.push(`negative amounts in ${negative === 'trailing' ? 'a trailing minus' : negative}`);
  // 12.345 is either; 0.345, 12.34 and 12.3456 are decimals, 1.234.567 is none.
  const doubtful =
    cells.some((cell) => /^\D?[1-9]\d{0,2}[.,]\d{3}$/.test(cell)) &&
    !cells.some((cell) => /[.,](?:\d{1,2}|\d{4,})$|^\D?0[.,]|[.,]\d{3}[.,]/.test(cell));
  const doubt = doubtful
    ? `cells like "${cells.find((cell) => /[.,]\d{3}$/.test(cell))}" may hold thousands or decimals`
    : null;
  return { unit: best.writing, share: best.read / cells.length, evidence, doubt };
}

/** The middle one of the sizes above zero; zero when there is none. */
export function median(values: readonly number[]): number {
  const sorted = values
    .map(Math.abs)
    .filter((value) => value > 0)
    .sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function within(values: readonly number[], [low, high]: readonly [number, number], scale: number): number {
  return values.filter((value) => value / scale >= low && value / scale <= high).length;
}

type Scale = Pick<Guess<NumberUnit['scale']>, 'unit' | 'evidence' | 'doubt' | 'open'>;

/** Ratios of a balance or a debt to something. */
const isRatio = ({ name, role }: Field): boolean => role === 'ltv' || /To(?:Value|Income)/.test(name);

/**
 * What the middle one of a column of rates may be, as fractions: limits of single cells (`range`) say little of it. No column
 * of loans bears hundredths of a percent; margins, caps and fees may be small; ratios are not.
 */
function usualOf(field: Field): readonly [low: number, high: number] {
  const high = field.range[1];
  if (isRatio(field)) return [0.01, Math.min(high, 3)];
  return field.role === 'rate' || field.role === 'originalRate'
    ? [0.001, Math.min(high, 0.45)]
    : [0.0002, Math.min(high, 0.5)];
}

/** How far a rate may be from the usual one and still be told from the same rate in the other scale. */
const NEAR = 4;

/** Sizes of rates that are about a hundred times smaller than the usual percentage, or larger than the usual fraction. */
export function otherScale(typical: number, scale: 'fraction' | 'percentage'): readonly [low: number, high: number] {
  const other = scale === 'percentage' ? typical / 100 : typical * 100;
  return [other / NEAR, other * NEAR];
}

/** How many rates are of a size of the other scale. */
function ratesOfOtherScale(values: readonly number[], scale: 'fraction' | 'percentage'): number {
  const [low, high] = otherScale(median(values), scale);
  return values.map(Math.abs).filter((size) => size > 0 && size >= low && size <= high).length;
}

/** What speaks for a column that writes rates both ways; null when nothing does. */
function mixedRates(
  field: Field,
  cells: readonly string[],
  values: readonly number[],
  scale: 'fraction' | 'percentage',
) {
  const signed = cells.filter((cell) => cell.endsWith('%')).length;
  // Ratios like debt to income are a hundred times apart by themselves.
  const strays = field.role === 'rate' || field.role === 'originalRate' ? ratesOfOtherScale(values, scale) : 0;
  if (strays > 0)
    return `${strays} of ${values.length} rates are about a hundred times ${scale === 'percentage' ? 'smaller' : 'larger'} than the others: fractions and percentages may be mixed`;
  if (signed === 0 || signed === cells.length) return null;
  return `${signed} of ${cells.length} cells end in % and the others do not: the others are read as ${scale}s`;
}

/** Of what may be either, what is above it is proposed as a percentage. */
const LOW = 0.3;

const percentText = (fraction: number): string => `${Number((fraction * 100).toPrecision(4))} %`;

/**
 * Why a column of rates whose middle one is `typical`, as it is written, may be fractions or percentages: both are usual for the
 * field, or neither is. Null where one of them alone is.
 */
export function undecidedRate(field: Field, typical: number): string | null {
  const [asFraction, asPercentage] = usualIn(field, typical);
  if (typical === 0 || asFraction !== asPercentage) return null;
  const [first, second] = bothWays(typical);
  return `the median is ${typical}: it is ${first} or ${second}, and ${asFraction ? 'both' : 'neither'} would be usual: which is it?`;
}

function usualIn(field: Field, typical: number): readonly [asFraction: boolean, asPercentage: boolean] {
  const [low, high] = usualOf(field);
  const isUsual = (size: number): boolean => size >= low && size <= high;
  return [isUsual(typical), isUsual(typical / 100)];
}

const bothWays = (typical: number): readonly [first: string, second: string] => [
  `${percentText(typical)} as fractions`,
  `${percentText(typical / 100)} as percentages`,
];

/**
 * Fraction or percentage: by a percent sign, else by which of the two is usual for the field; asked where both are, or none. A cell with a percent
 * sign is a percentage whatever its column is, so the cells without one decide.
 */
function rateScale(field: Field, cells: readonly string[], read: (cells: readonly string[]) => number[]): Scale {
  const bare = cells.filter((cell) => !cell.endsWith('%') && !/^[-−+]?0*[.,]?0*$/.test(cell));
  if (bare.length === 0 && cells.some((cell) => cell.endsWith('%')))
    return { unit: 'percentage', evidence: ['cells end in %'], doubt: null };
  const values = read(bare);
  const typical = median(values);
  if (typical === 0) return { unit: 'fraction', evidence: ['all cells are zero'], doubt: null };
  const open = undecidedRate(field, typical);
  const unit = (open === null ? usualIn(field, typical)[1] : typical > LOW) ? 'percentage' : 'fraction';
  const because = `the median is ${typical}: ${bothWays(typical).join(', ')}`;
  const mixed = mixedRates(field, cells, values, unit);
  return { unit, evidence: [because], doubt: mixed ?? open, open: mixed === null && open !== null };
}

/** Thousands or millions, where the name says so: "TEUR", "USD '000", "in thousands", "Mio. EUR". */
function namedMultiple(name: string): 'thousands' | 'millions' | null {
  if (
    /\bT ?(?:EUR|USD|GBP|CHF|€)|['’´]000|\b000s?\b|\b(?:in )?(?:thousands|tausend|tsd)\b|\bk ?(?:EUR|USD|GBP|CHF|€)\b/i.test(
      name,
    )
  )
    return 'thousands';
  return /\b(?:mio|mln|millions|millionen)\b/i.test(name) ? 'millions' : null;
}

/** Currencies that the cells name. */
function currenciesOf(cells: readonly string[]): string[] {
  const named = cells.flatMap((cell) => (cell.match(CURRENCY) ?? []).map((mark) => mark.trim()));
  return [...new Set(named.filter((mark) => mark !== ''))].sort();
}

/** Whole units or cents: cents have no decimals and their name says so, or whole units would be implausibly large. */
function moneyScale(field: Field, name: string, cells: readonly string[], values: readonly number[]): Scale {
  const multiple = namedMultiple(name);
  if (multiple !== null) return { unit: multiple, evidence: [`the name says ${multiple}`], doubt: null };
  const decimals = cells.some((cell) => /[.,](?:\d{1,2}|\d{4,})\D*$/.test(cell));
  if (decimals) return { unit: 'whole', evidence: ['amounts have decimals'], doubt: null };
  if (/cents?\b|pence|minor/i.test(name))
    return { unit: 'cents', evidence: ['the name says so, and no amount has decimals'], doubt: null };
  const [whole, cents] = [within(values, field.range, 1), within(values, field.range, 100)];
  if (whole < values.length / 2 && cents > whole) {
    return {
      unit: 'cents',
      evidence: [`only ${whole} of ${values.length} amounts are plausible as whole units`],
      doubt: null,
    };
  }
  const large = median(values) >= 1_000 ? 'no amount has decimals: it may be whole units or cents' : null;
  return { unit: 'whole', evidence: ['no amount has decimals'], doubt: large, open: true };
}

/** How numbers are written and what they count. Null when hardly a cell is a number. */
export function guessNumbers(field: Field, column: string, cells: readonly string[]): Guess<NumberUnit> | null {
  const writing = guessWriting(cells);
  if (writing.share < 0.5) return null;
  const values = valuesOf(cells, asWhole(writing.unit));
  const plain: Scale = { unit: 'whole', evidence: [], doubt: null };
  const currencies = currenciesOf(cells);
  const mixed =
    currencies.length > 1 ? `amounts are in ${currencies.join(' and ')}, and are read as of one currency` : null;
  const scale =
    field.kind === 'rate'
      ? rateScale(field, cells, (some) => valuesOf(some, asWhole(writing.unit)))
      : field.kind === 'money'
        ? moneyScale(field, column, cells, values)
        : plain;
  return {
    unit: { kind: 'number', ...writing.unit, scale: scale.unit },
    share: writing.share,
    evidence: [...writing.evidence, ...scale.evidence],
    doubt: mixed ?? scale.doubt ?? writing.doubt,
    open: mixed === null && scale.open === true && (scale.doubt !== null || writing.doubt === null),
  };
}
