import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Programs that git knows or would add under the given places, as they lie in the work tree. */
export function sources(...places: readonly string[]): readonly SourceText[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...places];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((path) => /\.(ts|tsx|mjs|js)$/.test(path))
    .flatMap((path) => readIfThere(path));
}

/** The product's own files alone: no specs, and no contracts that stores are held to. */
export function productSources(): readonly SourceText[] {
  return sources('src', 'libs').filter(({ path }) => /\.tsx?$/.test(path) && !/\.spec\.tsx?$|\/contract\//.test(path));
}

/** Nothing for a file that git knows and that was deleted. */
function readIfThere(path: string): readonly SourceText[] {
  try {
    return [{ path, text: readFileSync(resolve(root, path), 'utf8') }];
  } catch {
    return [];
  }
}
