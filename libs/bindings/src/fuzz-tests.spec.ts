import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { abis, type ContractName } from './index.js';

const tests = new URL('../../../contracts/test/', import.meta.url);

/** OpenZeppelin's own, and what is for local chains only. */
const NOT_OURS: readonly ContractName[] = [
  'AccessManager',
  'TestStablecoin',
  'ProgramHarness',
  'ProgramDigests',
  'SumProofHarness',
];

/** State-changing functions of each contract. */
const FUNCTIONS = Object.entries(abis)
  .filter(([contract]) => !NOT_OURS.includes(contract as ContractName))
  .flatMap(([contract, abi]) =>
    (abi as readonly { type: string; name?: string; stateMutability?: string }[])
      .filter(({ type, stateMutability }) => type === 'function' && !/^(view|pure)$/.test(stateMutability ?? ''))
      .map(({ name }) => ({ contract, name: name! })),
  );

/** Names that stand after `testFuzz_`, up to the next underscore, with the name that the test's file begins with. */
const FUZZED = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.t.sol'))
  .flatMap((path) => {
    const text = readFileSync(new URL(path, tests), 'utf8');
    const file = path.split('/').at(-1)!.split('.')[0]!;
    // A test without arguments is run once.
    return [...text.matchAll(/function testFuzz_([a-zA-Z0-9]+)(?:_\w+)?\(\s*\w/g)].map((match) => ({
      file,
      name: match[1]!,
    }));
  });

describe('fuzz tests', () => {
  it('there is one for each function of the contracts that changes state', () => {
    const shared = FUNCTIONS.map(({ name }) => name).filter((name, at, all) => all.indexOf(name) !== at);
    // Where two contracts have a function of one name, the file's name says whose it is.
    const missing = FUNCTIONS.filter(
      ({ contract, name }) =>
        !FUZZED.some((test) => test.name === name && (!shared.includes(name) || test.file === contract)),
    );
    expect(missing).toEqual([]);
    expect(FUNCTIONS.length).toBeGreaterThan(100);
  });
});
