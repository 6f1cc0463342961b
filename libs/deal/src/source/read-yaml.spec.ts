import { describe, expect, it } from '@jest/globals';
import { parseDeal, readYaml } from '../index.js';

const said = (text: string): string[] =>
  readYaml(text).faults.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('YAML that is no deal document', () => {
  it('is read with every scalar as its text', () => {
    expect(readYaml('period: 1\nvalues: {pool: 1000.00, on: yes}\n')).toEqual({
      data: { period: '1', values: { pool: '1000.00', on: 'yes' } },
      faults: [],
    });
  });

  it('has the faults that a deal document has, in the same words', () => {
    for (const text of ['a: [1, 2\nb: 3\n', 'a:\n\tb: 1\n', 'a: "x\n', 'a: 1\n---\nb: 2\n', 'a: b: c\n']) {
      const ofDeal = parseDeal(text).diagnostics.filter(({ code }) => code === 'yaml');
      expect(ofDeal.length).toBeGreaterThan(0);
      expect(said(text)).toEqual(ofDeal.map(({ line, column, message }) => `${line}:${column} ${message}`));
      expect(readYaml(text).data).toBeNull();
    }
  });

  it('may not say a name twice', () => {
    expect(said('a: 1\nb: 2\nc: 3\na: 4\n')).toEqual(['4:1 this name stands twice in its block; keep one']);
  });
});
