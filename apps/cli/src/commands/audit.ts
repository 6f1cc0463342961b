import type { Command } from 'commander';
import { verifyAuditLog, type SealedHead } from '@weir/audit';
import type { Hex } from '@weir/money';
import { readBytes } from '../deal-folder.js';
import { OptionInvalid } from '../errors.js';

interface Options {
  head?: string;
  count?: string;
  json?: boolean;
}

function sealedOf({ head, count }: Options): SealedHead | undefined {
  if (head === undefined && count === undefined) return undefined;
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

async function run(file: string, options: Options): Promise<void> {
  const sealed = sealedOf(options);
  const check = verifyAuditLog(new TextDecoder().decode(await readBytes(file)), sealed);
  if (options.json) process.stdout.write(`${JSON.stringify(check, null, 2)}\n`);
  else if (check.ok) {
    const seal = sealed
      ? `; the seal of ${sealed.count} records holds`
      : '; no seal was given, so a cut tail would not show';
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
        'an insertion or a move. With the head and count of a seal kept elsewhere it also shows a tail that was cut off.\n' +
        'Exit status 1 when the log is broken.',
    )
    .argument('<file>', 'the exported log')
    .option('--head <hash>', 'hash of the last sealed record')
    .option('--count <n>', 'number of sealed records')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  weir audit audit-log.jsonl')
    .action(run);
}
