import type { Deal, Unit } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { formatFactor, summarise, type CompiledDeal, type RunResult } from '@weir/waterfall';

/** A trigger's figures in its own unit; null for one that is more than one comparison. */
export interface PublishedTrigger {
  readonly value: string | null;
  readonly threshold: string | null;
  readonly distance: string | null;
  readonly on: boolean;
}

/** The figures of a run with amounts as decimal strings. */
export function publishSummary(deal: Pick<Deal, 'triggers'>, compiled: CompiledDeal, run: RunResult) {
  const summary = summarise(compiled, run);
  const money = <T extends Record<string, bigint>>(amounts: T) =>
    Object.fromEntries(Object.entries(amounts).map(([name, cents]) => [name, formatMoney(cents)])) as {
      [K in keyof T]: string;
    };
  const each = <T, R>(items: Record<string, T>, publish: (item: T) => R): Record<string, R> =>
    Object.fromEntries(Object.entries(items).map(([name, item]) => [name, publish(item)]));
  return {
    tranches: each(summary.tranches, ({ factor, rate, ...amounts }) => ({
      ...money(amounts),
      rate: formatFactor(rate),
      factor: formatFactor(factor),
    })),
    fees: each(summary.fees, (fee) => money({ ...fee })),
    residual: formatMoney(summary.residual),
    accounts: each(summary.accounts, (account) => money({ ...account })),
    triggers: publishTriggers(deal, summary.triggers),
    conservation: money(summary.conservation),
    remittance: formatMoney(summary.remittance),
    deposit: formatMoney(summary.deposit),
    servicerReceivable: formatMoney(summary.servicerReceivable),
    suspense: formatMoney(summary.suspense),
  };
}

/** The deal's triggers by name: amounts as decimal strings, rates and plain numbers with twelve decimals, day numbers. */
export function publishTriggers(
  deal: Pick<Deal, 'triggers'>,
  tested: ReturnType<typeof summarise>['triggers'],
): Record<string, PublishedTrigger> {
  return Object.fromEntries(
    deal.triggers.flatMap(({ name }) => {
      const trigger = tested[name];
      if (trigger === undefined) return [];
      const { unit } = trigger;
      const [value, threshold] = [inUnit(unit, trigger.value), inUnit(unit, trigger.threshold)];
      return [[name, { value, threshold, distance: inUnit(unit, trigger.distance), on: trigger.on }]];
    }),
  );
}

function inUnit(unit: Unit | null, figure: bigint | null): string | null {
  if (figure === null) return null;
  if (unit === 'money') return formatMoney(figure);
  if (unit === 'date' || unit === 'flag') return figure.toString();
  return figure < 0n ? `-${formatFactor(-figure)}` : formatFactor(figure);
}
