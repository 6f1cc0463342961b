import type { Findings } from '../diagnostic.js';
import type { Expression, Formula, Unit } from '../expression/ast.js';
import { DivisionFinder } from '../expression/division.js';
import { isHistory, looksBack } from '../expression/functions.js';
import type { FoundUnit } from '../expression/value-unit.js';
import { type Circle, orderOf, type Part } from './dependencies.js';

/**
 * Where a formula stands: 0 before the first step, the order number of a step from 1 on, or at closing, when only what
 * is fixed then is known. A function says it once the whole document was read.
 */
export type Scope = number | 'closing' | (() => number);

/** After the last step, where every step's values are known. */
export const AFTER_LAST_STEP = Number.MAX_SAFE_INTEGER;

/** What a name stands for in formulas. */
export interface NameFacts {
  /** May be left out with `is`: then the formula's; without either, a fault that was reported leaves it unknown. */
  unit?: Unit;
  /** The formula whose value the name is. */
  is?: Formula;
  /** Formulas and names that the value of this payment date is made of; a value may not be made of itself. */
  of?: readonly (Formula | string)[];
  /** Order number of the step from which on, its own formulas excluded, the value is known. */
  after?: number;
  /** Known at closing. By default only with `is`, when all names in that formula are. */
  atClosing?: boolean;
  /** Always above zero, so that one may divide by it. By default found out from `is`. */
  positive?: boolean;
}

/** A name in an expression, and whether it stands only in functions of earlier payment dates. */
export interface NameUse {
  name: string;
  at: number;
  inHistory: boolean;
  looksBack: boolean;
}

/** All names of an expression in reading order. */
export function namesIn(expression: Expression): NameUse[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [{ name: expression.name, at: expression.at, inHistory: false, looksBack: false }];
    case 'negate':
    case 'not':
      return namesIn(expression.operand);
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'call': {
      const { name, args } = expression;
      const [first, ...rest] = args;
      const uses = first ? namesIn(first) : [];
      const ofFirst = isHistory(name)
        ? uses.map((use) => ({ ...use, inHistory: true, looksBack: looksBack(name) }))
        : uses;
      return [...ofFirst, ...rest.flatMap(namesIn)];
    }
  }
}

/** A formula that waits to be checked until all names are known; `report` says whether its faults count already. */
interface Check {
  run: (report: boolean) => FoundUnit;
  found: FoundUnit;
}

/** Passes in which units are found where values are made of their own earlier ones. */
const MOST_PASSES = 8;

/** The values that formulas may name, and the formulas that wait to be checked. */
export class Values {
  private readonly facts = new Map<string, NameFacts>();
  private readonly checks = new Map<Formula, Check>();
  private readonly done = new Set<Check>();
  private readonly closing = new Set<string>();
  private readonly positive = new Set<string>();

  constructor(private readonly findings: Findings) {}

  define(name: string, facts: NameFacts): void {
    if (!this.facts.has(name)) this.facts.set(name, facts);
  }

  get(name: string): NameFacts | undefined {
    return this.facts.get(name);
  }

  get names(): string[] {
    return [...this.facts.keys()];
  }

  /** Members of a name, like A.opening of A. */
  membersOf(name: string): string[] {
    return this.names.filter((known) => known.startsWith(`${name}.`));
  }

  /** Registers a formula; `run` finds its unit and, if asked, reports its faults. */
  await(formula: Formula, run: Check['run']): void {
    this.checks.set(formula, { run, found: 'unknown' });
  }

  /** Unit of a name, once what it is made of was checked; unknown in a circle, which is reported as such. */
  unitOf(facts: NameFacts): FoundUnit {
    if (facts.unit !== undefined) return facts.unit;
    return (facts.is && this.checks.get(facts.is)?.found) ?? 'unknown';
  }

  /** Whether a name's value is known at closing, once what it is made of was checked. */
  isKnownAtClosing(name: string): boolean {
    const facts = this.facts.get(name);
    return facts?.atClosing ?? (facts?.is ? this.closing.has(name) : facts === undefined);
  }

  /** Whether a name's value is above zero on every payment date, once what it is made of was checked. */
  isPositive(name: string): boolean {
    return this.facts.get(name)?.positive ?? this.positive.has(name);
  }

