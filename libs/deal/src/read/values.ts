import type { Findings } from '../diagnostic.js';
import type { Expression, Formula, Unit } from '../expression/ast.js';
import { DivisionFinder } from '../expression/division.js';
import { isHistory, looksBack } from '../expression/functions.js';
import type { FoundUnit } from '../expression/value-unit.js';

/**
 * Where a formula stands: 0 before the first step, the order number of a step from 1 on, or at closing, when only what
 * is fixed then is known.
 */
export type Scope = number | 'closing';

/** After the last step, where every step's values are known. */
export const AFTER_LAST_STEP = Number.MAX_SAFE_INTEGER;

/** What a name stands for in formulas. */
export interface NameFacts {
  /** May be left out with `is`: then the formula's. */
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

/** Where a formula names a value. */
interface Reference {
  at: number;
  path: string;
}

/** A formula whose check waits until every name of the document is known. */
interface Check {
  run: (() => FoundUnit) | null;
  found: FoundUnit;
}

/** The values that formulas may name, and the formulas that wait to be checked. */
export class Values {
  private readonly facts = new Map<string, NameFacts>();
  private readonly checks = new Map<Formula, Check>();

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

  /** Registers a formula; `run` reports its faults, once, when all names are known. */
  await(formula: Formula, run: () => FoundUnit): void {
    this.checks.set(formula, { run, found: 'unknown' });
  }

  /** Unit of a name. A formula's is found on demand; inside a circle it is unknown, and the circle is reported. */
  unitOf(facts: NameFacts): FoundUnit {
    if (facts.unit !== undefined) return facts.unit;
    return facts.is ? this.unitOfFormula(facts.is) : 'unknown';
  }

  private unitOfFormula(formula: Formula): FoundUnit {
    const check = this.checks.get(formula);
    if (!check) return 'unknown';
    const { run } = check;
    // Emptied first: a formula that is reached again while it runs is part of a circle.
    check.run = null;
    if (run) check.found = run();
    return check.found;
  }

  /** Whether the value of an expression is known at closing. */
  knownAtClosing(expression: Expression): boolean {
    return namesIn(expression).every(({ name }) => this.nameKnownAtClosing(name));
  }

  nameKnownAtClosing(name: string, seen: readonly string[] = []): boolean {
    const facts = this.facts.get(name);
    if (!facts || seen.includes(name)) return true;
    if (facts.atClosing !== undefined) return facts.atClosing;
    const parts = facts.is ? namesIn(facts.is.expression) : null;
    return parts !== null && parts.every((part) => this.nameKnownAtClosing(part.name, [...seen, name]));
  }

  /** Whether a name's value is above zero on every payment date. */
  isPositive(name: string, seen: readonly string[] = []): boolean {
    const facts = this.facts.get(name);
    if (!facts || seen.includes(name)) return false;
    if (facts.positive !== undefined || !facts.is) return facts.positive ?? false;
    const finder = new DivisionFinder((part) => this.isPositive(part, [...seen, name]));
    return finder.isPositive(facts.is.expression);
  }

  /** Checks every formula that still waits, then looks for circles. */
  settle(): void {
    for (const formula of this.checks.keys()) this.unitOfFormula(formula);
    this.findCircles();
  }

  private findCircles(): void {
    const done = new Set<string>();
    for (const name of this.facts.keys()) this.walk(name, [], null, done);
  }

  /** Walks what a value is made of; `via` is where a formula last named a part, which is where a circle is reported. */
  private walk(name: string, chain: readonly string[], via: Reference | null, done: Set<string>): void {
    if (done.has(name)) return;
    if (chain.includes(name)) {
      if (via) this.circular([...chain.slice(chain.indexOf(name)), name], via);
      return;
    }
    for (const part of this.partsOf(name)) this.walk(part.name, [...chain, name], part.via ?? via, done);
    done.add(name);
  }

  private partsOf(name: string): { name: string; via: Reference | null }[] {
    const facts = this.facts.get(name);
    const parts = [...(facts?.is ? [facts.is] : []), ...(facts?.of ?? [])];
    return parts.flatMap((part): { name: string; via: Reference | null }[] => {
      if (typeof part === 'string') return [{ name: part, via: null }];
      const uses = namesIn(part.expression).filter((use) => !use.looksBack);
      return uses.map((use) => ({ name: use.name, via: { at: use.at, path: part.path } }));
    });
  }

  private circular(circle: readonly string[], { at, path }: Reference): void {
    const chain = circle.join(' → ');
    const message = `this value is made of itself: ${chain}; take one of them from the last payment date: previous(…)`;
    this.findings.error(at, path, 'circular', message);
  }
}
