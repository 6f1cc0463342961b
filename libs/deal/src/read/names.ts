import type { Findings } from '../diagnostic.js';
import { FUNCTIONS, type Formula } from '../expression/ast.js';
import type { FoundUnit } from '../expression/value-unit.js';
import { CURRENCIES } from '../currencies.js';
import { hint, nearest } from '../suggestion.js';
import { AFTER_LAST_STEP, type NameFacts, type Scope, Values } from './values.js';

/** What a declared name is. One name means one thing in the whole document; parties have names of their own. */
export type NameKind =
  | 'report item'
  | 'underlying'
  | 'collateral group'
  | 'schedule'
  | 'account'
  | 'fee'
  | 'hedge'
  | 'facility'
  | 'ledger'
  | 'tranche'
  | 'group'
  | 'combination'
  | 'formula'
  | 'trigger'
  | 'call'
  | 'state'
  | 'step'
  | 'value';

/** Values that every deal has. */
const GIVEN: Readonly<Record<string, NameFacts>> = {
  cutOffPool: { unit: 'money', atClosing: true, positive: true },
  period: { unit: 'ratio', positive: true },
  daysInPeriod: { unit: 'ratio', positive: true },
  monthsInPeriod: { unit: 'ratio' },
  paymentDate: { unit: 'date' },
  previousPaymentDate: { unit: 'date' },
  collectionFrom: { unit: 'date' },
  collectionTo: { unit: 'date' },
  closingDate: { unit: 'date', atClosing: true },
};

const WORDS = ['notes', 'state', 'deposit', 'remittance', 'all', 'and', 'or', 'not', 'true', 'false'];
const RESERVED: readonly string[] = [...Object.keys(GIVEN), ...WORDS, ...CURRENCIES, ...FUNCTIONS];

/** Faults after which no names are suggested any more. */
const MOST_HINTS = 200;
/** Members of a name that a hint lists. */
const MOST_MEMBERS = 3;

/** The block in which names of a kind are declared and that every document has; without it nothing can be said of them. */
const BLOCKS: Partial<Record<NameKind, string>> = {
  'report item': 'report',
  account: 'accounts',
  tranche: 'tranches',
  step: 'priorityOfPayments',
  value: 'priorityOfPayments',
};

/** The name that a member belongs to: `A` of `A.opening`. */
function baseOf(name: string): string {
  return name.split('.')[0] ?? name;
}

interface Declared {
  kind: NameKind;
  at: number;
  path: string;
}

function orderOf(scope: Exclude<Scope, 'closing'>): number {
  return typeof scope === 'function' ? scope() : scope;
}

/**
 * The names of a document: who they are, which are used, and what formulas may say. The whole document is read first;
 * what is referred to is checked by `settle`, so a name may be used above the place where it is declared.
 */
export class Names {
  private readonly declared = new Map<string, Declared>();
  private readonly used = new Set<string>();
  private readonly taken = new Map<string, number>();
  private readonly waiting: (() => void)[] = [];
  readonly values: Values;
  private settled = false;

  constructor(
    private readonly findings: Findings,
    given: Readonly<Record<string, NameFacts>> = GIVEN,
  ) {
    this.values = new Values(findings);
    for (const [name, facts] of Object.entries(given)) this.values.define(name, facts);
  }

  /** Declares a name; a second declaration or a reserved word is reported. */
  declare(name: string, kind: NameKind, at: number, path: string): void {
    if (name === '') return;
    const earlier = this.declared.get(name);
    if (earlier) {
      const { line } = this.findings.place(earlier.at);
      this.findings.error(at, path, 'duplicate-name', `"${name}" is already the ${earlier.kind} of line ${line}`);
    } else if (RESERVED.includes(name)) {
      this.findings.error(at, path, 'reserved-name', `"${name}" has a meaning of its own; choose another name`);
    } else {
      this.declared.set(name, { kind, at, path });
    }
  }

  /** Makes a value known to formulas, wherever they stand; the first definition of a name counts. */
  define(name: string, facts: NameFacts): void {
    this.values.define(name, facts);
  }

  /** All names of some kinds in document order; complete only once the document was read. */
  of(...kinds: readonly NameKind[]): string[] {
    return [...this.declared].filter(([, { kind }]) => kinds.includes(kind)).map(([name]) => name);
  }

  /** Kind of a declared name; complete only once the document was read. */
  kindOf(name: string): NameKind | undefined {
    return this.declared.get(name)?.kind;
  }

  /** Notes that a step, by its order number, tests a trigger or draws on a facility. */
  takes(name: string, order: number): void {
    this.taken.set(name, Math.min(order, this.firstStepOf(name)));
  }

  /** Order number of the first such step; complete only once the document was read. */
  firstStepOf(name: string): number {
    return this.taken.get(name) ?? AFTER_LAST_STEP;
  }

  /** Does something once the whole document was read. */
  later(job: () => void): void {
    if (this.settled) job();
    else this.waiting.push(job);
  }

