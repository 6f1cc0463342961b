import type { Priority, Step } from '@weir/deal';
import type { Build } from './build.js';

const PLACES = ['line', 'column', 'at', 'path'];

/** What a step says, wherever it stands in the document. */
function meaningOf(step: Step): string {
  return JSON.stringify(step, (key, value: unknown) => {
    if (PLACES.includes(key)) return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}

/** How many lists begin alike. */
function commonLength(lists: readonly (readonly string[])[]): number {
  const [first = [], ...others] = lists;
  const differs = first.findIndex((meaning, index) => others.some((list) => list[index] !== meaning));
  return differs < 0 ? first.length : differs;
}

/**
 * Compiles the priorities of payments. With several, what they begin with and end with alike is emitted once, and the rest
 * of each under its state's flag.
 */
export function compilePriorities(build: Build, compileStep: (build: Build, step: Step) => void): void {
  const { priorities } = build.deal;
  const compile = (steps: readonly Step[]): void => steps.forEach((step) => compileStep(build, step));
  const [first] = priorities;
  if (!first) return;
  if (priorities.length === 1) return under(build, first, () => compile(first.steps));
  const meanings = priorities.map(({ steps }) => steps.map(meaningOf));
  const alike = coversAllStates(build, priorities);
  const head = alike ? commonLength(meanings) : 0;
  const rest = meanings.map((list) => list.slice(head).reverse());
  const tail = alike ? commonLength(rest) : 0;
  compile(first.steps.slice(0, head));
  for (const priority of priorities) {
    const own = priority.steps.slice(head, priority.steps.length - tail);
    if (own.length > 0) under(build, priority, () => compile(own));
  }
  compile(first.steps.slice(first.steps.length - tail));
}

/** Only then do common steps run in every state. */
function coversAllStates(build: Build, priorities: readonly Priority[]): boolean {
  return build.deal.states.every(({ name }) => priorities.some(({ state }) => state === name));
}

function under(build: Build, { state }: Priority, code: () => void): void {
  if (state === null) return code();
  build.when(build.readValue(`state.${state}`), code);
}

/** The number of each step in its priority of payments, counted from 1 in the document's order. */
export function stepNumbers(priorities: readonly Priority[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { steps } of priorities) {
    let count = 0;
    const visit = ({ id, action }: Step): void => {
      count += 1;
      if (!numbers.has(id)) numbers.set(id, count);
      if (action.kind === 'if') [...action.then, ...action.otherwise].forEach(visit);
    };
    steps.forEach(visit);
  }
  return numbers;
}
