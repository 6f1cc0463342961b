import type { Deal } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { formulaText } from './formula-words.js';
import { item, type Section, sentence } from './section.js';
import { accountText } from './steps.js';

/** What a deal takes over from the program that it amends; no line for a deal as it was closed. */
export function amendmentSection({ amends }: Deal): Section {
  const title = 'Amendment';
  if (!amends) return { title, lines: [] };
  const { program, fromPeriod, renamed, accounts, state, dropped, issued } = amends;
  return {
    title,
    lines: [
      sentence(
        `From payment date ${fromPeriod} on this document takes the place of the program ${program}. Dates that were ` +
          'paid before stay with that program. What has the same name and unit carries over, and beside it:',
      ),
      ...renamed.map(({ name, was }) => item(name, `was called ${was}.`)),
      ...accounts.map(({ name, into }) =>
        item(accountText(name), `is closed; its cash goes to the ${accountText(into)}.`),
      ),
      ...issued.map(({ name, amount }) =>
        item(name, `grows by an issue of ${formatMoney(amount)}, and its balance in proportion.`),
      ),
      ...state.map(({ name, formula }) => item(name, `begins with ${formulaText(formula)}.`)),
      ...dropped.map(({ name, reason }) => item(name, `is given up: ${reason}.`)),
    ],
  };
}
