import { isAlias, isMap, isScalar, isSeq, type Node, Scalar } from 'yaml';
import type { Findings, Place } from '../diagnostic.js';
import { nearest, offer } from '../suggestion.js';

/** A name and what stands beside it in a mapping; `at` is where the name stands. */
export interface Entry {
  name: string;
  at: number;
  value: Cursor;
}

/** The text of a scalar exactly as written, and the offset at which it starts. */
export interface SourceText {
  text: string;
  at: number;
}

const NAME = /^[A-Za-z_]\w*$/;

const isEmpty = (node: Node | null): boolean => node === null || (isScalar(node) && (node.value ?? '') === '');

/**
 * A node of the document with its path. Reading never throws: what is missing or of the wrong shape is reported and
 * reads as empty, so that one pass reports every fault.
 */
export class Cursor {
  constructor(
    readonly node: Node | null,
    readonly path: string,
    readonly at: number,
    readonly findings: Findings,
    private readonly source: string,
  ) {}

  get place(): Place {
    return this.findings.place(this.at);
  }

  /** Reports a fault of the value; of a value that is missing, which was reported, there is nothing more to say. */
  error(code: string, message: string, at = this.at): void {
    if (this.missing) return;
    this.faulty = true;
    this.findings.error(at, this.path, code, message);
    this.findings.mention(this.written);
  }

  /** Says that nothing could be made of the value, after a fault was reported. */
  skip(): void {
    this.findings.skip(this.path, this.written);
  }

  /** Reports that a field is missing which only some forms of the block need. */
  lacks(name: string, why: string): void {
    this.error('missing-field', `"${name}" is missing in ${this.path}${why}`);
    this.findings.skip(this.pathOf(name), '');
  }

  /** Whether the value, which was read, is the document's own and no fault was reported of it. */
  get isSound(): boolean {
    return !this.missing && !this.faulty;
  }

  /** Fields that stand in the mapping and are none of those asked for, nor near one of them. */
  readonly unknownFields: string[] = [];

  /**
   * Fields of a mapping by name; unknown and missing required ones are reported. A misspelt field is read as the one
   * that is most likely meant, so that what stands in it is checked too.
   */
  fields<R extends string, O extends string = never>(
    required: readonly R[],
    optional: readonly O[] = [],
  ): Record<R, Cursor> & Partial<Record<O, Cursor>> {
    const known: string[] = [...required, ...optional];
    const entries = this.wholeEntries(known);
    const found: Record<string, Cursor> = {};
    for (const { name, value } of entries) if (known.includes(name)) found[name] = value;
    for (const entry of entries) if (!known.includes(entry.name)) this.unknown(entry, known, found);
    for (const name of required) {
      if (found[name]) continue;
      if (isMap(this.node)) this.error('missing-field', `"${name}" is missing${this.path ? ` in ${this.path}` : ''}`);
      found[name] = this.child(null, this.pathOf(name), this.at, true);
      found[name].skip();
    }
    return found as Record<R, Cursor> & Partial<Record<O, Cursor>>;
  }

  /**
   * Entries without the pieces of a text that YAML cut at its commas, between { and }: they look like fields without a
   * value. What stands before them is cut off and reads as missing.
   */
  private wholeEntries(known: readonly string[]): Entry[] {
    const entries = this.entries(false);
    if (!isMap(this.node) || this.node.flow !== true) return entries;
    const isPiece = (entry: Entry | undefined): boolean =>
      entry !== undefined && !known.includes(entry.name) && isEmpty(entry.value.node);
    return entries.flatMap((entry, index) => {
      if (isPiece(entry)) {
        if (!isPiece(entries[index - 1])) this.refusePiece(entry);
        return [];
      }
      return isPiece(entries[index + 1]) ? [{ ...entry, value: this.unreadable(entry.value) }] : [entry];
    });
  }

  private refusePiece({ name, at, value }: Entry): void {
    const hint = /^\d{3}(\.|$| )/.test(name)
      ? 'write numbers without separators, like 1000.00'
      : 'inside { } a formula with commas stands in quotes';
    this.findings.error(
      at,
      value.path,
      'unknown-field',
      `"${name}" is no field of ${this.path || 'this block'}; ${hint}`,
    );
  }

  private unreadable(value: Cursor): Cursor {
    value.skip();
    return this.child(null, value.path, value.at, true);
  }

