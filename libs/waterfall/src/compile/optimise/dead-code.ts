import { accessOf, type Pending, type Ref } from '../assembler.js';

type IsFree = (ref: Ref) => boolean;

const key = ({ region, index }: Ref): string => `${region}${index}`;

/** Without computations whose result nothing reads. Payments and jumps stay. */
function withoutUnread(code: readonly Pending[], isFree: IsFree): Pending[] {
  const readLater = new Set<string>();
  const kept: Pending[] = [];
  for (const instruction of [...code].reverse()) {
    const { reads, writes } = accessOf(instruction);
    const [result] = writes;
    const unread = result && instruction.op !== 'PAY' && isFree(result) && !readLater.has(key(result));
    if (unread) continue;
    for (const ref of reads) readLater.add(key(ref));
    kept.push(instruction);
  }
  return kept.reverse();
}

/** Times that each free slot is read and written. */
function usesOf(code: readonly Pending[], isFree: IsFree): Map<string, number> {
  const uses = new Map<string, number>();
  for (const instruction of code) {
    const { reads, writes } = accessOf(instruction);
    for (const ref of [...reads, ...writes]) if (isFree(ref)) uses.set(key(ref), (uses.get(key(ref)) ?? 0) + 1);
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
    const computes = before && before.op !== null && before.op !== 'PAY' && before.op !== 'JZ' && before.op !== 'JMP';
    const result = computes ? before.operands[0] : undefined;
    const copies = instruction.op === 'MOV' && source && 'region' in source && target && 'region' in target;
    const same = copies && result && 'region' in result && key(result) === key(source);
    if (before && same && isFree(source) && uses.get(key(source)) === 2) {
      kept[kept.length - 1] = { ...before, operands: [target, ...before.operands.slice(1)] };
    } else kept.push(instruction);
  }
  return kept;
}

/** Code that does the same with fewer instructions. `isFree`: slots that nothing outside of the code knows. */
export function withoutDeadCode(code: readonly Pending[], isFree: IsFree): Pending[] {
  return withoutCopies(withoutUnread(code, isFree), isFree);
}
