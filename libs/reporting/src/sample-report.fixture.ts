/**
 * The investor report of the sample deal's first payment date on a World Omni auto loan tape of July 2020 (SEC
 * ABS-EE). Payments are by hand from the tape's sums and the deal's terms; note balances follow by subtraction;
 * factors are closing ÷ original, half up at 1e-12: A 144,462,814.84 ÷ 146,911,000.00.
 */
import type { InvestorReport, ReportStep } from './model.js';

const hash = (digit: string): `0x${string}` => `0x${digit.repeat(64)}`;
const address = (digit: string): `0x${string}` => `0x${digit.repeat(40)}`;

const PAYMENTS: [string, string, string, string, bigint][] = [
  ['Deposit to the collection account', 'collections', 'deposit', 'collection', 370_736_696n],
  ['Servicing fee', 'fee', 'collection', 'servicer', 15_303_284n],
  ['Trustee fee', 'fee', 'collection', 'trustee', 306_066n],
  ['Interest on class A', 'interest', 'collection', 'A interest', 8_080_105n],
  ['First-priority principal', 'priority-principal', 'collection', 'A principal', 0n],
  ['Interest on class B', 'interest', 'collection', 'B interest', 1_224_250n],
  ['Second-priority principal', 'priority-principal', 'collection', 'A principal', 0n],
  ['Interest on class C', 'interest', 'collection', 'C interest', 1_147_625n],
  ['Third-priority principal', 'priority-principal', 'collection', 'A principal', 0n],
  ['Reserve account to its target', 'reserve', 'collection', 'reserve', 0n],
  ['Regular principal, class A', 'principal', 'collection', 'A principal', 244_818_516n],
  ['Regular principal, class B', 'principal', 'collection', 'B principal', 24_481_685n],
  ['Regular principal, class C', 'principal', 'collection', 'C principal', 15_299_596n],
  ['Residual to the sponsor', 'residual', 'collection', 'residual', 60_075_569n],
];

const waterfall: ReportStep[] = PAYMENTS.map(([label, kind, from, to, paid], index) => ({
  step: index + 1,
  label,
  kind,
  from,
  to,
  due: paid,
  paid,
  short: 0n,
  sentence: `${label}: nothing is short.`,
}));

const note = (name: string, coupon: bigint, dayCount: string, accrualDays: number, token: `0x${string}`) => ({
  name,
  coupon,
  dayCount,
  accrualDays,
  token,
  interestShortfall: 0n,
});

/** A fresh copy each time: specs change it. */
export function sampleReport(): InvestorReport {
  return structuredClone(SAMPLE);
}

