import { describe, expect, it, jest } from '@jest/globals';
import { type Deal, parseDeal, printDeal } from '@weir/deal';
import { type CompiledDeal, compileDeal, execute } from '@weir/waterfall';
import { generatedCases } from './cases.js';
import { generateDeal } from './document.js';

jest.setTimeout(120_000);

const cases = generatedCases(40_000, 80, 4);
const PLACES = ['text', 'line', 'column', 'path', 'offset'];

/** A deal's terms without its text and the places in it; `at` is a place only in formulas and recipients, as a number. */
function terms(deal: Deal): unknown {
  const text = JSON.stringify(deal, (key, value: unknown) => {
    if (PLACES.includes(key) || (key === 'at' && typeof value === 'number')) return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
  return JSON.parse(text);
}

function read(seed: number, text: string): Deal {
  const { deal, diagnostics } = parseDeal(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect({ seed, errors }).toEqual({ seed, errors: [] });
  return deal as Deal;
}

/** A program without what names places in the document. */
const programOf = ({ program, initialState, state, symbols }: CompiledDeal): unknown => ({
  bytes: program.bytes,
  initialState,
  state,
  symbols,
});

describe('generated documents', () => {
  it('printed and read again are the same deal and the same program', () => {
    for (const { seed, deal, compiled } of cases) {
      const again = read(seed, printDeal(deal));
      expect({ seed, terms: terms(again) }).toEqual({ seed, terms: terms(deal) });
      expect({ seed, program: programOf(compileDeal(again)) }).toEqual({ seed, program: programOf(compiled) });
      expect(printDeal(again)).toBe(printDeal(deal));
    }
  });

  it('written again from their seed give the same text, bytes and hashes', () => {
    for (const { seed, text, compiled, life } of cases.slice(0, 30)) {
      const again = generateDeal(seed);
      expect(again.text).toBe(text);
      expect(again.compiled.program.bytes).toEqual(compiled.program.bytes);
      expect(again.compiled.documentHash).toBe(compiled.documentHash);
      for (const { run, result } of life) {
        if (!result) continue;
        const { resultHash, stateHash } = execute(again.compiled.program, run);
        expect({ seed, resultHash, stateHash }).toEqual({
          seed,
          resultHash: result.resultHash,
          stateHash: result.stateHash,
        });
      }
    }
  });
});
