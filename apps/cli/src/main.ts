#!/usr/bin/env node
import { Command } from 'commander';
import { amendCommand } from './commands/amend.js';
import { auditCommand } from './commands/audit.js';
import { checkCommand } from './commands/check.js';
import { expectedCommand } from './commands/expected.js';
import { explainCommand } from './commands/explain.js';
import { payCommand } from './commands/pay.js';
import { restateCommand } from './commands/restate.js';
import { scenariosCommand } from './commands/scenarios.js';
import { solveCommand } from './commands/solve.js';
import { tapeCommand } from './commands/tape.js';
import { projectCommand } from './commands/project.js';
import { tieoutCommand } from './commands/tieout.js';
import { verifyCommand } from './commands/verify.js';

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
for (const add of [
  checkCommand,
  explainCommand,
  projectCommand,
  scenariosCommand,
  solveCommand,
  payCommand,
  tieoutCommand,
  amendCommand,
  restateCommand,
  tapeCommand,
  expectedCommand,
  auditCommand,
  verifyCommand,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`weir: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
