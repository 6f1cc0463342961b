import { SingleBar } from 'cli-progress';
import type { WriteStream } from 'node:tty';

/** Tells a person how far the work is. Nothing here ever writes to stdout. */
export interface Progress {
  /** A step begins; `total` parts of it are announced by `advance`. Ends the step before. */
  step(title: string, total?: number): void;
  advance(parts?: number): void;
  /** A line that stays. */
  note(line: string): void;
  /** Ends the last step. */
  finish(): void;
}

/** Bars on a terminal, plain lines elsewhere. */
export function progressOn(stream: WriteStream): Progress {
  return stream.isTTY ? new BarProgress(stream) : new LineProgress((line) => void stream.write(`${line}\n`));
}

/** One line a step, for logs and pipes. */
export class LineProgress implements Progress {
  constructor(private readonly write: (line: string) => void) {}

  step(title: string): void {
    this.write(`• ${title}`);
  }

  advance(): void {
    // A log is better off without one line a part.
  }

  note(line: string): void {
    this.write(`  ${line}`);
  }

  finish(): void {
    // Lines need no end.
  }
}

class BarProgress implements Progress {
  private bar: SingleBar | null = null;
  private total = 1;

  constructor(private readonly stream: WriteStream) {}

  step(title: string, total = 1): void {
    this.finish();
    this.total = Math.max(1, total);
    const format = total > 1 ? '{bar} {value}/{total}  {title}' : '{bar}  {title}';
    this.bar = new SingleBar({ stream: this.stream, format, barsize: 20, hideCursor: true, gracefulExit: false });
    this.bar.start(this.total, 0, { title });
  }

  advance(parts = 1): void {
    this.bar?.increment(parts);
  }

  note(line: string): void {
    this.finish();
    this.stream.write(`  ${line}\n`);
  }

  finish(): void {
    this.bar?.update(this.total);
    this.bar?.stop();
    this.bar = null;
  }
}
