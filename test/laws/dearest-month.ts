import {
  type CompiledDeal,
  encodeInputs,
  execute,
  type RunArguments,
  type RunResult,
  summarise,
} from '@weir/waterfall';
import { toBeHex } from 'ethers';
import { hasZeroByte } from './vault-life.js';

type Values = Record<string, bigint>;

/** So many bytes, of which none is zero: the dearest data of its length. */
const wide = (bytes: number, top = 0xff): bigint =>
  BigInt(`0x${top.toString(16).padStart(2, '0')}${'fe'.repeat(bytes - 1)}`);

const NOTHING: Values = Object.fromEntries(
  ['interestCollected', 'principalCollected', 'recoveries', 'repurchaseProceeds', 'chargeOffs'].flatMap((name) => [
    [`${name}+`, 0n],
    [`${name}-`, 0n],
  ]),
);

/** Cents, none of whose bytes is zero. */
const SOME = 0x0404n;

/**
 * The state in which the deal is taken over: it holds so much in suspense, so that giving it back changes a word of its own.
 */
function takenOver({ accounts, initialState }: CompiledDeal, inSuspense: bigint): bigint[] {
  return initialState.map((word, index) => (accounts[index] === 'suspense' ? inSuspense : word));
}

/**
 * A month of the sample deal without collections, of which a reversal carries forward, and with a pool that is gone: fees,
 * Class A's interest and its principal take all of the reserve, the other classes' interest is short.
 */
function barren(cutOffPool: bigint, reversed: bigint): Values {
  return { ...NOTHING, poolOpening: cutOffPool, poolClosing: 0n, 'interestCollected-': reversed };
}

/**
 * The month after it, in which every stored word changes and every class and payee is paid, and which runs through the
 * dearest code: the notes are paid off, pro rata, and the reserve after them. Each figure of the report has as many bytes
 * as the deal can bear: gross and reversed may be far apart from what is kept of them, what is summed over the periods
 * fits 85 bits, the pool's opening balance gives a fee below 2^64.
 */
function rich(more: bigint): Values {
  const gross = wide(16, 0x3f);
  const kept = wide(11, 0x0f);
  const poolOpening = wide(10, 0x01);
  const fees = poolOpening / 1_200n + poolOpening / 60_000n;
  return {
    poolOpening,
    // 1,698,833.12: less than the least over-collateralisation, so that all of the notes is due.
    poolClosing: 0x0a_20_20_20n,
    'interestCollected+': gross,
    'interestCollected-': gross - fees - 30_000_000_000n - more,
    'principalCollected+': gross,
    'principalCollected-': gross,
    'recoveries+': kept,
    'recoveries-': kept,
    'repurchaseProceeds+': gross,
    'repurchaseProceeds-': gross,
    'chargeOffs+': kept,
    'chargeOffs-': kept,
  };
}

interface DearestMonth {
  run: RunArguments;
  result: RunResult;
}

/** A month on a state, whose deposit is what is to be remitted. */
function monthOf(compiled: CompiledDeal, period: number, state: readonly bigint[], values: Values): DearestMonth {
  const at = { period, inputs: encodeInputs(compiled, values), state };
  const { remittance } = summarise(compiled, execute(compiled.program, { ...at, deposit: 0n }));
  const run = { ...at, deposit: remittance };
  return { run, result: execute(compiled.program, run) };
}

/** The first that fits of what a number of cents gives. */
function firstOf<T>(fits: (item: T) => boolean, make: (cents: bigint) => T): T {
  for (let cents = SOME; ; cents++) {
    const item = make(cents);
    if (fits(item)) return item;
  }
}

/**
 * The first two months of a life of the sample deal, of which the second takes as much gas as any can. Figures are moved by
 * cents until the bytes of the hashes are as dear as they can be.
 */
export function dearestLife(
  compiled: CompiledDeal,
  cutOffPool: bigint,
): { initialState: bigint[]; months: DearestMonth[] } {
  const taken = (cents: bigint): bigint[] => takenOver(compiled, cents);
  const before = firstOf<DearestMonth>(
    ({ result }) => !hasZeroByte(result.stateHash),
    (cents) => monthOf(compiled, 1, taken(cents), barren(cutOffPool, cents)),
  );
  const dearest = firstOf<DearestMonth>(
    ({ run, result }) => !hasZeroByte(result.resultHash, ...run.inputs.map((value) => toBeHex(value))),
    (cents) => monthOf(compiled, 2, before.result.state, rich(cents)),
  );
  return { initialState: [...before.run.state], months: [before, dearest] };
}
