import { dayNumber, parseDate } from '@weir/calendar';
import { offer } from '../suggestion.js';
import { type BinaryOp, type Expression, type FunctionName, FUNCTIONS } from './ast.js';
import { FormulaSyntaxError } from './errors.js';
import { rational } from './rational.js';
import { type Token, tokenise } from './tokens.js';

/** Operators by how tightly they bind, loosest first; `not` stands between `and` and the comparisons. */
const LEVELS: readonly (readonly BinaryOp[])[] = [
  ['or'],
  ['and'],
  ['<', '<=', '>', '>=', '=', '!='],
  ['+', '-'],
  ['*', '/'],
];
const NOT_LEVEL = 2;
const MAX_DEPTH = 64;
/** More than any amount or rate takes; a slot holds less than 2^128. */
const MOST_DIGITS = 30;

/** What to write instead of a token that other languages have. */
function insteadOf({ kind, text }: Token): string {
  const lower = text.toLowerCase();
  if (['and', 'or', 'not'].includes(lower)) return lower === text ? '' : `; write ${lower} in small letters`;
  if (text === ',') return '; write numbers without separators, like 1000.00';
  if (text === '%') return '; a percent sign follows a number';
  return kind === 'symbol' || kind === 'name' || kind === 'number' ? '; an operator such as + - * / is missing' : '';
}

class FormulaParser {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly tokens: Token[],
    private readonly currency: string,
  ) {}

  parse(): Expression {
    const expression = this.level(0);
    const token = this.peek();
    if (token.kind === 'end') return expression;
    throw new FormulaSyntaxError(token.at, `"${token.text}" was not expected here${insteadOf(token)}`);
  }

  private peek(): Token {
    return this.tokens[Math.min(this.index, this.tokens.length - 1)] as Token;
  }

  private accept(text: string): Token | undefined {
    const token = this.peek();
    if (token.kind === 'end' || token.text !== text) return undefined;
    this.index += 1;
    return token;
  }

  private expect(text: string): void {
    const token = this.peek();
    if (!this.accept(text)) {
      throw new FormulaSyntaxError(
        token.at,
        `"${text}" is missing ${token.text ? `before "${token.text}"` : 'at the end'}`,
      );
    }
  }

  private level(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.unary();
    if (level === NOT_LEVEL) {
      const not = this.accept('not');
      if (not) return { kind: 'not', operand: this.nested(() => this.level(level)), at: not.at };
    }
    let left = this.level(level + 1);
    for (;;) {
      const op = operators.find((operator) => this.peek().text === operator);
      const token = op && this.accept(op);
      if (!op || !token) return left;
      left = { kind: 'binary', op, left, right: this.level(level + 1), at: token.at };
      if (level === NOT_LEVEL && operators.some((operator) => this.peek().text === operator)) {
        throw new FormulaSyntaxError(this.peek().at, 'comparisons do not chain; join two with "and"');
      }
    }
  }

  private unary(): Expression {
    const minus = this.accept('-');
    return minus ? { kind: 'negate', operand: this.nested(() => this.unary()), at: minus.at } : this.primary();
  }

  private primary(): Expression {
    const token = this.peek();
    if (this.accept('(')) {
      const inner = this.nested(() => this.level(0));
      this.expect(')');
      return inner;
    }
    this.index += 1;
    if (token.kind === 'number') return this.number(token);
    if (token.kind === 'date') return this.date(token);
    if (token.text === 'true' || token.text === 'false') {
      return { kind: 'number', value: rational(token.text === 'true' ? 1n : 0n), unit: 'flag', at: token.at };
    }
    if (token.kind === 'name' && !['and', 'or', 'not'].includes(token.text)) {
      return this.accept('(') ? this.call(token) : { kind: 'name', name: token.text, at: token.at };
    }
    const found = token.kind === 'end' ? 'the formula ends' : `"${token.text}" stands`;
    throw new FormulaSyntaxError(token.at, `${found} where an amount, a number or a name is expected`);
  }

  private number({ text, at }: Token): Expression {
    const [whole = '', fraction = ''] = text.split('.');
    if (whole.length + fraction.length > MOST_DIGITS)
      throw new FormulaSyntaxError(
        at,
        `a number has at most ${MOST_DIGITS} digits; this has ${whole.length + fraction.length}`,
      );
    const value = rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
    if (this.accept('%'))
      return { kind: 'number', value: rational(value.num, value.den * 100n), unit: 'ratio', at, isPercent: true };
    if (!this.accept(this.currency)) {
      this.refuseUnit(text);
      return { kind: 'number', value, unit: 'ratio', at };
    }
    const cents = rational(value.num * 100n, value.den);
    if (cents.den !== 1n) throw new FormulaSyntaxError(at, `${text} ${this.currency} has more than two decimals`);
    return { kind: 'number', value: cents, unit: 'money', at };
  }

  /** A unit that formulas do not have, after a number. @throws FormulaSyntaxError with what to write instead */
  private refuseUnit(number: string): void {
    const { kind, text, at } = this.peek();
    if (kind !== 'name') return;
    if (/^bps?$/i.test(text)) {
      throw new FormulaSyntaxError(at, 'write basis points in percent: 150 basis points are 1.5 %');
    }
    if (/^[A-Z]{3}$/.test(text) || text.toUpperCase() === this.currency) {
      throw new FormulaSyntaxError(
        at,
        `amounts of this deal are in ${this.currency}: write ${number} ${this.currency}`,
      );
    }
  }

  private date({ text, at }: Token): Expression {
    try {
      return { kind: 'number', value: rational(BigInt(dayNumber(parseDate(text)))), unit: 'date', at };
    } catch (error) {
      throw new FormulaSyntaxError(at, error instanceof Error ? error.message : `"${text}" is no date`);
    }
  }

  private call(token: Token): Expression {
    const name = FUNCTIONS.find((known) => known === token.text) as FunctionName | undefined;
    if (name === undefined) {
      throw new FormulaSyntaxError(token.at, `there is no function "${token.text}"${offer(token.text, FUNCTIONS)}`);
    }
    const args = [this.nested(() => this.level(0))];
    while (this.accept(',')) args.push(this.nested(() => this.level(0)));
    this.expect(')');
    return { kind: 'call', name, args, at: token.at };
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH)
      throw new FormulaSyntaxError(this.peek().at, 'nested too deeply; name parts as formulas');
    const result = read();
    this.depth -= 1;
    return result;
  }
}

/**
 * Parses a formula. `start` is the offset of its first character in the document; `currency` marks an amount, as in
 * `2500.00 USD`. @throws FormulaSyntaxError
 */
export function parseExpression(text: string, start: number, currency: string): Expression {
  return new FormulaParser(tokenise(text, start), currency).parse();
}
