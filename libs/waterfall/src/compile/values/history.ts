import { type Expression, type Unit } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import { STATE_LIMIT } from '../../program/program.js';
import type { OpName } from '../../program/opcodes.js';
import type { Assembler, Operand, Ref } from '../assembler.js';
import type { Emitter, Parts } from '../emitter.js';
import { LoweringFault } from '../errors.js';
import { joined, negated, netted, type Sum, sumOf, ZERO } from '../sum.js';
import type { NamedValues } from './names.js';

/** The compilation under way, as histories need it. */
export interface HistoryBuild {
  readonly asm: Assembler;
  readonly emitter: Emitter;
  readonly names: NamedValues;
  readonly rounding: OpName;
  define(name: string, unit: Unit, thunk: () => Sum): void;
  live(name: string, unit: Unit, thunk: () => Sum): void;
  readValue(name: string): Operand;
  op(name: OpName, ...operands: Operand[]): Operand;
  stateSlot(name: string, initial?: bigint): Ref;
  atEnd(code: () => void, phase: 'history'): void;
}

/** Most payment dates that a formula may look back. */
const MAX_DATES = 60;

/** The words that keep what a name was on earlier payment dates; `words[0]` is the last one's. */
interface Memory {
  name: string;
  at: number;
  words: { plus: Ref; minus: Ref | null }[];
  initial: bigint;
}

/** What a history function asks for: `cumulative(N)`, `lagged(N, n, initial)` … */
export interface HistoryCall {
  name: 'cumulative' | 'previous' | 'lagged' | 'average' | 'total' | 'highest' | 'lowest';
  of: string;
  dates: number;
  initial: bigint;
  at: number;
}

const asSum = ({ plus, minus }: { plus: Operand; minus: Operand | null }): Sum => ({
  plus: plus === 0n ? [] : [plus],
  minus: minus === null || minus === 0n ? [] : [minus],
});

/** Number of payment dates of a call's second argument. @throws LoweringFault unless it is 1 … 60 */
export function datesOf(argument: Expression | undefined, at: number): number {
  const value = argument?.kind === 'number' && argument.value.den === 1n ? argument.value.num : 0n;
  if (value >= 1n && value <= BigInt(MAX_DATES)) return Number(value);
  throw new LoweringFault(at, 'arguments', `this takes a whole number of payment dates from 1 to ${MAX_DATES}`);
}

/**
 * Values of earlier payment dates. They are kept in state words, which the end of a run moves on by one date; what may
 * be negative takes two words. Names whose value turns out negative only later are collected in `turnedSigned`, and the
 * deal is compiled again with them known.
 */
export class History {
  readonly turnedSigned = new Set<string>();
  private readonly memories = new Map<string, Memory>();

  constructor(
    private readonly build: HistoryBuild,
    private readonly signed: ReadonlySet<string>,
  ) {}

  /** Value of a history function now. @throws LoweringFault */
  value(call: HistoryCall): Sum {
    const { name, of, dates, initial, at } = call;
    switch (name) {
      case 'previous':
        return this.before(of, 1, initial, at);
      case 'lagged':
        return this.before(of, dates, initial, at);
      case 'cumulative':
        return this.cumulative(of, at);
      case 'highest':
      case 'lowest':
        return this.extreme(name, of, at);
      case 'total':
        return this.total(of, dates, at);
      case 'average':
        return this.average(of, dates, at);
    }
  }

  /** The value n payment dates ago. */
  private before(of: string, dates: number, initial: bigint, at: number): Sum {
    const word = this.memory(of, dates, initial, at).words[dates - 1];
    return word ? asSum(word) : ZERO;
  }

  private memory(of: string, dates: number, initial: bigint, at: number): Memory {
    const key = initial === 0n ? of : `${of}@${initial}`;
    let memory = this.memories.get(key);
    if (!memory) {
      const made: Memory = { name: of, at, words: [], initial };
      this.memories.set(key, made);
      this.build.atEnd(() => this.shift(made), 'history');
      memory = made;
    }
    const { words } = memory;
    while (words.length < dates) {
      const slot = `${key}.before${words.length + 1}`;
      const plus = this.build.stateSlot(slot, initial > 0n ? initial : 0n);
      const signed = initial < 0n || this.signed.has(of);
      const minus = signed ? this.build.stateSlot(`${slot}-`, initial < 0n ? -initial : 0n) : null;
      words.push({ plus, minus });
    }
    return memory;
  }

  /** Moves a memory on by one date: oldest first, then today's value. */
  private shift({ name, at, words }: Memory): void {
    const { asm } = this.build;
    const today = this.parts(this.now(name, at));
    if (today.minus !== 0n && words[0]?.minus === null) this.turnedSigned.add(name);
    for (let index = words.length - 1; index >= 0; index--) {
      const [word, newer] = [words[index], words[index - 1]];
      if (!word) continue;
      asm.emit('MOV', word.plus, newer?.plus ?? today.plus);
      if (word.minus) asm.emit('MOV', word.minus, newer?.minus ?? today.minus);
    }
  }

