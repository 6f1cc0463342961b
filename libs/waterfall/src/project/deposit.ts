import { effectsOf, type Effects } from '../program/effects.js';
import type { Program } from '../program/program.js';

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
}

/** The plan of a program. `targets` is of `jumpTargets`. */
export function depositPlan({ layout, code }: Program, targets: Int32Array): DepositPlan {
  const { C, S } = layout.regions;
  const drawn = code.findIndex(({ op, operands }) => op === 'PAY' && operands[0] === C.first);
  const first = drawn < 0 ? code.length : drawn;
  const always = targets.subarray(0, first).every((target) => target <= first);
  return { cash: C.first, remittance: S.first + layout.tranches, told: layout.slots, first, always };
}

/** Whether the deposit may come in at an instruction. */
export function depositsAt(plan: DepositPlan, { code }: Program, index: number): boolean {
  if (index < plan.first) return false;
  return index === plan.first || (!plan.always && code[index]?.op === 'PAY' && code[index].operands[0] === plan.cash);
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
