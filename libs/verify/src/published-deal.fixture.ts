/**
 * A chain in memory that answers what a node would about one settled deal, and the files its parties published. The
 * deal is the repository's template over the real tape's pool; five loans stand for the pool.
 */
import { buildSumTree, LOAN_SUM_COLUMNS, loanLeafId, leafToJson, namedSums, proofToJson, rowsToCsv } from '@weir/audit';
import { abis, reportDigest, reportDomain, signersOf } from '@weir/bindings';
import { parseDeal, type Deal } from '@weir/deal';
import { canonicalJson, formatMoney, hexOf, type Hex } from '@weir/money';
import { compileDeal, encodeInputs, execute, explainRun, stateHashOf, type CompiledDeal } from '@weir/waterfall';
import { Interface, SigningKey, computeAddress, toBeHex, type InterfaceAbi } from 'ethers';
import type { Rpc } from './types.js';

export const VAULT = `0x${'a1'.repeat(20)}`;
export const CHAIN_ID = 31337n;
const NOTHING = `0x${'00'.repeat(32)}`;
const PROGRAM = `0x${'b2'.repeat(20)}`;
const CONTROL = `0x${'c7'.repeat(20)}`;
const TOKENS = ['c3', 'd4', 'e5'].map((pair) => `0x${pair.repeat(20)}`);
const CUT_OFF_POOL = 18_363_940_443n;
const SERVICER = new SigningKey(`0x${'11'.repeat(32)}`);
const TRUSTEE = new SigningKey(`0x${'22'.repeat(32)}`);
const vaultInterface = new Interface(abis.DealVault as InterfaceAbi);
const controlInterface = new Interface(abis.DealControl as InterfaceAbi);
/** The registry in which the shown loan is pledged to this deal, another loan to another, and a third was released in period 1. */
export const PLEDGES = `0x${'f6'.repeat(20)}`;
export const OTHER_VAULT = `0x${'07'.repeat(20)}`;
export const PLEDGE_SALT: Hex = `0x${'5a'.repeat(32)}`;
const pledgeInterface = new Interface(abis.PledgeRegistry as InterfaceAbi);
const pledgedTo = (key: string): string => {
  if (key === loanLeafId(shownLoanKey(LOANS - 1), PLEDGE_SALT)) return VAULT;
  return key === loanLeafId(shownLoanKey(0), PLEDGE_SALT) ? OTHER_VAULT : `0x${'00'.repeat(20)}`;
};

interface Log {
  address: string;
  topics: string[];
  data: string;
  blockNumber?: string;
  logIndex?: string;
}

/** Pool totals of a period in cents: July is the real tape's, August is made up and has a loss. */
const TOTALS: Record<number, Record<string, bigint>> = {
  1: {
    opening: CUT_OFF_POOL,
    closing: 18_155_351_571n,
    interestGross: 162_147_824n,
    principalGross: 211_465_016n,
    principalReversed: 2_876_144n,
  },
  2: {
    opening: 18_155_351_571n,
    closing: 17_954_351_571n,
    interestGross: 160_000_000n,
    principalGross: 200_000_000n,
    chargeOffGross: 1_500_000n,
    adjustmentRaising: 500_000n,
    recoveryGross: 20_000n,
  },
};

const LOANS = 5;
const shownLoanKey = (index: number): string => `LOAN-${index}|25000|${700 + index}`;

/** Five loans: four of a tenth of each total, the last of the rest, so that they add up exactly. */
function loansOf(period: number) {
  const leaves = Array.from({ length: LOANS }, (_, index) => {
    const loanKey = shownLoanKey(index);
    const salt = toBeHex(1000 * period + index, 32) as Hex;
    const sums = LOAN_SUM_COLUMNS.map((column) => {
      const total = TOTALS[period]?.[column] ?? 0n;
      const tenth = total / 10n;
      return index < LOANS - 1 ? tenth : total - BigInt(LOANS - 1) * tenth;
    });
    return { loanKey, salt, leaf: { id: loanLeafId(loanKey, salt), sums } };
  });
  return { leaves, tree: buildSumTree(leaves.map(({ leaf }) => leaf)) };
}

