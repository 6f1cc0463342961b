/** The functions that policies are written with; all read the settings of the transaction's actor. */
export const FOUNDATION_FUNCTIONS = `
  CREATE FUNCTION weir.current_organisation() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('weir.organisation', true), '')::uuid $$;
  CREATE FUNCTION weir.current_person() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('weir.person', true), '')::uuid $$;
  CREATE FUNCTION weir.current_app_user() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('weir.user', true), '')::uuid $$;
  CREATE FUNCTION weir.current_roles() RETURNS text[] LANGUAGE sql STABLE
    AS $$ SELECT coalesce(string_to_array(nullif(current_setting('weir.roles', true), ''), ','), '{}') $$;
  CREATE FUNCTION weir.has_role(role text) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT role = ANY (weir.current_roles()) $$;
  CREATE FUNCTION weir.runs_platform() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT weir.current_roles() && '{operator,system}'::text[] $$;
  CREATE FUNCTION weir.reads_all() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT weir.current_roles() && '{auditor,operator,system}'::text[] $$;
  -- An auditor reads everything and changes nothing, even in an organisation that is a party.
  CREATE FUNCTION weir.may_change() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT NOT weir.has_role('auditor') $$;

  CREATE FUNCTION weir.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: write a new row that corrects the old one', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END $$;
`;

/**
 * Functions that look at membership and accounts for policies that call them. They are SECURITY DEFINER: run as the
 * owner, whose policy `definer_reads` on the two tables they read ends what would otherwise be a recursion.
 */
export const PARTY_FUNCTIONS = `
  CREATE FUNCTION weir.is_party(deal uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = weir, pg_temp
    AS $$ SELECT EXISTS (SELECT 1 FROM weir.deal_party p
      WHERE p.deal_id = deal AND p.organisation_id = weir.current_organisation()) $$;
  CREATE FUNCTION weir.has_parties(deal uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = weir, pg_temp
    AS $$ SELECT EXISTS (SELECT 1 FROM weir.deal_party p WHERE p.deal_id = deal) $$;
  -- The actor's organisation plays one of the parts in the deal, and the actor has the role that belongs to it.
  CREATE FUNCTION weir.acts_as(deal uuid, parts text[]) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = weir, pg_temp
    AS $$ SELECT weir.may_change() AND EXISTS (SELECT 1 FROM weir.deal_party p
      WHERE p.deal_id = deal AND p.organisation_id = weir.current_organisation()
        AND p.role = ANY (parts) AND p.role = ANY (weir.current_roles())) $$;
  -- One of those who run the deal; an investor of it does not, whatever else its people do elsewhere.
  CREATE FUNCTION weir.runs_deal(deal uuid) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT weir.acts_as(deal, '{issuer,servicer,trustee,calculation-agent}') $$;
  -- The actor runs a deal in which the other organisation has a part.
  CREATE FUNCTION weir.runs_deal_with(other uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = weir, pg_temp
    AS $$ SELECT EXISTS (SELECT 1 FROM weir.deal_party theirs
      WHERE theirs.organisation_id = other AND weir.runs_deal(theirs.deal_id)) $$;
  CREATE FUNCTION weir.sees_deal(deal uuid) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT weir.reads_all() OR weir.is_party(deal) $$;
  CREATE FUNCTION weir.changes_deal(deal uuid) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT weir.runs_platform() OR (weir.may_change() AND weir.is_party(deal)) $$;
  CREATE FUNCTION weir.is_colleague(person uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = weir, pg_temp
    AS $$ SELECT EXISTS (SELECT 1 FROM weir.app_user u
      WHERE u.person_id = person AND u.organisation_id = weir.current_organisation()) $$;
  CREATE FUNCTION weir.sign_in_lookup(address text)
    RETURNS TABLE (user_id uuid, person_id uuid, organisation_id uuid, password_hash text, roles text[], disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = weir, pg_temp
    AS $$ SELECT u.id, u.person_id, u.organisation_id, u.password_hash, u.roles, u.disabled
      FROM weir.app_user u WHERE u.email = lower(address) $$;
`;
