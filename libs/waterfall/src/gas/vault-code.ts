/**
 * What the compiled vault takes beside what the chain's schedule names (`EVM`): the instructions between storage, hashes,
 * copies and events, which follow from the compiler alone. `test/laws/gas-of-settlements.spec.ts` measures each figure as
 * a difference between transactions that differ in one count, and holds this table against it.
 */
export interface VaultCode {
  /** Once a settlement, with two signatures. */
  settlement: number;
  rowWord: number;
  input: number;
  account: number;
  /** Account and state words: a whole storage word of three fields, and a last one of one or two. */
  words: PackedCode;
  class: number;
  /** A class that was paid something: the key of its distribution. */
  classPaid: number;
  /** A class whose dust is looked for, and what taking it up adds. */
  dustSought: number;
  dustTaken: number;
  /** Once, when there is a payee at all. */
  payees: number;
  /** What payees are owed, packed likewise. */
  owed: PackedCode;
  /** A program in pages: finding out, and more by the length of a row. */
  paged: number;
  rowsAtAll: number;
  rowsWithinPages: number;
  /** Copying from one page, to its end or only as far as what is wanted reaches. */
  toPageEnd: number;
  withinPage: number;
}

/** Code for a storage word with so many fields. */
export interface PackedCode {
  one: number;
  two: number;
  three: number;
}

/** As measured on the committed contracts. */
export const VAULT_CODE: VaultCode = {
  settlement: 19_370,
  rowWord: 83,
  input: 64,
  account: 204,
  words: { one: 167, two: 278, three: 476 },
  class: 755,
  classPaid: 250,
  dustSought: 349,
  dustTaken: 11,
  payees: 39,
  owed: { one: 743, two: 1_430, three: 2_204 },
  paged: 1_113,
  rowsAtAll: 22,
  rowsWithinPages: 284,
  toPageEnd: 1_025,
  withinPage: 964,
};

/** What of the settlement's fixed part comes from the vault's construction. A change of the vault changes it here. */
export const VAULT_CALLS = {
  /** Accounts that sign the report; each is looked at and its signature recovered. */
  signers: 2,
  /** Other accounts: the program and the stablecoin. */
  accounts: 2,
  /** Storage words that are read: the payment date and the vault's balance in the stablecoin. */
  wordsRead: 2,
  /** Storage words that are read and always change: the vault's status. */
  wordsChanged: 1,
  /** Reads and writes of the guard against re-entry. */
  guards: 3,
  /** The event's topics, and words of its data beside inputs and outputs. */
  topics: 2,
  eventWords: 10,
} as const;
