import { readdirSync, readFileSync } from 'node:fs';
import { parseDeal } from '@weir/deal';
import { compileDeal } from '@weir/waterfall';
import { milliseconds } from './measure.mjs';

const CUT_OFF_POOL = 100_000_000_000n;
const folder = new URL('../../libs/deal/templates/', import.meta.url);

/** Parse and compile of each template, cold and warm. */
export async function* templates() {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    let size = 0;
    const work = () => {
      const { deal, diagnostics } = parseDeal(text);
      if (!deal) throw new TypeError(diagnostics.map(({ message }) => message).join('; '));
      size = compileDeal(deal, { cutOffPool: CUT_OFF_POOL }).program.code.length;
    };
    const { first, median } = milliseconds(work);
    const name = `parse and compile ${file}, ${size} instructions`;
    yield { name: `${name}, the first time`, figure: first, unit: 'ms' };
    yield { name: `${name}, again`, figure: median, unit: 'ms', target: '< 50' };
  }
}
