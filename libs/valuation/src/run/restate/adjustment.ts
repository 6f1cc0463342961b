import { suggest } from '@weir/deal';
import type { CompiledDeal, InputItem } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import { readUnit, writeUnit } from '../text/unit-text.js';

/**
 * What a restatement of an earlier payment date adds to items of the next report: signed amounts in cents. `was` and `is`
 * are the hashes of the report that was paid on and of the restated one.
 */
export interface Adjustment {
  /** The payment date that is restated. */
  readonly period: number;
  readonly reason: string;
  readonly was: string;
  readonly is: string;
  readonly items: Readonly<Record<string, bigint>>;
}

/** An item that a payment date ran on with an adjustment; cents. */
export interface AdjustedItem extends Omit<Adjustment, 'items'> {
  readonly item: string;
  readonly reported: bigint;
  readonly adjustment: bigint;
  /** reported + all adjustments of the item. */
  readonly used: bigint;
}

const HASH = /^0x[0-9a-f]{64}$/;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function amountOf(compiled: CompiledDeal, name: string, value: unknown, where: string, faults: string[]): bigint {
  const item = compiled.inputs.find((input) => input.name === name);
  const known = compiled.inputs.filter(({ unit }) => unit === 'money').map((input) => input.name);
  if (!item) faults.push(`${where}the deal has no report item "${name}"${suggest(name, known)}`);
  else if (item.unit !== 'money') faults.push(`${where}${name} is a ${item.unit}: only amounts are adjusted`);
  if (typeof value !== 'string') {
    faults.push(`${where}${name} must be a text in quotes, like "-12.34": JSON numbers do not hold cents exactly`);
    return 0n;
  }
  try {
    return readUnit('money', value);
  } catch (error) {
    faults.push(`${where}${name}: ${error instanceof Error ? error.message : String(error)}`);
    return 0n;
  }
}

function readOne(compiled: CompiledDeal, json: unknown, where: string, faults: string[]): Adjustment {
  const fields = isRecord(json) ? json : {};
  const { period, reason, was, is } = fields;
  const items = isRecord(fields['items']) ? fields['items'] : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
  if (typeof period !== 'number' || !Number.isInteger(period) || period < 1) {
    faults.push(`${where}period must be the payment date that is restated, counted from 1`);
  }
  if (text(reason) === '') faults.push(`${where}reason is missing: say why the payment date was restated`);
  for (const [name, hash] of Object.entries({ was, is })) {
    if (!HASH.test(text(hash))) faults.push(`${where}${name} must be the hash of a report: \`weir restate\` gives it`);
  }
  if (Object.keys(items).length === 0) faults.push(`${where}items is missing: {"losses": "-12.34"}`);
  return {
    period: Number(period),
    reason: text(reason),
    was: text(was),
    is: text(is),
    items: Object.fromEntries(
      Object.entries(items).map(([name, value]) => [name, amountOf(compiled, name, value, where, faults)]),
    ),
  };
}

/** Reads the `adjustments` of a report: a list of {period, reason, was, is, items}. Faults are added to the list given. */
export function readAdjustments(compiled: CompiledDeal, json: unknown, faults: string[]): Adjustment[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) {
    faults.push('adjustments must be a list: [{"period": 1, "reason": …, "was": …, "is": …, "items": {…}}]');
    return [];
  }
  return json.map((entry, index) => readOne(compiled, entry, `adjustments[${index}]: `, faults));
}

/**
 * Reads what `weir restate` wrote: {"adjustments": […]}, or the list alone. All faults come at once. @throws InputInvalid
 */
export function readAdjustmentFile(compiled: CompiledDeal, json: unknown): Adjustment[] {
  const faults: string[] = [];
  const list = isRecord(json) ? (json['adjustments'] ?? 'missing') : json;
  const adjustments = readAdjustments(compiled, list, faults);
  if (faults.length > 0) throw new InputInvalid('the adjustments', faults);
  return adjustments;
}

/** Adjustments as a report file holds them. */
export function writeAdjustments(adjustments: readonly Adjustment[]): object[] {
  return adjustments.map(({ items, ...rest }) => ({
    ...rest,
    items: Object.fromEntries(Object.entries(items).map(([name, amount]) => [name, writeUnit('money', amount)])),
  }));
}

/** An item's amount in a report, its parts netted. */
export function reportedOf({ name, slots }: InputItem, values: Readonly<Record<string, bigint>>): bigint {
  const [plus = '', minus = ''] = slots;
  return values[name] ?? (values[plus] ?? 0n) - (values[minus] ?? 0n);
}

/** Items that one report adjusts twice for the same restatement. */
function twiceIn(adjustments: readonly Adjustment[]): string[] {
  const seen = new Set<string>();
  return adjustments.flatMap(({ period, was, is, items }) =>
    Object.keys(items).flatMap((item) => {
      const key = [period, was, is, item].join();
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [`${item} is adjusted twice for payment date ${period} by the same restatement: give it once`];
    }),
  );
}

/** The values that a payment date runs on, and each adjusted item with what was reported. @throws InputInvalid */
export function withAdjustments(
  compiled: CompiledDeal,
  values: Readonly<Record<string, bigint>>,
  adjustments: readonly Adjustment[],
): { values: Record<string, bigint>; adjusted: AdjustedItem[] } {
  const used: Record<string, bigint> = { ...values };
  const faults: string[] = twiceIn(adjustments);
  for (const input of compiled.inputs) {
    const total = adjustments.reduce((sum, { items }) => sum + (items[input.name] ?? 0n), 0n);
    if (total === 0n) continue;
    const [plus = '', minus] = input.slots;
    if (Object.hasOwn(values, input.name)) used[input.name] = (values[input.name] ?? 0n) + total;
    else if (total > 0n) used[plus] = (values[plus] ?? 0n) + total;
    else used[minus ?? plus] = (values[minus ?? plus] ?? 0n) - total;
    const amount = reportedOf(input, used);
    if (minus !== undefined || amount >= 0n) continue;
    const [reported, adjustment] = [reportedOf(input, values), total].map((value) => writeUnit('money', value));
    faults.push(
      `${input.name} is reported as ${reported} and its adjustment of ${adjustment} takes it below zero: carry only ` +
        `${writeUnit('money', -reportedOf(input, values))} now and the rest with the next report, or amend the document ` +
        `so that it says "signed money" there`,
    );
  }
  if (faults.length > 0) throw new InputInvalid('the report', faults);
  const adjusted = adjustments.flatMap(({ items, ...rest }) =>
    Object.entries(items).flatMap(([item, adjustment]): AdjustedItem[] => {
      const input = compiled.inputs.find(({ name }) => name === item);
      if (!input) return [];
      return [{ ...rest, item, adjustment, reported: reportedOf(input, values), used: reportedOf(input, used) }];
    }),
  );
  return { values: used, adjusted };
}
