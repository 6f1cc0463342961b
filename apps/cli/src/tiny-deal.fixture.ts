import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Two classes over three months, worked by hand. Pool 1,000.00; A 800.00 at 6 %, B 200.00 at 12 %, 30/360 from 1 January 2025,
 * payments on the 1st; servicing 1.2 % a year of the pool; principal to A, then B; the rest to the sponsor.
 *
 * | date    | pool     | interest | principal | fee  | A int. | B int. | A principal | B principal | residual |
 * | 1 Feb.  | 1,000.00 | 10.00    | 300.00    | 1.00 | 4.00   | 2.00   | 300.00      | 0.00        | 3.00     |
 * | 1 March | 700.00   | 7.00     | 300.00    | 0.70 | 2.50   | 2.00   | 300.00      | 0.00        | 1.80     |
 * | 1 April | 400.00   | 4.00     | 400.00    | 0.40 | 1.00   | 2.00   | 200.00      | 200.00      | 0.60     |
 */
export const TINY = `weir: 1
deal: { name: Two classes, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-01
  firstCollectionPeriod: 2025-01
  paymentDay: 1
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 3
collateral: { cutOffPool: 1000.00 }
report:
  poolOpening: money
  interestCollected: signed money
  principalCollected: money
accounts: { collection: {}, suspense: {} }
collections: { items: [interestCollected, principalCollected], account: collection, suspense: suspense }
fees: { servicing: { payee: servicer, amount: 1.2 % / 12 * poolOpening } }
tranches:
  - { name: A, amount: 800.00 USD, coupon: 6 %, dayCount: 30/360, accrual: unadjusted }
  - { name: B, amount: 200.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted }
formulas: { repaid: cumulative(principalCollected) }
triggers:
  half: { when: A.opening <= 400.00 USD }
priorityOfPayments:
  - { step: servicingFee, fee: servicing, from: [collection] }
  - { step: interestA, interest: A, from: [collection] }
  - { step: interestB, interest: B, from: [collection] }
  - { step: principal, principal: principalCollected, to: [A, B], method: sequential, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

/** The servicer's figures of the three dates. */
export const MONTHS = [
  { poolOpening: '1000.00', interestCollected: '10.00', principalCollected: '300.00' },
  { poolOpening: '700.00', interestCollected: '7.00', principalCollected: '300.00' },
  { poolOpening: '400.00', interestCollected: '4.00', principalCollected: '400.00' },
] as const;

/** The same as CSV. */
export const COLLECTIONS = [
  'period,poolOpening,interestCollected,principalCollected',
  ...MONTHS.map((month, index) => [index + 1, ...Object.values(month)].join(',')),
  '',
].join('\n');

/** A folder of its own for a suite. */
export class Folder {
  private path = '';

  async open(): Promise<void> {
    this.path = await mkdtemp(join(tmpdir(), 'weir-commands-'));
  }

  close(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  at(name: string): string {
    return join(this.path, name);
  }

  /** Writes a file and gives its path. */
  async file(name: string, content: string | object): Promise<string> {
    const path = this.at(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }
}
