import { DAY_COUNTS } from '@weir/calendar';
import { parseMoney, parseRate, RATE_SCALE } from '@weir/money';
import { type Account, type Collections, type Fee, PARTY_ROLES, type ReportItem, type Tranche } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { readFormula } from './formula.js';
import type { Names } from './names.js';

/** Items of the servicer report; each becomes a name of an amount. */
export function readReport(cursor: Cursor, names: Names): ReportItem[] {
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'report item', at, value.path);
    names.define(name, { unit: 'money', reportItem: true });
    const signed = value.choice(['money', 'signed money']) === 'signed money';
    return { name, signed, ...cursor.findings.place(at) };
  });
}

/** Tranches in order of seniority; each defines NAME.opening and NAME.original, and all together notes.… */
export function readTranches(cursor: Cursor, names: Names): Tranche[] {
  for (const member of ['notes.opening', 'notes.original']) names.define(member, { unit: 'money' });
  let total = 0n;
  const tranches = cursor.items().map((item) => {
    const fields = item.fields(['name', 'share', 'of', 'roundDown', 'coupon', 'dayCount', 'accrual']);
    const name = fields.name.text();
    if (name !== '' && !/^[A-Za-z_]\w*$/.test(name))
      fields.name.error('name', `"${name}" is no name: use letters and digits`);
    if (name !== '') names.declare(name, 'tranche', fields.name.at, fields.name.path);
    for (const member of ['opening', 'original']) names.define(`${name}.${member}`, { unit: 'money' });
    fields.of.choice(['cutOffPool']);
    const share = positive(fields.share, parseRate);
    total += share;
    if (total > RATE_SCALE) fields.share.error('share', 'the tranches together are more than 100 % of the pool');
    return {
      name,
      share,
      roundDown: positive(fields.roundDown, parseMoney),
      coupon: fields.coupon.parsed(parseRate, 0n, 'rate'),
      dayCount: fields.dayCount.choice(DAY_COUNTS),
      accrual: fields.accrual.choice(['adjusted', 'unadjusted']),
      ...item.place,
    };
  });
  tranches.forEach((tranche, index) => {
    if (tranche.coupon < 0n) cursor.items()[index]?.error('rate', 'a coupon cannot be negative');
  });
  return tranches;
}

function positive(cursor: Cursor, parse: (text: string) => bigint): bigint {
  const value = cursor.parsed(parse, 1n, 'number');
  if (value <= 0n) cursor.error('number', 'this must be above zero');
  return value > 0n ? value : 1n;
}

/** Accounts; a target is a formula of what is fixed at closing. */
export function readAccounts(cursor: Cursor, names: Names, currency: string): Account[] {
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'account', at, value.path);
    const fields = value.fields([], ['target', 'nonDeclining', 'fundedAtClosing']);
    for (const flag of ['nonDeclining', 'fundedAtClosing'] as const) {
      if (fields.target && !fields[flag]) value.error('missing-field', `"${flag}" is missing: say ${flag}: true`);
      fields[flag]?.choice(['true']);
      if (!fields.target) fields[flag]?.error('unknown-field', `"${flag}" needs a target beside it`);
    }
    const target = fields.target ? readFormula(fields.target, names, currency, ['money']) : null;
    return { name, target, ...cursor.findings.place(at) };
  });
}

/** The `collections:` block. */
export function readCollections(cursor: Cursor, names: Names): Collections {
  const fields = cursor.fields(['items', 'account', 'suspense']);
  const items = fields.items.items().map((item) => {
    const name = item.text();
    names.refer(name, 'report item', item.at, item.path);
    return name;
  });
  const [account, suspense] = [fields.account, fields.suspense].map((field) => {
    const name = field.text();
    names.refer(name, 'account', field.at, field.path);
    return name;
  });
  if (new Set(items).size < items.length) fields.items.error('duplicate-name', 'an item stands twice in this list');
  if (account === suspense && account !== '')
    fields.suspense.error('accounts', 'suspense must be an account of its own');
  return { items, account: account ?? '', suspense: suspense ?? '', ...cursor.place };
}

/** Fees. */
export function readFees(cursor: Cursor, names: Names, currency: string): Fee[] {
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'fee', at, value.path);
    if (name === 'residual') value.error('reserved-name', '"residual" names the last payee; choose another name', at);
    const fields = value.fields(['payee', 'amount']);
    const amount = readFormula(fields.amount, names, currency, ['money']);
    return { name, payee: fields.payee.choice(PARTY_ROLES), amount, ...cursor.findings.place(at) };
  });
}
