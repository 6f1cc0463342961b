import { APP_ROLE } from '@weir/persistence';

/**
 * One partition a month, in a schema of its own. Nobody reads or changes a partition by its own name: rows are read through
 * weir.tape_loan, whose policies hold. Loans are copied straight into a partition, which Postgres refuses for a table
 * under row-level security; there the trigger `system_writes` asks what the policy asks, once a statement.
 */
export const LOAN_PARTITIONS = `
  create schema weir_month;
  grant usage on schema weir_month to ${APP_ROLE};

  create function weir.refuse_unless_system() returns trigger language plpgsql as $$
    begin
      if not weir.has_role('system') then
        raise exception '% is written by Weir itself only', tg_table_name using errcode = 'insufficient_privilege';
      end if;
      return null;
    end $$;

  create function weir.open_tape_month(wanted date) returns text language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
    declare
      first date := date_trunc('month', wanted)::date;
      part text := 'tape_loan_' || to_char(wanted, 'YYYYMM');
      name text := format('weir_month.%I', part);
    begin
      if not weir.has_role('system') then
        raise exception 'months are opened by Weir itself only' using errcode = 'insufficient_privilege';
      end if;
      if to_regclass(name) is not null then return name; end if;
      perform pg_advisory_xact_lock(hashtextextended('weir.tape_loan', 0));
      if to_regclass(name) is not null then return name; end if;
      execute format('create table %s (like weir.tape_loan including defaults including constraints including indexes)', name);
      execute format('create trigger system_writes before insert on %s
        for each statement execute function weir.refuse_unless_system()', name);
      execute format('create trigger append_only before update or delete or truncate on %s
        for each statement execute function weir.refuse_change()', name);
      execute format('grant insert on %s to ${APP_ROLE}', name);
      execute format('alter table weir.tape_loan attach partition %s for values from (%L) to (%L)',
        name, first, (first + interval '1 month')::date);
      return name;
    end $$;`;

/** Loans that were stored before there were months, into the months that their tapes report. */
export const MOVE_LOANS = `
  update weir.tape set asset_class = 'auto-loan', kind = 'original',
    month = date_trunc('month', (summary->>'reportingTo')::date)::date where status = 'imported';
  update weir.tape t set version = n.version from
    (select tape_id, row_number() over (partition by deal_id, month order by period, tape_id) as version
       from weir.tape where month is not null) n where n.tape_id = t.tape_id;
  insert into weir.tape_choice (deal_id, month, tape_id, why)
    select deal_id, month, tape_id, 'imported before versions were kept' from weir.tape where version is not null
      order by deal_id, month, version;
  select weir.open_tape_month(month) from (select distinct month from weir.tape where month is not null) months;
  insert into weir.tape_loan (month, tape_id, deal_id, loan_key, "row", opening, closing, scheduled_payment, principal,
      other_principal_adjustment, interest, other, total_paid, charge_off, recovery, repurchase, original_amount,
      days_past_due, original_term, original_rate, current_rate, credit_score, originated, matures, zero_balance_code,
      zero_balance_month, extension_months, asset_added)
    select t.month, l.tape_id, l.deal_id, l.loan_key, l."row", l.opening, l.closing, l.scheduled_payment, l.principal,
      l.other_principal_adjustment, l.interest, l.other, l.total_paid, l.charge_off, l.recovery, l.repurchase,
      l.original_amount, l.days_past_due, f."originalTerm", f."originalRate", f."currentRate", f."creditScore",
      f."originationMonth", f."maturityMonth", f."zeroBalanceCode", f."zeroBalanceMonth", f."extensionMonths",
      f."assetAdded"
    from weir.tape_loan_whole l join weir.tape t using (tape_id),
      jsonb_to_record(l.facts) as f("originalTerm" int, "originalRate" numeric, "currentRate" numeric,
        "creditScore" int, "originationMonth" text, "maturityMonth" text, "zeroBalanceCode" text,
        "zeroBalanceMonth" text, "extensionMonths" int, "assetAdded" boolean);`;
