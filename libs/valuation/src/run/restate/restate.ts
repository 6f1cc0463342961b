import type { Deal, Unit } from '@weir/deal';
import { canonicalJson, type Hex } from '@weir/money';
import { type CompiledDeal, documentHashOf } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import type { Report } from '../files/report-file.js';
import type { DealState } from '../files/state-file.js';
import { type Figure, figuresOf } from '../project/figures.js';
import { type PaidDate, replay } from '../replay/pay-date.js';
import { figureOfRun } from '../replay/run-figure.js';
import { writeUnit } from '../text/unit-text.js';
import { type Adjustment, reportedOf, writeAdjustments } from './adjustment.js';
import { carriedSince, sumOf } from './made-good.js';

/** A figure that would have come out otherwise; `difference` = would have − was, in slot units. */
export interface RestatedLine {
  readonly period: number;
  readonly line: string;
  readonly unit: Unit;
  readonly was: bigint;
  readonly is: bigint;
  readonly difference: bigint;
}

/** An item that a restated report changes; `carried` when the next report is adjusted by it. */
export interface RestatedItem {
  readonly period: number;
  readonly item: string;
  readonly unit: Unit;
  readonly was: bigint;
  readonly is: bigint;
  readonly carried: boolean;
  /** Whether the item may be negative: the next report must otherwise have enough of it. */
  readonly signed: boolean;
}

/** What restated reports come to. Nothing that was paid is changed: the adjustments go into the next report. */
export interface Restatement {
  readonly lines: readonly RestatedLine[];
  readonly items: readonly RestatedItem[];
  readonly adjustments: readonly Adjustment[];
  /** The payment date whose report carries the adjustments. */
  readonly nextPeriod: number;
}

/** What is asked for: `adjust` and `leave` name items that are carried, or not, against the rule. */
export interface RestateRequest {
  readonly deal: Pick<Deal, 'collections'>;
  readonly compiled: CompiledDeal;
  /** The state before the first restated date. */
  readonly state: DealState;
  /** Reports that were paid on, date after date. */
  readonly was: readonly Report[];
  /** The same, restated. */
  readonly is: readonly Report[];
  readonly reason: string;
  readonly adjust?: readonly string[];
  readonly leave?: readonly string[];
}

/** What identifies a report: keccak256 of its canonical JSON, with the program that it was made for. */
export function reportHashOf(compiled: CompiledDeal, period: number, report: Report): Hex {
  const values = compiled.inputs.map(
    (item) => [item.name, writeUnit(item.unit, reportedOf(item, report.values))] as const,
  );
  const deposit = report.deposit === null ? null : writeUnit('money', report.deposit);
  const adjustments = writeAdjustments(report.adjustments ?? []);
  const { hash } = compiled.program;
  return documentHashOf(
    canonicalJson({ programHash: hash, period, values: Object.fromEntries(values), deposit, adjustments }),
  );
}

const PAID = /\.(interestPaid|principalPaid|paid|closing|interestShortfall|short)$/;

/** Lines of a payment report: what is paid, owed and left, of everyone. Steps would say the same again. */
function linesOf(compiled: CompiledDeal): [string, Figure][] {
  const names = [
    ...compiled.tranches.flatMap(({ name }) =>
      ['interestPaid', 'principalPaid', 'interestShortfall', 'closing'].map((part) => `${name}.${part}`),
    ),
    ...compiled.payees.flatMap(({ name }) => [`${name}.paid`, `${name}.short`]),
    ...[...compiled.accounts, ...compiled.ledgers].map((name) => `${name}.closing`),
    ...compiled.triggers.map(({ name }) => `trigger.${name}`),
  ];
  const figures = figuresOf(compiled);
  return ['remittance', ...names].flatMap((name) => {
    const figure = figures.get(name);
    return figure && (PAID.test(name) || figure.unit === 'flag' || name === 'remittance') ? [[name, figure]] : [];
  });
}

function compare(compiled: CompiledDeal, was: readonly PaidDate[], is: readonly PaidDate[]): RestatedLine[] {
  const lines = linesOf(compiled);
  return was.flatMap((paid, index) => {
    const restated = is[index];
    if (!restated) return [];
    return lines.flatMap(([line, figure]): RestatedLine[] => {
      const [a, b] = [figureOfRun(paid, figure), figureOfRun(restated, figure)];
      return a === b ? [] : [{ period: paid.period, line, unit: figure.unit, was: a, is: b, difference: b - a }];
    });
  });
}

