/** One `ProgramHarness.Outcome` as it stands in the answer to eth_call. */
export interface RawOutcome {
  /** Revert data of a run that failed, `0x` for one that did not. */
  failure: string;
  slots: bigint[];
  transfers: bigint[];
  resultHash: string;
  stateHash: string;
}

/** 32-byte words of ABI-encoded data. ethers' decoder takes minutes for what a test of this size reads. */
class Words {
  constructor(private readonly hex: string) {}

  /** The word at a byte offset, as 64 hex digits. */
  text(at: number): string {
    return this.hex.slice(2 + 2 * at, 66 + 2 * at);
  }

  number(at: number): number {
    return Number(`0x${this.text(at)}`);
  }

  bytes(at: number): string {
    const size = this.number(at);
    return `0x${this.hex.slice(66 + 2 * at, 66 + 2 * (at + size))}`;
  }

  /** The words of a `uint256[]` whose length stands at `at`. */
  integers(at: number): bigint[] {
    return Array.from({ length: this.number(at) }, (_, index) => BigInt(`0x${this.text(at + 32 + 32 * index)}`));
  }
}

/** Decodes `(Outcome[])`: each offset counts from the start of the list or tuple in which it stands. */
export function decodeOutcomes(hex: string): RawOutcome[] {
  const words = new Words(hex);
  const list = words.number(0);
  const heads = list + 32;
  return Array.from({ length: words.number(list) }, (_, index) => {
    const head = heads + words.number(heads + 32 * index);
    return {
      failure: words.bytes(head + words.number(head)),
      slots: words.integers(head + words.number(head + 32)),
      transfers: words.integers(head + words.number(head + 64)),
      resultHash: `0x${words.text(head + 96)}`,
      stateHash: `0x${words.text(head + 128)}`,
    };
  });
}
