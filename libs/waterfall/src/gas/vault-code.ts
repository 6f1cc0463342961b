/**
 * What the compiled vault takes beside what the chain's schedule names (`EVM`): the instructions between storage, hashes,
 * copies and events, which follow from the compiler alone. `test/laws/gas-of-settlements.spec.ts` measures each figure as
 * a difference between transactions that differ in one count, and holds this table against it.
 */
export interface VaultCode {
  /** Once a settlement. */
  settlement: number;
  rowWord: number;
  input: number;
  account: number;
  /** Account and state words: a whole storage word of three fields, and a last one of one or two. */
  words: PackedCode;
  class: number;
  /** Once, when a class is paid at all: the transfer to the Distributor, with its event, and the call that books. */
  payment: number;
  /** A class in that call, paid or not, and what a booking adds. */
  classBooked: number;
  classPaid: number;
  dust: DustCode;
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

/** Code of the Distributor when some class has a cent of dust. */
export interface DustCode {
  /** Once. */
  sought: number;
  /** A word of four classes, and what it adds that it changes. */
  word: number;
  wordChanged: number;
  /** A class, and what it adds that its dust is taken up, or stays since the class is not paid. */
  class: number;
  taken: number;
  kept: number;
  /** Once, when any is taken. */
  event: number;
}

/** Code for a storage word with so many fields. */
export interface PackedCode {
  one: number;
  two: number;
  three: number;
}

/** As measured on the committed contracts. */
export const VAULT_CODE: VaultCode = {
  settlement: 18_033,
  rowWord: 83,
  input: 68,
  account: 136,
  words: { one: 167, two: 279, three: 387 },
  class: 136,
  payment: 7_614,
  classBooked: 120,
  classPaid: 139,
  dust: { sought: 382, word: 500, wordChanged: 157, class: 201, taken: 260, kept: 85, event: 263 },
  payees: 39,
  owed: { one: 329, two: 603, three: 873 },
  paged: 1_113,
  rowsAtAll: 22,
  rowsWithinPages: 284,
  toPageEnd: 1_025,
  withinPage: 964,
};

/** What of the settlement's fixed part comes from the vault's construction. A change of the vault changes it here. */
export const VAULT_CALLS = {
  /** Accounts: the program and the stablecoin. */
  accounts: 2,
  /**
   * Storage words that are read: the pending report's digest and its standing, the program in force, the payment date, and
   * the vault's balance in the stablecoin.
   */
  wordsRead: 5,
  /** Storage words that are read and always change: the vault's status. */
  wordsChanged: 1,
  /** Reads and writes of the guard against re-entry. */
  guards: 3,
  /** The event's topics, and words of its data beside inputs and outputs. */
  topics: 2,
  eventWords: 10,
} as const;

/** What comes on top when a class is paid. */
export const PAYMENT_CALLS = {
  /** The Distributor. */
  accounts: 1,
  /** Storage words that are read and always change: the Distributor's status. */
  wordsChanged: 1,
  /** The event of dust that is carried on: topics, and words of its data beside that of the classes. */
  dustTopics: 2,
  dustWords: 2,
} as const;
