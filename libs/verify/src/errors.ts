/** Published files, chain and re-computation disagree; the message says on what and what to do. Turns a tick red. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

/** A published file is missing, is not UTF-8, or is not in the one form in which Weir publishes it. */
export class FileUnusable extends Error {
  override readonly name = 'FileUnusable';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}; take the file as it was published`);
  }
}

/** The node's answer is missing or makes no sense for a deal's vault. */
export class ChainUnreadable extends Error {
  override readonly name = 'ChainUnreadable';
  constructor(
    readonly what: string,
    readonly reason: string,
  ) {
    super(
      `${what} could not be read from the chain: ${reason}; check that the node is of the deal's chain and in sync`,
    );
  }
}
