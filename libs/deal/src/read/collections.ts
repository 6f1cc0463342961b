import { fits } from '../expression/value-unit.js';
import type { CollectionGroup, Collections } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { AFTER_LAST_STEP } from './values.js';
import { formulaOf, type Reading, readName } from './reading.js';

/** An amount by name: a report item or formula, or a member like `swap.receipt`. */
function readItem(item: Cursor, reading: Reading): string {
  const name = item.text();
  const { names } = reading;
  if (name === '') return name;
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/.test(name)) {
    item.error('name', `"${name}" is no name; write it under "formulas:" and name it here`);
  } else if (name.endsWith('.draw')) {
    // What a step will draw comes in with the rest.
    formulaOf(item, { ...reading, scope: AFTER_LAST_STEP }, 'money');
  } else if (name.includes('.')) formulaOf(item, reading, 'money');
  else {
    names.refer(name, ['report item', 'formula'], item.at, item.path);
    names.later(() => {
      const facts = names.values.get(name);
      if (facts && !fits(names.values.unitOf(facts), 'money')) item.error('unit', `${name} is no amount`);
    });
  }
  return name;
}

type GroupFields = Record<'account' | 'items', Cursor>;

/** Groups of items, each for an account of its own; what is collected is collected once. */
function readGroups(groups: readonly GroupFields[], reading: Reading): CollectionGroup[] {
  const collected = new Set<string>();
  const filled = new Set<string>();
  return groups.map((fields) => {
    const items = fields.items.items().map((item) => {
      const name = readItem(item, reading);
      if (collected.has(name))
        item.error('duplicate-name', `${name} stands twice; what is collected is collected once`);
      collected.add(name);
      return name;
    });
    const account = readName(fields.account, 'account', reading);
    if (filled.has(account) && account !== '') {
      fields.account.error('duplicate-name', `the account ${account} has a group already; add the items to that one`);
    }
    filled.add(account);
    return { account, items, ...fields.account.place };
  });
}

/** The `collections:` block: one list of items for one account, or several groups. */
export function readCollections(cursor: Cursor, reading: Reading): Collections {
  const fields = cursor.fields(['suspense'], ['items', 'account', 'groups']);
  const { items, account, groups } = fields;
  for (const [name, field] of Object.entries({ items, account })) {
    if (groups) field?.error('unknown-field', `"${name}" stands inside the groups, not beside them`);
    else if (!field) cursor.error('missing-field', `"${name}" is missing in ${cursor.path}`);
  }
  const lists = groups ? groups.items().map((group) => group.fields(['account', 'items'])) : [];
  if (items && account && !groups) lists.push({ items, account });
  const read = readGroups(lists, reading);
  const suspense = readName(fields.suspense, 'account', reading);
  if (read.some((group) => group.account === suspense && suspense !== '')) {
    fields.suspense.error('accounts', 'suspense must be an account of its own');
  }
  return { groups: read, suspense, ...cursor.place };
}
