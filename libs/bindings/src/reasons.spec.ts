import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { REASONS, RESTRICTED_FUNCTIONS, ROLES, abis } from './index.js';

const access = new URL('../../../contracts/src/access/', import.meta.url);

/** The numbers that a Solidity library of constants declares. */
function constantsOf(file: string): Map<string, number> {
  const text = readFileSync(new URL(file, access), 'utf8');
  return new Map([...text.matchAll(/constant (\w+) = (\d+);/g)].map((match) => [match[1]!, Number(match[2])]));
}

describe('what contracts and TypeScript share by number', () => {
  it('every reason of the contracts has its sentence, and there are no others', () => {
    const numbers = [...constantsOf('Reasons.sol').values()];
    expect(numbers).toHaveLength(17);
    expect(Object.keys(REASONS).map(Number)).toEqual(numbers);
    expect(new Set(Object.values(REASONS)).size).toBe(17);
  });

  it('the contracts say the same sentences', () => {
    const text = readFileSync(new URL('ReasonTexts.sol', access), 'utf8');
    const sentences = [...text.matchAll(/code == Reasons\.(\w+)\)[\s{]*return "([^"]+)"/g)];
    const numbers = constantsOf('Reasons.sol');
    expect(Object.fromEntries(sentences.map((match) => [numbers.get(match[1]!), match[2]]))).toEqual(REASONS);
  });

  it('roles have the numbers of the contracts', () => {
    const declared = constantsOf('Roles.sol');
    expect(declared.size).toBe(8);
    for (const [name, number] of declared) expect(ROLES[name as keyof typeof ROLES]).toBe(BigInt(number));
  });

  it('every restricted function is in the interface of its contract', () => {
    for (const [contract, byRole] of Object.entries(RESTRICTED_FUNCTIONS)) {
      const names = abis[contract as keyof typeof RESTRICTED_FUNCTIONS].map((item) =>
        'name' in item ? item.name : '',
      );
      for (const functions of Object.values(byRole)) expect(names).toEqual(expect.arrayContaining([...functions]));
    }
  });

  it('every function marked restricted in the contracts is assigned to a role', () => {
    const sources: Record<string, string[]> = {
      InvestorRegistry: ['../registry/InvestorRegistry.sol'],
      TrancheToken: ['../token/TrancheToken.sol', '../token/TokenTerms.sol'],
      Subscription: ['../offering/Subscription.sol'],
      Distributor: ['../distribution/UnclaimedMoney.sol'],
      ReserveAttestor: ['../collateral/ReserveAttestor.sol'],
    };
    for (const [contract, files] of Object.entries(sources)) {
      const text = files.map((file) => readFileSync(new URL(file, access), 'utf8')).join('');
      // A function that another caller may use as well checks the role in its first line.
      const head = /function (\w+)\([^)]*\) external (?:restricted|\{\s+if \([^)]*\) _checkCanCall)/g;
      const restricted = [...text.matchAll(head)].map((match) => match[1]!);
      const assigned = Object.values(RESTRICTED_FUNCTIONS[contract as keyof typeof RESTRICTED_FUNCTIONS]).flat();
      expect([...assigned].sort()).toEqual(restricted.sort());
    }
  });
});
