import type { Operand, Pending, Ref } from './assembler.js';

/** A place of the priority at which a facility is drawn, marked by a label in the code of the steps. */
export interface DrawPlace {
  label: number;
  /** Computes, as things stand there, what is drawn. */
  code: readonly Pending[];
  amount: Operand;
  /** Where it is kept: zero where the step does not run. */
  draw: Ref;
  /** The account in which it comes in. */
  standby: Ref;
}
