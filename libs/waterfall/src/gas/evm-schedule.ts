/**
 * What the chain asks for, by the schedule of Cancun and Prague (the yellow paper's appendix G with the EIPs named). Nothing
 * here is measured.
 */
export const EVM = {
  transaction: 21_000,
  /** A byte of a transaction's data (EIP-2028). */
  zeroByte: 4,
  otherByte: 16,
  /** EIP-7623: no transaction takes less than 21,000 and this for what of its data costs 4. */
  dataFloor: 10,
  /** EIP-2929: an account or a storage word for the first time, and either once it was touched. */
  coldAccount: 2_600,
  coldWord: 2_100,
  warm: 100,
  /** EIP-2200: a storage word that was read, set to another value, or from zero to one; set to what it is. */
  changed: 2_900,
  created: 20_000,
  kept: 100,
  /** EIP-3529: given back for a storage word that becomes zero. */
  cleared: 4_800,
  /** The precompiled contract that recovers a signer. */
  recovery: 3_000,
  log: 375,
  topic: 375,
  logByte: 8,
  hashedWord: 6,
  copiedWord: 3,
} as const;

/** Gas of a memory of so many words: 3 each and their square ÷ 512. */
export function memoryGas(words: number): number {
  return 3 * words + Math.floor(words ** 2 / 512);
}

/** Gas of a transaction that executes for so much, its data's own gas being part of it. */
export function transactionGas(executed: number, dataGas: number): number {
  return Math.max(executed, EVM.transaction + (EVM.dataFloor * dataGas) / EVM.zeroByte);
}
