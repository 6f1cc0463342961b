import type { Deal } from '@weir/deal';
import { formatMoney, groupMoney } from '@weir/money';
import { figureNamed, figureOfRun, figuresOf, type PaidDate, type StateFile, writeUnit } from '@weir/valuation';
import {
  comparisonsOf,
  explainRun,
  figureText,
  formatFactor,
  narrateRun,
  type RunArguments,
  type RunSummary,
  type StepSentence,
  summarise,
  summariseCombinations,
} from '@weir/waterfall';
import { spoken } from '../explain/words.js';
import { NONE } from './figures.js';
import { textTable, wrapped } from './table.js';

type Tables = string[];

/** The figures of a paid date; opening balances are those of the state that it began from. */
function summaryOf(paid: PaidDate): RunSummary {
  const summary = summarise(paid.compiled, paid.result);
  const figures = figuresOf(paid.compiled);
  const tranches = Object.entries(summary.tranches).map(([name, tranche]) => {
    const opening = figureOfRun(paid, figureNamed(figures, `${name}.opening`));
    return [name, { ...tranche, opening }] as const;
  });
  const classes = Object.fromEntries(tranches);
  return { ...summary, tranches: classes, combinations: summariseCombinations(paid.compiled, classes) };
}

type ClassFigures = RunSummary['tranches'] | RunSummary['combinations'];

/** A factor (at 1e12) as trustees print it: eight decimals, half up. */
const eightPlaces = (factor: bigint): string => formatFactor(((factor + 5_000n) / 10_000n) * 10_000n).slice(0, -4);

/** What a balance changed by without cash: interest that was added, advances, less what was written down. */
const withoutCash = ({ opening, principalPaid, closing }: ClassFigures[string]): bigint =>
  closing - opening + principalPaid;

function classTable(classes: ClassFigures, title = 'class'): string {
  const hasOther = Object.values(classes).some((figures) => withoutCash(figures) !== 0n);
  const rows = Object.entries(classes).map(([name, figures]) => [
    name,
    groupMoney(figures.opening),
    groupMoney(figures.interestPaid),
    groupMoney(figures.principalPaid),
    ...(hasOther ? [groupMoney(withoutCash(figures))] : []),
    groupMoney(figures.closing),
    eightPlaces(figures.factor),
  ]);
  const titles = ['opening', 'interest paid', 'principal paid', ...(hasOther ? ['without cash'] : []), 'closing'];
  const right = titles.map((name) => ({ title: name, right: true }));
  return textTable([{ title }, ...right, { title: 'factor', right: true, dispensable: 1 }], rows);
}

/** Exchangeable classes; nothing when there are none. */
function combinationTable({ combinations }: RunSummary): Tables {
  if (Object.keys(combinations).length === 0) return [];
  return [
    'Combinations (shares of classes, each rounded down to the cent)',
    classTable(combinations, 'combination'),
    '',
  ];
}

/** What is owed or was lost, by class; nothing when there is nothing. */
function owedTable({ tranches }: RunSummary): Tables {
  const found = Object.entries(tranches).filter(
    ([, { interestShortfall, carryover, writtenDown }]) => interestShortfall + carryover + writtenDown > 0n,
  );
  if (found.length === 0) return [];
  const rows = found.map(([name, { interestDue, interestShortfall, carryover, writtenDown }]) => [
    name,
    ...[interestDue, interestShortfall, carryover, writtenDown].map(groupMoney),
  ]);
  const right = ['interest due', 'interest owed', 'carry-over owed', 'written down'].map((title) => ({
    title,
    right: true,
  }));
  return ['Owed and lost', textTable([{ title: 'class' }, ...right], rows), ''];
}

