import { In, type EntityManager } from 'typeorm';
import { StaticPools } from '@weir/collateral';
import { formatMoney } from '@weir/money';
import { SYSTEM_ACTOR, unfinishedJobs, type Tx } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { TapeRecord } from './entities.js';
import { NothingImported, VintagesNotReady } from './errors.js';
import { loansOf, storedTape } from './stored-tape.js';
import { currentTapes } from './versions.js';

/** Queue of the job that reckons a deal's vintage curves. */
export const VINTAGES_QUEUE = 'vintage-curves';

/** A vintage's curves by month on book. Amounts as decimal strings. */
export interface VintageView {
  readonly name: string;
  readonly loans: number;
  readonly originalBalance: string;
  readonly months: readonly {
    readonly monthOnBook: number;
    readonly opening: string;
    readonly closing: string;
    readonly chargeOffs: string;
    readonly recoveries: string;
    readonly prepaid: string;
    readonly cumulativeNetLoss: number;
    readonly smm: number | null;
  }[];
}

/** Goes up when the same tapes would give other curves, so that those that are kept are reckoned anew. */
const METHOD = 2;

/** The tapes that count for each deal, month by month, as one short text: other tapes, other curves. */
const BASES = `
  select deal_id, '${METHOD}-' || md5(string_agg(month::text || ' ' || tape_id::text, ',' order by month)) as basis
    from (select distinct on (deal_id, month) deal_id, month, tape_id from weir.tape_choice
           order by deal_id, month, ordinal desc) counting
   group by deal_id`;

/** What a deal's curves are out of now; null when no tape counts. */
async function basisOf(manager: EntityManager, dealId: string): Promise<string | null> {
  const [row]: { basis: string }[] = await manager.query(`select basis from (${BASES}) b where deal_id = $1`, [dealId]);
  return row?.basis ?? null;
}

/** Asks for a deal's curves; beside a job that waits for the same it is none more. */
export function askForVintages(tx: Tx, dealId: string): Promise<unknown> {
  return tx.job(VINTAGES_QUEUE, { dealId }, dealId);
}

/** A deal's curves out of the tapes that count now. @throws NothingImported, VintagesNotReady while a job reckons them */
export async function keptVintages(manager: EntityManager, dealId: string): Promise<VintageView[]> {
  const basis = await basisOf(manager, dealId);
  if (basis === null) throw new NothingImported(dealId);
  const [row]: { curves: VintageView[] }[] = await manager.query(
    'select curves from weir.vintage_curves where deal_id = $1 and basis = $2',
    [dealId, basis],
  );
  if (row === undefined) throw new VintagesNotReady(dealId);
  return row.curves;
}

/**
 * Static pools out of every month's tape that counts, those before the first payment date too. The months are read one after
 * another; what is held is a loan key a loan.
 */
async function reckon(manager: EntityManager, dealId: string): Promise<VintageView[]> {
  const counting = await currentTapes(manager, dealId);
  const tapes = await manager.findBy(TapeRecord, { dealId, tapeId: In(counting.map(({ tapeId }) => tapeId)) });
  const stored = tapes.map(storedTape).sort((a, b) => (a.month < b.month ? -1 : 1));
  const [first] = stored;
  if (first === undefined) return [];
  const pools = new StaticPools(first.assetClass);
  for (const tape of stored.filter(({ assetClass }) => assetClass === first.assetClass)) {
    for await (const records of loansOf(manager, tape)) for (const record of records) pools.add(record);
  }
  return pools.vintages().map(({ originalBalance, months, ...vintage }) => ({
    ...vintage,
    originalBalance: formatMoney(originalBalance),
    months: months.map(({ opening, closing, chargeOffs, recoveries, prepaid, ...month }) => ({
      ...month,
      ...{ opening: formatMoney(opening), closing: formatMoney(closing) },
      ...{ chargeOffs: formatMoney(chargeOffs), recoveries: formatMoney(recoveries) },
      prepaid: formatMoney(prepaid),
    })),
  }));
}

/** Reckons vintage curves when the tapes that count change, so that nobody waits for them. */
export class VintageCurves {
  constructor(private readonly context: ServiceContext) {}

  /** Job: reckons a deal's curves, unless they are out of the same tapes already, and drops those of earlier ones. */
  async build({ dealId }: { readonly dealId: string }): Promise<void> {
    const made = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const basis = await basisOf(manager, dealId);
      const [known]: unknown[] = await manager.query(
        'select 1 from weir.vintage_curves where deal_id = $1 and basis = $2',
        [dealId, basis],
      );
      return basis === null || known !== undefined ? null : { basis, curves: await reckon(manager, dealId) };
    });
    if (made === null) return;
    const { basis, curves } = made;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'vintages.reckon', object: `deal:${dealId}` }, async (tx) => {
      const { manager } = tx;
      // A tape may have come to count meanwhile: then these curves are of tapes that are past, and its own job follows.
      if ((await basisOf(manager, dealId)) !== basis) return;
      await manager.query('delete from weir.vintage_curves where deal_id = $1 and basis <> $2', [dealId, basis]);
      await manager.query(
        `insert into weir.vintage_curves (deal_id, basis, curves) values ($1, $2, $3) on conflict do nothing`,
        [dealId, basis, JSON.stringify(curves)],
      );
      tx.record({ object: `deal:${dealId}`, before: null, after: { vintages: curves.length, basis } });
    });
  }

  /** Asks for curves that nobody asked for or whose job was lost: those of tapes of before curves were kept. */
  async tend(): Promise<void> {
    const lacking = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const rows: { dealId: string }[] = await manager.query(
        `select b.deal_id as "dealId" from (${BASES}) b
          where not exists (select 1 from weir.vintage_curves v where v.deal_id = b.deal_id and v.basis = b.basis)
          order by b.deal_id limit 100`,
      );
      if (rows.length === 0) return [];
      const known = await unfinishedJobs(manager, VINTAGES_QUEUE);
      return rows.filter(({ dealId }) => !known.has(dealId));
    });
    if (lacking.length === 0) return;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'vintages.request', object: 'vintages' }, async (tx) => {
      for (const { dealId } of lacking) {
        await askForVintages(tx, dealId);
        tx.record({ object: `deal:${dealId}`, before: null, after: { vintages: 'requested' } });
      }
    });
  }
}
