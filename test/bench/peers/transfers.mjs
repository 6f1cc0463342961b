import { receiver } from './chain.mjs';

const MANY = 100;
export const BATCH = 50;
const AMOUNT = 10_000_000n;
export const range = (from, length) => Array.from({ length }, (_, index) => receiver(from + index));

/**
 * What registering, minting and moving costs. Each row measures one thing with each peer that can do it; rows run in
 * order, so that a later one finds the holders that an earlier one made.
 */
export const TRANSFERS = [
  {
    name: 'register an investor',
    target: '≤ 60,000',
    async of(peer, { alice, bob, carol }) {
      if (!peer.register) return null;
      for (const account of [alice, bob, carol]) await peer.register(account.address);
      return peer.register(receiver(1));
    },
  },
  {
    name: `register ${MANY} in a batch, each`,
    target: '≤ 26,000',
    of: async (peer) => (peer.registerMany ? (await peer.registerMany(range(1_000, MANY))) / BigInt(MANY) : null),
  },
  {
    name: 'mint at close, to a new holder',
    target: '≤ 1.25 × bare',
    async of(peer, { alice, bob, carol }) {
      for (const account of [alice, bob, carol]) await peer.mint(account.address, AMOUNT * 1_000n);
      return peer.mint(receiver(1), AMOUNT);
    },
  },
  {
    name: 'transfer between holders',
    target: '≤ 1.3 × bare',
    async of(peer, { alice, bob }) {
      await peer.transfer(alice, bob.address, AMOUNT);
      return peer.transfer(alice, bob.address, AMOUNT);
    },
  },
  {
    name: `batch transfer to ${BATCH} new holders`,
    target: '≤ 30 % of T-REX',
    of: (peer, { alice }) => batch(peer, alice),
  },
  {
    name: `batch transfer to ${BATCH} holders`,
    target: '≤ 30 % of T-REX',
    of: (peer, { alice }) => batch(peer, alice),
  },
  {
    name: 'transfer: first after the first record date',
    target: '+ 20,000 typically',
    of: (peer, chain) => afterRecordDate(peer, chain, 0),
  },
  {
    name: 'transfer: first after the second (new words for both)',
    target: '+ 55,000 at most',
    of: (peer, chain) => afterRecordDate(peer, chain, 1),
  },
  {
    name: 'transfer: first after the third (words in use)',
    target: '+ 20,000 typically',
    of: (peer, chain) => afterRecordDate(peer, chain, 2),
  },
  {
    name: 'transfer: first after ten years',
    target: '+ 55,000 at most',
    of: (peer, chain) => afterRecordDate(peer, chain, 122),
  },
];

function batch(peer, from) {
  if (!peer.batchTransfer) return null;
  return peer.batchTransfer(from, range(1_000, BATCH), Array(BATCH).fill(AMOUNT));
}

async function afterRecordDate(peer, chain, index) {
  if (!peer.recordDates) return null;
  await chain.goTo(peer.recordDates[index]);
  return peer.transfer(chain.alice, chain.bob.address, AMOUNT);
}
