import { FormulaSyntaxError } from './errors.js';

/** A piece of a formula; `at` is the offset in the document's text. */
export interface Token {
  kind: 'number' | 'date' | 'name' | 'symbol' | 'end';
  text: string;
  at: number;
}

const SPACE = /\s+/y;
const DATE = /\d{4}-\d{2}-\d{2}/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const NAME = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const SYMBOL = /<=|>=|!=|[-+*/<>=(),%]/y;

/** Signs of other languages, longest first, and what formulas have for them. */
const FOREIGN: readonly (readonly [sign: string, instead: string])[] = [
  ['===', '='],
  ['!==', '!='],
  ['==', '='],
  ['<>', '!='],
  ['&&', 'and'],
  ['||', 'or'],
  ['=<', '<='],
  ['=>', '>='],
  ['**', 'a * a'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['&', 'and'],
  ['|', 'or'],
  ['?', 'if(condition, a, b)'],
  ['^', 'a * a'],
];

/** @throws FormulaSyntaxError at a sign that another language has for what is written otherwise here */
function refuseForeign(text: string, index: number, at: number): void {
  const known = FOREIGN.find(([sign]) => text.startsWith(sign, index));
  if (known) throw new FormulaSyntaxError(at, `formulas have no "${known[0]}"; write ${known[1]}`);
  // Not the "!" of "!=", which is a sign of its own.
  if (/^!(?!=)/.test(text.slice(index, index + 2))) throw new FormulaSyntaxError(at, 'formulas have no "!"; write not');
  const cents = /^[$€£]\s*([\d.]*)/.exec(text.slice(index));
  if (cents)
    throw new FormulaSyntaxError(at, `write an amount with its currency behind it, as in ${cents[1] || '100.00'} USD`);
  const half = /^\.\d+/.exec(text.slice(index));
  if (half) throw new FormulaSyntaxError(at, `write a digit before the point: 0${half[0]}`);
}

function match(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

/** Tokens of a formula, ending in one of kind `end`. @throws FormulaSyntaxError at a character that fits nothing. */
export function tokenise(text: string, start: number): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    const space = match(SPACE, text, index);
    if (space !== undefined) {
      index += space.length;
      continue;
    }
    const at = start + index;
    refuseForeign(text, index, at);
    const date = match(DATE, text, index);
    const number = date === undefined ? match(NUMBER, text, index) : undefined;
    const name = match(NAME, text, index);
    const found = date ?? number ?? name ?? match(SYMBOL, text, index);
    if (found === undefined) {
      const letter = String.fromCodePoint(text.codePointAt(index) ?? 0);
      throw new FormulaSyntaxError(at, `"${letter}" has no meaning in a formula; use names, numbers and + - * / ( ) ,`);
    }
    const kind = date !== undefined ? 'date' : number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol';
    tokens.push({ kind, text: found, at });
    index += found.length;
    if ((kind === 'number' || kind === 'date') && match(NAME, text, index) !== undefined) {
      const word = match(NAME, text, index) ?? '';
      const hint = /^bps?$/i.test(word) ? '; write basis points in percent: 150 basis points are 1.5 %' : '';
      throw new FormulaSyntaxError(at, `"${found}${word}" is neither a number nor a name${hint}`);
    }
  }
  tokens.push({ kind: 'end', text: '', at: start + text.trimEnd().length });
  return tokens;
}
