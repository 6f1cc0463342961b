import { suggest, type Deal } from '@weir/deal';
import {
  type DealProjection,
  priceAt,
  accrualBasis,
  discountMargin,
  indexOf,
  quotedFlows,
  quoteOf,
  securityFlows,
  settlementOf,
  tabulatedFor,
  trancheMetrics,
  type TrancheMetrics,
  yieldAt,
} from '@weir/valuation';
import { SolveInvalid } from '../errors.js';
import { figureOf } from './quantity.js';

/** What a trial must meet: a measure compared with a figure. Measures: money in units of the currency, rates as fractions. */
export interface Condition {
  readonly text: string;
  readonly op: '=' | '<=' | '>=' | '<' | '>';
  readonly target: number;
  /** How the measure is written for people: a share in percent, or a figure as it is. */
  readonly unit: 'percent' | 'plain';
  measure(deal: Deal, projection: DealProjection): number;
}

type Measure = Condition['measure'];

const sum = (column: Float64Array): number => column.reduce((total, value) => total + (value || 0), 0);

const METRICS: Readonly<Record<string, (found: TrancheMetrics) => number>> = {
  wal: ({ averageLife }) => averageLife ?? 0,
  averageLife: ({ averageLife }) => averageLife ?? 0,
  writtenDown: ({ writtenDown }) => writtenDown / 100,
  outstanding: ({ outstanding }) => outstanding / 100,
  shortfall: ({ highestShortfall }) => highestShortfall / 100,
  interestOwed: ({ shortfall }) => shortfall / 100,
  interest: ({ interest }) => interest / 100,
  principal: ({ principal }) => principal / 100,
  paidInFull: ({ paidInFull }) => (paidInFull ? 1 : 0),
};
const QUOTED = ['price', 'yield', 'margin'];

function trancheOf(projection: DealProjection, name: string) {
  const tranches = projection.tranches;
  const found = tranches.find((tranche) => tranche.name === name);
  if (found) return found;
  throw new SolveInvalid(
    name,
    `the deal has no such class${suggest(
      name,
      tranches.map((tranche) => tranche.name),
    )}`,
  );
}

/** Price at the scenario's first yield, yield or margin at its first price. */
function quoted(name: string, kind: string): Measure {
  return (deal, projection) => {
    const tranche = trancheOf(projection, name);
    const { prices, yields, margins } = tabulatedFor(projection.scenario, name);
    const [flows, quote] = [quotedFlows(deal, projection, tranche), quoteOf(deal, projection, tranche)];
    const [price, rate] = [prices[0] ?? 100, yields[0]];
    if (kind === 'yield') return yieldAt(flows, price, quote);
    const index = indexOf(deal, projection, name);
    if (kind === 'margin') {
      if (!index) throw new SolveInvalid(`${name}.margin`, 'its coupon has no index: use yield');
      return discountMargin(flows, price, { ...quote, basis: accrualBasis(deal, name), index });
    }
    if (rate === undefined && margins[0] === undefined) {
      throw new SolveInvalid(
        `${name}.price`,
        `the scenario gives no yield to price at: write "yields: { ${name}: [5 %] }"`,
      );
    }
    return priceAt(flows, rate ?? 0, quote) / 100;
  };
}

/** A figure of a projection over its rows. What one step paid, only a payment knows. @throws SolveInvalid, UnknownFigure */
function keptFigure(projection: DealProjection, name: string): Float64Array {
  if (projection.keeps(name)) return projection.figure(name);
  const kept = projection.names.filter((other) => projection.keeps(other));
  const paid = kept.filter((other) => other.endsWith('.paid'));
  throw new SolveInvalid(
    name,
    `a projection does not keep it${suggest(name, kept)}; of what is paid it keeps ${paid.join(', ')}`,
  );
}

/** Internal rate of return, a year's effective rate, of what a class or payee is paid for an amount paid at settlement. */
function irr(name: string, invested: number | null): Measure {
  return (deal, projection) => {
    const tranche = projection.tranches.find((found) => found.name === name);
    const paid = tranche ? securityFlows(projection, tranche) : null;
    const cash = keptFigure(projection, `${name}.paid`);
    const amount = invested === null ? (tranche ? (tranche.opening[0] ?? 0) : 0) : invested * 100;
    if (!(amount > 0)) {
      throw new SolveInvalid(`irr(${name})`, `say what is paid for it: irr(${name}, 1000000.00)`);
    }
    const rows = paid ? paid.dates.length : projection.lastActiveRow + 1;
    const flows = {
      dates: projection.paymentDates.slice(0, rows),
      principal: new Float64Array(rows),
      interest: cash.slice(0, rows),
    };
    const quote = {
      settlement: settlementOf(deal, projection),
      balance: amount,
      compounding: 'annual',
      basis: 'ACT/365F',
    } as const;
    return yieldAt(flows, 100, quote);
  };
}

