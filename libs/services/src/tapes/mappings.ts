import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { mappingHash, proposeMapping, type Mapping, type MappingProposal, type TapeSource } from '@weir/collateral';
import { organisationInPart } from '../deals/party.js';
import { storableJson } from './storable.js';

/** Whose files a mapping is of when nobody names an originator: those of the deal's sponsor. */
export const SPONSOR = 'sponsor';

/** A confirmed mapping. */
export interface MappingVersion {
  readonly mappingId: string;
  readonly originator: string;
  /** Counted from 1 for each originator. */
  readonly version: number;
  readonly assetClass: string;
  readonly mapping: Mapping;
  readonly hash: string;
  readonly confirmedAt: Date;
}

const COLUMNS = `mapping_id as "mappingId", originator, version, asset_class as "assetClass", mapping, hash,
  confirmed_at as "confirmedAt"`;

/** Confirmed mappings of the originators whose loans the deal's sponsor brings, the latest first. */
export async function mappingsOf(
  manager: EntityManager,
  dealId: string,
  originator?: string,
): Promise<MappingVersion[]> {
  const organisationId = await organisationInPart(manager, dealId, 'issuer');
  return manager.query(
    `select ${COLUMNS} from weir.tape_mapping where organisation_id = $1 and ($2::text is null or originator = $2)
     order by originator, version desc`,
    [organisationId, originator ?? null],
  );
}

/** One mapping; null when there is none of that identifier that the actor may see. */
export async function mappingById(manager: EntityManager, mappingId: string): Promise<MappingVersion | null> {
  const [row]: MappingVersion[] = await manager.query(
    `select ${COLUMNS} from weir.tape_mapping where mapping_id = $1`,
    [mappingId],
  );
  return row ?? null;
}

/**
 * Stores a confirmed mapping as the originator's next version; the same as the last one changes nothing.
 * @returns the version, and the one before it
 */
export async function addMapping(
  manager: EntityManager,
  dealId: string,
  confirmed: { originator: string; mapping: Mapping; personId: string },
): Promise<{ added: MappingVersion; before: MappingVersion | null; changed: boolean }> {
  const { originator, mapping, personId } = confirmed;
  const organisationId = await organisationInPart(manager, dealId, 'issuer');
  const name = `weir.mapping.${organisationId}.${originator}`;
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  const [before = null] = await mappingsOf(manager, dealId, originator);
  const hash = mappingHash(mapping);
  if (before?.hash === hash) return { added: before, before, changed: false };
  const mappingId = randomUUID();
  await manager.query(
    `insert into weir.tape_mapping (mapping_id, organisation_id, originator, version, asset_class, mapping, hash,
       confirmed_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[mappingId, organisationId, originator, (before?.version ?? 0) + 1, mapping.assetClass],
      ...[storableJson(mapping), hash, personId],
    ],
  );
  const added = await mappingById(manager, mappingId);
  return { added: added as MappingVersion, before, changed: true };
}

/**
 * Proposes what the columns of a file are, by name, by content and by the originators' past mappings, and keeps it for a
 * person to confirm. Null when no column is like any field.
 */
export async function keepProposal(
  manager: EntityManager,
  tape: { tapeId: string; dealId: string; requestedClass: string | null },
  source: TapeSource,
  assetClass: Parameters<typeof proposeMapping>[2],
): Promise<string | null> {
  const past = (await mappingsOf(manager, tape.dealId)).map(({ mapping }) => mapping);
  const proposal: MappingProposal = proposeMapping(source.columns, source.head, { ...assetClass, past });
  if (proposal.columns.every(({ field }) => field === null)) return null;
  const proposalId = randomUUID();
  await manager.query(
    `insert into weir.mapping_proposal (proposal_id, deal_id, tape_id, asset_class, proposal)
     values ($1, $2, $3, $4, $5)`,
    [proposalId, tape.dealId, tape.tapeId, proposal.assetClass, storableJson(proposal)],
  );
  return proposalId;
}
