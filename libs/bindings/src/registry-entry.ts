/** What the investor registry on chain keeps of an account: no personal data. */
export interface RegistryEntry {
  /** Instant (seconds) from which the account may no longer receive; below 2^40. */
  readonly kycExpiry: number;
  /** Instant (seconds) until which the account may not send, 0 for no lock-up; below 2^40. */
  readonly lockedUntil: number;
  /** ISO 3166-1 numeric code, at most 999. */
  readonly country: number;
  /** Bit set of 16 investor categories. */
  readonly categories: number;
  /** Tax withheld from interest, in basis points, at most 10,000. */
  readonly withholding: number;
  /** Number that all wallets of one investor share, below 2^64; 0 when the account is an investor of its own. */
  readonly investor: bigint;
}

const FIELDS = [
  ['kycExpiry', 40n],
  ['lockedUntil', 40n],
  ['country', 16n],
  ['categories', 16n],
  ['withholding', 16n],
  ['investor', 64n],
] as const;

/** A field of an entry that its place in the word cannot hold. */
export class EntryFieldTooWide extends RangeError {
  constructor(
    readonly field: keyof RegistryEntry,
    readonly value: bigint,
    readonly bits: bigint,
  ) {
    super(`${field} ${value} does not fit into ${bits} bits; give a whole number from 0 to ${2n ** bits - 1n}`);
    this.name = 'EntryFieldTooWide';
  }
}

/**
 * The entry as one word, from the lowest bit in the order above (contracts/src/registry/StatusWord.sol): the argument of
 * `registerPacked` and `registerMany`.
 * @throws EntryFieldTooWide
 */
export function packEntry(entry: RegistryEntry): bigint {
  let word = 0n;
  let place = 0n;
  for (const [field, bits] of FIELDS) {
    const value = BigInt(entry[field]);
    if (value < 0n || value >> bits !== 0n) throw new EntryFieldTooWide(field, value, bits);
    word |= value << place;
    place += bits;
  }
  return word;
}
