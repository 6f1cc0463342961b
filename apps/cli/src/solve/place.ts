import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { suggest } from '@weir/deal';
import type { Scenario } from '@weir/valuation';
import { SolveInvalid } from '../errors.js';
import { type Quantity, quantityOf, quantityText } from './quantity.js';

/** What is varied: the document and the scenario for each trial value. */
export interface Place {
  readonly quantity: Quantity;
  /** The value that stands there now; null when the scenario has a vector or another model there. */
  readonly present: number | null;
  document(value: number): string;
  scenario(value: number): Scenario;
}

/** The name by which a block of a list is called. */
function nameOf(node: unknown): string | null {
  if (!isMap(node)) return null;
  const name = node.get('name') ?? node.get('step');
  return typeof name === 'string' ? name : null;
}

/** One step down: a field of a block, or the block of a list that has the name. @throws SolveInvalid */
function down(node: unknown, part: string, path: string): unknown {
  const fail = (known: readonly string[]): SolveInvalid =>
    new SolveInvalid(path, `the document has no "${part}" there${suggest(part, known)}`);
  if (isMap(node)) {
    if (node.has(part)) return node.get(part, true);
    throw fail(node.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')));
  }
  if (isSeq(node)) {
    const found = node.items.find((item) => nameOf(item) === part);
    if (found) return found;
    throw fail(node.items.flatMap((item) => nameOf(item) ?? []));
  }
  throw new SolveInvalid(path, `"${part}" stands below a single value`);
}

const LITERAL = /(?<![\w.])\d+(?:\.\d+)?(?:\s*%|\s+[A-Z]{3}\b)?(?![\w.])/g;

/** A figure of the document: the value itself, or the one figure of a formula. */
export function documentPlace(text: string, path: string, scenario: Scenario): Place {
  const document = parseDocument(text, { schema: 'failsafe' });
  let node: unknown = document.contents;
  for (const part of path.split('.')) node = down(node, part, path);
  const range = isScalar(node) ? (node as Node).range : null;
  if (!range) throw new SolveInvalid(path, 'name a single value, such as tranches.A.coupon or formulas.advanceRate');
  const [from, to] = range;
  const written = text.slice(from, to);
  const literals = [...written.matchAll(LITERAL)];
  const [only] = literals;
  const read = only && quantityOf(only[0]);
  if (literals.length !== 1 || !only || !read) {
    throw new SolveInvalid(
      path,
      `"${written.trim()}" holds ${literals.length} figures; write the one to solve for as a formula of its own and name that`,
    );
  }
  const start = from + only.index;
  return {
    quantity: read.quantity,
    present: read.value,
    document: (value) => text.slice(0, start) + quantityText(read.quantity, value) + text.slice(start + only[0].length),
    scenario: () => scenario,
  };
}

const PREPAYMENTS = { smm: 'SMM', cpr: 'CPR', psa: 'PSA', abs: 'ABS' } as const;
const DEFAULTS = { mdr: 'MDR', cdr: 'CDR', sda: 'SDA' } as const;
const has = <T extends object>(words: T, word: string): word is Extract<keyof T, string> => Object.hasOwn(words, word);
const constant = (curve: unknown): number | null => (typeof curve === 'number' ? curve : null);

/** A scenario with other assumptions; what steps buy follows where it has none of its own. */
function assuming(scenario: Scenario, change: Partial<Scenario['assumptions']>): Scenario {
  const { assumptions, reinvestment } = scenario;
  const follows = (of: Scenario['assumptions'], field: string): boolean =>
    of[field as keyof typeof of] === assumptions[field as keyof typeof of];
  const bought = Object.entries(reinvestment).map(([step, terms]) => {
    const own = Object.entries(change).filter(([field]) => follows(terms.assumptions, field));
    return [step, { ...terms, assumptions: { ...terms.assumptions, ...Object.fromEntries(own) } }] as const;
  });
  return { ...scenario, assumptions: { ...assumptions, ...change }, reinvestment: Object.fromEntries(bought) };
}

function varied(scenario: Scenario, path: string): { present: number | null; scenario: (value: number) => Scenario } {
  const [, field = '', model = ''] = path.split('.');
  const { assumptions } = scenario;
  const pool = (change: (value: number) => Partial<Scenario['assumptions']>) => (value: number) =>
    assuming(scenario, change(value));
  if (field === 'prepayment' && has(PREPAYMENTS, model)) {
    const { [model]: name } = PREPAYMENTS;
    const present = assumptions.prepayment.model === name ? constant(assumptions.prepayment.speed) : null;
    return { present, scenario: pool((speed) => ({ prepayment: { model: name, speed } })) };
  }
  if (field === 'default' && has(DEFAULTS, model)) {
    const { [model]: name } = DEFAULTS;
    const present = assumptions.default.model === name ? constant(assumptions.default.speed) : null;
    return { present, scenario: pool((speed) => ({ default: { model: name, speed } })) };
  }
  if (field === 'severity')
    return { present: constant(assumptions.severity), scenario: pool((severity) => ({ severity })) };
  if (field === 'inputs' && model !== '') {
    const present = scenario.inputs[model]?.[0] ?? null;
    return { present, scenario: (value) => ({ ...scenario, inputs: { ...scenario.inputs, [model]: [value] } }) };
  }
  if (field === 'rates' && model !== '') {
    return {
      present: null,
      scenario: (value) => ({
        ...scenario,
        rates: { ...scenario.rates, [model]: { kind: 'by-period', values: [value] } },
      }),
    };
  }
  throw new SolveInvalid(
    path,
    'of a scenario: scenario.default.cdr (mdr, sda), scenario.prepayment.cpr (smm, psa, abs), scenario.severity, ' +
      'scenario.rates.NAME or scenario.inputs.NAME',
  );
}

/** A figure of the scenario: a rate that is the same all the time. */
export function scenarioPlace(text: string, path: string, scenario: Scenario): Place {
  const { present, scenario: change } = varied(scenario, path);
  const kind = path.startsWith('scenario.inputs') ? 'number' : 'percent';
  return {
    quantity: { kind, suffix: kind === 'percent' ? ' %' : '' },
    present,
    document: () => text,
    scenario: change,
  };
}

/** What PATH names. @throws SolveInvalid */
export function placeOf(text: string, path: string, scenario: Scenario): Place {
  return path.startsWith('scenario.') ? scenarioPlace(text, path, scenario) : documentPlace(text, path, scenario);
}