function payeeTable({ payees, fees }: RunSummary, { payees: named }: PaidDate['compiled']): string {
  const rows = Object.entries(payees).map(([name, paid]) => {
    const fee = fees[name];
    const party = spoken(named.find((payee) => payee.name === name)?.party ?? '');
    return [
      spoken(name),
      party,
      fee ? groupMoney(fee.due) : NONE,
      groupMoney(paid),
      fee ? groupMoney(fee.short) : NONE,
    ];
  });
  const right = ['due', 'paid', 'owed'].map((title) => ({ title, right: true }));
  return textTable([{ title: 'for' }, { title: 'to the' }, ...right], rows);
}

/** Formulas of the document that have a value; nothing when there are none. */
function formulaTable({ formulas }: Deal, { values }: RunSummary): Tables {
  const rows = formulas.flatMap(({ name }) => {
    const found = values[name];
    return found ? [[name, figureText(found.unit, found.value)]] : [];
  });
  return rows.length === 0
    ? []
    : ['Formulas', textTable([{ title: 'formula' }, { title: 'value', right: true }], rows), ''];
}

function accountTable({ accounts, ledgers }: RunSummary, paid: PaidDate): string {
  const figures = figuresOf(paid.compiled);
  const rows = Object.entries(accounts).map(([name, { opening, in: paidIn, out, closing }]) => [
    name,
    ...[opening, paidIn, out, closing].map(groupMoney),
  ]);
  const kept = Object.entries(ledgers).map(([name, balance]) => {
    const opening = figureOfRun(paid, figureNamed(figures, `${name}.opening`));
    return [`${name} (ledger)`, groupMoney(opening), '', '', groupMoney(balance)];
  });
  const right = ['opening', 'in', 'out', 'closing'].map((title) => ({ title, right: true }));
  return textTable([{ title: 'account' }, ...right], [...rows, ...kept]);
}

/** What the date ran on. */
function argumentsOf({ period, inputs, deposit, opening }: PaidDate): RunArguments {
  return { period, inputs, deposit, state: opening };
}

function triggerTable({ triggers }: RunSummary, paid: PaidDate): Tables {
  const entries = Object.entries(triggers);
  if (entries.length === 0) return [];
  const comparisons = comparisonsOf(paid.compiled, argumentsOf(paid));
  const rows = entries.flatMap(([name, { unit, value, threshold, distance, on }]) => {
    const side = (amount: bigint | null): string => {
      return amount === null || unit === null ? NONE : figureText(unit, amount);
    };
    const parts = (comparisons[name] ?? []).map((part) => [
      `  ${part.text}`,
      ...[part.value, part.threshold, part.distance].map((figure) =>
        figure === null ? NONE : figureText(part.unit, figure),
      ),
      '',
    ]);
    return [[name, side(value), side(threshold), side(distance), on ? 'ON' : 'off'], ...parts];
  });
  const right = ['value', 'threshold', 'distance'].map((title) => ({ title, right: true }));
  return ['Triggers', textTable([{ title: 'trigger' }, ...right, { title: '' }], rows), ''];
}

/** What restatements added to the report's items; nothing when there is none. */
function adjustmentTable({ adjusted }: PaidDate): Tables {
  if (adjusted.length === 0) return [];
  const rows = adjusted.map(({ item, reported, adjustment, used, period, reason }) => [
    item,
    ...[reported, adjustment, used].map(groupMoney),
    `payment date ${period}: ${reason}`,
  ]);
  const right = ['reported', 'adjustment', 'used'].map((title) => ({ title, right: true }));
  return [
    'Adjustments for restated payment dates',
    textTable([{ title: 'item' }, ...right, { title: 'restates' }], rows),
    '',
  ];
}

/** Every step in a sentence, those without cash and those that were skipped too. */
function narrated(paid: PaidDate): StepSentence[] {
  return narrateRun(paid.compiled, argumentsOf(paid), paid.result);
}

