import { describe, expect, it } from '@jest/globals';
import { ModelDeal, type ModelMonth } from '../fixtures/model-deal.js';
import { compileText, PaidDeal } from '../fixtures/sample-deal.js';

const POOL = 100_000_000n;
const MONTHS = 12;

/** Repeatable numbers below a limit (the constants of the C standard's example generator). */
function numbers(seed: number): (limit: number) => bigint {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return BigInt(state % limit);
  };
}

/** A month: mostly ordinary, now and then a jump of the pool, a shortage, or reversals beyond collections. */
function monthOf(below: (limit: number) => bigint, poolOpening: bigint): ModelMonth & { loss: bigint } {
  const down = below(4) === 0n ? below(30_000_000) : below(3_000_000);
  const poolClosing = poolOpening > down ? poolOpening - down : 0n;
  const interest = below(3) === 0n ? below(1_000) : below(900_000) - 20_000n;
  const principal = below(5) === 0n ? -below(500_000) : (down * below(100)) / 100n;
  const loss = below(400_000) - 10_000n;
  return { poolOpening, poolClosing, collected: interest + principal, netLoss: loss, loss };
}

describe('the compiled sample deal and a model written from its terms', () => {
  const compiled = compileText(undefined, POOL);

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('agree in every figure of a year, random months %d', (seed) => {
    const below = numbers(seed * 7_919);
    const [deal, model] = [new PaidDeal(compiled), new ModelDeal(compiled.periods)];
    let pool = POOL;
    for (let count = 0; count < MONTHS; count++) {
      const month = monthOf(below, pool);
      const { poolOpening, poolClosing, collected, loss } = month;
      const remittance = model.remittance(month);
      // One deposit in four differs from what must be remitted, and is settled jointly.
      const deposit = below(4) === 0n ? below(2_000_000) : remittance;
      model.pay(month, deposit);
      const figures = { poolOpening, poolClosing, interestCollected: collected, chargeOffs: loss };
      const { summary, state } = deal.pay(figures, deposit);
      const classes = ['A', 'B', 'C'].map((name) => summary.tranches[name]);
      expect({
        balances: classes.map((tranche) => tranche?.closing),
        shortfalls: classes.map((tranche) => tranche?.interestShortfall),
        interestPaid: classes.map((tranche) => tranche?.interestPaid),
        principalPaid: classes.map((tranche) => tranche?.principalPaid),
        unpaidFees: ['servicing', 'trustee'].map((fee) => summary.fees[fee]?.short),
        reserve: summary.accounts['reserve']?.closing,
        suspense: summary.suspense,
        receivable: summary.servicerReceivable,
        carryForward: state('carryForward'),
        residual: summary.residual,
        tripped: summary.triggers['cumulativeNetLoss']?.on,
        remittance: summary.remittance,
      }).toEqual({
        balances: model.balances,
        shortfalls: model.shortfalls,
        interestPaid: model.interestPaid,
        principalPaid: model.principalPaid,
        unpaidFees: model.unpaidFees,
        reserve: model.reserve,
        suspense: model.suspense,
        receivable: model.receivable,
        carryForward: model.carryForward,
        residual: model.residual,
        tripped: model.tripped,
        remittance,
      });
      pool = poolClosing;
    }
  });
});
