import { describe, expect, it, jest } from '@jest/globals';
import { gasBound, type RunArguments, settlementGas } from '@weir/waterfall';
import { dearestFirstMonth } from './dearest-search.js';
import { factsOf } from './settlement-facts.js';
import { type Template, templateLife, templates } from './template-lives.js';
import { DEAREST_REVISION, VaultLife } from './vault-life.js';

jest.setTimeout(600_000);

/** The date of a life on which most instructions of the program move cash. */
function busiest(template: Template): RunArguments {
  const life = templateLife(template, template.futures[0]!);
  const moving = life.map(({ result }) => result.outputs.filter((amount) => amount > 0n).length);
  return life[moving.indexOf(Math.max(...moving))]!.run;
}

const DEALS = templates()
  .filter(({ name }) => ['auto', 'remic'].includes(name))
  // What the search stays below the bound: nine bytes of the REMIC's figures.
  .map((template) => ({ ...template, tries: 25_000, short: template.name === 'remic' ? 108 : 0 }));

describe('the dearest first month that a search finds', () => {
  it.each(DEALS)(
    'of $name takes the bound but for $short gas of figures, when the deal is taken over in any state',
    async (template) => {
      const { compiled, tries, short } = template;
      const { program } = compiled;
      const bound = gasBound(program);
      const { run, result } = dearestFirstMonth(compiled, busiest(template), tries, 1);
      const vault = await VaultLife.open({ program, initialState: run.state });
      try {
        const settlement = await vault.settle({
          inputs: run.inputs,
          deposit: run.deposit,
          resultHash: result.resultHash,
          revision: DEAREST_REVISION,
        });
        const facts = factsOf(program, run, result, settlement);
        expect(settlementGas(program, facts)).toBe(settlement.gasUsed);
        const atFirst = { dust: null, dataGas: facts.dataGas, distributorEmpty: true };
        expect(facts).toEqual({ ...bound.dearest, ...atFirst });
        expect(settlement.gasUsed).toBe(bound.first - short);
      } finally {
        await vault.stop();
      }
    },
  );
});
