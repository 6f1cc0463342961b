import type { Findings, Place } from '../diagnostic.js';

/** Reports what a check found; the document's model keeps places, not offsets. */
export class Report {
  constructor(private readonly findings: Findings) {}

  error(place: Place, path: string, code: string, message: string): void {
    this.add('error', place, path, code, message);
  }

  warn(place: Place, path: string, code: string, message: string): void {
    this.add('warning', place, path, code, message);
  }

  /** Whether an error was reported of a part of the document, so that nothing that hangs on it can be concluded. */
  isBroken(path: string): boolean {
    return this.findings.isBroken(path);
  }

  /** Whether a part is missing or could not be read at all. */
  isUnread(path: string): boolean {
    return this.findings.isUnread(path);
  }

  private add(
    severity: 'error' | 'warning',
    { line, column }: Place,
    path: string,
    code: string,
    message: string,
  ): void {
    this.findings.add({ severity, line, column, path, code, message });
  }
}
