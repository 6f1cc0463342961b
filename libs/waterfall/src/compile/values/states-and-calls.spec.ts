import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { payAll, smallDeal, smallText } from '../../../fixtures/small-deal.js';
import {
  type CompiledDeal,
  compileDeal,
  disassemble,
  encodeInputs,
  execute,
  InputsError,
  ValueOutOfRange,
} from '../../index.js';

const REVOLVING = [
  '- {step: interest, interest: A, from: [cash]}',
  '- {step: toSponsor, pay: 10.00 EUR, payee: sponsor, from: [cash]}',
  '- {step: rest, residual: sponsor, from: [cash]}',
];
const AMORTISING = [
  '- {step: interest, interest: A, from: [cash]}',
  '- {step: principal, principal: A.balance, to: [A], method: sequential, from: [cash]}',
  '- {step: rest, residual: sponsor, from: [cash]}',
];
/** A state's priority; the ids of its steps end in its name. */
const lines = (name: string, steps: string[]): string[] => [
  `${name}:`,
  ...steps.map((step) => `  ${step.replace(/step: (\w+)/, `step: $1_${name}`)}`),
];

const blocks = {
  report: ['loss: money'],
  states: [
    'revolving: {}',
    'amortising: {when: loss > 5.00 EUR}',
    'default: {when: loss > 50.00 EUR, from: [amortising]}',
  ],
  priority: [...lines('revolving', REVOLVING), ...lines('amortising', AMORTISING), ...lines('default', AMORTISING)],
};

describe('states', () => {
  it('are entered in their order and choose the priority of payments', () => {
    const compiled = smallDeal(blocks);
    // 100.00 a date less 5.00 of interest; default is not entered from revolving
    const runs = payAll(compiled, [
      { collected: 10_000n },
      { collected: 10_000n, loss: 6_000n },
      { collected: 10_000n },
      { collected: 10_000n, loss: 6_000n },
      { collected: 10_000n },
    ]);
    const flags = (name: string): (bigint | undefined)[] => runs.map(({ values }) => values[`state.${name}`]?.value);
    expect(flags('revolving')).toEqual([1n, 0n, 0n, 0n, 0n]);
    expect(flags('amortising')).toEqual([0n, 1n, 1n, 0n, 0n]);
    expect(flags('default')).toEqual([0n, 0n, 0n, 1n, 1n]);
    expect(runs.slice(0, 2).map(({ tranches }) => tranches['A']?.principalPaid)).toEqual([0n, 9_500n]);
    expect(runs.slice(0, 2).map(({ payees }) => payees['toSponsor_revolving'])).toEqual([1_000n, 0n]);
  });

  it('may be entered from each of several', () => {
    const states = ['open: {}', 'late: {when: loss > 5.00 EUR}', 'shut: {when: loss > 50.00 EUR, from: [open, late]}'];
    const priority = [...lines('open', REVOLVING), ...lines('late', AMORTISING), ...lines('shut', AMORTISING)];
    const compiled = smallDeal({ report: ['loss: money'], states, priority });
    const shut = (...losses: bigint[]): (bigint | undefined)[] =>
      payAll(
        compiled,
        losses.map((loss) => ({ loss })),
      ).map(({ values }) => values['state.shut']?.value);
    expect(shut(6_000n)).toEqual([1n]);
    expect(shut(600n, 6_000n, 0n)).toEqual([0n, 1n, 1n]);
    // the place in the list, counted from 0, is a number
    expect(compiled.values['state']?.unit).toBe('ratio');
  });

  it('emit what their priorities have in common once', () => {
    const { deal } = parseDeal(smallText(blocks));
    const alike = deal!.priorities.map((priority) => ({
      ...priority,
      steps: priority.steps.map((step) => ({ ...step, id: step.id.replace(/_.*/, '') })),
    }));
    const pays = (compiled: CompiledDeal): number => compiled.program.layout.pays;
    // three of the collections; in each state interest, pay or principal, and the residual
    expect(pays(compileDeal(deal!))).toBe(3 + 3 * 3);
    expect(pays(compileDeal({ ...deal!, priorities: alike }))).toBe(3 + 1 + 3 + 1);
    // In a state without a priority nothing may be paid, so that nothing stands outside of all.
    expect(pays(compileDeal({ ...deal!, priorities: alike.slice(0, 2) }))).toBe(3 + 3 + 3);
  });

  it('may be entered by a step, for the next payment date', () => {
    const compiled = smallDeal({
      states: ['open: {}', 'shut: {when: period > 99}'],
      priority: [
        ...lines('open', ['- {step: shutting, enter: shut, when: collected > 20.00 EUR}', ...AMORTISING]),
        ...lines('shut', AMORTISING),
      ],
    });
    const runs = payAll(compiled, [{ collected: 2_000n }, { collected: 2_001n }, {}, {}]);
    expect(runs.map(({ values }) => values['state.shut']?.value)).toEqual([0n, 0n, 1n, 1n]);
  });
});

