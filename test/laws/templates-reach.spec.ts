import { describe, expect, it, jest } from '@jest/globals';
import type { CompiledDeal } from '@weir/waterfall';
import { type LifeDate, type Template, templateLife, templates } from './template-lives.js';

jest.setTimeout(120_000);

/** Steps that only name a value, or say what others do. */
const SILENT = new Set(['compute', 'enter', 'if', 'collections']);

/** Steps that neither paid a cent nor, where they move no cash, had anything to do in any life. */
function stepsNeverReached({ steps }: CompiledDeal, dates: readonly LifeDate[]): string[] {
  const reached = (pays: readonly number[], due: number | null): boolean =>
    dates.some(({ result }) =>
      pays.length > 0
        ? result.transfers.some(({ offset, amount }) => amount > 0n && pays.includes(offset))
        : due !== null && (result.slots[due] ?? 0n) > 0n,
    );
  return steps.filter(({ kind, pays, due }) => !SILENT.has(kind) && !reached(pays, due)).map(({ id }) => id);
}

/** Triggers that trip in every life, or in none. */
function triggersOneSided({ triggers }: CompiledDeal, lives: readonly (readonly LifeDate[])[]): string[] {
  return triggers.flatMap(({ name, flag }) => {
    const tripped = lives.map((life) => life.some(({ result }) => result.slots[flag] === 1n));
    return tripped.every(Boolean) ? [`${name} always trips`] : tripped.some(Boolean) ? [] : [`${name} never trips`];
  });
}

/** States in which no life pays. */
function statesNeverEntered({ states, values }: CompiledDeal, dates: readonly LifeDate[]): string[] {
  return states.filter((name) => !dates.some(({ result }) => result.slots[values[`state.${name}`]?.plus ?? -1] === 1n));
}

/** What of a template no future of it reaches. */
function unreached(template: Template): Record<string, string[]> {
  const { compiled, futures } = template;
  const lives = futures.map((future) => templateLife(template, future));
  const dates = lives.flat();
  return {
    steps: stepsNeverReached(compiled, dates),
    triggers: triggersOneSided(compiled, lives),
    states: statesNeverEntered(compiled, dates),
  };
}

/** Accounts that still hold cash after the last payment date, when the program does not run again. */
function cashLeft(template: Template): string[] {
  const { name, compiled, futures } = template;
  const { A } = compiled.program.layout.regions;
  return futures.flatMap((future) => {
    const slots = templateLife(template, future).at(-1)?.result.slots ?? [];
    return compiled.accounts.flatMap((account, index) => {
      const left = slots[A.first + index] ?? 0n;
      return left === 0n ? [] : [`${left} in ${account}, ${future.name} future`];
    });
  });
}

describe('the futures of every template', () => {
  it.each(templates())(
    '$name: every step pays, every trigger trips in one and not in another, every state is entered',
    (template) => {
      expect(unreached(template)).toEqual({ steps: [], triggers: [], states: [] });
    },
  );

  it.each(templates())('$name: no cent stays in an account after the last payment date', (template) => {
    expect(cashLeft(template)).toEqual([]);
  });
});
