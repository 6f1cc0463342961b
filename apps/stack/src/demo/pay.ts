import { dateInstant } from '@weir/calendar';
import { parseMoney } from '@weir/money';
import { ApiRefused, OutcomeWrong } from './errors.js';
import { MORNING, UNITS_PER_CENT, type StructuredStage } from './stage.js';

interface ReportAnswer {
  readonly figures: { readonly available: string };
}

/** The servicer report of the first period, signed by servicer and trustee, and the cash in the vault. */
export async function collect(stage: StructuredStage): Promise<void> {
  const { people, organisations } = stage.cast;
  const period = `/deals/${stage.dealId}/periods/1`;
  const { tapeId } = stage;
  const report = await people.servicer.post<ReportAnswer>(`${period}/report`, { tapeId });
  await people.servicer.post(`${period}/report/signature`);
  await people.trustee.post(`${period}/report/signature`);
  const available = parseMoney(report.figures.available);
  if (available <= 0n) return;
  await stage.chain.mintCash(stage.cash, organisations.servicer.account, available * UNITS_PER_CENT);
  const amount = report.figures.available;
  const { transactionId } = await people.servicer.post<{ transactionId: string }>(`${period}/deposit`, { amount });
  await people.servicer.mined(transactionId);
}

/** Settles the first payment date; then holders claim and payees are paid. Gives the gas of the settlement. */
export async function pay(stage: StructuredStage): Promise<{ settleGas: number | null; waiting: number }> {
  const { people } = stage.cast;
  const deal = `/deals/${stage.dealId}`;
  const paymentDate = stage.compiled.periods[0]?.paymentDate ?? '';
  await stage.chain.warpTo(dateInstant(paymentDate) + MORNING);
  const { transactionId } = await people.calculationAgent.post<{ transactionId: string }>(
    `${deal}/periods/1/settlement`,
  );
  const { gasUsed } = await people.calculationAgent.mined(transactionId);
  const waiting = await claimAll(stage);
  for (const [payee, client] of [
    ['servicing', people.servicer],
    ['trustee', people.trustee],
    ['residual', people.structurer],
  ] as const) {
    if (!stage.compiled.payees.some(({ name }) => name === payee)) continue;
    await withdraw(stage, payee, client);
  }
  await stage.chain.mineToFinality();
  await people.calculationAgent.until<{ status: string }>(
    `${deal}/periods/1`,
    'The finality of the payment',
    ({ status }) => status === 'final',
  );
  return { settleGas: gasUsed, waiting };
}

/** Every holder claims every class; gives how many claims were refused because a KYC record had lapsed. */
async function claimAll(stage: StructuredStage): Promise<number> {
  const KYC_EXPIRED = 5;
  const NOTHING_TO_CLAIM = 13;
  let waiting = 0;
  for (const holder of ['northlake', 'harbour', 'cedar'] as const)
    for (const { name: tranche } of stage.compiled.tranches) {
      const client = stage.cast.people[holder];
      try {
        const path = `/deals/${stage.dealId}/periods/1/claims`;
        const { transactionId } = await client.post<{ transactionId: string }>(path, { tranche });
        await client.mined(transactionId);
      } catch (error) {
        const reason = error instanceof ApiRefused ? (error.problem as { reasonCode?: number }).reasonCode : undefined;
        if (reason === KYC_EXPIRED && holder === 'cedar') waiting += 1;
        else if (reason !== NOTHING_TO_CLAIM) throw error;
      }
      stage.progress.advance();
    }
  if (waiting === 0) throw new OutcomeWrong('the holder whose KYC lapsed was paid');
  return waiting;
}

async function withdraw(
  stage: StructuredStage,
  payee: string,
  client: (typeof stage.cast.people)['servicer'],
): Promise<void> {
  try {
    const { transactionId } = await client.post<{ transactionId: string }>(`/deals/${stage.dealId}/withdrawals`, {
      payee,
    });
    await client.mined(transactionId);
  } catch (error) {
    // A payment date may leave nothing for a payee; the contract then says that nothing is owed.
    if (!(error instanceof ApiRefused) || !error.message.includes('NothingOwed')) throw error;
  }
}
