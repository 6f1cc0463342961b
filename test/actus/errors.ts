/** A term of a case cannot be read, or is not known. */
export class TermUnreadable extends Error {
  override readonly name = 'TermUnreadable';
  constructor(
    readonly term: string,
    readonly value: string,
    readonly expected: string,
  ) {
    super(`${term} is "${value}": ${expected}`);
  }
}
