#!/usr/bin/env node
import { Command } from 'commander';

type Adder = (program: Command) => void;

/** The commands in the order of the help, each read from its file when it is asked for: a start that reads them all takes twice as long. */
const COMMANDS: Readonly<Record<string, () => Promise<Adder>>> = {
  check: async () => (await import('./commands/check.js')).checkCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  project: async () => (await import('./commands/project.js')).projectCommand,
  scenarios: async () => (await import('./commands/scenarios.js')).scenariosCommand,
  solve: async () => (await import('./commands/solve.js')).solveCommand,
  pay: async () => (await import('./commands/pay.js')).payCommand,
  tieout: async () => (await import('./commands/tieout.js')).tieoutCommand,
  amend: async () => (await import('./commands/amend.js')).amendCommand,
  restate: async () => (await import('./commands/restate.js')).restateCommand,
  tape: async () => (await import('./commands/tape.js')).tapeCommand,
  expected: async () => (await import('./commands/expected.js')).expectedCommand,
  audit: async () => (await import('./commands/audit.js')).auditCommand,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  deploy: async () => (await import('./commands/deploy.js')).deployCommand,
};
// A reader that has seen enough, such as head or a closed pager, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const program = new Command('weir')
  .description('Check, project, pay and verify securitisations without a server: no account, no database.')
  .helpCommand(false)
  // 1 says that something was found; 2 that the command was not used as it wants.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .configureOutput({ getOutHelpWidth: () => Math.max(80, Math.min(process.stdout.columns ?? 100, 120)) })
  .showHelpAfterError('(npm run weir -- COMMAND --help shows what it takes)');
const [, , named = ''] = process.argv;
const wanted = Object.hasOwn(COMMANDS, named) ? [COMMANDS[named]] : Object.values(COMMANDS);
for (const read of wanted) (await read?.())?.(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`weir: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
