import { suggest, type Unit } from '@weir/deal';
import { type CompiledDeal, type CompiledStep, type KeptComparison, withBalance } from '@weir/waterfall';
import { UnknownFigure } from '../errors.js';

/** A slot that a figure adds or takes away; `start` reads a state word as the payment date found it. */
export interface Term {
  readonly slot: number;
  readonly sign: 1 | -1;
  readonly at: 'end' | 'start';
}

/**
 * How a figure of a payment date comes from a run. `slots` sums slots; `factor` divides such a sum by a constant;
 * `step` adds up the transfers of a step, which only an exact run has.
 */
export type Figure =
  | { readonly kind: 'slots'; readonly unit: Unit; readonly terms: readonly Term[] }
  | { readonly kind: 'constant'; readonly unit: Unit; readonly value: bigint }
  | { readonly kind: 'factor'; readonly unit: 'ratio'; readonly terms: readonly Term[]; readonly over: bigint }
  | {
      /** Sum of shares (at `RATE_SCALE`) of sums of slots, each share rounded down; divided by `over` when it is given. */
      readonly kind: 'shares';
      readonly unit: 'money' | 'ratio';
      readonly parts: readonly { readonly share: bigint; readonly terms: readonly Term[] }[];
      readonly over: bigint | null;
    }
  | {
      readonly kind: 'step';
      readonly unit: 'money';
      readonly step: CompiledStep;
      readonly part: 'due' | 'paid' | 'short';
    }
  | { readonly kind: 'account'; readonly unit: 'money'; readonly slot: number; readonly part: 'in' | 'out' };

/** Figures by name, in the order of the document. */
export type Figures = ReadonlyMap<string, Figure>;

const term = (slot: number, at: Term['at'] = 'end', sign: Term['sign'] = 1): Term => ({ slot, sign, at });

class Listing {
  readonly figures = new Map<string, Figure>();

  constructor(private readonly compiled: CompiledDeal) {}

  all(): Figures {
    this.tranches();
    this.combinations();
    this.payees();
    this.accounts();
    this.kept();
    this.triggers();
    this.steps();
    for (const [name, { unit, plus, minus }] of Object.entries(this.compiled.values)) {
      this.slots(name, unit, [term(plus), ...(minus === null ? [] : [term(minus, 'end', -1)])]);
    }
    this.groups();
    return this.figures;
  }

  private slots(name: string, unit: Unit, terms: readonly Term[]): void {
    if (!this.figures.has(name)) this.figures.set(name, { kind: 'slots', unit, terms });
  }

  /** Slot of a state word, or null when the deal keeps none of the name. */
  private word(name: string): number | null {
    const index = this.compiled.state.indexOf(name);
    return index < 0 ? null : this.compiled.program.layout.regions.S.first + index;
  }

  /** Opening, closing and change of a kept amount. */
  private amount(prefix: string, word: string, names: { opening?: string; closing: string; rise?: string }): void {
    const slot = this.word(word);
    if (slot === null) return;
    this.slots(`${prefix}.${names.closing}`, 'money', [term(slot)]);
    if (names.opening) this.slots(`${prefix}.${names.opening}`, 'money', [term(slot, 'start')]);
    if (names.rise) this.slots(`${prefix}.${names.rise}`, 'money', [term(slot), term(slot, 'start', -1)]);
  }

  private tranches(): void {
    const { X } = this.compiled.program.layout.regions;
    this.compiled.tranches.forEach(({ name, original }, index) => {
      const balance = this.word(`balance.${name}`);
      this.figures.set(`${name}.original`, { kind: 'constant', unit: 'money', value: original });
      this.amount(name, `balance.${name}`, { opening: 'opening', closing: 'closing' });
      this.slots(`${name}.interestPaid`, 'money', [term(X.first + 2 * index)]);
      this.slots(`${name}.principalPaid`, 'money', [term(X.first + 2 * index + 1)]);
      this.slots(`${name}.paid`, 'money', [term(X.first + 2 * index), term(X.first + 2 * index + 1)]);
      this.amount(name, `shortfall.${name}`, { opening: 'openingShortfall', closing: 'interestShortfall' });
      this.amount(name, `carryover.${name}`, { closing: 'closingCarryover' });
      this.amount(name, `writtenDown.${name}`, { closing: 'closingWrittenDown', rise: 'writeDown' });
      if (balance !== null && original > 0n) {
        this.factors(name, original);
      }
    });
  }

