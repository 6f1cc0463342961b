import { accessOf, type Pending, type Ref } from '../pending.js';

type IsFree = (ref: Ref) => boolean;

const isSame = (a: Ref, b: Ref): boolean => a.region === b.region && a.index === b.index;

/** Without computations whose result nothing reads. Payments and jumps stay. */
function withoutUnread(code: readonly Pending[], isFree: IsFree): Pending[] {
  // Free slots are all of one region, so an index is enough.
  const readLater = new Set<number>();
  const kept: Pending[] = [];
  for (let at = code.length - 1; at >= 0; at--) {
    const instruction = code[at] as Pending;
    const { reads, writes } = accessOf(instruction);
    const [result] = writes;
    const unread = result && instruction.op !== 'PAY' && isFree(result) && !readLater.has(result.index);
    if (unread) continue;
    for (const ref of reads) if (isFree(ref)) readLater.add(ref.index);
    kept.push(instruction);
  }
  return kept.reverse();
}

/** Times that each free slot is read and written. */
function usesOf(code: readonly Pending[], isFree: IsFree): Map<number, number> {
  const uses = new Map<number, number>();
  for (const instruction of code) {
    const { reads, writes } = accessOf(instruction);
    for (const ref of [...reads, ...writes]) if (isFree(ref)) uses.set(ref.index, (uses.get(ref.index) ?? 0) + 1);
  }
  return uses;
}

/** `t = a op b; d = t` becomes `d = a op b` where nothing else knows t. */
function withoutCopies(code: readonly Pending[], isFree: IsFree): Pending[] {
  const uses = usesOf(code, isFree);
  const kept: Pending[] = [];
  for (const instruction of code) {
    const before = kept.at(-1);
    const [target, source] = instruction.operands;
    const result = before && before.op !== 'PAY' && before.op !== 'JZ' ? before.operands[0] : undefined;
    const copies = instruction.op === 'MOV' && source && 'region' in source && target && 'region' in target;
    const same = copies && result && 'region' in result && isSame(result, source);
    if (before && same && isFree(source) && uses.get(source.index) === 2) {
      kept[kept.length - 1] = { ...before, operands: [target, ...before.operands.slice(1)] };
    } else kept.push(instruction);
  }
  return kept;
}

/** Code that does the same with fewer instructions. `isFree`: slots that nothing outside of the code knows. */
export function withoutDeadCode(code: readonly Pending[], isFree: IsFree): Pending[] {
  return withoutCopies(withoutUnread(code, isFree), isFree);
}
