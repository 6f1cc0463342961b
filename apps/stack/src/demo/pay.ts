import { dateInstant } from '@weir/calendar';
import type { ApiClient } from './api-client.js';
import { ApiRefused } from './errors.js';
import type { Subscriber } from './issue.js';
import { MORNING, type StructuredStage } from './stage.js';

const HOLDERS: readonly Subscriber[] = ['northlake', 'harbour', 'cedar'];

/** Reason codes of the contracts. */
const KYC_EXPIRED = 5;
const NOTHING_TO_CLAIM = 13;

/** A holder's class whose money waits. */
export interface WaitingClaim {
  readonly holder: Subscriber;
  readonly tranche: string;
}

/** Settles a payment date; then holders claim and payees are paid. Gives the gas of the settlement, and who waits. */
export async function pay(
  stage: StructuredStage,
  period: number,
): Promise<{ settleGas: number | null; waiting: WaitingClaim[] }> {
  await untilPaymentDate(stage, period);
  const settleGas = await settle(stage, period);
  const waiting = await claimAll(stage, period);
  await withdrawAll(stage);
  await untilFinal(stage, period);
  return { settleGas, waiting };
}

/** Lets the payment date of a period come. */
export function untilPaymentDate(stage: StructuredStage, period: number): Promise<void> {
  const { paymentDate } = stage.compiled.periods[period - 1] ?? { paymentDate: '' };
  return stage.chain.warpTo(dateInstant(paymentDate) + MORNING);
}

/** Settles a period; gives the gas. @throws ApiRefused */
export async function settle(stage: StructuredStage, period: number): Promise<number | null> {
  const { calculationAgent } = stage.cast.people;
  const path = `/deals/${stage.dealId}/periods/${period}/settlement`;
  const { transactionId } = await calculationAgent.post<{ transactionId: string }>(path);
  return (await calculationAgent.mined(transactionId)).gasUsed;
}

/** Every holder claims every class of a period; gives the claims refused because a KYC record had lapsed. */
export async function claimAll(stage: StructuredStage, period: number): Promise<WaitingClaim[]> {
  const claims = HOLDERS.map(async (holder) => {
    const waiting: WaitingClaim[] = [];
    for (const { name: tranche } of stage.compiled.tranches) {
      if (!(await claim(stage, period, holder, tranche))) waiting.push({ holder, tranche });
      stage.progress.advance();
    }
    return waiting;
  });
  return (await Promise.all(claims)).flat();
}

/** Claims; false when the money waits for a renewed KYC record. Nothing to claim counts as claimed. */
async function claim(stage: StructuredStage, period: number, holder: Subscriber, tranche: string): Promise<boolean> {
  const client = stage.cast.people[holder];
  try {
    const path = `/deals/${stage.dealId}/periods/${period}/claims`;
    const { transactionId } = await client.post<{ transactionId: string }>(path, { tranche });
    await client.mined(transactionId);
    return true;
  } catch (error) {
    const reason = error instanceof ApiRefused ? (error.problem as { reasonCode?: number }).reasonCode : undefined;
    if (reason !== KYC_EXPIRED && reason !== NOTHING_TO_CLAIM) throw error;
    return reason === NOTHING_TO_CLAIM;
  }
}

/** Servicer, trustee and sponsor fetch what the vault owes them. */
async function withdrawAll(stage: StructuredStage): Promise<void> {
  const { servicer, trustee, structurer } = stage.cast.people;
  const clients: Readonly<Record<string, ApiClient>> = { servicing: servicer, trustee, residual: structurer };
  const payees = stage.compiled.payees.map(({ name }) => name);
  await Promise.all(
    payees.map(async (payee) => {
      const client = clients[payee];
      if (client !== undefined) await withdraw(stage, payee, client);
    }),
  );
}

async function withdraw(stage: StructuredStage, payee: string, client: ApiClient): Promise<void> {
  try {
    const path = `/deals/${stage.dealId}/withdrawals`;
    const { transactionId } = await client.post<{ transactionId: string }>(path, { payee });
    await client.mined(transactionId);
  } catch (error) {
    // A payment date may leave nothing for a payee; the contract then says that nothing is owed.
    if (!(error instanceof ApiRefused) || !error.message.includes('NothingOwed')) throw error;
  }
}

/** Waits until the payment of a period is final. */
export async function untilFinal(stage: StructuredStage, period: number): Promise<void> {
  await stage.chain.mineToFinality();
  await stage.cast.people.calculationAgent.until<{ status: string }>(
    `/deals/${stage.dealId}/periods/${period}`,
    'The finality of the payment',
    ({ status }) => status === 'final',
  );
}
