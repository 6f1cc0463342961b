/** The database role that every Weir process connects as. */
export const APP_ROLE = 'weir_app';

const force = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`;

/** Who may do what to the rows of a table: SQL conditions over its columns and the `weir.…` functions. */
export interface TableRules {
  reads: string;
  /** Who inserts; and, unless said otherwise, who updates and deletes. */
  writes: string;
  /** Who updates; `writes` unless given. */
  changes?: string;
  /** Who deletes; `changes` unless given. */
  removes?: string;
  /** Nothing can be changed or deleted, not even by the owner. */
  appendOnly?: boolean;
}

const policies = (table: string, { reads, writes, changes = writes, removes = changes }: TableRules) => `${force(table)}
  CREATE POLICY reads ON ${table} FOR SELECT USING (${reads});
  CREATE POLICY inserts ON ${table} FOR INSERT WITH CHECK (${writes});
  CREATE POLICY updates ON ${table} FOR UPDATE USING (${changes}) WITH CHECK (${changes});
  CREATE POLICY deletes ON ${table} FOR DELETE USING (${removes});`;

/**
 * SQL that forces row-level security on a table by its rules and grants the application role what they allow. The
 * general form of the helpers below.
 */
export function protectTable(table: string, rules: TableRules): string {
  const grants = rules.appendOnly ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE';
  return `${policies(table, rules)}
  GRANT ${grants} ON ${table} TO ${APP_ROLE};${rules.appendOnly ? refuseChange(table) : ''}`;
}

function refuseChange(table: string): string {
  return `
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION weir.refuse_change();`;
}

/**
 * For a table with a deal column (`deal_id` unless named): the deal's parties, the operator and Weir itself read and
 * write, the auditor reads. `table` is schema-qualified, e.g. `weir.tape`. With `appendOnly` nothing can be changed
 * or deleted, not even by the owner.
 */
export function dealVisible(table: string, options: { column?: string; appendOnly?: boolean } = {}): string {
  const column = options.column ?? 'deal_id';
  const rules = { reads: `weir.sees_deal(${column})`, writes: `weir.changes_deal(${column})` };
  return protectTable(table, { ...rules, appendOnly: options.appendOnly });
}

/**
 * For a table with an organisation column (`organisation_id` unless named): the organisation itself, the operator and
 * Weir read and write, the auditor reads; `alsoRoles` read and write too (e.g. `compliance-officer`).
 */
export function organisationVisible(
  table: string,
  options: { column?: string; alsoRoles?: string[]; appendOnly?: boolean } = {},
): string {
  const column = options.column ?? 'organisation_id';
  const also = (options.alsoRoles ?? []).map((role) => ` OR weir.has_role('${role}')`).join('');
  const own = `(${column} = weir.current_organisation() AND weir.may_change())`;
  return protectTable(table, {
    reads: `${column} = weir.current_organisation() OR weir.reads_all()${also}`,
    writes: `${own} OR weir.runs_platform()${also}`,
    appendOnly: options.appendOnly,
  });
}

/** For tables that only Weir's own processes and the operator write and read, the auditor reads. */
export function systemOnly(table: string, options: { appendOnly?: boolean } = {}): string {
  return protectTable(table, { reads: 'weir.reads_all()', writes: 'weir.runs_platform()', ...options });
}

/** For tables without deal- or organisation-bound rows: every signed-in actor reads, only the platform writes. */
export function everyoneReads(table: string, options: { appendOnly?: boolean } = {}): string {
  const reads = 'weir.current_organisation() IS NOT NULL OR weir.reads_all()';
  return protectTable(table, { reads, writes: 'weir.runs_platform()', ...options });
}
