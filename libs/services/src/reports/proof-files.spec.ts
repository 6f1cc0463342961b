import { describe, expect, it } from '@jest/globals';
import { SigningKey, computeAddress } from 'ethers';
import {
  buildSumTree,
  leafFromJson,
  loanLeafId,
  LOAN_SUM_COLUMNS,
  loanSums,
  proofFromJson,
  sortLeaves,
  verifySumProof,
} from '@weir/audit';
import { loanParts } from '@weir/collateral';
import { canonicalJson, type Hex } from '@weir/money';
import { dealFiles } from './deal-files.js';
import { loanProofJson, provenLoan, servicerReportJson } from './proof-files.js';
import { loan } from '../tapes/loan-month.fixture.js';
import { COMPILED } from './settled-period.fixture.js';

const SALT: Hex = `0x${'ab'.repeat(32)}`;
const PLEDGE_SALT: Hex = `0x${'cd'.repeat(32)}`;
const LOANS = [loan('one', 500_000n, 480_000n), loan('two', 900_000n, 880_000n), loan('three', 100n, 0n)];
const ROWS = sortLeaves(
  LOANS.map((month) => ({ month, id: loanLeafId(month.key, SALT), sums: loanSums(loanParts(month)) })),
);
const leaves = ROWS.map(({ id, sums }) => ({ id, sums }));

const hash = (digit: string): Hex => `0x${digit.repeat(64)}`;
const address = (digit: string): Hex => `0x${digit.repeat(40)}`;

describe('loan-proof.json', () => {
  it('shows the loan with the largest closing balance, of equals the first', () => {
    expect(provenLoan(LOANS)).toBe(1);
    expect(provenLoan([{ closing: 0n }, { closing: 5n }, { closing: 5n }])).toBe(1);
    expect(provenLoan([{ closing: 0n }])).toBe(0);
  });

  it('proves that loan under the root, on its line of loans.csv', () => {
    const index = provenLoan(ROWS.map(({ month }) => month));
    const text = loanProofJson(leaves, { index, loanKey: 'two', salt: SALT, pledgeSalt: PLEDGE_SALT });
    const published = JSON.parse(text) as Record<string, unknown>;
    expect(text).toBe(canonicalJson(published));
    expect(Object.keys(published).sort()).toEqual(['leaf', 'loanKey', 'pledgeSalt', 'proof', 'row', 'salt']);
    const leaf = leafFromJson(published['leaf']);
    const proof = proofFromJson(published['proof']);
    expect(leaf.id).toBe(loanLeafId('two', SALT));
    expect(published['row']).toBe(proof.index + 2);
    expect(published['pledgeSalt']).toBe(PLEDGE_SALT);
    const { root } = buildSumTree(leaves);
    expect(verifySumProof(leaf, proof, root)).toBe(true);
    expect(verifySumProof({ ...leaf, sums: leaf.sums.map((sum) => sum + 1n) }, proof, root)).toBe(false);
  });
});

const SERVICER = new SigningKey(hash('6'));
const TRUSTEE = new SigningKey(hash('7'));

describe('servicer-report.json', () => {
  const signed = {
    period: 1,
    revision: 2,
    // poolOpening, poolClosing, then each signed item's two slots.
    inputs: ['1400100', '1360000', '7', '0', '40100', '300', '0', '0', '0', '0', '0', '0'],
    tapeRoot: hash('1'),
    previousStateHash: hash('2'),
    digest: hash('3'),
    servicerSignature: SERVICER.sign(hash('3')).serialized as Hex,
    trusteeSignature: TRUSTEE.sign(hash('3')).serialized as Hex,
  };
  const dates = { collectionFrom: '2020-07-01', collectionTo: '2020-07-31' };
  const text = servicerReportJson(COMPILED, signed, { ...dates, leaves });
  const published = JSON.parse(text) as Record<string, Record<string, string>>;

  it('has exactly the members that weir verify takes, in canonical form', () => {
    expect(text).toBe(canonicalJson(published));
    expect(Object.keys(published)).toEqual([
      ...['collectionFrom', 'collectionTo', 'digest', 'inputs', 'period', 'previousStateHash', 'revision'],
      ...['servicer', 'servicerSignature', 'sums', 'tapeRoot', 'trustee', 'trusteeSignature'],
    ]);
  });

  it('names the accounts that signed', () => {
    expect(published).toMatchObject({
      servicer: computeAddress(SERVICER),
      trustee: computeAddress(TRUSTEE),
      revision: 2,
    });
  });

  it('states inputs by slot name and sums by column, as decimal strings', () => {
    expect(published['inputs']).toMatchObject({
      poolOpening: '14001.00',
      'interestCollected+': '0.07',
      'principalCollected-': '3.00',
    });
    // 5,000 + 9,000 + 1; 4,800 + 8,800; principal 200 + 200 + 1.
    const sums = published['sums'] ?? {};
    expect(Object.keys(sums).sort()).toEqual([...LOAN_SUM_COLUMNS].sort());
    expect(sums).toMatchObject({ opening: '14001.00', closing: '13600.00', principalGross: '401.00' });
  });
});

describe("the deal's own files", () => {
  it('keep the document to the byte and name the deal on chain', () => {
    const [document, manifest] = dealFiles('weir: 1 # ü\n', {
      chainId: 31_337n,
      vault: address('a'),
      cash: address('b'),
      registry: address('c'),
      offering: address('d'),
      pledges: null,
      tokens: { A: address('e') },
      programHash: hash('8'),
      documentHash: hash('9'),
      cutOffPool: 18_363_940_443n,
    });
    expect(document?.bytes).toEqual(new TextEncoder().encode('weir: 1 # ü\n'));
    const stated = JSON.parse(new TextDecoder().decode(manifest?.bytes)) as Record<string, unknown>;
    expect(stated).toMatchObject({ chainId: '31337', tokens: { A: address('e') }, cutOffPool: '183639404.43' });
    expect(stated).not.toHaveProperty('pledges');
  });
});
