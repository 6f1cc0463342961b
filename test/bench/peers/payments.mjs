import { BATCH, range } from './transfers.mjs';

/** Periods whose record dates passed in the rows of transfers; in the second the holders were paid before. */
const [FIRST, SECOND] = [1, 2];

/**
 * What paying holders costs. The peers have no such function. The holders are those that the rows of transfers made, and 15 % of
 * the interest is withheld from each.
 */
export const PAYMENTS = [
  {
    name: 'claim of a holder, less withholding tax',
    target: '≤ 66,000',
    async of(peer, { carol }) {
      if (!peer.claim) return null;
      for (const period of [FIRST, SECOND]) await peer.book(period);
      await peer.claim(carol, FIRST);
      return peer.claim(carol, SECOND);
    },
  },
  {
    name: `push to ${BATCH} holders, less withholding tax, each`,
    target: '≤ 22,000',
    async of(peer) {
      if (!peer.push) return null;
      const holders = range(1_000, BATCH);
      await peer.push(holders, FIRST);
      return (await peer.push(holders, SECOND)) / BigInt(BATCH);
    },
  },
];
