import type { Assembler, Operand } from '../assembler.js';
import { type Sum, sumOf } from '../sum.js';

/** Columns of the payment dates' rows: what is known at closing of each date. */
export class Rows {
  private readonly columns: bigint[][] = [];
  private readonly known = new Map<string, Operand>();

  constructor(private readonly asm: Assembler) {}

  /** One value a payment date, which may be negative. */
  column(name: string, words: readonly bigint[]): Sum {
    const negative = words.some((word) => word < 0n);
    const plus = this.part(
      negative ? `${name}+` : name,
      words.map((word) => (word > 0n ? word : 0n)),
    );
    if (!negative) return sumOf(plus);
    const minus = this.part(
      `${name}-`,
      words.map((word) => (word < 0n ? -word : 0n)),
    );
    return { plus: [plus], minus: [minus] };
  }

  /** The rows, one a payment date. */
  rows(dates: number): bigint[][] {
    return Array.from({ length: dates }, (_, date) => this.columns.map((column) => column[date] ?? 0n));
  }

  private part(name: string, words: bigint[]): Operand {
    const [first = 0n] = words;
    if (words.every((word) => word === first)) return first;
    const key = words.join();
    let slot = this.known.get(key);
    if (slot === undefined) {
      slot = this.asm.slot('R', name);
      this.columns.push(words);
      this.known.set(key, slot);
    }
    return slot;
  }
}
