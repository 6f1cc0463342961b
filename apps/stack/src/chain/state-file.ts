import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChainStateUnreadable } from '../errors.js';

/**
 * The stored chain. anvil writes `live` in place every second, so a kill can cut it in half; the launcher keeps the last
 * whole one as `checkpoint`.
 */
export class ChainStateFile {
  readonly live: string;
  private readonly checkpointFile: string;

  constructor(folder: string) {
    this.live = path.join(folder, 'state.json');
    this.checkpointFile = path.join(folder, 'checkpoint.json');
  }

  /**
   * Makes `live` loadable and answers the time of its last block in seconds, or null when no chain is stored.
   * @throws ChainStateUnreadable when there is a chain but no whole copy of it
   */
  prepare(): number | null {
    const live = lastBlockTime(this.live);
    if (live !== null) return live;
    const checkpoint = lastBlockTime(this.checkpointFile);
    if (checkpoint !== null) {
      replace(this.live, readFileSync(this.checkpointFile, 'utf8'));
      return checkpoint;
    }
    // An empty file is what a kill before the first write leaves: nothing was stored yet.
    if (existsSync(this.live) && readFileSync(this.live, 'utf8') !== '') throw new ChainStateUnreadable(this.live);
    rmSync(this.live, { force: true });
    return null;
  }

  /** Copies `live` to the checkpoint when it is whole; answers whether it was. */
  checkpoint(): boolean {
    const text = readOrNull(this.live);
    if (text === null || timeIn(text) === null) return false;
    replace(this.checkpointFile, text);
    return true;
  }
}

function lastBlockTime(file: string): number | null {
  const text = readOrNull(file);
  return text === null ? null : timeIn(text);
}

function timeIn(text: string): number | null {
  try {
    const state = JSON.parse(text) as { block?: { timestamp?: string | number } };
    const time = Number(state.block?.timestamp);
    return Number.isSafeInteger(time) ? time : null;
  } catch {
    return null;
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
