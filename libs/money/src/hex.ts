import { HexFormatError } from './errors.js';

/** Bytes as lower-case hexadecimal with the prefix 0x. */
export type Hex = `0x${string}`;

/** Lower-case hexadecimal of bytes; no bytes are "0x". */
export function hexOf(bytes: Uint8Array): Hex {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return `0x${text}`;
}

/** Bytes of hexadecimal text, either case. @throws HexFormatError */
export function bytesOf(hex: Hex): Uint8Array {
  if (!/^0x(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new HexFormatError(hex);
  const bytes = new Uint8Array((hex.length - 2) / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 + 2 * i, 4 + 2 * i), 16);
  return bytes;
}
