/**
 * What is kept of tapes: who said what a file's columns are, which version of a month counts, and the loans. A loan's row
 * holds the loan model: what has a column stands there, every other field of the asset class in `others`, in the order that
 * `other_fields` of its tape names them.
 */
export const TAPE_TABLES: Readonly<Record<string, string>> = {
  tape_mapping: `
    mapping_id uuid primary key,
    organisation_id uuid not null references weir.organisation,
    originator text not null,
    version integer not null check (version >= 1),
    asset_class text not null,
    mapping jsonb not null,
    hash text not null,
    confirmed_by uuid not null,
    confirmed_at timestamptz not null default now(),
    unique (organisation_id, originator, version)`,
  mapping_proposal: `
    proposal_id uuid primary key,
    deal_id uuid not null references weir.deal,
    tape_id uuid not null references weir.tape,
    asset_class text not null,
    proposal jsonb not null`,
  tape_choice: `
    deal_id uuid not null references weir.deal,
    month date not null,
    ordinal bigint generated always as identity,
    tape_id uuid not null references weir.tape,
    chosen_by uuid,
    why text not null,
    chosen_at timestamptz not null default now(),
    primary key (deal_id, month, ordinal)`,
};

/** Columns of a loan's row; money in units of the currency, rates as whole numbers at the scale of rates (1e-12). */
export const LOAN_COLUMNS = `
  month date not null,
  tape_id uuid not null,
  deal_id uuid not null,
  loan_key text not null,
  "row" integer not null,
  opening numeric(20,2), closing numeric(20,2), scheduled_payment numeric(20,2), principal numeric(20,2),
  other_principal_adjustment numeric(20,2), interest numeric(20,2), other numeric(20,2), total_paid numeric(20,2),
  charge_off numeric(20,2), recovery numeric(20,2), repurchase numeric(20,2), original_amount numeric(20,2),
  days_past_due integer, original_term integer, original_rate numeric(24,0), current_rate numeric(24,0),
  credit_score integer, originated text, matures text, zero_balance_code text, zero_balance_month text,
  extension_months integer, asset_added boolean, region text, remaining_term integer, obligor text, others text[],
  primary key (tape_id, loan_key, month)`;

/** What a tape record says beside the file that was handed in. */
export const TAPE_COLUMNS_ADDED = `
  alter table weir.tape
    alter column period drop not null,
    add column requested_class text,
    add column requested_kind text check (requested_kind in ('original','restatement','correction','estimate')),
    add column requested_month date,
    add column mapping_id uuid references weir.tape_mapping,
    add column read_by uuid references weir.tape_mapping,
    add column asset_class text,
    add column kind text check (kind in ('original','restatement','correction','estimate')),
    add column month date,
    add column other_fields text[],
    add column version integer check (version >= 1),
    add column quality jsonb,
    add column received_at timestamptz not null default now(),
    drop constraint tape_deal_id_period_file_sha256_loan_key_key;
  create unique index tape_same_file on weir.tape
    (deal_id, period, file_sha256, loan_key, mapping_id, requested_class, requested_kind, requested_month)
    nulls not distinct;
  create unique index tape_version on weir.tape (deal_id, month, version) where version is not null;`;
