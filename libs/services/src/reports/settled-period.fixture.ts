/**
 * The sample deal's first payment date on a World Omni auto loan tape of July 2020 (SEC ABS-EE): collections and
 * balances are the tape's sums, books and vault by hand. Unclaimed = interest 80,801.05 + 12,242.50 + 11,476.25 and
 * principal 2,845,997.97 = 2,950,517.77; payees are owed 153,032.84 + 3,060.66 + 600,755.69 = 756,849.19; with the
 * reserve's 1,836,394.04 the vault keeps 5,543,761.00.
 */
import { readFileSync } from 'node:fs';
import type { ServicerReportFigures } from '@weir/collateral';
import { journalForClosing, journalForDeposit, journalForSettlement, placesOf, type JournalEntry } from '@weir/ledger';
import type { Hex } from '@weir/money';
import { encodeInputs, execute, explainRun, type CompiledDeal, type Period, type RunResult } from '@weir/waterfall';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import { loan } from '../tapes/loan-month.fixture.js';
import type { ReportFacts } from './investor-report.js';
import type { VaultView } from './vault-view.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

export const UNITS = 10_000n;

const hash = (digit: string): Hex => `0x${digit.repeat(64)}`;
const address = (digit: string): Hex => `0x${digit.repeat(40)}`;

const NONE = { gross: 0n, reversed: 0n, net: 0n };

export const FIGURES: ServicerReportFigures = {
  collectionFrom: '2020-07-01',
  collectionTo: '2020-07-31',
  loans: 7_465,
  poolOpening: 18_363_940_443n,
  poolClosing: 18_155_351_571n,
  interestCollected: { gross: 162_147_824n, reversed: 0n, net: 162_147_824n },
  principal: { gross: 211_465_016n, reversed: 2_876_144n, net: 208_588_872n },
  recoveries: NONE,
  repurchaseProceeds: NONE,
  chargeOffs: NONE,
  otherPrincipalAdjustment: 0n,
  otherCollected: 1_328_062n,
  availableCollections: 370_736_696n,
  payoffs: { count: 0, amount: 0n },
  reversalRows: 78,
  extensions: 0,
  delinquency: [
    { bucket: '0', loans: 6_576, balance: 16_000_232_427n },
    { bucket: '1-30', loans: 851, balance: 2_081_144_272n },
    { bucket: '31-60', loans: 34, balance: 68_405_432n },
    { bucket: '61-90', loans: 3, balance: 4_448_484n },
    { bucket: '91-120', loans: 1, balance: 1_120_956n },
    { bucket: '>120', loans: 0, balance: 0n },
  ],
  notRolling: [],
  outsidePool: 107,
  findings: [],
};

export const COMPILED: CompiledDeal = compiledDeal({
  dealId: 'auto-2020',
  document: DOCUMENT,
  cutOffPool: '183639404.43',
});

function settled(): RunResult {
  const inputs = encodeInputs(COMPILED, {
    poolOpening: FIGURES.poolOpening,
    poolClosing: FIGURES.poolClosing,
    'interestCollected+': 162_147_824n,
    'interestCollected-': 0n,
    'principalCollected+': 211_465_016n,
    'principalCollected-': 2_876_144n,
    recoveries: 0n,
    repurchaseProceeds: 0n,
    chargeOffs: 0n,
  });
  return execute(COMPILED.program, { period: 1, inputs, deposit: 370_736_696n, state: COMPILED.initialState });
}

function books(run: RunResult): JournalEntry[] {
  const base = { deal: 'auto-2020', unitsPerCent: UNITS, period: 1, date: '2020-08-17' };
  const accounts = [{ name: 'reserve', funded: 183_639_404n }];
  const { tranches } = COMPILED;
  return [
    ...journalForClosing(base, { date: '2020-07-15', tranches, accounts, cutOffPool: 18_363_940_443n }),
    journalForDeposit(base, { key: '0xaa/0', amount: 370_736_696n }),
    ...journalForSettlement({ ...base, places: placesOf(COMPILED, 'suspense') }, explainRun(COMPILED, run)),
  ];
}

export const VAULT: VaultView = {
  block: 42,
  unitsPerCent: UNITS,
  // collection, reserve, suspense; then the notes' balances.
  state: [0n, 183_639_404n, 0n, 14_446_281_484n, 1_444_618_315n, 902_800_404n],
  pendingDeposit: 0n,
  unclaimed: 295_051_777n * UNITS,
  owed: [15_303_284n * UNITS, 306_066n * UNITS, 60_075_569n * UNITS],
  liabilities: 554_376_100n * UNITS,
};

/** A fresh copy of the settled period's facts each time; specs change it. */
export function settledPeriod(): ReportFacts {
  const run = settled();
  return {
    deal: readDocument(DOCUMENT),
    compiled: COMPILED,
    dates: COMPILED.periods[0] as Period,
    cutOffPool: 18_363_940_443n,
    loansAtCutOff: 7_465,
    figures: structuredClone(FIGURES),
    loans: [loan('a', 300_000n, 200_000n), loan('b', 100_000n, 100_000n)],
    tape: {
      rows: 7_572,
      findings: [{ rule: 'reversal-row', weight: 'warns', count: 78, message: 'a returned payment' }],
      excluded: 107,
      exclusions: [{ reason: 'no balance outstanding at the cut-off date', loans: 107, balance: 0n }],
    },
    run,
    payment: {
      transactionHash: hash('7'),
      reportDigest: hash('3'),
      resultHash: run.resultHash,
      stateHash: run.stateHash,
      joint: false,
    },
    tapeRoot: hash('6'),
    cumulativeNetLoss: 0n,
    journal: books(run),
    vault: VAULT,
    standing: COMPILED,
    comparedOn: '2020-08-17',
    chainId: 31_337n,
    vaultAddress: address('a'),
    tokens: { A: address('b'), B: address('c'), C: address('d') },
  };
}
