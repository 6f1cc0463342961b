import { accessOf, type Pending, type Ref } from '../pending.js';

interface Life {
  index: number;
  first: number;
  last: number;
  /** The first access writes, so that nothing relies on the zero the slot starts with. */
  written: boolean;
}

function livesOf(code: readonly Pending[], isFree: (ref: Ref) => boolean): Life[] {
  const lives = new Map<number, Life>();
  code.forEach((instruction, at) => {
    const { reads, writes } = accessOf(instruction);
    const touch = (ref: Ref, written: boolean): void => {
      if (!isFree(ref)) return;
      const life = lives.get(ref.index);
      if (life) life.last = at;
      else lives.set(ref.index, { index: ref.index, first: at, last: at, written });
    };
    for (const ref of reads) touch(ref, false);
    for (const ref of writes) touch(ref, true);
  });
  return [...lives.values()];
}

/** What each jump leaps over, as positions: after the jump up to its label. */
function leapsOf(code: readonly Pending[]): { from: number; to: number }[] {
  const labels = new Map<number, number>();
  code.forEach(({ op, operands: [label] }, at) => {
    if (op === null && label && 'label' in label) labels.set(label.label, at);
  });
  return code.flatMap(({ op, operands }, from) => {
    const label = op === 'JZ' || op === 'JMP' ? operands.at(-1) : undefined;
    return label && 'label' in label ? [{ from, to: labels.get(label.label) ?? code.length }] : [];
  });
}

/**
 * Places of scratch slots: a slot without a name gives its place to the next one when it is read no more. A slot whose
 * first write may be leapt over while a later read is not keeps a place of its own, where it reads zero.
 */
export function poolScratch(
  code: readonly Pending[],
  names: readonly string[],
  isFree: (ref: Ref) => boolean,
): { names: string[]; place(index: number): number } {
  const leaps = leapsOf(code);
  const lives = livesOf(code, isFree);
  const leapt = ({ first, last }: Life): boolean =>
    leaps.some(({ from, to }) => from < first && first < to && last >= to);
  const places = new Map<number, number>();
  const kept: string[] = [];
  const own = (index: number, name: string): void => void places.set(index, kept.push(name) - 1);
  names.forEach((name, index) => {
    if (!isFree({ region: 'T', index })) own(index, name);
  });
  const [pooled, single] = [[] as Life[], [] as Life[]];
  for (const life of lives) (life.written && !leapt(life) ? pooled : single).push(life);
  for (const { index } of single) own(index, `t${kept.length}`);
  const busy: { place: number; until: number }[] = [];
  for (const { index, first, last } of pooled) {
    // A slot read for the last time by the instruction that writes this one is free: operands are read first.
    const free = busy.find(({ until }) => until <= first);
    if (free) {
      places.set(index, free.place);
      free.until = last;
    } else {
      own(index, `t${kept.length}`);
      busy.push({ place: places.get(index) as number, until: last });
    }
  }
  return { names: kept, place: (index) => places.get(index) ?? 0 };
}