  /** Closing and opening balance ÷ the original one. */
  private factors(name: string, over: bigint): void {
    const terms = (balance: string): readonly Term[] => {
      const found = this.figures.get(`${name}.${balance}`);
      return found?.kind === 'slots' ? found.terms : [];
    };
    this.figures.set(`${name}.factor`, { kind: 'factor', unit: 'ratio', terms: terms('closing'), over });
    this.figures.set(`${name}.openingFactor`, { kind: 'factor', unit: 'ratio', terms: terms('opening'), over });
  }

  /** Totals of groups of classes and of all of them, as formulas have them: balances of notional classes are no part of `notes`. */
  private groups(): void {
    const { groups, tranches } = this.compiled;
    for (const { name, tranches: places } of groups) {
      const members = places.flatMap((place) => tranches[place] ?? []);
      const principal = name === 'notes' ? members.filter(({ notional }) => !notional) : members;
      const total = (part: string, of: typeof members): void => {
        const terms = of.flatMap((member) => {
          const found = this.figures.get(`${member.name}.${part}`);
          return found?.kind === 'slots' ? found.terms : [];
        });
        this.slots(`${name}.${part}`, 'money', terms);
      };
      for (const part of ['opening', 'closing', 'principalPaid', 'writeDown']) total(part, principal);
      for (const part of ['interestDue', 'interestPaid', 'interestShortfall', 'paid']) total(part, members);
      const original = principal.reduce((sum, member) => sum + member.original, 0n);
      this.figures.set(`${name}.original`, { kind: 'constant', unit: 'money', value: original });
      if (original > 0n) this.factors(name, original);
    }
  }

  /** Exchangeable classes, from the figures of the classes. */
  private combinations(): void {
    const { combinations, tranches } = this.compiled;
    for (const combination of combinations) {
      const { name, original, of } = combination;
      const shares = (part: string, figure: string, among = of, over: bigint | null = null): void => {
        const parts = among.flatMap(({ tranche, share }) => {
          const found = this.figures.get(`${tranches[tranche]?.name}.${figure}`);
          return found?.kind === 'slots' ? [{ share, terms: found.terms }] : [];
        });
        this.figures.set(`${name}.${part}`, { kind: 'shares', unit: over === null ? 'money' : 'ratio', parts, over });
      };
      const balances = withBalance(combination, tranches);
      this.figures.set(`${name}.original`, { kind: 'constant', unit: 'money', value: original });
      shares('opening', 'opening', balances);
      shares('interestPaid', 'interestPaid');
      shares('principalPaid', 'principalPaid');
      shares('paid', 'paid');
      shares('interestShortfall', 'interestShortfall');
      shares('writeDown', 'writeDown', balances);
      shares('closing', 'closing', balances);
      if (original > 0n) shares('factor', 'closing', balances, original);
    }
  }

  private payees(): void {
    const { X } = this.compiled.program.layout.regions;
    const first = X.first + 2 * this.compiled.tranches.length;
    this.compiled.payees.forEach(({ name }, index) => {
      this.slots(`${name}.paid`, 'money', [term(first + index)]);
      this.amount(name, `unpaid.${name}`, { closing: 'short' });
    });
  }

