import type { Tx } from '@weir/persistence';
import type { StoredSetFile } from './entities.js';

/** How a set ends by itself. */
export type SetEnd =
  | { readonly status: 'done'; readonly files: readonly StoredSetFile[] }
  | { readonly status: 'failed'; readonly failure: string };

/** Ends a set that is running, and records it; one that ended otherwise stays as it is. */
export async function endSet(tx: Tx, setId: string, end: SetEnd): Promise<void> {
  const failure = end.status === 'failed' ? end.failure : null;
  const files = end.status === 'done' ? end.files : [];
  const [, count] = (await tx.manager.query(
    `update weir.scenario_set set status = $2, failure = $3, files = $4, ended_at = now()
      where set_id = $1 and status = 'running'`,
    [setId, end.status, failure, JSON.stringify(files)],
  )) as [unknown, number];
  if (count > 0) tx.record({ object: `scenario-set:${setId}`, before: { status: 'running' }, after: end });
}
