import type { Command } from 'commander';
import { SealUnreadable, sealFromJson, verifyAuditLog, type SealedHead } from '@weir/audit';
import type { Hex } from '@weir/money';
import { readBytes } from '../deal-folder.js';
import { InputUnreadable, OptionInvalid, SealMissing } from '../errors.js';

interface Options {
  head?: string;
  count?: string;
  unsealed?: boolean;
  json?: boolean;
}

function givenSeal({ head, count }: Options): SealedHead | null {
  if (head === undefined && count === undefined) return null;
  if (head === undefined || !/^0x[0-9a-f]{64}$/.test(head)) {
    throw new OptionInvalid(
      '--head',
      head ?? '',
      'the sealed hash, 0x and 64 lower-case digits, together with --count',
    );
  }
  if (count === undefined || !/^\d{1,12}$/.test(count)) {
    throw new OptionInvalid('--count', count ?? '', 'the number of sealed records, together with --head');
  }
  return { head: head as Hex, count: Number(count) };
}

/** The seal that was given, else the one exported beside the log, else none if that is allowed. @throws SealMissing */
async function sealOf(file: string, options: Options): Promise<SealedHead | undefined> {
  const given = givenSeal(options);
  if (given !== null) return given;
  if (options.unsealed) return undefined;
  const beside = `${file.replace(/\.jsonl$/, '')}.seal.json`;
  try {
    return sealFromJson(new TextDecoder().decode(await readBytes(beside)));
  } catch (error) {
    if (error instanceof InputUnreadable || error instanceof SealUnreadable)
      throw new SealMissing(beside, error.message);
    throw error;
  }
}

async function run(file: string, options: Options): Promise<void> {
  const log = new TextDecoder().decode(await readBytes(file));
  const sealed = await sealOf(file, options);
  const check = verifyAuditLog(log, sealed);
  if (options.json) process.stdout.write(`${JSON.stringify(check, null, 2)}\n`);
  else if (check.ok) {
    const seal = sealed ? `; the seal of ${sealed.count} records holds` : '; unsealed, so a cut tail would not show';
    process.stdout.write(`✔ ${file}: ${check.count} records in one chain, ending in ${check.head}${seal}\n`);
  } else
    process.stdout.write(
      `✖ ${file}:${check.brokenAt}: ${check.reason}\n    ${check.count} records before it are in order\n`,
    );
  process.exitCode = check.ok ? 0 : 1;
}

/** `weir audit`: was an exported audit log edited, and where. */
export function auditCommand(program: Command): void {
  program
    .command('audit')
    .summary('check an exported audit log')
    .description(
      'Checks the hash chain of an exported audit log (JSON lines) and says on which line it breaks: an edit, a removal,\n' +
        'an insertion or a move. Against its seal (head and count, exported beside it as NAME.seal.json; keep a copy\n' +
        'elsewhere) it also shows a tail that was cut off and a log that was chained anew. Exit status 1 when the log is\n' +
        'broken, 2 when it cannot be read or has no seal.',
    )
    .argument('<file>', 'the exported log')
    .option('--head <hash>', 'hash of the last sealed record')
    .option('--count <n>', 'number of sealed records')
    .option('--unsealed', 'check the chain alone; a cut tail does not show')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  weir audit audit-log.jsonl')
    .action(run);
}
