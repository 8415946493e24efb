import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { trusted } from '../../libs/kernel/index.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly unknown[];
}

/** What package-lock.json says of a package. */
interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly dev?: boolean;
}

/** The packages that a forum runs with, by their addresses (purl), each once. */
function lockedPurls(): readonly string[] {
  const { packages } = trusted<{ packages: Record<string, Locked> }>(JSON.parse(read('package-lock.json')));
  const purls = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { name, version }]) => {
      const called = name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return `pkg:npm/${called.replace('@', '%40')}@${version}`;
    });
  return [...new Set(purls)].sort();
}

describe('the bill of materials', () => {
  let dir: string;
  let texts: readonly string[];
  let bill: Bill;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-sbom-'));
    texts = ['one', 'two'].map((name) => {
      const file = join(dir, `${name}.json`);
      const made = spawnSync(process.execPath, ['scripts/build-sbom.mjs', file], { cwd: root, encoding: 'utf8' });
      if (made.status !== 0) throw new Error(made.stderr);
      return readFileSync(file, 'utf8');
    });
    bill = trusted<Bill>(JSON.parse(texts[0] ?? ''));
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('is CycloneDX, of the forum as a program', () => {
    const { bomFormat, specVersion, serialNumber, metadata } = bill;
    expect([bomFormat, specVersion]).toEqual(['CycloneDX', expect.stringMatching(/^1\.[5-9]$/)]);
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    const { name, version } = trusted<{ name: string; version: string }>(JSON.parse(read('package.json')));
    const purl = `pkg:npm/${name}@${version}`;
    expect(metadata.component).toMatchObject({ type: 'application', name, version, purl });
  });

  test('has every package of the lock that a forum runs with, once, and no other', () => {
    expect(bill.components.map(({ purl }) => purl).sort()).toEqual(lockedPurls());
  });

  test('tells the version and the licence of each', () => {
    const untold = bill.components.filter(({ version, licenses = [] }) => version === '' || licenses.length === 0);
    expect(untold.map(({ purl }) => purl)).toEqual([]);
  });

  test('tells what each needs, and names nothing there that it does not list', () => {
    const known = new Set([bill.metadata.component, ...bill.components].map((component) => component['bom-ref']));
    const named = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(named.length).toBeGreaterThan(known.size);
    expect(named.filter((ref) => !known.has(ref))).toEqual([]);
  });

  test('is the same each time, and tells nothing of the machine that made it', () => {
    const [one, two] = texts;
    expect(one).toBe(two);
    for (const secret of [root, homedir(), dir, `"${hostname()}"`]) expect(one).not.toContain(secret);
    expect(one).not.toMatch(/registry\.|"timestamp"|"distribution"/);
  });

  test('is made by every build', () => {
    const { scripts } = trusted<{ scripts: Record<'build' | `build:${'unchecked' | 'programs'}`, string> }>(
      JSON.parse(read('package.json')),
    );
    expect(scripts['build:programs']).toContain('node scripts/build-sbom.mjs');
    for (const name of ['build', 'build:unchecked'] as const)
      expect(scripts[name]).toContain('npm run -s build:programs');
  });
});
