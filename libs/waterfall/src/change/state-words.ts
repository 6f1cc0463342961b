import type { Unit } from '@weir/deal';
import type { CompiledDeal } from '../compile/compiled-deal.js';

/** What of a compiled deal tells its words. */
export type Stated = Pick<CompiledDeal, 'state' | 'values' | 'inputs' | 'triggers' | 'accounts'>;

/** Unit of a kept word; a count is a whole number that is not scaled. */
export type WordUnit = Unit | 'count';

/** A word that a deal keeps from one payment date to the next: what it is called, is measured in and means. */
export interface StateWord {
  readonly name: string;
  readonly unit: WordUnit;
  readonly meaning: string;
  /** Whether a run reads the word before it writes it; what no run reads need not be given. */
  readonly read: boolean;
}

interface Family {
  pattern: RegExp;
  unit: WordUnit | null;
  meaning: (subject: string, more: string) => string;
}

/** Families of words by their names; a unit of null is that of the value that is remembered. */
const FAMILIES: readonly Family[] = [
  { pattern: /^balance\.(.+)$/, unit: 'money', meaning: (name) => `balance of ${name} after the last payment date` },
  { pattern: /^shortfall\.(.+)$/, unit: 'money', meaning: (name) => `interest on ${name} that is owed from earlier` },
  { pattern: /^carryover\.(.+)$/, unit: 'money', meaning: (name) => `available-funds carry-over owed on ${name}` },
  { pattern: /^writtenDown\.(.+)$/, unit: 'money', meaning: (name) => `what ${name} was written down by, net` },
  { pattern: /^unpaid\.(.+)$/, unit: 'money', meaning: (name) => `what is owed from earlier on ${name}` },
  { pattern: /^drawn\.(.+)$/, unit: 'money', meaning: (name) => `what is drawn on ${name} and not repaid` },
  { pattern: /^target\.(.+)$/, unit: 'money', meaning: (name) => `the last target of the account ${name}` },
  { pattern: /^ledger\.(.+?)([+-]?)$/, unit: 'money', meaning: (name, sign) => `${sideOf(sign)}the ledger ${name}` },
  { pattern: /^servicerReceivable(.*)$/, unit: 'money', meaning: () => 'what the servicer still has to deposit' },
  { pattern: /^carryForward(.*)$/, unit: 'money', meaning: () => 'negative collections carried forward' },
  { pattern: /^remittance(.*)$/, unit: 'money', meaning: () => 'what the servicer had to deposit on the last date' },
  { pattern: /^trigger\.(\w+)$/, unit: 'flag', meaning: (name) => `whether the trigger ${name} is on` },
  { pattern: /^trigger\.(\w+)\.on$/, unit: 'count', meaning: (name) => `payment dates in a row on which ${name} held` },
  {
    pattern: /^trigger\.(\w+)\.off$/,
    unit: 'count',
    meaning: (name) => `payment dates in a row on which ${name} did not hold`,
  },
  {
    pattern: /^state$/,
    unit: 'ratio',
    meaning: () => 'the state the deal is in, counted from 0 in the document’s order',
  },
  {
    pattern: /^cumulative\.(.+?)([+-]?)$/,
    unit: null,
    meaning: (name, sign) => `${sideOf(sign)}${name}, summed since closing`,
  },
  {
    pattern: /^highest\.(.+?)(-?)$/,
    unit: null,
    meaning: (name, sign) => `${sideOf(sign)}${name} at its highest since closing`,
  },
  {
    pattern: /^lowest\.(.+?)(-?)$/,
    unit: null,
    meaning: (name, sign) => `${sideOf(sign)}${name} at its lowest since closing`,
  },
  {
    pattern: /^(.+?)(?:@-?\d+)?\.before(\d+)-?$/,
    unit: null,
    meaning: (name, ago) => `${name} ${ago === '1' ? 'on the last payment date' : `${ago} payment dates ago`}`,
  },
];

function sideOf(sign: string): string {
  if (sign === '-') return 'the negative part of ';
  return sign === '+' ? 'the positive part of ' : '';
}

const isMoneyName =
  /\.(balance|due|paid|short|unpaid|interestDue|unpaidInterest|opening|original|target|drawn|draw|price|payment|receipt|notional|carryover|shortfall|writtenDown)$/;

/** Unit of a remembered value: the compiled deal lists it, else its name tells. */
function unitOfValue(compiled: Stated, name: string): Unit {
  const listed = compiled.values[name]?.unit ?? compiled.inputs.find((input) => input.name === name)?.unit;
  if (listed) return listed;
  if (compiled.triggers.some((trigger) => trigger.name === name) || name.startsWith('state.')) return 'flag';
  return isMoneyName.test(name) || compiled.accounts.includes(name) ? 'money' : 'ratio';
}

/** Every word of the deal's state, in slot order. */
export function stateWords(compiled: Stated): StateWord[] {
  return compiled.state.map((name) => {
    for (const { pattern, unit, meaning } of FAMILIES) {
      const found = pattern.exec(name);
      if (!found) continue;
      const subject = found[1] ?? '';
      const read = !name.startsWith('remittance');
      return { name, unit: unit ?? unitOfValue(compiled, subject), meaning: meaning(subject, found[2] ?? ''), read };
    }
    return { name, unit: 'money' as const, meaning: `the word ${name} of the program`, read: true };
  });
}
