// Module hooks: lets a bench import what tests share, which is TypeScript and is never built. Only files under test/.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const TESTS = new URL('../', import.meta.url).href;
const sourceOf = (url) => url.replace(/\.js$/, '.ts');

/** A relative import of X.js under test/ means X.ts. */
export async function resolve(specifier, context, next) {
  const url = specifier.startsWith('.') ? new URL(specifier, context.parentURL).href : '';
  const source = sourceOf(url);
  if (url.startsWith(TESTS) && source !== url && existsSync(fileURLToPath(source)))
    return { url: source, format: 'module', shortCircuit: true };
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith(TESTS) || !url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
    swcrc: false,
    configFile: false,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
