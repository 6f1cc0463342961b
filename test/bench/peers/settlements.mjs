import { readFileSync } from 'node:fs';

const SNAPSHOT = new URL('../../../contracts/snapshots/SampleDeal.json', import.meta.url);

/** A row of the snapshot, which the peers have nothing beside: they pay no waterfall. */
const row = (name, key, target) => ({
  name: `${name} *`,
  target,
  of: (peer) => (peer.settles ? BigInt(JSON.parse(readFileSync(SNAPSHOT, 'utf8'))[key]) : null),
});

/**
 * What settling a month of the sample deal of three classes costs. Its whole lives are transactions of
 * test/laws/gas-bound.spec.ts, which takes minutes, holds each against the bound and writes the snapshot that is read here.
 */
export const SETTLEMENTS = [
  row('settle the sample deal: first month', 'settle: first month', '≤ 380,000'),
  row('settle the sample deal: dearest month after it', 'settle: dearest month after the first', '≤ 300,000'),
  row('settle: each further class, at most', 'settle: each further class, at most', '≤ 45,000'),
];

export const SETTLEMENTS_NOTE = '* of contracts/snapshots/SampleDeal.json, written by test/laws/gas-bound.spec.ts';
