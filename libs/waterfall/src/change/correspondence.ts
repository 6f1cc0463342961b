import type { Amendment } from '@weir/deal';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { MovedAccount } from './amendment.js';

const IDENTIFIER = /[A-Za-z_]\w*/g;

/** Which names of the old deal the names of the new one stand for. */
export class Correspondence {
  private readonly was: ReadonlyMap<string, string>;
  private readonly becomes: ReadonlyMap<string, string>;
  private readonly merged: ReadonlyMap<string, string>;

  constructor(amends: Amendment | null) {
    const renamed = amends?.renamed ?? [];
    this.was = new Map(renamed.map(({ name, was }) => [name, was]));
    this.becomes = new Map(renamed.map(({ name, was }) => [was, name]));
    this.merged = new Map((amends?.accounts ?? []).map(({ name, into }) => [name, into]));
  }

  /** The old name of what is kept under a new one: `balance.M` is `balance.B` when M was B. A name that changed hands is not. */
  oldName(name: string): string | null {
    const parts = name.match(IDENTIFIER) ?? [];
    if (parts.some((part) => this.becomes.has(part) && !this.was.has(part))) return null;
    return name.replace(IDENTIFIER, (part) => this.was.get(part) ?? part);
  }

  /** Where the cash of each account of the old deal goes. */
  accounts(old: CompiledDeal, next: CompiledDeal): MovedAccount[] {
    return old.accounts.map((name) => {
      const into = this.merged.get(name) ?? this.becomes.get(name) ?? (this.was.has(name) ? null : name);
      return { name, into: into !== null && next.accounts.includes(into) ? into : null };
    });
  }
}

/** The identifiers in the names of a deal's classes, accounts and kept words. */
export function subjectsOf({ accounts, tranches, state }: CompiledDeal): string[] {
  const inWords = state.flatMap((name) => name.match(IDENTIFIER) ?? []);
  return [...new Set([...accounts, ...tranches.map(({ name }) => name), ...inWords])];
}
