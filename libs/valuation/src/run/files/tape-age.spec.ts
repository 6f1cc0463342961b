import { describe, expect, it } from '@jest/globals';
import { tapeAgeSentence } from './tape-age.js';

describe('the time of a tape that is projected', () => {
  it.each<[string, string]>([
    ['2024-04-30', 'of the month before the first'],
    ['2024-05-31', 'of the first, which then counts by opening balances'],
    ['', 'not stated'],
  ])('is right: %s', (reportingTo) => expect(tapeAgeSentence('a.csv', reportingTo, '2024-05', '--state')).toBeNull());

  it.each<[string, string, RegExp]>([
    // From the end of July 2017 to that of April 2024: 6 years and 9 months.
    [
      'years before',
      '2017-07-11',
      /of 2017-07, and the projection begins with 2024-05.*81 months of payments.*2024-04$/,
    ],
    ['a month too old', '2024-03-31', /though 1 month of payments/],
    [
      'too new',
      '2024-07-31',
      /it is 2 months past that.*give the tape of 2024-04, or begin from a later state \(--state\)$/,
    ],
  ])('is told when it is %s', (_, reportingTo, said) => {
    expect(tapeAgeSentence('a.csv', reportingTo, '2024-05', '--state')).toMatch(said);
  });
});
