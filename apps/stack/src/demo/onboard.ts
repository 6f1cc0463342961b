import { generateTape } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { parseMoney } from '@weir/money';
import { compileDeal } from '@weir/waterfall';
import { OutcomeWrong, TapeRejected } from './errors.js';
import type { PoolAnswer, Scene, Stage, StructuredStage, TapeAnswer } from './stage.js';

/** Seed of the repository's own sample tape. */
const SAMPLE_SEED = 2020;

/** The repository's generated sample tape of the first collection period. */
export function sampleTape(): Uint8Array {
  return new TextEncoder().encode(generateTape({ seed: SAMPLE_SEED, month: 1 }));
}

/** Brings the deal document and its parties. */
export async function bringDeal(scene: Scene, document: string): Promise<Stage> {
  const { people, organisations } = scene.cast;
  const { dealId } = await people.structurer.post<{ dealId: string }>('/deals', { document });
  for (const { part, organisationId } of Object.values(organisations))
    if (part !== null && part !== 'issuer')
      await people.structurer.post(`/deals/${dealId}/parties`, { role: part, organisationId });
  return { ...scene, dealId, document };
}

/** The servicer hands in a period's tape; gives what became of it, be it imported or rejected. */
export async function handInTape(stage: Stage, period: number, bytes: Uint8Array): Promise<TapeAnswer> {
  const { servicer } = stage.cast.people;
  const tapes = `/deals/${stage.dealId}/tapes`;
  const { tapeId } = await servicer.upload<{ tapeId: string }>(`${tapes}?period=${period}`, bytes, 'text/csv');
  return servicer.until<TapeAnswer>(
    `${tapes}/${tapeId}`,
    'The import of the tape',
    ({ status }) => status !== 'received',
  );
}

/** Imports the first tape, selects the pool, compiles the deal, and has a second person approve the program. */
export async function onboard(stage: Stage, bytes: Uint8Array): Promise<StructuredStage> {
  const { people } = stage.cast;
  const deal = `/deals/${stage.dealId}`;
  const { tapeId, status, failure } = await handInTape(stage, 1, bytes);
  if (status === 'rejected') throw new TapeRejected(failure?.message ?? 'no reason was given');
  const pool = await people.structurer.post<PoolAnswer>(`${deal}/structure`, { tapeId });
  await people.approver.post(`${deal}/approval`, { programHash: pool.programHash });
  const { deal: parsed } = parseDeal(stage.document);
  if (parsed === null) throw new OutcomeWrong('the API took a deal document that does not parse here');
  const compiled = compileDeal(parsed, { cutOffPool: parseMoney(pool.opening) });
  if (compiled.program.hash !== pool.programHash) throw new OutcomeWrong('the program compiled here is another');
  return { ...stage, tapeId, pool, compiled };
}
