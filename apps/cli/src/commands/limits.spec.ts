import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { autoTape } from '../auto-tape.fixture.js';
import { weir } from '../run-weir.fixture.js';
import { Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const LIMITS = `collateral:
  cutOffPool: 1000.00
  loanKey: [assetNumber]
  eligibility: [{ id: open, require: openingBalance > 0, reason: no balance }]
  concentrationLimits:
    - { id: one state, field: region, each: true, most: 60 % }
    - { id: low scores, field: creditScore, below: 600, most: 39.99 % }
    - { id: mean score, average: creditScore, least: 640 }
    - { id: vehicles, field: vehicleManufacturerName, each: true, most: 50 % }
`;

// California 600.00 with 700, Nevada 400.00 with 550, and a loan that the deal leaves out: a mean of 640, 40 % below 600.
const TAPE = autoTape(
  {
    obligorGeographicLocation: 'CA',
    reportingPeriodActualEndBalanceAmount: '600.00',
    actualPrincipalCollectedAmount: '400.00',
  },
  {
    ...{ obligorGeographicLocation: 'NV', obligorCreditScore: '550' },
    ...{ reportingPeriodActualEndBalanceAmount: '400.00', actualPrincipalCollectedAmount: '600.00' },
  },
  {
    obligorGeographicLocation: 'NV',
    reportingPeriodBeginningLoanBalanceAmount: '0',
    reportingPeriodActualEndBalanceAmount: '0',
  },
);

const folder = new Folder();
let deal: string;
let tape: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY.replace('collateral: { cutOffPool: 1000.00 }\n', LIMITS));
  tape = await folder.file('tape.csv', TAPE);
});
afterAll(() => folder.close());

describe('concentration limits of a deal', () => {
  it('are checked against its pool by weir tape', async () => {
    const { code, out } = await weir('tape', tape, '--deal', deal, '--json');
    expect(code).toBe(1);
    const { limits } = JSON.parse(out) as { limits: Record<string, unknown>[] };
    expect(limits).toEqual([
      expect.objectContaining({
        id: 'one state',
        amount: '600.00',
        pool: '1000.00',
        share: '60.00 %',
        breached: false,
      }),
      expect.objectContaining({
        id: 'low scores',
        amount: '400.00',
        share: '40.00 %',
        most: '39.99 %',
        breached: true,
      }),
      expect.objectContaining({ id: 'mean score', average: '640.00', least: '640', breached: false }),
      expect.objectContaining({ id: 'vehicles', unstated: '1000.00', unknown: true }),
    ]);
    const text = (await weir('tape', tape, '--deal', deal)).out;
    expect(text).toMatch(/low scores +400\.00 +40\.00 % +39\.99 % +breached/);
    expect(text).toMatch(/mean score +640\.00 +640 +– +met +mean obligorCreditScore/);
    expect(text).toMatch(/vehicles .* not stated/);
  });

  it('that are open are told when the tape is projected', async () => {
    const { code, err } = await weir('project', deal, '--tape', tape);
    expect(code).toBe(0);
    expect(err).toContain('concentration limit low scores: 40.00 % of the pool, at most 39.99 % is allowed');
    expect(err).toContain('concentration limit vehicles: no loan of the pool states what it is of');
    expect(err).not.toContain('one state');
  });

  it('of a field that no loan has are warned of, and all are explained', async () => {
    const misspelt = await folder.file(
      'misspelt.yaml',
      TINY.replace(
        'collateral: { cutOffPool: 1000.00 }\n',
        LIMITS.replace('average: creditScore', 'average: creditScor'),
      ),
    );
    const { code, out } = await weir('check', misspelt);
    expect(code).toBe(0);
    expect(out).toMatch(/:\d+:7: warning: mean score: "creditScor" .* is no field of a loan.*\[loan-field in/);
    expect((await weir('check', deal)).out).not.toContain('loan-field');
    const told = (await weir('explain', deal)).out;
    expect(told).toMatch(/One state: each region: at most 60\.00 % of the pool/);
    expect(told).toMatch(/Low scores: credit score below 600: at most 39\.99 % of the pool/);
    expect(told).toMatch(/Mean score: the mean credit score, weighed by balance, is at least 640/);
  });
});
