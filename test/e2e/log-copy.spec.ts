import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openServerStore, openSqliteEventStore, type RecordedEvent } from '../../libs/event-store/index.ts';
import { isErased } from '../../libs/kernel/index.ts';
import { openServerVault, openSqliteVault, type Vault } from '../../libs/vault/index.ts';
import { type SpawnedServer, spawnKurrentDbServer } from '../kurrentdb-server/spawned-server.ts';
import { newAccount, newPost, sendJson, signIn } from '../support/forum-account.ts';
import { logLines } from '../support/log-lines.ts';
import { addComments, makeForum } from '../support/made-forum.ts';
import { readComments } from '../support/read-comments.ts';
import { type Ran, runColloquy } from '../support/run-colloquy.ts';
import { runHere } from '../support/run-here.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';

const COMMENTS = 120;
const EVENTS = COMMENTS * 3;

let place: string;
let forum: string;
let server: SpawnedServer;
const servers: SpawnedServer[] = [];

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-log-copy-'));
  forum = await makeForum(COMMENTS);
  server = await newServer();
}, 60_000);

afterAll(async () => {
  for (const each of servers) await each.kill();
  rmSync(place, { recursive: true, force: true });
  rmSync(forum, { recursive: true, force: true });
});

async function newServer(): Promise<SpawnedServer> {
  const started = await spawnKurrentDbServer({ dir: mkdtempSync(join(place, 'kurrentdb-')) });
  servers.push(started);
  return started;
}

const newPlace = (): string => join(mkdtempSync(join(place, 'in-')), 'data');
const copy = (from: string, to: string): Promise<Ran> => runHere(['log', 'copy', '--from', from, '--to', to, '--json']);
const refused = (naming: RegExp) => ({ status: 1, out: '', said: expect.stringMatching(naming) });

function reported({ status, out, said }: Ran): unknown {
  if (status !== 0) throw new Error(`${status}: ${said}`);
  return JSON.parse(out);
}

/** Every sealed part of a log, opened: a comment's text, or `erased`. */
async function texts(events: AsyncIterable<RecordedEvent>, vault: Vault): Promise<unknown[]> {
  const opened: unknown[] = [];
  for await (const event of events) {
    if (event.sealed === null) continue;
    const personal = await vault.open(event.sealed, event);
    opened.push(isErased(personal) ? 'erased' : personal);
  }
  return opened;
}

async function textsIn(dataDir: string): Promise<unknown[]> {
  const log = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  const vault = await openSqliteVault({ file: join(dataDir, 'vault.db') });
  try {
    return await texts(log.readAll(), vault);
  } finally {
    await log.close();
    await vault.close();
  }
}

const secretsIn = (dataDir: string): unknown => JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));

