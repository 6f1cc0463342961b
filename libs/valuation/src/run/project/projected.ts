import type { Unit } from '@weir/deal';
import { mulDiv, RATE_SCALE } from '@weir/money';
import type { CompiledDeal, Period } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';
import type { CollateralTable } from './collateral-table.js';
import { type Figure, figureNamed, type Figures, type Term } from './figures.js';
import type { PathFault } from './path-fault.js';
import type { Bought } from './reinvest.js';
import type { Path } from './run-path.js';
import type { Watch } from './watch.js';

/** A class of notes over the projected payment dates; money in cents. Entry 0 is the first projected date. */
export interface TrancheFlows {
  readonly name: string;
  readonly label: string;
  readonly original: number;
  readonly notional: boolean;
  readonly opening: Float64Array;
  readonly interestDue: Float64Array;
  readonly interestPaid: Float64Array;
  /** Unpaid interest after the date. */
  readonly shortfall: Float64Array;
  readonly principalPaid: Float64Array;
  /** Balance lost without cash; negative when written up or capitalised interest raises it. */
  readonly writeDown: Float64Array;
  readonly closing: Float64Array;
  readonly factor: Float64Array;
  /** Coupon of the period as a fraction a year. */
  readonly coupon: Float64Array;
}

/** Someone else who is paid: fees, hedge counterparties, the residual. */
export interface PayeeFlows {
  readonly name: string;
  readonly party: string;
  readonly due: Float64Array | null;
  readonly paid: Float64Array;
  /** Owed after the date; null when nothing carries. */
  readonly short: Float64Array | null;
}

export interface AccountFlows {
  readonly name: string;
  readonly opening: Float64Array;
  readonly closing: Float64Array;
}

/** A trigger over time; sides only when its test is one comparison, in units of the currency cents or as fractions. */
export interface TriggerFlows extends ComparisonFlows {
  readonly name: string;
  readonly on: Float64Array;
  /** Of a test that joins several, where the projection shows them. */
  readonly comparisons: readonly (ComparisonFlows & { readonly text: string })[];
}

/** A comparison by payment date. */
export interface ComparisonFlows {
  readonly unit: Unit | null;
  readonly value: Float64Array | null;
  readonly threshold: Float64Array | null;
  /** How far the value may still go, positive while the test is met; null for a test of equality too. */
  readonly distance: Float64Array | null;
}

/** What figures are multiplied by to leave slot units: money stays in cents. */
const NATURAL: Readonly<Record<Unit, number>> = { money: 1, rate: 1e-12, ratio: 1e-12, date: 1, flag: 1 };

/** A share (at `RATE_SCALE`) of cents, rounded down. */
export function shareOf(cents: number, share: bigint): number {
  return Number.isNaN(cents) ? cents : Number(mulDiv(BigInt(Math.round(cents)), share, RATE_SCALE, 'down'));
}

/** A projected deal: payment dates in rows, every figure by name. */
export class DealProjection {
  constructor(
    readonly compiled: CompiledDeal,
    readonly scenario: Scenario,
    readonly firstPeriod: number,
    /** Rows that were projected; after a fault the columns hold NaN. */
    readonly rows: number,
    readonly fault: PathFault | null,
    /** The call that was exercised, with its payment date. */
    readonly called: { readonly call: string; readonly period: number } | null,
    private readonly figures: Figures,
    private readonly path: Path,
    private readonly watch: Watch,
    private readonly opening: readonly bigint[],
    /** What the collateral gives, with what was bought; a call does not shorten it. */
    readonly collateral: CollateralTable,
    /** What the scenario's reinvestment bought, in the order of the dates. */
    readonly bought: readonly Bought[],
  ) {}

  /** Dates of the rows. */
  get periods(): readonly Period[] {
    return this.compiled.periods.slice(this.firstPeriod - 1, this.firstPeriod - 1 + this.rows);
  }

  get paymentDates(): string[] {
    return this.periods.map(({ paymentDate }) => paymentDate);
  }

