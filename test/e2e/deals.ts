import { readFileSync } from 'node:fs';
import path from 'node:path';
import { generateTape, type SampleTapeOptions } from '@weir/collateral';
import { admit } from '../../apps/stack/src/demo/admit.js';
import { issue } from '../../apps/stack/src/demo/issue.js';
import { bringDeal, handInTape, onboard } from '../../apps/stack/src/demo/onboard.js';
import type { Scene, StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { TapeRejected } from '../../apps/stack/src/demo/errors.js';
import { CHECKOUT } from './harness.js';

/** The sample deal of the repository. */
export const SAMPLE_DEAL = readFileSync(path.join(CHECKOUT, 'libs', 'deal', 'templates', 'auto.yaml'), 'utf8');

/** A small portfolio: the whole way in less time. */
const SMALL = { seed: 7, loans: 300 };

/** A month's tape of the small portfolio. */
export function smallTape(month: number, options: Partial<SampleTapeOptions> = {}): Uint8Array {
  return new TextEncoder().encode(generateTape({ ...SMALL, month, ...options }));
}

/** A deal on the small portfolio whose pool is selected and whose program is approved. */
export async function approvedDeal(
  scene: Scene,
  document = SAMPLE_DEAL,
  tape = smallTape(1),
): Promise<StructuredStage> {
  return onboard(await bringDeal(scene, document), tape);
}

/** A deal on the small portfolio, issued to the sample's investors and closed. */
export async function closedDeal(scene: Scene, document = SAMPLE_DEAL): Promise<StructuredStage> {
  const stage = await approvedDeal(scene, document);
  await admit(stage);
  await issue(stage);
  return stage;
}

/** Hands in a tape that must be taken; gives its id. */
export async function importTape(stage: StructuredStage, period: number, bytes: Uint8Array): Promise<string> {
  const { tapeId, status, failure } = await handInTape(stage, period, bytes);
  if (status !== 'imported') throw new TapeRejected(failure?.message ?? 'no reason was given');
  return tapeId;
}
