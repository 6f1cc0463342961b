/** What a file may be at most. A tape that passes a limit is refused, so that no file can fill the memory. */
export interface TapeLimits {
  /** Bytes of the file as handed in. */
  readonly bytes: number;
  /** Bytes of an archive, which is held in memory to reach its directory. */
  readonly archiveBytes: number;
  /** Bytes of one archived part when unpacked. */
  readonly unpackedBytes: number;
  /** How often larger an unpacked part may be than it was packed, from `unpackedFreeBytes` on. */
  readonly unpackedRatio: number;
  readonly unpackedFreeBytes: number;
  /** Characters of one record, and of one piece of markup. */
  readonly recordCharacters: number;
  /** Columns of the header. */
  readonly columns: number;
  readonly records: number;
  /** Elements inside each other. */
  readonly xmlDepth: number;
  /** Characters of a workbook's shared texts together. */
  readonly sharedCharacters: number;
}

export const TAPE_LIMITS: TapeLimits = {
  bytes: 4 * 2 ** 30,
  archiveBytes: 256 * 2 ** 20,
  unpackedBytes: 2 * 2 ** 30,
  unpackedRatio: 200,
  unpackedFreeBytes: 32 * 2 ** 20,
  recordCharacters: 1_000_000,
  columns: 2_000,
  records: 5_000_000,
  xmlDepth: 32,
  sharedCharacters: 128 * 2 ** 20,
};
