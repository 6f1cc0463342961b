// npm run bench [-- NAME…]: measures speed on this machine and prints one table: name, figure, unit, target. It judges
// nothing: a rate depends on the machine and on what else runs on it.
const names = ['projection', 'difference', 'collateral', 'sets', 'exact', 'templates', 'gas', 'tapes'];
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length) {
  console.error(`weir: there is no bench ${unknown.join(', ')}. Benches: ${names.join(', ')}`);
  process.exit(2);
}

const rows = [];
for (const name of names.filter((bench) => !chosen.length || chosen.includes(bench))) {
  process.stderr.write(`measuring ${name} …\n`);
  const { [name]: bench } = await import(new URL(`../test/bench/${name}.mjs`, import.meta.url));
  try {
    for await (const row of bench()) rows.push(row);
  } catch (error) {
    rows.push({ name, figure: `stopped: ${error.message}`, unit: '' });
    process.exitCode = 1;
  }
}
console.log(table(rows));

function table(measured) {
  const cells = measured.map(({ name, figure, unit, target = '' }) => [name, shown(figure), unit, target]);
  const all = [['name', 'figure', 'unit', 'target'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, at) => (at === 1 ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join('  ');
  const [head, ...body] = all.map((row) => line(row).trimEnd());
  return [head, '-'.repeat(head.length), ...body].join('\n');
}

/** Three digits or more, and no more decimals than mean something. */
function shown(figure) {
  if (typeof figure !== 'number') return figure;
  const decimals = figure >= 1000 || figure === 0 ? 0 : figure >= 10 ? 1 : 2;
  return figure.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
