// What a build was made of, as one digest: whoever uses what is built tells by it whether the sources are still the same.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where the build writes the digest of its sources. */
export const MADE_OF = 'dist/program/made-of';

/** Of all that is built into the programs: `src` and `libs` without their tests, the packages, and what builds them. */
export function digestOfSources(root) {
  const digest = createHash('sha256');
  const files = ['src', 'libs'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const others = ['package-lock.json', 'tsconfig.build.json', 'scripts/build-server.mjs', 'bin/run-program.cjs'];
  for (const path of [...files.sort(), ...others.map((name) => join(root, name))]) {
    digest
      .update(`${relative(root, path)}\n`)
      .update(readFileSync(path))
      .update('\n');
  }
  return digest.digest('hex');
}
