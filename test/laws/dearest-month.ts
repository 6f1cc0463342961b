import {
  type CompiledDeal,
  encodeInputs,
  execute,
  type RunArguments,
  type RunResult,
  summarise,
} from '@weir/waterfall';

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

/** 10.00, which the deal holds in suspense when it is taken over, so that giving it back changes a word of its own. */
const IN_SUSPENSE = 1_000n;

/** The state in which the deal is taken over. */
export function dearestState({ accounts, initialState }: CompiledDeal): bigint[] {
  return initialState.map((word, index) => (accounts[index] === 'suspense' ? IN_SUSPENSE : word));
}

/**
 * A month of the sample deal without collections, of which a reversal of 10.00 carries forward, and with a pool that is
 * gone: fees, Class A's interest and its principal take all of the reserve, the other classes' interest is short.
 */
function barren(cutOffPool: bigint): Values {
  return { ...NOTHING, poolOpening: cutOffPool, poolClosing: 0n, 'interestCollected-': 1_000n };
}

/**
 * The month after it, in which every stored word changes and every class and payee is paid, and which runs through the
 * dearest code: the notes are paid off, pro rata, and the reserve after them. Each figure of the report has as many bytes
 * as the deal can bear: gross and reversed may be up to 2^126 apart from what is kept of them, what is
 * summed over the periods fits 85 bits, the pool's opening balance gives a fee below 2^64.
 */
function rich(): Values {
  const gross = wide(16, 0x3f);
  const kept = wide(11, 0x0f);
  const poolOpening = wide(10, 0x01);
  const fees = poolOpening / 1_200n + poolOpening / 60_000n;
  return {
    poolOpening,
    // 1,698,833.12: less than the least over-collateralisation, so that all of the notes is due.
    poolClosing: 0x0a_20_20_20n,
    'interestCollected+': gross,
    'interestCollected-': gross - fees - 30_000_000_000n,
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

/** The first two months of a life of the sample deal, of which the second takes as much gas as any can. */
export function* dearestMonths(
  compiled: CompiledDeal,
  cutOffPool: bigint,
): Generator<{ run: RunArguments; result: RunResult }> {
  let state: readonly bigint[] = dearestState(compiled);
  for (const [index, values] of [barren(cutOffPool), rich()].entries()) {
    const at = { period: index + 1, inputs: encodeInputs(compiled, values), state };
    const { remittance } = summarise(compiled, execute(compiled.program, { ...at, deposit: 0n }));
    const run = { ...at, deposit: remittance };
    const result = execute(compiled.program, run);
    yield { run, result };
    state = result.state;
  }
}
