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

  private add(
    severity: 'error' | 'warning',
    { line, column }: Place,
    path: string,
    code: string,
    message: string,
  ): void {
    this.findings.all.push({ severity, line, column, path, code, message });
  }
}
