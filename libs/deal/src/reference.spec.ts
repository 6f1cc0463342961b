import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Deal } from './model.js';
import { parseDeal } from './parse-deal.js';
import { printDeal } from './print/print-deal.js';
import { examplesOf, layOver } from './reference.fixture.js';
import { EXTRAS } from './read/verb.js';
import { VERBS } from './read/verbs.js';

const PAGE = readFileSync(new URL('../../../docs/deal-document.md', import.meta.url), 'utf8');
const [base] = examplesOf(PAGE, 'deal-base');
const fragments = examplesOf(PAGE, 'deal-fragment');

/** What is said of a document, unused names apart: an example shows a construct, not always its use. */
function saidOf(text: string): string[] {
  const { diagnostics } = parseDeal(text);
  return diagnostics.flatMap(({ code, path, message }) => (code === 'unused' ? [] : [`${code} ${path}: ${message}`]));
}

describe('docs/deal-document.md', () => {
  it('has a base document without a fault', () => {
    expect(saidOf(base?.text ?? '')).toEqual([]);
  });

  it.each(fragments.map(({ line, text }) => [line, text] as const))('the example of line %i reads', (_, text) => {
    expect(saidOf(layOver(base?.text ?? '', text))).toEqual([]);
  });

  it.each(fragments.map(({ line, text }) => [line, text] as const))(
    'the example of line %i prints and reads',
    (_, text) => {
      const { deal } = parseDeal(layOver(base?.text ?? '', text));
      const printed = printDeal(deal as Deal);
      expect(saidOf(printed)).toEqual([]);
      expect(printDeal(parseDeal(printed).deal as Deal)).toBe(printed);
    },
  );

  it('shows every verb and every field beside one', () => {
    const shown = fragments.map(({ text }) => text).join('\n') + base?.text;
    for (const word of [...Object.keys(VERBS), ...EXTRAS, 'if']) expect(shown).toMatch(new RegExp(`\\b${word}:`));
  });

  it('explains every code that reading can report', () => {
    const [, table = ''] = PAGE.split('## Diagnostics');
    const sources = ['.', 'read', 'check', 'source'].flatMap((folder) => {
      const path = new URL(`${folder}/`, import.meta.url);
      const files = readdirSync(path).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
      return files.map((file) => readFileSync(new URL(file, path), 'utf8'));
    });
    const reported = sources.flatMap((source) => [
      ...source.matchAll(/\b(?:error|warn)\(\s*(?:[\w.?() ]+,\s*){0,2}(?:`[^`]*`,\s*)?'([a-z][a-z-]+)'/g),
    ]);
    const codes = [...new Set(reported.map(([, code]) => code))];
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !table.includes(`\`${code}\``))).toEqual([]);
  });
});