  private accounts(): void {
    const { A } = this.compiled.program.layout.regions;
    this.compiled.accounts.forEach((name, index) => {
      const slot = A.first + index;
      this.slots(`${name}.opening`, 'money', [term(slot, 'start')]);
      this.slots(`${name}.closing`, 'money', [term(slot)]);
      this.slots(`${name}.balance`, 'money', [term(slot)]);
      this.figures.set(`${name}.in`, { kind: 'account', unit: 'money', slot, part: 'in' });
      this.figures.set(`${name}.out`, { kind: 'account', unit: 'money', slot, part: 'out' });
    });
    for (const name of this.compiled.ledgers) {
      const parts = [this.word(`ledger.${name}`) ?? this.word(`ledger.${name}+`), this.word(`ledger.${name}-`)];
      const terms = (at: Term['at']): Term[] =>
        parts.flatMap((slot, index) => (slot === null ? [] : [term(slot, at, index === 0 ? 1 : -1)]));
      this.slots(`${name}.opening`, 'money', terms('start'));
      this.slots(`${name}.closing`, 'money', terms('end'));
      this.slots(`${name}.balance`, 'money', terms('end'));
    }
  }

  private kept(): void {
    for (const name of ['remittance', 'servicerReceivable', 'carryForward']) {
      const slot = this.word(name);
      if (slot !== null) this.slots(name, 'money', [term(slot)]);
    }
    this.slots('deposit', 'money', [term(this.compiled.program.layout.regions.C.first, 'start')]);
  }

  private triggers(): void {
    for (const { name, onWhere, unit, measure, threshold, flag, kept } of this.compiled.triggers) {
      this.slots(`trigger.${name}`, 'flag', [term(flag)]);
      if (measure && threshold) {
        this.comparison(`trigger.${name}`, { onWhere, unit: unit ?? 'ratio', value: measure, threshold });
      }
      kept.forEach((each, index) => this.comparison(`trigger.${name}.${index + 1}`, each));
    }
  }

  /** Both sides of a comparison, and how far the value may still go until it holds. */
  private comparison(name: string, { onWhere, unit, value, threshold }: Omit<KeptComparison<number>, 'text'>): void {
    const side = ([plus, minus]: [number, number], sign: 1 | -1 = 1): Term[] => [
      term(plus, 'end', sign),
      term(minus, 'end', sign === 1 ? -1 : 1),
    ];
    this.slots(`${name}.value`, unit, side(value));
    this.slots(`${name}.threshold`, unit, side(threshold));
    if (!onWhere) return;
    const [more, less] = onWhere === 'above' ? [threshold, value] : [value, threshold];
    this.slots(`${name}.distance`, unit, [...side(more), ...side(less, -1)]);
  }

  private steps(): void {
    for (const step of this.compiled.steps) {
      if (step.pays.length === 0) continue;
      for (const part of ['due', 'paid', 'short'] as const) {
        const name = `${step.id}.${part}`;
        // Where the program counts what a step pays, no transfers are needed to know it.
        const counted = part === 'paid' ? this.compiled.values[name] : undefined;
        if (counted) this.slots(name, 'money', [term(counted.plus)]);
        if (!this.figures.has(name)) this.figures.set(name, { kind: 'step', unit: 'money', step, part });
      }
    }
  }
}

/**
 * Every figure of a payment date that has a name: of tranches `opening`, `interestDue`, `interestPaid`,
 * `interestShortfall` (owed after the date), `principalPaid`, `writeDown`, `closing`, `factor` (closing ÷ original),
 * `openingFactor`; the same of groups and of `notes`, in total; of payees `paid` and `short`; of accounts and ledgers `opening`, `closing`, of accounts `in` and `out`; `trigger.NAME`;
 * of steps `due`, `paid`, `short`; and every value that formulas may use.
 */
export function figuresOf(compiled: CompiledDeal): Figures {
  return new Listing(compiled).all();
}

/** A figure by name; the spelling of a trustee may differ in case. @throws UnknownFigure */
export function figureNamed(figures: Figures, name: string): Figure {
  const exact = figures.get(name);
  if (exact) return exact;
  const known = [...figures.keys()];
  const same = known.filter((other) => other.toLowerCase() === name.toLowerCase());
  const only = same.length === 1 ? figures.get(same[0] ?? '') : undefined;
  if (only) return only;
  throw new UnknownFigure(name, suggest(name, known));
}
