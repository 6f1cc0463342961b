import type { Formula, Ledger, Recipients, Step } from '@weir/deal';
import type { Operand } from '../assembler.js';
import type { Build } from '../build.js';
import { ledgerSum, ledgerWords } from '../parties/ledgers.js';
import { isUsed } from '../parties/used-names.js';
import { joined, negated, type Sum, sumOf } from '../sum.js';
import type { StepCode } from './step-code.js';

type Book = Extract<Step['action'], { kind: 'book' }>;

interface Entry {
  ledger: Ledger;
  until: Formula | null;
  limit: Formula | null;
}

/** A ledger's bounds as the step finds things. */
interface Bounds {
  until: Operand | null;
  most: Operand | null;
}

function entriesOf(code: StepCode, to: Recipients): Entry[] {
  if (to.kind === 'one') {
    const ledger = code.build.deal.ledgers.find(({ name }) => name === to.name);
    return ledger ? [{ ledger, until: to.until, limit: to.limit }] : [];
  }
  if (to.kind === 'sequential') return to.of.flatMap((inner) => entriesOf(code, inner));
  const message = 'ledgers are filled in order; write one step for each share';
  code.build.report(code.source, code.source.id, 'ledger-order', message);
  return [];
}

/** Sets a ledger. A signed one keeps only the side it is on. */
function store(build: Build, ledger: Ledger, value: Sum): void {
  const { plus, minus } = ledgerWords(build, ledger);
  if (!minus) {
    build.asm.emit('MOV', plus, build.emitter.settle(0, value));
    return;
  }
  const parts = build.emitter.parts(0, value);
  build.asm.emit('MOV', plus, parts.plus);
  build.asm.emit('MOV', minus, parts.minus);
}

/** How far a ledger is from its bound; null when nothing bounds it. */
function roomOf(
  build: Build,
  ledger: Ledger,
  { until: bound, most }: Bounds,
  adds: boolean,
  isLast: boolean,
): Operand | null {
  const balance = ledgerSum(build, ledger);
  let room: Operand | null = null;
  if (bound !== null) {
    const distance = joined(sumOf(bound), negated(balance));
    room = build.emitter.positivePart(0, adds ? distance : negated(distance));
  } else if (!adds && !isLast) room = build.emitter.positivePart(0, balance);
  if (room === null || most === null) return room ?? most;
  return build.op('MIN', room, most);
}

/**
 * Bounds that name a ledger which the step changes before are those with which the step begins, as recipients' bounds are:
 * a copy is taken of what the booking would overwrite.
 */
function boundsOf({ build }: StepCode, entries: readonly Entry[]): Bounds[] {
  const written = new Set<string>();
  return entries.map(({ ledger, until, limit }) => {
    const bound = (formula: Formula | null): Operand | null => {
      if (formula === null) return null;
      const value = build.value(formula);
      const overwritten = typeof value !== 'bigint' && value.region === 'S' && written.has(`${value.index}`);
      if (!overwritten) return value;
      const copy = build.asm.scratch();
      build.asm.emit('MOV', copy, value);
      return copy;
    };
    const bounds = { until: bound(until), most: bound(limit) };
    const { plus, minus } = ledgerWords(build, ledger);
    for (const word of [plus, minus]) if (word) written.add(`${word.index}`);
    return bounds;
  });
}

/** Adds or subtracts in the order of the list, each ledger up to its bound; what no ledger takes is the step's short. */
function fill(code: StepCode, adds: boolean, entries: readonly Entry[], payable: Operand): void {
  const { build } = code;
  const bounds = boundsOf(code, entries);
  let remaining = payable;
  entries.forEach((entry, index) => {
    const room = roomOf(build, entry.ledger, bounds[index]!, adds, index === entries.length - 1);
    const share = room === null ? remaining : build.op('MIN', remaining, room);
    remaining = room === null ? 0n : build.op('SUB', remaining, share);
    const change = adds ? sumOf(share) : negated(sumOf(share));
    store(build, entry.ledger, joined(ledgerSum(build, entry.ledger), change));
    code.count(share);
  });
}

/** What is booked with either sign is neither due nor paid: its figures would read zero. */
function refuseFigures({ build, source }: StepCode, ledger: string): void {
  const used = ['due', 'paid', 'short'].find((figure) => isUsed(build.deal, `${source.id}.${figure}`));
  if (!used) return;
  const message = `${source.id}.${used} has no value, as what is booked may be negative; use ${ledger}.balance or compute`;
  build.report(source, source.id, 'step', message);
}

/**
 * Changes ledgers without cash. A signed ledger alone takes an amount of either sign; any other may not go below zero,
 * and a run in which it would stops.
 */
export function compileBook(code: StepCode, { change, amount, to }: Book): void {
  const { build } = code;
  const entries = entriesOf(code, to);
  const [first] = entries;
  if (first && entries.length === 1 && first.ledger.signed && !first.until && !first.limit) {
    refuseFigures(code, first.ledger.name);
    const value = build.signed(amount);
    const now =
      change === 'set' ? value : joined(ledgerSum(build, first.ledger), change === 'add' ? value : negated(value));
    return store(build, first.ledger, now);
  }
  const payable = code.owe(build.value(amount));
  if (change !== 'set') return fill(code, change === 'add', entries, payable);
  for (const { ledger } of entries) store(build, ledger, sumOf(payable));
  code.count(payable);
}
