import { type Amendment, type Diagnostic, type Place, suggest } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { subjectsOf } from './correspondence.js';
import type { Change, Report } from './change.js';
import { findInIssues } from './issues.js';
import { type KeptValue, netOf } from './kept-values.js';
import type { WordUnit } from './state-words.js';

/** How a value of each unit is written. */
const SAMPLES: Record<WordUnit, string> = {
  money: '0.00 USD',
  rate: '0 %',
  ratio: '0',
  date: '2025-01-01',
  flag: 'false',
  count: '0',
};

/** Collects diagnostics; what has no place of its own stands at the `amends:` block. */
export function reporter(amends: Amendment | null): { all: Diagnostic[]; report: Report } {
  const all: Diagnostic[] = [];
  const block: Place = amends ?? { line: 1, column: 1 };
  const report: Report = (place, path, code, message) => {
    const { line, column } = place ?? block;
    all.push({ severity: 'error', line, column, path, code, message });
  };
  return { all, report };
}

function findInHead({ old, next, fromPeriod, amends }: Change, report: Report): void {
  if (amends && amends.program !== old.program.hash) {
    const message = `this amends ${amends.program}, and the program in force is ${old.program.hash}`;
    report(null, 'amends.program', 'amended-program', message);
  }
  if (amends && amends.fromPeriod !== fromPeriod) {
    const message = `this takes effect from payment date ${amends.fromPeriod}, and ${fromPeriod} is the next to be paid`;
    report(null, 'amends.fromPeriod', 'amended-period', message);
  }
  if (old.currency !== next.currency) {
    const message =
      `the amounts of the amended deal are ${old.currency}, and this document is in ${next.currency}: they would be taken ` +
      'over one to one; an amendment keeps the currency';
    report(null, 'deal.currency', 'amended-currency', message);
  }
  const rows = Math.min(next.periods.length, old.periods.length + 1);
  if (fromPeriod < 1 || fromPeriod > rows) {
    report(
      null,
      'amends.fromPeriod',
      'amended-period',
      `payment date ${fromPeriod} is none of both deals (1 … ${rows})`,
    );
  }
  const [was, is] = [old.periods[fromPeriod - 2]?.paymentDate, next.periods[fromPeriod - 2]?.paymentDate];
  if (was !== is) {
    const message = `the last payment date paid is ${was}, but by the new dates ${is}; keep the dates that are past`;
    report(null, 'dates', 'amended-dates', message);
  }
}

function findInNames({ old, next, amends }: Change, report: Report): void {
  const [before, after] = [subjectsOf(old), subjectsOf(next)];
  const takers = new Map<string, string>();
  for (const { name, was, ...place } of amends?.renamed ?? []) {
    const path = `amends.renamed.${name}`;
    const taker = takers.get(was);
    takers.set(was, taker ?? name);
    if (taker !== undefined) {
      const message = `${taker} takes over all that is kept of ${was}: say under amends.state what ${name} begins with`;
      report(place, path, 'duplicate-name', message);
    }
    if (!after.includes(name)) {
      report(place, path, 'unknown-name', `this document keeps nothing of "${name}"${suggest(name, after)}`);
    }
    if (!before.includes(was)) {
      report(place, path, 'unknown-name', `the amended deal keeps nothing of "${was}"${suggest(was, before)}`);
    }
  }
  for (const { name, into, ...place } of amends?.accounts ?? []) {
    const path = `amends.accounts.${name}`;
    if (!old.accounts.includes(name)) {
      report(place, path, 'unknown-account', `the amended deal has no account "${name}"${suggest(name, old.accounts)}`);
    } else if (next.accounts.includes(name)) {
      report(place, path, 'unknown-account', `${name} is still an account and keeps its cash; take this line out`);
    }
    if (!next.accounts.includes(into)) {
      report(place, path, 'unknown-account', `there is no account "${into}"${suggest(into, next.accounts)}`);
    }
  }
}

