import type { Deal, PrincipalMethod, Recipients, Step, StepAction } from '@weir/deal';
import { formatRate } from '@weir/money';
import { recipientsText } from './classes.js';
import { amountText, formulaText, partText } from './formula-words.js';
import { capital, listed, spoken } from './words.js';

/** A step as a numbered sentence; steps of an if stand below it, one level in. */
export interface StepSentence {
  readonly number: string;
  readonly step: Step;
  readonly label: string;
  readonly text: string;
  readonly depth: number;
}

/** The step's own label, else its identifier in words. */
export function stepLabel({ label, id }: Step): string {
  return label ?? capital(spoken(id));
}

function methodText(method: PrincipalMethod, to: Recipients): string {
  if (to.kind === 'one') return '';
  if (method.kind === 'pro-rata-until') return `, until ${spoken(method.trigger)} is on and from then in this order`;
  if (to.kind === 'pro-rata' || to.of.length < 2) return '';
  return method.kind === 'pro-rata' ? ', pro rata' : '';
}

/** What a step does, without its sources and bounds. */
function deedText(action: StepAction, deal: Deal): string {
  switch (action.kind) {
    case 'fee':
    case 'fee-excess': {
      const fee = deal.fees.find(({ name }) => name === action.fee);
      const above = action.kind === 'fee-excess' ? 'what is above the cap of ' : '';
      return `pays ${above}the ${feeText(action.fee)} to the ${spoken(fee?.payee ?? 'payee')}`;
    }
    case 'interest':
      return `pays interest on ${recipientsText(action.to)}`;
    case 'carryover':
      return `pays the available-funds carry-over on ${recipientsText(action.to)}`;
    case 'priority-principal':
    case 'principal':
      return `pays principal of ${partText(action.amount)} to ${recipientsText(action.to)}${methodText(action.method, action.to)}`;
    case 'capitalise':
      return `adds unpaid interest on ${action.tranche} to its balance`;
    case 'advance':
      return `raises the balance of ${action.tranche} by an advance of ${partText(action.amount)}`;
    case 'write-down':
      return `writes down ${recipientsText(action.to)} by ${partText(action.amount)}`;
    case 'write-up':
      return `writes up ${recipientsText(action.to)} by ${formulaText(action.amount)}, at most by what was written down`;
    case 'reserve':
      return `fills the ${accountText(action.account)} up to its target`;
    case 'replenish-ledger':
      return `makes good what the ledger ${spoken(action.ledger)} shows, into the ${accountText(action.into)}`;
    case 'release':
      return `moves what the ${accountText(action.account)} holds above its target to the ${accountText(action.into)}`;
    case 'transfer':
      return `moves ${amountText(action.amount)} to the ${accountText(action.into)}`;
    case 'pay':
      return `pays ${amountText(action.amount)} to the ${spoken(action.payee)}${action.carry ? '; what is unpaid is owed again' : ''}`;
    case 'hedge':
      return `pays what is due on the hedge ${spoken(action.hedge)}`;
    case 'draw':
      return `draws on the facility ${spoken(action.facility)} into the ${accountText(action.into)}`;
    case 'repay':
      return `repays the facility ${spoken(action.facility)}`;
    case 'book': {
      const verb = { add: 'adds', subtract: 'takes', set: 'sets' }[action.change];
      const joint = { add: 'to', subtract: 'from', set: 'as' }[action.change];
      return `${verb} ${partText(action.amount)} ${joint} the ledger ${ledgersText(action.to)}`;
    }
    case 'compute':
      return `computes ${listed(action.values.map(({ name, formula }) => `${spoken(name)} as ${formulaText(formula)}`))}`;
    case 'enter':
      return `enters the state ${spoken(action.state)} for the next payment date`;
    case 'test':
      return `tests the trigger ${spoken(action.trigger)}`;
    case 'if':
      return `when ${formulaText(action.condition)}:`;
    case 'residual':
      return `pays all that is left to ${payeeText(action.payee, deal)}`;
  }
}

/** The fee by its name; a name that does not say that it is one is called a fee. */
export function feeText(name: string): string {
  return /fees?$|expenses?$/i.test(name) ? spoken(name) : `${spoken(name)} fee`;
}

/** The account by its name. */
export function accountText(name: string): string {
  return /account$/i.test(name) ? spoken(name) : `${spoken(name)} account`;
}

function ledgersText(to: Recipients): string {
  return recipientsText(to).replace(/\b[a-z]+[A-Z]\w*/g, spoken);
}

/** Accounts that pay, in their order. */
export function sourcesText(names: readonly string[]): string {
  return names.map((name) => `the ${accountText(name)}`).join(', then ');
}

function payeeText(payee: string, deal: Deal): string {
  return deal.tranches.some(({ name }) => name === payee) ? `class ${payee}` : `the ${spoken(payee)}`;
}

/** A share of all that the sources hold, and not of an amount that is due. */
function ofAll({ action, limits }: Step): boolean {
  return limits.share !== null && 'amount' in action && action.amount === 'all';
}

function boundsText(step: Step): string {
  const { limits } = step;
  const parts = [
    limits.limit ? `at most ${formulaText(limits.limit)}` : '',
    limits.share !== null && !ofAll(step) ? `at most ${formatRate(limits.share)} of what is due` : '',
    limits.keep ? `leaving ${formulaText(limits.keep)}` : '',
  ].filter(Boolean);
  return parts.length ? `, ${parts.join(', ')}` : '';
}

function sentenceOf(step: Step, deal: Deal): string {
  const condition = step.when ? `when ${formulaText(step.when)}, ` : '';
  const within = step.action.kind === 'if' || step.action.kind === 'release';
  const from = step.from.length > 0 && !within ? ` from ${sourcesText(step.from)}` : '';
  const share = ofAll(step) ? `${formatRate(step.limits.share ?? 0n)} of ` : '';
  const deed = deedText(step.action, deal).replace('all there is', `${share}all there is`);
  return `${condition}${deed}${from}${boundsText(step)}${step.action.kind === 'if' ? '' : '.'}`;
}

/** The steps of a priority in sentences. */
export function stepSentences(steps: readonly Step[], deal: Deal, prefix = '', depth = 0): StepSentence[] {
  return steps.flatMap((step, index) => {
    const number = `${prefix}${index + 1}`;
    const own = { number, step, label: stepLabel(step), text: sentenceOf(step, deal), depth };
    if (step.action.kind !== 'if') return [own];
    const otherwise = step.action.otherwise;
    return [
      own,
      ...stepSentences(step.action.then, deal, `${number}.`, depth + 1),
      ...(otherwise.length ? [{ ...own, number: '', label: 'Otherwise', text: '' }] : []),
      ...stepSentences(otherwise, deal, `${number}.`, depth + 1).map((sentence, at) => ({
        ...sentence,
        number: `${number}.${(step.action.kind === 'if' ? step.action.then.length : 0) + at + 1}`,
      })),
    ];
  });
}
