import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../diagnostic.js';
import type { Formula, Unit } from '../expression/ast.js';
import { openDocument } from '../source/document.js';
import { ANY_UNIT, readFormula } from './formula.js';
import { Names } from './names.js';
import type { Scope } from './values.js';

/** A document of formulas only; each line is a named one. */
function read(
  lines: Record<string, string>,
  prepare: (names: Names) => void = () => undefined,
  scope: Scope = 0,
): { units: Record<string, Unit>; faults: Diagnostic[] } {
  const { root, findings } = openDocument(
    Object.entries(lines)
      .map(([name, text]) => `${name}: ${text}`)
      .join('\n'),
  );
  const names = new Names(findings);
  const formulas: [string, Formula][] = root.entries().map(({ name, at, value }) => {
    names.declare(name, 'formula', at, value.path);
    const formula = readFormula(value, names, 'USD', ANY_UNIT, scope);
    names.define(name, { is: formula });
    return [name, formula];
  });
  prepare(names);
  names.settle();
  return { units: Object.fromEntries(formulas.map(([name, { unit }]) => [name, unit])), faults: findings.sorted() };
}

const circular = (faults: Diagnostic[]): string[] =>
  faults.filter(({ code }) => code === 'circular').map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('names are known wherever they are declared', () => {
  it('a formula may use one further down, whose unit is found then', () => {
    const { units, faults } = read({ a: 'b / c', b: '2 * c', c: '5.00 USD', rate: 'max(floor, 1 %)', floor: '0.5 %' });
    expect(faults).toEqual([]);
    expect(units).toEqual({ a: 'ratio', b: 'money', c: 'money', rate: 'ratio', floor: 'ratio' });
  });

  it('a constant above zero under a name may divide', () => {
    expect(read({ a: '1.00 USD / b', b: 'max(c, 1.00 USD)', c: 'cutOffPool / 2' }).faults).toEqual([]);
  });

  it('a named literal is a rate where a rate stands beside it', () => {
    const rate = (names: Names): void => names.define('sofr', { unit: 'rate' });
    expect(read({ a: 'min(sofr, cap)', cap: '12 %' }, rate)).toEqual({
      units: { a: 'rate', cap: 'ratio' },
      faults: [],
    });
  });

  it('a fault is reported once, where it stands, and not where its name is used', () => {
    const { faults } = read({ a: 'b + 5.00 USD', b: '1 + 5.00 USD' });
    expect(faults).toMatchObject([{ line: 2, column: 6, code: 'unit' }]);
  });
});

describe('a value that is made of itself', () => {
  it('names the circle, at the formula that closes it', () => {
    const chain = 'this value is made of itself: a → b → c → a';
    const faults = circular(read({ a: 'b * 2', b: 'c + 1.00 USD', c: 'max(a, 0)' }).faults);
    expect(faults).toEqual([`3:8 ${chain}; take one of them from the last payment date: previous(…)`]);
  });

  it('a formula of itself', () => {
    expect(circular(read({ a: '2 * a' }).faults)[0]).toMatch(/^1:8 .*: a → a;/);
  });

  it('through the target of an account and the interest of a group', () => {
    const { faults } = read({ a: 'reserve.target + notes.interestDue' }, (names) => {
      names.define('reserve.target', { unit: 'money', of: ['a'] });
      names.define('notes.interestDue', { unit: 'money', of: ['A.interestDue'] });
      names.define('A.interestDue', { unit: 'money', of: ['a'] });
    });
    expect(circular(faults).map((fault) => fault.slice(0, fault.indexOf(';')))).toEqual([
      '1:4 this value is made of itself: a → reserve.target → a',
      '1:21 this value is made of itself: a → notes.interestDue → A.interestDue → a',
    ]);
  });

  it.each(['previous(a)', 'lagged(a, 2)', 'previous(a, 5.00 USD)'])('is none with %s', (text) => {
    expect(read({ a: `${text} + 1.00 USD` })).toEqual({ units: { a: 'money' }, faults: [] });
  });

  it('has its unit from whatever says it, in whichever order it is written', () => {
    const rate = (names: Names): void => names.define('sofr', { unit: 'rate' });
    const { units, faults } = read(
      { a: 'previous(b)', b: 'max(a, c)', c: 'previous(b, 0) + sofr', n: 'previous(n, 0) + 1' },
      rate,
    );
    expect(faults).toEqual([]);
    expect(units).toEqual({ a: 'rate', b: 'rate', c: 'rate', n: 'ratio' });
  });

  it('needs something that says its unit', () => {
    expect(read({ a: 'previous(a) + 0' }).faults).toMatchObject([
      { code: 'unit', message: expect.stringContaining('nothing says whether this is an amount') },
    ]);
  });

  it('is none in a long chain, down the document or up', () => {
    const count = 5000;
    const down = Array.from({ length: count }, (_, i) => [`down${i}`, `down${i + 1}`]);
    const up = Array.from({ length: count }, (_, i) => [`up${i + 1}`, `up${i}`]);
    const ends = { [`down${count}`]: '2.00 USD', up0: '2.00 USD' };
    const last = { quotient: `1.00 USD / up${count} * down0 / down1` };
    const { units, faults } = read({ ...Object.fromEntries(down), ...ends, ...Object.fromEntries(up), ...last });
    expect(faults).toEqual([]);
    expect(units).toMatchObject({ down0: 'money', [`up${count}`]: 'money', quotient: 'ratio' });
  });

  it.each(['cumulative(a)', 'average(a, 3)', 'previous(pool, a)'])('is one with %s, which looks at today', (text) => {
    const pool = (names: Names): void => names.define('pool', { unit: 'money' });
    expect(circular(read({ a: text }, pool).faults)).toHaveLength(1);
  });
});

