import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PLANTS } from './planted-violations.ts';

const root = resolve(import.meta.dirname, '../..');

interface Violation {
  readonly rule: string;
  readonly from: string;
}

interface Rule {
  readonly name: string;
  readonly comment: string;
  readonly from: { readonly path?: string };
  readonly to: { readonly pathNot?: string | readonly string[] };
}

interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

interface Report {
  readonly rules: readonly Rule[];
  readonly violations: readonly Violation[];
  readonly modules: readonly Module[];
}

/** What a rule says may be imported that no file under it imports: a hole that nobody needs. */
function unusedDoors({ rules, modules }: Report): readonly string[] {
  return rules.flatMap(({ name, from, to }) => {
    const files = modules.filter(({ source }) => new RegExp(from.path ?? '').test(source));
    const imported = files.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
    const doors = [to.pathNot ?? []].flat().filter((path) => !path.includes('$1'));
    return doors
      .filter((door) => !imported.some((path) => new RegExp(door).test(path)))
      .map((door) => `${name}: ${door}`);
  });
}

/** Folders of src, with those of `keeping` one by one. */
function rooms(): readonly string[] {
  const foldersOf = (path: string): readonly string[] =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${path}/${name}`);
  return foldersOf('src').flatMap((path) => (path === 'src/keeping' ? foldersOf(path) : [path]));
}

/** What dependency-cruiser says of src and libs under a directory, and the rules that it went by. */
async function cruise(directory: string): Promise<Report> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cli, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'libs'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory, maxBuffer: 2 ** 28 });
  const { summary, modules }: Output = JSON.parse(stdout);
  return {
    modules,
    rules: summary.ruleSetUsed.forbidden,
    violations: summary.violations.map(({ from, rule }) => ({ from, rule: rule.name })),
  };
}

interface Output {
  readonly modules: Report['modules'];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: Report['rules'] };
  };
}

const PLANTED = Object.values(PLANTS).flatMap((files) => Object.keys(files));

/** One look at a copy of the tree with the plants in it serves for both: it takes as long as all the tests. */
let planted: string;
let tree: Report;
let found: readonly Violation[];

beforeAll(async () => {
  mkdirSync(join(root, 'dist'), { recursive: true });
  planted = mkdtempSync(join(root, 'dist/planted-'));
  for (const part of ['src', 'libs', 'tsconfig.json', 'package.json']) {
    cpSync(join(root, part), join(planted, part), { recursive: true, filter: (path) => !path.includes('.spec.') });
  }
  for (const files of Object.values(PLANTS)) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(planted, path)), { recursive: true });
      writeFileSync(join(planted, path), text);
    }
  }
  const { rules, modules, violations } = await cruise(planted);
  found = violations;
  tree = {
    rules,
    modules: modules.filter(({ source }) => !PLANTED.includes(source)),
    violations: violations.filter(({ from }) => !PLANTED.includes(from)),
  };
}, 300_000);

afterAll(() => rmSync(planted, { recursive: true, force: true }));

describe('the tree', () => {
  test('breaks no import rule', () => {
    expect(tree.violations).toEqual([]);
  });

  test('is held by rules that each say why', () => {
    expect(tree.rules.filter((rule) => rule.comment.length < 40)).toEqual([]);
  });

  test('has a file under every rule', () => {
    const under = ({ from: { path } }: Rule) =>
      tree.modules.filter(({ source }) => new RegExp(path ?? '').test(source));
    expect(tree.rules.filter((rule) => under(rule).length === 0).map(({ name }) => name)).toEqual([]);
  });

  test('needs all that the rules allow', () => {
    expect(unusedDoors(tree)).toEqual([]);
  });

  test('has a rule for every room, but for the one that puts all together', () => {
    const ruled = (room: string) => tree.rules.some(({ from: { path = '' } }) => path.startsWith(`^${room}/`));
    expect(rooms().filter((room) => !ruled(room))).toEqual(['src/composition']);
  });

  test('has a planted violation for every rule', () => {
    expect(Object.keys(PLANTS).sort()).toEqual(tree.rules.map((rule) => rule.name).sort());
  });
});

test.each(Object.entries(PLANTS))('a planted violation is found: %s', (rule, files) => {
  const offenders = Object.keys(files).filter((path) => path.includes('planted'));
  expect(found).toContainEqual({ rule, from: offenders[0] });
});
