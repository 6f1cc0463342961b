/** An entry's debits and credits differ, or a line is negative or two-sided. Nothing of it may be posted. */
export class Unbalanced extends Error {
  override readonly name = 'Unbalanced';
  constructor(
    readonly entryId: string,
    readonly debits: bigint,
    readonly credits: bigint,
  ) {
    super(
      `entry ${entryId} does not balance: debits ${debits}, credits ${credits}. Correct its source; do not post it`,
    );
  }
}

/** A trace step moves cash from or to a place that the chart of accounts does not know. */
export class UnknownPlace extends Error {
  override readonly name = 'UnknownPlace';
  constructor(
    readonly step: number,
    readonly place: string,
  ) {
    super(
      `step ${step} names "${place}", which the deal's chart of accounts lacks: build the chart from the same deal`,
    );
  }
}

/** A trace step moves cash in a direction that has no posting, such as out of a payee. */
export class UnpostableStep extends Error {
  override readonly name = 'UnpostableStep';
  constructor(
    readonly step: number,
    readonly from: string,
    readonly to: string,
  ) {
    super(`step ${step} moves cash from ${from} to ${to}, for which no posting exists: cash leaves accounts only`);
  }
}

/** Two entries share an id: the same event was posted twice. */
export class DuplicateEntry extends Error {
  override readonly name = 'DuplicateEntry';
  constructor(readonly entryId: string) {
    super(`entry ${entryId} appears twice: post each event once, by its id`);
  }
}
