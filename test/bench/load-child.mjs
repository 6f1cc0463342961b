// node load-child.mjs LOANS: loads a clean sample tape (CSV) into Postgres by COPY alone and by the import, one after the
// other in one run; JSON on standard output.
import { execFileSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { assetClassNamed } from '@weir/collateral';

register('./typescript.mjs', import.meta.url);
const { once, startPlatform } = await import('../platform.js');

const loans = Number(process.argv[2]);
const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
const file = path.join(folder, 'tape.csv');
// In a process of its own, so that the memory measured is that of the import.
const maker = fileURLToPath(new URL('./tape-child.mjs', import.meta.url));
execFileSync(process.execPath, [maker, 'write', 'csv', String(loans), file]);

const seconds = async (work) => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

/** The first line of the file. */
function headerOf() {
  const bytes = Buffer.alloc(4_000);
  const opened = openSync(file);
  readSync(opened, bytes);
  closeSync(opened);
  return bytes.toString('utf8').split('\n')[0];
}

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
  const key = keyed ? ', primary key ("assetNumber")' : '';
  await client.query(
    `drop table if exists bench; create table bench (${tableOf(headerOf())}${key}); set datestyle = 'ISO, MDY'`,
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
