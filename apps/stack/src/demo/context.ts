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
