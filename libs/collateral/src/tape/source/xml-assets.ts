import { TapeUnreadable } from '../errors.js';
import type { TapeLimits } from './limits.js';
import { XmlReader } from './xml-reader.js';

/** One asset of an XML file: its leaves by element name, in order. */
export interface XmlAsset {
  readonly row: number;
  readonly line: number;
  readonly leaves: readonly (readonly [name: string, value: string])[];
}

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly leaves: [string, string][];
  children: number;
}

/**
 * Assets out of an XML: the asset's element is the one around the first leaf whose name is known, whatever its own name and
 * namespace; leaves deeper inside it belong to it too.
 */
export class XmlAssets {
  private readonly xml: XmlReader;
  private readonly open: OpenElement[] = [];
  private asset: { name: string; depth: number } | null = null;
  private value = '';
  private count = 0;
  private done: XmlAsset[] = [];

  constructor(
    private readonly knows: (name: string) => boolean,
    private readonly limits: TapeLimits,
  ) {
    this.xml = new XmlReader(
      {
        open: (name, _, line) => this.opened(name, line),
        text: (text) => (this.value += text),
        close: () => this.closed(),
      },
      limits,
    );
  }

  /** @throws TapeUnreadable */
  push(text: string): XmlAsset[] {
    this.xml.push(text);
    return this.done.splice(0);
  }

  /** @throws TapeUnreadable when the document is not whole */
  end(): XmlAsset[] {
    this.xml.end();
    return this.done.splice(0);
  }

  private opened(name: string, line: number): void {
    const parent = this.open.at(-1);
    if (parent) parent.children++;
    this.open.push({ name, line, leaves: [], children: 0 });
    this.value = '';
  }

  private closed(): void {
    const element = this.open.pop();
    if (!element) return;
    const depth = this.open.length;
    const parent = this.open.at(-1);
    const { name, children, leaves } = element;
    if (this.asset?.depth === depth && this.asset.name === name) this.finish(element);
    else if (parent && children === 0) this.leaf(parent, name, depth);
    else if (parent && this.asset !== null && depth > this.asset.depth) {
      for (const leaf of leaves) this.add(parent, leaf);
    }
    this.value = '';
  }

  private leaf(parent: OpenElement, name: string, depth: number): void {
    this.add(parent, [name, this.value.trim()]);
    if (this.asset === null && this.knows(name)) this.asset = { name: parent.name, depth: depth - 1 };
    // What stands outside assets is not kept.
    else if (this.asset === null ? parent.leaves.length > MAX_PREAMBLE : depth <= this.asset.depth) parent.leaves.pop();
  }

  private add(parent: OpenElement, leaf: [string, string]): void {
    parent.leaves.push(leaf);
    if (parent.leaves.length <= this.limits.columns * 10) return;
    const detail = 'one asset has more elements than a loan has';
    throw new TapeUnreadable('limit', parent.line, detail, 'check the export: each asset is an element of its own');
  }

  private finish({ line, leaves }: OpenElement): void {
    this.count++;
    if (this.count > this.limits.records) {
      const detail = `the file has more than ${this.limits.records} assets`;
      throw new TapeUnreadable('limit', line, detail, 'hand in one reporting period a file');
    }
    this.done.push({ row: this.count, line, leaves });
  }
}

/** Leaves of one element that are kept while it is not known what an asset is. */
const MAX_PREAMBLE = 500;
