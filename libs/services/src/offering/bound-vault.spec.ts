import { describe, expect, it } from '@jest/globals';
import { requireDealVault } from './bound-vault.js';
import { OfferMisbound } from './errors.js';

const VAULT = '0x00000000000000000000000000000000000000ab';

describe('the vault that an offering is bound to', () => {
  it("is the deal's, however its address is written", () => {
    expect(() => requireDealVault('0x00000000000000000000000000000000000000AB', VAULT)).not.toThrow();
  });

  it.each(['0x00000000000000000000000000000000000000ac', '0x0000000000000000000000000000000000000000'])(
    'may not be %s',
    (other) => {
      expect(() => requireDealVault(other, VAULT)).toThrow(OfferMisbound);
    },
  );
});
