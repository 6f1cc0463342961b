import type { Step, StepAction } from '@weir/deal';
import type { Build } from './build.js';
import { compileBook } from './steps/book.js';
import {
  compileDraw,
  compileFee,
  compileHedge,
  compilePay,
  compileRelease,
  compileRepay,
  compileReplenishLedger,
  compileReserve,
  compileResidual,
  compileTransfer,
} from './steps/cash.js';
import { compileCompute } from './steps/define-steps.js';
import {
  compileAdvance,
  compileCapitalise,
  compileCarryover,
  compileInterest,
  compilePrincipal,
  compileWrite,
} from './steps/notes.js';
import { StepCode } from './steps/step-code.js';
import { testTrigger } from './triggers.js';
import { enterState } from './values/states.js';

/** What a step of the trace is about: a class, a fee, a hedge, a facility, a ledger. */
function subjectOf(action: StepAction): string | null {
  switch (action.kind) {
    case 'fee':
    case 'fee-excess':
      return action.fee;
    case 'interest':
    case 'carryover':
      return action.to.kind === 'one' ? action.to.name : null;
    case 'capitalise':
    case 'advance':
      return action.tranche;
    case 'hedge':
      return action.hedge;
    case 'repay':
    case 'draw':
      return action.facility;
    case 'replenish-ledger':
      return action.ledger;
    case 'test':
      return action.trigger;
    case 'enter':
      return action.state;
    default:
      return null;
  }
}

function compileAction(code: StepCode, action: StepAction): void {
  const { build } = code;
  switch (action.kind) {
    case 'fee':
    case 'fee-excess':
      return compileFee(code, action.fee, action.kind === 'fee-excess');
    case 'interest':
      return compileInterest(code, action.to);
    case 'carryover':
      return compileCarryover(code, action.to);
    case 'priority-principal':
    case 'principal':
      return compilePrincipal(code, action);
    case 'capitalise':
      return compileCapitalise(code, action.tranche);
    case 'advance':
      return compileAdvance(code, action.amount, action.tranche);
    case 'write-down':
    case 'write-up':
      return compileWrite(code, action);
    case 'reserve':
      return compileReserve(code, action.account);
    case 'replenish-ledger':
      return compileReplenishLedger(code, action.ledger, action.into);
    case 'release':
      return compileRelease(code, action.account, action.into);
    case 'transfer':
      return compileTransfer(code, action.amount, action.into);
    case 'pay':
      return compilePay(code, action.amount, action.carry);
    case 'hedge':
      return compileHedge(code, action.hedge);
    case 'draw':
      return compileDraw(code, action.facility, action.into);
    case 'repay':
      return compileRepay(code, action.facility);
    case 'book':
      return compileBook(code, action);
    case 'compute':
      return compileCompute(build, action.values);
    case 'enter':
      return enterState(build, action.state);
    case 'test':
      return testTrigger(build, action.trigger);
    case 'if':
      return compileIf(code, action);
    case 'residual':
      return compileResidual(code, action.payee);
  }
}

function compileIf(
  { build, step }: StepCode,
  { condition, then, otherwise }: Extract<StepAction, { kind: 'if' }>,
): void {
  const all = (steps: readonly Step[]) => (): void => steps.forEach((step) => compileStep(build, step));
  const taken = build.when(build.flag(condition), all(then), otherwise.length > 0 ? all(otherwise) : undefined);
  step.branch = { text: condition.text, taken };
}

/**
 * Emits one step of the priority of payments. Later steps may use its due, paid and short, which are zero when its `when`
 * does not hold.
 */
export function compileStep(build: Build, source: Step): void {
  const { action } = source;
  const step = build.openStep(source.id, action.kind, source, subjectOf(action), source.label);
  const emit = (): void => {
    const code = new StepCode(build, source, step);
    compileAction(code, action);
    code.close();
  };
  if (source.when) {
    step.when = { text: source.when.text, taken: build.when(build.flag(source.when), emit) };
  } else emit();
  build.asm.step = null;
}
