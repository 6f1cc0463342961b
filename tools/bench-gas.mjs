// npm run bench:gas: gas of whole transactions on a throw-away chain, side by side: a bare OpenZeppelin ERC-20, T-REX 4.1.6
// (ERC-3643's reference, from npm, as compiled by its authors) and this house's contracts. Prints one table and judges
// nothing. A room adds its rows to ROWS.
import { bare } from '../test/bench/peers/bare.mjs';
import { startChain } from '../test/bench/peers/chain.mjs';
import { PAYMENTS } from '../test/bench/peers/payments.mjs';
import { SETTLEMENTS, SETTLEMENTS_NOTE } from '../test/bench/peers/settlements.mjs';
import { TRANSFERS } from '../test/bench/peers/transfers.mjs';
import { trex } from '../test/bench/peers/trex.mjs';
import { weir } from '../test/bench/peers/weir.mjs';

const PEERS = { bare, trex, weir };
const ROWS = [...TRANSFERS, ...PAYMENTS, ...SETTLEMENTS];

const chain = await startChain();
try {
  const measured = {};
  for (const [name, deploy] of Object.entries(PEERS)) {
    process.stderr.write(`measuring ${name} …\n`);
    const peer = await deploy(chain);
    measured[name] = [];
    for (const row of ROWS) measured[name].push(await row.of(peer, chain));
  }
  const lines = ROWS.map(({ name, target }, at) => {
    const [plain, peer, own] = ['bare', 'trex', 'weir'].map((of) => measured[of][at]);
    return [name, shown(plain), shown(peer), shown(own), ratio(own, plain), ratio(own, peer), target];
  });
  console.log(table([['gas', 'bare ERC-20', 'T-REX', 'Weir', '÷ bare', '÷ T-REX', 'target'], ...lines]));
  console.log(SETTLEMENTS_NOTE);
} finally {
  chain.stop();
}

function shown(gas) {
  return gas === null ? '—' : gas.toLocaleString('en-US');
}

function ratio(own, other) {
  return own === null || other === null ? '—' : (Number(own) / Number(other)).toFixed(3);
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const last = widths.length - 1;
  const line = (row) =>
    row
      .map((cell, at) => (at === 0 || at === last ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
      .join('  ')
      .trimEnd();
  const [head, ...body] = rows.map(line);
  return [head, '-'.repeat(Math.max(...rows.map((row) => line(row).length))), ...body].join('\n');
}
