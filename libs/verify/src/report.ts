import { PARTIES, recoverReportSigner, reportDigest, reportDomain, type ServicerReportMessage } from '@weir/bindings';
import { parseMoney, type Hex } from '@weir/money';
import { encodeInputs } from '@weir/waterfall';
import { chainIdOf } from './chain.js';
import { exactMembers, same, sameAddress } from './compare.js';
import type { ProvenDeal } from './deal.js';
import { FileUnusable, Mismatch } from './errors.js';
import { jsonOfFile } from './files.js';
import type { ReplayedPeriod } from './replay.js';
import { signersAt, submissionOf } from './submission.js';
import type { PublishedFiles, Rpc } from './types.js';

const MEMBERS = [
  ...['period', 'revision', 'collectionFrom', 'collectionTo', 'inputs', 'tapeRoot', 'sums', 'previousStateHash'],
  ...['digest', 'servicerSignature', 'trusteeSignature', 'servicer', 'trustee'],
];

/** Path of a period's published file. */
export const pathOf = (period: number, name: string): string => `period-${period}/${name}`;

/** Amounts by name as they are published: decimal strings in cents. @throws FileUnusable, MoneyFormatError */
export function amountsOf(path: string, member: string, value: unknown): Record<string, bigint> {
  if (typeof value !== 'object' || value === null) throw new FileUnusable(path, `${member} is not a list of amounts`);
  const entries = Object.entries(value).map(([name, amount]): [string, bigint] => {
    if (typeof amount !== 'string') throw new FileUnusable(path, `${member}.${name} is not a decimal string`);
    return [name, parseMoney(amount)];
  });
  return Object.fromEntries(entries);
}

/** The published account must have been a signer for the party when the report was submitted. */
function checkParty(name: string, published: unknown, party: number, signers: ReadonlyMap<string, number>): string {
  const account = typeof published === 'string' ? published.toLowerCase() : '';
  const [only, ...others] = [...signers].flatMap(([signer, parties]) => ((parties & party) === 0 ? [] : [signer]));
  if (((signers.get(account) ?? 0) & party) !== 0) {
    // One letter in another case would be an edit that nothing shows.
    sameAddress(name, published, account);
    return account;
  }
  if (only !== undefined && others.length === 0) sameAddress(name, published, only);
  throw new Mismatch(`${name} was no signer of that party when the report was submitted: take the published report`);
}

function checkSignature(
  name: string,
  published: unknown,
  digestOf: (signature: string) => string,
  party: string,
): void {
  // One spelling a signature: others (v as 0 or 29, upper case) would recover to the same party.
  if (typeof published !== 'string' || !/^0x[0-9a-f]{128}1[bc]$/.test(published)) {
    throw new Mismatch(
      `${name} is not 65 bytes of lower-case hexadecimal ending in 1b or 1c: take the published report`,
    );
  }
  sameAddress(`the signer of ${name}`, digestOf(published), party);
}

function checkInputs(path: string, deal: ProvenDeal, published: unknown, onChain: readonly bigint[]): void {
  const words = encodeInputs(deal.compiled, amountsOf(path, 'inputs', published));
  const names = deal.compiled.inputs.flatMap((item) => item.slots);
  words.forEach((word, index) => same(`${names[index]} of ${path}, in cents,`, String(word), String(onChain[index])));
}

/**
 * Every member of the published servicer report against what was settled: inputs, root, state, digest, parties and
 * their signatures. Its `sums` are held against the rows elsewhere. @throws Mismatch, FileUnusable, ChainUnreadable
 */
export async function checkReport(
  rpc: Rpc,
  files: PublishedFiles,
  deal: ProvenDeal,
  { settled, previousStateHash }: ReplayedPeriod,
): Promise<void> {
  const path = pathOf(settled.period, 'servicer-report.json');
  const report = jsonOfFile(files, path);
  exactMembers(path, report, MEMBERS, []);
  const dates = deal.compiled.periods[settled.period - 1];
  if (report.period !== settled.period) throw new Mismatch(`${path} is of period ${String(report.period)}`);
  same(`collectionFrom of ${path}`, report.collectionFrom, dates?.collectionFrom ?? '');
  same(`collectionTo of ${path}`, report.collectionTo, dates?.collectionTo ?? '');
  same(`tapeRoot of ${path}`, report.tapeRoot, settled.tapeRoot);
  same(`previousStateHash of ${path}`, report.previousStateHash, previousStateHash);
  checkInputs(path, deal, report.inputs, settled.inputs);
  const submission = await submissionOf(rpc, deal.vault, settled);
  if (report.revision !== submission.revision)
    throw new Mismatch(`${path} is of revision ${String(report.revision)} where ${submission.revision} was settled`);
  const domain = reportDomain(await chainIdOf(rpc), deal.vault);
  const message: ServicerReportMessage = {
    programHash: deal.compiled.program.hash,
    period: settled.period,
    revision: submission.revision,
    previousStateHash: previousStateHash as Hex,
    tapeRoot: settled.tapeRoot as Hex,
    inputs: settled.inputs,
  };
  same(`digest of ${path}`, report.digest, reportDigest(domain, message));
  same(`digest of ${path}`, report.digest, settled.reportDigest);
  const signers = await signersAt(rpc, deal.vault, submission);
  const servicer = checkParty(`servicer of ${path}`, report.servicer, PARTIES.SERVICER, signers);
  const trustee = checkParty(`trustee of ${path}`, report.trustee, PARTIES.TRUSTEE, signers);
  const signer = (signature: string): string => recoverReportSigner(domain, message, signature);
  checkSignature(`servicerSignature of ${path}`, report.servicerSignature, signer, servicer);
  checkSignature(`trusteeSignature of ${path}`, report.trusteeSignature, signer, trustee);
}