  /** Checks, once the document was read, a reference to a name of one of the kinds, and marks it as used. */
  refer(name: string, kinds: NameKind | readonly NameKind[], at: number, path: string): void {
    if (name === '') return;
    this.used.add(name);
    this.later(() => this.checkReference(name, typeof kinds === 'string' ? [kinds] : kinds, at, path));
  }

  /**
   * What would be right; a document with so many faults is no deal, and to look for near names takes its time. What was
   * most likely meant counts as used.
   */
  private hint(name: string, known: readonly string[]): string {
    if (this.findings.all.length >= MOST_HINTS) return '';
    const meant = nearest(name, known);
    if (meant !== null) this.used.add(baseOf(meant));
    return hint(meant, name, known);
  }

  /** Whether a name may be declared in a part of the document that could not be read. */
  mayBeUnread(name: string, kinds: readonly NameKind[]): boolean {
    const isMissing = (kind: NameKind): boolean => {
      const block = BLOCKS[kind];
      return block !== undefined && this.findings.isUnread(block) && this.of(kind).length === 0;
    };
    return this.findings.isInUnread(baseOf(name)) || kinds.some(isMissing);
  }

  private checkReference(name: string, kinds: readonly NameKind[], at: number, path: string): void {
    const found = this.declared.get(name);
    if (found && kinds.includes(found.kind)) return;
    if (!found && this.mayBeUnread(name, kinds)) return;
    const wanted = kinds.join(' or ');
    const message = found
      ? `"${name}" is the ${found.kind} of line ${this.findings.place(found.at).line}, not a ${wanted}`
      : `there is no ${wanted} "${name}"`;
    const code = `unknown-${(kinds[0] ?? 'name').replace(' ', '-')}`;
    this.findings.error(at, path, code, `${message}${this.hint(name, this.of(...kinds))}`);
  }

  /** Registers a formula to be checked when the document was read; `run` says its unit and, if asked, reports its faults. */
  check(formula: Formula, run: (report: boolean) => FoundUnit): void {
    this.values.await(formula, run);
  }

  /** Unit of a name in a formula, without a report. */
  unitOf(name: string): FoundUnit {
    const facts = this.values.get(name);
    return facts ? this.values.unitOf(facts) : 'unknown';
  }

  /** Unit of a name in a formula; one that is unknown, or not known there, is reported with what would be right. */
  lookup(name: string, at: number, path: string, scope: Scope, inHistory: boolean): FoundUnit {
    const facts = this.values.get(name);
    if (!facts) {
      if (!this.mayBeUnread(name, ['report item', 'account', 'tranche']))
        this.findings.error(at, path, 'unknown-name', this.unknown(name));
      this.used.add(baseOf(name));
      return 'unknown';
    }
    this.used.add(baseOf(name));
    if (scope === 'closing') {
      if (this.values.isKnownAtClosing(name)) return this.values.unitOf(facts);
      const message = `"${name}" is not known at closing; use cutOffPool, closingDate, original amounts or constants${/\.(opening|balance)$/.test(name) ? ` (an account that follows a balance takes "initial:" at closing, such as initial: 1 % * notes.original)` : ''}`;
      this.findings.error(at, path, 'not-known-at-closing', message);
    } else if (facts.after !== undefined && facts.after >= orderOf(scope) && !inHistory) {
      this.findings.error(at, path, 'not-yet-known', this.tooEarly(name));
    }
    return this.values.unitOf(facts);
  }

  private tooEarly(name: string): string {
    const base = baseOf(name);
    const declared = this.declared.get(base);
    const line = declared ? ` (line ${this.findings.place(declared.at).line})` : '';
    return `"${name}" is known only below its step${line}; use it in a later step, or as of earlier dates: previous(${name})`;
  }

  private unknown(name: string): string {
    if (this.findings.all.length >= MOST_HINTS) return `nothing is named "${name}"`;
    const base = baseOf(name);
    const members = this.values.membersOf(name);
    if (members.length > 0)
      return `"${name}" alone is no value; write ${members.slice(0, MOST_MEMBERS).join(', ')}${members.length > MOST_MEMBERS ? ' …' : ''}`;
    const kind = this.declared.get(name)?.kind;
    if (kind) return `"${name}" (a ${kind}) cannot be used here`;
    const siblings = base === name ? [] : this.values.membersOf(base);
    if (siblings.length > 0) return `"${base}" has no "${name.slice(base.length + 1)}"${this.hint(name, siblings)}`;
    return `nothing is named "${name}"${this.hint(name, this.values.names)}`;
  }

  /** Checks everything that waited. Call it once, when the document was read. */
  settle(): void {
    this.settled = true;
    for (const job of this.waiting.splice(0)) job();
    this.values.settle();
  }

  /** Declared names of a kind that nothing refers to, not even a text that has a fault. */
  unused(kind: NameKind): { name: string; at: number; path: string }[] {
    // Without hints it is not known what the misspelt names are.
    if (this.findings.all.length >= MOST_HINTS) return [];
    return [...this.declared].flatMap(([name, entry]) =>
      entry.kind === kind && !this.used.has(name) && !this.findings.isMentioned(name)
        ? [{ name, at: entry.at, path: entry.path }]
        : [],
    );
  }
}
