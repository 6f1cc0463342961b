import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { runForge } from '../../tools/forge.mjs';

const folder = new URL('../../contracts/snapshots/', import.meta.url);
const TARGETS = [
  [/settle.*further/i, '≤ 45,000'],
  [/settle.*after the first/i, '≤ 300,000'],
  [/settle.*first/i, '≤ 380,000'],
];

/** Gas as forge's tests take it now: they write contracts/snapshots, which is read after they have run. */
export async function* gas() {
  if (runForge(['test'], ['ignore', 'ignore', 'inherit']) !== 0) {
    throw new RangeError('forge test failed: see node tools/forge.mjs test');
  }
  for (const file of existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []) {
    for (const [name, used] of Object.entries(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))) {
      const target = TARGETS.find(([pattern]) => pattern.test(name))?.[1];
      yield { name: `${file.replace('.json', '')}, ${name}`, figure: Number(used), unit: 'gas', target };
    }
  }
}
