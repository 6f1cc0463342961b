import { describe, expect, it } from '@jest/globals';
import { attemptAt } from './chain-script.js';

const KEY = 'platform/hand-over#';
const rows = (...states: ('failed' | 'sent' | 'mined' | 'final')[]) =>
  states.map((state, index) => ({ id: `${KEY}${index + 1}`, state }));

describe('the attempt of a step that a deployment waits for', () => {
  it('is the first, then the one that stands, and after a failure a new one', () => {
    expect(attemptAt(KEY, [])).toBe(`${KEY}1`);
    expect(attemptAt(KEY, rows('sent'))).toBe(`${KEY}1`);
    expect(attemptAt(KEY, rows('failed'))).toBe(`${KEY}2`);
    expect(attemptAt(KEY, rows('failed', 'failed', 'mined'))).toBe(`${KEY}3`);
  });

  it('is an earlier one that was mined after all, whatever was tried in vain since', () => {
    // The receipt was lost twice, the step was sent again, which reverts, and then the node knew the first.
    expect(attemptAt(KEY, rows('final', 'failed'))).toBe(`${KEY}1`);
    // Ten attempts: numbers are compared, not texts.
    expect(attemptAt(KEY, rows(...Array<'failed'>(10).fill('failed')))).toBe(`${KEY}11`);
    expect(attemptAt(KEY, [{ id: 'platform/hand-over-2#1', state: 'mined' as const }])).toBe(`${KEY}1`);
  });
});
