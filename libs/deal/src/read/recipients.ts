import { isMap, isSeq } from 'yaml';
import type { Recipients } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { formulaOf, optionalFormula, type Reading } from './reading.js';

export type Order = 'sequential' | 'pro-rata';

/** What a list of recipients is made of: classes (and groups of them), or ledgers. */
export interface RecipientKind {
  kind: 'tranche' | 'ledger';
  /** The field that names one in a bounded item: `{class: P, until: …}`. */
  field: 'class' | 'ledger';
  /** Classes of each group. */
  groups: ReadonlyMap<string, readonly string[]>;
  /** Bounds that mean nothing here, and what to write instead. */
  unbounded?: Readonly<Partial<Record<'until' | 'limit', string>>>;
}

type Bounds = Pick<Extract<Recipients, { kind: 'one' }>, 'until' | 'limit'>;

const other = (order: Order): Order => (order === 'sequential' ? 'pro-rata' : 'sequential');

/** Reads recipients: a name, a list in some order, or a block that says its order or its bounds. */
export class RecipientReader {
  /** Names that stand without a bound so far: naming them again would pay them nothing more. */
  private readonly unbounded = new Set<string>();

  constructor(
    private readonly of: RecipientKind,
    private readonly reading: Reading,
  ) {}

  read(cursor: Cursor, order: Order): Recipients {
    if (isSeq(cursor.node)) return this.list(cursor, order, null);
    return isMap(cursor.node) ? this.block(cursor) : this.named(cursor, order);
  }

  private list(cursor: Cursor, order: Order, weights: Cursor | null): Recipients {
    const items = cursor.items();
    const of = items.map((item) => this.read(item, other(order)));
    const by = weights?.items().map((weight) => formulaOf(weight, this.reading, 'money', 'ratio', 'rate')) ?? null;
    if (weights && by && by.length !== of.length) {
      weights.error('arguments', `"by" has ${by.length} weights for ${of.length} recipients; write one for each`);
    }
    return { kind: order, of, by };
  }

  private block(cursor: Cursor): Recipients {
    const [first] = cursor.entries(false);
    if (first?.name === 'pro rata' || first?.name === 'by') {
      const fields = cursor.fields(['pro rata'], ['by']);
      return this.list(fields['pro rata'], 'pro-rata', fields.by ?? null);
    }
    if (first?.name === 'sequential') return this.list(cursor.fields(['sequential']).sequential, 'sequential', null);
    const fields = cursor.fields([this.of.field], ['until', 'limit']);
    for (const bound of ['until', 'limit'] as const) {
      const why = this.of.unbounded?.[bound];
      if (why !== undefined) fields[bound]?.error('recipients', why);
    }
    const until = optionalFormula(fields.until, this.reading, 'money');
    const limit = optionalFormula(fields.limit, this.reading, 'money');
    const leaf = fields[this.of.field];
    const name = leaf.text();
    if (this.of.groups.has(name)) leaf.error('recipients', `${name} is a group; bound each of its classes apart`);
    return this.one(leaf, name, { until, limit });
  }

  private named(cursor: Cursor, order: Order): Recipients {
    const name = cursor.text();
    const classes = this.of.groups.get(name);
    if (!classes) return this.one(cursor, name, { until: null, limit: null });
    this.reading.names.refer(name, 'group', cursor.at, cursor.path);
    const of = classes.map((tranche) => this.one(cursor, tranche, { until: null, limit: null }));
    return { kind: order, of, by: null };
  }

  private one(cursor: Cursor, name: string, bounds: Bounds): Recipients {
    const { kind } = this.of;
    this.reading.names.refer(name, kind, cursor.at, cursor.path);
    if (name !== '' && this.unbounded.has(name)) {
      cursor.error('duplicate-name', `the ${kind} ${name} stands here twice and was not bounded before`);
    }
    if (!bounds.until && !bounds.limit) this.unbounded.add(name);
    return { kind: 'one', name, ...bounds, at: cursor.at };
  }
}