const SAMPLE: InvestorReport = {
  deal: 'auto-2020',
  currency: 'USD',
  period: 1,
  parties: {
    sponsor: 'Meridian Auto Finance LLC',
    issuingEntity: 'Meridian Auto Receivables Trust 2020-1',
    servicer: 'Meridian Auto Servicing LLC',
    trustee: 'First Harbor Trust Company, N.A.',
    calculationAgent: 'Ledgerline Calculation Services, Inc.',
  },
  dates: {
    cutOffDate: '2020-06-30',
    closingDate: '2020-07-15',
    collectionFrom: '2020-07-01',
    collectionTo: '2020-07-31',
    accrualFrom: '2020-07-15',
    accrualTo: '2020-08-17',
    recordDate: '2020-08-14',
    paymentDate: '2020-08-17',
    reportDate: '2020-08-17',
  },
  identity: {
    chainId: 31337n,
    vault: address('a'),
    documentHash: hash('1'),
    programHash: hash('2'),
    reportDigest: hash('3'),
    resultHash: hash('4'),
    stateHash: hash('5'),
    tapeRoot: hash('6'),
    settleTransaction: hash('7'),
  },
  pool: {
    cutOffBalance: 18_363_940_443n,
    loansAtCutOff: 7_465,
    opening: 18_363_940_443n,
    openingLoans: 7_465,
    principal: 208_588_872n,
    otherPrincipalAdjustment: 0n,
    chargeOffs: 0n,
    repurchasedPrincipal: 0n,
    rollDifference: 0n,
    closing: 18_155_351_571n,
    closingLoans: 7_465,
    payoffs: { loans: 0, amount: 0n },
    statistics: [{ name: 'Average closing balance', value: '24,320.63' }],
  },
  collections: {
    interest: { gross: 162_147_824n, reversed: 0n },
    principal: { gross: 211_465_016n, reversed: 2_876_144n },
    recoveries: { gross: 0n, reversed: 0n },
    repurchaseProceeds: { gross: 0n, reversed: 0n },
    available: 370_736_696n,
    otherCollected: 1_328_062n,
    reversalRows: 78,
    remittance: 370_736_696n,
    deposit: 370_736_696n,
    servicerReceivable: 0n,
    suspense: 0n,
    settledJointly: false,
  },
  waterfall,
  tranches: [
    {
      ...note('A', 6_000_000_000n, 'ACT/360', 33, address('b')),
      original: 14_691_100_000n,
      opening: 14_691_100_000n,
      interestDue: 8_080_105n,
      interestPaid: 8_080_105n,
      principalPaid: 244_818_516n,
      closing: 14_446_281_484n,
      factor: 983_335_589_847n,
    },
    {
      ...note('B', 10_000_000_000n, '30/360', 30, address('c')),
      original: 1_469_100_000n,
      opening: 1_469_100_000n,
      interestDue: 1_224_250n,
      interestPaid: 1_224_250n,
      principalPaid: 24_481_685n,
      closing: 1_444_618_315n,
      factor: 983_335_589_817n,
    },
    {
      ...note('C', 15_000_000_000n, '30/360', 30, address('d')),
      original: 918_100_000n,
      opening: 918_100_000n,
      interestDue: 1_147_625n,
      interestPaid: 1_147_625n,
      principalPaid: 15_299_596n,
      closing: 902_800_404n,
      factor: 983_335_588_716n,
    },
  ],
  fees: [
    { name: 'Servicing fee', due: 15_303_284n, paid: 15_303_284n, short: 0n },
    { name: 'Trustee fee', due: 306_066n, paid: 306_066n, short: 0n },
  ],
  residual: 60_075_569n,
  accounts: [
    { name: 'collection', opening: 0n, in: 370_736_696n, out: 370_736_696n, closing: 0n, target: null },
    { name: 'reserve', opening: 183_639_404n, in: 0n, out: 0n, closing: 183_639_404n, target: 183_639_404n },
    { name: 'suspense', opening: 0n, in: 0n, out: 0n, closing: 0n, target: null },
  ],
  triggers: [
    {
      name: 'cumulative net loss',
      description: 'Cumulative net loss above 1.5 % of the cut-off pool turns regular principal sequential, for good',
      unit: 'ratio',
      value: 0n,
      threshold: 15_000_000_000n,
      distance: 15_000_000_000n,
      on: false,
    },
  ],
  delinquency: [
    { bucket: 'Current', loans: 6_576, balance: 16_000_232_427n },
    { bucket: '1–30', loans: 851, balance: 2_081_144_272n },
    { bucket: '31–60', loans: 34, balance: 68_405_432n },
    { bucket: '61–90', loans: 3, balance: 4_448_484n },
    { bucket: '91–120', loans: 1, balance: 1_120_956n },
  ],
  losses: { chargeOffs: 0n, recoveries: 0n, netLoss: 0n, cumulativeNetLoss: 0n, cumulativeNetLossRatio: 0n },
  conservation: { openingPlusDeposits: 554_376_100n, paymentsPlusClosing: 554_376_100n },
  reconciliation: {
    unitsPerCent: 10_000n,
    asOf: 'block 42, 17 August 2020, after settlement',
    lines: [
      { item: 'Cash in the vault', books: 5_543_761_000_000n, chain: 5_543_761_000_000n, bank: 5_543_761_000_000n },
      { item: 'Reserve account', books: 1_836_394_040_000n, chain: 1_836_394_040_000n, bank: null },
      { item: 'Class A balance', books: 144_462_814_840_000n, chain: 144_462_814_840_000n, bank: null },
      { item: 'Class A unclaimed', books: 2_528_986_210_000n, chain: 2_528_986_210_000n, bank: null },
    ],
  },
  tape: {
    rows: 7_572,
    exclusions: [
      { reason: 'Opening balance is not above zero at the cut-off date', loans: 107, balance: 296_818_007n },
    ],
    findings: [
      {
        rule: 'reversal',
        weight: 'warns',
        count: 78,
        message: 'Returned payment: interest returned is shown in no column',
      },
    ],
  },
  verifyCommand: 'weir verify deals/auto-2020 --rpc http://127.0.0.1:8545 --period 1',
};
