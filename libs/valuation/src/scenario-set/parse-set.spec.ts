import { describe, expect, it } from '@jest/globals';
import { parseScenarioSet } from './parse-set.js';

const messages = (text: string): string[] =>
  parseScenarioSet(text).diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('a set file', () => {
  it('is the list of its scenarios when it has neither grid nor Monte Carlo', () => {
    const { set } = parseScenarioSet('prepayment: 6 % CPR\nscenarios:\n  one:\n  two:\n    prepayment: 9 % CPR\n');
    expect(
      set?.kind === 'list' && set.scenarios.map(({ name, assumptions }) => [name, assumptions.prepayment]),
    ).toEqual([
      ['one', { model: 'CPR', speed: 0.06 }],
      ['two', { model: 'CPR', speed: 0.09 }],
    ]);
  });

  it('has axes of multiples and shifts with their units, ramps included', () => {
    const { set } = parseScenarioSet(
      'default: 1 % CDR\nseverity: 40 %\ngrid:\n  default: [100 % to 300 % over 3]\n  rates: [-50 bp, 0, 1 %]\n',
    );
    expect(set?.kind === 'grid' && set.axes).toEqual({ default: [1, 2, 3], rates: [-0.005, 0, 0.01] });
    expect(set?.kind === 'grid' && set.base.assumptions.default).toEqual({ model: 'CDR', speed: 0.01 });
  });

  it('draws paths by deviations, a correlation and moves of the indices', () => {
    const { set } = parseScenarioSet(`monteCarlo:
  paths: 1000
  seed: 9007199254740991
  prepayment: 30 %
  default: 50 %
  correlation: -0.25
  rates: { volatility: 80 bp, meanReversion: 10 %, floor: -1 % }
`);
    expect(set).toMatchObject({
      kind: 'monte-carlo',
      paths: 1000,
      seed: 9007199254740991,
      prepayment: 0.3,
      default: 0.5,
      correlation: -0.25,
      rates: { volatility: 0.008, meanReversion: 0.1, floor: -0.01 },
    });
  });

  it('tells all its faults at once, each at its place', () => {
    const text = `prepayment: 6 %
monteCarlo:
  paths: 0
  seed: -1
  defaults: 10 %
  rates: { meanReversion: 5 % }
`;
    expect(messages(text)).toEqual([
      expect.stringContaining('1:13 "6 %" does not read here'),
      expect.stringContaining('3:10 "0" is not a whole number from 1 to 1000000'),
      expect.stringContaining('4:9 "-1" does not read here'),
      expect.stringContaining('5:3 "defaults" is no field of monteCarlo'),
      expect.stringContaining('"volatility" is missing in monteCarlo.rates'),
    ]);
    expect(parseScenarioSet(text).set).toBeNull();
  });

  it('refuses values that read and make no sense', () => {
    expect(messages('grid:\n  default: [20000 %]\n  rates: [200 %]\n')).toEqual([
      '2:3 default is 200: give a multiple from 0 to 100; rates is 2: give a shift between -1 and 1 (1 % is 0.01)',
    ]);
  });

  it('is one of grid and Monte Carlo, around one base', () => {
    expect(messages('grid: {}\nmonteCarlo: { paths: 1, seed: 1 }\n')).toEqual([
      '2:13 a set is a grid or Monte Carlo: leave one of them out',
    ]);
    expect(messages('grid: {}\nscenarios:\n  a:\n')).toEqual([
      '1:7 "grid" is around one base: leave out "scenarios", or "grid"',
    ]);
  });
});
