import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type CompiledDeal,
  compileProjection,
  encodeInputs,
  execute,
  type RunArguments,
  type RunResult,
} from '@weir/waterfall';
import { compileDocument, documentOf } from '../../libs/waterfall/fixtures/construct.js';
import { differences } from './compare.js';
import { Machine } from './machine.js';
import { Random } from './random.js';

jest.setTimeout(120_000);

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
});
afterAll(async () => {
  await machine.stop();
});

const DATES = 24;

/** Two facilities drawn and a trigger tested within the waterfall, in two states with steps of their own. */
const compiled = compileDocument(
  documentOf({
    cutOffPool: '1500.00',
    tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 500.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`,
    report: 'losses: money',
    accounts: `reserve: {target: 25.00 USD, initial: 25.00 USD}
standby: {}
pledged: {}`,
    collections: `suspense: suspense
groups:
  - {account: collection, items: [cash]}
  - {account: standby, items: [line.draw]}
  - {account: pledged, items: [guarantee.draw]}`,
    blocks: `facilities:
  line:
    provider: bank
    draw: "max(0, A.unpaidInterest - collection.balance - reserve.balance)"
    limit: 40.00 USD
    at: step
    interest: {rate: 6 %, dayCount: 30/360}
    commitmentFee: {rate: 1 %, dayCount: ACT/360}
  guarantee: {provider: sponsor, draw: "if(thin, B.unpaidInterest / 2, 0)", at: step}
triggers:
  thin: {when: collection.balance < 4.00 USD, at: step, cure: 2}
states:
  healthy: {}
  troubled: {when: cumulative(losses) > 60.00 USD}
priorityOfPayments:
  healthy:
    - {step: commitment, fee: line.commitmentFee, from: [collection]}
    - {step: lender, fee: line.interest, from: [collection]}
    - {step: see, compute: {lineSeen: "max(0, A.unpaidInterest - collection.balance - reserve.balance)"}}
    - {step: lend, draw: line, into: collection, from: [standby]}
    - {step: payA, interest: A, from: [collection, reserve]}
    - {step: look, test: thin}
    - {step: seeMore, compute: {guaranteeSeen: "if(thin and losses < 20.00 USD, B.unpaidInterest / 2, 0)"}}
    - {step: secure, draw: guarantee, into: collection, from: [pledged], when: losses < 20.00 USD}
    - {step: payB, interest: B, from: [collection]}
    - {step: back, repay: line, from: [collection]}
    - {step: refill, replenish: reserve, from: [collection]}
    - {step: guarantor, repay: guarantee, from: [collection], when: not thin}
    - {step: p, principal: 30.00 USD, to: [A, B], method: sequential, from: [collection]}
    - {step: rest, residual: sponsor, from: [collection]}
  troubled:
    - {step: lateCommitment, fee: line.commitmentFee, from: [collection]}
    - {step: lateSee, compute: {lateLineSeen: "max(0, A.unpaidInterest - collection.balance - reserve.balance)"}}
    - {step: lateLend, draw: line, into: collection, from: [standby]}
    - {step: latePayA, interest: A, from: [collection, reserve]}
    - {step: lateLender, fee: line.interest, from: [collection]}
    - {step: lateBack, repay: line, from: [collection]}
    - {step: lateSeeMore, compute: {lateGuaranteeSeen: "if(thin, B.unpaidInterest / 2, 0)"}}
    - {step: lateSecure, draw: guarantee, into: collection, from: [pledged]}
    - {step: latePayB, interest: B, from: [collection]}
    - {step: lateGuarantor, repay: guarantee, from: [collection]}
    - {step: lateP, principal: notes.balance, to: [A, B], method: sequential, from: [collection]}
    - {step: lateRest, residual: sponsor, from: [collection]}`,
    steps: '',
  }).replace(/priorityOfPayments:\n\s*$/, ''),
);

/**
 * Draws that are not what the real run sees in the place of their steps, on payment dates on which all that is due is
 * deposited. Only the steps of one state run, so that what those of the other see is zero.
 */
function wrongDraws({ state }: RunArguments, { slots }: RunResult): string[] {
  const value = (name: string): bigint => slots[compiled.values[name]?.plus ?? -1] ?? -1n;
  const seen = (name: string, late: string): bigint => value(name) + value(late);
  const left = 4_000n - wordOf(state, 'drawn.line');
  const line = seen('lineSeen', 'lateLineSeen');
  const wanted = {
    'line.draw': line < left ? line : left,
    'guarantee.draw': seen('guaranteeSeen', 'lateGuaranteeSeen'),
  };
  return Object.entries(wanted).flatMap(([name, amount]) =>
    value(name) === amount ? [] : [`${name} is ${value(name)}, its step sees ${amount}`],
  );
}

/** Every payment date of a life with cash and losses at random; each date begins with what the last one left. */
function life(seed: number): { runs: RunArguments[]; drawn: number; slots: bigint[][]; wrong: string[] } {
  const random = new Random(seed);
  let state: readonly bigint[] = compiled.initialState;
  let drawn = 0;
  const slots: bigint[][] = [];
  const wrong: string[] = [];
  const runs = Array.from({ length: DATES }, (_, index): RunArguments => {
    const cash = random.chance(50) ? random.upTo(2_000n) : random.upTo(8_000n);
    const inputs = encodeInputs(compiled, { cash, losses: random.chance(30) ? random.upTo(2_500n) : 0n });
    const at = { period: index + 1, inputs, state };
    const remittance = wordOf(execute(compiled.program, { ...at, deposit: 0n }).state, 'remittance');
    const run = { ...at, deposit: random.chance(20) ? random.upTo(remittance) : remittance };
    const result = execute(compiled.program, run);
    if (['line.draw', 'guarantee.draw'].some((name) => (result.slots[compiled.values[name]?.plus ?? -1] ?? 0n) > 0n))
      drawn += 1;
    if (run.deposit === remittance) wrong.push(...wrongDraws(run, result));
    state = result.state;
    slots.push([...result.slots]);
    return run;
  });
  return { runs, drawn, slots, wrong };
}

const wordOf = (words: readonly bigint[], name: string, deal: CompiledDeal = compiled): bigint =>
  words[deal.accounts.length + deal.state.indexOf(name)] ?? 0n;

describe('draws and tests within the waterfall', () => {
  const lives = [1, 2, 3, 4, 5, 6, 7, 8].map(life);

  it('are what the real run sees in their place, whenever all that is due comes in', () => {
    expect(Array.from({ length: 300 }, (_, seed) => life(seed).wrong).flat()).toEqual([]);
  });

  it('are the same on the EVM in every slot, transfer and stored word', async () => {
    const runs = lives.flatMap((one) => one.runs);
    expect(await differences(machine, compiled.program, runs)).toEqual([]);
    // Most lives draw on some date, or the comparison would say little.
    expect(lives.filter(({ drawn }) => drawn > 2).length).toBeGreaterThan(4);
  });

  it('are the same in the projection executor', () => {
    const watch = Array.from({ length: compiled.program.layout.slots }, (_, slot) => slot);
    const projection = compileProjection(compiled.program);
    for (const { runs, slots } of lives) {
      const { values, fault } = projection.run({
        firstPeriod: 1,
        periods: runs.length,
        inputs: Float64Array.from(runs.flatMap(({ inputs }) => inputs.map(Number))),
        deposits: Float64Array.from(runs, ({ deposit }) => Number(deposit)),
        state: Float64Array.from(compiled.initialState, Number),
        watch,
      });
      expect(fault).toBeNull();
      expect([...values]).toEqual(slots.flat().map(Number));
    }
  });
});
