import { expect, it } from '@jest/globals';
import { MUTATIONS } from './tapes/mutations.js';
import { runMutant } from './tapes/run-mutant.js';

const CASES_OF_EACH = 20;

it.each(Object.keys(MUTATIONS).map((name, index) => [name, index] as const))(
  'a spoilt tape (%s) crashes nothing, imports nothing in part, and its error is located',
  async (name, first) => {
    const [broken, seen] = [[] as string[], new Set<string>()];
    for (let turn = 0; turn < CASES_OF_EACH; turn++) {
      const outcome = await runMutant(first + turn * Object.keys(MUTATIONS).length);
      seen.add(outcome.mutation);
      broken.push(...outcome.broken);
    }
    expect([...seen]).toEqual([name]);
    expect(broken).toEqual([]);
  },
  60_000,
);
