import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OutputUnwritable } from '../errors.js';

const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  EACCES: 'no right to write there',
  EPERM: 'no right to write there',
  EROFS: 'no right to write there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'there is a file of that name',
  ENOSPC: 'the disk is full',
};

function unwritable(path: string, error: unknown): OutputUnwritable {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new OutputUnwritable(path, ADVICE[code] ?? code);
}

/** @throws OutputUnwritable when a folder stands there */
async function checkPlace(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw new OutputUnwritable(path, ADVICE['EISDIR'] ?? '');
}

/**
 * Writes files whole or not at all: each beside its place first, and renamed when all are written, so that a failure leaves
 * what stood there before. @throws OutputUnwritable
 */
async function writeAll(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  const parts = files.map(([path, text]) => ({ path, text, part: `${path}.${process.pid}.part` }));
  let at = files[0]?.[0] ?? '';
  try {
    for (const { path, text, part } of parts) {
      at = path;
      await writeFile(part, text);
    }
    // A place that cannot be taken is found before the first is.
    for (const { path } of parts) {
      at = path;
      await checkPlace(path);
    }
    for (const { path, part } of parts) {
      at = path;
      await rename(part, path);
    }
  } catch (error) {
    await Promise.all(parts.map(({ part }) => rm(part, { force: true })));
    throw error instanceof OutputUnwritable ? error : unwritable(at, error);
  }
}

/** Writes a file whole or not at all. @throws OutputUnwritable */
export function writeWhole(path: string, text: string): Promise<void> {
  return writeAll([[path, text]]);
}

/** Writes files into a folder, which is made when it is not there; gives their paths. @throws OutputUnwritable */
export async function writeFolder(folder: string, files: readonly (readonly [string, string])[]): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
  await writeAll(files.map(([name, text]) => [join(folder, name), text] as const));
  return files.map(([name]) => join(folder, name));
}