/** A figure over the payment dates: its sum, last, highest or lowest value. */
function overTime(how: string, figure: string): Measure {
  return (_, projection) => {
    const until = Math.max(1, projection.lastActiveRow + 1);
    const values = keptFigure(projection, figure).subarray(0, until);
    const scale = projection.unitOf(figure) === 'money' ? 100 : 1;
    if (how === 'total') return sum(values) / scale;
    if (how === 'last') return (values.at(-1) ?? 0) / scale;
    return (how === 'highest' ? Math.max(...values) : Math.min(...values)) / scale;
  };
}

function measureOf(text: string): Measure {
  const call = /^(irr|total|last|highest|lowest)\(\s*([\w.]+)\s*(?:,\s*([^)]+))?\)$/.exec(text);
  if (call) {
    const [, how = '', name = '', amount] = call;
    return how === 'irr' ? irr(name, amount === undefined ? null : figureOf(amount)) : overTime(how, name);
  }
  const [, name = '', metric = ''] = /^(\w+)\.(\w+)$/.exec(text) ?? [];
  const found = METRICS[metric];
  if (name !== '' && found) {
    return (deal, projection) => found(trancheMetrics(deal, projection, trancheOf(projection, name)));
  }
  if (name !== '' && QUOTED.includes(metric)) return quoted(name, metric);
  const known = [...Object.keys(METRICS), ...QUOTED].map((word) => `CLASS.${word}`).join(', ');
  throw new SolveInvalid(
    text,
    `measures are ${known}, irr(NAME, amount paid), total(FIGURE), last, highest, lowest(FIGURE)`,
  );
}

const isPrice = (measured: string): boolean => /^\w+\.price$/.test(measured);
const isRate = (measured: string): boolean => /^\w+\.(yield|margin)$|^irr\(/.test(measured);

/** Bare figures below this are no price in percent of par; above it no rate as a fraction. */
const LEAST_PRICE = 3;

/**
 * The figure that a measure is compared with. A price is in percent of par, with or without the sign; a rate wants its unit.
 * @throws SolveInvalid for a figure that is a hundred times too large or too small
 */
function targetOf(measured: string, figure: string): number {
  const bare = !/(%|bp)$/.test(figure.trim());
  const value = figureOf(figure);
  if (!bare) return value;
  if (isPrice(measured)) {
    if (value >= LEAST_PRICE) return value / 100;
    throw new SolveInvalid(`${measured} ${figure}`, 'a price is in percent of par: write 100 %, or 100, for par');
  }
  if (isRate(measured) && Math.abs(value) >= 1) {
    throw new SolveInvalid(`${measured} ${figure}`, `a rate wants its unit: write ${figure.trim()} % or bp`);
  }
  return value;
}

/** A measure's value for people. */
export function measuredText({ unit }: Condition, value: number): string {
  return unit === 'percent' ? `${Number((100 * value).toPrecision(10))} %` : String(Number(value.toPrecision(10)));
}

/** Reads a condition such as `A.price = 100 %`, `A.paidInFull`, `C.wal <= 3.0`, `irr(SUB) >= 12 %`. @throws SolveInvalid */
export function readCondition(text: string): Condition {
  const [, measured = text, op = '', figure = ''] = /^(.*?)\s*(<=|>=|=|<|>)\s*(.+)$/.exec(text.trim()) ?? [];
  if (op === '') {
    if (!text.trim().endsWith('.paidInFull')) {
      throw new SolveInvalid(text, 'compare a measure with a figure, like "C.wal <= 3.0", or name CLASS.paidInFull');
    }
    return { text, op: '>=', target: 1, unit: 'plain', measure: measureOf(text.trim()) };
  }
  const name = measured.trim();
  const measure = measureOf(name);
  const unit = isPrice(name) || isRate(name) ? 'percent' : 'plain';
  return { text, op: op as Condition['op'], target: targetOf(name, figure), unit, measure };
}

/** Money within half a cent, and float64 dust, meet a bound. */
const SLACK = 1e-9;

export function holds({ op, target }: Condition, value: number): boolean {
  switch (op) {
    case '<=':
      return value <= target + SLACK;
    case '>=':
      return value >= target - SLACK;
    case '<':
      return value < target;
    case '>':
      return value > target;
    case '=':
      return Math.abs(value - target) <= SLACK;
  }
}
