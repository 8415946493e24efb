import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { version as node } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Options, transformSync, version } from '@swc/core';
import { areProgramsFresh, FROM_BUILD, FROM_SOURCES } from './programs-built.ts';

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/colloquy-tests');

/** Decorators with the types of their parameters, as Nest needs them, and JSX for Preact, as tsconfig.json has both. */
const SWC: Options = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: true,
  swcrc: false,
};

/** Where the source map of a loaded file lies, by the file's address: Jest reads the lines of failed tests from it. */
export const sourceMaps = new Map<string, string>();

/** Other processes may read a file while it is written, so it gets its name when it is whole. */
function write(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

function kept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function compiled(url: string): string {
  const filename = fileURLToPath(url);
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([filename, version, node, SWC]))
    .update(source)
    .digest('hex');
  const path = resolve(CACHE, key);
  sourceMaps.set(url, `${path}.map`);
  const code = kept(`${path}.js`);
  if (code !== undefined) return code;
  const output = transformSync(source, { ...SWC, filename });
  mkdirSync(CACHE, { recursive: true });
  write(`${path}.map`, output.map ?? '');
  write(`${path}.js`, output.code);
  return output.code;
}

/** The project's threads start from their bundles while these are of the same sources (`npm test` builds them first). */
export function loadThreadsBuilt(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const isReplaced = found.url === FROM_SOURCES && /[/\\]index\.ts$/.test(context.parentURL ?? '');
      return isReplaced && areProgramsFresh() ? { ...found, url: FROM_BUILD } : found;
    },
  });
}

/** From here on, this process imports TypeScript files of this project, and `instead` in place of the named packages. */
export function loadTypeScript(instead: ReadonlyMap<string, string>): void {
  registerHooks({
    resolve: (specifier, context, next) => next(instead.get(specifier) ?? specifier, context),
    load: (url, context, next) => {
      const { protocol, pathname } = new URL(url);
      const ours = protocol === 'file:' && /\.tsx?$/.test(pathname) && !pathname.includes('/node_modules/');
      if (!ours) return next(url, context);
      return { format: 'module', source: compiled(url), shortCircuit: true };
    },
  });
}
