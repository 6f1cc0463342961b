import type { Formula, Recipients } from '@weir/deal';
import type { Operand, Ref } from '../assembler.js';
import { type Build, ROUNDING } from '../build.js';

/** Something that takes a share: `left` says how much it can take at most and falls as it is given. */
export interface Pot {
  left: Ref;
  /** Pays or books an amount, which is at most what is left. */
  give(amount: Operand): void;
}

interface Leaf {
  kind: 'leaf';
  name: string;
  pot: Pot;
  until: Operand | null;
  /** What the leaf may still take of its limit. */
  limit: Ref | null;
}

interface Group {
  kind: 'sequential' | 'pro-rata';
  of: Node[];
  by: Operand[] | null;
}

type Node = Leaf | Group;

/** Regions whose slots a step writes while it pays. */
const CHANGING: readonly Ref['region'][] = ['A', 'S'];

/**
 * A tree of recipients at the moment of a step. What a leaf can take is what is left of it above `until` and within
 * `limit`; both are read when the step begins, as weights are.
 */
export class Shares {
  private readonly root: Node;
  /** Whether a recipient stands twice, so that what each can take does not add up. */
  private readonly repeats: boolean;

  constructor(
    private readonly build: Build,
    to: Recipients,
    private readonly potOf: (name: string) => Pot | null,
  ) {
    this.root = this.node(to);
    const names = this.leaves(this.root).map(({ name }) => name);
    this.repeats = new Set(names).size < names.length;
  }

  /** Whether cash is split by weights, so that a shortage must be split too. */
  hasProRata(node: Node = this.root): boolean {
    return node.kind !== 'leaf' && (node.kind === 'pro-rata' || node.of.some((child) => this.hasProRata(child)));
  }

  /** What all recipients can take together. */
  capacity(): Operand {
    return this.roomOf(this.leaves(this.root));
  }

  /** What leaves can take together; a recipient that stands twice counts once. */
  private roomOf(leaves: readonly Leaf[]): Operand {
    const names = [...new Set(leaves.map(({ name }) => name))];
    return this.sum(names.map((name) => this.capacityOf(leaves.filter((leaf) => leaf.name === name))));
  }

  private capacityOf(leaves: readonly Leaf[]): Operand {
    const [first] = leaves;
    if (!first) return 0n;
    if (leaves.some((leaf) => this.isPlain(leaf))) return first.pot.left;
    if (leaves.length === 1) return this.room(first);
    // Each takes from what those before it left, so that a bound which one has passed gives the next nothing.
    const left = leaves.reduce<Operand>(
      (rest, leaf) => this.build.op('SUB', rest, this.room(leaf, rest)),
      first.pot.left,
    );
    return this.build.op('SUB', first.pot.left, left);
  }

  /** Gives an amount, at most the capacity, in the order or by the weights of the tree, or in another way at its top. */
  give(amount: Operand, top?: 'sequential' | 'pro-rata'): void {
    const root = this.root;
    this.giveTo(top && root.kind !== 'leaf' ? { ...root, kind: top } : root, amount);
  }

  private node(to: Recipients): Node {
    const { build } = this;
    const optional = (formula: Formula | null): Operand | null => formula && this.held(build.value(formula));
    if (to.kind !== 'one') {
      const of = to.of.map((child) => this.node(child)).filter((node) => this.leaves(node).length > 0);
      return { kind: to.kind, of, by: to.by && to.by.map((weight) => this.held(build.value(weight))) };
    }
    const pot = this.potOf(to.name);
    if (!pot) return { kind: 'sequential', of: [], by: null };
    const limit = optional(to.limit);
    const left = limit === null ? null : build.asm.scratch();
    if (left && limit !== null) build.asm.emit('MOV', left, limit);
    return { kind: 'leaf', name: to.name, pot, until: optional(to.until), limit: left };
  }

  private leaves(node: Node): Leaf[] {
    return node.kind === 'leaf' ? [node] : node.of.flatMap((child) => this.leaves(child));
  }

  private sum(operands: readonly Operand[]): Operand {
    return this.build.emitter.add(0, operands);
  }

  /** Whether a share by balances can never be more than the node can take: nothing is bounded or stands twice. */
  private isPlain(node: Node): boolean {
    if (node.kind === 'leaf') return node.until === null && node.limit === null;
    return node.by === null && !this.repeats && node.of.every((child) => this.isPlain(child));
  }

  /** What a node can take; a leaf of `left`, by default what is left of its pot. */
  private room(node: Node, left?: Operand): Operand {
    if (node.kind !== 'leaf') return this.roomOf(this.leaves(node));
    const { pot, until, limit } = node;
    const all = left ?? pot.left;
    const above = until === null ? all : this.build.op('SSUB', all, until);
    return limit ? this.build.op('MIN', above, limit) : above;
  }

  /** The balances of a node's recipients, each counted once. */
  private weight(node: Node): Operand {
    const lefts = new Map(this.leaves(node).map(({ name, pot }) => [name, pot.left]));
    return this.sum([...lefts.values()]);
  }

  private giveTo(node: Node, amount: Operand): void {
    if (node.kind === 'leaf') {
      node.pot.give(amount);
      if (node.limit) this.build.asm.emit('SUB', node.limit, node.limit, amount);
    } else if (node.kind === 'sequential') this.inOrder(node.of, amount);
    else this.byWeight(node, amount);
  }

  private inOrder(nodes: readonly Node[], amount: Operand): void {
    let remaining = amount;
    nodes.forEach((node, index) => {
      const isLast = index === nodes.length - 1;
      // Nobody is given more than all can take together, so the last can take what is left.
      const share = isLast && !this.repeats ? remaining : this.build.op('MIN', remaining, this.room(node));
      if (!isLast) remaining = this.build.op('SUB', remaining, share);
      this.giveTo(node, share);
    });
  }

  /**
   * Running-remainder shares, remaining × weight ÷ remaining weight, rounded as the document says; the last takes the rest,
   * so all sum up. Where amount and weights are whole cents, no share to the nearest is more than a weight that bounds it. What a
   * bound holds back is offered to all again, in order.
   */
  private byWeight(group: Group, amount: Operand): void {
    const { build } = this;
    const rounding = ROUNDING[build.deal.shares];
    const bounded = !this.isPlain(group);
    const weights = group.by ?? group.of.map((node) => this.frozen(this.weight(node), bounded));
    let [remaining, weight, left] = [amount, this.sum(weights), amount];
    group.of.forEach((node, index) => {
      let share = remaining;
      if (index < group.of.length - 1) {
        const own = weights[index] ?? 0n;
        // Paid-off notes weigh nothing; their share of nothing must not divide by zero.
        share = build.op(rounding, remaining, own, build.op('MAX', weight, 1n));
        remaining = build.op('SUB', remaining, share);
        weight = build.op('SUB', weight, own);
      }
      if (bounded) {
        share = build.op('MIN', share, this.room(node));
        left = build.op('SUB', left, share);
      }
      this.giveTo(node, share);
    });
    if (bounded) this.inOrder(group.of, left);
  }

  /** A weight that what is given before does not change: a recipient may stand in the group twice. */
  private frozen(weight: Operand, copies: boolean): Operand {
    return copies ? this.held(weight) : weight;
  }

  /** A value as it is when the step begins: balances of classes and accounts change while it pays. */
  private held(value: Operand): Operand {
    if (typeof value === 'bigint' || !CHANGING.includes(value.region)) return value;
    const copy = this.build.asm.scratch();
    this.build.asm.emit('MOV', copy, value);
    return copy;
  }
}
