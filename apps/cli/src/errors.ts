/** A file or folder that a command was given cannot be read. */
export class InputUnreadable extends Error {
  override readonly name = 'InputUnreadable';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path} cannot be read (${reason}): check the path`);
  }
}

/** An option's value is not of the form that the command takes. */
export class OptionInvalid extends Error {
  override readonly name = 'OptionInvalid';
  constructor(
    readonly option: string,
    readonly value: string,
    readonly expected: string,
  ) {
    super(`${option} is "${value}": give ${expected}`);
  }
}

/** The node answered with an error, or did not answer. */
export class NodeRefused extends Error {
  override readonly name = 'NodeRefused';
  constructor(
    readonly url: string,
    readonly reason: string,
  ) {
    super(`${url}: ${reason}`);
  }
}

/** An audit log without a seal: that nothing was cut off its end cannot be said. */
export class SealMissing extends Error {
  override readonly name = 'SealMissing';
  constructor(
    readonly path: string,
    detail: string,
  ) {
    super(
      `the log has no seal at ${path} (${detail}): give --head and --count, or --unsealed to check the chain alone`,
    );
  }
}