  /** Names of all figures. */
  get names(): string[] {
    return [...this.figures.keys()];
  }

  /** Whether a figure of the name exists. */
  has(name: string): boolean {
    return this.figures.has(name);
  }

  /**
   * Whether a projection has values of the figure. One in float64 keeps no transfers, so of a step it knows at most what was
   * due (what a step paid is among what its class, fee or payee was paid), and of an account's flows nothing; one by the
   * exact executor has them all. @throws UnknownFigure
   */
  keeps(name: string): boolean {
    const figure = figureNamed(this.figures, name);
    if (figure.kind === 'account') return this.path.transferred.has(figure);
    if (figure.kind !== 'step' || this.path.transferred.has(figure)) return true;
    return figure.part === 'due' && figure.step.due !== null;
  }

  unitOf(name: string): Unit {
    return figureNamed(this.figures, name).unit;
  }

  /** A figure over the rows: money in cents, rates and ratios as fractions, flags 0 or 1. @throws UnknownFigure */
  figure(name: string): Float64Array {
    const figure = figureNamed(this.figures, name);
    return this.column((row) => this.valueOf(figure, row));
  }

  /** Classes; their columns are made once. */
  get tranches(): readonly TrancheFlows[] {
    this.classes ??= this.classFlows();
    return this.classes;
  }

  /** Exchangeable classes: sums of the shares of their classes, each rounded down to the cent. They have no coupon. */
  get combinations(): readonly TrancheFlows[] {
    this.exchangeable ??= this.combinationFlows();
    return this.exchangeable;
  }

  private classes: readonly TrancheFlows[] | null = null;
  private exchangeable: readonly TrancheFlows[] | null = null;

  private classFlows(): TrancheFlows[] {
    return this.compiled.tranches.map(({ name, label, original, notional }) => {
      const [opening, closing] = [this.figure(`${name}.opening`), this.figure(`${name}.closing`)];
      const [paid, shortfall] = [this.figure(`${name}.principalPaid`), this.optional(`${name}.interestShortfall`)];
      const interestPaid = this.figure(`${name}.interestPaid`);
      return {
        name,
        label,
        original: Number(original),
        notional,
        opening,
        interestDue: this.optional(`${name}.interestDue`) ?? interestPaid,
        interestPaid,
        shortfall: shortfall ?? new Float64Array(this.rows),
        principalPaid: paid,
        writeDown: notional
          ? new Float64Array(this.rows)
          : this.column((row) => (opening[row] ?? 0) - (paid[row] ?? 0) - (closing[row] ?? 0)),
        closing,
        factor: this.optional(`${name}.factor`) ?? new Float64Array(this.rows),
        coupon: this.optional(`${name}.rate`) ?? this.optional(`${name}.coupon`) ?? new Float64Array(this.rows),
      };
    });
  }

  private combinationFlows(): TrancheFlows[] {
    const { tranches } = this;
    return this.compiled.combinations.map(({ name, original, notional, of }) => ({
      name,
      label: name,
      original: Number(original),
      notional,
      opening: this.figure(`${name}.opening`),
      interestDue: this.column((row) =>
        of.reduce((sum, { tranche, share }) => sum + shareOf(tranches[tranche]?.interestDue[row] ?? 0, share), 0),
      ),
      interestPaid: this.figure(`${name}.interestPaid`),
      shortfall: this.figure(`${name}.interestShortfall`),
      principalPaid: this.figure(`${name}.principalPaid`),
      writeDown: this.column((row) =>
        of.reduce((sum, { tranche, share }) => sum + shareOf(tranches[tranche]?.writeDown[row] ?? 0, share), 0),
      ),
      closing: this.figure(`${name}.closing`),
      factor: this.optional(`${name}.factor`) ?? new Float64Array(this.rows),
      coupon: new Float64Array(this.rows).fill(Number.NaN),
    }));
  }

