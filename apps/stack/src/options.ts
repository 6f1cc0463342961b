import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { HelpWanted, UsageError } from './errors.js';

const HELP = `npm start                       starts Weir and stays up; Ctrl-C stops it, the next start goes on
npm start -- --once [options]   runs the main job once in a state of its own; one JSON summary on stdout

  --deal FILE   deal document instead of libs/deal/templates/auto.yaml
  --tape FILE   loan tape (CSV) of the first collection period instead of the generated one
  --out DIR     folder for the published files instead of a new one in .weir/out

DATABASE_URL and RPC_URL replace the embedded database and the local chain; PORT is the API's port.
README.md says more.`;

/** The command line of `npm start`; paths are absolute. `deal` and `tape` are null for the repository's own samples. */
export interface Options {
  once: boolean;
  deal: string | null;
  tape: string | null;
  out: string | null;
}

/**
 * Reads the command line.
 * @param from folder that relative paths start from: where the user typed the command
 * @throws HelpWanted for --help, UsageError on an unknown option, an option without its value, or a file that cannot be read
 */
export function readOptions(args: string[], from: string): Options {
  const values = parse(args);
  if (values.help) throw new HelpWanted(HELP);
  const once = values.once ?? false;
  for (const only of ['deal', 'tape', 'out'] as const) {
    if (values[only] !== undefined && !once) throw new UsageError(`--${only} goes with --once`);
    if (values[only] === '') throw new UsageError(`--${only} needs a value`);
  }
  return {
    once,
    deal: existing('deal', values.deal, from),
    tape: existing('tape', values.tape, from),
    out: folder(values.out, from),
  };
}

function parse(args: string[]): { help?: boolean; once?: boolean; deal?: string; tape?: string; out?: string } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        once: { type: 'boolean' },
        deal: { type: 'string' },
        tape: { type: 'string' },
        out: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(firstSentence(error));
  }
}

function existing(option: string, file: string | undefined, from: string): string | null {
  if (file === undefined) return null;
  const full = path.resolve(from, file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`--${option}: there is no file ${full}`);
  return full;
}

function folder(out: string | undefined, from: string): string | null {
  if (out === undefined) return null;
  const full = path.resolve(from, out);
  const found = statSync(full, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new UsageError(`--out: ${full} is not a folder`);
  return full;
}

/** parseArgs explains at length; its first sentence names the option. */
function firstSentence(error: unknown): string {
  const text = (error as Error).message;
  return (text.split('\n')[0] ?? text).split('. ')[0]!.replace(/\.$/, '');
}
