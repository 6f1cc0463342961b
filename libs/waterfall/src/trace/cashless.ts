import { groupMoney } from '@weir/money';
import type { CompiledStep } from '../compile/compiled-deal.js';
import { wordsOf } from '../compile/label.js';
import { figureText } from './figure-text.js';
import { testText } from './tests.js';
import type { Change, WatchedRun } from './watch-run.js';

const signedOf = (plus: Change | null, minus: Change | null): Change | null =>
  plus || minus
    ? {
        before: (plus?.before ?? 0n) - (minus?.before ?? 0n),
        after: (plus?.after ?? 0n) - (minus?.after ?? 0n),
      }
    : null;

/** A balance that moved: "B by 5.00 to 10.00". */
const moved = (name: string, { before, after }: Change): string => {
  const size = after > before ? after - before : before - after;
  return `${name} by ${groupMoney(size)} to ${groupMoney(after)}`;
};

const isMoved = ([, change]: readonly [string, Change | null]): boolean =>
  change !== null && change.before !== change.after;

/** What was asked of a step and found no room. */
function beyond(run: WatchedRun, step: CompiledStep, done: bigint): string {
  if (step.due === null) return '';
  const due = run.after(step, step.due);
  return due > done ? `, of ${groupMoney(due)}; ${groupMoney(due - done)} found no room` : '';
}

type Moves = (readonly [string, Change])[];

const total = (moves: Moves): bigint =>
  moves.reduce((sum, [, { before, after }]) => sum + (after > before ? after - before : before - after), 0n);

function bookText(run: WatchedRun, step: CompiledStep): string {
  const { ledgers } = run.compiled;
  const moves = ledgers
    .map((name) => {
      const plain = run.wordChange(step, `ledger.${name}`);
      const signed = signedOf(run.wordChange(step, `ledger.${name}+`), run.wordChange(step, `ledger.${name}-`));
      return [wordsOf(name), plain ?? signed] as const;
    })
    .filter(isMoved) as Moves;
  if (moves.length === 0) return `nothing is booked${step.sets ? '' : beyond(run, step, 0n)}`;
  const said = moves.map(([name, change]) => {
    const verb = change.after > change.before ? 'rises' : 'falls';
    return moved(`the ledger ${name} ${verb}`, change);
  });
  return `${said.join(', ')}${step.sets ? '' : beyond(run, step, total(moves))}`;
}

/** Classes whose balance a step changed. */
function balances(run: WatchedRun, step: CompiledStep): Moves {
  return run.compiled.tranches
    .map(({ name, label }) => [label, run.wordChange(step, `balance.${name}`)] as const)
    .filter(isMoved) as Moves;
}

function writeText(run: WatchedRun, step: CompiledStep): string {
  const verb = step.kind === 'write-down' ? 'written down' : 'written up';
  const moves = balances(run, step);
  if (moves.length === 0) return `nothing is ${verb}${beyond(run, step, 0n)}`;
  return `${moves.map(([name, change]) => moved(`${name} is ${verb}`, change)).join(', ')}${beyond(run, step, total(moves))}`;
}

/** What a step adds to the balance of one class. */
function addedText(run: WatchedRun, step: CompiledStep, what: string, nothing: string): string {
  const [first] = balances(run, step);
  if (!first) return nothing;
  const [name, { before, after }] = first;
  return `${groupMoney(after - before)} ${what} the balance of ${name}, now ${groupMoney(after)}`;
}

function drawText(run: WatchedRun, step: CompiledStep): string {
  const name = wordsOf(step.subject ?? '');
  const drawn = run.wordChange(step, `drawn.${step.subject}`);
  if (!drawn || drawn.after === drawn.before) return `nothing is drawn on the ${name}`;
  return `${groupMoney(drawn.after - drawn.before)} is drawn on the ${name}, which is now owed ${groupMoney(drawn.after)}`;
}

function computeText(run: WatchedRun, step: CompiledStep): string {
  const said = step.computes.flatMap((name) => {
    const value = run.compiled.values[name];
    if (!value) return [];
    return [`${name} is ${figureText(value.unit, run.after(step, value.plus) - run.after(step, value.minus))}`];
  });
  return said.length === 0 ? 'computes what no other step uses' : said.join(', ');
}

/** What a step without cash did, in words; null for a step that pays. */
export function cashlessText(run: WatchedRun, step: CompiledStep): string | null {
  switch (step.kind) {
    case 'book':
      return bookText(run, step);
    case 'write-down':
    case 'write-up':
      return writeText(run, step);
    case 'capitalise':
      return addedText(
        run,
        step,
        'of unpaid interest is added to',
        'no interest is unpaid, none is added to a balance',
      );
    case 'advance':
      return addedText(run, step, 'that the holders lent is added to', 'the holders lent nothing');
    case 'draw':
      return drawText(run, step);
    case 'compute':
      return computeText(run, step);
    case 'test':
      return testText(run, step);
    case 'enter':
      return `the deal is ${wordsOf(step.subject ?? '')} from the next payment date`;
    case 'if':
      return step.branch && `${step.branch.text} ${run.held(step.branch) ? 'holds' : 'does not hold'}`;
    default:
      return null;
  }
}
