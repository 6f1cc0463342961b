/** Consecutive instructions [first, end) that become one WebAssembly function. */
export interface Chunk {
  first: number;
  end: number;
  /** Instructions after the first at which jumps of earlier chunks enter, ascending. */
  entries: readonly number[];
  /** Whether a jump of an earlier chunk goes beyond this one, so that it may have to be passed over. */
  passable: boolean;
}

/** A block of a chunk's function: it opens before instruction `start` and ends before `target`, where its jumps go. */
export interface Block {
  start: number;
  target: number;
}

/** For each place between instructions, how many jumps lead across it. */
function spansOf(targets: Int32Array): Int32Array {
  const change = new Int32Array(targets.length + 1);
  targets.forEach((target, from) => {
    if (target < 0) return;
    change[from + 1]! += 1;
    change[target]! -= 1;
  });
  let open = 0;
  return change.map((step) => (open += step));
}

/** The place from `low` to `high` that the fewest jumps lead across; the last of equals. */
function quietest(spans: Int32Array, low: number, high: number): number {
  let best = high;
  for (let at = high - 1; at >= low; at--) if (spans[at]! < spans[best]!) best = at;
  return best;
}

/** Splits code into functions of about `size` instructions, where few jumps cross. `targets` is of `jumpTargets`. */
export function chunksOf(targets: Int32Array, size: number): Chunk[] {
  const spans = spansOf(targets);
  const bounds = [0];
  for (let first = 0; targets.length - first > 1.5 * size; first = bounds.at(-1)!) {
    bounds.push(quietest(spans, first + Math.ceil(size / 2), first + Math.floor(1.25 * size)));
  }
  bounds.push(targets.length);
  return bounds.slice(0, -1).map((first, index) => {
    const end = bounds[index + 1]!;
    const entering = [...targets.subarray(0, first)];
    const entries = [...new Set(entering.filter((target) => target > first && target < end))].sort((a, b) => a - b);
    return { first, end, entries, passable: entering.some((target) => target >= end) };
  });
}

/**
 * Blocks for the forward jumps inside a chunk, outermost first where several start at one place. A block that would cross
 * an earlier one is opened with it, so that blocks nest. An entry's block is open from the start of the function.
 */
export function blocksOf(targets: Int32Array, { first, end, entries }: Chunk): Block[] {
  const starts = new Map<number, number>(entries.map((entry) => [entry, first]));
  for (let from = end - 1; from >= first; from--) {
    const target = targets[from]!;
    if (target >= 0 && target < end && starts.get(target) !== first) starts.set(target, from);
  }
  const blocks = [...starts].map(([target, start]) => ({ start, target })).sort((a, b) => a.target - b.target);
  blocks.forEach((block, index) => {
    for (let before = index - 1; before >= 0; before--) {
      const earlier = blocks[before]!;
      if (earlier.start < block.start && block.start < earlier.target) block.start = earlier.start;
    }
  });
  return blocks.reverse();
}
