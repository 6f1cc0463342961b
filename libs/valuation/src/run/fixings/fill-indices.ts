import { writeUnit } from '../text/unit-text.js';
import { type IndexInputs, reasonOf } from './index-inputs.js';

/**
 * Gives the items of a report that it leaves out and that published rates make their rates. One that it gives must be the
 * same rate. Returns items that stay without a rate, of which is reported why; `values` are in slot units.
 */
export function fillIndices(
  values: Record<string, bigint>,
  given: Readonly<Record<string, string>>,
  { indices, period }: { indices: IndexInputs; period: number },
  report: (fault: string) => void,
): string[] {
  const open: string[] = [];
  for (const [name, dates] of indices) {
    const date = dates[period - 1];
    const inParts = Object.hasOwn(given, `${name}+`) || Object.hasOwn(given, `${name}-`);
    if (!date || inParts) continue;
    if (Object.hasOwn(given, name)) {
      const value = values[name];
      if (date.rate === null || value === undefined || value === date.rate) continue;
      const [written, made] = [value, date.rate].map((rate) => writeUnit('rate', rate));
      report(`${name} is ${written}, but its fixings make it ${made}; correct one, or leave ${name} out of the report`);
    } else if (date.rate === null) {
      open.push(name);
      report(reasonOf(name, date));
    } else values[name] = date.rate;
  }
  return open;
}
