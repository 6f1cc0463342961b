import {
  AS_SCHEDULED,
  checkAssumptions,
  type Curve,
  DEFAULT_MODELS,
  DEFAULTED_LOANS,
  MOST_MULTIPLE,
  MOST_RECOVERY_MONTHS,
  type Multipliers,
  PoolAssumptionInvalid,
  type PoolAssumptions,
  PREPAYMENT_MODELS,
  type Speed,
} from '@weir/collateral';
import type { Cursor } from '@weir/deal';
import { ScenarioValueInvalid } from './errors.js';
import { readAdvances, readDefaultByStatus, readDelinquency } from './read-delinquency.js';
import { isBlock, isList, readValues } from './read-values.js';
import { shareOf } from './values.js';

/** Fields of a scenario that say how its pool behaves. */
export const POOL_FIELDS = [
  'prepayment',
  'prepaymentLockout',
  'prepaymentPenalty',
  'default',
  'defaultByStatus',
  'severity',
  'recoveryLag',
  'recoveryTiming',
  'defaultedLoans',
  'delinquency',
  'advances',
  'dilution',
  'utilisation',
  'residualRealisation',
  'multipliers',
] as const;

/** Multiples of a standard curve go up to 10,000 %, shares to all there is. */
const mostOf = (model: string): number => (model === 'PSA' || model === 'SDA' ? MOST_MULTIPLE : 1);

const COUNTED = ['month', 'age'] as const;

function readCurve(values: Cursor, by: Cursor | undefined, most: number): Curve {
  const found = readValues(values, (text) => shareOf(text, most));
  const counted = by?.choice(COUNTED) ?? 'month';
  const constant = !isList(values) && found.length === 1 ? found[0] : undefined;
  return constant ?? { by: counted, values: found };
}

/** `150 % PSA`, or a block of model, values and by. */
function readSpeed<Model extends string>(cursor: Cursor, models: readonly Model[]): Speed<Model> {
  const [first] = models as readonly [Model, ...Model[]];
  if (isBlock(cursor)) {
    const fields = cursor.fields(['model', 'values'], ['by']);
    const model = fields.model.choice(models);
    return { model, speed: readCurve(fields.values, fields.by, mostOf(model)) };
  }
  const parse = (text: string): Speed<Model> => {
    if (text === 'none') return { model: first, speed: 0 };
    const cut = text.lastIndexOf(' ');
    const model = models.find((name) => name === text.slice(cut + 1));
    if (cut < 0 || !model) throw new ScenarioValueInvalid(text, `a speed like 6 % ${models.join(', 6 % ')}, or none`);
    return { model, speed: shareOf(text.slice(0, cut).trim(), mostOf(model)) };
  };
  return cursor.parsed<Speed<Model>>(parse, { model: first, speed: 0 }, 'value');
}

/** A figure, a list by month, or a block of values and by. */
function readFigures(cursor: Cursor, most = 1): Curve {
  if (!isBlock(cursor)) return readCurve(cursor, undefined, most);
  const fields = cursor.fields(['values'], ['by']);
  return readCurve(fields.values, fields.by, most);
}

function readMultipliers(cursor: Cursor): Multipliers {
  const fields = cursor.fields([], ['prepayment', 'default', 'severity']);
  const multiple = (field: Cursor): Curve => readFigures(field, MOST_MULTIPLE);
  return {
    ...(fields.prepayment && { prepayment: multiple(fields.prepayment) }),
    ...(fields.default && { default: multiple(fields.default) }),
    ...(fields.severity && { severity: multiple(fields.severity) }),
  };
}

type Fields = Partial<Record<(typeof POOL_FIELDS)[number], Cursor>>;

/** Figures of one field each, which need nothing but their reader. */
function readSimple(fields: Fields): Partial<PoolAssumptions> {
  return {
    ...(fields.prepaymentLockout && { prepaymentLockout: fields.prepaymentLockout.integer(0, MOST_RECOVERY_MONTHS) }),
    ...(fields.prepaymentPenalty && { prepaymentPenalty: readFigures(fields.prepaymentPenalty) }),
    ...(fields.severity && { severity: readFigures(fields.severity) }),
    ...(fields.recoveryLag && { recoveryLag: fields.recoveryLag.integer(0, MOST_RECOVERY_MONTHS) }),
    ...(fields.recoveryTiming && { recoveryTiming: readValues(fields.recoveryTiming, (text) => shareOf(text)) }),
    ...(fields.defaultedLoans && { defaultedLoans: fields.defaultedLoans.choice(DEFAULTED_LOANS) }),
    ...(fields.dilution && { dilution: readFigures(fields.dilution) }),
    ...(fields.utilisation && { utilisation: readFigures(fields.utilisation) }),
    ...(fields.residualRealisation && {
      residualRealisation: readFigures(fields.residualRealisation, MOST_MULTIPLE),
    }),
  };
}

/** What a block says of its pool; fields that it leaves out are not in the answer. */
export function readPool(fields: Fields): Partial<PoolAssumptions> {
  const readDefault = (cursor: Cursor): Speed<(typeof DEFAULT_MODELS)[number]> => readSpeed(cursor, DEFAULT_MODELS);
  return {
    ...(fields.prepayment && { prepayment: readSpeed(fields.prepayment, PREPAYMENT_MODELS) }),
    ...(fields.default && { default: readDefault(fields.default) }),
    ...(fields.defaultByStatus && { defaultByStatus: readDefaultByStatus(fields.defaultByStatus, readDefault) }),
    ...readSimple(fields),
    ...(fields.delinquency && { delinquency: readDelinquency(fields.delinquency) }),
    ...(fields.advances && { advances: readAdvances(fields.advances) }),
    ...(fields.multipliers && { multipliers: readMultipliers(fields.multipliers) }),
  };
}

/** Reports what does not fit together in assumptions that were put together of several parts, at the scenario's name. */
export function reportMisfits(pools: readonly PoolAssumptions[], place: Cursor, at: number): void {
  const misfits = new Set(pools.flatMap(misfitsOf));
  if (misfits.size > 0) place.findings.error(at, place.path, 'assumption', [...misfits].join('; '));
}

function misfitsOf(pool: PoolAssumptions): string[] {
  try {
    checkAssumptions(pool);
    return [];
  } catch (error) {
    if (!(error instanceof PoolAssumptionInvalid)) throw error;
    return error.faults.map(({ field, value, expected }) => `${field} is ${value}; give ${expected}`);
  }
}

/** Later parts go before earlier ones; what none of them says is as scheduled. */
export function poolOf(...parts: readonly Partial<PoolAssumptions>[]): PoolAssumptions {
  return Object.assign({}, AS_SCHEDULED, ...parts) as PoolAssumptions;
}
