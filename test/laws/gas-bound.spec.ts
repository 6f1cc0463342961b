import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type CompiledDeal,
  type GasBound,
  gasBound,
  type Program,
  type RunArguments,
  type RunResult,
  type SettlementFacts,
  settlementGas,
} from '@weir/waterfall';
import { CUT_OFF_POOL } from '../../libs/waterfall/fixtures/sample-deal.js';
import { dearestLife } from './dearest-month.js';
import { life } from './lives.js';
import { sampleDealWith } from './more-classes.js';
import { factsOf } from './settlement-facts.js';
import { initialStateOf, monthsOf, settlingProgram, type Shape, SMALL } from './settling-program.js';
import { DEAREST_REVISION, VaultLife } from './vault-life.js';

jest.setTimeout(240_000);

const SNAPSHOT = new URL('../../contracts/snapshots/SampleDeal.json', import.meta.url);

/** A settled month: what the transaction took, and what the model says of it. */
interface Month {
  used: number;
  modelled: number;
  facts: SettlementFacts;
}

const bounds = new Map<string, GasBound>();

/** The bound of a program, which is looked for once. */
function boundOf(program: Program): GasBound {
  const bound = bounds.get(program.hash) ?? gasBound(program);
  bounds.set(program.hash, bound);
  return bound;
}

type Run = { run: RunArguments; result: RunResult; revision?: number };

/**
 * Settles months by real transactions. After each, payees and holders take their money, and what is asked for is done to the
 * Distributor.
 */
async function settled(
  program: Program,
  initialState: readonly bigint[],
  months: Iterable<Run>,
  after?: (vault: VaultLife) => Promise<void>,
): Promise<Month[]> {
  const vault = await VaultLife.open({ program, initialState });
  const found: Month[] = [];
  try {
    for (const { run, result, revision } of months) {
      const { inputs, deposit } = run;
      const settlement = await vault.settle({ inputs, deposit, resultHash: result.resultHash, revision });
      const facts = factsOf(program, run, result, settlement);
      found.push({ used: settlement.gasUsed, modelled: settlementGas(program, facts), facts });
      await vault.payOut(result.outputs);
      await after?.(vault);
    }
  } finally {
    await vault.stop();
  }
  return found;
}

function* first<T>(count: number, items: Iterable<T>): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (taken++ === count) return;
    yield item;
  }
}

/** What is dearer than dust in every class of a deal with few. */
const emptied = (vault: VaultLife): Promise<void> => vault.emptyDistributor();
const punctual = (seed: number, compiled: CompiledDeal): Iterable<Run> => life(seed, compiled, CUT_OFF_POOL, true);
const dearest = (months: readonly Month[]): number => Math.max(...months.map(({ used }) => used));

/** Months that take more than the bound, or of which the model says something else than they take. */
function breaches(program: Program, months: readonly Month[]): string[] {
  const { first: ofFirst, steady } = boundOf(program);
  return months.flatMap(({ used, modelled }, index) => {
    const bound = index === 0 ? ofFirst : steady;
    const holds = used <= bound && modelled === used;
    return holds ? [] : [`month ${index + 1}: used ${used}, modelled ${modelled}, bound ${bound}`];
  });
}

describe('programs of any shape', () => {
  const shapes: Partial<Shape>[] = [
    {},
    { constants: 40, row: 5, inputs: 30 },
    { accounts: 20, spare: 12, moving: 12 },
    { tranches: 6, payees: 8 },
    { tranches: 3, unpaid: 2, payees: 0, row: 0 },
    { scratch: 1_900, filler: 500 },
    { payees: 150 },
    { inputs: 400 },
    { inputs: 1_700 },
    { accounts: 150 },
    { spare: 500, moving: 500 },
    { row: 600 },
    // Two pages of head; rows in pages of their own; code over the end of a page; rows larger than a page; no rows.
    { constants: 900, row: 60, rows: 30 },
    { constants: 760, row: 60, rows: 30, filler: 100 },
    { constants: 1, row: 1_600 },
    { constants: 900, row: 0 },
  ];

  it.each(shapes)('never take more than the bound: %j', async (change) => {
    const shape = { ...SMALL, ...change };
    const program = settlingProgram(shape);
    const months = await settled(program, initialStateOf(shape), first(3, monthsOf(shape, program)));
    expect(months.length).toBe(3);
    expect(breaches(program, months)).toEqual([]);
  });

  it.each([
    [1, [0]],
    [6, [0]],
    [12, [0, 3, 4, 11]],
    [30, [29]],
  ])('never take more when of %i classes these have dust: %j', async (tranches, dusty) => {
    const shape = { ...SMALL, tranches, payees: 3 };
    const program = settlingProgram(shape);
    const put = (vault: VaultLife): Promise<void> => vault.putDust(dusty);
    const months = await settled(program, initialStateOf(shape), monthsOf(shape, program), put);
    expect(months.map(({ facts }) => facts.dust?.taken ?? 0)).toEqual([0, dusty.length, dusty.length]);
    expect(breaches(program, months)).toEqual([]);
  });

  it('never take more when classes have dust of which some are not paid', async () => {
    const shape = { ...SMALL, tranches: 9, unpaid: 6, payees: 3 };
    const program = settlingProgram(shape);
    const put = (vault: VaultLife): Promise<void> => vault.putDust([1, 2, 3, 8]);
    const months = await settled(program, initialStateOf(shape), monthsOf(shape, program), put);
    expect(months[2]!.facts.dust).toEqual({ taken: 2, wordsChanged: 1, kept: 2 });
    expect(breaches(program, months)).toEqual([]);
  });

  it('in which everything happens at once come to within 1 % of it', async () => {
    const shape = { ...SMALL, tranches: 3, spare: 6, moving: 6, payees: 3 };
    const program = settlingProgram(shape);
    const months = await settled(program, initialStateOf(shape), monthsOf(shape, program), emptied);
    expect(dearest(months.slice(1))).toBeGreaterThan(0.99 * boundOf(program).steady);
  });
});