function inputsOf(sums: bigint[]): Record<string, bigint> {
  const total = namedSums(sums);
  return {
    poolOpening: total.opening,
    poolClosing: total.closing,
    'interestCollected+': total.interestGross,
    'interestCollected-': total.interestReversed,
    'principalCollected+': total.principalGross,
    'principalCollected-': total.principalReversed,
    'recoveries+': total.recoveryGross,
    'recoveries-': total.recoveryReversed,
    'repurchaseProceeds+': total.repurchaseGross,
    'repurchaseProceeds-': total.repurchaseReversed,
    'chargeOffs+': total.chargeOffGross,
    'chargeOffs-': total.chargeOffReversed,
  };
}

const texts = (amounts: Record<string, bigint>) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatMoney(amount)]));

/** Signs, settles and publishes one period; returns the state after it. */
function settle(compiled: CompiledDeal, period: number, state: bigint[], logs: Log[], files: Record<string, string>) {
  const { leaves, tree } = loansOf(period);
  const values = inputsOf(tree.sums);
  const inputs = encodeInputs(compiled, values);
  const sum = (...names: string[]) =>
    names.reduce((total, name) => total + (values[`${name}+`] ?? 0n) - (values[`${name}-`] ?? 0n), 0n);
  const deposit = sum('interestCollected', 'principalCollected', 'recoveries', 'repurchaseProceeds');
  const run = execute(compiled.program, { period, inputs, deposit, state });
  const previousStateHash = stateHashOf(state);
  const programHash = compiled.program.hash;
  const message = { programHash, period, revision: 0, previousStateHash, tapeRoot: tree.root, inputs };
  const digest = reportDigest(reportDomain(CHAIN_ID, VAULT), message);
  const submitted = vaultInterface.encodeEventLog('ReportSubmitted', [period, digest, 0, 0]);
  logs.push({ address: VAULT, ...submitted });
  const settled = [period, digest, run.resultHash, run.stateHash, tree.root, false, deposit, inputs, run.outputs];
  logs.push({ address: VAULT, ...vaultInterface.encodeEventLog('Settled', settled) });
  const dates = compiled.periods[period - 1];
  files[`period-${period}/servicer-report.json`] = canonicalJson({
    period,
    revision: 0,
    collectionFrom: dates?.collectionFrom,
    collectionTo: dates?.collectionTo,
    inputs: texts(values),
    tapeRoot: tree.root,
    sums: texts(namedSums(tree.sums)),
    previousStateHash,
    digest,
    servicerSignature: SERVICER.sign(digest).serialized,
    trusteeSignature: TRUSTEE.sign(digest).serialized,
    servicer: computeAddress(SERVICER),
    trustee: computeAddress(TRUSTEE).toLowerCase(),
  });
  const steps = explainRun(compiled, run).map((step) => ({
    ...step,
    due: formatMoney(step.due),
    paid: formatMoney(step.paid),
    short: formatMoney(step.short),
  }));
  const trace = { period, programHash: compiled.program.hash, resultHash: run.resultHash, steps };
  files[`period-${period}/trace.json`] = canonicalJson(trace);
  files[`period-${period}/loans.csv`] = rowsToCsv(leaves.map(({ leaf }) => leaf));
  const proofOf = (index: number): object => {
    const shown = leaves[index];
    return {
      row: index + 2,
      loanKey: shown?.loanKey,
      salt: shown?.salt,
      leaf: shown && leafToJson(shown.leaf),
      proof: proofToJson(tree.proof(index)),
    };
  };
  files[`period-${period}/loan-proof.json`] = canonicalJson({ ...proofOf(LOANS - 1), pledgeSalt: PLEDGE_SALT });
  for (let index = 0; index < LOANS; index++)
    files[`given/${period}-${index}.json`] = canonicalJson({ ...proofOf(index), pledgeSalt: PLEDGE_SALT });
  return run.state;
}

