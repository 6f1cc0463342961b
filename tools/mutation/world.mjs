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
import { fn, spyOn } from 'jest-mock';

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
    return { describe, it, test: it, expect, jest: { fn, spyOn }, ...hooks };
  }
}

export class World {
  #root;
  #functions = new Map();
  #externals = new Map();

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
    for (;;) {
      const collector = new Collector();
      try {
        this.#evaluate(spec, changed, new Map(), collector.globals());
        return collector.tests;
      } catch (error) {
        if (!(error instanceof MissingExternal)) throw error;
        this.#externals.set(error.specifier, await import(error.specifier));
      }
    }
  }

  #evaluate(file, changed, modules, globals) {
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const require = (specifier) => this.#require(specifier, file, changed, modules, globals);
    const filename = path.join(this.#root, file);
    const run = changed.get(file) ?? this.#functionOf(file);
    run(module.exports, require, module, filename, path.dirname(filename));
    return module.exports;
  }

  #functionOf(file) {
    if (!this.#functions.has(file)) {
      const text = readFileSync(path.join(this.#root, file), 'utf8');
      this.#functions.set(file, this.compile(file, text));
    }
    return this.#functions.get(file);
  }

  #require(specifier, from, changed, modules, globals) {
    if (specifier === '@jest/globals') return globals;
    if (specifier.startsWith('node:') || specifier === 'url') return builtin(specifier);
    const own = /^@weir\/([a-z]+)$/.exec(specifier);
    if (own) return this.#evaluate(`libs/${own[1]}/src/index.ts`, changed, modules, globals);
    if (specifier.startsWith('.')) {
      const file = path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts');
      return this.#evaluate(file, changed, modules, globals);
    }
    if (!this.#externals.has(specifier)) throw new MissingExternal(specifier);
    return this.#externals.get(specifier);
  }
}

/** A package that has to be imported, which only an `await` can do, before a spec can be evaluated. */
class MissingExternal extends Error {
  name = 'MissingExternal';
  constructor(specifier) {
    super(`${specifier} is not loaded yet`);
    this.specifier = specifier;
  }
}

/** Runs one collected test with the hooks around it; answers nothing or throws what the test throws. */
export async function runTest({ run, hooks }) {
  for (const { before, beforeEach } of hooks) {
    for (const hook of before) {
      if (!hook.done) await hook.run();
      hook.done = true;
    }
    for (const hook of beforeEach) await hook.run();
  }
  await run();
}
