// node tape-child.mjs make|bare|parse|read FORMAT LOANS: one measurement of a large sample tape; JSON on standard output.
// node tape-child.mjs write FORMAT LOANS FILE: writes it to a file.
import { closeSync, openSync, writeSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { assetClassNamed, LOAN_VOCABULARY, openTape, streamSampleTape, streamTape } from '@weir/collateral';

const [task, format, loans, file] = process.argv.slice(2);
const begun = performance.now();
let bytes = 0;
function* tape() {
  for (const piece of streamSampleTape({ seed: 1, loans: Number(loans), format })) {
    bytes += piece.length;
    yield piece;
  }
}

let rows = 0;
if (task === 'make') for (const _ of tape());
else if (task === 'write') {
  const out = openSync(file, 'w');
  for (const piece of tape()) writeSync(out, piece);
  closeSync(out);
} else if (task === 'bare') {
  // XML alone: elements and their text, and nothing made of them.
  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on('opentag', () => {});
  parser.on('text', () => {});
  parser.on('closetag', () => {});
  parser.on('error', (error) => {
    throw error;
  });
  const decoder = new TextDecoder();
  for (const piece of tape()) parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
} else {
  const source = await openTape(tape(), { vocabulary: LOAN_VOCABULARY });
  if (task === 'parse') for await (const batch of source.records()) rows += batch.length;
  else {
    const assetClass = assetClassNamed('auto-loan');
    const stream = streamTape(source, { assetClass, loanKey: ['assetNumber'], mapping: null, periodNeeded: true });
    for await (const batch of stream.batches()) rows += batch.length;
    const { blocked, findingCounts } = stream.result();
    if (blocked.length > 0) throw new Error(`${blocked.length} rows are blocked: ${JSON.stringify(findingCounts)}`);
  }
  if (rows !== Number(loans)) throw new Error(`${rows} rows of ${loans} were read`);
}
const seconds = (performance.now() - begun) / 1000;
// Linux tells kilobytes.
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, megabytes: bytes / 1e6, peakMegabytes }));
