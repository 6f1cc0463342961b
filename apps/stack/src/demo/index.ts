import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays, dateInstant } from '@weir/calendar';
import { parseDeal } from '@weir/deal';
import { sealFromJson } from '@weir/audit';
import { groupMoney, parseMoney } from '@weir/money';
import type { Progress } from '../progress.js';
import { publish, reconcile } from './account.js';
import { admit } from './admit.js';
import type { DemoContext } from './context.js';
import { DevChain } from './dev-chain.js';
import { issue } from './issue.js';
import { OutcomeWrong } from './errors.js';
import { bringDeal, onboard, sampleTape } from './onboard.js';
import { collect } from './collect.js';
import { pay } from './pay.js';
import { setUpPlatform } from './platform.js';
import { verify } from './verify.js';

/** The JSON summary of `--once`: amounts as decimal strings. */
export type DemoSummary = Record<string, unknown>;

const CLI = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** Times each step of the sample, in milliseconds. */
class StepClock {
  readonly stepsMs: Record<string, number> = {};

  constructor(private readonly progress: Progress) {}

  async step<T>(key: string, title: string, parts: number, work: () => Promise<T>): Promise<T> {
    this.progress.step(title, parts);
    const begun = performance.now();
    const result = await work();
    this.stepsMs[key] = Math.round(performance.now() - begun);
    return result;
  }
}

/** The end of the deal's closing date in seconds; null for a document that the API is going to refuse. */
function closingInstantOf(document: string): number | null {
  const { deal } = parseDeal(document);
  return deal && dateInstant(addDays(deal.closingDate, 1));
}

/** Runs the main job once, from the tape to the investor report, over the API as any client would. */
export async function runDemo(context: DemoContext): Promise<DemoSummary> {
  const { progress } = context;
  const clock = new StepClock(progress);
  const chain = new DevChain(context.rpcUrl);
  try {
    const { operatorPassword } = JSON.parse(await readFile(context.secretsFile, 'utf8')) as {
      operatorPassword: string;
    };
    const document = await readFile(context.dealFile, 'utf8');
    await chain.requireBefore(closingInstantOf(document));
    const { cast, cash, timelock } = await clock.step('platform', 'Setting up the platform', 1, () =>
      setUpPlatform(context, operatorPassword, chain),
    );
    progress.note(
      `Roles and parameters change ${timelock} s after they were announced: a chain for trying; elsewhere two days`,
    );
    const tape = context.tapeFile === null ? sampleTape() : await readFile(context.tapeFile);
    const stage = await clock.step('onboard', 'Onboarding the loan tape and compiling the deal', 1, async () =>
      onboard(await bringDeal({ cast, chain, progress, cash }, document), tape),
    );
    progress.note(
      `${stage.pool.loans.toLocaleString('en-US')} loans, ${groupMoney(parseMoney(stage.pool.opening))} at the cut-off date; ` +
        `${stage.pool.excluded} rows excluded; program ${stage.pool.programHash.slice(0, 10)}…`,
    );
    const admission = await clock.step('admit', 'Admitting investors', 5, () => admit(stage));
    progress.note(`${admission.admitted} admitted, ${admission.refused} refused`);
    const contracts = await clock.step('issue', 'Issuing the notes', 6, () => issue(stage));
    await clock.step('collect', 'Collecting: servicer report, signatures, deposit', 1, () =>
      collect(stage, 1, stage.tapeId),
    );
    const { settleGas, waiting } = await clock.step('pay', 'Paying the first payment date', 9, () => pay(stage, 1));
    if (waiting.length === 0) throw new OutcomeWrong('the holder whose KYC lapsed was paid');
    progress.note(
      `${waiting.length} ${waiting.length === 1 ? 'claim waits' : 'claims wait'} for a holder whose KYC lapsed`,
    );
    const books = await clock.step('account', 'Reconciling books and chain', 1, () => reconcile(stage));
    progress.note(`${books.entries} journal entries; books and chain differ by nothing`);
    const files = await clock.step('report', 'Publishing the reports', 1, () => publish(stage, 1, context.outDir));
    const ticks = await clock.step('verify', 'Verifying from the published files and the chain', 1, () =>
      verify(CLI, context.outDir, context.rpcUrl, 1),
    );
    const figures = JSON.parse(await readFile(path.join(context.outDir, 'period-1', 'summary.json'), 'utf8')) as object;
    const addresses = { ...contracts.contracts, Cash: cash };
    const programBytes = stage.compiled.program.bytes.length;
    return {
      ...figures,
      chain: { settleGas, programBytes, addresses },
      auditLog: sealFromJson(await readFile(path.join(context.outDir, 'audit-log.seal.json'), 'utf8')),
      verification: Object.fromEntries(ticks.map(({ id, ok }) => [id, ok])),
      files,
      stepsMs: clock.stepsMs,
    };
  } finally {
    chain.close();
  }
}
