import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { smallDeal, valuesOf } from '../../../fixtures/small-deal.js';

type Env = Record<'a' | 'b' | 'c', bigint>;
interface Sample {
  text: string;
  value(env: Env): bigint;
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);
/** Half up by the magnitude. */
const halfUp = (a: bigint, b: bigint, c: bigint): bigint => {
  const rounded = (magnitude(a * b) + magnitude(c) / 2n) / magnitude(c);
  return a * b < 0n !== c < 0n ? -rounded : rounded;
};

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  fc
    .constantFrom('a' as const, 'b' as const, 'c' as const)
    .map((name) => ({ text: name, value: (env: Env) => env[name] })),
  fc.integer({ min: -300, max: 300 }).map((cents) => {
    const text = `${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')} EUR`;
    return { text: cents < 0 ? `(-${text})` : text, value: () => BigInt(cents) };
  }),
);

// A product is rounded once however it is nested; "+ b - b" makes a sum of what stands in it, which is rounded apart.
const { formula } = fc.letrec<{ formula: Sample }>((tie) => {
  const inner = tie('formula') as fc.Arbitrary<Sample>;
  const pair = fc.tuple(inner, inner);
  return {
    formula: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      pair.map(([x, y]) => ({ text: `(${x.text} + ${y.text})`, value: (env: Env) => x.value(env) + y.value(env) })),
      pair.map(([x, y]) => ({ text: `(${x.text} - ${y.text})`, value: (env: Env) => x.value(env) - y.value(env) })),
      pair.map(([x, y]) => ({
        text: `min(${x.text}, ${y.text})`,
        value: (env: Env) => min(x.value(env), y.value(env)),
      })),
      pair.map(([x, y]) => ({
        text: `max(${x.text}, ${y.text})`,
        value: (env: Env) => max(x.value(env), y.value(env)),
      })),
      inner.map((x) => ({ text: `abs(${x.text})`, value: (env: Env) => magnitude(x.value(env)) })),
      inner.map((x) => ({ text: `(-${x.text})`, value: (env: Env) => -x.value(env) })),
      inner.map((x) => ({
        text: `(37.5 % * (${x.text} + b - b))`,
        value: (env: Env) => halfUp(x.value(env), 375n, 1000n),
      })),
      fc.tuple(inner, inner, inner, inner).map(([x, y, yes, no]) => ({
        text: `if(${x.text} < ${y.text}, ${yes.text}, ${no.text})`,
        value: (env: Env) => (x.value(env) < y.value(env) ? yes.value(env) : no.value(env)),
      })),
      // In the arm that is chosen the divisor is not zero.
      fc.tuple(inner, inner, inner).map(([x, y, no]) => ({
        text: `if(abs(${y.text}) > 0, (${x.text} + b - b) / (${y.text} + c - c) * 1.00 EUR, ${no.text})`,
        value: (env: Env) => {
          const divisor = y.value(env);
          return divisor === 0n ? no.value(env) : halfUp(x.value(env), 100n, divisor);
        },
      })),
    ),
  };
});

const amount = fc.bigInt({ min: -1_000n, max: 1_000n });

describe('any formula', () => {
  it('is what exact arithmetic gives, whatever is negative, and however slots are shared', () => {
    const report = ['a: signed money', 'b: signed money', 'c: signed money'];
    fc.assert(
      fc.property(fc.array(formula, { minLength: 1, maxLength: 3 }), amount, amount, amount, (samples, a, b, c) => {
        const names = samples.map((_, index) => `f${index}`);
        const formulas = samples.map(({ text }, index) => `f${index}: ${text}`);
        // The last formula adds the others up, so that their values must have survived.
        const [sum] = valuesOf(names.join(' + '), [{ a, b, c }], { report, formulas });
        expect(sum).toBe(samples.reduce((total, { value }) => total + value({ a, b, c }), 0n));
      }),
      { numRuns: 100 },
    );
  });
});

describe('circles', () => {
  it('are refused with the chain of names', () => {
    const document = (): unknown => smallDeal({ formulas: ['x: y + 1.00 EUR', 'y: max(0, x)'] });
    expect(document).toThrow(/circular/);
  });
});
