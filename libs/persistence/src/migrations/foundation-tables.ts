/** Tables of the foundation; what protects them is beside, in foundation-policies.ts. */
export const FOUNDATION_TABLES = `
  CREATE TABLE weir.organisation (id uuid PRIMARY KEY, name text NOT NULL, kind text NOT NULL);
  CREATE TABLE weir.person (id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL);
  CREATE TABLE weir.app_user (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES weir.person,
    organisation_id uuid NOT NULL REFERENCES weir.organisation,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    password_hash text NOT NULL,
    roles text[] NOT NULL CHECK (NOT roles && '{system}'::text[]),
    disabled boolean NOT NULL DEFAULT false
  );
  CREATE TABLE weir.deal_party (
    deal_id uuid NOT NULL,
    organisation_id uuid NOT NULL REFERENCES weir.organisation,
    role text NOT NULL CHECK (role IN ('issuer', 'servicer', 'calculation-agent', 'trustee', 'investor')),
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (deal_id, organisation_id, role)
  );
  CREATE INDEX deal_party_organisation ON weir.deal_party (organisation_id, deal_id);

  CREATE TABLE weir.audit_record (
    id uuid PRIMARY KEY,
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ordinal integer NOT NULL,
    at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    actor_user uuid NOT NULL,
    actor_person uuid NOT NULL,
    actor_organisation uuid NOT NULL,
    on_behalf_of uuid,
    command text NOT NULL,
    object text NOT NULL,
    before jsonb,
    after jsonb,
    why text,
    UNIQUE (txid, ordinal)
  );
  CREATE TABLE weir.audit_seal (
    position bigint PRIMARY KEY CHECK (position > 0),
    record_id uuid NOT NULL UNIQUE REFERENCES weir.audit_record,
    txid xid8 NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL UNIQUE,
    sealed_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE weir.idempotency_key (
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    command text NOT NULL,
    body_hash text NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, user_id, key)
  );
  CREATE TABLE weir.blob (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text NOT NULL,
    size bigint NOT NULL,
    nonce bytea NOT NULL,
    tag bytea NOT NULL,
    bytes bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
`;
