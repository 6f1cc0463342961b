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
import { dataGasOf } from './vault-life.js';

jest.setTimeout(600_000);

const LIVES = 2;
const DEALS = 20;

const vault = new Interface(artifacts.DealVault.abi as InterfaceAbi);
const FULL = `0x${'11'.repeat(32)}`;
const SIGNATURE = `0x${'11'.repeat(65)}`;

/** Data of a settlement whose other hashes and signatures have no byte of zero. */
function dataGas({ hash }: Program, { period, inputs }: RunArguments): number {
  const report = { programHash: hash, period, previousStateHash: FULL, tapeRoot: FULL, inputs: [...inputs] };
  return dataGasOf(vault.encodeFunctionData('settle', [report, SIGNATURE, SIGNATURE, FULL]));
}

/** What settling a month takes when one class has dust: the first that is paid nothing, or any. */
function gasOf(program: Program, run: RunArguments, result: RunResult): number {
  const { tranches } = program.layout;
  const unpaid = Array.from({ length: tranches }, (_, index) => index).find(
    (index) => result.outputs[2 * index] === 0n && result.outputs[2 * index + 1] === 0n,
  );
  const classesWithDust = tranches === 0 ? [] : [unpaid ?? 0];
  return settlementGas(program, factsOf(program, run, result, { dataGas: dataGas(program, run), classesWithDust }));
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
    expect(dearest).toBeGreaterThan(0.7 * steady);
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
