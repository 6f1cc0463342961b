// node load-child.mjs LOANS: loads a clean sample tape (CSV) into Postgres by COPY alone and by the import, one after the
// other in one run; JSON on standard output.
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { assetClassNamed, streamSampleTape } from '@weir/collateral';

register('./typescript.mjs', import.meta.url);
const { once, startPlatform } = await import('../platform.js');

const loans = Number(process.argv[2]);
const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
const file = path.join(folder, 'tape.csv');
writeFileSync(file, '');
for (const piece of streamSampleTape({ seed: 1, loans, format: 'csv' })) appendFileSync(file, piece);

const seconds = async (work) => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

/** The file's own columns with the types that their fields have. */
function tableOf(header) {
  const types = {
    money: 'numeric(20,2)',
    integer: 'integer',
    rate: 'numeric(24,12)',

    date: 'date',
    flag: 'boolean',
  };
  const kinds = new Map(assetClassNamed('auto-loan').fields.map(({ name, kind }) => [name, kind]));
  return header.split(',').map((name) => `"${name}" ${types[kinds.get(name)] ?? 'text'}`);
}

/** COPY of the file as it is, its cells typed by Postgres; with the key that tells loans apart, or with none. */
async function copyAlone(client, keyed) {
  const header = readFileSync(file, { encoding: 'utf8', flag: 'r' }).slice(0, 4_000).split('\n')[0];
  const key = keyed ? ', primary key ("assetNumber")' : '';
  await client.query(
    `drop table if exists bench; create table bench (${tableOf(header)}${key}); set datestyle = 'ISO, MDY'`,
  );
  return seconds(() =>
    pipeline(createReadStream(file), client.query(copyFrom(`copy bench from stdin (format csv, header, null 'NA')`))),
  );
}

const platform = await startPlatform();
const client = new pg.Client({ connectionString: platform.ownerUrl });
await client.connect();
try {
  const issuer = await platform.member('sponsor', 'issuer');
  const document = readFileSync(new URL('../../libs/deal/templates/auto.yaml', import.meta.url), 'utf8');
  const { tapes, deals } = platform.services;
  const { dealId } = await deals.create(issuer, document, once());
  const bare = await copyAlone(client, false);
  const keyed = await copyAlone(client, true);
  let tapeId = '';
  const upload = { period: 1, bytes: createReadStream(file), loanKey: ['assetNumber'] };
  const received = await seconds(async () => ({ tapeId } = await tapes.receive(issuer, dealId, upload, once())));
  const imported = await seconds(() => tapes.importTape(tapeId));
  const { status, summary, failure } = await tapes.get(issuer, dealId, tapeId);
  if (status !== 'imported' || summary.loans !== loans) throw new Error(`${status}: ${JSON.stringify(failure)}`);
  // Linux tells kilobytes.
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const megabytes = statSync(file).size / 1e6;
  process.stdout.write(JSON.stringify({ megabytes, bare, keyed, received, imported, peakMegabytes }));
} finally {
  await client.end();
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
}