describe('triggers', () => {
  const on = (trigger: string, losses: bigint[], name = 't'): boolean[] =>
    payAll(
      smallDeal({ report: ['loss: money'], triggers: [trigger], formulas: ['x: if(t, 1, 0)'] }),
      losses.map((loss) => ({ loss })),
    ).map(({ triggers }) => triggers[name]?.on ?? false);
  const text = (flags: boolean[]): string => flags.map((flag) => (flag ? '1' : '0')).join('');

  it('turn on after as many dates in a row and off after as many', () => {
    const losses = [9n, 9n, 0n, 9n, 9n, 9n, 0n, 9n, 0n, 0n, 9n];
    expect(
      text(
        on(
          't: {when: loss > 5.00 EUR}',
          losses.map((loss) => loss * 100n),
        ),
      ),
    ).toBe('11011101001');
    expect(
      text(
        on(
          't: {when: loss > 5.00 EUR, for: 2}',
          losses.map((loss) => loss * 100n),
        ),
      ),
    ).toBe('01001100000');
    expect(
      text(
        on(
          't: {when: loss > 5.00 EUR, for: 2, cure: 2}',
          losses.map((loss) => loss * 100n),
        ),
      ),
    ).toBe('01111111100');
    expect(
      text(
        on(
          't: {when: loss > 5.00 EUR, cure: 2}',
          losses.map((loss) => loss * 100n),
        ),
      ),
    ).toBe('11111111101');
    expect(
      text(
        on(
          't: {when: loss > 5.00 EUR, for: 3, sticky: true}',
          losses.map((loss) => loss * 100n),
        ),
      ),
    ).toBe('00000111111');
  });

  it('tested at the end show the last flag until then', () => {
    const compiled = smallDeal({
      triggers: ['t: {when: A.balance < 900.00 EUR, at: end}'],
      formulas: ['x: if(t, 1, 0)'],
    });
    // 5.00 of interest, then 150.00 of principal
    const runs = payAll(compiled, [{ collected: 15_500n }, {}]);
    expect(runs.map(({ triggers }) => triggers['t'])).toMatchObject([
      { unit: 'money', value: 85_000n, threshold: 90_000n, distance: -5_000n, on: true },
      { value: 85_000n, on: true },
    ]);
    expect(runs.map(({ values }) => values['x']?.value)).toEqual([0n, 10n ** 12n]);
  });

  it('have the headroom as their distance, above a minimum as below a maximum, and none at equality', () => {
    const compiled = smallDeal({
      triggers: [
        'least: {when: collected < 90.00 EUR}',
        'most: {when: 100.00 EUR < collected}',
        'same: {when: collected = 90.00 EUR}',
        'above: {when: collected >= 100.00 EUR}',
      ],
      formulas: ['x: if(least or most or same or above, 1, 0)'],
    });
    const [good, bad] = payAll(compiled, [{ collected: 9_500n }, { collected: 8_900n }]);
    const distances = (date: typeof good) => Object.values(date?.triggers ?? {}).map(({ distance }) => distance);
    // 95.00 is 5.00 above the least and 5.00 below the most; written the other way round, its measure is the constant.
    expect(distances(good)).toEqual([500n, 500n, null, 500n]);
    expect(distances(bad)).toEqual([-100n, 1_100n, null, 1_100n]);
  });

  it('have no measure when they are more than one comparison', () => {
    const compiled = smallDeal({ triggers: ['t: {when: period > 1 and collected > 0}'], formulas: ['x: if(t, 1, 0)'] });
    const [, second] = payAll(compiled, [{}, { collected: 1n }]);
    expect(second?.triggers['t']).toEqual({ unit: null, value: null, threshold: null, distance: null, on: true });
  });
});

describe('calls', () => {
  const calls = ['cleanUp: {by: servicer, when: A.factor < 10 %, price: A.balance}'];
  const compiled = (): ReturnType<typeof smallDeal> => smallDeal({ calls, items: '[collected, cleanUp.price]' });

  it('pay their price when they are exercised', () => {
    // 5.00 of interest and 950.00 leave 50.00, called at that price, which pays 0.25 and 49.75
    const runs = payAll(compiled(), [{ collected: 95_500n }, { 'cleanUp.exercised': 1n }]);
    expect(runs.map(({ values }) => values['cleanUp.permitted']?.value)).toEqual([0n, 1n]);
    expect(runs.map(({ remittance }) => remittance)).toEqual([95_500n, 5_000n]);
    expect(runs[1]?.tranches['A']?.principalPaid).toBe(4_975n);
  });

  it('stop the run when they are exercised and not permitted, at their line', () => {
    const deal = compiled();
    let offset = -1;
    try {
      payAll(deal, [{ 'cleanUp.exercised': 1n }]);
    } catch (error) {
      if (!(error instanceof ValueOutOfRange)) throw error;
      offset = error.offset;
    }
    const text = smallText({ calls, items: '[collected, cleanUp.price]' }).split('\n');
    expect(text[(deal.lines.get(offset)?.line ?? 0) - 1]).toContain('cleanUp: {by: servicer');
  });
});

