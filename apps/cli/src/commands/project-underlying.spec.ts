import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, TINY } from '../tiny-deal.fixture.js';

/**
 * Owns 60 % of B of the tiny deal, which pays 2.00 of interest on 1 February, March and April 2025 and 200.00 of principal on
 * the last. S 100.00 at 6 %, J 20.00 at 12 %, paid on the 5th, 30/360.
 *
 * | date     | tiny interest | principal | S int. | J int. | S prin. | J prin. | residual |
 * | 5 Feb.   | 1.20          | 0.00      | 0.50   | 0.20   | 0.00    | 0.00    | 0.50     |
 * | 5 March  | 1.20          | 0.00      | 0.50   | 0.20   | 0.00    | 0.00    | 0.50     |
 * | 5 April  | 1.20          | 120.00    | 0.50   | 0.20   | 100.00  | 20.00   | 0.50     |
 */
const resec = (
  name: string,
  day: number,
  underlying: string,
  of: string,
  classes: string,
  to: string,
): string => `weir: 1
deal: { name: ${name}, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-${String(day).padStart(2, '0')}
  firstCollectionPeriod: 2025-01
  paymentDay: ${day}
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 3
collateral: { underlying: { ${underlying} } }
report:
  interest: { unit: money, from: ${of}.interest }
  principal: { unit: money, from: ${of}.principal }
  poolClosing: { unit: money, from: ${of}.balance }
  losses: { unit: signed money, from: ${of}.writtenDown }
accounts: { collection: {}, suspense: {} }
collections: { items: [interest, principal], account: collection, suspense: suspense }
tranches:
${classes}
formulas: { lost: cumulative(losses) }
priorityOfPayments:
  - { step: interestDue, interest: ${to}, from: [collection] }
  - { step: principalDue, principal: 'max(0, notes.opening - poolClosing)', to: ${to}, method: sequential, from: [collection] }
  - { step: rest, residual: sponsor, from: [collection] }
`;

const note = (name: string, amount: string, coupon: string): string =>
  `  - { name: ${name}, amount: ${amount} USD, coupon: ${coupon}, dayCount: 30/360, accrual: unadjusted }`;

const folder = new Folder();
let [middle, top, pool] = ['', '', ''];
beforeAll(async () => {
  await folder.open();
  await folder.file('tiny/deal.yaml', TINY);
  pool = await folder.file('tiny/collections.csv', COLLECTIONS);
  middle = await folder.file(
    'middle.yaml',
    resec(
      'Middle',
      5,
      'tiny: { deal: tiny, class: B, share: 60 % }',
      'tiny',
      `${note('S', '100.00', '6 %')}\n${note('J', '20.00', '12 %')}`,
      '[S, J]',
    ),
  );
  top = await folder.file(
    'top/deal.yaml',
    resec('Top', 10, 'mid: { deal: ../middle.yaml, class: S, share: 50 % }', 'mid', note('T', '50.00', '6 %'), 'T'),
  );
});
afterAll(() => folder.close());

interface Answer {
  scenarios: { fault: null; lines: Record<string, string[]> }[];
}

const linesOf = (out: string): Record<string, string[]> => (JSON.parse(out) as Answer).scenarios[0]?.lines ?? {};

describe('weir project of a deal that owns a class of another', () => {
  it('projects the other deal first, as worked by hand', async () => {
    const { code, out, err } = await weir('project', middle, '--underlying', `tiny=collections:${pool}`, '--json');
    expect([code, err]).toEqual([0, '']);
    const lines = linesOf(out);
    expect(lines['interest']).toEqual(['1.20', '1.20', '1.20']);
    expect(lines['poolClosing']).toEqual(['120.00', '120.00', '0.00']);
    expect(lines['S.interestPaid']).toEqual(['0.50', '0.50', '0.50']);
    expect(lines['S.principalPaid']).toEqual(['0.00', '0.00', '100.00']);
    expect(lines['J.closing']).toEqual(['20.00', '20.00', '0.00']);
    expect(lines['rest.paid'] ?? lines['residual.paid']).toEqual(['0.50', '0.50', '0.50']);
  });

  it('several levels deep', async () => {
    const { code, out, err } = await weir('project', top, '--underlying', `mid.tiny=collections:${pool}`, '--json');
    expect([code, err]).toEqual([0, '']);
    // 50 % of 0.50 and of 100.00; T bears 6 % of 50.00 a month
    const lines = linesOf(out);
    expect(lines['interest']).toEqual(['0.25', '0.25', '0.25']);
    expect(lines['T.interestPaid']).toEqual(['0.25', '0.25', '0.25']);
    expect(lines['T.principalPaid']).toEqual(['0.00', '0.00', '50.00']);
  });

  it('is what weir solve varies the deal over', async () => {
    // J bears 20.00 × coupon ÷ 12 a month; 1.20 − 0.50 of S leave 0.70, which is 42 % a year
    const condition = ['--for', 'tranches.J.coupon', '--until', 'J.shortfall <= 0', '--between', '30 %,50 %'];
    const below = ['--underlying', `tiny=collections:${pool}`];
    const { code, out } = await weir('solve', middle, ...condition, ...below, '--json');
    expect(code).toBe(0);
    // and up to 0.7049…, which rounds to 0.70: 42.29 % in steps of a hundredth of a percent is 0.70483
    expect((JSON.parse(out) as { value: number }).value).toBeCloseTo(0.4229, 3);
  });

  it('says which collateral is missing', async () => {
    const { code, err } = await weir('project', top);
    expect(code).toBe(2);
    expect(err).toMatch(/give the collateral of .*tiny.deal\.yaml by --underlying mid\.tiny=POOL/);
  });

  it('says which class is not there, and which deals own each other', async () => {
    const text = resec('Lost', 5, 'tiny: { deal: tiny, class: C }', 'tiny', note('S', '100.00', '6 %'), 'S');
    const lost = await folder.file('lost.yaml', text);
    const { code, err } = await weir(
      'project',
      lost,
      '--cut-off-pool',
      '1.00',
      '--underlying',
      `tiny=collections:${pool}`,
    );
    expect(code).toBe(2);
    expect(err).toContain('its deal has no class "C"');

    const one = resec('One', 5, 'x: { deal: two.yaml, class: S }', 'x', note('S', '100.00', '6 %'), 'S');
    const path = await folder.file('one.yaml', one);
    await folder.file('two.yaml', one.replace('two.yaml', 'one.yaml'));
    const circle = await weir('project', path);
    expect(circle.code).toBe(2);
    expect(circle.err).toMatch(/own classes of each other.*one\.yaml → .*two\.yaml → .*one\.yaml\n$/);
  });
});
