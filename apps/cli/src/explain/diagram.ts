import type { Deal, Priority, Recipients, Step, StepAction } from '@weir/deal';
import { stepLabel } from './steps.js';
import { priorityTitle } from './sections.js';
import { wrapped } from '../output/table.js';
import { depositors } from './depositors.js';
import { spoken } from './words.js';

/** Where a step's cash goes, in a few words; null when it moves none. */
function goalOf(action: StepAction, deal: Deal): string | null {
  switch (action.kind) {
    case 'fee':
    case 'fee-excess':
      return spoken(deal.fees.find(({ name }) => name === action.fee)?.payee ?? action.fee);
    case 'interest':
    case 'carryover':
    case 'priority-principal':
    case 'principal':
      return shortRecipients(action.to);
    case 'reserve':
      return `[${spoken(action.account)}]`;
    case 'replenish-ledger':
    case 'release':
    case 'transfer':
    case 'draw':
      return `[${spoken(action.into)}]`;
    case 'pay':
    case 'residual':
      return deal.tranches.some(({ name }) => name === action.payee) ? `class ${action.payee}` : spoken(action.payee);
    case 'hedge':
      return spoken(deal.hedges.find(({ name }) => name === action.hedge)?.counterparty ?? action.hedge);
    case 'repay':
      return spoken(deal.facilities.find(({ name }) => name === action.facility)?.provider ?? action.facility);
    default:
      return null;
  }
}

/** Classes in few signs: A → B+C is A, then B and C side by side. */
function shortRecipients(to: Recipients): string {
  if (to.kind === 'one') return to.name;
  const parts = to.of.map((part) => {
    const inner = shortRecipients(part);
    return part.kind === 'sequential' && to.kind === 'pro-rata' && part.of.length > 1 ? `(${inner})` : inner;
  });
  return parts.join(to.kind === 'sequential' ? ' → ' : '+');
}

const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

interface Rung {
  number: string;
  step: Step;
  depth: number;
}

function rungs(steps: readonly Step[], prefix = '', depth = 0): Rung[] {
  return steps.flatMap((step, index) => {
    const number = `${prefix}${index + 1}`;
    if (step.action.kind !== 'if') return [{ number, step, depth }];
    const inner = [...step.action.then, ...step.action.otherwise];
    return [{ number, step, depth }, ...rungs(inner, `${number}.`, depth + 1)];
  });
}

const CALL = '◀── ';

/** An account as a box, with what is deposited into it at the right; the line goes on from its lower edge. */
function boxOf(account: string, deposits: string, width: number): string[] {
  const bar = '─'.repeat(account.length + 2);
  const indent = ' '.repeat(account.length + 6);
  const [first = '', ...rest] = wrapped(deposits, width - CALL.length, indent).split('\n');
  const edge = `  └──┬${bar.slice(3)}┘`;
  const further = rest.map((text, index) => {
    const before = index === 0 ? edge : '     │';
    return `${before.padEnd(indent.length + CALL.length)}${text.trimStart()}`;
  });
  return [`  ┌${bar}┐`, `  │ ${account} │${CALL}${first.trimStart()}`, ...(further.length > 0 ? further : [edge])];
}

/** Widths of label, goal and sources in a line: what they need, the label giving way first. */
function widthsOf(
  rows: readonly { label: string; goal: string; sources: string }[],
  width: number,
): [number, number, number] {
  const most = (texts: string[]): number => Math.max(1, ...texts.map((text) => text.length));
  const needs = (['label', 'goal', 'sources'] as const).map((part) => most(rows.map((row) => row[part])));
  const [label = 1, goal = 1, sources = 1] = needs;
  const room = width - 11;
  const shortLabel = Math.max(Math.min(label, 30), Math.min(label, room - goal - sources));
  const shortGoal = Math.max(Math.min(goal, 20), Math.min(goal, room - shortLabel - sources));
  return [shortLabel, shortGoal, room - shortLabel - shortGoal];
}

/** The account from which most steps pay first. */
function usualSource(all: readonly Rung[]): string | undefined {
  const firsts = all.flatMap(({ step }) => step.from.slice(0, 1));
  const times = (name: string): number => firsts.filter((first) => first === name).length;
  return [...firsts].sort((a, b) => times(b) - times(a))[0];
}

