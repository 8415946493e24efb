import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = resolve(import.meta.dirname, '../../deploy/kurrentdb/make-certificates.sh');

/** Stands for the certificate tool, which is in its image alone: notes how it was called and leaves files of its names. */
const TOOL = `#!/bin/bash
echo "$@" >> "$CALLS"
out="\${@: -1}"
mkdir -p "$out"
case "$1" in create-ca) name=ca ;; *) name=node ;; esac
echo "$1 $RANDOM" > "$out/$name.crt"
echo "key" > "$out/$name.key"
`;

describe('make-certificates.sh', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-certificates-'));
    for (const name of ['bin', 'authority', 'certificates']) mkdirSync(join(dir, name));
    writeFileSync(join(dir, 'bin/es-gencert-cli'), TOOL);
    chmodSync(join(dir, 'bin/es-gencert-cli'), 0o755);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const make = (
    password: string,
    ...nodes: readonly string[]
  ): { readonly status: number | null; readonly said: string } => {
    const { status, stderr } = spawnSync('bash', [script, ...nodes], {
      env: {
        PATH: `${join(dir, 'bin')}:${process.env['PATH']}`,
        KURRENTDB_PASSWORD: password,
        CALLS: join(dir, 'calls'),
        AUTHORITY_DIR: join(dir, 'authority'),
        CERTIFICATES_DIR: join(dir, 'certificates'),
        CERTIFICATES_OWNER: `${process.getuid?.()}:${process.getgid?.()}`,
      },
    });
    return { status, said: String(stderr) };
  };
  const calls = (): readonly string[] => readFileSync(join(dir, 'calls'), 'utf8').trimEnd().split('\n');

  test('given nothing, makes an authority whose key stays apart, and a certificate for each node', () => {
    expect(make('long-enough-1', 'kurrentdb-1', 'kurrentdb-2')).toEqual({ status: 0, said: '' });
    const certificates = join(dir, 'certificates');
    const node = (name: string): string =>
      `create-node -days 825 -ca-certificate ${dir}/authority/ca.crt -ca-key ${dir}/authority/ca.key ` +
      `-dns-names ${name},localhost -ip-addresses 127.0.0.1 -out ${certificates}/${name}`;
    expect(calls()).toEqual([`create-ca -days 3650 -out ${dir}/authority`, node('kurrentdb-1'), node('kurrentdb-2')]);
    expect(readdirSync(certificates, { recursive: true }).map(String).sort()).toEqual([
      'ca',
      'ca/ca.crt',
      'kurrentdb-1',
      'kurrentdb-1/node.crt',
      'kurrentdb-1/node.key',
      'kurrentdb-2',
      'kurrentdb-2/node.crt',
      'kurrentdb-2/node.key',
    ]);
  });

  test('given certificates, keeps them and makes what is missing', () => {
    make('long-enough-1', 'kurrentdb-1', 'kurrentdb-2');
    const kept = readFileSync(join(dir, 'certificates/kurrentdb-1/node.crt'), 'utf8');
    rmSync(join(dir, 'certificates/kurrentdb-2'), { recursive: true });
    make('long-enough-1', 'kurrentdb-1', 'kurrentdb-2', 'kurrentdb-3');
    expect(calls().map((call) => call.replace(/ .*\//, ' '))).toEqual([
      'create-ca authority',
      'create-node kurrentdb-1',
      'create-node kurrentdb-2',
      'create-node kurrentdb-2',
      'create-node kurrentdb-3',
    ]);
    expect(readFileSync(join(dir, 'certificates/kurrentdb-1/node.crt'), 'utf8')).toBe(kept);
  });

  test.each(['', 'short', 'with a space in it', 'at@sign-of-an-address'])(
    'given the password %j, makes nothing',
    (password) => {
      expect(make(password, 'kurrentdb-1')).toEqual({ status: 1, said: expect.stringMatching(/KURRENTDB_PASSWORD/) });
      expect(existsSync(join(dir, 'calls'))).toBe(false);
    },
  );
});
