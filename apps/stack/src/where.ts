import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Folders } from './folders.js';
import type { RunningStack } from './stack.js';

/**
 * What a person wants to know once everything is up. Of the sample only what is there is named.
 * @param checkout the folder in which npm runs scripts, so that the command to verify works wherever it is typed
 */
export function whereThingsAre({ apiUrl, rpcUrl }: RunningStack, folders: Folders, checkout: string): string {
  const report = path.join(folders.out, 'period-1', 'investor-report.pdf');
  const logins = path.join(folders.state, 'sample-logins.json');
  const folder = path.relative(checkout, folders.out);
  const verification = [
    '',
    'To check the first payment date yourself, from those files and the chain alone:',
    `  npm run weir -- verify ${folder} --rpc ${rpcUrl} --period 1`,
  ];
  const lines = [
    '',
    'Weir is up.',
    `  API        ${apiUrl}`,
    `  OpenAPI    ${apiUrl}/docs`,
    `  Chain      ${rpcUrl}`,
    `  Reports    ${folders.out}`,
    ...(existsSync(report) ? [`  Open first ${report}`] : []),
    ...(existsSync(logins) ? [`  Logins     ${logins}`] : []),
    `  Logs       ${folders.logs}`,
    ...(existsSync(report) ? verification : []),
    '',
    'Ctrl-C stops everything; the state stays for the next start.',
    '',
  ];
  return lines.join('\n');
}