/** One priority as a ladder: the deposit above, a rung a step, its sources at the right. */
function ladder(priority: Priority, deal: Deal, width: number): string[] {
  const all = rungs(priority.steps);
  const source = usualSource(all) ?? deal.collections.groups[0]?.account ?? '';
  const boxes = deal.collections.groups.flatMap(({ account, items }) => {
    const deposits = depositors(deal, items).map(([party, names]) => `${party}: ${names.join(' + ')}`);
    return boxOf(spoken(account), deposits.join('; '), width);
  });
  const rows = all.map(({ number, step, depth }) => {
    const goal = goalOf(step.action, deal);
    const others = step.from.filter((account) => account !== source).map(spoken);
    const only = step.from.includes(source) ? '+ ' : 'from ';
    return {
      moves: goal !== null,
      label: `${'  '.repeat(depth)}${number.padStart(2)} ${stepLabel(step)}`,
      goal: goal ?? `(${step.action.kind.replace(/-/g, ' ')})`,
      sources: `${step.when ? 'if … ' : ''}${others.length ? `${only}${others.join(', ')}` : ''}`.trim(),
    };
  });
  const [label, goal, sources] = widthsOf(rows, width);
  const lines = rows.map((row, index) => {
    const arrow = `${index === rows.length - 1 ? '└' : '├'}${row.moves ? '─▶' : '──'} `;
    const cells = [cut(row.label, label).padEnd(label), cut(row.goal, goal).padEnd(goal), cut(row.sources, sources)];
    return `     ${arrow}${cells.join(' ')}`.trimEnd();
  });
  const words = `Cash comes from the ${spoken(source)} account unless another is named; [account], (no cash moves)`;
  const legend = wrapped(words, width, '     ');
  return [priorityTitle(priority), ...boxes, '     │', ...lines, legend];
}

/** The flow of cash as a diagram of text. */
export function textDiagram(deal: Deal, width: number): string {
  return deal.priorities.map((priority) => ladder(priority, deal, width).join('\n')).join('\n\n');
}

const escaped = (text: string): string => text.replace(/"/g, "'").replace(/[<>]/g, ' ');

class Mermaid {
  readonly lines: string[] = [];
  private readonly ids = new Map<string, string>();

  /** Identifier of a node, made at its first use. */
  node(key: string, shape: (text: string) => string, text: string): string {
    const known = this.ids.get(key);
    if (known) return known;
    const id = `n${this.ids.size + 1}`;
    this.ids.set(key, id);
    this.lines.push(`  ${id}${shape(escaped(text))}`);
    return id;
  }

  edge(from: string, to: string, label = ''): void {
    this.lines.push(`  ${from} -->${label ? `|"${escaped(label)}"|` : ''} ${to}`);
  }
}

const account = (text: string): string => `[("${text}")]`;
const party = (text: string): string => `(["${text}"])`;
const box = (text: string): string => `["${text}"]`;

const classNames = (to: Recipients): string[] => (to.kind === 'one' ? [to.name] : to.of.flatMap(classNames));

/** Nodes that a step's cash reaches. */
function goalsOf(action: StepAction, deal: Deal, graph: Mermaid): string[] {
  if ('to' in action && action.kind !== 'book' && action.kind !== 'write-down' && action.kind !== 'write-up') {
    return classNames(action.to).map((name) => graph.node(`class ${name}`, party, `Class ${name}`));
  }
  const goal = goalOf(action, deal);
  if (goal === null) return [];
  const inside = /^\[(.+)\]$/.exec(goal)?.[1];
  return inside ? [graph.node(`account ${inside}`, account, inside)] : [graph.node(`party ${goal}`, party, goal)];
}

/** The flow of cash as a Mermaid flowchart: accounts, steps in their order, and whom they pay. */
export function mermaidDiagram(deal: Deal): string {
  const graph = new Mermaid();
  for (const { account: name, items } of deal.collections.groups) {
    for (const [by, names] of depositors(deal, items)) {
      const from = graph.node(`party ${by}`, party, by);
      graph.edge(from, graph.node(`account ${spoken(name)}`, account, spoken(name)), names.join(' + '));
    }
  }
  for (const priority of deal.priorities) {
    let before: string | null = null;
    for (const { number, step } of rungs(priority.steps)) {
      const prefix = priority.state === null ? '' : `${priority.state} `;
      const id = graph.node(`step ${prefix}${number}`, box, `${prefix}${number}. ${stepLabel(step)}`);
      if (before !== null) graph.lines.push(`  ${before} -.-> ${id}`);
      for (const name of step.from) graph.edge(graph.node(`account ${spoken(name)}`, account, spoken(name)), id);
      for (const goal of goalsOf(step.action, deal, graph)) graph.edge(id, goal);
      before = id;
    }
  }
  return ['flowchart TD', ...graph.lines, ''].join('\n');
}
