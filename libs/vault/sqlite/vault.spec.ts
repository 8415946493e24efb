import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { keysByHand } from '../../../test/support/keys-by-hand.ts';
import { describeVault, type OpenedVault } from '../contract/vault.contract.ts';
import type { ErasingVault } from '../port.ts';
import { openSqliteVault } from './vault.ts';

const AT = { stream: 'a', type: 'b', id: '11111111-1111-4111-8111-111111111111' };

jest.setTimeout(60_000);

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'colloquy-vault-'));
  file = join(directory, 'vault.db');
});

afterEach(() => rm(directory, { recursive: true }));

function keysIn(vaultFile: string): unknown {
  const db = new Database(vaultFile, { readonly: true });
  const keys = db.prepare('SELECT count(*) FROM keys').pluck().get();
  db.close();
  return keys;
}

describeVault('SQLite vault', async (): Promise<OpenedVault> => {
  const vault = await openSqliteVault({ file });
  return { vault, another: () => openSqliteVault({ file }), dispose: () => vault.close() };
});

describe('SQLite vault: its files', () => {
  test('get no keys from a process that takes none, where none are made ahead', async () => {
    const vault = await openSqliteVault({ file, poolSize: 4, keysAhead: false });
    const before = keysIn(file);
    await vault.takeKey();
    expect([before, keysIn(file)]).toEqual([0, 4]);
    await vault.close();
  });

  test.each([
    ['nothing', 0, async () => undefined, 4],
    ['a key taken', 4, async (vault: ErasingVault) => void (await vault.takeKey()), 4],
    ['its end', 0, async (vault: ErasingVault) => vault.close(), 0],
  ])('get the first keys of a process once it is ready, and after %s none twice', async (_, before, first, after) => {
    const { promise: isReady, resolve: ready } = Promise.withResolvers<void>();
    const vault = await openSqliteVault({ file, poolSize: 4, keysAhead: isReady });
    await first(vault);
    expect(keysIn(file)).toBe(before);
    ready();
    await nextTurn();
    expect(keysIn(file)).toBe(after);
    await vault.close();
  });

  test('are readable by their owner alone, also when the file was made otherwise', async () => {
    await writeFile(file, '');
    await chmod(file, 0o644);
    const vault = await openSqliteVault({ file });
    await vault.takeKey();
    const modes = await Promise.all(
      (await readdir(directory)).map(async (name) => (await stat(join(directory, name))).mode & 0o777),
    );
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    await vault.close();
  });

  test('hold no trace of a destroyed key, first or last of its pool, while other keys stay', async () => {
    const vault = await openSqliteVault({ file, poolSize: 200 });
    const ids: string[] = [];
    for (let index = 0; index < 1_000; index += 1) ids.push((await vault.takeKey()).id);
    const keys = keyBytes();
    const destroyed = ids.filter((_, index) => index % 7 === 0 || index % 200 === 1);
    for (const id of destroyed) expect(await filesWith(keys.get(id))).not.toEqual([]);

    for (const id of destroyed) await vault.destroy({ id });

    for (const id of ids)
      expect([id, (await filesWith(keys.get(id))).length > 0]).toEqual([id, !destroyed.includes(id)]);
    await vault.close();
  });

  test('have no ids, which their numbers and their keys tell, also of those that were destroyed', async () => {
    const vault = await openSqliteVault({ file, poolSize: 8 });
    const ids: string[] = [];
    for (let index = 0; index < 100; index += 1) ids.push((await vault.takeKey()).id);
    const kept = keyBytes();
    await vault.destroyAll(ids.slice(40, 60).map((id) => ({ id })));
    expect(new Set(ids.map((id) => id.slice(0, 12))).size).toBe(100);
    expect([...kept.keys()]).toEqual(expect.arrayContaining(ids));
    expect([...keyBytes().keys()]).toEqual(expect.arrayContaining([...kept.keys()]));
    expect(await Promise.all(ids.map((id) => vault.stateOf({ id })))).toEqual(
      ids.map((_, index) => (index >= 40 && index < 60 ? 'destroyed' : 'kept')),
    );
    const db = new Database(file, { readonly: true });
    expect([db.prepare('SELECT count(id) FROM keys').pluck().get(), indexed(db)]).toEqual([0, 0]);
    db.close();
    await vault.close();
  });

  test('know keys by their whole ids: not one that begins with the number of another', async () => {
    const vault = await openSqliteVault({ file, poolSize: 8 });
    const { id } = await vault.takeKey();
    const other = { id: `${id.slice(0, 31)}${id.endsWith('0') ? 1 : 0}` };
    await vault.destroy(other);
    expect([await vault.stateOf({ id }), await vault.stateOf(other)]).toEqual(['kept', 'unknown']);
    const db = new Database(file);
    db.prepare('INSERT INTO keys (id, key) VALUES (?, ?)').run(Buffer.from(other.id, 'hex'), Buffer.alloc(32, 3));
    expect(indexed(db)).toBe(1);
    db.close();
    await vault.destroy(other);
    expect([await vault.stateOf({ id }), await vault.stateOf(other)]).toEqual(['kept', 'destroyed']);
    await vault.close();
  });

  test('hold nothing of a key that is destroyed while bytes of it are damaged, by which whoever mends them would have it', async () => {
    const vault = await openSqliteVault({ file, poolSize: 8 });
    const [flipped, cut, kept] = [await vault.takeKey(), await vault.takeKey(), await vault.takeKey()];
    const db = new Database(file);
    const bytes = keyBytes();
    const damage = db.prepare('UPDATE keys SET key = CAST(? || substr(key, ?) AS BLOB) WHERE number = ?');
    const damaged = ({ id }: { readonly id: string }, first: Buffer): Buffer => {
      damage.run(first, first.length + 1, Number.parseInt(id.slice(0, 12), 16));
      return bytes.get(id)?.subarray(first.length, 32) ?? Buffer.alloc(0);
    };
    const left = [
      damaged(flipped, Buffer.from([1 ^ (bytes.get(flipped.id)?.[0] ?? 0)])),
      damaged(cut, Buffer.alloc(8, 7)),
    ];
    for (const rest of left) expect(await filesWith(rest)).not.toEqual([]);

    await vault.destroyAll([flipped, cut]);

    for (const rest of left) expect(await filesWith(rest)).toEqual([]);
    expect([await vault.stateOf(flipped), await vault.stateOf(cut)]).toEqual(['destroyed', 'destroyed']);
    expect(await vault.stateOf(kept)).toBe('kept');
    db.close();
    await vault.close();
  });

  test('of the version before are read and written as they are, and stay files of that version', async () => {
    const before = `
      CREATE TABLE keys (number INTEGER PRIMARY KEY, id BLOB NOT NULL, key BLOB NOT NULL) STRICT;
      CREATE UNIQUE INDEX keys_by_id ON keys (id);`;
    const add = 'INSERT INTO keys (id, key) VALUES (?, ?)';
    const [timed, random] = ['0199a1b2c3d400112233445566778899', 'fedcba98765400112233445566778899'] as const;
    const db = new Database(file);
    db.exec(`${before} PRAGMA application_id = ${0x436c7176}; PRAGMA user_version = 1;`);
    for (const id of [timed, random]) db.prepare(add).run(Buffer.from(id, 'hex'), Buffer.alloc(32, 5));
    const schemaNow = (): unknown => db.prepare('SELECT name, sql FROM sqlite_schema').all();
    const schema = schemaNow();

    const vault = await openSqliteVault({ file, poolSize: 8 });
    const made = await vault.takeKey();
    const sealed = await Promise.all([{ id: timed }, made].map((key) => vault.seal(key, { of: key.id }, AT)));
    await vault.destroy({ id: random });
    db.prepare(add).run(Buffer.from('0199a1b2c3d5', 'hex'), Buffer.alloc(32, 6));

    expect(await Promise.all(sealed.map((bytes) => vault.open(bytes, AT)))).toEqual([{ of: timed }, { of: made.id }]);
    expect(await vault.stateOf({ id: random })).toBe('destroyed');
    expect(await vault.stateOf({ id: timed })).toBe('kept');
    expect([db.pragma('user_version', { simple: true }), schemaNow()]).toEqual([1, schema]);
    expect(db.prepare('SELECT count(*) FROM keys').pluck().get()).toBe(indexed(db));
    db.close();
    await vault.close();
  });

  test('have each key before it is handed out: kill -9 loses none', async () => {
    const module = new URL('./vault.ts', import.meta.url).href;
    // Written synchronously, since a loop that never waits for anything outside gives a stream no turn to write.
    const program = `import { writeSync } from 'node:fs';
      const { openSqliteVault } = await import(process.argv[1]);
      const vault = await openSqliteVault({ file: process.argv[2], poolSize: 16 });
      for (;;) {
        const key = await vault.takeKey();
        const sealed = await vault.seal(key, { source: key.id }, { stream: 'a', type: 'b', id: process.argv[3] });
        writeSync(1, Buffer.from(sealed).toString('base64') + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, module, file, AT.id], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === 1_000) child.kill('SIGKILL');
    }
    await ended;
    const vault = await openSqliteVault({ file });
    for (const line of lines.slice(0, 1_000)) {
      const sealed = Buffer.from(line, 'base64');
      expect(await vault.open(sealed, AT)).toEqual({ source: vault.keyOf(sealed).id });
    }
    await vault.close();
  });

  test('that are no vault are refused, with what to do', async () => {
    await writeFile(file, 'Dear diary,\n'.repeat(1_000));
    const refusal = {
      name: 'StoreUnavailable',
      reason: 'corrupt',
      message: expect.stringMatching(/vault\.db.*restore the newest backup/s),
    };
    await expect(openSqliteVault({ file })).rejects.toMatchObject(refusal);
  });

  test('that another process reads from keep a destroy from ending well, until it is tried again', async () => {
    const vault = await openSqliteVault({ file, busyTimeoutMs: 50 });
    const key = await vault.takeKey();
    const reader = new Database(file, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    await expect(vault.destroy(key)).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'locked' });
    reader.close();
    await vault.destroy(key);
    await vault.close();
  });

  test('that are locked hold up nobody while keys are left', async () => {
    const waitMs = 20_000;
    const vault = await openSqliteVault({ file, poolSize: 4, busyTimeoutMs: waitMs });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    for (let index = 0; index < 4; index += 1) {
      await vault.takeKey();
      await nextTurn();
    }
    expect(performance.now() - start).toBeLessThan(waitMs);
    other.close();
    await vault.close();
  });

  test('that are locked refuse a key only when the pool is empty', async () => {
    const vault = await openSqliteVault({ file, poolSize: 4, busyTimeoutMs: 50 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    for (let index = 0; index < 4; index += 1) await vault.takeKey();
    await expect(vault.takeKey()).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'locked' });
    other.close();
    expect(await vault.takeKey()).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    await vault.close();
  });
});

function keyBytes(): ReadonlyMap<string, Buffer> {
  const db = new Database(file, { readonly: true });
  const keys = keysByHand(db);
  db.close();
  return keys;
}

/** How many ids the index of the file has. */
function indexed(db: Database.Database): unknown {
  return db.prepare("SELECT sum(ncell) FROM dbstat WHERE name = 'keys_by_id'").pluck().get();
}

async function filesWith(bytes: Buffer | undefined): Promise<string[]> {
  if (bytes === undefined) throw new Error('the key is not in the file');
  const names = await readdir(directory);
  const found = await Promise.all(names.map(async (name) => (await readFile(join(directory, name))).includes(bytes)));
  return names.filter((_, index) => found[index]);
}
