import { MappingInvalid, parseMapping, type Mapping, type MappingProposal } from '@weir/collateral';
import type { Actor, Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { dealAs, dealFor } from '../deals/party.js';
import { NotFound } from '../problem.js';
import { MappingRefused } from './errors.js';
import { addMapping, mappingsOf, SPONSOR, type MappingVersion } from './mappings.js';

/** A confirmed mapping as callers see it. */
export interface MappingView {
  readonly mappingId: string;
  readonly originator: string;
  readonly version: number;
  readonly assetClass: string;
  readonly mapping: Mapping;
  readonly hash: string;
  /** Instant, ISO 8601. */
  readonly confirmedAt: string;
}

const viewOf = ({ confirmedAt, ...mapping }: MappingVersion): MappingView => ({
  ...mapping,
  confirmedAt: new Date(confirmedAt).toISOString(),
});

function readMapping(json: unknown): Mapping {
  try {
    return parseMapping(JSON.stringify(json ?? null));
  } catch (error) {
    if (error instanceof MappingInvalid) throw new MappingRefused(error.faults);
    throw error;
  }
}

/** What the columns of an originator's files are: proposed by the library, confirmed by a person, kept in versions. */
export class TapeMappingsService {
  constructor(private readonly context: ServiceContext) {}

  /** What the columns of a rejected tape probably are, with confidence and evidence. @throws NotFound */
  proposal(actor: Actor, dealId: string, tapeId: string): Promise<MappingProposal> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const [row]: { proposal: MappingProposal }[] = await manager.query(
        'select proposal from weir.mapping_proposal where deal_id = $1 and tape_id = $2',
        [dealId, tapeId],
      );
      if (row === undefined) throw new NotFound('proposed mapping of tape', tapeId);
      return row.proposal;
    });
  }

  /** Confirmed mappings of the originators whose loans the deal's sponsor brings, each with all its versions. */
  list(actor: Actor, dealId: string): Promise<MappingView[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      return (await mappingsOf(manager, dealId)).map(viewOf);
    });
  }

  /**
   * Confirms a mapping, as it was proposed or corrected: the originator's next version, by which its next tapes are read.
   * The same as the last version changes nothing.
   * @param confirmed `originator` is the deal's sponsor when null
   * @throws MappingRefused, NotFound, Forbidden
   */
  async confirm(
    actor: Actor,
    dealId: string,
    confirmed: { originator: string | null; mapping: unknown },
    idempotency: Idempotency,
  ): Promise<MappingView> {
    const mapping = readMapping(confirmed.mapping);
    const originator = confirmed.originator ?? SPONSOR;
    const command = { name: 'mapping.confirm', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      await dealAs(tx.manager, actor, dealId, 'issuer', 'servicer');
      const { personId } = actor;
      const { added, before, changed } = await addMapping(tx.manager, dealId, { originator, mapping, personId });
      const fact = (version: MappingVersion | null): unknown =>
        version && { originator, version: version.version, hash: version.hash, mapping: version.mapping };
      if (changed) tx.record({ object: `mapping:${added.mappingId}`, before: fact(before), after: fact(added) });
      return viewOf(added);
    });
  }
}
