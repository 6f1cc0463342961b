import { Interface } from 'ethers';
import { Distributor } from './generated/index.js';
import type { RawLog } from './vault-log.js';

/** What a holder was paid for a period, in base units of the stablecoin; the tax was withheld from the interest. */
export interface HolderPayment {
  account: string;
  interest: bigint;
  principal: bigint;
  tax: bigint;
}

/** Base units of a deal's stablecoin in a cent, and in a grain, the least part that a share is counted in. */
export interface CashUnits {
  unit: bigint;
  grain: bigint;
}

/** Whole cents of earlier periods' remainders that were added to what a class is paid. */
export interface CarriedDust {
  tranche: number;
  interestCents: bigint;
  principalCents: bigint;
}

/** An event of a Distributor; cash is in base units of the stablecoin where nothing else is said. */
export type DistributorEvent =
  | { name: 'HoldersPaid'; tranche: number; period: number; payments: HolderPayment[] }
  | { name: 'Forwarded'; account: string; to: string; amount: bigint }
  | { name: 'Skipped'; tranche: number; period: number; account: string; code: number }
  | { name: 'DustCarried'; period: number; classes: CarriedDust[] }
  | { name: 'TaxRemitted'; tranche: number; period: number; amount: bigint }
  | { name: 'UnclaimedMoved'; tranche: number; period: number; to: string; interest: bigint; principal: bigint };

const distributorInterface = new Interface(Distributor.abi);
const LOW_32 = (1n << 32n) - 1n;
const LOW_128 = (1n << 128n) - 1n;
const LOW_160 = (1n << 160n) - 1n;

/** The payments of an event `Pushed`: two words each, as IDistributor says, in base units. */
export function unpackPayments(words: readonly bigint[], { unit, grain }: CashUnits): HolderPayment[] {
  const payments: HolderPayment[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [holder, amounts] = [words[at] ?? 0n, words[at + 1] ?? 0n];
    payments.push({
      account: `0x${(holder & LOW_160).toString(16).padStart(40, '0')}`,
      interest: (amounts & LOW_128) * grain,
      principal: (amounts >> 128n) * grain,
      tax: (holder >> 160n) * unit,
    });
  }
  return payments;
}

/** The classes of an event `DustCarried` that had dust: four in a word, each with 32 bits of interest and 32 of principal. */
export function unpackDust(words: readonly bigint[]): CarriedDust[] {
  return words.flatMap((word, index) =>
    [0, 1, 2, 3].flatMap((place) => {
      const fields = word >> BigInt(64 * place);
      const [interestCents, principalCents] = [fields & LOW_32, (fields >> 32n) & LOW_32];
      const hasDust = interestCents > 0n || principalCents > 0n;
      return hasDust ? [{ tranche: 4 * index + place, interestCents, principalCents }] : [];
    }),
  );
}

/**
 * The Distributor's event in a log, or null when the log is none of these events. Claims of a holder and batches alike
 * are `HoldersPaid`.
 */
export function decodeDistributorLog(log: RawLog, units: CashUnits): DistributorEvent | null {
  const parsed = distributorInterface.parseLog({ topics: [...log.topics], data: log.data });
  if (!parsed) return null;
  const { args } = parsed;
  const place = { tranche: Number(args.tranche), period: Number(args.period) };
  switch (parsed.name) {
    case 'Claimed': {
      const { account, interest, principal, tax } = args;
      return { name: 'HoldersPaid', ...place, payments: [{ account, interest, principal, tax }] };
    }
    case 'Pushed':
      return { name: 'HoldersPaid', ...place, payments: unpackPayments([...args.payments], units) };
    case 'Forwarded':
      return { name: 'Forwarded', account: args.account, to: args.to, amount: args.amount };
    case 'Skipped':
      return { name: 'Skipped', ...place, account: args.account, code: Number(args.code) };
    case 'DustCarried':
      return { name: 'DustCarried', period: Number(args.period), classes: unpackDust([...args.cents]) };
    case 'TaxRemitted':
      return { name: 'TaxRemitted', ...place, amount: args.amount };
    case 'UnclaimedMoved':
      return { name: 'UnclaimedMoved', ...place, to: args.to, interest: args.interest, principal: args.principal };
    default:
      return null;
  }
}