describe('the sample deal', () => {
  const compiled = sampleDealWith(0);
  const { program } = compiled;
  let [months, extreme] = [[] as Month[], [] as Month[]];
  beforeAll(async () => {
    months = await settled(program, compiled.initialState, punctual(10, compiled));
    const dear = dearestLife(compiled, CUT_OFF_POOL);
    const withdrawn = dear.months.map((month) => ({ ...month, revision: DEAREST_REVISION }));
    extreme = await settled(program, dear.initialState, withdrawn, emptied);
  }, 200_000);

  it('settles every month of its life within the bound', () => {
    expect(months.length).toBe(program.layout.rows);
    expect(breaches(program, months)).toEqual([]);
  });

  it('takes at most 380,000 gas in the first month and 300,000 in any other', () => {
    const { first: ofFirst, steady } = boundOf(program);
    expect(ofFirst).toBeLessThanOrEqual(380_000);
    expect(steady).toBeLessThanOrEqual(300_000);
  });

  it('takes just the bound in a month in which everything happens at once', () => {
    expect(breaches(program, extreme)).toEqual([]);
    const { used, facts } = extreme[1]!;
    // Every word changes, every class and payee is paid, the Distributor has no cash left, no way through the code is dearer,
    // and no figure of the report could have more bytes.
    const { dearest: bound, steady } = boundOf(program);
    expect(facts).toEqual(bound);
    expect(used).toBe(steady);
  });

  it('misses the bound in its dearest month by what did not happen in it', () => {
    const { used, facts } = months.slice(1).reduce((most, month) => (month.used > most.used ? month : most));
    const { steady, dearest: bound } = boundOf(program);
    const full = settlementGas(program, {
      ...bound,
      machineGas: facts.machineGas,
      dataGas: facts.dataGas,
    });
    // What is left are shorter figures in the report and instructions that were jumped over.
    const shorter = steady - full;
    const kept = full - settlementGas(program, facts);
    expect(Math.abs(steady - shorter - kept - used)).toBeLessThan(0.01 * used);
    expect(shorter).toBeLessThan(0.03 * used);
  });

  it('takes at most 45,000 gas more for each further class', async () => {
    const deals = [1, 2, 3].map((more) => sampleDealWith(more));
    const later: number[] = [dearest(months.slice(1, 6))];
    for (const deal of deals) {
      const few = await settled(deal.program, deal.initialState, first(6, punctual(10, deal)));
      expect(breaches(deal.program, few)).toEqual([]);
      later.push(dearest(few.slice(1)));
    }
    const further = later.slice(1).map((gas, index) => gas - later[index]!);
    expect(Math.max(...further)).toBeLessThanOrEqual(45_000);
    expect(later.length).toBe(4);
    writeSnapshot(Math.max(...further));
  });

  /** As forge does: written by each run, committed, and reviewed when it changes. */
  function writeSnapshot(further: number): void {
    const { steady } = boundOf(program);
    const figures = {
      'settle: bound': steady,
      'settle: dearest month after the first': dearest([...months.slice(1), ...extreme.slice(1)]),
      'settle: dearest month of a life drawn at random': dearest(months.slice(1)),
      'settle: first month': months[0]!.used,
      'settle: each further class, at most': further,
    };
    const text = JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? String(value) : value), 2);
    writeFileSync(SNAPSHOT, text);
    expect(readFileSync(SNAPSHOT, 'utf8')).toBe(text);
  }
});