describe('from file to file', () => {
  test('everything comes as it was: positions, times, keys, what was erased, secrets', async () => {
    const to = newPlace();
    expect(reported(await copy(`sqlite:${forum}`, `sqlite:${to}`))).toEqual({
      events: EVENTS,
      copied: EVENTS,
      keys: expect.any(Number),
      images: { files: 0, bytes: 0, missing: 0 },
      sourcePosition: String(EVENTS),
      targetPosition: String(EVENTS),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      seconds: expect.any(Number),
    });
    expect(await logLines(to)).toEqual(await logLines(forum));
    const opened = await textsIn(to);
    expect(opened).toEqual(await textsIn(forum));
    expect(opened.filter((text) => text === 'erased')).toHaveLength((COMMENTS / 10) * 2);
    expect(secretsIn(to)).toEqual(secretsIn(forum));
    expect(['vault.db', 'secrets.json'].map((name) => statSync(join(to, name)).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(existsSync(join(to, 'unfinished.json'))).toBe(false);
  }, 60_000);

  test('run again it brings what is new, and what was erased since; DATA_DIR is sqlite: alone', async () => {
    const [from, to] = [await makeForum(10), newPlace()];
    reported(
      await runColloquy(['log', 'copy', '--from', 'sqlite:', '--to', `sqlite:${to}`, '--json'], { dataDir: from }),
    );
    const store = await openSqliteEventStore({ file: join(from, 'log.db') });
    const vault = await openSqliteVault({ file: join(from, 'vault.db') });
    const [first] = [...(await sealedOf(store.readAll()))].slice(2);
    if (first !== undefined) await vault.destroy(vault.keyOf(first));
    await addComments(store, vault, 5);
    await store.close();
    await vault.close();
    expect(reported(await copy(`sqlite:${from}`, `sqlite:${to}`))).toMatchObject({ events: 45, copied: 15 });
    expect(await logLines(to)).toEqual(await logLines(from));
    expect(await textsIn(to)).toEqual(await textsIn(from));
    rmSync(from, { recursive: true });
  }, 60_000);
});

async function sealedOf(events: AsyncIterable<RecordedEvent>): Promise<Uint8Array[]> {
  const list: Uint8Array[] = [];
  for await (const { sealed } of events) if (sealed !== null) list.push(sealed);
  return list;
}

describe('from file to KurrentDB and back', () => {
  let back: string;

  test('every event comes with the time at which it was recorded, in the same order', async () => {
    expect(reported(await copy(`sqlite:${forum}`, server.url))).toMatchObject({ events: EVENTS, copied: EVENTS });
    expect(reported(await copy(`sqlite:${forum}`, server.url))).toMatchObject({ events: EVENTS, copied: 0 });
    back = newPlace();
    const report = { events: EVENTS, copied: EVENTS, targetPosition: String(EVENTS) };
    expect(reported(await copy(server.url, `sqlite:${back}`))).toMatchObject(report);
    expect(await logLines(back)).toEqual(await logLines(forum));
    expect(secretsIn(back)).toEqual(secretsIn(forum));
  }, 120_000);

  test('keys come too: the database’s vault opens the same, and has erased the same', async () => {
    const due = await textsIn(forum);
    expect(await textsIn(back)).toEqual(due);
    const log = await openServerStore({ url: server.url });
    const vault = await openServerVault({ url: server.url, cacheFile: join(place, 'keys.db') });
    expect(await texts(log.readAll(), vault)).toEqual(due);
    await log.close();
    await vault.close();
  }, 120_000);

  test('from one KurrentDB to another one', async () => {
    const other = await newServer();
    expect(reported(await copy(server.url, other.url))).toMatchObject({ events: EVENTS, copied: EVENTS });
    const again = newPlace();
    reported(await copy(other.url, `sqlite:${again}`));
    expect(await logLines(again)).toEqual(await logLines(forum));
    expect(await textsIn(again)).toEqual(await textsIn(forum));
  }, 120_000);

  test('a backup of a forum on KurrentDB is one as of any other, and tells the position there', async () => {
    const directory = join(place, 'backup');
    const ran = await runColloquy(['backup', directory, '--json'], {
      dataDir: newPlace(),
      env: { EVENT_STORE_URL: server.url },
    });
    expect(reported(ran)).toMatchObject({
      source: { kind: 'kurrentdb', position: expect.stringMatching(/^\d+$/) },
      log: { events: EVENTS, position: String(EVENTS), unreadable: 0 },
    });
    const dataDir = newPlace();
    const restored = await runColloquy(['restore', directory, '--json'], { dataDir });
    expect(reported(restored)).toMatchObject({ events: EVENTS });
    expect(await logLines(dataDir)).toEqual(await logLines(forum));
    expect(await textsIn(dataDir)).toEqual(await textsIn(forum));
    expect(secretsIn(dataDir)).toEqual(secretsIn(forum));
  }, 120_000);
});

describe('a forum that moves to KurrentDB', () => {
  test('serves there as it did: the same people, posts, comments and addresses', async () => {
    const database = await newServer();
    const before = await serveForum();
    const admin = await newAccount(before.address, 'ada');
    const postId = await newPost(before.address, admin, 'One');
    const comment = async ({ address }: ServedForum, body: string): Promise<void> => {
      await sendJson(`${address}/api/v1/posts/${postId}/comments`, 'POST', { body }, admin.token);
    };
    await comment(before, 'Before the move');
    reported(await copy(`sqlite:${before.dataDir}`, database.url));
    await comment(before, 'While it was copied');
    expect(await before.end()).toBe(0);
    expect(reported(await copy(`sqlite:${before.dataDir}`, database.url))).toMatchObject({ copied: 1 });

    const after = await serveForum({ dataDir: newPlace(), env: { EVENT_STORE_URL: database.url } });
    for (const login of ['ada', 'ada@example.org']) {
      expect(await signIn(after.address, login)).toMatchObject({ memberId: admin.memberId });
    }
    await comment(after, 'After the move');
    const shown = (await readComments(after.address, postId)).map(({ body }) => body);
    expect(shown).toEqual(['Before the move', 'While it was copied', 'After the move']);
    expect(await after.end()).toBe(0);
    rmSync(before.dataDir, { recursive: true });
  }, 180_000);
});

describe('a copy is refused', () => {
  test('to a place that holds another forum, file or database', async () => {
    const other = await makeForum(3);
    expect(await copy(`sqlite:${other}`, `sqlite:${forum}`)).toEqual(refused(/holds another forum/));
    expect(await copy(`sqlite:${other}`, server.url)).toEqual(refused(/holds another forum/));
    expect(await logLines(forum)).toHaveLength(EVENTS);
    expect(existsSync(join(forum, 'unfinished.json'))).toBe(false);
    rmSync(other, { recursive: true });
  }, 60_000);

  test('to a copy that went on by itself', async () => {
    const to = newPlace();
    reported(await copy(`sqlite:${forum}`, `sqlite:${to}`));
    const store = await openSqliteEventStore({ file: join(to, 'log.db') });
    const vault = await openSqliteVault({ file: join(to, 'vault.db') });
    await addComments(store, vault, 1);
    await store.close();
    await vault.close();
    expect(await copy(`sqlite:${forum}`, `sqlite:${to}`)).toEqual(
      refused(/holds more than the source: .* position 361/),
    );
    expect(existsSync(join(to, 'unfinished.json'))).toBe(false);
  }, 60_000);

  test('from where no forum is', async () => {
    const nothing = newPlace();
    expect(await copy(`sqlite:${nothing}`, server.url)).toEqual(refused(/holds no whole forum: .*log\.db is missing/));
    expect(existsSync(nothing)).toBe(false);
    const empty = await newServer();
    expect(await copy(empty.url, `sqlite:${nothing}`)).toEqual(refused(/there is no forum on 127\.0\.0\.1:/));
    expect(existsSync(nothing)).toBe(false);
  }, 60_000);

  test.each([
    ['sqlite:', 'sqlite:', /name the same log/],
    ['mysql://root:secret@db', 'sqlite:', /--from: must be sqlite:/],
    ['sqlite:', 'kurrentdb://admin:secret@db:99999', /--to: must be an address/],
  ])('from %s to %s', async (from, to, naming) => {
    const ran = await runColloquy(['log', 'copy', '--from', from, '--to', to], { dataDir: forum });
    expect(ran).toEqual({ status: 2, out: '', said: expect.stringMatching(naming) });
    expect(ran.said).not.toContain('secret');
  });
});
