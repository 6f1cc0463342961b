import { everyoneReads, protectTable, type TableRules } from '@weir/persistence';

export const SYSTEM = `weir.has_role('system')`;

/** Weir's own processes, and those who play one of the parts in the row's deal. */
export const by = (...parts: string[]): string => `${SYSTEM} OR weir.acts_as(deal_id, '{${parts.join(',')}}')`;

/** Every party of the deal, investors too, and who reads everything. */
export const PARTIES = 'weir.sees_deal(deal_id)';

/** Those who run the deal, and who reads everything: not its investors. */
export const RUNNERS = 'weir.reads_all() OR weir.runs_deal(deal_id)';

/** The account is that of the actor's own organisation. */
const OWN_ACCOUNT = `account IN (SELECT a.account FROM weir.organisation_account a
  WHERE a.organisation_id = weir.current_organisation())`;

/**
 * Who reads and writes the rows of each deal-bound table. Investors read what the deal publishes: its terms, servicer
 * reports, payments, states and files; never the loans, findings, books, or what another investor claimed. What only a
 * job or the indexer writes, nobody else can.
 */
const RULES: Readonly<Record<string, TableRules>> = {
  deal: { reads: PARTIES, writes: by('issuer'), changes: by('issuer', 'trustee'), removes: SYSTEM },
  tape: { reads: RUNNERS, writes: by('issuer', 'servicer'), changes: SYSTEM },
  tape_finding: { reads: RUNNERS, writes: SYSTEM, appendOnly: true },
  tape_loan: { reads: RUNNERS, writes: SYSTEM, appendOnly: true },
  pool_loan: { reads: RUNNERS, writes: by('issuer') },
  excluded_loan: { reads: RUNNERS, writes: by('issuer') },
  deal_contract: { reads: PARTIES, writes: SYSTEM },
  servicer_report: {
    reads: PARTIES,
    writes: by('servicer'),
    changes: by('servicer', 'trustee', 'calculation-agent'),
    removes: SYSTEM,
  },
  payment: { reads: PARTIES, writes: SYSTEM },
  deal_state: { reads: PARTIES, writes: SYSTEM },
  claim: { reads: `${RUNNERS} OR (${PARTIES} AND ${OWN_ACCOUNT})`, writes: SYSTEM },
  journal_entry: { reads: RUNNERS, writes: SYSTEM, appendOnly: true },
  journal_line: { reads: RUNNERS, writes: SYSTEM, appendOnly: true },
  // The journal names each holder's claims.
  report_file: { reads: `${RUNNERS} OR (${PARTIES} AND name <> 'journal.csv')`, writes: SYSTEM },
};

/** SQL that protects the deal-bound tables. */
export const DEAL_POLICIES = Object.entries(RULES).map(([table, rules]) => protectTable(`weir.${table}`, rules));

/** The loans by month, whose rows are written as they were before there were months. */
export const TAPE_LOAN_POLICY = protectTable('weir.tape_loan', { reads: RUNNERS, writes: SYSTEM, appendOnly: true });

/** The organisation's own people, and those who run a deal that it brings, by `part` of theirs in it. */
const withSponsor = (part: string): string => `EXISTS (SELECT 1 FROM weir.deal_party i
  WHERE i.organisation_id = tape_mapping.organisation_id AND i.role = 'issuer' AND ${part})`;

/** SQL that protects what is kept of tapes beside their loans. Nothing of it is ever changed: a new row corrects. */
export const TAPE_POLICIES = [
  protectTable('weir.tape_mapping', {
    reads: `weir.reads_all() OR ${withSponsor('weir.runs_deal(i.deal_id)')}`,
    writes: `${SYSTEM} OR ${withSponsor(`weir.acts_as(i.deal_id, '{issuer,servicer}')`)}`,
    appendOnly: true,
  }),
  protectTable('weir.mapping_proposal', { reads: RUNNERS, writes: SYSTEM, appendOnly: true }),
  protectTable('weir.tape_choice', { reads: RUNNERS, writes: by('issuer', 'servicer'), appendOnly: true }),
];

const OFFICER = `weir.has_role('compliance-officer')`;
const OWN = 'organisation_id = weir.current_organisation()';

/** SQL that protects the tables that belong to no deal. */
export const PLATFORM_POLICIES = [
  everyoneReads('weir.platform_contract'),
  protectTable('weir.organisation_account', {
    reads: `${OWN} OR weir.reads_all() OR ${OFFICER}`,
    writes: 'weir.runs_platform()',
    changes: SYSTEM,
  }),
  // An investor reads its own record and never decides on it.
  protectTable('weir.investor', {
    reads: `${OWN} OR weir.reads_all() OR ${OFFICER}`,
    writes: `${SYSTEM} OR (${OFFICER} AND weir.may_change())`,
    removes: SYSTEM,
  }),
  protectTable('weir.screening_entry', {
    reads: `weir.reads_all() OR ${OFFICER}`,
    writes: `${SYSTEM} OR (${OFFICER} AND weir.may_change())`,
  }),
];

/**
 * Beside the outbox's own policies: whoever is not Weir itself queues transactions of the own organisation's account
 * only, or, as compliance, entries of the registry, which belong to no deal.
 */
export const OUTBOX_SIGNER_POLICY = `
  CREATE POLICY own_signer ON weir.outbox_transaction AS RESTRICTIVE FOR INSERT WITH CHECK (
    ${SYSTEM} OR (${OFFICER} AND deal_id IS NULL) OR signer IN (SELECT a.account FROM weir.organisation_account a
      WHERE a.organisation_id = weir.current_organisation()));`;

/** The same, and the operator too queues what belongs to no deal: its decisions for the platform. */
export const PLATFORM_SIGNER_POLICY = `
  CREATE POLICY own_signer ON weir.outbox_transaction AS RESTRICTIVE FOR INSERT WITH CHECK (
    ${SYSTEM} OR ((${OFFICER} OR weir.runs_platform()) AND deal_id IS NULL)
    OR signer IN (SELECT a.account FROM weir.organisation_account a
      WHERE a.organisation_id = weir.current_organisation()));`;
