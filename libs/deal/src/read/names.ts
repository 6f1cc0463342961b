import type { NameFacts } from '../expression/units.js';
import { FUNCTIONS } from '../expression/ast.js';
import type { Findings } from '../diagnostic.js';
import { suggest } from '../suggestion.js';

/** What a declared name is. One name means one thing in the whole document. */
export type NameKind = 'report item' | 'account' | 'fee' | 'tranche' | 'formula' | 'trigger' | 'step';

const RESERVED = ['cutOffPool', 'notes', 'deposit', 'and', 'or', 'not', 'USD', ...FUNCTIONS];

/** The names of a document: who they are, which are used, and what formulas may say. */
export class Names {
  private readonly kinds = new Map<string, { kind: NameKind; at: number; path: string }>();
  private readonly values = new Map<string, NameFacts>([['cutOffPool', { unit: 'money' }]]);
  private readonly used = new Set<string>();

  constructor(private readonly findings: Findings) {}

  /** Declares a name; a second declaration or a reserved word is reported. */
  declare(name: string, kind: NameKind, at: number, path: string): void {
    if (name === '') return;
    const earlier = this.kinds.get(name);
    if (earlier) {
      const { line } = this.findings.place(earlier.at);
      this.findings.error(at, path, 'duplicate-name', `"${name}" is already the ${earlier.kind} of line ${line}`);
    } else if (RESERVED.includes(name)) {
      this.findings.error(at, path, 'reserved-name', `"${name}" has a meaning of its own; choose another name`);
    } else {
      this.kinds.set(name, { kind, at, path });
    }
  }

  /** Makes a value available to the formulas read from here on. */
  define(name: string, facts: NameFacts): void {
    if (!this.values.has(name)) this.values.set(name, facts);
  }

  /** All names of a kind in document order. */
  of(kind: NameKind): string[] {
    return [...this.kinds].filter(([, entry]) => entry.kind === kind).map(([name]) => name);
  }

  /** Checks a reference to a name of a kind and marks it as used. */
  refer(name: string, kind: NameKind, at: number, path: string): void {
    if (name === '') return;
    this.used.add(name);
    const found = this.kinds.get(name);
    if (found?.kind === kind) return;
    const hint = suggest(name, this.of(kind));
    const message = found
      ? `"${name}" is the ${found.kind} of line ${this.findings.place(found.at).line}, not a ${kind}`
      : `there is no ${kind} "${name}"`;
    this.findings.error(at, path, `unknown-${kind.replace(' ', '-')}`, `${message}${hint}`);
  }

  /** Facts of a name in a formula; an unknown one is reported with what would be right. */
  lookup(name: string, at: number, path: string): NameFacts | undefined {
    const facts = this.values.get(name);
    if (facts) {
      this.used.add(name.split('.')[0] ?? name);
      return facts;
    }
    this.findings.error(at, path, 'unknown-name', this.unknown(name));
    return undefined;
  }

  private unknown(name: string): string {
    const kind = this.kinds.get(name)?.kind;
    const members = [...this.values.keys()].filter((known) => known.startsWith(`${name}.`));
    if (members.length > 0) return `"${name}" alone is no value; write ${members.join(' or ')}`;
    if (kind === 'step') return `"${name}" is a step; write ${name}.due, in a later step`;
    if (kind) return `"${name}" (a ${kind}) cannot be used here`;
    return `nothing is named "${name}"${suggest(name, [...this.values.keys()])}`;
  }

  /** Declared names of a kind that nothing refers to. */
  unused(kind: NameKind): { name: string; at: number; path: string }[] {
    return [...this.kinds].flatMap(([name, entry]) =>
      entry.kind === kind && !this.used.has(name) ? [{ name, at: entry.at, path: entry.path }] : [],
    );
  }
}
