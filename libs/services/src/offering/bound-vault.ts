import type { Hex } from '@weir/money';
import { OfferMisbound } from './errors.js';

/**
 * The issuer, or an admin in its role, chooses the vault when it opens an offering on chain, and the vault says what
 * it is funded with. @throws OfferMisbound when it is not the one that was deployed for the deal
 */
export function requireDealVault(bound: string, expected: Hex): void {
  if (bound.toLowerCase() !== expected.toLowerCase()) throw new OfferMisbound(bound, expected);
}
