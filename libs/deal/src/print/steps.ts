import { formatRate } from '@weir/money';
import type { Formula } from '../expression/ast.js';
import type { Priority, Step, StepAction } from '../model.js';
import { byName, type Fields, flag, given, maybeText, textOf, type Value } from './fields.js';
import { methodOf, recipientsOf } from './recipients.js';

function amountOf(amount: Formula | 'all'): string {
  return amount === 'all' ? 'all' : textOf(amount);
}

/** The verb of a step and the fields that go with it. */
function actionOf(action: StepAction): Fields {
  switch (action.kind) {
    case 'fee':
      return { fee: action.fee };
    case 'fee-excess':
      return { feeExcess: action.fee };
    case 'interest':
    case 'carryover':
      return { [action.kind]: recipientsOf(action.to, 'class') };
    case 'principal':
    case 'priority-principal': {
      const verb = action.kind === 'principal' ? 'principal' : 'priorityPrincipal';
      const to = recipientsOf(action.to, 'class');
      return { [verb]: textOf(action.amount), to, method: methodOf(action.method) };
    }
    case 'write-down':
    case 'write-up': {
      const verb = action.kind === 'write-down' ? 'writeDown' : 'writeUp';
      return { [verb]: textOf(action.amount), to: recipientsOf(action.to, 'class') };
    }
    case 'book':
      return { [action.change]: textOf(action.amount), to: recipientsOf(action.to, 'ledger') };
    case 'if':
      return given({
        if: textOf(action.condition),
        then: action.then.map(stepOf),
        else: action.otherwise.length > 0 ? action.otherwise.map(stepOf) : null,
      });
    default:
      return plainActionOf(action);
  }
}

type Plain = Exclude<
  StepAction,
  {
    kind:
      | 'fee'
      | 'fee-excess'
      | 'interest'
      | 'carryover'
      | 'principal'
      | 'priority-principal'
      | 'write-down'
      | 'write-up'
      | 'book'
      | 'if';
  }
>;

function plainActionOf(action: Plain): Fields {
  switch (action.kind) {
    case 'capitalise':
      return { capitalise: action.tranche };
    case 'advance':
      return { advance: textOf(action.amount), to: action.tranche };
    case 'reserve':
      return { replenish: action.account };
    case 'replenish-ledger':
      return { replenish: action.ledger, into: action.into };
    case 'release':
      return { release: action.account, into: action.into };
    case 'transfer':
      return { transfer: amountOf(action.amount), into: action.into };
    case 'pay':
      return given({ pay: amountOf(action.amount), payee: action.payee, carry: flag(action.carry, false) });
    case 'hedge':
      return { hedge: action.hedge };
    case 'draw':
      return { draw: action.facility, into: action.into };
    case 'repay':
      return { repay: action.facility };
    case 'compute':
      return { compute: byName(action.values, ({ formula }) => textOf(formula)) ?? {} };
    case 'enter':
      return { enter: action.state };
    case 'test':
      return { test: action.trigger };
    case 'residual':
      return { residual: action.payee };
  }
}

/** A release is paid by the account that it names, which is not written again. */
function stepOf({ id, label, from, when, limits, action }: Step): Fields {
  return given({
    step: id,
    label,
    ...actionOf(action),
    from: from.length > 0 && action.kind !== 'release' ? from : null,
    when: maybeText(when),
    limit: maybeText(limits.limit),
    share: limits.share === null ? null : formatRate(limits.share),
    keep: maybeText(limits.keep),
  });
}

/** One list of steps, or one for each state. */
export function prioritiesOf(priorities: readonly Priority[]): Value {
  const [only] = priorities;
  if (only?.state === null) return only.steps.map(stepOf);
  return Object.fromEntries(priorities.map(({ state, steps }) => [state ?? '', steps.map(stepOf)]));
}
