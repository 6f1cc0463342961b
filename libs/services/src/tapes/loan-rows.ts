import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import type { LoanMonth } from '@weir/collateral';
import { formatMoney, parseMoney } from '@weir/money';
import { NoTransaction } from './no-transaction.js';

/** Money members of a loan month, with the column of tape_loan that holds each. */
const MONEY = {
  opening: 'opening',
  closing: 'closing',
  scheduledPayment: 'scheduled_payment',
  principal: 'principal',
  otherPrincipalAdjustment: 'other_principal_adjustment',
  interest: 'interest',
  other: 'other',
  totalPaid: 'total_paid',
  chargeOff: 'charge_off',
  recovery: 'recovery',
  repurchase: 'repurchase',
  originalAmount: 'original_amount',
} as const satisfies Partial<Record<keyof LoanMonth, string>>;

type MoneyMember = keyof typeof MONEY;
const MEMBERS = Object.keys(MONEY) as MoneyMember[];
const COLUMNS = ['tape_id', 'deal_id', 'loan_key', '"row"', ...Object.values(MONEY), 'days_past_due', 'facts'];

/** COPY's text format: tab-separated, \N for null, backslash escapes. */
function cell(value: string | number | null): string {
  if (value === null) return '\\N';
  return String(value).replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c] ?? c);
}

function factsOf(loan: LoanMonth): string {
  const { originalTerm, originalRate, currentRate, creditScore, originationMonth, maturityMonth } = loan;
  const { zeroBalanceCode, zeroBalanceMonth, extensionMonths, assetAdded } = loan;
  return JSON.stringify({
    originalTerm,
    originalRate: originalRate?.toString() ?? null,
    currentRate: currentRate?.toString() ?? null,
    creditScore,
    originationMonth,
    maturityMonth,
    zeroBalanceCode,
    zeroBalanceMonth,
    extensionMonths,
    assetAdded,
  });
}

function* lines(tapeId: string, dealId: string, loans: readonly LoanMonth[]): Generator<string> {
  for (const loan of loans) {
    const money = MEMBERS.map((member) => {
      const cents = loan[member];
      return cents === null ? null : formatMoney(cents);
    });
    const row = [tapeId, dealId, loan.key, loan.row, ...money, loan.daysPastDue, factsOf(loan)];
    yield row.map(cell).join('\t') + '\n';
  }
}

/**
 * Stores a tape's loans with COPY, on the connection of the surrounding transaction. Postgres has no COPY into a table
 * under row-level security, so the rows pass through a table of the transaction's own, and the policies see them in
 * the INSERT that follows.
 */
export async function copyLoans(
  manager: EntityManager,
  tapeId: string,
  dealId: string,
  loans: readonly LoanMonth[],
): Promise<void> {
  if (manager.queryRunner === undefined) throw new NoTransaction();
  const client = (await manager.queryRunner.connect()) as ClientBase;
  const columns = COLUMNS.join(', ');
  await client.query('create temporary table incoming_loan (like weir.tape_loan) on commit drop');
  const sink = client.query(copyFrom(`copy pg_temp.incoming_loan (${columns}) from stdin`));
  await pipeline(Readable.from(lines(tapeId, dealId, loans)), sink);
  await client.query(`insert into weir.tape_loan (${columns}) select ${columns} from pg_temp.incoming_loan`);
}

interface LoanRow {
  loan_key: string;
  row: number;
  days_past_due: number | null;
  facts: {
    originalTerm: number | null;
    originalRate: string | null;
    currentRate: string | null;
    creditScore: number | null;
    originationMonth: string | null;
    maturityMonth: string | null;
    zeroBalanceCode: string | null;
    zeroBalanceMonth: string | null;
    extensionMonths: number | null;
    assetAdded: boolean | null;
  };
  [column: string]: unknown;
}

/** Reads a tape's loans back, in file order. */
export async function loadLoans(manager: EntityManager, tapeId: string): Promise<LoanMonth[]> {
  const rows: LoanRow[] = await manager.query('select * from weir.tape_loan where tape_id = $1 order by "row"', [
    tapeId,
  ]);
  return rows.map((row) => {
    const money = Object.fromEntries(
      MEMBERS.map((member) => {
        const text = row[MONEY[member]] as string | null;
        return [member, text === null ? null : parseMoney(text)];
      }),
    ) as Pick<LoanMonth, MoneyMember>;
    const { originalRate, currentRate, ...facts } = row.facts;
    return {
      ...money,
      ...facts,
      key: row.loan_key,
      row: row.row,
      daysPastDue: row.days_past_due,
      originalRate: originalRate === null ? null : BigInt(originalRate),
      currentRate: currentRate === null ? null : BigInt(currentRate),
    };
  });
}
