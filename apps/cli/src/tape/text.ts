import {
  type AssetClass,
  counted,
  type FieldValue,
  type MappingProposal,
  openingOf,
  type RuleTally,
  type StratificationTable,
  TAPE_RULES,
  type TapeResult,
} from '@weir/collateral';
import { formatMoney, formatRate, groupMoney } from '@weir/money';
import { decimal, NONE, percent } from '../output/figures.js';
import { textTable } from '../output/table.js';
import { emptyColumns, emptyLines } from './empty-cells.js';
import { limitLines } from './limit-text.js';
import { qualityTable } from './quality.js';
import type { TapeOutcome } from './judge.js';
import { vintageLines } from './vintages.js';

/** How often a rule was met, and the first of its findings. */
export interface RuleCount extends RuleTally {
  readonly title: string;
  readonly example: string;
}

/** Findings by rule, each with the first of them. */
export function ruleCounts({ tally, findings }: Pick<TapeResult, 'tally' | 'findings'>): RuleCount[] {
  return tally.map((counted) => {
    const first = findings.find(({ rule, weight }) => rule === counted.rule && weight === counted.weight);
    return { ...counted, title: TAPE_RULES[counted.rule].title, example: first?.message ?? '' };
  });
}

/** Findings by rule as a table, then the first of each. */
export function ruleTable(found: readonly RuleCount[]): string[] {
  const titles = ['findings', 'rows'].map((title) => ({ title, right: true }));
  const table = found.map(({ rule, weight, findings, rows, title }) => [
    ...[String(findings), String(rows)],
    ...[weight, rule, title],
  ]);
  const examples = found.map(({ rule, example }) => `  ${rule}: ${example}`);
  const heads = [...titles, { title: '' }, { title: 'rule' }, { title: '' }];
  return ['Findings', textTable(heads, table), '', 'First of each:', ...examples];
}

/** What the tape lacks, each with what is lost; nothing when it lacks nothing. */
function lackLines({ findings }: TapeResult): string[] {
  const lacks = findings.filter(({ rule }) => rule === 'missing-column').map(({ message }) => `  ${message}`);
  return lacks.length === 0 ? [] : ['', 'Columns that are not there:', ...lacks];
}

