import type { Program } from '../program/program.js';
import { RemittanceUndetermined } from './errors.js';
import { executeSafe } from './execute-safe.js';
import { executeWide } from './execute-wide.js';
import type { RemittedArguments, RunArguments } from './frame.js';
import { preparedOf } from './prepared.js';
import type { RunResult } from './result.js';

/**
 * Runs a program for one payment date, exactly as the chain does. Pure: the arguments are not changed.
 * @throws RunArgumentError when the arguments do not fit the program; ValueOutOfRange, DivisionByZero or StateTooWide
 * with the instruction's offset; CashNotConserved when the program leaves cash in the deposit slot.
 */
export function execute(program: Program, run: RunArguments): RunResult {
  return executeSafe(program, run, false) ?? executeWide(program, run, false);
}

/**
 * Runs a program for one payment date on which the servicer deposits just what is due: the deposit is S[n], which is final
 * before the first PAY out of C. The result is that of `execute` with this deposit.
 * @throws as `execute` does; RemittanceUndetermined when the program reads the deposit before, or changes S[n] after.
 */
export function executeRemitted(program: Program, run: RemittedArguments): RunResult {
  const { early } = preparedOf(program);
  if (early >= 0) throw new RemittanceUndetermined(program.code[early]?.offset ?? -1);
  const { period, inputs, state } = run;
  const empty = { period, inputs, state, deposit: 0n };
  return executeSafe(program, empty, true) ?? executeWide(program, empty, true);
}
