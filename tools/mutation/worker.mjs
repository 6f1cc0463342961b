// A process that tries mutants, one at a time, as its parent sends them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { instrumented, mutantsOf, mutated } from './mutants.mjs';
import { prepare, runTest, World } from './world.mjs';

const root = process.argv[2];
const world = new World(root);
const textOf = (file) => readFileSync(path.join(root, file), 'utf8');

/** Which tests reach which mutants, and how long each takes, without any mutant. */
async function survey({ files, specs }) {
  const ids = [];
  const changed = new Map();
  for (const file of files) {
    const mutants = mutantsOf(file, textOf(file));
    const base = ids.length;
    ids.push(...mutants.map(({ id }) => id));
    const text = instrumented(textOf(file), mutants).replaceAll(/__hit\(([\d,]+)\)/g, (_, list) => {
      return `__hit(${list.split(',').map((n) => base + Number(n))})`;
    });
    changed.set(file, world.compile(file, text));
  }
  let hit = new Set();
  globalThis.__hit = (...numbers) => numbers.forEach((number) => hit.add(number));
  const surveyed = [];
  for (const spec of specs) {
    hit = new Set();
    const tests = await world.collect(spec, changed);
    // What is done once before tests reaches all of the spec's, like what runs when it is loaded.
    for (const test of tests) await prepare(test);
    const whole = [...hit];
    const each = [];
    for (const test of tests) {
      hit = new Set();
      const begun = performance.now();
      await runTest(test);
      each.push({ name: test.name, hits: [...hit].map((n) => ids[n]), ms: performance.now() - begun });
    }
    surveyed.push({ spec, whole: whole.map((n) => ids[n]), tests: each });
  }
  return surveyed;
}

/** Tries a mutant on its specs; answers `killed` with the test that saw it, or `survived`. */
async function attempt({ mutant, plan }) {
  let compiled;
  try {
    compiled = world.compile(mutant.file, mutated(textOf(mutant.file), mutant));
  } catch {
    return { status: 'invalid' };
  }
  const changed = new Map([[mutant.file, compiled]]);
  for (const { spec, tests } of plan) {
    let collected;
    try {
      collected = await world.collect(spec, changed);
    } catch {
      return { status: 'killed', by: spec };
    }
    for (const index of tests) {
      try {
        await runTest(collected[index]);
      } catch {
        return { status: 'killed', by: `${spec}: ${collected[index]?.name}` };
      }
    }
  }
  return { status: 'survived' };
}

process.on('message', async ({ kind, ...job }) => {
  try {
    process.send({ answer: await (kind === 'survey' ? survey(job) : attempt(job)) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on('disconnect', () => process.exit(0));
