import { parse, stringify } from 'yaml';

type Block = Record<string, unknown>;

/** An example of the reference: its text, and the line of the page on which it begins, from 1. */
export interface Example {
  text: string;
  line: number;
}

/** The fenced blocks of a page that are marked `yaml` and a word. */
export function examplesOf(page: string, word: 'deal-base' | 'deal-fragment'): Example[] {
  return [...page.matchAll(new RegExp(`^\`\`\`yaml ${word}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => ({
    text: match[1] ?? '',
    line: page.slice(0, match.index).split('\n').length + 1,
  }));
}

const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function nameOf(item: unknown): unknown {
  return isBlock(item) ? (item['name'] ?? item['step']) : undefined;
}

/** Classes and steps by name; new classes come last, new steps before the last. */
function overList(base: readonly unknown[], over: readonly unknown[], isSteps: boolean): unknown[] {
  const replaced = base.map((item) => over.find((other) => nameOf(other) === nameOf(item)) ?? item);
  const added = over.filter((other) => !base.some((item) => nameOf(item) === nameOf(other)));
  const end = isSteps ? replaced.length - 1 : replaced.length;
  return [...replaced.slice(0, end), ...added, ...replaced.slice(end)];
}

/** Lays an example over the page's base document, as the page says; the result is a whole document. */
export function layOver(base: string, fragment: string): string {
  const whole = parse(base, { schema: 'failsafe' }) as Block;
  const over = parse(fragment, { schema: 'failsafe' }) as Block;
  for (const [name, value] of Object.entries(over)) {
    const before = whole[name];
    if (Array.isArray(before) && Array.isArray(value)) whole[name] = overList(before, value, name !== 'tranches');
    // A list of payment dates and the rule of the base exclude each other.
    else if (name === 'dates' && isBlock(before) && isBlock(value) && Array.isArray(value['paymentDates'])) {
      const { firstCollectionPeriod: _first, paymentDay: _day, ...kept } = before;
      whole[name] = { ...kept, ...value };
    }
    // A list of items and groups of items exclude each other.
    else if (isBlock(before) && isBlock(value) && name !== 'collections') whole[name] = { ...before, ...value };
    else whole[name] = value;
  }
  return stringify(whole);
}
