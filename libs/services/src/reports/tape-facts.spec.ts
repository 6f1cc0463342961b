import { describe, expect, it } from '@jest/globals';
import { TAPE_RULES, type Finding } from '@weir/collateral';
import { findingsByRule } from './tape-facts.js';

const vanished = (key: string): Finding => ({
  row: null,
  column: null,
  value: key,
  rule: 'vanished',
  weight: 'warns',
  message: `loan ${key} is gone`,
  remedy: 'ask the servicer',
});

describe('findings by rule', () => {
  it('counts those of the tape and those of the report', () => {
    expect(findingsByRule({ findings: { 'reversal-row': 78, rounded: 2 } }, [vanished('a'), vanished('b')])).toEqual([
      { rule: 'reversal-row', weight: 'warns', count: 78, message: TAPE_RULES['reversal-row'].title },
      { rule: 'rounded', weight: 'warns', count: 2, message: TAPE_RULES.rounded.title },
      { rule: 'vanished', weight: 'warns', count: 2, message: 'loan a is gone' },
    ]);
  });
});
