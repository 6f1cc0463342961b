import { formatMoney } from '@weir/money';
import { commercialBalances } from './commercial-balances.js';
import { capitalisedIn } from './capitalised.js';
import type { RowRule, RowView } from './row-view.js';

/** Principal as stated, or where none is what interest and other leave of the total paid. */
export function principalOf(view: RowView): bigint | null {
  const stated = view.money('principal');
  const [total, interest] = [view.money('totalPaid'), view.money('interest')];
  if (stated !== null || total === null || interest === null || !view.isEmpty('principal')) return stated;
  return total - interest - (view.money('otherCollected') ?? 0n);
}

/** Classes whose loans pay principal month by month. */
const PAID_MONTHLY = ['auto-loan', 'consumer-loan'];

/** That a balance rose by what of the month's interest was not paid, which no column states. */
function tellCapitalised(view: RowView, amount: bigint): void {
  const said = `the balance rose by ${formatMoney(amount)}, which is what of the month’s interest was not paid: it seems to have joined the balance, and no column says so`;
  const field = view.nameFor('capitalised');
  const map = field === null ? '' : `map the column of capitalised interest (${field}) where the file has one, else `;
  const remedy = `${map}ask the servicer whether the loan capitalises what is not paid`;
  view.remark('closing', { rule: 'interest-capitalised', said, remedy });
}

const rolls: RowRule = {
  needs: ['opening', 'closing'],
  of: PAID_MONTHLY,
  check: (view) => {
    const [opening, closing, principal] = [view.money('opening'), view.money('closing'), principalOf(view)];
    if (opening === null || closing === null || principal === null || opening < 0n || closing < 0n) return;
    const fell = opening - closing - principal - (view.money('adjustment') ?? 0n);
    // A charge-off that is stated again in later months takes nothing off a loan at zero.
    if (fell === 0n && opening === 0n) return;
    const capitalised = view.money('capitalised') ?? 0n;
    // Some servicers net interest that was capitalised in principal, and state it all the same.
    const netted = (view.money('chargeOff') ?? 0n) - fell;
    const difference = netted - capitalised;
    if (difference === 0n || netted === 0n) return;
    const joined = capitalisedIn(view);
    if (joined?.told === 'reckoned' && joined.amount === difference) return tellCapitalised(view, joined.amount);
    const said =
      `closing ${formatMoney(closing)} − opening ${formatMoney(opening)} differs by ${formatMoney(difference)} ` +
      `from −principal − adjustment − charge-off${view.has('capitalised') ? ' + capitalised interest' : ''}`;
    const remedy =
      'ask the servicer what moved the balance; the difference is shown in the report and never scaled away';
    view.remark('closing', { rule: 'does-not-roll', said, remedy });
  },
};

const isRaised = (view: RowView): boolean =>
  (['adjustment', 'principal', 'chargeOff'] as const).some((role) => (view.money(role) ?? 0n) < 0n) ||
  capitalisedIn(view) !== null;

const rises: RowRule = {
  needs: ['opening', 'closing'],
  of: [...PAID_MONTHLY, 'equipment-lease'],
  check: (view) => {
    const [opening, closing] = [view.money('opening'), view.money('closing')];
    if (opening === null || closing === null || opening < 0n || closing <= opening) return;
    // Interest that was not paid is told of by the roll.
    if (isRaised(view)) return;
    const said = `the balance rose by ${formatMoney(closing - opening)} without an adjustment or a reversal`;
    view.remark('closing', { rule: 'closing-rises', said, remedy: 'ask the servicer what raised the balance' });
  },
};

const zeroBalance: RowRule = {
  needs: ['closing'],
  check: (view) => {
    const code = view.field('zeroBalanceCode');
    const closing = view.money('closing');
    if (code === undefined || code === null || code === '0' || closing === null || closing === 0n) return;
    const said = `zero balance code ${String(code)} stands beside a closing balance of ${formatMoney(closing)}`;
    const remedy = 'check whether the loan is paid off';
    view.remark({ field: 'zeroBalanceCode' }, { rule: 'zero-balance-with-balance', said, remedy });
  },
};

/** Hundredths of the original amount up to which interest that was capitalised may carry a balance. */
const CAPITALISED = 110n;
/** ESMA's codes of schedules that repay: annuity, German, fixed instalments. */
const REPAYING = new Set(['FRXX', 'DEXX', 'FIXE']);

/** Whether the loan is one whose balance can only fall: it amortises, and neither draws nor adds interest to principal. */
export function onlyFalls(view: RowView): boolean {
  if (view.assetClass.name === 'commercial-mortgage') return view.field('negativeAmortizationIndicator') === false;
  if (PAID_MONTHLY.includes(view.assetClass.name)) return true;
  const schedule = view.field('amortisationType');
  return typeof schedule === 'string' && REPAYING.has(schedule) && (view.field('totalCreditLimit') ?? null) === null;
}

const aboveOriginal: RowRule = {
  needs: ['originalAmount', 'closing'],
  check: (view) => {
    const [original, closing] = [view.money('originalAmount'), view.money('closing')];
    if (original === null || closing === null || original <= 0n || closing <= original) return;
    // A loan whose unpaid interest joins the balance is where it must be.
    const beyond = closing * 100n > original * CAPITALISED;
    if (!beyond && capitalisedIn(view) !== null) return;
    const blocks = beyond && onlyFalls(view) && !isRaised(view);
    const said = `the closing balance ${formatMoney(closing)} is above the original amount ${formatMoney(original)}`;
    const remedy = 'check both amounts; interest that was capitalised, a further advance or a draw explains it';
    view.remark('closing', { rule: 'balance-above-original', said, remedy, ...(blocks ? {} : { weight: 'warns' }) });
  },
};

const originalStated: RowRule = {
  needs: ['originalAmount', 'closing'],
  check: (view) => {
    const [original, closing] = [view.money('originalAmount'), view.money('closing')];
    if (original === null || original > 0n || closing === null || closing <= 0n) return;
    const said = `the original amount is ${formatMoney(original)} beside a balance of ${formatMoney(closing)}`;
    const remedy = 'ask the servicer what was lent';
    view.remark('originalAmount', { rule: 'no-original-amount', said, remedy });
  },
};

/** A loan of more than this part of what secures it is worth a look. */
const HIGH_LTV = 2;

const loanToValue: RowRule = {
  needs: ['closing', 'value'],
  check: (view) => {
    const [balance, value, stated] = [view.money('closing'), view.money('value'), view.rate('ltv')];
    if (balance === null || value === null || balance <= 0n) return;
    const rule = 'suspicious-ltv';
    if (value <= 0n)
      return view.remark('value', { rule, said: 'the security has no value', remedy: 'check the valuation' });
    const percent = ((Number(balance) / Number(value)) * 100).toFixed(1);
    if (Number(balance) / Number(value) > HIGH_LTV) {
      const said = `the balance is ${percent} % of the value`;
      view.remark('value', { rule, said, remedy: 'check balance and valuation' });
    } else if (stated !== null && stated > 10) {
      const said = 'the loan-to-value is over 1,000 %';
      view.remark('ltv', { rule, said, remedy: 'check fraction or percentage' });
    }
  },
};

const commercial: RowRule = { needs: ['closing'], of: ['commercial-mortgage'], check: commercialBalances };

/** What is owed, what moved it, and what it is held against. */
export const BALANCE_RULES: readonly RowRule[] = [
  ...[rolls, rises, zeroBalance, aboveOriginal, originalStated, loanToValue, commercial],
];
