import { addDays, dateInstant } from '@weir/calendar';
import { formatMoney, parseMoney, type Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import type { IssueOnChain } from '../amendments/entities.js';
import type { TakeOver } from '../amendments/take-over.js';
import { paymentInstants, recordInstants } from '../deployment/deal-terms.js';
import { IssueTermsInvalid } from './errors.js';

/** How more of a class is offered; amounts are decimal strings, dates YYYY-MM-DD. The class and its face are the document's. */
export interface IssueInput {
  /** Original face of a lot, and what it costs: price, and interest from the last payment date to the issue date. */
  readonly lot: string;
  readonly price: string;
  readonly accrued: string;
  /** Original face up to where subscriptions are taken (null: what is issued) and that one investor may subscribe (null: any). */
  readonly maximum: string | null;
  readonly perInvestor: string | null;
  /** First and last day on which the issue can be completed, UTC. */
  readonly issueDate: string;
  readonly deadline: string;
}

/**
 * The terms as the contract takes them, all held against the deal as the contract does.
 * @param now seconds
 * @throws IssueTermsInvalid
 */
export function issueTerms(
  { next, mapping }: Pick<TakeOver, 'next' | 'mapping'>,
  input: IssueInput,
  { vault, issuer, now }: { vault: Hex; issuer: Hex; now: number },
): IssueOnChain {
  const [issued, ...others] = mapping.issues;
  if (issued === undefined || others.length > 0)
    throw new IssueTermsInvalid(['the document says under amends.issued of which one class more is issued']);
  const { fromPeriod } = mapping;
  const issueDate = dateInstant(input.issueDate);
  const deadline = dateInstant(addDays(input.deadline, 1)) - 1;
  const lot = parseMoney(input.lot);
  const faults = [
    ...timeFaults(next, { fromPeriod, issueDate, deadline, now, accrues: parseMoney(input.accrued) > 0n }),
    ...(lot > 0n && issued.face % lot === 0n ? [] : [`${formatMoney(issued.face)} are no whole lots of ${input.lot}`]),
    ...(parseMoney(input.price) > 0n ? [] : ['a lot has no price']),
  ];
  const lots = (name: string, amount: string | null, otherwise: bigint): bigint => {
    const cents = amount === null ? otherwise : parseMoney(amount);
    if (lot > 0n && cents % lot !== 0n) faults.push(`the ${name} ${formatMoney(cents)} is no whole number of lots`);
    return lot > 0n ? cents / lot : 0n;
  };
  const maximum = lots('maximum', input.maximum, issued.face);
  const perInvestor = lots('limit of an investor', input.perInvestor, 0n);
  if (lot > 0n && maximum * lot < issued.face)
    faults.push(`the maximum is less than the ${formatMoney(issued.face)} issued`);
  if (faults.length > 0) throw new IssueTermsInvalid(faults);
  const tranche = next.tranches.findIndex(({ name }) => name === issued.tranche);
  const amounts = { lot, lots: issued.face / lot, maximum, perInvestor, price: parseMoney(input.price) };
  const cents = { ...amounts, accrued: parseMoney(input.accrued) };
  const texts = Object.fromEntries(Object.entries(cents).map(([name, value]) => [name, String(value)]));
  return {
    ...{ vault, issuer, seller: issuer, tranche, fromPeriod, issueDate, deadline },
    ...(texts as Record<keyof typeof cents, string>),
  };
}

function timeFaults(
  next: Pick<CompiledDeal, 'periods'>,
  times: { fromPeriod: number; issueDate: number; deadline: number; now: number; accrues: boolean },
): string[] {
  const { fromPeriod, issueDate, deadline, now, accrues } = times;
  const record = recordInstants(next)[fromPeriod - 1] ?? 0;
  const last = paymentInstants(next)[fromPeriod - 2];
  const faults: string[] = [];
  if (fromPeriod < 2 || last === undefined) return ['more is issued after the first payment date, so from period 2 on'];
  if (deadline <= now || deadline < issueDate) faults.push('the deadline is over, or comes before the issue date');
  if (deadline >= record) faults.push(`the deadline comes after the record date of period ${fromPeriod}`);
  if (issueDate < last) faults.push(`the issue date comes before the payment date of period ${fromPeriod - 1}`);
  if (issueDate === last && accrues) faults.push('on the payment date no interest has accrued');
  return faults;
}
