import {
  AS_SCHEDULED,
  type Curve,
  DEFAULT_MODELS,
  DEFAULTED_LOANS,
  type PoolAssumptions,
  PREPAYMENT_MODELS,
  type Speed,
} from '@weir/collateral';
import type { Cursor } from '@weir/deal';
import { ScenarioValueInvalid } from './errors.js';
import { isBlock, isList, readValues } from './read-values.js';
import { shareOf } from './values.js';

/** Fields of a scenario that say how its pool behaves. */
export const POOL_FIELDS = ['prepayment', 'default', 'severity', 'recoveryLag', 'defaultedLoans'] as const;

/** Multiples of a standard curve go up to 10,000 %, shares to all there is. */
const mostOf = (model: string): number => (model === 'PSA' || model === 'SDA' ? 100 : 1);

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

function readSeverity(cursor: Cursor): Curve {
  if (!isBlock(cursor)) return readCurve(cursor, undefined, 1);
  const fields = cursor.fields(['values'], ['by']);
  return readCurve(fields.values, fields.by, 1);
}

/** What a block says of its pool; fields that it leaves out are not in the answer. */
export function readPool(fields: Partial<Record<(typeof POOL_FIELDS)[number], Cursor>>): Partial<PoolAssumptions> {
  return {
    ...(fields.prepayment && { prepayment: readSpeed(fields.prepayment, PREPAYMENT_MODELS) }),
    ...(fields.default && { default: readSpeed(fields.default, DEFAULT_MODELS) }),
    ...(fields.severity && { severity: readSeverity(fields.severity) }),
    ...(fields.recoveryLag && { recoveryLag: fields.recoveryLag.integer(0, 600) }),
    ...(fields.defaultedLoans && { defaultedLoans: fields.defaultedLoans.choice(DEFAULTED_LOANS) }),
  };
}

/** Later parts go before earlier ones; what none of them says is as scheduled. */
export function poolOf(...parts: readonly Partial<PoolAssumptions>[]): PoolAssumptions {
  return Object.assign({}, AS_SCHEDULED, ...parts) as PoolAssumptions;
}
