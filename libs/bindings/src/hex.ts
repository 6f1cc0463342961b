/** Bytes as a lower-case hex string; the same type as Hex of @weir/money. */
export type Hex = `0x${string}`;
