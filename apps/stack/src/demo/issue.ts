import { dateInstant } from '@weir/calendar';
import { parseDeal } from '@weir/deal';
import { formatMoney, splitLargestRemainder } from '@weir/money';
import type { PersonName } from './cast.js';
import { ApiRefused, OutcomeWrong } from './errors.js';
import { MORNING, UNITS_PER_CENT, type StructuredStage } from './stage.js';

/** Who takes how much of each class: shares by weight, the most senior class first, the most junior last. */
const SENIOR: readonly [PersonName & ('northlake' | 'harbour' | 'cedar'), bigint][] = [
  ['northlake', 60n],
  ['harbour', 25n],
  ['cedar', 15n],
];
const JUNIOR: typeof SENIOR = [['cedar', 100n]];
const MIDDLE: typeof SENIOR = [
  ['northlake', 50n],
  ['harbour', 50n],
];

/** Contracts of the deal as the API tells them. */
export interface ContractsAnswer {
  readonly complete: boolean;
  readonly contracts: Readonly<Record<string, string>>;
}

/** Deploys the deal's contracts, offers the notes, takes subscriptions and closes. */
export async function issue(stage: StructuredStage, document: string): Promise<ContractsAnswer> {
  const { people } = stage.cast;
  const deal = `/deals/${stage.dealId}`;
  await people.structurer.post(`${deal}/deployment`);
  const contracts = await people.structurer.until<ContractsAnswer>(
    `${deal}/deployment`,
    'The deployment of the deal',
    ({ complete }) => complete,
  );
  await stage.chain.warpTo(dateInstant(parseDeal(document).deal?.closingDate ?? '') + MORNING);
  const opened = await people.structurer.post<{ transactionId: string }>(`${deal}/offering`);
  await people.structurer.mined(opened.transactionId);
  await untilStatus(stage, 'offered');
  await expectRefusal(stage);
  await subscribeAll(stage);
  const closed = await people.structurer.post<{ transactionId: string }>(`${deal}/closing`);
  await people.structurer.mined(closed.transactionId);
  await untilStatus(stage, 'closed');
  return contracts;
}

/** Waits until the indexer has brought the deal to a status. */
function untilStatus(stage: StructuredStage, status: string): Promise<unknown> {
  const path = `/deals/${stage.dealId}`;
  return stage.cast.people.structurer.until<{ status: string }>(
    path,
    `Status ${status}`,
    (deal) => deal.status === status,
  );
}

/** The investor who failed screening must not be able to subscribe. */
async function expectRefusal(stage: StructuredStage): Promise<void> {
  const tranche = stage.compiled.tranches[0]?.name;
  const refusal = await stage.cast.people.orlov
    .post(`/deals/${stage.dealId}/subscriptions`, { tranche, amount: '1000.00' })
    .catch((error: unknown) => error);
  if (!(refusal instanceof ApiRefused) || refusal.code !== 'not-admitted')
    throw new OutcomeWrong('an investor who was refused could subscribe');
}

async function subscribeAll(stage: StructuredStage): Promise<void> {
  const { tranches } = stage.compiled;
  for (const [index, { name, original }] of tranches.entries()) {
    const buyers = index === 0 ? SENIOR : index === tranches.length - 1 ? JUNIOR : MIDDLE;
    const amounts = splitLargestRemainder(
      original,
      buyers.map(([, weight]) => weight),
    );
    for (const [position, [buyer]] of buyers.entries()) {
      const cents = amounts[position] ?? 0n;
      const { account } = stage.cast.organisations[buyer];
      await stage.chain.mintCash(stage.cash, account, cents * UNITS_PER_CENT);
      const { transactionId } = await stage.cast.people[buyer].post<{ transactionId: string }>(
        `/deals/${stage.dealId}/subscriptions`,
        { tranche: name, amount: formatMoney(cents) },
      );
      await stage.cast.people[buyer].mined(transactionId);
      stage.progress.advance();
    }
  }
}
