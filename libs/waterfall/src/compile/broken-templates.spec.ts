import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Diagnostic, parseDeal } from '@weir/deal';
import fc from 'fast-check';
import { parseDocument, type Range, visit } from 'yaml';
import { compileText } from './compile-text.js';

const TEMPLATES = new URL('../../../deal/templates/', import.meta.url);
const POOL = 100_000_000_000n;

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
const textOf = ({ line, column, code }: Diagnostic): string => `${line}:${column} ${code}`;

/** What only compiling finds in an entry of a block. */
const PLANTS = [
  { block: 'formulas', entry: 'planted: if(1 / 3 > 0, 1, 2)', code: 'precision' },
  {
    block: 'formulas',
    entry: `planted: 1 ${Array.from({ length: 81 }, () => '* 3').join(' ')} * 5 %`,
    code: 'constant-range',
  },
  { block: 'ledgers', entry: 'planted: {initial: 1.00 CUR - 2.00 CUR}', code: 'negative' },
] as const;
type Plant = (typeof PLANTS)[number];

/** The document with the entry first in its block, which it may have or not. */
function withPlant(text: string, { block, entry }: Plant): string {
  const currency = /currency: ([A-Z]{3})/.exec(text)?.[1] ?? '';
  const line = `${block}:\n  ${entry.replaceAll('CUR', currency)}\n`;
  const begins = new RegExp(`^${block}:.*\n`, 'm');
  return begins.test(text)
    ? text.replace(begins, () => line)
    : text.replace(/^priorityOfPayments:/m, (found) => line + found);
}

/** Where the words of a document stand, keys and values, but the plant's and its block's. */
function wordsOf(text: string, block: string): Range[] {
  const begins = text.indexOf(`${block}:\n  planted:`);
  const ends = text.indexOf('\n', text.indexOf('planted:'));
  const words: Range[] = [];
  visit(parseDocument(text), {
    Scalar: (_, { range }) => {
      if (range && (range[0] < begins || range[0] > ends)) words.push(range);
    },
  });
  return words;
}

/** Ways to break a word, so that YAML still reads. */
const BREAKS: readonly ((word: string) => string)[] = [
  (word) => `${word}q`,
  (word) => word.slice(1),
  () => 'zz',
  () => '12 %',
  () => '2025-02-30',
  (word) => word.replace(/\d+/, '0'),
];

describe.each(readdirSync(TEMPLATES))('%s', (file) => {
  const template = readFileSync(new URL(file, TEMPLATES), 'utf8');

  it('has no faults, with the pool and without', () => {
    expect(compileText(template, POOL).diagnostics.filter(isError)).toEqual([]);
    expect(compileText(template).diagnostics.filter(isError)).toEqual([]);
  });

  const planted = PLANTS.map((plant) => {
    const text = withPlant(template, plant);
    return { text, code: plant.code, words: wordsOf(text, plant.block) };
  });

  it('shows what only compiling finds beside whatever else is broken, and nothing that follows from it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...planted),
        fc.nat(),
        fc.constantFrom(...BREAKS),
        ({ text: sound, code, words }, at, breaks) => {
          const [from, to] = words[at % words.length]!;
          const text = sound.slice(0, from) + breaks(sound.slice(from, to)) + sound.slice(to);
          const { draft, diagnostics } = parseDeal(text);
          const read = diagnostics.filter(isError);
          fc.pre(draft !== null && read.length > 0);
          const found = compileText(text, POOL).diagnostics.filter(isError);
          const added = found.filter((error) => !read.some((other) => textOf(other) === textOf(error)));
          expect(added.map((error) => error.code)).toEqual([code]);
          expect(found).toHaveLength(read.length + 1);
          expect(text.split('\n')[added[0]!.line - 1]).toMatch(/^ {2}planted: /);
        },
      ),
      { numRuns: 10 },
    );
  });
});
