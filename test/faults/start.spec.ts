import { once } from 'node:events';
import { cpSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { EndedEarly } from '../support/child-program.ts';
import { newAccount, newPost, sendJson } from '../support/forum-account.ts';
import { readComments } from '../support/read-comments.ts';
import { newDataDir, type ServeOptions, serveForum } from '../support/served-forum.ts';

let dataDir: string;
/** A forum with a post and some comments, stopped; tests damage copies of it. */
let whole: string;
let postId: string;

beforeAll(async () => {
  whole = newDataDir();
  postId = await fill(whole);
}, 60_000);
afterAll(() => rmSync(whole, { recursive: true, force: true }));

beforeEach(() => {
  dataDir = newDataDir();
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** What a server says that does not start: status and the lines on standard error. */
async function refusal(options: ServeOptions = {}): Promise<Pick<EndedEarly, 'status' | 'stderr'>> {
  try {
    const forum = await serveForum({ dataDir, ...options });
    await forum.end('SIGKILL');
  } catch (error) {
    if (error instanceof EndedEarly) return { status: error.status, stderr: error.stderr };
    throw error;
  }
  throw new Error('the server started');
}

/** Gives the post's id. */
async function fill(directory: string): Promise<string> {
  const forum = await serveForum({ dataDir: directory });
  const admin = await newAccount(forum.address, 'ada');
  const post = await newPost(forum.address, admin, 'One');
  for (let number = 0; number < 20; number += 1) {
    const comment = { body: `Comment ${number} ${'x'.repeat(2_000)}` };
    await sendJson(`${forum.address}/api/v1/posts/${post}/comments`, 'POST', comment, admin.token);
  }
  await forum.end();
  return post;
}

const copyWhole = (): void => cpSync(whole, dataDir, { recursive: true });

const clear = (naming: RegExp) => ({ status: 1, stderr: expect.stringMatching(naming) });
const STACK = /^\s+at /m;

describe('at start a clear message and exit status 1 for', () => {
  test('a log whose end is torn off', async () => {
    copyWhole();
    const log = join(dataDir, 'log.db');
    truncateSync(log, Math.floor(statSync(log).size / 2));
    const said = await refusal();
    expect(said).toEqual(clear(/log\.db: .*damaged/));
    expect(said.stderr).not.toMatch(STACK);
  });

  test('a log that is no database', async () => {
    writeFileSync(join(dataDir, 'log.db'), 'Dear diary, '.repeat(1_000));
    const said = await refusal();
    expect(said).toEqual(clear(/log\.db/));
    expect(said.stderr).not.toMatch(STACK);
  });

  test('a vault that is torn, since without its keys nothing sealed can be read', async () => {
    copyWhole();
    truncateSync(join(dataDir, 'vault.db'), 1_000);
    const said = await refusal();
    expect(said).toEqual(clear(/vault\.db/));
    expect(said.stderr).not.toMatch(STACK);
  });

  test('a log that another program holds locked', async () => {
    copyWhole();
    const holder = new Database(join(dataDir, 'log.db'));
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN EXCLUSIVE');
    const said = await refusal();
    holder.close();
    expect(said).toEqual(clear(/log\.db: another process holds/));
    expect(said.stderr).not.toMatch(STACK);
  }, 30_000);

  test('a file of secrets that is torn', async () => {
    copyWhole();
    truncateSync(join(dataDir, 'secrets.json'), 20);
    const said = await refusal();
    expect(said).toEqual(clear(/secrets\.json/));
    expect(said.stderr).not.toMatch(STACK);
  });

  test('a data directory that is a file', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const said = await refusal({ dataDir: file });
    expect(said).toEqual(clear(/no directory/));
    expect(said.stderr).toContain(file);
    expect(said.stderr).not.toMatch(STACK);
  });

  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const said = await refusal({ env: { PORT: port } });
    taken.close();
    expect(said).toEqual(clear(new RegExp(port)));
    expect(said.stderr).not.toMatch(STACK);
  });

  test('a setting that cannot be', async () => {
    const said = await refusal({ env: { PORT: 'three' } });
    expect(said).toEqual(clear(/PORT/));
    expect(said.stderr).not.toMatch(STACK);
  });
});

describe('two servers on one data directory', () => {
  test('the second says so and ends with status 1, the first serves on', async () => {
    const first = await serveForum({ dataDir });
    const said = await refusal();
    expect(said).toEqual(clear(/another|already/i));
    expect(said.stderr).toContain(dataDir);
    expect(said.stderr).not.toMatch(STACK);
    expect((await fetch(`${first.address}/health/ready`)).status).toBe(200);
    expect(await first.end()).toBe(0);
  });

  test('the next one starts at once after the first was killed', async () => {
    const first = await serveForum({ dataDir });
    await first.end('SIGKILL');
    const second = await serveForum({ dataDir });
    expect(await second.end()).toBe(0);
  });
});

describe('torn views', () => {
  test('are built anew from the log', async () => {
    copyWhole();
    const views = join(dataDir, 'views');
    for (const name of readdirSync(views)) writeFileSync(join(views, name), 'torn');
    const forum = await serveForum({ dataDir });
    expect(await readComments(forum.address, postId)).toHaveLength(20);
    expect(await forum.end()).toBe(0);
  });

  test('are built anew when they are gone', async () => {
    copyWhole();
    rmSync(join(dataDir, 'views'), { recursive: true });
    const forum = await serveForum({ dataDir });
    expect(await readComments(forum.address, postId)).toHaveLength(20);
    expect(await forum.end()).toBe(0);
  });
});
