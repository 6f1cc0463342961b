import { expect } from '@jest/globals';
import type { Aftermath } from './chain-storm.js';

/** Nothing sent twice, nothing missing, and the database equals the chain. */
export function expectWhole(found: Aftermath): void {
  expect(new Set(found.onChain).size).toBe(found.onChain.length);
  expect(found.mined).toEqual(found.onChain);
  expect(found.failedYetOnChain).toEqual([]);
  expect(found.failures.filter((failure) => !failure.includes('used nonce'))).toEqual([]);
  expect(found.storedEvents).toEqual(found.chainEvents);
  const inLedger = found.ledger.map((line) => line.split(' ')[0]);
  expect([...inLedger].sort()).toEqual(found.onChain);
  expect(found.finalUnwound).toBe(0);
  expect(found.calmErrors).toEqual([]);
}
