import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sealFromJson, verifyAuditLog } from '@weir/audit';
import { OutcomeWrong } from './errors.js';
import type { StructuredStage } from './stage.js';

interface ReconciliationAnswer {
  readonly reconciled: boolean;
  readonly entries: number;
  readonly differences: readonly { account: string; difference: string }[];
  readonly cash: { readonly books: string; readonly vault: string; readonly stablecoin: string };
}

interface FileAnswer {
  readonly name: string;
}

/** How long books may lag behind the chain: what is not final is not in them yet. */
const BOOKS_LAG_MS = 30_000;

/** Waits until books and chain agree. @throws OutcomeWrong naming what differs */
export async function reconcile(stage: StructuredStage): Promise<ReconciliationAnswer> {
  const end = performance.now() + BOOKS_LAG_MS;
  const answer = await stage.cast.people.auditor.until<ReconciliationAnswer>(
    `/deals/${stage.dealId}/reconciliation`,
    'The agreement of books and chain',
    ({ reconciled }) => reconciled || performance.now() > end,
  );
  if (answer.reconciled) return answer;
  const { books, vault, stablecoin } = answer.cash;
  const cash = `cash by the books ${books}, by the vault ${vault}, by the stablecoin ${stablecoin}`;
  const differences = answer.differences.map(({ account, difference }) => `${account} by ${difference}`);
  throw new OutcomeWrong(`books and chain differ: ${[cash, ...differences].join('; ')}`);
}

/** Downloads what is published of the deal and one period, and the audit log, into a folder. */
export async function publish(stage: StructuredStage, period: number, folder: string): Promise<string[]> {
  const { auditor } = stage.cast.people;
  const deal = `/deals/${stage.dealId}`;
  const listed = await auditor.until<FileAnswer[]>(`${deal}/periods/${period}/files`, 'The investor report', (files) =>
    files.some(({ name }) => name === 'investor-report.pdf'),
  );
  const files: string[] = [];
  const save = async (name: string, bytes: Uint8Array): Promise<void> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
    files.push(file);
  };
  for (const { name } of await auditor.get<FileAnswer[]>(`${deal}/files`))
    await save(name, await auditor.bytes(`${deal}/files/${name}`));
  for (const { name } of listed)
    await save(`period-${period}/${name}`, await auditor.bytes(`${deal}/periods/${period}/files/${name}`));
  // The seal first: records that come in between only make the log longer than what is sealed.
  const seal = await auditor.bytes('/audit-log/seal');
  const log = await auditor.bytes('/audit-log');
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const check = verifyAuditLog(text(log), sealFromJson(text(seal)));
  if (!check.ok) throw new OutcomeWrong(`the audit log breaks at line ${check.brokenAt}: ${check.reason}`);
  await save('audit-log.jsonl', log);
  await save('audit-log.seal.json', seal);
  return files;
}
