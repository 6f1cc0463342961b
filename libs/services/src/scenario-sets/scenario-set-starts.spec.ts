import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatMoney } from '@weir/money';
import { SYSTEM_ACTOR, type Actor } from '@weir/persistence';
import { setFiles, writeState, type SetRequest } from '@weir/valuation';
import { encodeInputs, execute, summarise } from '@weir/waterfall';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { PoolNeedsLoans } from '../tapes/errors.js';
import { loan } from '../tapes/loan-month.fixture.js';
import { copyLoans } from '../tapes/loan-rows.js';
import { PoolNotChosen, ScenarioSetRefused } from './errors.js';
import { runScenarioSet } from './run-scenario-set.js';
import { SetKeeper } from './set-keeper.js';
import type { OwnedOrder, SetOrder } from './set-order.js';
import { ShardWorker } from './shard-worker.js';

/** Threads run what the build made; the suite builds first. */
const SCRIPT = new URL('../../dist/scenario-sets/scenario-thread.js', import.meta.url);

/** The sample deal with class C at the rate of two business days before its interest period. */
const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8')
  .replace('coupon: 1.50 %', 'coupon: sofr')
  .replace(
    'report:\n',
    'report:\n  sofr: { unit: rate, index: { method: set in advance, lookback: 2 business days, calendar: us-federal-reserve } }\n',
  );

