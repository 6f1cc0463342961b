import type { ServicerReportFigures } from '@weir/collateral';
import { formatMoney } from '@weir/money';

/** A gross amount, what of it was taken back, and the net, as decimal strings. */
export interface PublishedSum {
  readonly gross: string;
  readonly reversed: string;
  readonly net: string;
}

/** A servicer report's figures as stored and published; amounts as decimal strings. */
export interface PublishedFigures {
  readonly collectionFrom: string;
  readonly collectionTo: string;
  readonly loans: number;
  readonly poolOpening: string;
  readonly poolClosing: string;
  readonly interest: PublishedSum;
  readonly principal: PublishedSum;
  readonly recoveries: PublishedSum;
  readonly repurchaseProceeds: PublishedSum;
  readonly chargeOffs: PublishedSum;
  readonly otherPrincipalAdjustment: string;
  readonly otherCollected: string;
  readonly available: string;
  readonly payoffs: { readonly loans: number; readonly amount: string };
  readonly reversalRows: number;
  readonly extensions: number;
  readonly delinquency: readonly { readonly bucket: string; readonly loans: number; readonly balance: string }[];
  readonly notRolling: number;
  readonly outsidePool: number;
}

/** The figures in the form in which they are stored. */
export function publishFigures(figures: ServicerReportFigures): PublishedFigures {
  const sum = ({ gross, reversed, net }: { gross: bigint; reversed: bigint; net: bigint }): PublishedSum => ({
    gross: formatMoney(gross),
    reversed: formatMoney(reversed),
    net: formatMoney(net),
  });
  return {
    collectionFrom: figures.collectionFrom,
    collectionTo: figures.collectionTo,
    loans: figures.loans,
    poolOpening: formatMoney(figures.poolOpening),
    poolClosing: formatMoney(figures.poolClosing),
    interest: sum(figures.interestCollected),
    principal: sum(figures.principal),
    recoveries: sum(figures.recoveries),
    repurchaseProceeds: sum(figures.repurchaseProceeds),
    chargeOffs: sum(figures.chargeOffs),
    otherPrincipalAdjustment: formatMoney(figures.otherPrincipalAdjustment),
    otherCollected: formatMoney(figures.otherCollected),
    available: formatMoney(figures.availableCollections),
    payoffs: { loans: figures.payoffs.count, amount: formatMoney(figures.payoffs.amount) },
    reversalRows: figures.reversalRows,
    extensions: figures.extensions,
    delinquency: figures.delinquency.map(({ bucket, loans, balance }) => ({
      bucket,
      loans,
      balance: formatMoney(balance),
    })),
    notRolling: figures.notRolling.length,
    outsidePool: figures.outsidePool,
  };
}
