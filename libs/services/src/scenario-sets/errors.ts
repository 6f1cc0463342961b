import { Problem } from '../problem.js';

/** One fault of what a set was asked with; line and column where it stands in a file. */
export interface SetFault {
  readonly what: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** The set cannot be run: every fault of its file, its pool and its scenarios. */
export class ScenarioSetRefused extends Problem {
  readonly kind = 'invalid';
  readonly code = 'scenario-set-invalid';
  constructor(readonly faults: readonly SetFault[]) {
    const [first] = faults;
    const place = first?.line == null ? '' : ` at ${first.line}:${first.column}`;
    super(`The set has ${faults.length} fault(s). First, ${first?.what}${place}: ${first?.message}`, { faults });
  }
}

/** A deal's collateral in a set is one of lines, a tape's loans, and collections from elsewhere. */
export class PoolNotChosen extends Problem {
  readonly kind = 'invalid';
  readonly code = 'pool-not-chosen';
  /** `underlying` names the owned deal; empty for the set's own. */
  constructor(readonly underlying: string) {
    const whose = underlying === '' ? '' : ` of ${underlying}`;
    super(
      `Give the collateral${whose} as one of tapeId, an imported tape of a deal of the platform, pool, lines as CSV or YAML, ` +
        'and collections, cash flows from elsewhere as CSV; after a settled period the tape that it was paid on is taken.',
      { underlying },
    );
  }
}

/** The set has more scenarios than the platform runs as one. */
export class SetTooLarge extends Problem {
  readonly kind = 'invalid';
  readonly code = 'scenario-set-too-large';
  constructor(scenarios: number, most: number) {
    super(`The set has ${scenarios} scenarios and at most ${most} are run as one; split it.`, { scenarios, most });
  }
}

/** A thread that ran scenarios was closed, or told to stop, before it had an answer. */
export class ScenarioRunStopped extends Error {
  override readonly name = 'ScenarioRunStopped';
  constructor() {
    super('the scenarios were told to stop; nothing of the shard was kept');
  }
}

/** A thread that ran scenarios ended without an answer. */
export class ScenarioThreadEnded extends Error {
  override readonly name = 'ScenarioThreadEnded';
  constructor(readonly code: number) {
    super(`the thread that ran scenarios ended with code ${code}; give the worker more memory if it ran out of it`);
  }
}

/** What went wrong in a thread, as its message. */
export class ScenarioFailed extends Error {
  override readonly name = 'ScenarioFailed';
  constructor(
    readonly failure: string,
    readonly detail: string,
  ) {
    super(`${failure}: ${detail}`);
  }
}
