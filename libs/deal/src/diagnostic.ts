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

/** Collects diagnostics of one document, so that all are reported at once. */
export class Findings {
  readonly all: Diagnostic[] = [];
  private readonly reported = new Set<string>();

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
    this.all.push({ severity: 'error', ...place, path, code, message });
  }

  warn(offset: number, path: string, code: string, message: string): void {
    this.all.push({ severity: 'warning', ...this.placeOf(offset), path, code, message });
  }

  get failed(): boolean {
    return this.all.some((diagnostic) => diagnostic.severity === 'error');
  }

  /** In document order. */
  sorted(): Diagnostic[] {
    return [...this.all].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
