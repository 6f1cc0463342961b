import type { NamedFormula, StepAction } from '@weir/deal';
import type { Build } from '../build.js';
import { allSteps, isUsed } from '../parties/used-names.js';
import { netted, type Sum, sumOf, ZERO } from '../sum.js';

/** Whether a step names what it owes, asked or not. */
function names(action: StepAction): boolean {
  if (action.kind === 'compute' || action.kind === 'enter' || action.kind === 'if') return false;
  if (action.kind === 'test') return false;
  if (action.kind === 'residual') return false;
  return !('amount' in action) || action.amount !== 'all';
}

/** What `compute:` steps have named, and zero before. */
const computed = new WeakMap<Build, Map<string, Sum>>();

function valuesOf(build: Build): Map<string, Sum> {
  const known = computed.get(build) ?? new Map<string, Sum>();
  computed.set(build, known);
  return known;
}

/** Makes STEP.due, STEP.paid, STEP.short and the names of `compute:` known: zero until the step was taken. */
export function defineSteps(build: Build): void {
  for (const { id, action } of allSteps(build.deal)) {
    for (const figure of ['due', 'paid', 'short']) {
      const name = `${id}.${figure}`;
      const kept = isUsed(build.deal, name) || (figure === 'due' && names(action));
      if (kept) build.live(name, 'money', () => sumOf(build.asm.named(name)));
    }
    if (action.kind !== 'compute') continue;
    for (const { name, formula } of action.values) {
      build.live(name, formula.unit, () => valuesOf(build).get(name) ?? ZERO);
    }
  }
}

/** Names values at this point of the priority; they may be negative. */
export function compileCompute(build: Build, values: readonly NamedFormula[]): void {
  for (const { name, formula } of values) {
    const sum = netted(build.signed(formula));
    if (sum.minus.length === 0) {
      valuesOf(build).set(name, sumOf(build.asm.keep(name, build.emitter.add(0, sum.plus))));
      continue;
    }
    const { plus, minus } = build.emitter.parts(0, sum);
    valuesOf(build).set(name, {
      plus: [build.asm.keep(`${name}+`, plus)],
      minus: [build.asm.keep(`${name}-`, minus)],
    });
  }
}
