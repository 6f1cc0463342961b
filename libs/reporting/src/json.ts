import { RATE_SCALE, canonicalJson, formatMoney, groupMoney } from '@weir/money';
import { checkReport } from './check.js';
import type { InvestorReport, ReportReconciliationLine, ReportTrigger } from './model.js';

/** A value that canonical JSON holds: amounts have become decimal strings. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Decimal text of a ratio at `RATE_SCALE`, all twelve decimals: the exact integer, readable. */
export function ratioText(ratio: bigint): string {
  const magnitude = (ratio < 0n ? -ratio : ratio).toString().padStart(13, '0');
  return `${ratio < 0n ? '-' : ''}${magnitude.slice(0, -12)}.${magnitude.slice(-12)}`;
}

/**
 * Decimal text of an amount in base units: two decimals for the cents and as many more as the cash has.
 * `unitsPerCent` is a power of ten; 3,707,366,960,000 at 10,000 a cent is "3707366.960000".
 */
export function baseUnitText(amount: bigint, unitsPerCent: bigint, grouped: boolean): string {
  const magnitude = amount < 0n ? -amount : amount;
  const cents = magnitude / unitsPerCent;
  const extra = unitsPerCent.toString().length - 1;
  const tail = extra === 0 ? '' : (magnitude % unitsPerCent).toString().padStart(extra, '0');
  return `${amount < 0n ? '-' : ''}${grouped ? groupMoney(cents) : formatMoney(cents)}${tail}`;
}

/** Largest less smallest of what books, chain and bank say, in base units; zero when they agree. */
export function reconciliationDifference(line: ReportReconciliationLine): bigint {
  const said = [line.books, line.chain, ...(line.bank === null ? [] : [line.bank])];
  const high = said.reduce((a, b) => (a > b ? a : b));
  return high - said.reduce((a, b) => (a < b ? a : b));
}

/** Share of `part` in `whole` at `RATE_SCALE`, rounded down; zero of nothing is zero. For reading, never for paying. */
export function shareOf(part: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : (part * RATE_SCALE) / whole;
}

/** Members of a record whose bigints are cents, as decimal strings; `ratios` names those at `RATE_SCALE`. */
function amounts(value: unknown, ratios: readonly string[] = []): JsonValue {
  if (typeof value === 'bigint') return formatMoney(value);
  if (Array.isArray(value)) return value.map((item) => amounts(item, ratios));
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      typeof item === 'bigint' && ratios.includes(key) ? ratioText(item) : amounts(item, ratios),
    ]),
  );
}

function triggerJson(trigger: ReportTrigger): JsonValue {
  return amounts(trigger, trigger.unit === 'ratio' ? ['value', 'threshold', 'distance'] : []);
}

/** The report as plain JSON values: money as decimal strings, ratios with twelve decimals, base units in full. */
export function reportValues(report: InvestorReport): { [section: string]: JsonValue } {
  const { unitsPerCent, asOf, lines } = report.reconciliation;
  const pool = report.delinquency.reduce((sum, d) => sum + d.balance, 0n);
  const cash = (amount: bigint): string => baseUnitText(amount, unitsPerCent, false);
  return {
    report: { deal: report.deal, currency: report.currency, period: report.period, verify: report.verifyCommand },
    parties: amounts(report.parties),
    dates: amounts(report.dates),
    identity: {
      ...(amounts({ ...report.identity, chainId: null }) as object),
      chainId: report.identity.chainId.toString(),
    },
    pool: amounts(report.pool),
    collections: amounts(report.collections),
    waterfall: amounts(report.waterfall),
    tranches: amounts(report.tranches, ['coupon', 'factor']),
    fees: amounts(report.fees),
    residual: { paid: formatMoney(report.residual) },
    accounts: amounts(report.accounts),
    triggers: report.triggers.map(triggerJson),
    delinquency: report.delinquency.map((d) => ({
      ...(amounts(d) as object),
      share: ratioText(shareOf(d.balance, pool)),
    })),
    losses: amounts(report.losses, ['cumulativeNetLossRatio']),
    conservation: amounts(report.conservation),
    reconciliation: {
      asOf,
      lines: lines.map((line) => ({
        item: line.item,
        books: cash(line.books),
        chain: cash(line.chain),
        bank: line.bank === null ? null : cash(line.bank),
        difference: cash(reconciliationDifference(line)),
      })),
    },
    tape: amounts(report.tape),
  };
}

/** The report as canonical JSON, amounts as decimal strings. @throws ReportInconsistent */
export function investorReportJson(report: InvestorReport): string {
  checkReport(report);
  return canonicalJson(reportValues(report));
}
