import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

class DeepNotConfigured extends Error {
  constructor(readonly variable: string) {
    super(`${variable} is not set: start deep tests with npm run test:deep -- NAME`);
  }
}

function setting(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new DeepNotConfigured(variable);
  return value;
}

/** How far a deep test has come: kept in a file after each round, so that one that was stopped goes on from there. */
export class Progress<Done extends object> {
  private readonly file = setting('WEIR_DEEP_PROGRESS');
  private readonly wanted = Number(setting('WEIR_DEEP_CASES'));
  private stored: { round: number; done: Done };

  constructor(start: Done) {
    this.stored = this.read() ?? { round: 0, done: start };
  }

  get done(): Done {
    return this.stored.done;
  }

  /** Runs rounds until the wanted number of cases is done; a round that throws is not counted and comes again. */
  async until(cases: (done: Done) => number, round: (number: number, done: Done) => Promise<Done>): Promise<void> {
    while (cases(this.done) < this.wanted) {
      const done = await round(this.stored.round, this.done);
      this.stored = { round: this.stored.round + 1, done };
      this.write();
      process.stderr.write(`${cases(done)} of ${this.wanted} cases\n`);
    }
  }

  private read(): { round: number; done: Done } | null {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as { round: number; done: Done };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private write(): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(this.stored));
    renameSync(`${this.file}.new`, this.file);
  }
}