/** Columns set with spaces; amounts and counts stand at the right. */
function columns(rows: string[][], right: number[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join('  ').trimEnd()}`).join('\n');
}

function poolLine({ selection, result }: TapeOutcome): string[] {
  if (selection === null) return [`${counted(result.blocked.length, 'row')} blocked; give --deal to pick a pool`];
  const { pool, excluded } = selection;
  const opening = groupMoney(pool.reduce((total, loan) => total + openingOf(loan), 0n));
  const closing = groupMoney(pool.reduce((total, loan) => total + loan.closing, 0n));
  const outside = `${excluded.length} excluded, ${result.blocked.length} blocked`;
  return [`pool: ${counted(pool.length, 'loan')}, opening ${opening}, closing ${closing}; ${outside}`];
}

function qualityLines({ quality }: TapeOutcome): string[] {
  const parts = Object.entries(quality.parts).map(([name, { score, because }]) => [name, score.toFixed(1), because]);
  return [`Data quality: ${quality.score.toFixed(1)} of 100`, columns(parts, [1])];
}

function strataTable({ title, strata }: StratificationTable): string {
  const rows = strata
    .slice(0, LINES)
    .map((line) => [
      line.words === undefined ? line.label : `${line.label}: ${line.words}`,
      String(line.loans),
      groupMoney(line.balance),
      percent(line.share),
      percent(line.meanRate),
      decimal(line.meanRemainingTerm, 1),
      decimal(line.meanScore, 0),
    ]);
  const more = strata.length > LINES ? `\n  and ${strata.length - LINES} more` : '';
  const figures = ['loans', 'balance', 'share', 'rate', 'term left', 'score'].map((name) => ({
    title: name,
    right: true,
  }));
  return `\nBy ${title}\n${textTable([{ title: '' }, ...figures], rows)}${more}`;
}

/** A value of the loan model as people write it; null where nothing is stated. */
export function valueText({ fields }: AssetClass, name: string, value: FieldValue): string | null {
  if (typeof value !== 'bigint') return value === null ? null : String(value);
  return fields.find((field) => field.name === name)?.kind === 'rate' ? formatRate(value) : formatMoney(value);
}

/** A cell that does not read, as the file has it. */
const unreadText = (cell: string | null): string => (cell === null ? NONE : `"${cell}"`);

function differenceLines({ difference, assetClass }: TapeOutcome): string[] {
  if (difference === null) return [];
  const { added, removed, changedValues, changedLoans, changes, resolved, arisen } = difference;
  const shown = changes
    .slice(0, LINES)
    .map(({ key, row, field, was, is, unread }) => [
      ...[String(row), key, field],
      valueText(assetClass, field, was) ?? unreadText(unread.was),
      valueText(assetClass, field, is) ?? unreadText(unread.is),
    ]);
  const titles = ['row', 'loan', 'field', 'was', 'is'].map((title) => ({ title }));
  return [
    '',
    `Against the tape it corrects: ${counted(added.length, 'loan')} more, ${removed.length} fewer, ${counted(changedValues, 'value')} of ` +
      `${counted(changedLoans, 'loan')} changed; ${counted(resolved.length, 'finding')} resolved, ${arisen.length} new`,
    ...(shown.length === 0 ? [] : [textTable(titles, shown)]),
  ];
}

/** Lines of a stratification table that are shown. */
const LINES = 25;

/** The whole answer in text. */
export function tapeText(file: string, outcome: TapeOutcome): string {
  const { result, source, assetClass } = outcome;
  const found = ruleCounts(result);
  const empty = emptyColumns(result);
  const sums = Object.entries(result.sums)
    .filter(([column]) => !empty.has(column))
    .map(([column, amount]) => [column, groupMoney(amount)]);
  const period = result.reportingTo === '' ? 'no reporting period' : `${result.reportingFrom} to ${result.reportingTo}`;
  return [
    `${file}: ${counted(result.rows, 'row')}, ${counted(result.distinctKeys, 'loan key')}, ${period}`,
    `${assetClass.title}; ${source.evidence.map(({ what, value, because }) => `${what} ${value} (${because})`).join(', ')}`,
    ...poolLine(outcome),
    '',
    ...(found.length === 0 ? ['Nothing was found to object to.'] : ruleTable(found)),
    ...lackLines(result),
    '',
    ...qualityLines(outcome),
    ...qualityTable(outcome.scores),
    '',
    ...emptyLines(result),
    '',
    'Sums of the money columns:',
    columns(sums, [1]),
    ...outcome.strats.map(strataTable),
    ...limitLines(outcome.limits),
    ...vintageLines(outcome),
    ...differenceLines(outcome),
  ].join('\n');
}

function unitText(unit: MappingProposal['columns'][number]['unit']): string {
  if (unit === null) return NONE;
  if (unit.kind === 'date') return unit.patterns.join(' or ');
  if (unit.kind === 'bucket') return 'buckets of days, by their lower bound';
  if (unit.kind === 'flag') return `${unit.yes[0]} / ${unit.no[0]}`;
  const thousands = unit.thousands === '' ? '' : `, thousands "${unit.thousands}"`;
  const negative = unit.negative === 'minus' ? '' : `, negative by ${unit.negative}`;
  return `${unit.scale}, decimals "${unit.decimal}"${thousands}${negative}`;
}

/** A proposed mapping for a person to confirm. */
export function proposalText(file: string, proposal: MappingProposal): string {
  const rows = proposal.columns.map(({ column, field, confidence, unit, doubt }) => [
    column,
    field ?? NONE,
    field === null ? '' : percent(confidence, 0),
    field === null ? '' : unitText(unit),
    doubt ?? '',
  ]);
  const titles = ['column', 'field', 'sure', 'unit', 'to decide'].map((title) => ({ title, right: title === 'sure' }));
  const { totals } = proposal;
  const marked = totals === undefined ? [] : ['', `Rows of totals are left out: ${JSON.stringify(totals)}.`];
  const missing = proposal.missing.length === 0 ? [] : ['', `No column was found for ${proposal.missing.join(', ')}.`];
  const lacking = proposal.lacking.map(({ fields, lost }) => `  ${fields.join(', ')}: ${lost}`);
  const without = lacking.length === 0 ? [] : ['', 'The file can be read without these columns, but:', ...lacking];
  const mapped = proposal.columns.filter(({ field }) => field !== null);
  const why = mapped.map(({ column, evidence }) => `  ${column}: ${evidence.join('; ')}`);
  const evidence = why.length === 0 ? [] : ['', 'Why:', ...why];
  const others = proposal.alike.join(', ');
  const also = others === '' ? ':' : `, and as much like one of ${others}: say which it is by --class`;
  const title = `${file} looks like a tape of ${proposal.assetClass}${also}`;
  return [title, textTable(titles, rows), ...evidence, ...marked, ...missing, ...without].join('\n');
}
