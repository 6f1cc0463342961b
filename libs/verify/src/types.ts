/** A JSON-RPC call to a node, given by the caller: this library opens no connection. */
export type Rpc = (method: string, params: unknown[]) => Promise<unknown>;

/**
 * Published files of a deal folder by their path in it, as the bytes that were published. All JSON is canonical and has
 * these members and no others:
 * - deal.yaml: the document; amended-N.yaml: the one that pays from period N on, where the deal was amended; manifest.json: chainId, vault, tokens (by tranche), programHash, documentHash, cutOffPool,
 *   and any of cash, registry, offering, program, pledges;
 * - period-N/servicer-report.json: period, revision, collectionFrom, collectionTo, inputs (by input slot), tapeRoot, sums (by
 *   column of the rows), previousStateHash, digest, servicerSignature, trusteeSignature, servicer, trustee;
 * - period-N/loans.csv: salted rows; period-N/loan-proof.json: row (line in loans.csv), loanKey, salt, leaf, proof, and
 *   pledgeSalt where the loan's pledge is shown too;
 * - period-N/trace.json, where published: period, programHash, resultHash, steps.
 * Amounts are decimal strings; addresses are in lower case or with their checksum.
 */
export type PublishedFiles = Readonly<Record<string, Uint8Array | undefined>>;

/** Which proof a tick stands for: the three of a payment date, and the pledge of a loan. */
export type TickId = 'inputs' | 'rows' | 'loan' | 'pledge';

/** One tick: what was proven, or what differs and what to do about it. */
export interface Tick {
  id: TickId;
  ok: boolean;
  title: string;
  detail: string;
}
