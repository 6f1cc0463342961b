import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Construct } from '../../fixtures/construct.js';

interface Leaf {
  until: number | null;
  limit: number | null;
}
type Tree = Leaf | { order: 'pro rata' | 'sequential'; of: Tree[]; weights: number[] | null };

const bound = fc.option(fc.integer({ min: 0, max: 400 }), { freq: 2, nil: null });
const leaf: fc.Arbitrary<Tree> = fc.record({ until: bound, limit: bound });
const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.constantFrom('pro rata', 'sequential'),
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
      )
      .chain(([order, of, weighted]) =>
        fc
          .array(fc.integer({ min: 0, max: 5 }), { minLength: of.length, maxLength: of.length })
          .map((weights): Tree => ({
            order: order as 'pro rata' | 'sequential',
            of,
            weights: weighted && order === 'pro rata' ? weights : null,
          })),
      ),
  ),
})).tree;

/** The tree in YAML with classes C0, C1 …; each leaf is a class of its own. */
function written(node: Tree, leaves: Leaf[]): string {
  if (!('of' in node)) {
    const bounds = Object.entries(node).flatMap(([name, cents]) => (cents === null ? [] : [`${name}: ${usd(cents)}`]));
    return `{${[`class: C${leaves.push(node) - 1}`, ...bounds].join(', ')}}`;
  }
  const of = node.of.map((child) => written(child, leaves)).join(', ');
  return `{${node.order}: [${of}]${node.weights ? `, by: [${node.weights.join(', ')}]` : ''}}`;
}

const usd = (cents: number): string => `${(cents / 100).toFixed(2)} USD`;

describe('principal over any tree of recipients', () => {
  it('pays all of what is due, there and takeable, to the cent, and keeps every bound', () => {
    const cases = fc.record({
      tree,
      balances: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 40, maxLength: 40 }),
      dates: fc.array(fc.record({ cash: fc.integer({ min: 0, max: 900 }), due: fc.integer({ min: 0, max: 900 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(cases, ({ tree: root, balances, dates }) => {
        const leaves: Leaf[] = [];
        const to = written(root, leaves);
        fc.pre(leaves.length <= 12);
        const classes = leaves.map((_, index) => `C${index}`);
        const deal = new Construct({
          tranches: classes
            .map(
              (name, index) =>
                `- {name: ${name}, amount: ${usd(balances[index] ?? 1)}, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`,
            )
            .join('\n'),
          report: 'due: money',
          steps: `- {step: p, principal: due, to: ${to}, method: sequential, from: [collection]}
- {step: note, compute: {paid: p.paid, short: p.short}}
- {step: rest, residual: sponsor, from: [collection]}`,
        });
        const left = classes.map((_, index) => BigInt(balances[index] ?? 1));
        for (const { cash, due } of dates) {
          const rooms = leaves.map(({ until, limit }, index) => {
            const above = max((left[index] ?? 0n) - BigInt(until ?? 0), 0n);
            return limit === null ? above : min(above, BigInt(limit));
          });
          const date = deal.pay({ cash: BigInt(cash), due: BigInt(due) });
          const paid = classes.map((name) => date.paid(`${name} principal`));
          const total = paid.reduce((a, b) => a + b, 0n);
          const takeable = rooms.reduce((a, b) => a + b, 0n);
          expect(total).toBe(min(min(BigInt(cash), BigInt(due)), takeable));
          expect(date.paid('residual')).toBe(BigInt(cash) - total);
          expect(date.value('paid')).toBe(total);
          paid.forEach((amount, index) => {
            expect(amount).toBeLessThanOrEqual(rooms[index] ?? 0n);
            left[index] = (left[index] ?? 0n) - amount;
            expect(date.state(`balance.C${index}`)).toBe(left[index]);
          });
        }
      }),
      { numRuns: 150 },
    );
  });
});

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
