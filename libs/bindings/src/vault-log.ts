import { Interface } from 'ethers';
import { DealVault } from './generated/index.js';
import type { Hex } from './hex.js';

/** A log as a node returns it. */
export interface RawLog {
  topics: readonly string[];
  data: string;
}

/** An event of the vault. Cash is in base units of the stablecoin; deposit, inputs, outputs and state are program words. */
export type VaultEvent =
  | { name: 'Opened'; stateHash: Hex; initialState: bigint[] }
  | { name: 'Deposited'; by: string; amount: bigint; pendingAfter: bigint }
  | {
      name: 'Settled';
      period: number;
      reportDigest: Hex;
      resultHash: Hex;
      stateHash: Hex;
      tapeRoot: Hex;
      joint: boolean;
      deposit: bigint;
      inputs: bigint[];
      outputs: bigint[];
    }
  | { name: 'ReportSubmitted'; period: number; digest: Hex; revision: number; settleAfter: number }
  | { name: 'ReportDisputed'; digest: Hex; by: string; reasonHash: Hex }
  | { name: 'DisputeDismissed'; digest: Hex; reasonHash: Hex }
  | { name: 'ReportWithdrawn'; digest: Hex; by: string }
  | { name: 'StoppedSet'; stopped: boolean }
  | {
      name: 'Amended';
      fromPeriod: number;
      programHash: Hex;
      documentHash: Hex;
      mappingHash: Hex;
      stateHash: Hex;
      state: bigint[];
    }
  | { name: 'Withdrawn'; payee: number; to: string; amount: bigint };

const vaultInterface = new Interface(DealVault.abi);

/** The vault's event in a log, or null when the log is none of these events. */
export function decodeVaultLog(log: RawLog): VaultEvent | null {
  const parsed = vaultInterface.parseLog({ topics: [...log.topics], data: log.data });
  if (!parsed) return null;
  const { args } = parsed;
  switch (parsed.name) {
    case 'Opened':
      return { name: 'Opened', stateHash: args.stateHash, initialState: [...args.initialState] };
    case 'Deposited':
      return { name: 'Deposited', by: args.by, amount: args.amount, pendingAfter: args.pendingAfter };
    case 'Settled':
      return {
        name: 'Settled',
        period: Number(args.period),
        reportDigest: args.reportDigest,
        resultHash: args.resultHash,
        stateHash: args.stateHash,
        tapeRoot: args.tapeRoot,
        joint: args.joint,
        deposit: args.deposit,
        inputs: [...args.inputs],
        outputs: [...args.outputs],
      };
    case 'ReportSubmitted':
      return {
        name: 'ReportSubmitted',
        period: Number(args.period),
        digest: args.digest,
        revision: Number(args.revision),
        settleAfter: Number(args.settleAfter),
      };
    case 'ReportDisputed':
      return { name: 'ReportDisputed', digest: args.digest, by: args.by, reasonHash: args.reasonHash };
    case 'DisputeDismissed':
      return { name: 'DisputeDismissed', digest: args.digest, reasonHash: args.reasonHash };
    case 'ReportWithdrawn':
      return { name: 'ReportWithdrawn', digest: args.digest, by: args.by };
    case 'Amended':
      return {
        name: 'Amended',
        fromPeriod: Number(args.fromPeriod),
        programHash: args.programHash,
        documentHash: args.documentHash,
        mappingHash: args.mappingHash,
        stateHash: args.stateHash,
        state: [...args.state],
      };
    case 'StoppedSet':
      return { name: 'StoppedSet', stopped: args.stopped };
    case 'Withdrawn':
      return { name: 'Withdrawn', payee: Number(args.payee), to: args.to, amount: args.amount };
    default:
      return null;
  }
}
