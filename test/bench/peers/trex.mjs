import { createRequire } from 'node:module';
import { AbiCoder, Contract, getBytes, id, keccak256, ZeroAddress } from 'ethers';

const require = createRequire(import.meta.url);
const compiled = (path) => require(`@tokenysolutions/t-rex/artifacts/${path}.json`);
const suite = (folder, name) => compiled(`contracts/${folder}/${name}.sol/${name}`);
const onchainId = (name) => compiled(`@onchain-id/solidity/contracts/${name}.sol/${name}`);

const TOPIC = id('CLAIM_TOPIC');
const CLAIM_SIGNER = 3;
const ECDSA = 1;
const COUNTRY = 840;
const coder = AbiCoder.defaultAbiCoder();

/**
 * T-REX as its own factory deploys it: each part behind its proxy, one claim topic with one trusted issuer, a modular
 * compliance contract without modules. Modules would make its transfers dearer.
 */
export async function trex(chain) {
  const { operator } = chain;
  const behind = await proxies(chain);
  const topics = await behind('ClaimTopicsRegistry');
  const issuers = await behind('TrustedIssuersRegistry');
  const storage = await behind('IdentityRegistryStorage');
  const compliance = await behind('ModularCompliance', 'compliance/modular');
  const parts = [issuers.target, topics.target, storage.target];
  const registry = await behind('IdentityRegistry', 'registry/implementation', ...parts);
  const named = ['Peer', 'PEER', 6, ZeroAddress];
  const token = await behind('Token', 'token', registry.target, compliance.target, ...named);
  const issuer = await chain.deploy(onchainId('ClaimIssuer'), operator.address);
  await chain.gas(issuer, 'addKey', keccak256(coder.encode(['address'], [operator.address])), CLAIM_SIGNER, ECDSA);
  await chain.gas(topics, 'addClaimTopic', TOPIC);
  await chain.gas(issuers, 'addTrustedIssuer', issuer.target, [TOPIC]);
  await chain.gas(storage, 'bindIdentityRegistry', registry.target);
  for (const agent of [operator.address, token.target]) await chain.gas(registry, 'addAgent', agent);
  await chain.gas(token, 'addAgent', operator.address);
  await chain.gas(token, 'unpause');

  /** The investor's own contract with the issuer's claim: made before it is registered, and not counted. */
  async function identity() {
    const own = await chain.deploy(onchainId('Identity'), operator.address, false);
    const data = '0x42';
    const claim = keccak256(coder.encode(['address', 'uint256', 'bytes'], [own.target, TOPIC, data]));
    const signature = await operator.signMessage(getBytes(claim));
    await chain.gas(own, 'addClaim', TOPIC, ECDSA, issuer.target, signature, data, '');
    return own.target;
  }

  return {
    register: async (account) => chain.gas(registry, 'registerIdentity', account, await identity(), COUNTRY),
    async registerMany(accounts) {
      const identities = [];
      for (let at = 0; at < accounts.length; at++) identities.push(await identity());
      return chain.gas(
        registry,
        'batchRegisterIdentity',
        accounts,
        identities,
        accounts.map(() => COUNTRY),
      );
    },
    mint: (account, amount) => chain.gas(token, 'mint', account, amount),
    transfer: (from, to, amount) => chain.gas(token.connect(from), 'transfer', to, amount),
    batchTransfer: (from, to, amounts) => chain.gas(token.connect(from), 'batchTransfer', to, amounts),
  };
}

/** Deploys all implementations under one authority, and gives what deploys a part's proxy with the part's interface. */
async function proxies(chain) {
  const authority = await chain.deploy(
    suite('proxy/authority', 'TREXImplementationAuthority'),
    true,
    ZeroAddress,
    ZeroAddress,
  );
  const folders = {
    tokenImplementation: ['token', 'Token'],
    ctrImplementation: ['registry/implementation', 'ClaimTopicsRegistry'],
    irImplementation: ['registry/implementation', 'IdentityRegistry'],
    irsImplementation: ['registry/implementation', 'IdentityRegistryStorage'],
    tirImplementation: ['registry/implementation', 'TrustedIssuersRegistry'],
    mcImplementation: ['compliance/modular', 'ModularCompliance'],
  };
  const contracts = {};
  for (const [role, [folder, name]] of Object.entries(folders))
    contracts[role] = (await chain.deploy(suite(folder, name))).target;
  await chain.gas(authority, 'addAndUseTREXVersion', { major: 4, minor: 1, patch: 6 }, contracts);
  return async (name, folder = 'registry/implementation', ...args) => {
    const { target } = await chain.deploy(suite('proxy', `${name}Proxy`), authority.target, ...args);
    return new Contract(target, suite(folder, name).abi, chain.operator);
  };
}
