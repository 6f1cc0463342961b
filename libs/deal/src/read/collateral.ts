import { parseDate } from '@weir/calendar';
import { parseMoney, parseRate } from '@weir/money';
import {
  type Deal,
  ELIGIBILITY_FIELDS,
  type EligibilityField,
  type EligibilityOp,
  type EligibilityRule,
} from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { suggest } from '../suggestion.js';

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
    cursor.error('unknown-field', `"${name}" is not known at the cut-off date${suggest(name, ELIGIBILITY_FIELDS)}`);
  } else if (field !== undefined) {
    cursor.parsed(() => VALUES[field](value), null, 'value');
  }
  return { field: field ?? 'openingBalance', op: op as EligibilityOp, value };
}

/** Loan key and eligibility of the `collateral:` block. */
export function readCollateral(cursor: Cursor): Pick<Deal, 'loanKey' | 'eligibility'> {
  const fields = cursor.fields(['loanKey', 'eligibility']);
  const seen = new Set<string>();
  const eligibility = fields.eligibility.items(0).map((item) => {
    const rule = item.fields(['id', 'require', 'reason']);
    const id = rule.id.text();
    if (seen.has(id)) rule.id.error('duplicate-name', `"${id}" already names an eligibility rule`);
    seen.add(id);
    return { id, ...readRequirement(rule.require), reason: rule.reason.text() };
  });
  return { loanKey: fields.loanKey.items().map((item) => item.text()), eligibility };
}