describe("a step's values", () => {
  const step = (names: Names): void => {
    names.declare('pay', 'step', 0, 'priorityOfPayments[1]');
    names.define('pay.due', { unit: 'money', after: 2 });
  };

  it('are known in later steps only', () => {
    expect(read({ a: '2 * pay.due' }, step, 3).faults).toEqual([]);
    for (const scope of [0, 1, 2]) {
      const { faults } = read({ a: '2 * pay.due' }, step, scope);
      expect(faults).toMatchObject([{ line: 1, column: 8, code: 'not-yet-known', path: 'a' }]);
      expect(faults[0]?.message).toContain('"pay.due" is known only below its step (line 1)');
    }
  });

  it.each([
    'previous(pay.due)',
    'lagged(pay.due, 2)',
    'average(pay.due, 3)',
    'total(pay.due, 12)',
    'cumulative(pay.due)',
  ])('are known anywhere as %s', (text) => expect(read({ a: text }, step).faults).toEqual([]));

  it('a step alone is no value', () => {
    expect(read({ a: '2 * pay' }, step, 3).faults[0]?.message).toBe('"pay" alone is no value; write pay.due');
  });

  it('a member that is not there', () => {
    expect(read({ a: '2 * pay.dues' }, step, 3).faults[0]?.message).toBe(
      '"pay" has no "dues"; did you mean "pay.due"?',
    );
  });
});

describe('at closing', () => {
  it('what is fixed then is known, through formulas too', () => {
    const { faults } = read(
      { a: '2 * b', b: '1 % * cutOffPool', c: 'if(closingDate > 2020-01-01, b, a)' },
      undefined,
      'closing',
    );
    expect(faults).toEqual([]);
  });

  it('what is reported later is not', () => {
    const pool = (names: Names): void => names.define('poolClosing', { unit: 'money' });
    const { faults } = read({ a: 'b', b: 'poolClosing / 2' }, pool, 'closing');
    expect(faults.map(({ line, column, code }) => [line, column, code])).toEqual([
      [1, 4, 'not-known-at-closing'],
      [2, 4, 'not-known-at-closing'],
    ]);
  });
});

describe('references', () => {
  const names = (): { names: Names; faults: () => string[] } => {
    const { findings } = openDocument('');
    return {
      names: new Names(findings),
      faults: () => findings.sorted().map(({ code, message }) => `${code}: ${message}`),
    };
  };

  it('of one of several kinds, above its declaration', () => {
    const { names: known, faults } = names();
    known.refer('senior', ['tranche', 'group'], 0, 'x');
    known.refer('seniro', ['tranche', 'group'], 0, 'y');
    known.declare('senior', 'group', 0, 'groups.senior');
    known.settle();
    expect(faults()).toEqual(['unknown-tranche: there is no tranche or group "seniro"; did you mean "senior"?']);
  });

  it.each(['period', 'state', 'EUR', 'abs', 'remittance', 'true'])('%s is a reserved word', (word) => {
    const { names: known, faults } = names();
    known.declare(word, 'formula', 0, 'x');
    expect(faults()[0]).toContain('reserved-name');
  });
});
