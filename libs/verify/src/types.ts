/** A JSON-RPC call to a node, given by the caller: this library opens no connection. */
export type Rpc = (method: string, params: unknown[]) => Promise<unknown>;

/**
 * Published files of a deal folder by their path in it, as the bytes that were published. All JSON is canonical and has
 * these members and no others:
 * - deal.yaml: the document; manifest.json: chainId, vault, tokens (by tranche), programHash, documentHash, cutOffPool,
 *   and any of cash, registry, offering, program;
 * - period-N/servicer-report.json: period, revision, collectionFrom, collectionTo, inputs (by input slot), tapeRoot, sums (by
 *   column of the rows), previousStateHash, digest, servicerSignature, trusteeSignature, servicer, trustee;
 * - period-N/loans.csv: salted rows; period-N/loan-proof.json: row (line in loans.csv), loanKey, salt, leaf, proof;
 * - period-N/trace.json, where published: period, programHash, resultHash, steps.
 * Amounts are decimal strings; addresses are in lower case or with their checksum.
 */
export type PublishedFiles = Readonly<Record<string, Uint8Array | undefined>>;

/** Which of the three proofs a tick stands for. */
export type TickId = 'inputs' | 'rows' | 'loan';

/** One tick: what was proven, or what differs and what to do about it. */
export interface Tick {
  id: TickId;
  ok: boolean;
  title: string;
  detail: string;
}