  get payees(): PayeeFlows[] {
    return this.compiled.payees.map(({ name, party }) => ({
      name,
      party,
      due: this.compiled.values[`${name}.due`] ? this.figure(`${name}.due`) : null,
      paid: this.figure(`${name}.paid`),
      short: this.compiled.state.includes(`unpaid.${name}`) ? this.figure(`${name}.short`) : null,
    }));
  }

  get accounts(): AccountFlows[] {
    return this.compiled.accounts.map((name) => ({
      name,
      opening: this.figure(`${name}.opening`),
      closing: this.figure(`${name}.closing`),
    }));
  }

  get triggers(): TriggerFlows[] {
    return this.compiled.triggers.map(({ name, unit, kept }) => ({
      name,
      ...this.comparison(`trigger.${name}`, unit),
      on: this.figure(`trigger.${name}`),
      comparisons: kept.map(({ text, unit: own }, index) => ({
        text,
        ...this.comparison(`trigger.${name}.${index + 1}`, own),
      })),
    }));
  }

  private comparison(name: string, unit: Unit | null): ComparisonFlows {
    const [value, threshold] = [this.optional(`${name}.value`), this.optional(`${name}.threshold`)];
    return { unit, value, threshold, distance: this.optional(`${name}.distance`) };
  }

  /**
   * The last row on which anything is paid to anyone or owed by a class, counted from 0; −1 when there is none. What
   * follows is empty.
   */
  get lastActiveRow(): number {
    const amounts = [
      ...this.compiled.tranches.flatMap(({ name, notional }) =>
        ['opening', 'closing', 'paid'].filter((part) => !notional || part === 'paid').map((part) => `${name}.${part}`),
      ),
      ...this.compiled.payees.map(({ name }) => `${name}.paid`),
    ].map((name) => this.figure(name));
    for (let row = this.rows - 1; row >= 0; row--) {
      if (amounts.some((column) => (column[row] ?? 0) >= 0.5)) return row;
    }
    return -1;
  }

  private optional(name: string): Float64Array | null {
    return this.figures.has(name) ? this.figure(name) : null;
  }

  private column(value: (row: number) => number): Float64Array {
    return Float64Array.from({ length: this.rows }, (_, row) => value(row));
  }

  private slot(slot: number, row: number): number {
    const place = this.watch.placeOf.get(slot);
    return place === undefined ? Number.NaN : (this.path.values[row * this.watch.slots.length + place] ?? Number.NaN);
  }

  private start(slot: number, row: number): number {
    const { A, C, S } = this.compiled.program.layout.regions;
    if (slot === C.first) return this.slot(S.first + this.compiled.state.indexOf('remittance'), row);
    return row === 0 ? Number(this.opening[slot - A.first] ?? 0n) : this.slot(slot, row - 1);
  }

  private sum(terms: readonly Term[], row: number): number {
    return terms.reduce(
      (sum, { slot, sign, at }) => sum + sign * (at === 'end' ? this.slot(slot, row) : this.start(slot, row)),
      0,
    );
  }

  /** What a step owed; no figure for what else a step did. */
  private dueOf({ part, step }: Extract<Figure, { kind: 'step' }>, row: number): number {
    return part === 'due' && step.due !== null ? this.slot(step.due, row) : Number.NaN;
  }

  private valueOf(figure: Figure, row: number): number {
    switch (figure.kind) {
      case 'constant':
        return Number(figure.value);
      case 'slots':
        return NATURAL[figure.unit] * this.sum(figure.terms, row);
      case 'factor':
        return this.sum(figure.terms, row) / Number(figure.over);
      case 'shares': {
        const sum = figure.parts.reduce((total, { share, terms }) => total + shareOf(this.sum(terms, row), share), 0);
        return figure.over === null ? sum : sum / Number(figure.over);
      }
      case 'step':
        return this.path.transferred.get(figure)?.[row] ?? this.dueOf(figure, row);
      case 'account':
        return this.path.transferred.get(figure)?.[row] ?? Number.NaN;
    }
  }
}
