import type { Deal, Priority, Recipients, Step, StepAction } from '@weir/deal';
import { stepLabel } from './steps.js';
import { priorityTitle } from './sections.js';
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
      return `[${action.account}]`;
    case 'replenish-ledger':
    case 'release':
    case 'transfer':
    case 'draw':
      return `[${action.into}]`;
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

/** One priority as a ladder: the deposit above, a rung a step, its sources at the right. */
function ladder(priority: Priority, deal: Deal): string[] {
  const all = rungs(priority.steps);
  const source =
    all.find(({ step }) => step.from.length > 0)?.step.from[0] ?? deal.collections.groups[0]?.account ?? '';
  const boxes = deal.collections.groups.flatMap(({ account, items }) => {
    const bar = '─'.repeat(account.length + 2);
    return [`  ┌${bar}┐`, cut(`  │ ${account} │◀── servicer: ${items.join(' + ')}`, 99), `  └──┬${bar.slice(3)}┘`];
  });
  const last = all.length - 1;
  const lines = all.map(({ number, step, depth }, index) => {
    const goal = goalOf(step.action, deal);
    const edge = index === last ? '└' : '├';
    const arrow = goal === null ? `${edge}── ` : `${edge}─▶ `;
    const label = cut(`${'  '.repeat(depth)}${number.padStart(2)} ${stepLabel(step)}`, 40).padEnd(40);
    const to = cut(goal === null ? `(${step.action.kind.replace(/-/g, ' ')})` : goal, 32).padEnd(32);
    const others = step.from.filter((account) => account !== source);
    const only = step.from.includes(source) ? '+ ' : 'from ';
    const from = others.length ? `${only}${others.join(', ')}` : '';
    return cut(`     ${arrow}${label} ${to} ${step.when ? 'if … ' : ''}${from}`.trimEnd(), 99);
  });
  return [priorityTitle(priority), ...boxes, '     │', ...lines];
}

/** The flow of cash as a diagram of text. */
export function textDiagram(deal: Deal): string {
  return deal.priorities.map((priority) => ladder(priority, deal).join('\n')).join('\n\n');
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
  const servicer = graph.node('party servicer', party, 'servicer');
  for (const { account: name, items } of deal.collections.groups) {
    graph.edge(servicer, graph.node(`account ${name}`, account, name), items.join(' + '));
  }
  for (const priority of deal.priorities) {
    let before: string | null = null;
    for (const { number, step } of rungs(priority.steps)) {
      const prefix = priority.state === null ? '' : `${priority.state} `;
      const id = graph.node(`step ${prefix}${number}`, box, `${prefix}${number}. ${stepLabel(step)}`);
      if (before !== null) graph.lines.push(`  ${before} -.-> ${id}`);
      for (const name of step.from) graph.edge(graph.node(`account ${name}`, account, name), id);
      for (const goal of goalsOf(step.action, deal, graph)) graph.edge(id, goal);
      before = id;
    }
  }
  return ['flowchart TD', ...graph.lines, ''].join('\n');
}
