import { readdirSync, readFileSync } from 'node:fs';
import { parseDeal } from '@weir/deal';
import { compileDeal } from '@weir/waterfall';
import { milliseconds } from './measure.mjs';

const CUT_OFF_POOL = 100_000_000_000n;
const folder = new URL('../../libs/deal/templates/', import.meta.url);

/** As many of something as a document of a million characters holds: what takes longer than the size explains shows here. */
function largeDocuments() {
  const text = readFileSync(new URL('auto.yaml', folder), 'utf8');
  const lines = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join('');
  const formulas = lines(20_000, (i) => `  f${i}: max(0, ${i === 0 ? 'poolClosing' : `f${i - 1}`} - 1.00 USD)\n`);
  const accounts = lines(4_000, (i) => `  a${i}: {}\n`);
  const misspelt = lines(16_000, (i) => `  f${i}: max(0, polClosing${i} - 1.00 USD)\n`);
  return {
    '20,000 formulas, each of the one before': text.replace('formulas:\n', `formulas:\n${formulas}`),
    '16,000 misspelt names': text.replace('formulas:\n', `formulas:\n${misspelt}`),
    '4,000 accounts': text.replace('accounts:\n', `accounts:\n${accounts}`),
  };
}

/** Parse and compile of each template, cold and warm, and reading of documents as large as they may be. */
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
  for (const [name, text] of Object.entries(largeDocuments())) {
    const begun = performance.now();
    parseDeal(text);
    yield { name: `read ${name}`, figure: performance.now() - begun, unit: 'ms' };
  }
}
