/** The API refused a request of the sample deal; the message is the API's own. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly problem: object,
  ) {
    super(detail);
  }
}

/** Something did not happen in time. */
export class StillWaiting extends Error {
  override readonly name = 'StillWaiting';
  constructor(what: string, waitedMs: number) {
    super(`${what} did not happen within ${waitedMs / 1000} s; the logs of API and worker say why.`);
  }
}

/** The chain has no means to set balances and time, so that the sample deal cannot be played on it. */
export class NotADevelopmentChain extends Error {
  override readonly name = 'NotADevelopmentChain';
  constructor(method: string) {
    super(
      `The chain at RPC_URL does not know ${method}: the sample deal plays July and August 2020 and needs anvil. ` +
        'Leave RPC_URL out, or name an anvil node.',
    );
  }
}

/** The chain's clock is past the deal's closing date, and a chain's clock cannot be put back. */
export class ChainClockPast extends Error {
  override readonly name = 'ChainClockPast';
  constructor(
    readonly now: number,
    readonly closed: number,
  ) {
    super(
      `The chain's clock stands at ${dayOf(now)}, after the deal's closing date ${dayOf(closed - 1)}: nothing could be issued. ` +
        `Start a fresh anvil with --timestamp ${closed - 14 * 86_400}, or leave RPC_URL out.`,
    );
  }
}

const dayOf = (instant: number): string => new Date(instant * 1000).toISOString().slice(0, 10);

/** The sample's tape was not taken. */
export class TapeRejected extends Error {
  override readonly name = 'TapeRejected';
  constructor(reason: string) {
    super(`The tape was rejected: ${reason}`);
  }
}

/** A check of the sample's own outcome failed. */
export class OutcomeWrong extends Error {
  override readonly name = 'OutcomeWrong';
  constructor(what: string) {
    super(`The sample deal did not come out right: ${what}`);
  }
}