/** A paid date for people: the trace in sentences, then the figures. */
export function paymentText(deal: Deal, paid: PaidDate): string {
  const { compiled, result, period, deposit, remittance } = paid;
  const summary = summaryOf(paid);
  const date = compiled.periods[period - 1];
  // A sentence begins with its step's number.
  const sentences = narrated(paid).map(({ sentence }) => wrapped(sentence, undefined, '  ', '    '));
  return [
    deal.name,
    `Payment date ${period} of ${compiled.periods.length}: ${date?.paymentDate}, for ${date?.collectionFrom} to ${date?.collectionTo}`,
    `Deposited ${groupMoney(deposit)}; due from the servicer ${groupMoney(remittance)}`,
    '',
    ...adjustmentTable(paid),
    ...sentences,
    '',
    'Classes',
    classTable(summary.tranches),
    '',
    ...combinationTable(summary),
    ...owedTable(summary),
    'Other payees',
    payeeTable(summary, compiled),
    '',
    'Accounts',
    accountTable(summary, paid),
    '',
    ...triggerTable(summary, paid),
    ...formulaTable(deal, summary),
    wrapped(
      `Opening ${groupMoney(summary.conservation.openingPlusDeposits)} with the deposit = ` +
        `${groupMoney(summary.conservation.paymentsPlusClosing)} of payments and closing balances`,
    ),
    `Result ${result.resultHash}`,
    '',
  ].join('\n');
}

const moneyFields = (record: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record as Record<string, bigint>).map(([name, value]) => [
      name,
      name === 'factor' ? formatFactor(value) : formatMoney(value),
    ]),
  );

const eachMoney = (records: Record<string, object>): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(records).map(([name, record]) => [name, moneyFields(record)]));

/** A paid date as data: amounts are decimal strings. */
export function paymentJson(dealName: string, paid: PaidDate, nextState: StateFile): object {
  const { compiled, result, period, deposit, remittance } = paid;
  const summary = summaryOf(paid);
  const comparisons = comparisonsOf(compiled, argumentsOf(paid));
  const triggers = Object.entries(summary.triggers).map(([name, { unit, value, threshold, distance, on }]) => {
    const side = (amount: bigint | null): string | null =>
      amount === null || unit === null ? null : writeUnit(unit, amount);
    const parts = (comparisons[name] ?? []).map((part) => {
      const figure = (amount: bigint | null): string | null => (amount === null ? null : writeUnit(part.unit, amount));
      const { text } = part;
      return {
        text,
        value: figure(part.value),
        threshold: figure(part.threshold),
        distance: figure(part.distance),
      };
    });
    const sides = { value: side(value), threshold: side(threshold), distance: side(distance), on };
    return [name, parts.length === 0 ? sides : { ...sides, comparisons: parts }] as const;
  });
  return {
    deal: dealName,
    programHash: compiled.program.hash,
    period,
    paymentDate: compiled.periods[period - 1]?.paymentDate ?? null,
    deposit: formatMoney(deposit),
    remittance: formatMoney(remittance),
    adjustments: paid.adjusted.map(({ reported, adjustment, used, ...rest }) => ({
      ...rest,
      ...moneyFields({ reported, adjustment, used }),
    })),
    tranches: eachMoney(summary.tranches),
    combinations: eachMoney(summary.combinations),
    payees: moneyFields(summary.payees),
    fees: eachMoney(summary.fees),
    accounts: eachMoney(summary.accounts),
    ledgers: moneyFields(summary.ledgers),
    triggers: Object.fromEntries(triggers),
    values: Object.fromEntries(
      Object.entries(summary.values).map(([name, { unit, value }]) => [name, writeUnit(unit, value)]),
    ),
    trace: explainRun(compiled, result).map(({ step, id, from, to, due, paid: amount, short, sentence, line }) => ({
      step,
      id,
      from,
      to,
      due: formatMoney(due),
      paid: formatMoney(amount),
      short: formatMoney(short),
      sentence,
      line,
    })),
    steps: narrated(paid),
    resultHash: result.resultHash,
    stateHash: result.stateHash,
    nextState,
  };
}
