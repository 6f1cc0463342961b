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

/** A case is of a contract type that the adapter does not read. */
export class ContractTypeUnsupported extends Error {
  override readonly name = 'ContractTypeUnsupported';
  constructor(
    readonly type: string,
    readonly supported: readonly string[],
  ) {
    super(
      `contract type ${type === '' ? 'missing' : type}: not supported; leave the case out, or use ${supported.join(', ')}`,
    );
  }
}
