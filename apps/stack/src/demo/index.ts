import type { Progress } from '../progress.js';

/** What the sample deal needs of the running stack. Paths are absolute. */
export interface DemoContext {
  apiUrl: string;
  rpcUrl: string;
  /** The folder for published files and reports; it exists. */
  outDir: string;
  dealFile: string;
  /** Null: the repository's generated sample tape. */
  tapeFile: string | null;
  stateDir: string;
  secretsFile: string;
  progress: Progress;
}

/** The JSON summary of `--once`: amounts as decimal strings. */
export type DemoSummary = Record<string, unknown>;

/** The sample deal is not part of this build. */
export class DemoMissing extends Error {
  override readonly name = 'DemoMissing';
  constructor() {
    super('This build holds no sample deal.');
  }
}

/** Runs the main job once, from the tape to the investor report. */
export function runDemo(_context: DemoContext): Promise<DemoSummary> {
  return Promise.reject(new DemoMissing());
}
