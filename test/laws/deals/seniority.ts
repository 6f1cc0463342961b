import type { Deal, Recipients, Step } from '@weir/deal';
import type { CompiledDeal, RunArguments, RunResult } from '@weir/waterfall';

/** Cash and balances as they were right after the last payment of a step. */
interface Moment {
  /** By the place of the step's last payment in the log. */
  at: number;
  cash: Map<string, bigint>;
  /** What each class was paid as principal, so far and by this step. */
  principal: Map<string, bigint>;
  byStep: Map<string, bigint>;
}

const plus = (map: Map<string, bigint>, key: string, amount: bigint): void => {
  map.set(key, (map.get(key) ?? 0n) + amount);
};

/** Follows the transfers of a run and keeps the moment after each step that was run. */
function momentsOf(compiled: CompiledDeal, run: RunArguments, result: RunResult): Map<string, Moment> {
  const { A, X } = compiled.program.layout.regions;
  const nameOf = (slot: number): string | undefined => compiled.accounts[slot - A.first];
  const stepAt = new Map(compiled.steps.flatMap(({ id, pays }) => pays.map((offset) => [offset, id] as const)));
  const cash = new Map(compiled.accounts.map((name, index) => [name, run.state[index] ?? 0n]));
  const principal = new Map<string, bigint>();
  const moments = new Map<string, Moment>();
  result.transfers.forEach(({ offset, from, to, amount }, at) => {
    const id = stepAt.get(offset) ?? '';
    const [payer, taker] = [nameOf(from), nameOf(to)];
    if (payer !== undefined) plus(cash, payer, -amount);
    if (taker !== undefined) plus(cash, taker, amount);
    const byStep = moments.get(id)?.byStep ?? new Map<string, bigint>();
    const sink = to - X.first;
    const paid = sink >= 0 && sink % 2 === 1 ? compiled.tranches[sink >> 1]?.name : undefined;
    for (const map of paid === undefined ? [] : [principal, byStep]) plus(map, paid ?? '', amount);
    moments.set(id, { at, cash: new Map(cash), principal: new Map(principal), byStep });
  });
  return moments;
}

function flat(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) =>
    step.action.kind === 'if' ? [step, ...flat(step.action.then), ...flat(step.action.otherwise)] : [step],
  );
}

/** Every step of a deal, those inside `if` included. */
export function allSteps({ priorities }: Deal): Step[] {
  return priorities.flatMap(({ steps }) => flat(steps));
}

const leaves = (to: Recipients): Extract<Recipients, { kind: 'one' }>[] =>
  to.kind === 'one' ? [to] : to.of.flatMap(leaves);

const isBounded = ({ limits, action }: Step): boolean =>
  limits.limit !== null ||
  limits.share !== null ||
  limits.keep !== null ||
  ('to' in action && leaves(action.to).some(({ until, limit }) => until !== null || limit !== null));

/** State words that a step pays down, when all of what they show is due. */
function owedTo(deal: Deal, { action }: Step): string[] {
  if (action.kind === 'interest') return leaves(action.to).map(({ name }) => `shortfall.${name}`);
  if (action.kind === 'hedge') return [`unpaid.${action.hedge}`];
  if (action.kind === 'repay') return [`drawn.${action.facility}`];
  const capped = action.kind === 'fee' && deal.fees.find(({ name }) => name === action.fee)?.cap;
  return action.kind === 'fee' && !capped ? [`unpaid.${action.fee}`] : [];
}

/** A state word by its name; zero when the program has no such word. */
function wordOf(compiled: CompiledDeal, state: readonly bigint[], name: string): bigint {
  const index = compiled.state.indexOf(name);
  return index < 0 ? 0n : (state[compiled.accounts.length + index] ?? 0n);
}

/**
 * What is still owed at the end though the last step for it, which nothing bounded, left cash in the accounts that it pays
 * from. So whoever comes later from these accounts was paid of fresh cash only.
 */
export function shortWithCash(deal: Deal, compiled: CompiledDeal, run: RunArguments, result: RunResult): string[] {
  const moments = momentsOf(compiled, run, result);
  const steps = allSteps(deal);
  const lastFor = new Map<string, { step: Step; moment: Moment }>();
  for (const step of steps) {
    const moment = moments.get(step.id);
    for (const word of moment ? owedTo(deal, step) : []) {
      const known = lastFor.get(word);
      if (moment && (!known || known.moment.at < moment.at)) lastFor.set(word, { step, moment });
    }
  }
  return [...lastFor].flatMap(([word, { step, moment }]) => {
    const owed = wordOf(compiled, result.state, word);
    const left = step.from.filter((account) => (moment.cash.get(account) ?? 0n) > 0n);
    if (owed === 0n || isBounded(step) || left.length === 0) return [];
    return [`period ${run.period}: ${word} is ${owed} after ${step.id}, which left cash in ${left.join()}`];
  });
}

const CHANGES_BALANCES = ['capitalise', 'advance', 'write-down', 'write-up'];

/** Classes that a plainly sequential principal step paid though one before them was outstanding still. */
export function seniorPassedOver(deal: Deal, compiled: CompiledDeal, run: RunArguments, result: RunResult): string[] {
  const steps = allSteps(deal);
  if (steps.some(({ action }) => CHANGES_BALANCES.includes(action.kind))) return [];
  const moments = momentsOf(compiled, run, result);
  return steps.flatMap((step) => {
    const { action, id } = step;
    const moment = moments.get(id);
    if (!moment || !('method' in action) || action.method.kind !== 'sequential' || isBounded(step)) return [];
    const { to } = action;
    const plain = to.kind === 'sequential' && to.of.every(({ kind }) => kind === 'one');
    const names = plain ? leaves(to).map(({ name }) => name) : [];
    return names.flatMap((senior, index) => {
      const open = wordOf(compiled, run.state, `balance.${senior}`) - (moment.principal.get(senior) ?? 0n);
      const passed = names.slice(index + 1).filter((junior) => (moment.byStep.get(junior) ?? 0n) > 0n);
      if (open === 0n || passed.length === 0) return [];
      return [`period ${run.period}: ${id} paid ${passed.join()} while ${open} of ${senior} was outstanding`];
    });
  });
}

/** For a deal whose every step pays in order from one account: what a class was paid while one above it was short. */
export function juniorPaidFirst(deal: Deal, compiled: CompiledDeal, run: RunArguments, result: RunResult): string[] {
  const names = compiled.tranches.map(({ name }) => name);
  const interest = names.map((_, index) => result.outputs[2 * index] ?? 0n);
  const principal = names.map((_, index) => result.outputs[2 * index + 1] ?? 0n);
  const unpaidFee = deal.fees.find(({ name }) => wordOf(compiled, result.state, `unpaid.${name}`) > 0n);
  const paid = (from: number): boolean =>
    interest.slice(from).some((amount) => amount > 0n) || principal.some((amount) => amount > 0n);
  const says = (who: string): string[] => [`period ${run.period}: a class was paid while ${who} was short`];
  return [
    ...(unpaidFee && paid(0) ? says(unpaidFee.name) : []),
    ...names.flatMap((name, index) => {
      const short = wordOf(compiled, result.state, `shortfall.${name}`) > 0n;
      return short && paid(index + 1) ? says(name) : [];
    }),
  ];
}