function nodeOf(compiled: CompiledDeal, logs: Log[]): Rpc {
  const views: Record<string, unknown> = {
    programHash: compiled.program.hash,
    documentHash: compiled.documentHash,
    program: PROGRAM,
    tokens: TOKENS,
    control: CONTROL,
  };
  const call = ({ to, data }: { to: string; data: string }): string => {
    if (to.toLowerCase() === PLEDGES) {
      const { name = '' } = pledgeInterface.getFunction(data.slice(0, 10)) ?? {};
      const [argument] = pledgeInterface.decodeFunctionData(name, data) as unknown as [string];
      const answer = name === 'pledgedTo' ? pledgedTo(argument) : argument.toLowerCase() === VAULT;
      return pledgeInterface.encodeFunctionResult(name, [answer]);
    }
    if (to.toLowerCase() === CONTROL) {
      const { program, documentHash } = compiled;
      const era = { fromPeriod: 1, program: PROGRAM, programHash: program.hash, documentHash, mappingHash: NOTHING };
      return controlInterface.encodeFunctionResult('programOf', [era]);
    }
    const name = vaultInterface.getFunction(data.slice(0, 10))?.name ?? '';
    if (to.toLowerCase() !== VAULT || !(name in views)) return '0x';
    return vaultInterface.encodeFunctionResult(name, [views[name]]);
  };
  const logsFor = (filter: { address?: string; topics: string[] }): Log[] =>
    logs
      .map((log, index) => ({ ...log, blockNumber: toBeHex(index + 1), logIndex: '0x0' }))
      .filter(
        (log) =>
          (filter.address === undefined || filter.address.toLowerCase() === log.address) &&
          filter.topics.every((topic, index) => topic === log.topics[index]),
      );
  return (method, params) => {
    switch (method) {
      case 'eth_chainId':
        return Promise.resolve(toBeHex(CHAIN_ID));
      case 'eth_getCode':
        return Promise.resolve(
          String(params[0]).toLowerCase() === PROGRAM ? `0x00${hexOf(compiled.program.bytes).slice(2)}` : '0x',
        );
      case 'eth_call':
        return Promise.resolve(call(params[0] as { to: string; data: string }));
      default:
        return Promise.resolve(logsFor(params[0] as { topics: string[] }));
    }
  };
}

/** The deal of a document, settled for two periods: what a node answers, and the published files. */
export function publishedDeal(yaml: string): { rpc: Rpc; files: Record<string, Uint8Array>; logs: Log[] } {
  const compiled = compileDeal(parseDeal(yaml).deal as Deal, { cutOffPool: CUT_OFF_POOL });
  const { program, documentHash, initialState } = compiled;
  const files: Record<string, string> = { 'deal.yaml': yaml };
  const [servicer, trustee] = [SERVICER, TRUSTEE].map((key) => computeAddress(key)) as [string, string];
  const quorum = [signersOf({ SERVICER: servicer, TRUSTEE: trustee, CALCULATION_AGENT: servicer }), 2];
  const logs: Log[] = [
    { address: CONTROL, ...controlInterface.encodeEventLog('SignersSet', [quorum]) },
    { address: VAULT, ...vaultInterface.encodeEventLog('Opened', [stateHashOf(initialState), initialState]) },
  ];
  let state = initialState;
  for (const period of [1, 2]) state = settle(compiled, period, state, logs, files);
  const [pledged, released] = [LOANS - 1, 2].map((index) => loanLeafId(shownLoanKey(index), PLEDGE_SALT));
  logs.push({ address: PLEDGES, ...pledgeInterface.encodeEventLog('Pledged', [VAULT, [pledged, released]]) });
  logs.push({ address: PLEDGES, ...pledgeInterface.encodeEventLog('Released', [VAULT, released, 1]) });
  files['manifest.json'] = canonicalJson({
    chainId: Number(CHAIN_ID),
    vault: VAULT,
    tokens: Object.fromEntries(compiled.tranches.map(({ name }, index) => [name, TOKENS[index]])),
    programHash: program.hash,
    documentHash,
    cutOffPool: formatMoney(CUT_OFF_POOL),
    pledges: PLEDGES,
  });
  const encoder = new TextEncoder();
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  return { rpc: nodeOf(compiled, logs), files: bytes, logs };
}