  /** Reports values that are made of themselves, then checks every formula, each after those that it names. */
  settle(): void {
    for (const circle of orderOf(this.facts.keys(), (name) => this.partsOf(name, false)).circles) this.circular(circle);
    const { order, circles } = orderOf(this.facts.keys(), (name) => this.partsOf(name, true));
    const formulas = order.flatMap((name) => this.facts.get(name)?.is ?? []);
    // A value of its own last value: the unit of each is found from those of the others, until nothing changes.
    if (circles.length > 0) for (let pass = 0; pass < MOST_PASSES && this.pass(formulas); pass++);
    for (const name of order) this.settleName(name);
    for (const check of this.checks.values()) if (!this.done.has(check)) this.finish(check);
    this.reportUndetermined(order);
  }

  /** Names whose unit a fault that was reported leaves unknown, theirs or one of what they are made of. */
  private poisoned(order: readonly string[]): Set<string> {
    const found = new Set<string>();
    // Where values are made of their own last values, the order is a circle; the second pass closes it.
    for (let before = -1; before < found.size;) {
      before = found.size;
      for (const name of order) {
        const { is, unit } = this.facts.get(name) ?? {};
        if (is && unit === undefined && this.isPoisoned(is, found)) found.add(name);
      }
    }
    return found;
  }

  private isPoisoned({ expression, path }: Formula, poisoned: ReadonlySet<string>): boolean {
    const hasUnit = (name: string): boolean => {
      const { unit, is } = this.facts.get(name) ?? {};
      return unit !== undefined || is !== undefined;
    };
    const uses = (): boolean => namesIn(expression).some(({ name }) => poisoned.has(name) || !hasUnit(name));
    return this.findings.isBroken(path) || uses();
  }

  /** Where no fault was found, only a value of its own last value can be without a unit. */
  private reportUndetermined(order: readonly string[]): void {
    const undetermined = [...this.checks].filter(([, { found }]) => found === 'unknown');
    if (undetermined.length === 0) return;
    const poisoned = this.poisoned(order);
    for (const [formula] of undetermined) {
      const { expression, path } = formula;
      if (this.isPoisoned(formula, poisoned)) continue;
      const message =
        'nothing says whether this is an amount, a rate or a number; begin with one: previous(…, 0.00 USD)';
      this.findings.error(expression.at, path, 'unit', message);
    }
  }

  private pass(formulas: readonly Formula[]): boolean {
    let changed = false;
    for (const formula of formulas) {
      const check = this.checks.get(formula);
      if (!check) continue;
      const found = check.run(false);
      changed ||= found !== check.found;
      check.found = found;
    }
    return changed;
  }

  private settleName(name: string): void {
    const { is } = this.facts.get(name) ?? {};
    if (!is) return;
    const { expression } = is;
    if (namesIn(expression).every((use) => use.name === name || this.isKnownAtClosing(use.name)))
      this.closing.add(name);
    if (new DivisionFinder((part) => this.isPositive(part)).isPositive(expression)) this.positive.add(name);
    const check = this.checks.get(is);
    if (check && !this.done.has(check)) this.finish(check);
  }

  private finish(check: Check): void {
    this.done.add(check);
    check.found = check.run(true);
  }

  /** What a value is made of; values of earlier payment dates are part of its unit, but close no circle. */
  private partsOf(name: string, withEarlier: boolean): Part[] {
    const facts = this.facts.get(name);
    const parts = [...(facts?.is ? [facts.is] : []), ...(facts?.of ?? [])];
    return parts.flatMap((part): Part[] => {
      if (typeof part === 'string') return [{ name: part, via: null }];
      const uses = namesIn(part.expression).filter((use) => withEarlier || !use.looksBack);
      return uses.map((use) => ({ name: use.name, via: { at: use.at, path: part.path } }));
    });
  }

  private circular({ names, via }: Circle): void {
    if (!via) return;
    const chain = names.join(' → ');
    const message = `this value is made of itself: ${chain}; take one of them from the last payment date: previous(…)`;
    this.findings.error(via.at, via.path, 'circular', message);
  }
}