function findInWords({ amends, names, oldValues, newValues }: Change, report: Report): void {
  const [before, after] = [oldValues, newValues].map((values) => values.map(({ name }) => name)) as [
    string[],
    string[],
  ];
  for (const { name, formula } of amends?.state ?? []) {
    if (after.includes(name)) continue;
    report(formula, formula.path, 'unknown-name', `this document keeps no "${name}"${suggest(name, after)}`);
  }
  const carried = newValues
    .filter(({ name }) => !amends?.state.some((said) => said.name === name))
    .map(({ name }) => names.oldName(name));
  for (const { name, reason, ...place } of amends?.dropped ?? []) {
    const path = `amends.dropped.${name}`;
    if (!before.includes(name)) {
      report(place, path, 'unknown-name', `the amended deal keeps no "${name}"${suggest(name, before)}`);
    } else if (carried.includes(name)) {
      report(place, path, 'not-dropped', `"${name}" is still kept, so it cannot be dropped for "${reason}"`);
    }
  }
}

/**
 * Words of a history that a deal fills from closing on: earlier values, unless the formula itself says what they were before there
 * were any (`name@initial`), and extremes of what may be below zero.
 */
const isPast = ({ name, minus }: KeptValue): boolean =>
  /^[^@]+\.before\d+$/.test(name) || (minus !== null && /^(?:highest|lowest)\./.test(name));

/**
 * What is remembered of dates that are past, and the amended deal did not remember: taken for nothing it would dilute an average,
 * and an extreme would begin at zero. The amendment says it, as a formula over what the old deal kept.
 */
function findInHistory({ amends, names, oldValues, newValues, fromPeriod }: Change, report: Report): void {
  if (fromPeriod === 1) return;
  for (const value of newValues.filter(isPast)) {
    const said = amends?.state.some(({ name }) => name === value.name);
    const kept = oldValues.some(({ name }) => name === names.oldName(value.name));
    const longAgo = Number(/\.before(\d+)$/.exec(value.name)?.[1] ?? 1);
    if (said || kept || longAgo >= fromPeriod) continue;
    const message =
      `the amended deal kept no "${value.name}", and payment dates are past: say under amends.state what it was ` +
      `(${value.meaning}), such as "${value.name}: ${SAMPLES[value.unit]}"`;
    report(null, 'amends.state', 'amended-history', message);
  }
}

function findInUnits({ amends, names, oldValues, newValues }: Change, report: Report): void {
  for (const { name, unit } of newValues) {
    if (amends?.state.some((said) => said.name === name)) continue;
    const was = oldValues.find((old) => old.name === names.oldName(name));
    if (!was || was.unit === unit) continue;
    const message = `"${name}" was a ${was.unit} and is a ${unit} now; say under amends.state what it begins with`;
    report(null, 'amends.state', 'unit', message);
  }
}

function findInClasses({ old, next, amends, names, newValues }: Change, report: Report): void {
  for (const { name, original, notional } of next.tranches) {
    const word = `balance.${name}`;
    const oldName = names.oldName(word)?.slice('balance.'.length);
    const was = old.tranches.find((tranche) => tranche.name === oldName);
    const issued = amends?.issued.some((issue) => issue.name === name);
    if (was && was.original !== original && !issued) {
      const message =
        `the original amount of ${name} was ${formatMoney(was.original)} and is ${formatMoney(original)} here; keep it, ` +
        `and say under amends.state what ${word} begins with, or under amends.issued what more is issued`;
      report(null, 'tranches', 'amended-original', message);
    }
    if (was && was.notional !== notional) {
      const now = notional
        ? 'is a notional class now, and had principal'
        : 'has principal now, and was a notional class';
      const message =
        `${name} ${now}: its balance does not mean the same; give the class another name, and say under amends.dropped ` +
        'why the old balance is given up';
      report(null, 'tranches', 'amended-balance', message);
    }
    const closing = newValues.find((value) => value.name === word);
    const said = amends?.state.some((entry) => entry.name === word);
    if (!was && !said && closing && netOf(closing, next.initialState.slice(next.accounts.length)) > 0n) {
      const message = `the class ${name} is new: say under amends.renamed what it was, or under amends.state its ${word}`;
      report(null, 'amends.state', 'amended-balance', message);
    }
  }
}

/** Reports all that does not fit between two deals and what the document says, formulas apart. */
export function findFaults(change: Change, report: Report): void {
  for (const find of [findInHead, findInNames, findInWords, findInHistory, findInUnits, findInClasses, findInIssues])
    find(change, report);
}
