import type { Diagnostic } from '@weir/deal';

/** A set of scenarios asks for what cannot be run: all faults at once. */
export class ScenarioSetInvalid extends Error {
  override readonly name = 'ScenarioSetInvalid';
  constructor(readonly faults: readonly string[]) {
    super(`the set of scenarios cannot be run:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** A set of scenarios was told to stop. */
export class ScenarioSetCancelled extends Error {
  override readonly name = 'ScenarioSetCancelled';
  constructor(readonly done: number) {
    super(`stopped after ${done} scenarios of this shard; run the shard again to have it whole`);
  }
}

/** Shards do not make up the set: some are missing, or two answers for one differ. */
export class ShardsDoNotMerge extends Error {
  override readonly name = 'ShardsDoNotMerge';
  constructor(
    readonly missing: readonly number[],
    readonly differing: readonly number[],
  ) {
    const parts = [
      ...(missing.length > 0 ? [`shards ${missing.join(', ')} are missing: run them`] : []),
      ...(differing.length > 0
        ? [`shards ${differing.join(', ')} have two answers that differ: run all by one version of the program`]
        : []),
    ];
    super(parts.join('; '));
  }
}

/** The deal document or the set file of a set has errors; each carries line and column. */
export class SetRequestInvalid extends Error {
  override readonly name = 'SetRequestInvalid';
  constructor(
    readonly what: 'the deal document' | 'the set file' | 'a scenario file',
    readonly diagnostics: readonly Diagnostic[],
  ) {
    const lines = diagnostics.map(({ line, column, message }) => `  ${line}:${column}: ${message}`);
    super(`${what} has errors:\n${lines.join('\n')}`);
  }
}
