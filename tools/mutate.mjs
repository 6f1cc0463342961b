// npm run test:mutation [-- FILE…] [--sample N] [--seed S] [--stages N] [--specs PATH] [--fresh] [--workers N]: changes one
// place of a source at a time and sees whether a test notices. FILE is a file or folder; without any, the compiler, the
// executors and the expression language. --sample tries N of all mutants, drawn by a seed, so that the same N are tried again.
// --stages 1 runs only the libraries' own specs, --specs PATH only those at or below a path: survivors take a fraction of the
// time, and what is killed is the least that all specs kill. Prints killed and survived for each file, then every survivor
// with its line. Goes on where it was stopped while no source or spec changed.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Seat } from './mutation/crew.mjs';
import { mutantsOf } from './mutation/mutants.mjs';
import { drawn } from './mutation/sample.mjs';

const TARGETS = ['libs/waterfall/src/compile', 'libs/waterfall/src/execute', 'libs/deal/src/expression'];
/** Specs that run in one process, without a chain, nearest first: a stage is tried on what those before it let live. */
const STAGES = [
  ['libs/waterfall/src', 'libs/deal/src'],
  [
    'test/laws/waterfall-laws.spec.ts',
    'test/laws/template-terms-by-hand.spec.ts',
    'test/laws/months-after-the-first-by-hand.spec.ts',
  ],
  ['test/ties'],
];
/** All that the specs stand on. */
const LIBRARIES = ['money', 'calendar', 'deal', 'waterfall', 'collateral', 'valuation'].map((name) => `libs/${name}`);
const SOURCES = [...LIBRARIES, 'test/laws', 'test/ties', 'tools/mutation'];
const SEED = 20_261_121;
const SURVEY_MS = 10 * 60_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const options = process.argv.slice(2);
const fresh = take('--fresh', false);
const workers = Number(take('--workers', true) ?? 2);
const sample = count('--sample') ?? Infinity;
const seed = count('--seed') ?? SEED;
const near = take('--specs', true);
const stages = near ? [[near]] : STAGES.slice(0, count('--stages') ?? STAGES.length);
const targets = options.length ? options.map((given) => path.relative(root, path.resolve(given))) : TARGETS;

const sources = (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts');
const files = targets.flatMap((target) => under(target, sources));
const stageOf = new Map();
stages.flat().forEach((target) => {
  const stage = stages.findIndex((targets) => targets.includes(target));
  for (const spec of under(target, (file) => file.endsWith('.spec.ts'))) stageOf.set(spec, stage);
});
const specs = [...stageOf.keys()];
const all = files.flatMap((file) => mutantsOf(file, readFileSync(path.join(root, file), 'utf8')));
const mutants = drawn(all, sample, seed);
const drawnAs =
  mutants.length < all.length
    ? `a sample of ${mutants.length} out of ${all.length} mutants, seed ${seed}`
    : `all ${all.length} mutants`;
const staged = stages.length < STAGES.length ? `${drawnAs}, stages 1 to ${stages.length} of ${STAGES.length}` : drawnAs;
const said = near ? `${drawnAs}, the specs of ${near}` : staged;
if (mutants.length === 0) {
  console.error(`weir: nothing to mutate in ${targets.join(', ')}; name a TypeScript file or a folder of them.`);
  process.exit(2);
}

const store = path.join(root, 'node_modules', '.cache', 'weir-mutation', `${stamp()}.jsonl`);
if (fresh) rmSync(store, { force: true });
mkdirSync(path.dirname(store), { recursive: true });
const results = new Map(stored().map((result) => [result.id, result]));
const seats = Array.from({ length: workers }, () => new Seat(root));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(130));

const open = mutants.filter(({ id }) => !results.has(id));
console.error(`${said}, in ${files.length} files, ${specs.length} specs; ${open.length} to try`);
if (open.length) await tryAll();
print();
end(0);

/** Takes an option, and its value when it has one, out of the arguments. */
function take(name, valued) {
  const at = options.indexOf(name);
  if (at < 0) return valued ? undefined : false;
  const [, value] = options.splice(at, valued ? 2 : 1);
  return valued ? value : true;
}

/** The number that an option gives, if it is given. */
function count(name) {
  const text = take(name, true);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  console.error(`weir: ${name} takes a number from 1, like ${name} 500`);
  process.exit(2);
}

