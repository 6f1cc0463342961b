import type { Formula } from '../expression/ast.js';
import type { Deal, StepAction } from '../model.js';
import { orderOf, type Part } from '../read/dependencies.js';
import { namesIn } from '../read/values.js';
import { formulasOf } from './formulas.js';
import type { Report } from './finding.js';
import { accountPaid, leavesOf, mayFollow, type StepAt, stepsOf } from './steps.js';

/** Steps that change balances of classes. */
const CHANGING = ['priority-principal', 'principal', 'write-down', 'write-up'];

/** Names of classes that a step changes in some way, and of all sums that they are a part of. */
function withSums(deal: Deal, classes: readonly string[], member: string): string[] {
  if (classes.length === 0) return [];
  const changed = new Set(classes);
  const groups = deal.groups.filter(({ tranches }) => tranches.some((name) => changed.has(name)));
  return [...classes, ...groups.map(({ name }) => name), 'notes'].map((name) => `${name}.${member}`);
}

function ofAction(deal: Deal, action: StepAction): string[] {
  switch (action.kind) {
    case 'interest':
      return withSums(
        deal,
        leavesOf(action.to).map(({ name }) => name),
        'unpaidInterest',
      );
    case 'capitalise':
      return ['balance', 'unpaidInterest'].flatMap((member) => withSums(deal, [action.tranche], member));
    case 'advance':
      return withSums(deal, [action.tranche], 'balance');
    case 'fee':
    case 'fee-excess':
      return [`${action.fee}.unpaid`];
    case 'repay':
      return [`${action.facility}.drawn`];
    case 'book':
      return leavesOf(action.to).map(({ name }) => `${name}.balance`);
    case 'replenish-ledger':
      return [`${action.ledger}.balance`];
    default: {
      const classes = 'to' in action && CHANGING.includes(action.kind) ? leavesOf(action.to) : [];
      return withSums(
        deal,
        classes.map(({ name }) => name),
        'balance',
      );
    }
  }
}

/** Names whose present value a step changes. */
function movedBy(deal: Deal, { step }: StepAt): string[] {
  const into = accountPaid(step);
  const accounts = into === null ? step.from : [...step.from, into];
  return [...accounts.map((name) => `${name}.balance`), ...ofAction(deal, step.action)];
}

/**
 * Of each formula the live names that it reads as they were before the first step, by itself or through formulas that it
 * names. `items`: what is collected for an account, by the name of its balance.
 */
function liveNames(
  deal: Deal,
  isLive: (name: string) => boolean,
  items: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const formulas = new Map(deal.formulas.map(({ name, formula }) => [name, formula]));
  const usedBy = (name: string): Set<string> => {
    const uses = namesIn(formulas.get(name)?.expression ?? { kind: 'name', name: '', at: 0 });
    return new Set(uses.flatMap((use) => (use.inHistory ? [] : [use.name])));
  };
  const parts = (name: string): Part[] => [...usedBy(name)].map((part) => ({ name: part, via: null }));
  const found = new Map<string, Set<string>>();
  for (const name of orderOf(formulas.keys(), (each) => (formulas.has(each) ? parts(each) : [])).order) {
    const used = formulas.has(name) ? usedBy(name) : new Set<string>();
    const live = new Set<string>();
    for (const use of used) {
      // A balance to which its collections are added is meant to be the one before them.
      if (items.get(use)?.some((item) => used.has(item))) continue;
      if (isLive(use)) live.add(use);
      for (const each of found.get(use) ?? []) live.add(each);
    }
    if (live.size > 0) found.set(name, live);
  }
  return found;
}

function instead(name: string): string {
  const hint = 'write it in the step itself, or in a "compute:" step before it';
  const [base, member] = name.split('.');
  return member === 'balance'
    ? `${hint}; if ${base} before the first step is meant, name that in a first "compute:" step`
    : hint;
}

/**
 * A value under `formulas:` is computed before the first step. A step that uses one which reads what an earlier step of
 * the priority has changed since, or what was collected, sees the old value.
 */
export function checkOldBalances(deal: Deal, report: Report): void {
  const items = new Map(deal.collections.groups.map((group) => [`${group.account}.balance`, group.items]));
  const collected = new Set(items.keys());
  for (const priority of deal.priorities) {
    const steps = stepsOf(priority);
    const moved = new Map<string, StepAt[]>();
    const live = new Set([...collected, ...steps.flatMap((at) => movedBy(deal, at))]);
    const names = liveNames(deal, (name) => live.has(name), items);
    const warned = new Set<string>();
    for (const at of steps) {
      for (const formula of formulasOf(at.step))
        warnOfOldBalance(formula, at, { names, moved, collected, warned }, report);
      if (at.dead) continue;
      for (const name of new Set(movedBy(deal, at))) {
        const by = moved.get(name);
        // Only steps of other arms can matter beside the first.
        if (!by) moved.set(name, [at]);
        else if (at.arms.join() !== by.at(-1)?.arms.join()) by.push(at);
      }
    }
  }
}

interface Moved {
  names: ReadonlyMap<string, ReadonlySet<string>>;
  moved: ReadonlyMap<string, readonly StepAt[]>;
  collected: ReadonlySet<string>;
  /** Formulas of which was warned: once is enough for a priority. */
  warned: Set<string>;
}

function warnOfOldBalance(
  formula: Formula,
  at: StepAt,
  { names, moved, collected, warned }: Moved,
  report: Report,
): void {
  for (const use of namesIn(formula.expression)) {
    if (use.inHistory || warned.has(use.name)) continue;
    for (const name of names.get(use.name) ?? []) {
      const by = moved.get(name)?.find((earlier) => mayFollow(earlier, at))?.step;
      if (!by && !collected.has(name)) continue;
      const since = by
        ? `the step ${by.id} of line ${by.line} has changed that since`
        : 'what is collected came in since';
      const message = `"${use.name}" was computed before the first step, from ${name} as it was then, and ${since}`;
      report.warn(formula, formula.path, 'old-balance', `${message}; ${instead(name)}`);
      warned.add(use.name);
      break;
    }
  }
}
