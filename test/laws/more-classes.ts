import { compileText, CUT_OFF_POOL } from '../../libs/waterfall/fixtures/sample-deal.js';
import type { CompiledDeal } from '@weir/waterfall';

class TemplateChanged extends Error {
  constructor(readonly pattern: RegExp) {
    super(`the auto template no longer holds ${pattern}: bring test/laws/more-classes.ts up to date with it`);
  }
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new TemplateChanged(pattern);
  return text.replace(pattern, by);
}

/** One more class below the ones that are there, with interest and a priority principal of its own like theirs. */
function withClass(text: string, above: readonly string[], name: string): string {
  const all = [...above, name];
  const tranche = `  - name: ${name}
    share: 1 %
    of: cutOffPool
    roundDown: 1000.00
    coupon: 2.00 %
    dayCount: 30/360
    accrual: unadjusted

formulas:`;
  const opening = all.map((one) => `${one}.opening`).join(' + ');
  const steps = `  - step: interest${name}
    interest: ${name}
    from: [collection, reserve]

  - step: priorityPrincipal${name}
    priorityPrincipal: max(0, ${opening} - poolClosing)
    to: [${all.join(', ')}]
    method: sequential
    from: [collection, reserve]

  - step: reserveReplenishment`;
  const withTranche = replaced(text, /\nformulas:/, `\n${tranche}`);
  const withSteps = replaced(withTranche, / {2}- step: reserveReplenishment/, steps);
  const last = new RegExp(`(principal: max\\(0, notes.opening[^]*?to: )\\[${above.join(', ')}\\]`);
  return replaced(withSteps, last, `$1[${all.join(', ')}]`);
}

/** The sample deal with so many classes more: D, E, … */
export function sampleDealWith(more: number): CompiledDeal {
  return compileText((template) => {
    let [text, above] = [template, ['A', 'B', 'C']];
    for (let index = 0; index < more; index++) {
      const name = String.fromCharCode('D'.charCodeAt(0) + index);
      text = withClass(text, above, name);
      above = [...above, name];
    }
    return text;
  }, CUT_OFF_POOL);
}
