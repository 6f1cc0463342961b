import { formatMoney } from '@weir/money';
import { ReportInconsistent } from './errors.js';
import type { InvestorReport } from './model.js';

/**
 * Every renderer calls this first: a report whose own figures disagree is never published.
 * Laws: tranche closing = opening − principal; interest due = paid + shortfall; step due = paid + short; account
 * closing = opening + in − out; available = sum of the nets; cash in = cash out.
 * @throws ReportInconsistent naming all broken laws at once.
 */
export function checkReport(report: InvestorReport): void {
  const problems: string[] = [];
  const law = (what: string, left: bigint, right: bigint): void => {
    if (left !== right) problems.push(`${what}: ${formatMoney(left)} is not ${formatMoney(right)}`);
  };
  for (const t of report.tranches) {
    law(`tranche ${t.name} closing against opening less principal`, t.closing, t.opening - t.principalPaid);
    law(
      `tranche ${t.name} interest due against paid and shortfall`,
      t.interestDue,
      t.interestPaid + t.interestShortfall,
    );
  }
  for (const s of report.waterfall) law(`step ${s.step} due against paid and short`, s.due, s.paid + s.short);
  for (const a of report.accounts) {
    law(`account ${a.name} closing against opening, in and out`, a.closing, a.opening + a.in - a.out);
  }
  const { interest, principal, recoveries, repurchaseProceeds, available } = report.collections;
  const nets = [interest, principal, recoveries, repurchaseProceeds].map((c) => c.gross - c.reversed);
  law(
    'available collections against the sum of the nets',
    available,
    nets.reduce((sum, net) => sum + net, 0n),
  );
  law(
    'opening accounts and deposits against payments and closing accounts',
    report.conservation.openingPlusDeposits,
    report.conservation.paymentsPlusClosing,
  );
  if (problems.length > 0) throw new ReportInconsistent(problems);
}
