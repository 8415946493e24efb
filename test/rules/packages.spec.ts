import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sources } from './source-files.ts';

const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(resolve(root, folder, 'package.json'), 'utf8'));

/** The package of a specifier: `@scope/name/part` is of `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages that a text imports, resolves, or names alone between quotes, as settings of programs do. */
function importedIn(text: string): readonly string[] {
  const imports = text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\bresolve\(|\brequire\()\s*['"]([^'".][^'"]*)['"]/g);
  return [...imports].flatMap(([, specifier = '']) => (isBuiltin(specifier) ? [] : [packageOf(specifier)]));
}

/** A name alone between quotes, which is how a setting names a package. */
function namedIn(text: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`));
}

const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

/** Programs that a package brings, by the names under which scripts run them. */
function programsOf(name: string): readonly string[] {
  const { bin = {} } = manifestOf(`node_modules/${name}`);
  return typeof bin === 'string' ? [packageOf(name)] : Object.keys(bin);
}

/** What a package cannot do without, and leaves to those who use it to install. */
function peersOf(name: string): readonly string[] {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = manifestOf(`node_modules/${name}`);
  return Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta[peer]?.optional !== true);
}

/** Packages that nothing here imports, runs, types or needs beside another. */
function unused(names: readonly string[]): readonly string[] {
  const settings = ['jest.config.mjs', 'tsconfig.json', 'biome.json'].map(read).join('\n');
  const scripts = Object.values(manifestOf('.').scripts ?? {}).join('\n');
  const used = new Set([
    ...sources('src', 'libs', 'bin', 'scripts', 'test').flatMap(({ text }) => importedIn(text)),
    ...namedIn(settings, names),
    ...names.filter((name) => programsOf(name).some((program) => new RegExp(`\\b${program}\\b`).test(scripts))),
  ]);
  for (const name of names.filter((one) => used.has(one))) for (const peer of peersOf(name)) used.add(peer);
  const typed = (name: string) => name.startsWith('@types/') && isTyped(name.slice('@types/'.length), used, settings);
  return names.filter((name) => !used.has(name) && !typed(name));
}

/** Types serve a package that is used, or are the surroundings that tsconfig.json names. */
function isTyped(name: string, used: ReadonlySet<string>, settings: string): boolean {
  return used.has(name) || used.has(`@${name.replace('__', '/')}`) || settings.includes(`"${name}"`);
}

describe('every package of package.json', () => {
  const { dependencies = {}, devDependencies = {} } = manifestOf('.');

  test('is imported, run, or needed by one that is', () => {
    expect(unused([...Object.keys(dependencies), ...Object.keys(devDependencies)])).toEqual([]);
  });

  test('is known again when it is imported, and only then', () => {
    expect(importedIn("import x from 'one';\nawait import('@two/three/four');\nconst five = 'six';")).toEqual([
      'one',
      '@two/three',
    ]);
  });
});
