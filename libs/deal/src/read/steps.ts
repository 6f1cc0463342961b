import type { Step, StepAction } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { LIMITS, readLimits } from './limits.js';
import { declareText, formulaOf, optionalFormula, type Reading, readNameList, refuseLastPayee } from './reading.js';
import type { RecipientKind } from './recipients.js';
import { type Extra, EXTRAS, type Verb, type VerbInput } from './verb.js';
import { type VerbName, VERBS } from './verbs.js';

const NAMES = [...(Object.keys(VERBS) as VerbName[]), 'if' as const];
/** Steps that have neither an amount due nor one paid. */
const WITHOUT_AMOUNT: readonly StepAction['kind'][] = ['compute', 'enter', 'test', 'if'];
const NO_LIMITS = { limit: null, share: null, keep: null };
/** Stands for what a step does that could not be read. */
const NOTHING: StepAction = { kind: 'compute', values: [] };
/** What is collected has a place of its own in the trace, before the steps. */
const COLLECTING = 'collections';
type StepFields = Partial<Record<(typeof NAMES)[number] | Extra, Cursor>>;

/** Reads steps one after the other; each knows the values of those above it, in the document's order. */
export class StepReader {
  private order = 0;

  constructor(
    private readonly groups: RecipientKind['groups'],
    private readonly outer: Reading,
  ) {}

  /** Steps of a priority, or of one arm of an `if`. */
  steps(cursor: Cursor, least = 1): Step[] {
    return cursor.items(least).map((item) => this.step(item));
  }

  private step(item: Cursor): Step {
    const fields = item.fields(['step'], [...NAMES, ...EXTRAS, 'from', 'label', 'when', ...LIMITS]);
    const id = declareText(fields.step, 'step', this.outer);
    const reading: Reading = { ...this.outer, scope: ++this.order };
    const when = optionalFormula(fields.when, reading, 'flag');
    const verb = this.verbOf(item, fields);
    if (verb === null) return { id, label: null, from: [], when, limits: NO_LIMITS, action: NOTHING, ...item.place };
    const rule: Verb | null = verb === 'if' ? null : VERBS[verb];
    checkExtras(item, fields, verb, rule);
    // Values of the step itself are known only below it.
    const limits = readLimits(fields, rule?.pays ?? false, reading);
    const action = rule
      ? this.act(rule, { step: item, value: fields[verb] as Cursor, fields, reading, groups: this.groups })
      : this.branch(fields, reading);
    if (!WITHOUT_AMOUNT.includes(action.kind)) {
      for (const member of ['due', 'paid', 'short']) {
        this.outer.names.define(`${id}.${member}`, { unit: 'money', after: Number(reading.scope) });
      }
    }
    if (action.kind === 'pay') refuseLastPayee(fields.step, id);
    if (id === COLLECTING) {
      fields.step.error('reserved-name', `"${id}" is what every payment date begins with; choose another name`);
    }
    const from = this.readFrom(item, fields.from, action, rule?.pays ?? false);
    return { id, label: fields.label?.text() ?? null, from, when, limits, action, ...item.place };
  }

  private verbOf(item: Cursor, fields: StepFields): (typeof NAMES)[number] | null {
    const [verb, ...more] = NAMES.filter((name) => fields[name]);
    if (verb !== undefined && more.length === 0) return verb;
    item.skip();
    if (verb !== undefined) {
      item.error(
        'step',
        `a step does one thing and this one two, ${[verb, ...more].join(' and ')}; make two steps of it`,
      );
    } else if (item.isSound && item.unknownFields.length === 0) {
      // A verb that is none was reported as a field that is none.
      item.error('step', `a step says what it does: one of ${NAMES.join(', ')}`);
    }
    return null;
  }

  private act(rule: Verb, input: VerbInput): StepAction {
    const action = rule.read(input);
    // A compute step used one order number for each of its values.
    this.order = Number(input.reading.scope);
    return action;
  }

  private branch(fields: StepFields, reading: Reading): StepAction {
    const condition = formulaOf(fields.if as Cursor, reading, 'flag');
    const then = fields.then ? this.steps(fields.then) : [];
    return { kind: 'if', condition, then, otherwise: fields.else ? this.steps(fields.else) : [] };
  }

  private readFrom(item: Cursor, cursor: Cursor | undefined, action: StepAction, pays: boolean): string[] {
    if (!pays || action.kind === 'release') {
      const why = pays ? 'a release is paid by the account itself' : 'this step pays no cash';
      cursor?.error('unknown-field', `"from" does not go here: ${why}`);
    } else if (!cursor) item.lacks('from', ': the accounts that pay, like [collection]');
    if (!pays) return [];
    const from = action.kind === 'release' ? [action.account] : readNameList(cursor, 'account', this.outer);
    const to = action.kind === 'reserve' ? action.account : 'into' in action ? action.into : '';
    if (to !== '' && from.includes(to)) {
      const message = action.kind === 'reserve' ? 'an account cannot replenish itself' : `${to} cannot pay itself`;
      (cursor ?? item).error('accounts', message);
    }
    return from;
  }
}

function checkExtras(item: Cursor, fields: StepFields, verb: string, rule: Verb | null): void {
  const needs: readonly Extra[] = rule ? (rule.needs ?? []) : ['then'];
  const takes: readonly Extra[] = rule ? (rule.takes ?? []) : ['else'];
  for (const extra of EXTRAS) {
    if (needs.includes(extra) && !fields[extra]) {
      item.lacks(extra, `; "${verb}" needs it`);
    } else if (!needs.includes(extra) && !takes.includes(extra)) {
      fields[extra]?.error('unknown-field', `"${extra}" does not go with "${verb}"`);
    }
  }
}
