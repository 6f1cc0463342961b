import { parseDate } from '@weir/calendar';
import { parseMoney, parseRate, RATE_SCALE } from '@weir/money';
import {
  type Deal,
  ELIGIBILITY_FIELDS,
  type EligibilityField,
  type EligibilityOp,
  type EligibilityRule,
  type Underlying,
} from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { offer } from '../suggestion.js';
import { readConcentrationLimits } from './concentration-limits.js';
import { declareText, positiveShare, type Reading } from './reading.js';

/** Throws on a text that is no value of the field. */
const VALUES: Record<EligibilityField, (text: string) => unknown> = {
  openingBalance: parseMoney,
  originalAmount: parseMoney,
  originalTerm: parseWhole,
  originalRate: parseRate,
  creditScore: parseWhole,
  originationMonth: (text) => parseDate(`${text}-01`),
};

class NotWhole extends Error {
  override readonly name = 'NotWhole';
  constructor(readonly text: string) {
    super(`"${text}" is not a whole number`);
  }
}

function parseWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new NotWhole(text);
  return Number(text);
}

function readRequirement(cursor: Cursor): Pick<EligibilityRule, 'field' | 'op' | 'value'> {
  const text = cursor.text();
  const [, name = '', op = '=', value = ''] = /^(\w+)\s*(>=|<=|!=|>|<|=)\s*(\S.*)$/.exec(text) ?? [];
  const field = ELIGIBILITY_FIELDS.find((known) => known === name);
  if (text !== '' && name === '') cursor.error('syntax', 'write a field, a comparison and a value: openingBalance > 0');
  else if (name !== '' && field === undefined) {
    cursor.error('unknown-field', `"${name}" is not known at the cut-off date${offer(name, ELIGIBILITY_FIELDS)}`);
  } else if (field !== undefined) {
    cursor.parsed(() => VALUES[field](value), null, 'value');
  }
  return { field: field ?? 'openingBalance', op: op as EligibilityOp, value };
}

function readEligibility(cursor: Cursor): EligibilityRule[] {
  const seen = new Set<string>();
  return cursor.items(0).map((item) => {
    const rule = item.fields(['id', 'require', 'reason']);
    const id = rule.id.text();
    if (seen.has(id)) rule.id.error('duplicate-name', `"${id}" already names an eligibility rule`);
    seen.add(id);
    return { id, ...readRequirement(rule.require), reason: rule.reason.text() };
  });
}

function readUnderlying(cursor: Cursor, { names }: Reading): Underlying[] {
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'underlying', at, value.path);
    const fields = value.fields(['deal', 'class'], ['share']);
    const share = fields.share ? positiveShare(fields.share) : RATE_SCALE;
    if (share > RATE_SCALE) fields.share?.error('share', 'more than 100 % of a class cannot be owned');
    return { name, deal: fields.deal.text(), tranche: fields.class.text(), share, ...cursor.findings.place(at) };
  });
}

const FIELDS = ['cutOffPool', 'loanKey', 'eligibility', 'concentrationLimits', 'groups', 'underlying'] as const;

/** Pool balance at the cut-off date, loan key, eligibility, limits, groups and classes of other deals; each may be left out. */
export function readCollateral(
  cursor: Cursor | undefined,
  reading: Reading,
): Pick<Deal, Exclude<(typeof FIELDS)[number], 'groups'> | 'collateralGroups'> {
  const fields = cursor?.fields([], FIELDS);
  const cutOffPool = fields?.cutOffPool?.parsed(parseMoney, 1n, 'number') ?? null;
  if (cutOffPool !== null && cutOffPool <= 0n) fields?.cutOffPool?.error('number', 'this must be above zero');
  return {
    cutOffPool: fields?.cutOffPool?.isSound === false ? null : cutOffPool,
    loanKey: fields?.loanKey?.items().map((item) => item.text()) ?? [],
    eligibility: fields?.eligibility ? readEligibility(fields.eligibility) : [],
    concentrationLimits: fields?.concentrationLimits ? readConcentrationLimits(fields.concentrationLimits) : [],
    collateralGroups: fields?.groups?.items().map((item) => declareText(item, 'collateral group', reading)) ?? [],
    underlying: fields?.underlying ? readUnderlying(fields.underlying, reading) : [],
  };
}
