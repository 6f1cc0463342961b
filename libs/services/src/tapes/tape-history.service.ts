import type { EntityManager } from 'typeorm';
import {
  type AssetClass,
  ConcentrationCheck,
  limitsFor,
  LimitsInvalid,
  type LimitView,
  limitView,
  parseLimits,
  type PoolLimit,
  Stratifier,
  type TapeQuality,
} from '@weir/collateral';
import type { Deal } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { SYSTEM_ACTOR, type Actor, type Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { readDocument } from '../deals/compiled.js';
import { dealAs, dealFor } from '../deals/party.js';
import { NotFound } from '../problem.js';
import { tapesDiffer, type ComparedVersion, type TapeDifferenceView } from './difference.js';
import { TapeRecord, type TapeKind } from './entities.js';
import { LimitsRefused, ReasonMissing } from './errors.js';
import { askToRejudge, qualitiesAnew, rejudgeOnward } from './judgements.js';
import { loansOf, storedTape } from './stored-tape.js';
import { importedTape } from './tapes.service.js';
import { chooseTape, currentTape, currentTapes } from './versions.js';
import { askForVintages, keptVintages, type VintageView } from './vintage-curves.js';

/** One tape in the list of a deal's tapes, by month and version. */
export interface TapeLine {
  readonly tapeId: string;
  readonly period: number | null;
  readonly month: string | null;
  readonly version: number | null;
  readonly kind: TapeKind | null;
  readonly current: boolean;
  readonly status: TapeRecord['status'];
  readonly assetClass: string | null;
  readonly loans: number | null;
  readonly quality: TapeQuality | null;
  /** Instant, ISO 8601. */
  readonly receivedAt: string;
}

/** Stratification of a tape, with the concentration limits that were asked for. Amounts as decimal strings. */
export interface StrataView {
  readonly tables: readonly {
    readonly field: string;
    readonly title: string;
    readonly strata: readonly {
      readonly label: string;
      /** What the label's codes say, where the field has a code list. */
      readonly words?: string;
      readonly loans: number;
      readonly balance: string;
      readonly share: number;
      readonly meanRate: number | null;
      readonly meanRemainingTerm: number | null;
      readonly meanScore: number | null;
    }[];
  }[];
  readonly limits: readonly LimitView[];
}

/** What a deal's tapes say together: versions of a month, what differs between them, tables and curves. */
export class TapeHistoryService {
  constructor(private readonly context: ServiceContext) {}

  /** Every tape of the deal, by month, version and arrival; with its quality, so that this is quality over time too. */
  list(actor: Actor, dealId: string): Promise<TapeLine[]> {
    return this.read(actor, dealId, async (manager) => {
      const tapes = await manager.find(TapeRecord, {
        where: { dealId },
        order: { month: { direction: 'ASC', nulls: 'LAST' }, version: 'ASC', receivedAt: 'ASC' },
      });
      const anew = await qualitiesAnew(manager, dealId);
      const counting = new Set((await currentTapes(manager, dealId)).map(({ tapeId }) => tapeId));
      return tapes.map(({ tapeId, month, summary, receivedAt, status, ...tape }) => ({
        ...{ tapeId, period: tape.period, month: month?.slice(0, 7) ?? null, version: tape.version },
        ...{ kind: tape.kind, current: counting.has(tapeId), status, assetClass: tape.assetClass },
        ...{ loans: status === 'imported' ? (summary?.loans ?? null) : null },
        quality: anew.get(tapeId) ?? tape.quality,
        receivedAt: receivedAt.toISOString(),
      }));
    });
  }

  /**
   * Records that a tape is the one that counts for its month from now on. The others stay as they are; a payment that was
   * made on one of them is not touched.
   * @throws TapeNotImported, ReasonMissing, NotFound, Forbidden
   */
  async choose(
    actor: Actor,
    dealId: string,
    choice: { tapeId: string; why: string },
    idempotency: Idempotency,
  ): Promise<{ tapeId: string }> {
    const { tapeId, why } = choice;
    if (why.trim() === '') throw new ReasonMissing();
    const command = { name: 'tape.choose', object: `deal:${dealId}`, why, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      await dealAs(tx.manager, actor, dealId, 'issuer', 'servicer');
      const tape = await importedTape(tx.manager, dealId, tapeId);
      const month = tape.month as string;
      const before = await currentTape(tx.manager, dealId, month);
      if (before === tapeId) return { tapeId };
      await chooseTape(tx.manager, { dealId, month, tapeId, chosenBy: actor.personId, why });
      await askForVintages(tx, dealId);
      tx.record({ object: `tape:${tapeId}`, before: { current: before }, after: { current: tapeId, month } });
      await askToRejudge(tx, dealId, month);
      return { tapeId };
    });
  }

  /**
   * Job: judges the tape that counts for a month anew by those that count before it, and asks for the months after it.
   * Running it again changes nothing.
   * @param month its first day
   */
  rejudge(dealId: string, month: string): Promise<void> {
    const command = { name: 'tape.rejudge', object: `deal:${dealId}` };
    return this.context.uow.run(SYSTEM_ACTOR, command, (tx) => rejudgeOnward(tx, dealId, month));
  }

  /** What a tape changes against another one of the deal, the tape it corrects for one. @throws NotFound */
  difference(actor: Actor, dealId: string, tapeId: string, against: string): Promise<TapeDifferenceView> {
    return this.read(actor, dealId, async (manager) => {
      const [earlier, later] = [await tapeOf(manager, dealId, against), await tapeOf(manager, dealId, tapeId)];
      return tapesDiffer(manager, earlier, later);
    });
  }

  /**
   * Stratification tables of a tape's loans by closing balance.
   * @param wish fields to stratify by, the usual ones when null; concentration limits beside those of the deal document, as
   * JSON (see `parseLimits`), or null
   * @throws TapeNotImported, LimitsRefused, NotFound
   */
  strata(
    actor: Actor,
    dealId: string,
    tapeId: string,
    wish: { fields: readonly string[] | null; limits: string | null },
  ): Promise<StrataView> {
    return this.read(actor, dealId, async (manager) => {
      const tape = storedTape(await importedTape(manager, dealId, tapeId));
      const { concentrationLimits } = readDocument((await dealFor(manager, dealId)).document);
      const limits = limitsOf(concentrationLimits, wish.limits, tape.assetClass);
      const stratifier = new Stratifier(tape.assetClass, wish.fields ?? undefined);
      const check = new ConcentrationCheck(tape.assetClass, limits);
      for await (const records of loansOf(manager, tape)) {
        for (const record of records) {
          stratifier.add(record);
          check.add(record);
        }
      }
      return {
        tables: stratifier.result().map(({ strata, ...table }) => ({
          ...table,
          strata: strata.map((line) => ({ ...line, balance: formatMoney(line.balance) })),
        })),
        limits: check.result().map(limitView),
      };
    });
  }

  /** Static pools out of every month's tape that counts, as a job reckoned them. @throws NothingImported, VintagesNotReady */
  vintages(actor: Actor, dealId: string): Promise<VintageView[]> {
    return this.read(actor, dealId, (manager) => keptVintages(manager, dealId));
  }

  private read<T>(actor: Actor, dealId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      return work(manager);
    });
  }
}

async function tapeOf(manager: EntityManager, dealId: string, tapeId: string): Promise<ComparedVersion> {
  const tape = await manager.findOneBy(TapeRecord, { dealId, tapeId });
  if (tape === null) throw new NotFound('tape', tapeId);
  return { dealId, tapeId, stored: tape.status === 'imported' ? storedTape(tape) : null };
}

/** Concentration limits of the deal document, and those that are asked for. @throws LimitsRefused */
function limitsOf(ofDeal: Deal['concentrationLimits'], asked: string | null, one: AssetClass): PoolLimit[] {
  try {
    return [...limitsFor(ofDeal, one), ...(asked === null ? [] : parseLimits(asked, one))];
  } catch (error) {
    if (error instanceof LimitsInvalid) throw new LimitsRefused(error.faults);
    throw error;
  }
}
