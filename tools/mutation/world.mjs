// Runs specs in this process, sources and all, with one source changed at will: modules are transformed once and evaluated
// anew for every run, so nothing of one mutant is left for the next.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';

const SWC = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'commonjs' },
  sourceMaps: false,
};
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];
const DEALS = '@weir/deal';
const mocker = new ModuleMocker(globalThis);
const builtin = createRequire(import.meta.url);

// Random cases must be the same for every mutant, or a survivor would be a matter of luck.
fc.configureGlobal({ seed: 20261121 });

/** The tests of a spec as they were collected: full name, function, and hooks of the blocks around it. */
class Collector {
  tests = [];
  names = [];
  hooks = [{ before: [], beforeEach: [], after: [] }];

  globals() {
    const it = (name, run) => this.tests.push({ name: [...this.names, name].join(' › '), run, hooks: [...this.hooks] });
    const describe = (name, body) => {
      this.names.push(name);
      this.hooks.push({ before: [], beforeEach: [], after: [] });
      body();
      this.names.pop();
      this.hooks.pop();
    };
    it.each = bind(it, false);
    describe.each = bind(describe, false);
    const hook = (kind) => (run) => this.hooks.at(-1)[kind].push({ run, done: false });
    const hooks = { beforeAll: hook('before'), beforeEach: hook('beforeEach'), afterAll: hook('after') };
    return {
      describe,
      it,
      test: it,
      expect,
      jest: { fn: mocker.fn.bind(mocker), spyOn: mocker.spyOn.bind(mocker), setTimeout: () => {} },
      ...hooks,
    };
  }
}

export class World {
  #root;
  #functions = new Map();
  #imports = new Map();
  #externals = new Map();
  /** Modules that stand on nothing that changes; they are evaluated once. */
  #lasting = new Map();
  #deals = new Map();

  constructor(root) {
    this.#root = root;
  }

  /** Transforms and compiles a file's text to the function that evaluates it. @throws SyntaxError of a mutant that is none. */
  compile(file, text) {
    const filename = path.join(this.#root, file);
    const { code } = transformSync(text, { ...SWC, filename });
    return compileFunction(code, PARAMETERS, { filename });
  }

  /** Collects a spec's tests, with `changed` (file to compiled function) in place of the files' own text. */
  async collect(spec, changed = new Map()) {
    // What the spec before spied on is whole again.
    mocker.restoreAllMocks();
    for (;;) {
      const collector = new Collector();
      try {
        const run = { changed, modules: new Map(), moved: new Map(), globals: collector.globals() };
        this.#evaluate(spec, run);
        return collector.tests;
      } catch (error) {
        if (!(error instanceof MissingExternal)) throw error;
        this.#externals.set(error.specifier, await import(error.specifier));
      }
    }
  }

  #evaluate(file, run) {
    const modules = this.#isMoved(file, run) ? run.modules : this.#lasting;
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const require = (specifier) => this.#require(specifier, file, run);
    const filename = path.join(this.#root, file);
    const evaluate = run.changed.get(file) ?? this.#functionOf(file);
    try {
      evaluate(module.exports, require, module, filename, path.dirname(filename));
    } catch (error) {
      // What did not come to its end is no module that another may use.
      modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  /** Whether a module changes, stands on one that does, or holds tests, and is evaluated anew for this run. */
  #isMoved(file, run) {
    const known = run.moved.get(file);
    if (known !== undefined) return known;
    run.moved.set(file, false);
    const own = this.#importsOf(file);
    const moved =
      run.changed.has(file) ||
      own.some((specifier) => {
        const target = fileOf(specifier, file);
        return specifier === '@jest/globals' || (target !== null && this.#isMoved(target, run));
      });
    run.moved.set(file, moved);
    return moved;
  }

  /** The unchanged deal library as others see it: it reads a text once, as reading takes longer than what is tried here. */
  #reading({ ...library }) {
    const { parseDeal } = library;
    library.parseDeal = (text, ...more) => {
      if (more.length > 0) return parseDeal(text, ...more);
      if (!this.#deals.has(text)) this.#deals.set(text, parseDeal(text));
      return this.#deals.get(text);
    };
    return library;
  }

  #functionOf(file) {
    if (!this.#functions.has(file)) {
      const text = readFileSync(path.join(this.#root, file), 'utf8');
      this.#functions.set(file, this.compile(file, text));
    }
    return this.#functions.get(file);
  }

  /** What a file imports. Types are not there any more when it runs. */
  #importsOf(file) {
    if (!this.#imports.has(file)) {
      const text = readFileSync(path.join(this.#root, file), 'utf8');
      const { code } = transformSync(text, { ...SWC, filename: path.join(this.#root, file) });
      this.#imports.set(
        file,
        [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, specifier]) => specifier),
      );
    }
    return this.#imports.get(file);
  }

  #require(specifier, from, run) {
    if (specifier === '@jest/globals') return run.globals;
    const file = fileOf(specifier, from);
    if (file !== null) {
      const exports = this.#evaluate(file, run);
      return specifier === DEALS && !this.#isMoved(file, run) ? this.#reading(exports) : exports;
    }
    if (specifier.startsWith('node:') || specifier === 'url') return builtin(specifier);
    if (!this.#externals.has(specifier)) throw new MissingExternal(specifier);
    return this.#externals.get(specifier);
  }
}

/** The source that a module imports, or null when it is no source of ours. */
function fileOf(specifier, from) {
  const own = /^@weir\/([a-z]+)$/.exec(specifier);
  if (own) return `libs/${own[1]}/src/index.ts`;
  if (!specifier.startsWith('.')) return null;
  return path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** A package that has to be imported, which only an `await` can do, before a spec can be evaluated. */
class MissingExternal extends Error {
  name = 'MissingExternal';
  constructor(specifier) {
    super(`${specifier} is not loaded yet`);
    this.specifier = specifier;
  }
}

/** Runs what a block does once before its tests, where that was not done yet. */
export async function prepare({ hooks }) {
  for (const hook of hooks.flatMap(({ before }) => before)) {
    if (!hook.done) await hook.run();
    hook.done = true;
  }
}

/** Runs one collected test with the hooks around it; answers nothing or throws what the test throws. */
export async function runTest(test) {
  await prepare(test);
  for (const hook of test.hooks.flatMap(({ beforeEach }) => beforeEach)) await hook.run();
  await test.run();
}
