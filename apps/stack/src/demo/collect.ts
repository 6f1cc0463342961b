import { parseMoney } from '@weir/money';
import { UNITS_PER_CENT, type StructuredStage } from './stage.js';

/** What the API tells of a servicer report, as far as a caller here needs it. */
export interface ReportAnswer {
  readonly digest: string;
  readonly tapeRoot: string;
  readonly previousStateHash: string;
  readonly figures: {
    readonly poolOpening: string;
    readonly poolClosing: string;
    readonly available: string;
    readonly chargeOffs: { readonly net: string };
  };
}

/** The servicer report of a period from an imported tape, signed by servicer and trustee, and on chain. */
export async function report(stage: StructuredStage, period: number, tapeId: string): Promise<ReportAnswer> {
  const { servicer, trustee } = stage.cast.people;
  const path = `/deals/${stage.dealId}/periods/${period}/report`;
  const answer = await servicer.post<ReportAnswer>(path, { tapeId });
  await servicer.post(`${path}/signature`);
  await trustee.post(`${path}/signature`);
  await trustee.until<{ status: string }>(
    `/deals/${stage.dealId}/periods/${period}`,
    'The report on chain',
    ({ status }) => status === 'submitted',
  );
  return answer;
}

/** The servicer deposits an amount in the vault; nothing when it is not above zero. */
export async function deposit(stage: StructuredStage, period: number, amount: string): Promise<void> {
  const cents = parseMoney(amount);
  if (cents <= 0n) return;
  const { servicer } = stage.cast.people;
  await stage.chain.mintCash(stage.cash, stage.cast.organisations.servicer.account, cents * UNITS_PER_CENT);
  const path = `/deals/${stage.dealId}/periods/${period}/deposit`;
  const { transactionId } = await servicer.post<{ transactionId: string }>(path, { amount });
  await servicer.mined(transactionId);
}

/** Report, signatures, and the reported collections as cash in the vault. */
export async function collect(stage: StructuredStage, period: number, tapeId: string): Promise<ReportAnswer> {
  const answer = await report(stage, period, tapeId);
  await deposit(stage, period, answer.figures.available);
  return answer;
}
