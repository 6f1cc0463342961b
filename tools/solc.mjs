#!/usr/bin/env node
// Stands in for a native solc so that forge can use npm's solc (WebAssembly): answers --version and --standard-json.
// Answers are cached by compiler version and input, because loading and running the compiler is what takes the time.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const packageVersion = require('solc/package.json').version;
const cacheFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'contracts', 'cache', 'solc');
const args = process.argv.slice(2);

/** The text stored under a key, or what `make` gives, stored for the next time (a folder that cannot be written is no error). */
function cached(key, make) {
  const file = join(cacheFolder, key);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const text = make();
    try {
      mkdirSync(cacheFolder, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, text);
      renameSync(`${file}.${process.pid}`, file);
    } catch {
      // The cache only saves time.
    }
    return text;
  }
}

/** Every value given for a repeated option, as `--name value` or `--name=value`. */
function option(name) {
  return args.flatMap((arg, i) => {
    if (arg === name) return [args[i + 1]];
    return arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : [];
  });
}

function findImport(path) {
  const roots = [option('--base-path')[0] ?? process.cwd(), ...option('--include-path')];
  for (const file of [path, ...roots.map((root) => join(root, path))]) {
    try {
      return { contents: readFileSync(file, 'utf8') };
    } catch {
      // The next root may have it.
    }
  }
  return { error: `File not found: ${path}` };
}

function writeOut(text) {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length;) {
    try {
      offset += writeSync(1, bytes, offset);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

if (args.includes('--version')) {
  const version = cached(`version-${packageVersion}`, () =>
    require('solc').version().replace('.Emscripten.clang', '.Linux.g++'),
  );
  writeOut(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else if (args.includes('--standard-json')) {
  const input = readFileSync(0, 'utf8');
  const key = createHash('sha256').update(packageVersion).update('\0').update(input).digest('hex');
  writeOut(cached(key, () => require('solc').compile(input, { import: findImport })));
} else {
  process.stderr.write('solc.mjs answers only --version and --standard-json\n');
  process.exitCode = 1;
}
