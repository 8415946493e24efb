import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PLANTS } from './planted-violations.ts';

const root = resolve(import.meta.dirname, '../..');

interface Violation {
  readonly rule: string;
  readonly from: string;
}

interface Report {
  readonly rules: readonly { readonly name: string; readonly comment: string }[];
  readonly violations: readonly Violation[];
}

/** What dependency-cruiser says of src and libs under a directory, and the rules that it went by. */
async function cruise(directory: string): Promise<Report> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cli, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'libs'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory, maxBuffer: 2 ** 28 });
  const { summary }: Output = JSON.parse(stdout);
  return {
    rules: summary.ruleSetUsed.forbidden,
    violations: summary.violations.map(({ from, rule }) => ({ from, rule: rule.name })),
  };
}

interface Output {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: Report['rules'] };
  };
}

describe('the tree', () => {
  let report: Report;

  beforeAll(async () => {
    report = await cruise(root);
  }, 300_000);

  test('breaks no import rule', () => {
    expect(report.violations).toEqual([]);
  });

  test('is held by rules that each say why', () => {
    expect(report.rules.filter((rule) => rule.comment.length < 40)).toEqual([]);
  });

  test('has a planted violation for every rule', () => {
    expect(Object.keys(PLANTS).sort()).toEqual(report.rules.map((rule) => rule.name).sort());
  });
});

describe('a planted violation is found', () => {
  let planted: string;
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
    found = (await cruise(planted)).violations;
  }, 300_000);

  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  test.each(Object.entries(PLANTS))('%s', (rule, files) => {
    const offenders = Object.keys(files).filter((path) => path.includes('planted'));
    expect(found).toContainEqual({ rule, from: offenders[0] });
  });

  test('and nothing else is', () => {
    const paths = Object.values(PLANTS).flatMap((files) => Object.keys(files));
    expect(found.filter(({ from }) => !paths.includes(from))).toEqual([]);
  });
});
