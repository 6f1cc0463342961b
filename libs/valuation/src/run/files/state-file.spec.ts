import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal, stateWords } from '@weir/waterfall';
import fc from 'fast-check';
import { InputInvalid } from '../errors.js';
import { closingState, readState, writeState } from './state-file.js';

function compiledTemplate(name: string) {
  const text = readFileSync(new URL(`../../../../deal/templates/${name}.yaml`, import.meta.url), 'utf8');
  const { deal } = parseDeal(text);
  if (!deal) throw new TypeError(`${name} has errors`);
  const cutOffPool = deal.cutOffPool ?? 100_000_000_000n;
  return { compiled: compileDeal(deal, { cutOffPool }), facts: { dealName: deal.name, cutOffPool } };
}

const TEMPLATES = ['auto', 'subprime-auto', 'rmbs-uk', 'trade-receivables', 'credit-card', 'clo'];

describe('a state file', () => {
  it.each(TEMPLATES)('of %s reads back to the same words, whatever they are', (name) => {
    const { compiled, facts } = compiledTemplate(name);
    const { states } = compiled;
    const units = [
      ...compiled.accounts.map(() => 'money'),
      ...stateWords(compiled).map(({ name: of, unit }) => (of === 'state' ? of : unit)),
    ];
    const word = (unit: string) =>
      unit === 'state'
        ? fc.integer({ min: 0, max: states.length - 1 }).map((at) => BigInt(at) * 10n ** 12n)
        : unit === 'flag'
          ? fc.bigInt(0n, 1n)
          : unit === 'date'
            ? fc.bigInt(0n, 40_000n)
            : fc.bigInt(0n, 10n ** 20n);
    fc.assert(
      fc.property(
        fc.tuple(...units.map(word)),
        fc.integer({ min: 0, max: compiled.periods.length - 1 }),
        (words, period) => {
          const json: unknown = JSON.parse(JSON.stringify(writeState(compiled, { period, words }, facts)));
          expect(readState(compiled, json)).toEqual({ period, words });
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each(TEMPLATES)('of %s tells the meaning of every word', (name) => {
    const { compiled } = compiledTemplate(name);
    expect(stateWords(compiled).filter(({ meaning }) => meaning.includes('of the program'))).toEqual([]);
  });

  it('at closing needs only what is not zero, when zero is assumed', () => {
    const { compiled } = compiledTemplate('auto');
    // 80 %, 8 % and 5 % of 1,000,000,000.00; 1 % in the reserve.
    const state = readState(
      compiled,
      {
        period: 0,
        accounts: { reserve: '10000000.00' },
        state: { 'balance.A': '800000000.00', 'balance.B': '80000000.00', 'balance.C': '50000000.00' },
      },
      { assumeZero: true },
    );
    expect(state).toEqual(closingState(compiled));
  });

  it('takes a signed sum whole, below zero too', () => {
    const { compiled, facts } = compiledTemplate('auto');
    const written = writeState(compiled, closingState(compiled), facts);
    const { 'cumulative.chargeOffs+': plus, 'cumulative.chargeOffs-': minus, ...rest } = written.state;
    expect([plus, minus]).toEqual(['0.00', '0.00']);
    const read = readState(compiled, { ...written, state: { ...rest, 'cumulative.chargeOffs': '-12.34' } });
    const at = (name: string) => read.words[compiled.accounts.length + compiled.state.indexOf(name)];
    expect([at('cumulative.chargeOffs+'), at('cumulative.chargeOffs-')]).toEqual([0n, 1234n]);
  });

  it('refuses a state that the document has not, and parts of a count', () => {
    const { compiled, facts } = compiledTemplate('credit-card');
    const written = writeState(compiled, closingState(compiled), facts);
    const reading = (word: string, text: string) => () =>
      readState(compiled, { ...written, state: { ...written.state, [word]: text } });
    const beyond = String(compiled.states.length);
    expect(reading('state', beyond)).toThrow(`state.state is ${beyond}`);
    expect(reading('state', '0.5')).toThrow('state.state is 0.5');
    const counted = { ...compiled, state: [...compiled.state, 'trigger.late.on'] };
    const count = (text: string) => () =>
      readState(counted, { ...written, state: { ...written.state, 'trigger.late.on': text } });
    expect(count('1.5')).toThrow('trigger.late.on');
    expect(count('2')().words.at(-1)).toBe(2n);
  });

  it('refuses amounts below zero and periods beyond the last', () => {
    const { compiled, facts } = compiledTemplate('auto');
    const written = writeState(compiled, closingState(compiled), facts);
    const read = () =>
      readState(compiled, { ...written, period: 72, state: { ...written.state, 'balance.A': '-1.00' } });
    expect(read).toThrow(InputInvalid);
    expect(read).toThrow('period is 72: give the last payment date paid, 0 … 71');
    expect(read).toThrow('state.balance.A is -1.00: it cannot be negative');
  });
});
