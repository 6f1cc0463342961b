import type { DealProjection } from '@weir/valuation';
import type { CompiledDeal } from '@weir/waterfall';

const CLASS = [
  'opening',
  'rate',
  'interestDue',
  'interestPaid',
  'interestShortfall',
  'principalPaid',
  'writeDown',
  'closing',
  'factor',
];

/** Figures of a comparison. */
const COMPARED = ['value', 'threshold', 'distance'];

/**
 * Second names of figures that stand among the classes, accounts and triggers already or name the row, and what never
 * changes.
 */
function isRepeated({ triggers }: CompiledDeal, name: string): boolean {
  return (
    /^(period|paymentDate)$/.test(name) ||
    /\.(balance|coupon|unpaidInterest|unpaid|original|shortfall)$/.test(name) ||
    triggers.some((trigger) => trigger.name === name)
  );
}

/**
 * The figures that files have, in the names that `weir tieout` takes: classes, payees, accounts, ledgers, triggers with
 * value, threshold and distance, and of those that join several comparisons each by its number; report items, formulas and computed values; of each step what was due, paid and short.
 */
export function lineNames(projection: DealProjection): string[] {
  const { compiled } = projection;
  const of = (name: string, parts: readonly string[]): string[] => parts.map((part) => `${name}.${part}`);
  const known = new Set(projection.names);
  const ofSteps = new Set(compiled.steps.flatMap(({ id }) => of(id, ['due', 'paid', 'short'])));
  const names = [
    ...compiled.tranches.flatMap(({ name }) => {
      const rate = known.has(`${name}.rate`) ? 'rate' : 'coupon';
      return of(
        name,
        CLASS.map((part) => (part === 'rate' ? rate : part)),
      );
    }),
    ...compiled.combinations.flatMap(({ name }) => of(name, CLASS)),
    ...compiled.payees.flatMap(({ name }) => of(name, ['due', 'paid', 'short'])),
    ...compiled.accounts.flatMap((name) => of(name, ['opening', 'in', 'out', 'closing'])),
    ...compiled.ledgers.flatMap((name) => of(name, ['opening', 'closing'])),
    ...compiled.triggers.flatMap(({ name, kept }) => [
      `trigger.${name}`,
      ...of(`trigger.${name}`, COMPARED),
      ...kept.flatMap((_, index) => of(`trigger.${name}.${index + 1}`, COMPARED)),
    ]),
    ...compiled.inputs.map(({ name }) => name),
    ...Object.keys(compiled.values).filter((name) => !isRepeated(compiled, name) && !ofSteps.has(name)),
    ...ofSteps,
    'remittance',
    'deposit',
  ];
  return [...new Set(names)].filter((name) => known.has(name) && projection.keeps(name));
}
