import { describe, expect, it } from '@jest/globals';
import { AbiCoder, TypedDataEncoder, Wallet, concat, keccak256, toUtf8Bytes } from 'ethers';
import {
  dismissalDigest,
  inSignerOrder,
  jointDigest,
  jointTypes,
  recoverJointSigner,
  recoverReportSigner,
  reportDigest,
  reportDomain,
  reportTypes,
  signersOf,
  type Hex,
} from './index.js';

const coder = AbiCoder.defaultAbiCoder();
const word = (byte: string): Hex => `0x${byte.repeat(32)}`;
const domain = reportDomain(31337n, '0x00000000000000000000000000000000000000aa');
const report = {
  programHash: word('11'),
  period: 7,
  revision: 2,
  previousStateHash: word('22'),
  tapeRoot: word('33'),
  inputs: [1n, 2n ** 127n],
};
const servicer = new Wallet(word('5a'));

/** EIP-712 written out step by step, as contracts/src/vault/ReportHashes.sol does. */
function digestByHand(structHash: string): string {
  const domainType = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)';
  const separator = keccak256(
    coder.encode(
      ['bytes32', 'bytes32', 'bytes32', 'uint256', 'address'],
      [
        keccak256(toUtf8Bytes(domainType)),
        keccak256(toUtf8Bytes('Weir')),
        keccak256(toUtf8Bytes('1')),
        31337n,
        domain.verifyingContract,
      ],
    ),
  );
  return keccak256(concat(['0x1901', separator, structHash]));
}

describe('the digests that the parties sign', () => {
  it('of a report is EIP-712 of its fields, the inputs hashed as packed words', () => {
    const type =
      'ServicerReport(bytes32 programHash,uint32 period,uint32 revision,bytes32 previousStateHash,bytes32 tapeRoot,' +
      'uint256[] inputs)';
    const inputs = keccak256(coder.encode(['uint256', 'uint256'], [1n, 2n ** 127n]));
    const structHash = keccak256(
      coder.encode(
        ['bytes32', 'bytes32', 'uint256', 'uint256', 'bytes32', 'bytes32', 'bytes32'],
        [keccak256(toUtf8Bytes(type)), word('11'), 7n, 2n, word('22'), word('33'), inputs],
      ),
    );
    expect(reportDigest(domain, report)).toBe(digestByHand(structHash));
    expect(reportDigest(domain, report)).toBe(TypedDataEncoder.hash(domain, reportTypes, report));
  });

  it('of a joint settlement names the report and the cash', () => {
    const joint = { reportDigest: word('44'), cashHeld: 370_736_696n };
    const type = keccak256(toUtf8Bytes('JointSettlement(bytes32 reportDigest,uint256 cashHeld)'));
    const structHash = keccak256(coder.encode(['bytes32', 'bytes32', 'uint256'], [type, word('44'), joint.cashHeld]));
    expect(jointDigest(domain, joint)).toBe(digestByHand(structHash));
    expect(jointDigest(domain, joint)).toBe(TypedDataEncoder.hash(domain, jointTypes, joint));
  });

  it('of a dismissal names the report and the reason', () => {
    const dismissal = { reportDigest: word('44'), reasonHash: word('55') };
    const type = keccak256(toUtf8Bytes('DisputeDismissal(bytes32 reportDigest,bytes32 reasonHash)'));
    const structHash = keccak256(coder.encode(['bytes32', 'bytes32', 'bytes32'], [type, word('44'), word('55')]));
    expect(dismissalDigest(domain, dismissal)).toBe(digestByHand(structHash));
  });

  it('change with the chain, the vault and every field', () => {
    const digests = [
      reportDigest(domain, report),
      reportDigest(reportDomain(1n, domain.verifyingContract), report),
      reportDigest(reportDomain(31337n, '0x00000000000000000000000000000000000000ab'), report),
      reportDigest(domain, { ...report, programHash: word('12') }),
      reportDigest(domain, { ...report, period: 8 }),
      reportDigest(domain, { ...report, period: 2, revision: 7 }),
      reportDigest(domain, { ...report, revision: 3 }),
      reportDigest(domain, { ...report, previousStateHash: word('23') }),
      reportDigest(domain, { ...report, tapeRoot: word('34') }),
      reportDigest(domain, { ...report, inputs: [2n ** 127n, 1n] }),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('the signer of a signature', () => {
  it('is recovered from a wallet that signs typed data', async () => {
    const signature = await servicer.signTypedData(domain, reportTypes, report);
    expect(recoverReportSigner(domain, report, signature)).toBe(servicer.address);
    expect(recoverReportSigner(domain, { ...report, period: 8 }, signature)).not.toBe(servicer.address);
    const joint = { reportDigest: reportDigest(domain, report), cashHeld: 5n };
    const agreed = await servicer.signTypedData(domain, jointTypes, joint);
    expect(recoverJointSigner(domain, joint, agreed)).toBe(servicer.address);
  });
});

describe('lists of signers', () => {
  // By number: 0x09… comes before 0xA…, whatever the spelling.
  const [low, middle, high] = ['09', 'Ab', 'ff'].map((byte) => `0x${byte.repeat(20)}`) as [string, string, string];

  it('are in increasing order of their addresses, an account of several parties once', () => {
    const signers = signersOf({
      SERVICER: high,
      TRUSTEE: low,
      CALCULATION_AGENT: high.toUpperCase().replace('X', 'x'),
    });
    expect(signers).toEqual([
      { account: low, parties: 2 },
      { account: high, parties: 1 + 4 },
    ]);
  });

  it('order signatures by who signed', () => {
    const signature = word('00');
    const given = [high, low, middle].map((signer) => ({ signer, signature }));
    expect(inSignerOrder(given).map(({ signer }) => signer)).toEqual([low, middle, high]);
  });
});
