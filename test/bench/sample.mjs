import { readFileSync } from 'node:fs';
import { parseDeal } from '@weir/deal';
import { compileDeal, encodeProgram, operandsOf, sizeOf } from '@weir/waterfall';

/** Payment dates of a path. */
export const PERIODS = 60;
/** Different paths that a bench goes through, so that no figure is that of one path. */
export const PATHS = 32;
const CUT_OFF_POOL = 18_363_940_443n;
const MAX_SLOTS = 2047;

/** The sample deal, compiled for a pool of 183,639,404.43. */
export function sampleDeal() {
  const text = readFileSync(new URL('../../libs/deal/templates/auto.yaml', import.meta.url), 'utf8');
  const { deal, diagnostics } = parseDeal(text);
  if (!deal) throw new TypeError(`the sample deal has errors: ${JSON.stringify(diagnostics)}`);
  return compileDeal(deal, { cutOffPool: CUT_OFF_POOL });
}

/** Uniform numbers from 0 to 1 by a linear congruence (Numerical Recipes, §7.1): repeatable, good enough for rates. */
function uniform(seed) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Reported items of one month by the names of the inputs; items the deal asks for beyond these are zero. */
function month(random, opening) {
  const [paid, lost] = [Math.floor(opening * (0.01 + 0.04 * random())), Math.floor(opening * 0.003 * random())];
  return {
    poolOpening: opening,
    poolClosing: opening - paid - lost,
    interestCollected: Math.floor(opening * 0.005),
    principalCollected: paid,
    recoveries: Math.floor(lost / 3),
    chargeOffs: lost,
  };
}

/** A path of the sample deal: its inputs as words, period after period, none negative. */
export function samplePath(compiled, seed, periods = PERIODS) {
  const random = uniform(seed);
  // A signed item has a second slot for its negative part, which stays zero.
  const items = compiled.inputs.flatMap(({ name, slots }) => slots.map((_, part) => (part === 0 ? name : undefined)));
  const rows = [];
  for (let opening = Number(CUT_OFF_POOL); rows.length < periods;) {
    const values = month(random, opening);
    rows.push(items.map((name) => values[name] ?? 0));
    opening = values.poolClosing;
  }
  return rows;
}

/** Slots that a projection of the deal reads: balances of the tranches and all sinks. */
export function watched({ layout }) {
  const { S, X } = layout.regions;
  const range = (first, count) => Array.from({ length: count }, (_, index) => first + index);
  return [...range(S.first, layout.tranches), ...range(X.first, X.count)];
}

/** The program whose code stands `copies` times one after another, each copy on scratch of its own as far as there is room. */
export function repeated(program, copies) {
  const { layout, code, constants, rows } = program;
  const { T } = layout.regions;
  const scratches = Math.max(1, Math.min(copies, Math.floor((MAX_SLOTS - T.first) / T.count)));
  const counts = Object.fromEntries(Object.entries(layout.regions).map(([name, { count }]) => [name, count]));
  const indexes = new Map(code.map(({ offset }, index) => [offset, index]));
  const body = code.slice(0, -1);
  const lines = Array.from({ length: copies }, (_, copy) =>
    body.map(({ op, operands }) => ({
      op,
      operands: operands.map((operand, index) => {
        if (operandsOf(op)[index] === 'jump') return copy * body.length + indexes.get(operand);
        return operand >= T.first ? operand + T.count * (copy % scratches) : operand;
      }),
    })),
  ).flat();
  const placed = place([...lines, { op: 'END', operands: [] }]);
  const shape = { counts: { ...counts, T: T.count * scratches }, tranches: layout.tranches };
  return encodeProgram({ ...shape, constants, code: placed, rows });
}

/** Jump operands from instruction indexes to byte offsets. */
function place(lines) {
  let next = 0;
  const offsets = lines.map(({ op }) => (next += sizeOf(op)) - sizeOf(op));
  return lines.map(({ op, operands }, index) => ({
    offset: offsets[index],
    op,
    operands: operands.map((operand, at) => (operandsOf(op)[at] === 'jump' ? offsets[operand] : operand)),
  }));
}
