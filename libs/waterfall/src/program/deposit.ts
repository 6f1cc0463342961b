import { effectsOf, type Effects, jumpTargets } from './effects.js';
import type { Program } from './program.js';

/**
 * Where a deposit that is just what is to be remitted comes in: C := S[n] before the first PAY out of C reads. `always`
 * when the first such PAY in the code is on every way through it; otherwise a word after the last slot tells, at each
 * of them, whether the deposit is in.
 */
export interface DepositPlan {
  /** Slot ids of C, of S[n] and of the word that tells. */
  cash: number;
  remittance: number;
  told: number;
  /** Index of the first PAY out of C; the code's length when there is none. */
  first: number;
  always: boolean;
  /** Index of an instruction that may read C before the deposit is in, so that the convention has no meaning; or −1. */
  early: number;
}

const drawsFrom = (cash: number, { code }: Pick<Program, 'code'>, index: number): boolean =>
  code[index]?.op === 'PAY' && code[index].operands[0] === cash;

/** The first instruction that may read C while the deposit may not be in; −1 when there is none. */
function earlyRead(program: Program, targets: Int32Array, cash: number): number {
  const arriving = new Map<number, boolean>();
  let isIn = false;
  let reached = true;
  for (let index = 0; index < program.code.length; index++) {
    const before = arriving.get(index);
    if (before !== undefined) isIn = reached ? isIn && before : before;
    reached ||= before !== undefined;
    const draws = drawsFrom(cash, program, index);
    if (reached && !isIn && !draws && effectsOf(program.code[index]!).reads.includes(cash)) return index;
    if (draws) isIn = true;
    const target = targets[index]!;
    if (target >= 0 && reached) arriving.set(target, isIn && (arriving.get(target) ?? true));
    if (program.code[index]!.op === 'JMP') reached = false;
  }
  return -1;
}

/** The plan of a program. */
export function depositPlan(program: Program, targets = jumpTargets(program.code)): DepositPlan {
  const { layout, code } = program;
  const { C, S } = layout.regions;
  const drawn = code.findIndex((_, index) => drawsFrom(C.first, program, index));
  const first = drawn < 0 ? code.length : drawn;
  return {
    cash: C.first,
    remittance: S.first + layout.tranches,
    told: layout.slots,
    first,
    always: targets.subarray(0, first).every((target) => target <= first),
    early: earlyRead(program, targets, C.first),
  };
}

/** Whether the deposit may come in at an instruction. */
export function depositsAt(plan: DepositPlan, program: Program, index: number): boolean {
  return index === plan.first || (!plan.always && drawsFrom(plan.cash, program, index));
}

/** What an instruction touches, the coming in of the deposit included. */
export function touchesOf(plan: DepositPlan, program: Program): (index: number) => Effects {
  return (index) => {
    const { reads, writes } = effectsOf(program.code[index]!);
    if (!depositsAt(plan, program, index)) return { reads, writes };
    const told = plan.always ? [] : [plan.told];
    return { reads: [plan.cash, plan.remittance, ...told, ...reads], writes: [...told, ...writes] };
  };
}
