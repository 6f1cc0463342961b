import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Deal, Step } from '@weir/deal';
import type { RunArguments, RunResult } from '@weir/waterfall';
import { templateLife, templates } from '../template-lives.js';
import { type GeneratedCase, generatedCases } from './cases.js';
import { cashBreaches } from './laws.js';
import { juniorPaidFirst, seniorPassedOver, shortWithCash } from './seniority.js';

jest.setTimeout(120_000);

const DEALS = 160;
let cases: GeneratedCase[];
beforeAll(() => {
  cases = generatedCases(20_000, DEALS, 12);
}, 120_000);

type Law = (one: GeneratedCase, run: RunArguments, result: RunResult) => string[];

/** Breaches of a law over all finished dates, by seed. */
function breaches(law: Law, of = cases): string[] {
  return of.flatMap((one) =>
    [...one.life, ...one.others].flatMap(({ run, result }) =>
      result ? law(one, run, result).map((said) => `seed ${one.seed}, ${said}`) : [],
    ),
  );
}

describe(`${DEALS} generated deals`, () => {
  it('keep all cash: opening accounts + deposit = payments + closing accounts, and no word is below zero', () => {
    expect(breaches(({ compiled }, run, result) => cashBreaches(compiled, run, result.slots))).toEqual([]);
  });

  it('over a life: initial funding + deposits = payments + what the accounts hold', () => {
    for (const { seed, compiled, life } of cases) {
      const done = life.flatMap(({ run, result }) => (result ? [{ run, result }] : []));
      const sum = (words: bigint[]): bigint => words.reduce((a, b) => a + b, 0n);
      const paid = sum(done.flatMap(({ result }) => result.outputs));
      const held = sum((done.at(-1)?.result.state ?? compiled.initialState).slice(0, compiled.accounts.length));
      const funded = compiled.initialFunding + sum(done.map(({ run }) => run.deposit));
      expect({ seed, out: paid + held }).toEqual({ seed, out: funded });
    }
  });

  it('leave nothing owed that an unbounded step had the cash to pay', () => {
    expect(breaches(({ deal, compiled }, run, result) => shortWithCash(deal, compiled, run, result))).toEqual([]);
  });

  it('pay principal in order where a step says so', () => {
    expect(breaches(({ deal, compiled }, run, result) => seniorPassedOver(deal, compiled, run, result))).toEqual([]);
  });

  it('never pay a junior class while a senior one is short, where the priority is sequential', () => {
    const sequential = cases.filter(({ plan }) => plan.sequential);
    expect(
      breaches(({ deal, compiled }, run, result) => juniorPaidFirst(deal, compiled, run, result), sequential),
    ).toEqual([]);
    const dates = sequential.flatMap(({ compiled, life }) => life.map((date) => ({ compiled, ...date })));
    const short = dates.filter(({ compiled, result }) =>
      compiled.state.some(
        (name, index) => name.startsWith('shortfall.') && (result?.state[compiled.accounts.length + index] ?? 0n) > 0n,
      ),
    );
    expect(short.length).toBeGreaterThan(50);
  });

  it('would be caught if they did not: programs with bounds, or that share, judged as if they had none, or paid in order', () => {
    const unbounded = (deal: Deal): Deal => changed(deal, { limits: { limit: null, share: null, keep: null } });
    const inOrder = (deal: Deal): Deal =>
      JSON.parse(JSON.stringify(withoutBig(deal)).replaceAll('pro-rata', 'sequential')) as Deal;
    expect(
      breaches(({ deal, compiled }, run, result) => shortWithCash(unbounded(deal), compiled, run, result)).length,
    ).toBeGreaterThan(20);
    expect(
      breaches(({ deal, compiled }, run, result) => seniorPassedOver(inOrder(deal), compiled, run, result)).length,
    ).toBeGreaterThan(20);
  });
});

/** The deal with every step changed, those inside `if` left as they are. */
function changed(deal: Deal, change: Partial<Step>): Deal {
  const priorities = deal.priorities.map(({ state, steps, ...place }) => ({
    ...place,
    state,
    steps: steps.map((step) => ({ ...step, ...change })),
  }));
  return { ...deal, priorities };
}

/** What of a deal the laws read, without integers that JSON does not know. */
function withoutBig({ priorities, fees, tranches }: Deal): unknown {
  const text = JSON.stringify({ priorities, fees, tranches }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return JSON.parse(text);
}

describe.each(templates())('the template $name', (template) => {
  it.each(template.futures)('pays in order and to the last cent of what is owed, $name future', (future) => {
    const { deal, compiled } = template;
    const found = templateLife(template, future).flatMap(({ run, result }) => [
      ...shortWithCash(deal, compiled, run, result),
      ...seniorPassedOver(deal, compiled, run, result),
      ...cashBreaches(compiled, run, result.slots),
    ]);
    expect(found).toEqual([]);
  });
});
