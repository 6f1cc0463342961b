import { counted, type TapeResult } from '@weir/collateral';
import { TapeBlocked } from '../errors.js';

/** Findings that a refusal repeats. */
const MOST_TOLD = 5;

/**
 * A tape of which findings block every row is of no use: says where and what to do. Where some rows are blocked, says on
 * standard error that they are left out, the first, and where the others are listed.
 * @throws TapeBlocked
 */
export function refuseBlocked(
  path: string,
  { blocked, rows, findings }: Pick<TapeResult, 'blocked' | 'rows' | 'findings'>,
): void {
  if (blocked.length === 0) return;
  const blocking = findings.filter(({ weight }) => weight === 'blocks');
  if (blocked.length === rows) {
    const seen = new Set<string>();
    const firsts = blocking.filter(({ rule, column }) => {
      const name = `${rule} ${column}`;
      return !seen.has(name) && seen.add(name);
    });
    throw new TapeBlocked(path, rows, firsts.slice(0, MOST_TOLD));
  }
  const [first] = blocking;
  const said =
    first === undefined ? '' : `; the first, ${first.column ?? 'the row'}: ${first.message}: ${first.remedy}`;
  const rest = counted(blocked.length - 1, 'more row');
  const more = blocked.length > 1 ? `; and ${rest}: weir tape ${path} --findings FILE lists every one` : '';
  process.stderr.write(`weir: ${path}: ${blocked.length} of ${rows} rows are blocked and left out${said}${more}\n`);
}
