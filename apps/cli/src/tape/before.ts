import { firstMonth, inMonthOrder } from '@weir/collateral';
import { openFile, type Reading, type TapeCommandOptions } from './read.js';

/** The tapes of --before in order of their months; says on standard error when they were not. */
export async function orderedBefore(options: TapeCommandOptions, reading: Reading): Promise<string[]> {
  const files: { file: string; month: string | null }[] = [];
  for (const file of options.before ?? [])
    files.push({ file, month: firstMonth(await openFile(file, options), reading) });
  const ordered = inMonthOrder(files);
  if (ordered.some((file, index) => file !== files[index])) {
    const names = ordered.map(({ file, month }) => `${file} (${month ?? 'no month stated'})`);
    process.stderr.write(`weir: --before was not in order of months and is read as ${names.join(', ')}\n`);
  }
  return ordered.map(({ file }) => file);
}
