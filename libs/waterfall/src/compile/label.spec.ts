import { expect, it } from '@jest/globals';
import { labelOf, wordsOf } from './label.js';

it.each([
  ['calculationAgent', 'calculation agent', 'Calculation agent'],
  ['interestOnB', 'interest on B', 'Interest on B'],
  ['first_priority', 'first priority', 'First priority'],
  ['Reserve', 'Reserve', 'Reserve'],
])('%s is "%s" and "%s"', (id, words, label) => {
  expect(wordsOf(id)).toBe(words);
  expect(labelOf(id)).toBe(label);
});
