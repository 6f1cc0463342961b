import type { EntityManager } from 'typeorm';
import { findingsCsv, type Finding } from '@weir/collateral';
import { storableJson } from './storable.js';

/** Findings that are stored, or read, at once. */
const PAGE = 1_000;

type OfTape = { readonly tapeId: string; readonly dealId: string };

/** Stores the findings of a tape in their order. */
export async function storeFindings(manager: EntityManager, tape: OfTape, findings: readonly Finding[]): Promise<void> {
  for (let at = 0; at < findings.length; at += PAGE) {
    await manager.query(
      `insert into weir.tape_finding (tape_id, deal_id, ordinal, "row", "column", value, rule, weight, message, remedy)
       select $1, $2, $4 + ordinal, f."row", f."column", f.value, f.rule, f.weight, f.message, f.remedy
       from rows from (jsonb_to_recordset($3) as ("row" int, "column" text, value text, rule text, weight text,
         message text, remedy text)) with ordinality as f ("row", "column", value, rule, weight, message, remedy, ordinal)`,
      [tape.tapeId, tape.dealId, storableJson(findings.slice(at, at + PAGE)), at],
    );
  }
}

/** Findings of a tape by its latest judgement after so many, in file order, at most 1,000. */
export function loadFindings(manager: EntityManager, { dealId, tapeId }: OfTape, after: number): Promise<Finding[]> {
  return manager.query(
    `select "row", "column", value, rule, weight, message, remedy from weir.tape_finding
     where deal_id = $1 and tape_id = $2 and ordinal > $3 +
       coalesce((select max(first_finding) from weir.tape_judgement where tape_id = $2), 0)
     order by ordinal limit ${PAGE}`,
    [dealId, tapeId, after],
  );
}

/** All findings of a tape as CSV, page by page. */
export async function* csvOfFindings(page: (after: number) => Promise<Finding[]>): AsyncGenerator<string> {
  for (let after = 0; ; after += PAGE) {
    const findings = await page(after);
    const lines = findingsCsv(findings);
    // The header stands once.
    if (after > 0) lines.next();
    yield [...lines].join('');
    if (findings.length < PAGE) return;
  }
}
