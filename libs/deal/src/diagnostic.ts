/** A place in the document, both counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** One thing found wrong (or doubtful) in a deal document; `path` is like `tranches[0].coupon`. */
export interface Diagnostic extends Place {
  severity: 'error' | 'warning';
  path: string;
  /** Stable, for machines: `unknown-name`, `unit`, `duplicate-name` … (docs/deal-document.md lists them). */
  code: string;
  /** For people: what is wrong and what would be right. */
  message: string;
}

/** Order of the document. */
export function byPlace(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column;
}

/** A path and all that it lies in: `a[0].b`, `a[0]`, `a`. */
function withParents(path: string): string[] {
  const paths = [path];
  for (let at = path.length - 1; at > 0; at--) {
    if (path[at] === '.' || path[at] === '[') paths.push(path.slice(0, at));
  }
  return paths;
}

const WORD = /[A-Za-z_]\w*/g;

/** Collects diagnostics of one document, so that all are reported at once, and what could not be read because of them. */
export class Findings {
  readonly all: Diagnostic[] = [];
  private readonly reported = new Set<string>();
  private readonly broken = new Set<string>();
  private readonly unread = new Set<string>();
  private readonly unreadWords = new Set<string>();
  private readonly faultyWords = new Set<string>();
  private errors = 0;

  constructor(private readonly placeOf: (offset: number) => Place) {}

  /** Line and column of an offset in the document's text. */
  place(offset: number): Place {
    return this.placeOf(offset);
  }

  /** Reports a fault, once: the YAML reader and the deal reader may both see it. */
  error(offset: number, path: string, code: string, message: string): void {
    const place = this.placeOf(offset);
    const key = `${code} ${place.line}:${place.column}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.add({ severity: 'error', ...place, path, code, message });
  }

  warn(offset: number, path: string, code: string, message: string): void {
    this.add({ severity: 'warning', ...this.placeOf(offset), path, code, message });
  }

  add(diagnostic: Diagnostic): void {
    this.all.push(diagnostic);
    if (diagnostic.severity === 'warning') return;
    this.errors += 1;
    this.spoil(diagnostic.path);
  }

  /** Says that a part of the document has a fault, which is reported elsewhere. */
  spoil(path: string): void {
    for (const each of withParents(path)) this.broken.add(each);
  }

  get failed(): boolean {
    return this.errors > 0;
  }

  /** Whether an error was reported of a part of the document, or of anything in it. */
  isBroken(path: string): boolean {
    return this.broken.has(path);
  }

  /** Codes of the errors that were reported of a part itself. */
  codesOf(path: string): string[] {
    return this.all.filter((found) => found.severity === 'error' && found.path === path).map(({ code }) => code);
  }

  /** Says that a part could not be read at all, or is missing; `text` is what stands there. */
  skip(path: string, text: string): void {
    this.spoil(path);
    this.unread.add(path);
    for (const [word] of text.matchAll(WORD)) this.unreadWords.add(word);
    this.mention(text);
  }

  /** Says that a fault was found in a text, whose names may be meant to be used all the same. */
  mention(text: string): void {
    for (const [word] of text.matchAll(WORD)) this.faultyWords.add(word);
  }

  /** Whether a part is missing or could not be read at all: what is not found there may still be meant. */
  isUnread(path: string): boolean {
    return this.unread.has(path);
  }

  /** Whether a part, or anything in it, is missing or could not be read at all. */
  hasUnread(path: string): boolean {
    return [...this.unread].some((each) => each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`));
  }

  /** Whether a name stands in a part that could not be read, which may be where it is declared. */
  isInUnread(name: string): boolean {
    return this.unreadWords.has(name);
  }

  /** Whether a name stands in a text that has a fault. */
  isMentioned(name: string): boolean {
    return this.faultyWords.has(name);
  }

  /** In document order. */
  sorted(): Diagnostic[] {
    return this.all.toSorted(byPlace);
  }
}