  private cumulative(of: string, at: number): Sum {
    const word = (sign: string): Ref => this.build.stateSlot(`cumulative.${of}${sign}`);
    const add = (now: Sum): void => {
      for (const part of now.plus) this.build.asm.emit('ADD', word('+'), word('+'), part);
      for (const part of now.minus) this.build.asm.emit('ADD', word('-'), word('-'), part);
    };
    const words = (now: Sum): Sum => ({
      plus: now.plus.length > 0 || this.build.names.isLive(of) ? [word('+')] : [],
      minus: this.mayBeNegative(of, now) ? [word('-')] : [],
    });
    return this.accumulated(`cumulative(${of})`, of, at, add, (now) => joined(words(now), now), words);
  }

  private extreme(name: 'highest' | 'lowest', of: string, at: number): Sum {
    const { build } = this;
    // Until the first date has been seen, the lowest is more than any value that can be stored.
    const initial = name === 'lowest' ? STATE_LIMIT - 1n : 0n;
    const words = (now: Sum): Parts => {
      const signed = this.mayBeNegative(of, now);
      const plus = build.stateSlot(`${name}.${of}`, signed ? 0n : initial);
      return { plus, minus: signed ? build.stateSlot(`${name}.${of}-`) : 0n };
    };
    const better = (now: Sum): Parts => {
      const stored = words(now);
      if (stored.minus === 0n) {
        const value = build.emitter.settle(at, now);
        return { plus: build.op(name === 'highest' ? 'MAX' : 'MIN', stored.plus, value), minus: 0n };
      }
      const excess = joined(now, negated(asSum(stored)));
      const change = build.emitter.positivePart(at, name === 'highest' ? excess : negated(excess));
      const moved = name === 'highest' ? sumOf(change) : negated(sumOf(change));
      const [all, today] = [this.parts(joined(asSum(stored), moved)), this.parts(now)];
      const first = build.op('EQ', build.readValue('period'), RATE_SCALE);
      return {
        plus: build.op('SEL', first, today.plus, all.plus),
        minus: build.op('SEL', first, today.minus, all.minus),
      };
    };
    const store = (now: Sum): void => {
      const [stored, found] = [words(now), better(now)];
      build.asm.emit('MOV', stored.plus as Ref, found.plus);
      if (stored.minus !== 0n) build.asm.emit('MOV', stored.minus as Ref, found.minus);
    };
    const present = (now: Sum): Sum => asSum(better(now));
    return this.accumulated(`${name}(${of})`, of, at, store, present, (now) => asSum(words(now)));
  }

  /**
   * A value kept in state that takes in today's. What is known before the first step is taken in at once; what changes
   * while steps pay is taken in at the end, and until then counts as it is at the moment.
   */
  private accumulated(
    name: string,
    of: string,
    at: number,
    takeIn: (now: Sum) => void,
    present: (now: Sum) => Sum,
    words: (now: Sum) => Sum,
  ): Sum {
    const { build } = this;
    const unit: Unit = build.names.unitOf(of);
    if (!build.names.has(name)) {
      if (build.names.isLive(of)) {
        build.live(name, unit, () => present(this.now(of, at)));
        build.atEnd(() => {
          const now = this.now(of, at);
          if (now.minus.length > 0 && !this.signed.has(of)) this.turnedSigned.add(of);
          takeIn(now);
        }, 'history');
      } else {
        build.define(name, unit, () => {
          const now = this.now(of, at);
          takeIn(now);
          const stored = words(now);
          for (const slot of [...stored.plus, ...stored.minus]) if (typeof slot !== 'bigint') build.names.freeze(slot);
          return stored;
        });
      }
    }
    return build.names.read(name, at);
  }

  /** A value that `compute:` names is zero before its step: whether it may be negative is known from the attempt before. */
  private mayBeNegative(of: string, now: Sum): boolean {
    return now.minus.length > 0 || this.signed.has(of);
  }

  private total(of: string, dates: number, at: number): Sum {
    let sum = this.now(of, at);
    for (let ago = 1; ago < dates; ago++) sum = joined(sum, this.before(of, ago, 0n, at));
    return sum;
  }

  /** Σ over the dates there are ÷ their number, rounded as the deal rounds. */
  private average(of: string, dates: number, at: number): Sum {
    const { build } = this;
    const { plus, minus } = this.parts(this.total(of, dates, at));
    const count = build.op('MIN', build.readValue('period'), BigInt(dates) * RATE_SCALE);
    const mean = (part: Operand): Operand => (part === 0n ? 0n : build.op(build.rounding, part, RATE_SCALE, count));
    return asSum({ plus: mean(plus), minus: mean(minus) });
  }

  private now(of: string, at: number): Sum {
    return netted(this.build.names.read(of, at));
  }

  private parts(sum: Sum): Parts {
    return this.build.emitter.parts(0, sum);
  }
}
