import { readFile } from 'node:fs/promises';
import { generateTape } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { parseMoney } from '@weir/money';
import { compileDeal } from '@weir/waterfall';
import type { DemoContext } from './context.js';
import { OutcomeWrong, TapeRejected } from './errors.js';
import type { PoolAnswer, Stage, StructuredStage, TapeAnswer } from './stage.js';

/** Seed of the repository's own sample tape. */
const SAMPLE_SEED = 2020;

/** The tape of the first collection period: the given file, or the repository's generated sample. */
async function tapeBytes(file: string | null): Promise<Uint8Array> {
  return file === null ? new TextEncoder().encode(generateTape({ seed: SAMPLE_SEED, month: 1 })) : readFile(file);
}

/** Brings the deal document and its parties. */
export async function bringDeal(context: DemoContext, stage: Omit<Stage, 'dealId'>): Promise<Stage> {
  const { people, organisations } = stage.cast;
  const document = await readFile(context.dealFile, 'utf8');
  const { dealId } = await people.structurer.post<{ dealId: string }>('/deals', { document });
  for (const { part, organisationId } of Object.values(organisations))
    if (part !== null && part !== 'issuer')
      await people.structurer.post(`/deals/${dealId}/parties`, { role: part, organisationId });
  return { ...stage, dealId };
}

/** Imports the tape, selects the pool, compiles the deal, and has a second person approve the program. */
export async function onboard(context: DemoContext, stage: Stage): Promise<StructuredStage> {
  const { people } = stage.cast;
  const deal = `/deals/${stage.dealId}`;
  const bytes = await tapeBytes(context.tapeFile);
  const { tapeId } = await people.servicer.upload<{ tapeId: string }>(`${deal}/tapes?period=1`, bytes, 'text/csv');
  const tape = await people.servicer.until<TapeAnswer>(
    `${deal}/tapes/${tapeId}`,
    'The import of the tape',
    ({ status }) => status !== 'received',
  );
  if (tape.status === 'rejected') throw new TapeRejected(tape.failure?.message ?? 'no reason was given');
  const pool = await people.structurer.post<PoolAnswer>(`${deal}/structure`, { tapeId });
  await people.approver.post(`${deal}/approval`, { programHash: pool.programHash });
  const { deal: parsed } = parseDeal(await readFile(context.dealFile, 'utf8'));
  if (parsed === null) throw new OutcomeWrong('the API took a deal document that does not parse here');
  const compiled = compileDeal(parsed, { cutOffPool: parseMoney(pool.opening) });
  if (compiled.program.hash !== pool.programHash) throw new OutcomeWrong('the program compiled here is another');
  return { ...stage, tapeId, tape, pool, compiled };
}
