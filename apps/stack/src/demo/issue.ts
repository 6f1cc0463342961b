import { dateInstant } from '@weir/calendar';
import { parseDeal } from '@weir/deal';
import { formatMoney, splitLargestRemainder } from '@weir/money';
import type { PersonName } from './cast.js';
import { ApiRefused, OutcomeWrong } from './errors.js';
import { MORNING, UNITS_PER_CENT, type StructuredStage } from './stage.js';

/** Who takes how much of each class: shares by weight, the most senior class first, the most junior last. */
const SENIOR: readonly [Subscriber, bigint][] = [
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

/** Deploys the deal's contracts, has the loans pledged, offers the notes, takes subscriptions and closes. */
export async function issue(stage: StructuredStage): Promise<ContractsAnswer> {
  const contracts = await deploy(stage);
  await pledge(stage);
  await offer(stage);
  await expectRefusal(stage);
  await subscribeAll(stage);
  await close(stage);
  return contracts;
}

/** Deploys the contracts of an approved deal. */
export async function deploy(stage: StructuredStage): Promise<ContractsAnswer> {
  const { structurer } = stage.cast.people;
  const path = `/deals/${stage.dealId}/deployment`;
  await structurer.post(path);
  return structurer.until<ContractsAnswer>(path, 'The deployment of the deal', ({ complete }) => complete);
}

interface PledgesAnswer {
  readonly loans: number;
  readonly pledged: number;
}

/** The servicer pledges the loans of the pool. @throws ApiRefused */
export async function pledge(stage: StructuredStage): Promise<void> {
  const { servicer } = stage.cast.people;
  const path = `/deals/${stage.dealId}/pledges`;
  const { transactionIds } = await servicer.post<{ transactionIds: string[] }>(path);
  for (const id of transactionIds) await servicer.mined(id);
  const all = ({ loans, pledged }: PledgesAnswer): boolean => pledged === loans;
  await servicer.until<PledgesAnswer>(path, 'The pledge of the loans', all);
}

/** Lets the closing date come and opens subscription. */
export async function offer(stage: StructuredStage): Promise<void> {
  const { structurer } = stage.cast.people;
  await stage.chain.warpTo(dateInstant(parseDeal(stage.document).deal?.closingDate ?? '') + MORNING);
  const { transactionId } = await structurer.post<{ transactionId: string }>(`/deals/${stage.dealId}/offering`);
  await structurer.mined(transactionId);
  await untilStatus(stage, 'offered');
}

/** Closes the fully subscribed deal. */
export async function close(stage: StructuredStage): Promise<void> {
  const { structurer } = stage.cast.people;
  const { transactionId } = await structurer.post<{ transactionId: string }>(`/deals/${stage.dealId}/closing`);
  await structurer.mined(transactionId);
  await untilStatus(stage, 'closed');
}

/** Waits until the indexer has brought the deal to a status. */
export function untilStatus(stage: StructuredStage, status: string): Promise<unknown> {
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

/** An investor of the sample who is admitted. */
export type Subscriber = PersonName & ('northlake' | 'harbour' | 'cedar');

/** The sample's subscriptions in cents, by subscriber: together every class in full. */
export function subscriptionsOf(stage: StructuredStage): Map<Subscriber, Order[]> {
  const orders = new Map<Subscriber, Order[]>();
  const { tranches } = stage.compiled;
  for (const [index, { name, original }] of tranches.entries()) {
    const buyers = index === 0 ? SENIOR : index === tranches.length - 1 ? JUNIOR : MIDDLE;
    const weights = buyers.map(([, weight]) => weight);
    splitLargestRemainder(original, weights).forEach((cents, position) => {
      const buyer = buyers[position]?.[0] ?? 'cedar';
      orders.set(buyer, [...(orders.get(buyer) ?? []), { tranche: name, cents }]);
    });
  }
  return orders;
}

/** What an investor orders. */
export interface Order {
  readonly tranche: string;
  readonly cents: bigint;
}

/** Gives an investor the cash that its orders need. */
export async function fund(stage: StructuredStage, buyer: Subscriber, orders: readonly Order[]): Promise<void> {
  const cents = orders.reduce((sum, order) => sum + order.cents, 0n);
  await stage.chain.mintCash(stage.cash, stage.cast.organisations[buyer].account, cents * UNITS_PER_CENT);
}

/** A funded investor subscribes. */
export async function subscribe(stage: StructuredStage, buyer: Subscriber, { tranche, cents }: Order): Promise<void> {
  const client = stage.cast.people[buyer];
  const order = { tranche, amount: formatMoney(cents) };
  const path = `/deals/${stage.dealId}/subscriptions`;
  const { transactionId } = await client.post<{ transactionId: string }>(path, order);
  await client.mined(transactionId);
  stage.progress.advance();
}

/** Every investor subscribes, side by side; each places one order after the other. */
async function subscribeAll(stage: StructuredStage): Promise<void> {
  const subscriptions = subscriptionsOf(stage);
  // One after the other: they are sent from one account of the chain, whose numbering does not stand a race.
  for (const [buyer, orders] of subscriptions) await fund(stage, buyer, orders);
  await Promise.all(
    [...subscriptions].map(async ([buyer, orders]) => {
      for (const order of orders) await subscribe(stage, buyer, order);
    }),
  );
}
