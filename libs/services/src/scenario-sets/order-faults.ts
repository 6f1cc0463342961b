import type { Deal, Diagnostic } from '@weir/deal';
import {
  InputInvalid,
  LossesNotScalable,
  readCsv,
  readFixings,
  readPool,
  ScenarioSetInvalid,
  SetRequestInvalid,
  type GroupedLine,
} from '@weir/valuation';
import { ScenarioSetRefused, type SetFault } from './errors.js';

/** A fault that stands at no place of a file. */
export const plain = (what: string, message: string): SetFault => ({ what, line: null, column: null, message });

/** Errors of a file as faults, with their places. */
export const placed = (what: string, diagnostics: readonly Diagnostic[]): SetFault[] =>
  diagnostics.flatMap(({ severity, line, column, message }) =>
    severity === 'error' ? [{ what, line, column, message }] : [],
  );

/** What an error is to the caller, fault by fault: those of a file are the file's, all others are of `what`. */
export function faultsOfError(what: string, error: unknown): SetFault[] {
  if (error instanceof InputInvalid) return error.faults.map((message) => plain(error.what, message));
  return [plain(what, error instanceof Error ? error.message : String(error))];
}

/** The refusal, fault by fault, that an error of reading or opening a set is to the caller; any other error as it came. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof SetRequestInvalid) return new ScenarioSetRefused(placed(error.what, error.diagnostics));
  if (error instanceof ScenarioSetInvalid)
    return new ScenarioSetRefused(error.faults.map((fault) => plain('the set file', fault)));
  if (error instanceof InputInvalid || error instanceof LossesNotScalable)
    return new ScenarioSetRefused(faultsOfError('the collections', error));
  return error;
}

/** Gathers what is wrong with an order, so that all of it is told at once. */
export class OrderFaults {
  readonly found: SetFault[] = [];

  add(...faults: readonly SetFault[]): void {
    this.found.push(...faults);
  }

  /** What a text reads as, or its faults and null. */
  read<T>(what: string, read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputInvalid)) throw error;
      this.add(...error.faults.map((message) => plain(what, message)));
      return null;
    }
  }

  /** Lines of a pool's text. */
  lines(what: string, pool: string): GroupedLine[] {
    const lines = this.read(what, () => readPool(pool));
    if (lines?.length === 0) this.add(plain(what, 'it has no line: give at least one'));
    return lines ?? [];
  }

  /** Checks that collections are a table; its columns are read by the compiled deal. */
  table(what: string, collections: string): void {
    this.read(what, () => readCsv(collections, what));
  }

  /** Checks the text of published rates. */
  fixings(deal: Deal, fixings: string): void {
    this.read('the fixings', () => readFixings(deal, readCsv(fixings, 'the fixings')));
  }
}
