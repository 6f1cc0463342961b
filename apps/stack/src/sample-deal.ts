import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Remembers whether the sample deal of a fresh state was run to its end. */
export interface SampleDeal {
  wasInterrupted(): boolean;
  begin(): void;
  done(): void;
  forget(): void;
}

/** The memory in `file`. */
export function sampleDealIn(file: string): SampleDeal {
  const write = (state: 'running' | 'done'): void => writeFileSync(file, `${JSON.stringify({ state })}\n`);
  return {
    wasInterrupted: () => stateIn(file) === 'running',
    begin: () => write('running'),
    done: () => write('done'),
    forget: () => rmSync(file, { force: true }),
  };
}

function stateIn(file: string): string | null {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { state?: string }).state ?? null;
  } catch {
    return null;
  }
}