/** Files at or below a path, from the root, in order. */
function under(target, wanted) {
  const full = path.join(root, target);
  if (!existsSync(full)) {
    console.error(`weir: there is no ${target}`);
    process.exit(2);
  }
  const found = statSync(full).isFile()
    ? [target]
    : readdirSync(full, { recursive: true }).map((file) => path.join(target, file));
  const posix = found.map((file) => file.split(path.sep).join('/'));
  return posix.filter((file) => wanted(file) && !/(^|\/)(dist|node_modules)\//.test(file)).sort();
}

function stamp() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((folder) => under(folder, (name) => /\.(ts|mjs|yaml|json|csv)$/.test(name)))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)));
  }
  hash.update(stages.flat().join());
  return hash.digest('hex').slice(0, 16);
}

function stored() {
  if (!existsSync(store)) return [];
  const lines = readFileSync(store, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

async function tryAll() {
  const survey = await seats[0].run({ kind: 'survey', files, specs }, SURVEY_MS);
  if (!Array.isArray(survey)) throw new TypeError(`the specs do not run: ${JSON.stringify(survey)}`);
  const queue = [...open];
  const kills = new Map();
  let done = 0;
  const work = async (seat) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const answer = await attempt(seat, mutant, planFor(mutant, survey, kills));
      const { id, file, line, was, text } = mutant;
      const result = { id, file, line, was, text, ...answer };
      results.set(id, result);
      const killer = answer.by && `${file} ${answer.by.split(':')[0]}`;
      if (killer) kills.set(killer, (kills.get(killer) ?? 0) + 1);
      appendFileSync(store, `${JSON.stringify(result)}\n`);
      done += 1;
      if (done % 50 === 0) console.error(`${done} of ${open.length}`);
    }
  };
  await Promise.all(seats.map(work));
}

/** Tries spec after spec, each with its own time, so that a mutant that never ends is found out in the first. */
async function attempt(seat, mutant, plan) {
  let answer = { status: 'unseen' };
  for (const spec of plan) {
    answer = await seat.run({ kind: 'attempt', mutant, plan: [spec] }, spec.ms * 5 + 10_000);
    if (answer.status !== 'survived') break;
  }
  return answer;
}

/** The specs whose tests reach a mutant, stage by stage: first those that are quick and have killed others of its file. */
function planFor({ id, file }, survey, kills) {
  const plans = survey.map(({ spec, whole, tests }) => {
    const everywhere = whole.includes(id);
    const reached = tests
      .map((test, index) => ({ ...test, index }))
      .filter(({ hits }) => everywhere || hits.includes(id));
    const ms = reached.reduce((sum, test) => sum + test.ms, 0);
    const quickest = reached.sort((a, b) => a.ms - b.ms).map(({ index }) => index);
    return { spec, stage: stageOf.get(spec), tests: quickest, ms };
  });
  const cost = ({ spec, ms }) => ms / (1 + (kills.get(`${file} ${spec}`) ?? 0));
  return plans.filter(({ tests }) => tests.length > 0).sort((a, b) => a.stage - b.stage || cost(a) - cost(b));
}

function print() {
  const seen = mutants.map(({ id }) => results.get(id)).filter((result) => result.status !== 'invalid');
  const survivors = seen.filter(({ status }) => status === 'survived' || status === 'unseen');
  const row = (name, all, left) => {
    const share = all ? ((100 * (all - left)) / all).toFixed(1) : '–';
    return `${name.padEnd(52)} ${String(all - left).padStart(6)} ${String(left).padStart(8)} ${share.padStart(6)} %`;
  };
  const count = (list, file) => list.filter((result) => result.file === file).length;
  console.log(said);
  const by = (status) => seen.filter((result) => result.status === status).length;
  console.log(
    `${by('killed')} killed, ${by('timeout')} did not end, ${by('survived')} survived, ${by('unseen')} no test reaches`,
  );
  console.log(`\n${'file'.padEnd(52)} killed survived`);
  for (const file of files) console.log(row(file, count(seen, file), count(survivors, file)));
  console.log(row('all', seen.length, survivors.length));
  if (survivors.length) console.log('\nsurvivors');
  for (const { file, line, was, text, status } of survivors) {
    const short = (code) => code.replaceAll(/\s+/g, ' ').slice(0, 60);
    const note = status === 'unseen' ? '   (no test comes here)' : '';
    console.log(`${file}:${line}  ${short(was)}  →  ${short(text)}${note}`);
  }
}

function end(code) {
  for (const seat of seats) seat.stop();
  process.exit(code);
}