  private unknown({ name, at, value }: Entry, known: readonly string[], found: Record<string, Cursor>): void {
    const where = this.path === '' ? 'here' : `of ${this.path}`;
    const message = `"${name}" is no field ${where}${offer(name, known)}`;
    this.findings.error(at, value.path, 'unknown-field', message);
    const meant = nearest(name, known);
    if (meant !== null && !found[meant]) found[meant] = this.child(value.node, this.pathOf(meant), at);
    else {
      this.unknownFields.push(name);
      this.findings.mention(value.written);
    }
  }

  /** Entries of a mapping in document order; with `named`, keys must be names that a formula can use. */
  entries(named = true): Entry[] {
    if (this.missing) return [];
    if (!isMap(this.node)) {
      this.refuse('a block of "name: value" lines is expected here');
      return [];
    }
    const met = new Set<string>();
    return this.node.items.flatMap((pair) => {
      const key = pair.key as Node | null;
      const at = key?.range?.[0] ?? this.at;
      const name = isScalar(key) ? String(key.value) : '';
      const value = this.child(pair.value as Node | null, this.pathOf(name), at);
      if (met.has(name)) {
        const message = `"${name}" stands twice in ${this.path || 'the document'}; keep one`;
        this.findings.error(at, value.path, 'duplicate-name', message);
        value.skip();
        return [];
      }
      met.add(name);
      if (named && !NAME.test(name)) {
        this.findings.error(at, this.path, 'name', `"${name}" is no name: use letters, digits and _ , a letter first`);
        this.findings.skip(value.path, `${name} ${value.written}`);
        return [];
      }
      return [{ name, at, value }];
    });
  }

  /** Items of a list; a list that must not be empty is reported when it is. */
  items(least = 1): Cursor[] {
    if (this.missing) return [];
    if (!isSeq(this.node)) {
      this.refuse('a list is expected here');
      return [];
    }
    if (this.node.items.length < least) this.refuse(`at least ${least} is needed in this list`);
    return this.node.items.map((item, i) => this.child(item as Node | null, `${this.path}[${i}]`, this.at));
  }

  /** Text of a scalar, trimmed; empty text is reported. */
  text(): string {
    if (this.missing) return '';
    const value = isScalar(this.node) ? String(this.node.value ?? '').trim() : '';
    if (value === '') this.error('shape', 'a text is expected here');
    return value;
  }

  /** One of a list of words; the first is returned after a fault. */
  choice<T extends string>(words: readonly T[]): T {
    const text = this.text();
    const found = words.find((word) => word === text);
    if (found === undefined && text !== '') this.error('choice', `"${text}" is not offered here${offer(text, words)}`);
    return found ?? (words[0] as T);
  }

  /** Reads text with a parser that throws on bad text; its message becomes the diagnostic. */
  parsed<T>(parse: (text: string) => T, fallback: T, code: string): T {
    const text = this.text();
    if (text === '') return fallback;
    try {
      return parse(text);
    } catch (error) {
      this.error(code, error instanceof Error ? error.message : String(error));
      return fallback;
    }
  }

  /** Whole number within bounds, both included. */
  integer(least: number, most: number): number {
    const text = this.text();
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    if (text !== '') this.error('number', `"${text}" is not a whole number from ${least} to ${most}`);
    return least;
  }

  /** A scalar's source as written, so that offsets inside it are exact, or null after a fault. */
  sourceText(): SourceText | null {
    if (this.text() === '' || !isScalar(this.node) || !this.node.range) return null;
    const [from, to] = this.node.range;
    if (this.node.type === Scalar.PLAIN) return { text: this.source.slice(from, to), at: from };
    if (this.node.type === Scalar.QUOTE_SINGLE || this.node.type === Scalar.QUOTE_DOUBLE) {
      return { text: this.source.slice(from + 1, to - 1), at: from + 1 };
    }
    const header = this.source.slice(from, to).indexOf('\n') + 1;
    return { text: this.source.slice(from + header, to), at: from + header };
  }

  /** A field that was reported as missing reads as empty without a second report. */
  private missing = false;

  private faulty = false;

  /** The value as it stands in the document. */
  private get written(): string {
    const [from, to] = this.node?.range ?? [0, 0];
    return this.source.slice(from, to);
  }

  /** Reports a value of another shape than what is asked for, of which nothing can be read. */
  private refuse(message: string): void {
    this.error('shape', message);
    this.skip();
  }

  private pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private child(node: Node | null, path: string, at: number, missing = this.missing): Cursor {
    const cursor = new Cursor(node, path, node?.range?.[0] ?? at, this.findings, this.source);
    // An alias was reported; what it stands for is not looked up.
    if (isAlias(node)) this.findings.skip(path, '');
    cursor.missing = missing || isAlias(node);
    return cursor;
  }
}
