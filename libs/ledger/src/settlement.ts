import { CHART } from './chart.js';
import { credit, debit, entryOf, type JournalEntry, type LedgerContext, type Posting } from './entry.js';
import { UnknownPlace, UnpostableStep } from './errors.js';

/** What the ledger reads of a trace step (a `TraceStep` of @weir/waterfall is one); `paid` in cents. */
export interface PaidStep {
  step: number;
  label: string;
  from: string;
  to: string;
  paid: bigint;
}

/** A place of cash as the trace names it. `suspense` is the account of cash without collections against it. */
export type CashPlace =
  | { kind: 'deposit' }
  | { kind: 'account'; name: string; suspense: boolean }
  | { kind: 'interest'; tranche: string }
  | { kind: 'principal'; tranche: string }
  | { kind: 'payee'; name: string; residual: boolean };

type Source = Extract<CashPlace, { kind: 'deposit' | 'account' }>;

/** Where the cash of a source stands in the books, and whether collections already stand against it. */
function sourceAccount(place: Source): { account: string; unapplied: boolean } {
  return place.kind === 'deposit'
    ? { account: CHART.pendingDeposit, unapplied: true }
    : { account: CHART.cash(place.name), unapplied: place.suspense };
}

/** Cash that leaves deposit or suspense for its use pays down what the servicer owes. */
function application(unapplied: boolean, amount: bigint): Posting[] {
  return unapplied ? [debit(CHART.depositsPayable, amount), credit(CHART.servicerReceivable, amount)] : [];
}

/** What the deal no longer has by a payment, and to whom it is owed until it is fetched. */
function obligation(to: Exclude<CashPlace, Source>, amount: bigint): Posting[] {
  switch (to.kind) {
    case 'interest':
      return [debit(CHART.interestExpense(to.tranche), amount), credit(CHART.interestPayable(to.tranche), amount)];
    case 'principal':
      return [debit(CHART.note(to.tranche), amount), credit(CHART.principalPayable(to.tranche), amount)];
    case 'payee':
      return [
        debit(to.residual ? CHART.residualEquity : CHART.feeExpense(to.name), amount),
        credit(CHART.payeePayable(to.name), amount),
      ];
  }
}

function postings(from: Source, to: CashPlace, amount: bigint): Posting[] | null {
  const { account, unapplied } = sourceAccount(from);
  const out = credit(account, amount);
  if (to.kind === 'deposit') return null;
  if (to.kind === 'account') {
    return [debit(CHART.cash(to.name), amount), out, ...application(unapplied && !to.suspense, amount)];
  }
  return [debit(CHART.heldForPayment, amount), out, ...application(unapplied, amount), ...obligation(to, amount)];
}

/** What of a compiled deal (`CompiledDeal` of @weir/waterfall) names places of cash, as its trace spells them. */
export interface CashNames {
  accounts: readonly string[];
  tranches: readonly { name: string }[];
  payees: readonly { name: string }[];
}

/**
 * Places of a compiled deal: the deposit, its accounts, `NAME interest` and `NAME principal` of each tranche, its payees, of
 * which `residual` is the residual holder. `suspense` is the account that the document's collections name so.
 */
export function placesOf(compiled: CashNames, suspense: string): Map<string, CashPlace> {
  const places = new Map<string, CashPlace>([['deposit', { kind: 'deposit' }]]);
  for (const name of compiled.accounts) places.set(name, { kind: 'account', name, suspense: name === suspense });
  for (const { name: tranche } of compiled.tranches) {
    places.set(`${tranche} interest`, { kind: 'interest', tranche });
    places.set(`${tranche} principal`, { kind: 'principal', tranche });
  }
  for (const { name } of compiled.payees) places.set(name, { kind: 'payee', name, residual: name === 'residual' });
  return places;
}

/**
 * One entry for each step of the trace that moved cash, in order, from the steps and nothing else. Cash paid to a class
 * or a payee stays in the vault, held for payment, against a payable. `places` says what each name in the trace is.
 * @throws UnknownPlace when the chart lacks a name; UnpostableStep when cash would leave a class or payee.
 */
export function journalForSettlement(
  context: LedgerContext & { period: number; date: string; places: ReadonlyMap<string, CashPlace> },
  steps: readonly PaidStep[],
): JournalEntry[] {
  const place = (step: PaidStep, name: string): CashPlace => {
    const found = context.places.get(name);
    if (!found) throw new UnknownPlace(step.step, name);
    return found;
  };
  const seen = new Map<number, number>();
  // A step that pays from or to several places has several lines in the trace: the second is step/7/2.
  const idOf = ({ step }: PaidStep): string => {
    const nth = (seen.get(step) ?? 0) + 1;
    seen.set(step, nth);
    return `${context.deal}/period/${context.period}/step/${step}${nth > 1 ? `/${nth}` : ''}`;
  };
  return steps
    .map((step) => ({ step, id: idOf(step) }))
    .filter(({ step }) => step.paid !== 0n)
    .map(({ step, id }) => {
      const [from, to] = [place(step, step.from), place(step, step.to)];
      const lines =
        from.kind === 'deposit' || from.kind === 'account'
          ? postings(from, to, step.paid * context.unitsPerCent)
          : null;
      if (!lines) throw new UnpostableStep(step.step, step.from, step.to);
      return entryOf(id, context.date, step.label, lines);
    });
}
