// npm run test:actus -- DIR: runs the ACTUS case files (*.json) of a folder and prints, per contract type, cases passed and the
// largest absolute difference, then each failing case with its first differing event. Exit code 1 when any fails.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFileSync } from '@swc/core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [argument, ...rest] = process.argv.slice(2);
const folder = argument === undefined ? undefined : path.resolve(process.env.INIT_CWD ?? process.cwd(), argument);
if (folder === undefined || rest.length || !existsSync(folder)) {
  if (folder !== undefined && !rest.length) console.error(`weir: there is no folder ${folder}`);
  console.error('weir: npm run test:actus -- DIR, a folder of case files in the form of the ACTUS test framework');
  process.exit(2);
}

// Beside node_modules, so that the adapter finds the built libraries.
const source = path.join(root, 'test', 'actus');
const built = path.join(root, 'node_modules', '.cache', 'weir-actus');
rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
writeFileSync(path.join(built, 'package.json'), '{"type":"module"}');
const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
for (const file of readdirSync(source).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
  const { code } = transformFileSync(path.join(source, file), { jsc, module: { type: 'es6' } });
  writeFileSync(path.join(built, file.replace(/\.ts$/, '.js')), code);
}

const { report } = await import(pathToFileURL(path.join(built, 'run.js')).href);
const { lines, passed } = report(folder);
console.log(lines.join('\n'));
process.exitCode = passed ? 0 : 1;