const TERMS = { currentRate: 60_000_000_000n, maturityMonth: '2022-07' };
/** 600,000.00 + 400,000.00 that pay 10,000.00 and 5,000.00 of principal, 500.00 and 200.00 of interest in July 2020. */
const LOANS = [
  loan('one', 60_000_000n, 59_000_000n, { row: 2, interest: 50_000n, totalPaid: 1_050_000n, ...TERMS }),
  loan('two', 40_000_000n, 39_500_000n, { row: 3, interest: 20_000n, totalPaid: 520_000n, ...TERMS }),
];
const REPORT = {
  ...{
    poolOpening: 100_000_000n,
    poolClosing: 98_500_000n,
    interestCollected: 70_000n,
    principalCollected: 1_500_000n,
  },
  ...{ recoveries: 0n, repurchaseProceeds: 0n, chargeOffs: 0n, sofr: '1.50 %' },
};
const STATE_HASH = `0x${'7'.repeat(64)}`;
const PROVISIONAL = `0x${'8'.repeat(64)}`;
const TAPE_SHA256 = 'f'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('where a set takes a deal up', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let dealId: string;
  const tapeId = randomUUID();
  const compiled = compiledDeal({ dealId: '', document: DOCUMENT, cutOffPool: '1000000.00' });
  const on = { period: 1, inputs: encodeInputs(compiled, REPORT), deposit: 1_570_000n, state: compiled.initialState };
  const run = execute(compiled.program, on);
  const { tranches } = summarise(compiled, run);

  const sets = () => platform.services.scenarioSets;
  const NOTHING: SetOrder = {
    ...{ set: '', pool: null, tapeId: null, collections: null, fromPeriod: 0, fixings: null },
    ...{ underlying: [], assumeZero: false, leaveOut: null },
  };
  const start = async (order: Partial<SetOrder>) =>
    (await sets().start(issuer, dealId, { ...NOTHING, ...order }, once())).setId;

  /** Runs a set to its end; what it is, and its files. */
  async function finished(setId: string, of = dealId) {
    const { context, dataSource } = platform.services;
    const worker = new ShardWorker(context, dataSource, { script: SCRIPT });
    await worker.run({ setId, shard: 0 });
    await worker.stop();
    await new SetKeeper(context).tend();
    const view = await sets().get(issuer, of, setId);
    expect(view).toMatchObject({ status: 'done', failure: null });
    const text = async (name: string): Promise<string> =>
      new TextDecoder().decode((await sets().file(issuer, of, setId, name)).bytes);
    const json = JSON.parse(await text('results.json')) as {
      figures: { figure: string }[];
      scenarios: { values: string[] }[];
    };
    const figure = (name: string, scenario = 0): string =>
      json.scenarios[scenario]?.values[json.figures.findIndex((each) => each.figure === name)] ?? '';
    return { view, text, figure };
  }

  const faultsOf = async (order: Partial<SetOrder>): Promise<string[]> => {
    const refusal: unknown = await start(order).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ScenarioSetRefused);
    return (refusal as ScenarioSetRefused).faults.map(({ what, message }) => `${what}: ${message}`);
  };

  async function settled(period: number, state: readonly bigint[], stateHash: string, final: boolean): Promise<void> {
    await platform.asSystem(`insert into weir.payment values ($1, $2, 1, '', '', '', $3, false, 0, '{}', $4)`, [
      ...[dealId, period, stateHash, final],
    ]);
    await platform.asSystem('insert into weir.deal_state values ($1, $2, $3, $4)', [
      ...[dealId, period, state.map(String), stateHash],
    ]);
    await platform.asSystem(
      `insert into weir.servicer_report
         (deal_id, period, tape_id, figures, inputs, tape_root, previous_state_hash, digest, prepared_by)
       values ($1, $2, $3, '{}', '{}', '', '', '', $1)`,
      [dealId, period, tapeId],
    );
  }

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    await platform.asSystem(
      `update weir.deal set status = 'closed', cut_off_pool = 1000000, program_hash = $2 where deal_id = $1`,
      [dealId, compiled.program.hash],
    );
    await platform.asSystem(
      `insert into weir.tape (tape_id, deal_id, period, file_sha256, loan_key, status, summary, month)
       values ($1, $2, 1, $3, '{a}', 'imported', $4, '2020-07-01')`,
      [tapeId, dealId, TAPE_SHA256, { rows: 2, reportingFrom: '2020-07-01', reportingTo: '2020-07-31' }],
    );
    await platform.services.context.uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, ({ manager }) =>
      copyLoans(manager, { tapeId, dealId, month: '2020-07-01' }, LOANS),
    );
    for (const { key, opening } of LOANS)
      await platform.asSystem('insert into weir.pool_loan values ($1, $2, $3)', [dealId, key, formatMoney(opening)]);
    await settled(1, run.state, STATE_HASH, true);
    await settled(2, run.state, PROVISIONAL, false);
  }, 60_000);
  afterAll(() => platform.stop());

  const RATES = 'rates: { sofr: 0 % }\n';
  // Payment date 2 bears interest from 15 August 2020, a Saturday: two business days before are the 13th.
  const FIXINGS = 'date,rate\n2020-08-13,12 %\n';

  it('is the actual state after a settled month, with the tape that it was paid on and published rates', async () => {
    const setId = await start({ fromPeriod: 1, fixings: FIXINGS, set: RATES });
    const { view, text, figure } = await finished(setId);
    expect(view).toMatchObject({
      ...{ fromPeriod: 1, stateHash: STATE_HASH, programHash: compiled.program.hash, tapeId, tapeSha256: TAPE_SHA256 },
      ...{ fixingsSha256: sha256(FIXINGS), collectionsSha256: null, underlying: [] },
    });
    // What A still is after July. Of the 15,700.00, fees of 833.33 and 16.67 and interest of 440.00, 66.67 and 62.50 leave
    // 14,280.83, of which C is paid 50 ÷ 930, 767.79; a month of 49,232.21 at 12 %, and nothing after that.
    const principal = Number(figure('A.principal')) + Number(figure('A.outstanding'));
    expect(principal).toBeCloseTo(Number(formatMoney(tranches['A']!.closing)), 2);
    expect(tranches['A']!.closing).toBeLessThan(80_000_000n);
    expect(figure('C.interest')).toBe('492.32');
    // As weir scenarios --state gives it: loans by July's closing balances, 24 months from July 2020 to July 2022.
    const lines = LOANS.map(({ closing }) => ({
      ...{ grossRate: 0.06, netRate: 0.06, remainingTerm: 24, age: 0 },
      ...{ balance: Number(closing), loanCount: 1, status: 'current' as const },
    }));
    const of = { dealName: readDocument(DOCUMENT).name, cutOffPool: 100_000_000n };
    const request: SetRequest = {
      ...{ document: DOCUMENT, cutOffPool: '1000000.00', lines, set: RATES, fixings: FIXINGS, assumeZero: false },
      state: writeState(compiled, { period: 1, words: run.state }, of),
    };
    const local = setFiles(await runScenarioSet(request, { threads: 1, script: SCRIPT }));
    for (const file of local) expect(await text(file.name)).toBe(file.text);
    const audit = (await platform.asSystem('select after from weir.audit_record where object = $1 and command = $2', [
      ...[`scenario-set:${setId}`, 'scenario-set.start'],
    ])) as { after: object }[];
    expect(audit[0]?.after).toMatchObject({ fromPeriod: 1, stateHash: STATE_HASH, tapeSha256: TAPE_SHA256 });
  }, 60_000);

  it('is closing unless a period is named, and then the tape is too', async () => {
    const { view } = await finished(await start({ tapeId, set: RATES }));
    expect(view).toMatchObject({ fromPeriod: 0, stateHash: null, programHash: compiled.program.hash, tapeId });
    await expect(start({ set: RATES })).rejects.toThrow(PoolNotChosen);
    await expect(start({ set: RATES, tapeId, pool: 'balance' })).rejects.toThrow(PoolNotChosen);
  }, 60_000);

  it('is no period that is not settled, or that the chain may take back', async () => {
    await expect(start({ fromPeriod: 3, set: RATES })).rejects.toThrow(OutOfOrder);
    await expect(start({ fromPeriod: 2, set: RATES })).rejects.toThrow(/not final yet/);
  });

  it('is refused with the faults of the fixings beside all others', async () => {
    const faults = await faultsOf({ fromPeriod: 1, fixings: 'day,rate\n2020-08-13,fast\n', set: 'prepayment: fast\n' });
    expect(faults).toEqual([
      expect.stringMatching(/^the fixings: it needs a column "date"/),
      expect.stringMatching(/^the fixings: line 2: /),
      expect.stringMatching(/^the fixings: the column "day" is no report item/),
      expect.stringMatching(/^the set file: /),
    ]);
  });

  it('may have collections from elsewhere for its collateral', async () => {
    const collections =
      'period,poolOpening,poolClosing,interestCollected,principalCollected,chargeOffs,losses,recoveries,repurchaseProceeds\n'
        .concat('2,985000.00,900000.00,5000.00,80000.00,5000.00,5000.00,0.00,0.00\n')
        .concat('3,900000.00,0.00,5000.00,900000.00,0.00,0.00,0.00,0.00\n');
    const set = `${RATES}grid: { default: [100 %, 200 %] }\n`;
    const { view, figure } = await finished(await start({ fromPeriod: 1, collections, set }));
    expect(view).toMatchObject({
      tapeId: null,
      tapeSha256: null,
      collectionsSha256: sha256(collections),
      scenarios: 2,
    });
    expect([figure('pool.losses'), figure('pool.losses', 1)]).toEqual(['5000.00', '10000.00']);
    expect([figure('A.paidInFull'), figure('A.paidInFull', 1)]).toEqual([1, 1]);
    expect(await faultsOf({ fromPeriod: 1, collections, set: `${RATES}grid: { severity: [100 %] }\n` })).toEqual([
      expect.stringMatching(/^the set file: it varies severity, /),
    ]);
    expect(await faultsOf({ fromPeriod: 1, collections: collections.replace('losses', 'lost'), set })).toEqual([
      expect.stringMatching(/^the collections: the column "lost" is no report item/),
    ]);
  }, 60_000);

  it('takes the loans of a tape of any class, with the terms of the class', async () => {
    // 600.00 due in January, 400.00 in March; the notes are 100.00, which the first month repays
    const csv = `invoiceNumber,debtorNumber,reportingPeriodEndingDate,invoiceDate,dueDate,outstandingAmount
1,A,12-31-2024,12-01-2024,01-15-2025,600.00
2,B,12-31-2024,12-20-2024,03-20-2025,400.00
`;
    const document = (eligibility: string): string => `weir: 1
deal: { name: Invoices, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-01
  firstCollectionPeriod: 2025-01
  paymentDay: 15
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 4
collateral: { cutOffPool: 1000.00${eligibility} }
report: { principalCollected: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [principalCollected], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 700.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: principalDue, principal: principalCollected, to: A, method: sequential, from: [collection] }
  - { step: rest, residual: sponsor, from: [collection] }
`;
    const over = async (text: string): Promise<readonly [string, string]> => {
      const { deals, tapes } = platform.services;
      const { dealId: of } = await deals.create(issuer, text, once());
      const upload = {
        period: null,
        bytes: new TextEncoder().encode(csv),
        loanKey: null,
        assetClass: 'trade-receivable',
      };
      const received = await tapes.receive(issuer, of, upload, once());
      await tapes.importTape(received.tapeId);
      const set = 'prepayment: none\n';
      return [of, (await sets().start(issuer, of, { ...NOTHING, tapeId: received.tapeId, set }, once())).setId];
    };
    const [of, setId] = await over(document(''));
    const { figure } = await finished(setId, of);
    // 600.00 on 15 February and 100.00 on 15 April 2025, 44 and 104 days of 30/360 after closing: (600 × 44 + 100 × 104) ÷ 700
    expect([figure('A.principal'), figure('A.outstanding')]).toEqual(['700.00', '0.00']);
    expect(Number(figure('A.averageLife'))).toBeCloseTo((600 * 44 + 100 * 104) / 700 / 360, 9);
    const picking = ', loanKey: [assetNumber], eligibility: [{ id: some, require: openingBalance > 0, reason: none }]';
    await expect(over(document(picking))).rejects.toThrow(PoolNeedsLoans);
  }, 60_000);

  describe('over deals whose classes it owns', () => {
    const OWNER = `weir: 1
deal: { name: Owner, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2020-08-31
  closing: 2020-09-01
  firstCollectionPeriod: 2020-09
  paymentDay: 20
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 36
collateral: { underlying: { autos: { deal: autos, class: A, share: 50 % } } }
report:
  interest: { unit: money, from: autos.interest }
  principal: { unit: money, from: autos.principal }
accounts: { collection: {}, suspense: {} }
collections: { items: [interest, principal], account: collection, suspense: suspense }
tranches:
  - { name: S, amount: 300000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: principalDue, principal: principal, to: S, method: sequential, from: [collection] }
  - { step: rest, residual: sponsor, from: [collection] }
`;
    let ownerId: string;
    const AUTOS: OwnedOrder = {
      ...{ name: 'autos', dealId: null, document: null, fromPeriod: 0, state: null, scenarios: null },
      ...{ pool: null, tapeId: null, collections: null },
    };
    const begin = async (underlying: readonly OwnedOrder[], set = RATES): Promise<string> =>
      (await sets().start(issuer, ownerId, { ...NOTHING, set, underlying }, once())).setId;

    beforeAll(async () => {
      ({ dealId: ownerId } = await platform.services.deals.create(issuer, OWNER, once()));
    });

    const finish = (setId: string) => finished(setId, ownerId);

    it('projects a deal of the platform from its actual state, and states which', async () => {
      const { view, figure } = await finish(await begin([{ ...AUTOS, dealId, fromPeriod: 1 }]));
      expect(view).toMatchObject({
        ...{ fromPeriod: 0, tapeId: null },
        underlying: [
          {
            ...{ name: 'autos', dealId, fromPeriod: 1, stateHash: STATE_HASH, tapeId, tapeSha256: TAPE_SHA256 },
            programHash: compiled.program.hash,
          },
        ],
      });
      // A's principal after July, half of it; each payment rounded down to the cent
      const half = Number(formatMoney(tranches['A']!.closing)) / 2;
      const principal = Number(figure('pool.autos.principal'));
      expect(principal).toBeLessThanOrEqual(half);
      expect(principal).toBeGreaterThan(half - 0.5);
    }, 60_000);

    it('projects a deal that is given as a document alike', async () => {
      const written = writeState(
        compiled,
        { period: 1, words: run.state },
        { dealName: 'x', cutOffPool: 100_000_000n },
      );
      const pool = 'balance,grossRate,netRate,remainingTerm,age\n590000.00,6 %,6 %,24,0\n395000.00,6 %,6 %,24,0\n';
      const given = { ...AUTOS, document: DOCUMENT, state: JSON.stringify(written), pool };
      const ofDocument = await finish(await begin([given]));
      const ofPlatform = await finish(await begin([{ ...AUTOS, dealId, fromPeriod: 1 }]));
      expect(await ofDocument.text('results.csv')).toBe(await ofPlatform.text('results.csv'));
    }, 60_000);

    it('says which of them is missing, too many or not to be seen', async () => {
      const of = async (underlying: readonly OwnedOrder[]): Promise<string[]> => {
        const refusal: unknown = await begin(underlying).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(ScenarioSetRefused);
        return (refusal as ScenarioSetRefused).faults.map(({ what, message }) => `${what}: ${message}`);
      };
      expect(await of([{ ...AUTOS, name: 'cars', dealId }])).toEqual([
        expect.stringContaining('give that deal as "autos"'),
        'the underlying deals: no deal owns a class of "cars"',
      ]);
      expect(await of([{ ...AUTOS, document: 'weir: 1\n', state: '{', pool: 'balance' }])).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^the document of autos: /),
          expect.stringMatching(/^the state of autos: it is no JSON/),
        ]),
      );
      await expect(begin([{ ...AUTOS, dealId: randomUUID() }])).rejects.toThrow(NotFound);
      await expect(begin([{ ...AUTOS, dealId }])).rejects.toThrow(PoolNotChosen);
    });
  });
});
