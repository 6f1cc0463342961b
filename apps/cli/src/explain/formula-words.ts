import { dateOfDay } from '@weir/calendar';
import type { BinaryOp, Expression, Formula, Unit } from '@weir/deal';
import { groupMoney } from '@weir/money';
import { listed, nameText } from './words.js';

type Call = Extract<Expression, { kind: 'call' }>;
type Literal = Extract<Expression, { kind: 'number' }>;

const SIGNS: Readonly<Record<BinaryOp, string>> = {
  '+': '+',
  '-': '−',
  '*': '×',
  '/': '÷',
  '<': 'is below',
  '<=': 'is at most',
  '>': 'exceeds',
  '>=': 'is at least',
  '=': 'is',
  '!=': 'is not',
  and: 'and',
  or: 'or',
};

/** How tightly an operator binds; what binds less stands in brackets inside what binds more. */
const BINDING: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '=': 4,
  '!=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
const [PHRASE, NOT, ATOM] = [0, 3, 9];

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Digits of a figure, at most twelve behind the point. */
function digitsOf({ num, den }: Literal['value'], factor: bigint): string {
  const scaled = (num * factor * 1_000_000_000_000n) / den;
  const magnitude = (scaled < 0n ? -scaled : scaled).toString().padStart(13, '0');
  const fraction = magnitude.slice(-12).replace(/0+$/, '');
  return `${scaled < 0n ? '−' : ''}${grouped(magnitude.slice(0, -12))}${fraction && `.${fraction}`}`;
}

/** Turns formulas into words; `money` and `rate` literals are written as the document's unit has them. */
class Words {
  constructor(
    private readonly unit: Unit,
    private readonly text: string,
  ) {}

  /** The expression in words that may stand inside what binds with `binding`. */
  inside(expression: Expression, binding: number): string {
    const { words, binds } = this.of(expression);
    return binds < binding ? `(${words})` : words;
  }

  private of(expression: Expression): { words: string; binds: number } {
    switch (expression.kind) {
      case 'number':
        return { words: this.literal(expression), binds: ATOM };
      case 'name':
        return { words: nameText(expression.name), binds: ATOM };
      case 'negate':
        return { words: `−${this.inside(expression.operand, ATOM)}`, binds: BINDING['*'] };
      case 'not':
        return { words: `not ${this.inside(expression.operand, BINDING['+'])}`, binds: NOT };
      case 'binary': {
        const { op, left, right } = expression;
        const binds = BINDING[op];
        // a − (b − c) and a ÷ (b × c) keep their brackets.
        const further = op === '-' || op === '/' ? binds + 1 : binds;
        return { words: `${this.inside(left, binds)} ${SIGNS[op]} ${this.inside(right, further)}`, binds };
      }
      case 'call':
        return { words: this.call(expression), binds: PHRASE };
    }
  }

  private call({ name, args }: Call): string {
    const [first, second, third] = args.map((arg) => this.inside(arg, name === 'if' ? 1 : 4));
    const all = args.map((arg) => this.inside(arg, 1));
    const dates = second === '1' ? 'one payment date' : `${second} payment dates`;
    switch (name) {
      case 'max':
        return `the ${all.length > 2 ? 'greatest' : 'greater'} of ${listed(all)}`;
      case 'min':
        return `the ${all.length > 2 ? 'least' : 'lesser'} of ${listed(all)}`;
      case 'abs':
        return `the absolute value of ${first}`;
      case 'if':
        return `${second} if ${first}, else ${third}`;
      case 'roundDown':
      case 'roundUp':
      case 'roundHalfUp': {
        const way = { roundDown: 'down', roundUp: 'up', roundHalfUp: 'half up' }[name];
        return `${first} rounded ${way}${second === undefined ? '' : ` to a multiple of ${second}`}`;
      }
      case 'addMonths':
        return `${first} plus ${second === '1' ? 'one month' : `${second} months`}`;
      case 'monthsBetween':
        return `the whole months from ${first} to ${second}`;
      case 'yearOf':
        return `the year of ${first}`;
      case 'monthOf':
        return `the month of ${first}`;
      case 'cumulative':
        return `cumulative ${first}`;
      case 'previous':
        return `${first} of the payment date before`;
      case 'lagged':
        return `${first} of ${dates} before`;
      case 'average':
        return `the average of ${first} over ${dates}`;
      case 'total':
        return `the sum of ${first} over ${dates}`;
      case 'highest':
        return `the highest ${first} so far`;
      case 'lowest':
        return `the lowest ${first} so far`;
    }
  }

  private literal({ value, unit }: Literal): string {
    if (unit === 'date') return dateOfDay(Number(value.num / value.den));
    if (unit === 'flag') return value.num === 0n ? 'false' : 'true';
    if (unit === 'money') {
      const currency = /\b[A-Z]{3}\b/.exec(this.text)?.[0];
      return value.den === 1n ? `${groupMoney(value.num)}${currency ? ` ${currency}` : ''}` : digitsOf(value, 1n);
    }
    return this.isShare(value) ? `${digitsOf(value, 100n)} %` : digitsOf(value, 1n);
  }

  /** Whether the figure is written with a percent sign, or is small enough to read better with one. */
  private isShare({ num, den }: Literal['value']): boolean {
    if (num === 0n) return this.unit === 'rate';
    if (num < den && -num < den) return true;
    const written = [...this.text.matchAll(/(\d+(?:\.\d+)?)\s*%/g)].map(([, figure = '']) => Number(figure));
    return written.includes((Number(num) * 100) / Number(den));
  }
}

/** A formula in words: names as a prospectus says them, the greater and the lesser of, percentages, grouped amounts. */
export function formulaText({ expression, unit, text }: Formula): string {
  return new Words(unit, text).inside(expression, PHRASE);
}

/** The same as a part of a sentence that goes on: bracketed when it is a phrase of several. */
export function partText({ expression, unit, text }: Formula): string {
  return new Words(unit, text).inside(expression, NOT);
}

/** `all there is`, or a formula in words. */
export function amountText(amount: Formula | 'all'): string {
  return amount === 'all' ? 'all there is' : formulaText(amount);
}
