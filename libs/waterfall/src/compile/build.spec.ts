import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { smallText } from '../../fixtures/small-deal.js';
import { Build, lineStartsOf, placeAt } from './build.js';
import { sumOf } from './sum.js';

describe('lines and columns of offsets', () => {
  // line 1 is "ab", line 2 is empty, line 3 is "c"
  const starts = lineStartsOf('ab\n\nc');

  it('begin after each line break', () => {
    expect(starts).toEqual([0, 3, 4]);
    expect(lineStartsOf('\nx')).toEqual([0, 1]);
    expect(lineStartsOf('')).toEqual([0]);
  });

  it('are counted from 1', () => {
    expect([0, 1, 2, 3, 4, 5].map((offset) => placeAt(starts, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 2 },
    ]);
    expect(placeAt([0], 4)).toEqual({ line: 1, column: 5 });
  });
});

describe('what goes wrong', () => {
  const { deal } = parseDeal(smallText({ formulas: ['x: 1.00 EUR'] }));
  const broken = (): never => {
    throw new RangeError('broken');
  };

  it('in the compiler itself is no fault of the document', () => {
    const build = new Build(deal!);
    expect(() => build.lower(deal!.formulas[0]!.formula, broken, () => 0n)).toThrow(RangeError);
    build.define('broken', 'money', broken);
    expect(() => build.read('broken')).toThrow(RangeError);
    expect(build.diagnostics).toEqual([]);
  });

  it('is reported where the document asks for an unknown name, which reads as unknown', () => {
    const build = new Build(deal!);
    build.asm.place = { line: 7, column: 3 };
    expect(build.read('nobody')).toEqual({ plus: [build.emitter.unknown()], minus: [] });
    expect(build.diagnostics).toMatchObject([
      { severity: 'error', line: 7, column: 3, code: 'unknown-name', path: '' },
    ]);
  });

  it('is reported at the beginning where there is no place', () => {
    const build = new Build(deal!);
    build.read('nobody');
    expect(build.diagnostics).toMatchObject([{ line: 1, column: 1 }]);
  });

  it('is reported of names that need each other', () => {
    const build = new Build(deal!);
    build.define('a', 'money', () => build.read('b'));
    build.define('b', 'money', () => build.read('a'));
    build.read('a');
    expect(build.diagnostics).toMatchObject([
      { code: 'circular', message: 'a needs b needs a; break the circle, for example with previous(a)' },
    ]);
  });

  it('is nothing where a name merely has no value any more', () => {
    const build = new Build(deal!);
    build.define('later', 'money', () => sumOf(1n));
    build.live('now', 'money', () => build.read('later'));
    expect(build.names.standing('now')).toBeNull();
    build.read('later');
    expect(build.names.standing('now')).toEqual(sumOf(1n));
    expect(build.diagnostics).toEqual([]);
  });
});

describe('a condition', () => {
  const { deal } = parseDeal(smallText({}));
  const ops = (flag: bigint): (string | null)[] => {
    const build = new Build(deal!);
    const to = build.stateSlot('to');
    const move = (value: bigint) => (): void => void build.asm.emit('MOV', to, value);
    const code = build.asm.block(() => build.when(flag, move(1n), move(2n)));
    const names = build.asm.namesOf('K');
    return code.map(({ op, operands }) => `${op} ${names[(operands[1] as { index: number }).index]}`);
  };

  it('that is known leaves only what it chooses', () => {
    expect(ops(1n)).toEqual(['MOV 1']);
    expect(ops(0n)).toEqual(['MOV 2']);
  });
});

describe('a name', () => {
  const { deal } = parseDeal(smallText({}));

  it('is what it was first defined to be', () => {
    const build = new Build(deal!);
    build.define('x', 'rate', () => sumOf(1n));
    build.define('x', 'money', () => sumOf(2n));
    expect([build.read('x'), build.names.unitOf('x')]).toEqual([sumOf(1n), 'rate']);
  });

  it('that nobody defined changes never and is taken for an amount', () => {
    const { names } = new Build(deal!);
    expect([names.isLive('nobody'), names.unitOf('nobody'), names.has('nobody')]).toEqual([false, 'money', false]);
  });
});
