import type { Expression } from '../expression/ast.js';
import { constantOf, isLess } from '../expression/constant.js';
import { minus, ONE, over, plus, type Rational, rational, times } from '../expression/rational.js';
import type { Deal } from '../model.js';
import { orderOf, type Part } from '../read/dependencies.js';
import { namesIn } from '../read/values.js';
import type { Report } from './finding.js';

const ZERO = rational(0n);

/** How an amount is made: so many times each report item, and so many times parts that are no sum of items. */
interface Made {
  items: Map<string, Rational>;
  /** By what they read like, so that a part which is added here and subtracted there falls away. */
  parts: Map<string, { of: Expression; count: Rational }>;
}

/** Reads like another expression, wherever it stands. */
function written(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value.num}/${expression.value.den} ${expression.unit}`;
    case 'name':
      return expression.name;
    case 'negate':
    case 'not':
      return `${expression.kind}(${written(expression.operand)})`;
    case 'binary':
      return `(${written(expression.left)} ${expression.op} ${written(expression.right)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(written).join()})`;
  }
}

/** Items that make a value greater when they are greater, whatever else they do, and those that do when they are less. */
interface Raising {
  up: Set<string>;
  down: Set<string>;
}

const NOTHING: Raising = { up: new Set(), down: new Set() };

function turned({ up, down }: Raising): Raising {
  return { up: down, down: up };
}

function together(all: readonly Raising[]): Raising {
  return { up: new Set(all.flatMap(({ up }) => [...up])), down: new Set(all.flatMap(({ down }) => [...down])) };
}

/** Sums of what is collected, taken apart down to the report items; each formula once, after those that it names. */
class Collected {
  private readonly reported: ReadonlySet<string>;
  private readonly made = new Map<string, Made>();
  private readonly raised = new Map<string, Raising>();

  constructor(deal: Deal, collected: readonly string[]) {
    const formulas = new Map(deal.formulas.map(({ name, formula }) => [name, formula.expression]));
    this.reported = new Set(deal.report.map(({ name }) => name));
    const partsOf = (name: string): Part[] => {
      const expression = formulas.get(name);
      return expression ? namesIn(expression).map((use) => ({ name: use.name, via: null })) : [];
    };
    for (const name of orderOf(collected, partsOf).order) {
      const expression = formulas.get(name);
      if (!expression) continue;
      const made: Made = { items: new Map(), parts: new Map() };
      this.add(made, expression, ONE);
      this.made.set(name, made);
      this.raised.set(name, this.raising(expression));
    }
  }

  /** Adds an expression `count` times to what is made. */
  add(to: Made, expression: Expression, count: Rational): void {
    if (expression.kind === 'name') return this.addName(to, expression.name, count);
    if (expression.kind === 'negate') return this.add(to, expression.operand, minus(ZERO, count));
    if (expression.kind === 'binary') {
      const { op, left, right } = expression;
      if (op === '+' || op === '-') {
        this.add(to, left, count);
        return this.add(to, right, op === '+' ? count : minus(ZERO, count));
      }
      const [a, b] = [constantOf(left), constantOf(right)];
      if (op === '*' && a) return this.add(to, right, times(count, a));
      if (op === '*' && b) return this.add(to, left, times(count, b));
      if (op === '/' && b && b.num !== 0n) return this.add(to, left, over(count, b));
    }
    addPart(to, written(expression), expression, count);
  }

  private addName(to: Made, name: string, count: Rational): void {
    const made = this.made.get(name);
    if (this.reported.has(name)) to.items.set(name, plus(to.items.get(name) ?? ZERO, count));
    for (const [item, each] of made?.items ?? []) {
      to.items.set(item, plus(to.items.get(item) ?? ZERO, times(each, count)));
    }
    for (const [key, part] of made?.parts ?? []) addPart(to, key, part.of, times(part.count, count));
  }

  raising(expression: Expression): Raising {
    switch (expression.kind) {
      case 'name':
        if (this.reported.has(expression.name)) return { up: new Set([expression.name]), down: new Set() };
        return this.raised.get(expression.name) ?? NOTHING;
      case 'negate':
        return turned(this.raising(expression.operand));
      case 'binary': {
        const { op, left, right } = expression;
        if (op === '+') return together([this.raising(left), this.raising(right)]);
        return op === '-' ? together([this.raising(left), turned(this.raising(right))]) : NOTHING;
      }
      case 'call': {
        const { name, args } = expression;
        if (name === 'min' || name === 'max') return together(args.map((argument) => this.raising(argument)));
        if (name === 'if') return together(args.slice(1).map((argument) => this.raising(argument)));
        const [first] = args;
        return first && name.startsWith('round') ? this.raising(first) : NOTHING;
      }
      default:
        return NOTHING;
    }
  }
}

function addPart({ parts }: Made, key: string, of: Expression, count: Rational): void {
  parts.set(key, { of, count: plus(parts.get(key)?.count ?? ZERO, count) });
}

/**
 * A report item is cash once. Where formulas collect it in full and once more, whole or in part, into the same account or
 * another, the deposit would be asked for twice.
 */
export function checkCountedTwice(deal: Deal, report: Report): void {
  const path = 'collections';
  if (report.isBroken(path)) return;
  const names = deal.collections.groups.flatMap(({ items }) => items);
  const collected = new Collected(deal, names);
  const { items, parts }: Made = { items: new Map(), parts: new Map() };
  for (const name of names) collected.add({ items, parts }, { kind: 'name', name, at: 0 }, ONE);
  const again = new Set<string>();
  for (const { of, count } of parts.values()) {
    const { up, down } = collected.raising(of);
    if (count.num !== 0n) for (const item of count.num > 0n ? up : down) again.add(item);
  }
  for (const [item, count] of items) {
    const isTwice = isLess(ONE, count) || (again.has(item) && !isLess(count, ONE));
    if (!isTwice) continue;
    const message = `${item} is collected more than once, by itself or by formulas in "items:", and would have to be remitted twice`;
    const hint = 'let each formula leave out what another item holds';
    report.warn(deal.collections, path, 'counted-twice', `${message}; ${hint}`);
  }
}
