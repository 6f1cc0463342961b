/**
 * First payment date of the sample deal on a World Omni auto loan tape of July 2020 (SEC ABS-EE): the tape's sums and
 * an independent hand calculation by the deal's terms. Regular principal 2,845,997.97 pro rata by balance over
 * 170,783,000 with running remainders: A floor(284,599,797 × 146,911 / 170,783) = 244,818,516; B floor(39,781,281 ×
 * 14,691 / 23,872) = 24,481,685; C the remaining 15,299,596 (cents).
 */
import { placesOf, type CollectionFigures, type PaidStep } from './index.js';

export const CLOSING = {
  date: '2020-07-15',
  tranches: [
    { name: 'A', original: 14_691_100_000n },
    { name: 'B', original: 1_469_100_000n },
    { name: 'C', original: 918_100_000n },
  ],
  accounts: [
    { name: 'collection', funded: 0n },
    { name: 'reserve', funded: 183_639_404n },
    { name: 'suspense', funded: 0n },
  ],
  cutOffPool: 18_363_940_443n,
};

export const JULY: CollectionFigures = {
  poolOpening: 18_363_940_443n,
  poolClosing: 18_155_351_571n,
  interestCollected: { gross: 162_147_824n, reversed: 0n },
  principalCollected: { gross: 211_465_016n, reversed: 2_876_144n },
  recoveries: { gross: 0n, reversed: 0n },
  repurchaseProceeds: { gross: 0n, reversed: 0n },
  chargeOffs: { gross: 0n, reversed: 0n },
  otherPrincipalAdjustment: 0n,
  repurchasedPrincipal: 0n,
};

export const PLACES = placesOf(
  {
    accounts: ['collection', 'reserve', 'suspense'],
    tranches: CLOSING.tranches,
    payees: [{ name: 'servicing' }, { name: 'trustee' }, { name: 'residual' }],
  },
  'suspense',
);

const PAID: [string, string, bigint][] = [
  ['deposit', 'collection', 370_736_696n],
  ['collection', 'servicing', 15_303_284n],
  ['collection', 'trustee', 306_066n],
  ['collection', 'A interest', 8_080_105n],
  ['collection', 'A principal', 0n],
  ['collection', 'B interest', 1_224_250n],
  ['collection', 'C interest', 1_147_625n],
  ['collection', 'A principal', 244_818_516n],
  ['collection', 'B principal', 24_481_685n],
  ['collection', 'C principal', 15_299_596n],
  ['collection', 'residual', 60_075_569n],
];

export const STEPS: PaidStep[] = PAID.map(([from, to, paid], index) => ({
  step: index + 1,
  label: `${from} to ${to}`,
  from,
  to,
  paid,
}));

export const CONTEXT = { deal: 'auto-2020', unitsPerCent: 1n, period: 1 };