/** Amounts of a period add up, and can be made good later: what is collected, and what may be negative. */
function isCarried(
  { deal, adjust = [], leave = [] }: RestateRequest,
  name: string,
  unit: Unit,
  signed: boolean,
): boolean {
  if (adjust.includes(name)) return true;
  if (leave.includes(name) || unit !== 'money') return false;
  return signed || deal.collections.groups.some(({ items }) => items.includes(name));
}

function findItems(request: RestateRequest): RestatedItem[] {
  const { compiled, state, was, is } = request;
  return was.flatMap((report, index) =>
    compiled.inputs.flatMap((item): RestatedItem[] => {
      const restated = is[index];
      const [a, b] = [reportedOf(item, report.values), reportedOf(item, restated?.values ?? report.values)];
      if (a === b) return [];
      const { name, unit, slots } = item;
      const signed = slots.length > 1;
      const carried = isCarried(request, name, unit, signed);
      return [{ period: state.period + 1 + index, item: name, unit, was: a, is: b, carried, signed }];
    }),
  );
}

function check({ compiled, state, was, is, reason, adjust = [], leave = [] }: RestateRequest): void {
  const faults: string[] = [];
  if (was.length !== is.length) {
    faults.push(`${was.length} reports were paid on and ${is.length} are restated: give each payment date in both`);
  }
  if (was.length === 0) faults.push('there is no report: give those of the restated payment dates');
  if (state.period + was.length >= compiled.periods.length) {
    faults.push('no payment date is left that could carry an adjustment: settle it between the parties');
  }
  if (reason.trim() === '') faults.push('the reason is missing: say why the payment date is restated');
  for (const name of [...adjust, ...leave]) {
    const item = compiled.inputs.find((input) => input.name === name);
    if (!item) faults.push(`the deal has no report item "${name}"`);
    else if (item.unit !== 'money' && adjust.includes(name)) {
      faults.push(`${name} is a ${item.unit}: only amounts are adjusted`);
    }
  }
  if (faults.length > 0) throw new InputInvalid('the restatement', faults);
}

/** The adjustments of each date given that reports since carried; what a restated report says holds instead of them. */
function carriedByDate({ compiled, state, was }: RestateRequest): Adjustment[][] {
  return was.map((report, index) => {
    const period = state.period + 1 + index;
    return carriedSince(period, reportHashOf(compiled, period, report), was);
  });
}

/** The restated reports, with what was adjusted before unless they say otherwise, and without what they have in them. */
function restatedReports({ was, is }: RestateRequest, changed: readonly Adjustment[]): Report[] {
  const kept = (adjustments: readonly Adjustment[]): Adjustment[] =>
    adjustments.filter((adjustment) => !changed.includes(adjustment));
  return is.map((report, index) => ({
    ...report,
    adjustments: kept(report.adjustments ?? was[index]?.adjustments ?? []),
  }));
}

/**
 * Runs restated payment dates again from the state before them, compares what was paid with what would have been, and
 * gives the signed adjustments that the next report has to carry: what the restated report says less what was paid on, and
 * less what reports among those given carried of it already. What was paid is not touched. @throws InputInvalid
 * @throws ExecutionError and the other errors of `execute`
 */
export function restate(request: RestateRequest): Restatement {
  check(request);
  const { compiled, state, was, reason } = request;
  const carried = carriedByDate(request);
  const items = findItems(request);
  const isChanged = (index: number): boolean => items.some(({ period }) => period === state.period + 1 + index);
  const is = restatedReports(
    request,
    carried.flatMap((adjustments, index) => (isChanged(index) ? adjustments : [])),
  );
  const paid = replay(compiled, state, was);
  const lines = compare(compiled, paid, replay(compiled, state, is));
  const adjustments = paid.flatMap(({ period }, index): Adjustment[] => {
    const [before, after] = [was[index], is[index]];
    if (!before || !after) return [];
    const amounts = items
      .filter((item) => item.period === period && item.carried)
      .map(({ item, was: a, is: b }): [string, bigint] => [item, b - a - sumOf(carried[index] ?? [], item)])
      .filter(([, amount]) => amount !== 0n);
    if (amounts.length === 0) return [];
    const hashes = { was: reportHashOf(compiled, period, before), is: reportHashOf(compiled, period, after) };
    return [{ period, reason: reason.trim(), ...hashes, items: Object.fromEntries(amounts) }];
  });
  return { lines, items, adjustments, nextPeriod: state.period + 1 + was.length };
}
