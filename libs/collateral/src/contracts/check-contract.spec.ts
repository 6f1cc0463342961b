import { describe, expect, it } from '@jest/globals';
import { ContractInvalid } from './errors.js';
import { BULLET, MONTHLY } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { Contract } from './terms.js';

function problemsOf(contract: Contract): string[] {
  try {
    projectContract(contract);
    return [];
  } catch (error) {
    if (!(error instanceof ContractInvalid)) throw error;
    return error.problems.map(({ term }) => term);
  }
}

describe('the terms of a contract', () => {
  it('are all told at once when they are wrong', () => {
    const wrong: Contract = {
      ...BULLET,
      id: ' ',
      statusDate: '2024-02-30',
      balance: -1,
      maturityDate: '2023-01-01',
      interest: { rate: NaN, cycle: { ...MONTHLY, count: 0 } },
      rateReset: { index: '', spread: 0, multiplier: 1, lifeCap: 0.01, lifeFloor: 0.02, periodCap: -1 },
      scaling: {
        index: 'CPI',
        base: 0,
        interest: true,
        principal: false,
        interestMultiplier: 1,
        principalMultiplier: 1,
      },
      purchase: { date: '2024-01-01', price: Infinity },
    };

    expect(problemsOf(wrong)).toEqual([
      'id',
      'statusDate',
      'balance',
      'maturityDate',
      'interest.rate',
      'interest.cycle',
      'rateReset.index',
      'rateReset.lifeCap',
      'rateReset.periodCap',
      'scaling.base',
      'purchase.price',
    ]);
  });

  it('of a stepped loan have their steps in order', () => {
    const step = { from: '2024-02-01', amount: 1, direction: 'repaid' } as const;
    const { maturityDate: _, ...terms } = BULLET;
    const stepped = {
      ...terms,
      kind: 'stepped',
      principalSteps: [step, step],
      interestSteps: [],
      rateSteps: [],
    } as const;

    expect(problemsOf(stepped)).toEqual(['principalSteps[1].from']);
  });

  it('of a bullet loan hold its maturity', () => {
    expect(problemsOf({ ...BULLET, maturityDate: undefined })).toEqual(['maturityDate']);
  });

  it('are left alone when they are right', () => {
    expect(problemsOf(BULLET)).toEqual([]);
  });
});