describe('inputs of every unit', () => {
  const report = ['sofr: signed rate', 'count: ratio', 'when: date', 'hit: flag', 'loss: signed money'];
  const deal = smallDeal({
    report,
    formulas: ['x: if(hit, loss, 0) + 0.01 EUR * count * (when - closingDate)', 'y: sofr + 1 %'],
  });
  const values = { collected: '1250.00', sofr: '-0.25 %', count: '3', when: '2025-01-17', hit: 'true', loss: '-2.50' };

  it('are read from text or given in slot units', () => {
    const words = [125_000n, 0n, 2_500_000_000n, 3n * 10n ** 12n, 20_105n, 1n, 0n, 250n];
    expect(encodeInputs(deal, values)).toEqual(words);
    expect(encodeInputs(deal, { ...values, sofr: -2_500_000_000n, loss: -250n, hit: 1n })).toEqual(words);
    const run = execute(deal.program, { period: 1, inputs: words, state: deal.initialState, deposit: 125_000n });
    // −2.50 + 3 × 2 days × 0.01
    const value = (name: string): bigint =>
      (run.slots[deal.values[name]?.plus ?? -1] ?? 0n) - (run.slots[deal.values[name]?.minus ?? -1] ?? 0n);
    expect([value('x'), value('y')]).toEqual([-244n, 7_500_000_000n]);
  });

  it('are refused when they do not fit', () => {
    const wrong = { ...values, collected: '12,50', when: '2025-02-30', hit: 'maybe', count: -1n };
    expect(() => encodeInputs(deal, wrong)).toThrow(InputsError);
    expect(() => encodeInputs(deal, wrong)).toThrow(
      expect.objectContaining({ unreadable: ['collected', 'when', 'hit'], negative: ['count'] }),
    );
  });
});

describe('the program', () => {
  it('shares scratch between values without a name', () => {
    const formulas = Array.from(
      { length: 20 },
      (_, index) => `f${index}: max(0, collected - ${index}.00 EUR) * 2 + 1.00 EUR`,
    );
    const { program, symbols } = smallDeal({ formulas });
    const scratch = symbols.slice(program.layout.regions.T.first);
    expect(scratch.filter((name) => name.startsWith('f'))).toHaveLength(20);
    // each formula needs two at a time, and the steps' own a few
    expect(scratch.filter((name) => /^t\d+$/.test(name)).length).toBeLessThan(8);
  });

  it('says which line of the document each instruction comes from', () => {
    const compiled = smallDeal({ formulas: ['x: collected / 3 + 1.00 EUR'] });
    const at =
      smallText({ formulas: ['x: collected / 3 + 1.00 EUR'] })
        .split('\n')
        .findIndex((line) => line.startsWith('  x:')) + 1;
    const division = disassemble(compiled.program, compiled)
      .split('\n')
      .filter((line) => line.includes('MULN'));
    expect(division.filter((line) => line.includes(` ; ${at}:`))).toHaveLength(1);
    const without = compiled.program.code.filter(({ offset }) => !compiled.lines.has(offset)).map(({ op }) => op);
    expect(without).toEqual(['END']);
  });
});

describe('the unit of a trigger', () => {
  const unitOf = (when: string): string | null | undefined =>
    smallDeal({
      report: ['pool: money', 'sofr: rate'],
      formulas: ['twice: 2 * pool'],
      triggers: [`t: {when: ${when}}`],
    }).triggers[0]?.unit;

  it.each([
    ['pool > 5.00 EUR', 'money'],
    ['0 < pool', 'money'],
    ['twice > A.balance / 4', 'money'],
    ['pool / A.original < 10 %', 'ratio'],
    ['0 < 1.5 % - pool / A.original', 'ratio'],
    ['5 % < sofr', 'rate'],
    ['sofr < 5 %', 'rate'],
    ['paymentDate > 2025-06-15', 'date'],
    ['paymentDate - closingDate > 90', 'ratio'],
    ['pool > 5.00 EUR or period > 3', null],
  ])('%s: %s', (when, unit) => {
    expect(unitOf(when)).toBe(unit);
  });
});
