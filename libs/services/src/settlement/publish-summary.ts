import type { Deal } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { formatFactor, summarise, type CompiledDeal, type RunResult } from '@weir/waterfall';
import { triggerUnit } from './trigger-unit.js';

/** A trigger's figures in its own unit. */
export interface PublishedTrigger {
  readonly value: string;
  readonly threshold: string;
  readonly distance: string;
  readonly on: boolean;
}

/** The figures of a run with amounts as decimal strings. */
export function publishSummary(deal: Pick<Deal, 'triggers' | 'formulas'>, compiled: CompiledDeal, run: RunResult) {
  const summary = summarise(compiled, run);
  const money = <T extends Record<string, bigint>>(amounts: T) =>
    Object.fromEntries(Object.entries(amounts).map(([name, cents]) => [name, formatMoney(cents)])) as {
      [K in keyof T]: string;
    };
  const each = <T, R>(items: Record<string, T>, publish: (item: T) => R): Record<string, R> =>
    Object.fromEntries(Object.entries(items).map(([name, item]) => [name, publish(item)]));
  return {
    tranches: each(summary.tranches, ({ factor, ...amounts }) => ({ ...money(amounts), factor: formatFactor(factor) })),
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

/** The deal's triggers by name: amounts as decimal strings, plain numbers with twelve decimals. */
export function publishTriggers(
  deal: Pick<Deal, 'triggers' | 'formulas'>,
  tested: ReturnType<typeof summarise>['triggers'],
): Record<string, PublishedTrigger> {
  return Object.fromEntries(
    deal.triggers.flatMap(({ name, when }) => {
      const trigger = tested[name];
      if (trigger === undefined) return [];
      const unit = triggerUnit(deal, when.expression);
      const [value, threshold] = [inUnit(unit, trigger.value), inUnit(unit, trigger.threshold)];
      return [[name, { value, threshold, distance: inUnit(unit, trigger.distance), on: trigger.on }]];
    }),
  );
}

function inUnit(unit: 'money' | 'ratio', figure: bigint): string {
  if (unit === 'money') return formatMoney(figure);
  return figure < 0n ? `-${formatFactor(-figure)}` : formatFactor(figure);
}
