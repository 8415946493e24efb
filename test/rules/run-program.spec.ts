import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const runner = resolve(import.meta.dirname, '../../bin/run-program.cjs');
/** Its inner function, of which V8 makes some hundred bytes, is compiled when it is called. */
const CODE = `(function (exports, require, module, here) {
  function said(n) { ${'n += 1; n -= 1; '.repeat(100)} return 'said ' + n; }
  process.stdout.write(said(2 * 21));
})`;

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-program-'));
  writeFileSync(join(dir, 'x.code.cjs'), CODE);
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

function run(digest = 'd1', code = 'x.code.cjs', more = '{}'): string {
  const parts = JSON.stringify({ file: join(dir, code), digest, kept: join(dir, 'kept') });
  const words = [
    '-e',
    `process.umask(0o077); require(${JSON.stringify(runner)}).runProgram({ ...${parts}, ...${more} })`,
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return status === 0 && stderr === '' ? stdout : `${status} ${stderr}`;
}

function keptFiles(): readonly string[] {
  const names = readdirSync(join(dir, 'kept'), { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(dir, 'kept', name)).filter((path) => statSync(path).isFile());
}

describe('a program that is run', () => {
  it('leaves what V8 made of it for the next run, with what was compiled when it was called, for all who may read', () => {
    expect(run()).toBe('said 42');
    const [file = '', ...others] = keptFiles();
    expect(others).toEqual([]);
    writeFileSync(join(dir, 'y.code.cjs'), CODE.replace('said(2 * 21)', "'said 42'   "));
    expect(run('d2', 'y.code.cjs')).toBe('said 42');
    const [uncalled = ''] = keptFiles().filter((path) => path !== file);
    expect(statSync(file).size).toBeGreaterThan(statSync(uncalled).size + 500);
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o755);
    const kept = readFileSync(file);
    const again = new Script(CODE, { cachedData: kept });
    expect(again.cachedDataRejected).toBe(false);
    expect(run()).toBe('said 42');
    expect(readFileSync(file)).toEqual(kept);
  });

  it('lets others begin once it is read, before it runs', () => {
    const begins = "{ onceRead: () => process.stdout.write('read, ') }";
    expect(run('d1', 'x.code.cjs', begins)).toBe('read, said 42');
    expect(run('d1', 'x.code.cjs', begins)).toBe('read, said 42');
  });

  it('is not taken for another one of the same length', () => {
    expect(run('d1')).toBe('said 42');
    writeFileSync(join(dir, 'y.code.cjs'), CODE.replace('2 * 21', '3 * 21'));
    expect(run('d2', 'y.code.cjs')).toBe('said 63');
    expect(keptFiles()).toHaveLength(2);
  });

  it('runs with what is damaged, and puts it right', () => {
    expect(run()).toBe('said 42');
    const [file = ''] = keptFiles();
    const kept = readFileSync(file);
    writeFileSync(file, kept.subarray(0, 100));
    expect(run()).toBe('said 42');
    expect(readFileSync(file).length).toBe(kept.length);
  });

  it('runs where nothing can be kept', () => {
    writeFileSync(join(dir, 'kept'), 'no folder');
    expect(run()).toBe('said 42');
  });

  it('leaves nothing that the next run would be refused: V8 was told something else meanwhile', () => {
    const code = CODE.replace(
      'process.stdout',
      "process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=50'); process.stdout",
    );
    writeFileSync(join(dir, 'x.code.cjs'), code);
    expect(run()).toBe('said 42');
    expect(existsSync(join(dir, 'kept'))).toBe(false);
  });
});
