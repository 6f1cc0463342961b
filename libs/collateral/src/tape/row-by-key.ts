/** Characters of a key that the table holds as bytes; longer ones are few. */
const LONGEST = 256;
const LATIN = 0xff;
/** Places that are tried for a key; a key that finds none is kept apart, so that no choice of keys makes the table slow. */
const MOST_TRIED = 64;
const CHUNK_BITS = 20;
const CHUNK = 1 << CHUNK_BITS;
const FREE = -1;

/** Murmur3's last step: every bit of the input moves every bit of the result. */
function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

/** The hash of a key; null of one that the table does not hold. FNV-1a over its length and characters, then mixed. */
export function keyHash(key: string): number | null {
  const { length } = key;
  if (length > LONGEST) return null;
  let hash = length;
  for (let at = 0; at < length; at++) {
    const code = key.charCodeAt(at);
    if (code > LATIN) return null;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return mixed(hash);
}

function grown<T extends Int32Array | Uint32Array>(old: T, made: T): T {
  made.set(old);
  return made;
}

/**
 * The first row of every loan key. A large tape has millions of keys: they are held as bytes beside each other in an open
 * table, a quarter of what a map of strings takes. Keys of uncommon characters, and very long ones, are in a map.
 */
export class RowByKey {
  private table = new Int32Array(1 << 10).fill(FREE);
  private hashes = new Int32Array(1 << 9);
  private rows = new Int32Array(1 << 9);
  /** Where a key begins, chunk and place in it: a byte with its length less one, then its characters. */
  private starts = new Uint32Array(1 << 9);
  private readonly chunks: Uint8Array[] = [];
  private end = 0;
  private held = 0;
  private readonly others = new Map<string, number>();

  /** Distinct keys. */
  get size(): number {
    return this.held + this.others.size;
  }

  /** The first row that had the key; null when this is it, which is remembered. */
  add(key: string, row: number): number | null {
    const hash = keyHash(key);
    const mask = this.table.length - 1;
    let tried = 0;
    if (hash !== null) {
      for (let at = hash & mask; ; at = (at + 1) & mask, tried++) {
        const index = this.table[at] ?? FREE;
        if (index === FREE) break;
        if (this.hashes[index] === hash && this.isAt(index, key)) return this.rows[index] ?? null;
      }
    }
    const known = this.others.size === 0 ? undefined : this.others.get(key);
    if (known !== undefined) return known;
    if (hash === null || tried >= MOST_TRIED) this.others.set(key, row);
    else this.insert(key, hash, row);
    return null;
  }

  /** Keys and their first rows, of the rows that are wanted. */
  *of(wanted: ReadonlySet<number>): Generator<readonly [key: string, row: number]> {
    for (let index = 0; index < this.held; index++) {
      const row = this.rows[index] ?? 0;
      if (wanted.has(row)) yield [this.keyAt(index), row];
    }
    for (const [key, row] of this.others) if (wanted.has(row)) yield [key, row];
  }

  private isAt(index: number, key: string): boolean {
    const start = this.starts[index] ?? 0;
    const chunk = this.chunks[start >>> CHUNK_BITS];
    const begin = start & (CHUNK - 1);
    if (chunk === undefined || chunk[begin] !== key.length - 1) return false;
    for (let at = 0; at < key.length; at++) if (chunk[begin + 1 + at] !== key.charCodeAt(at)) return false;
    return true;
  }

  private keyAt(index: number): string {
    const start = this.starts[index] ?? 0;
    const begin = start & (CHUNK - 1);
    const chunk = this.chunks[start >>> CHUNK_BITS] ?? new Uint8Array(1);
    return Buffer.from(chunk.subarray(begin + 1, begin + 2 + (chunk[begin] ?? 0))).toString('latin1');
  }

  private insert(key: string, hash: number, row: number): void {
    if (this.held === this.rows.length) this.grow();
    const index = this.held++;
    this.hashes[index] = hash;
    this.rows[index] = row;
    this.starts[index] = this.store(key);
    this.place(index, hash);
  }

  /** Keys are never empty: a loan key with an empty part is none. */
  private store(key: string): number {
    if (this.chunks.length === 0 || (this.end & (CHUNK - 1)) + key.length + 1 > CHUNK || this.end % CHUNK === 0) {
      this.end = this.chunks.length * CHUNK;
      this.chunks.push(new Uint8Array(CHUNK));
    }
    const start = this.end;
    const chunk = this.chunks[start >>> CHUNK_BITS] ?? new Uint8Array(0);
    const begin = start & (CHUNK - 1);
    chunk[begin] = key.length - 1;
    for (let at = 0; at < key.length; at++) chunk[begin + 1 + at] = key.charCodeAt(at);
    this.end = start + 1 + key.length;
    return start;
  }

  private place(index: number, hash: number): void {
    const mask = this.table.length - 1;
    let at = hash & mask;
    while (this.table[at] !== FREE) at = (at + 1) & mask;
    this.table[at] = index;
  }

  /** The table is never more than half full. */
  private grow(): void {
    const most = this.rows.length * 2;
    this.hashes = grown(this.hashes, new Int32Array(most));
    this.rows = grown(this.rows, new Int32Array(most));
    this.starts = grown(this.starts, new Uint32Array(most));
    this.table = new Int32Array(most * 2).fill(FREE);
    for (let index = 0; index < this.held; index++) this.place(index, this.hashes[index] ?? 0);
  }
}
