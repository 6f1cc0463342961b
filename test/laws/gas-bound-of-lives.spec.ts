import { describe, expect, it, jest } from '@jest/globals';
import { artifacts } from '@weir/bindings';
import {
  BOOKED_LIMIT,
  gasBound,
  type Program,
  type RunArguments,
  type RunResult,
  settlementGas,
} from '@weir/waterfall';
import { Interface, type InterfaceAbi } from 'ethers';
import { generatedCases } from './deals/cases.js';
import { factsOf } from './settlement-facts.js';
import { templateLife, templates } from './template-lives.js';
import { dataGasOf, DEAREST_REVISION } from './vault-life.js';

jest.setTimeout(600_000);

const LIVES = 2;
const DEALS = 20;

const vault = new Interface(artifacts.DealVault.abi as InterfaceAbi);
const FULL = `0x${'11'.repeat(32)}`;

/** Data of a settlement whose other hashes and revision have no byte of zero. */
function dataGas({ hash }: Program, { period, inputs }: RunArguments): number {
  const words = { programHash: hash, period, revision: DEAREST_REVISION, inputs: [...inputs] };
  const report = { ...words, previousStateHash: FULL, tapeRoot: FULL };
  return dataGasOf(vault.encodeFunctionData('settle', [report, FULL]));
}

/** What settling a month takes at most: every class has dust, or the Distributor has no cash. */
function gasOf(program: Program, run: RunArguments, result: RunResult): number {
  const every = Array.from({ length: program.layout.tranches }, (_, index) => index);
  const month = { dataGas: dataGas(program, run), tapeKept: false, vaultEmptied: false } as const;
  const ways = [
    { ...month, classesWithDust: every, distributorEmpty: false },
    { ...month, classesWithDust: [], distributorEmpty: true },
  ] as const;
  return Math.max(...ways.map((way) => settlementGas(program, factsOf(program, run, result, way))));
}

/** Whether the vault settles it: the deposit is what was to be remitted, and payees are paid what can be booked. */
function isSettled({ layout }: Program, { deposit }: RunArguments, { slots, outputs }: RunResult): boolean {
  const toPayees = outputs.slice(2 * layout.tranches).reduce((sum, amount) => sum + amount, 0n);
  return slots[layout.regions.S.first + layout.tranches] === deposit && toPayees < BOOKED_LIMIT;
}

interface Date {
  run: RunArguments;
  result: RunResult;
}

/** The dearest of these dates, by the model, which is exact (`gas-bound.spec.ts`). */
function dearestOf(program: Program, dates: readonly Date[]): number {
  const settled = dates.filter(({ run, result }) => isSettled(program, run, result));
  return Math.max(0, ...settled.map(({ run, result }) => gasOf(program, run, result)));
}

describe('no payment date takes more than the bound', () => {
  it.each(templates())('of a life of $name', (template) => {
    const { program } = template.compiled;
    const { steady } = gasBound(program);
    const dearest = Math.max(
      ...template.futures.slice(0, LIVES).map((future) => dearestOf(program, templateLife(template, future))),
    );
    console.log(`${template.name}: bound ${steady}, dearest date of its lives ${dearest}`);
    expect(dearest).toBeLessThanOrEqual(steady);
    expect(dearest).toBeGreaterThan(0.69 * steady);
  });

  it('of generated deals, on lives and on any state', () => {
    let dates = 0;
    for (const { seed, compiled, life, others } of generatedCases(0, DEALS, 24)) {
      const all = [...life, ...others].flatMap(({ run, result }) => (result ? [{ run, result }] : []));
      dates += all.length;
      const { steady } = gasBound(compiled.program);
      expect({ seed, over: Math.max(0, dearestOf(compiled.program, all) - steady) }).toEqual({ seed, over: 0 });
    }
    expect(dates).toBeGreaterThan(400);
  });
});
