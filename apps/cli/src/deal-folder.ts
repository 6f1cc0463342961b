import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PublishedFiles } from '@weir/verify';
import { InputUnreadable } from './errors.js';

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown reason');
}

/** Bytes of a file. @throws InputUnreadable */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InputUnreadable(path, reasonOf(error));
  }
}

/** Bytes of a file piece by piece, for files too large to hold. @throws InputUnreadable */
export async function* streamBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) yield piece as Uint8Array;
  } catch (error) {
    throw new InputUnreadable(path, reasonOf(error));
  }
}

/** DEAL as given, a deal's folder or the deal.yaml in it, as both. @throws InputUnreadable */
export async function dealAt(given: string): Promise<{ folder: string; document: string }> {
  try {
    const isFolder = (await stat(given)).isDirectory();
    return isFolder
      ? { folder: given, document: join(given, 'deal.yaml') }
      : { folder: dirname(given), document: given };
  } catch (error) {
    throw new InputUnreadable(given, reasonOf(error));
  }
}

/** The documents that amended the deal. */
async function amendedDocuments(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^amended-[1-9]\d{0,5}\.yaml$/.test(name));
}

/** The published files of a period; a file that is missing is left out, and its tick says so. */
export async function publishedFiles(folder: string, document: string, period: number): Promise<PublishedFiles> {
  const own = ['servicer-report.json', 'loans.csv', 'loan-proof.json', 'trace.json'].map(
    (name) => `period-${period}/${name}`,
  );
  const files: Record<string, Uint8Array> = {};
  for (const path of ['deal.yaml', 'manifest.json', ...(await amendedDocuments(folder)), ...own]) {
    try {
      files[path] = await readFile(path === 'deal.yaml' ? document : join(folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new InputUnreadable(path, reasonOf(error));
    }
  }
  return files;
}
