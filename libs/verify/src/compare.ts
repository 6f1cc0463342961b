import { getAddress } from 'ethers';
import { Mismatch } from './errors.js';

/** @throws Mismatch naming both sides, unless they are the same text. */
export function same(what: string, published: unknown, right: string): void {
  if (published !== right) throw new Mismatch(`${what} is ${shown(published)} where the chain has ${right}`);
}

/** @throws Mismatch unless the published address is this one, written in lower case or with its checksum. */
export function sameAddress(what: string, published: unknown, right: string): void {
  const checksummed = getAddress(right);
  if (published !== checksummed && published !== checksummed.toLowerCase()) {
    throw new Mismatch(`${what} is ${shown(published)} where the chain has ${checksummed}`);
  }
}

/** @throws Mismatch on members that are missing or that a file of this kind does not have. */
export function exactMembers(
  file: string,
  value: object,
  required: readonly string[],
  optional: readonly string[],
): void {
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  const unknown = Object.keys(value).filter((name) => !required.includes(name) && !optional.includes(name));
  if (missing.length > 0) throw new Mismatch(`${file} lacks ${missing.join(', ')}: take the file as it was published`);
  if (unknown.length > 0) {
    throw new Mismatch(
      `${file} has ${unknown.join(', ')}, which nothing can be checked against: take the published file`,
    );
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined ? 'absent' : text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
