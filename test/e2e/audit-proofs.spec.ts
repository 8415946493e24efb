import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Comment, ConsistencyAnswer, InclusionAnswer } from '../../libs/client/index.ts';
import { newEvent, newStream } from '../../libs/event-store/contract/new-events.ts';
import {
  type Checkpoint,
  checkConsistency,
  checkInclusion,
  checkProof,
  entryOf,
  fromBase64,
  leafHash,
  newVerifier,
  openCheckpoint,
  type Verifier,
} from '../../libs/transparency/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { unlessMissing } from '../support/left-out.ts';
import { changeByHand } from '../support/log-by-hand.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { TileClient } from '../support/tile-client.ts';

jest.setTimeout(120_000);

/** Where Debian's package golang-golang-x-mod-dev has its sources. */
const GOPATH = '/usr/share/gocode';
const HAS_GO = existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog')) && spawnSync('go', ['version']).status === 0;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('the log and its proofs', () => {
  let forum: RunningForum;
  let admin: TestMember;
  let writer: TestMember;
  let postId: string;
  let key: Verifier;

  beforeAll(async () => {
    forum = await startForum({ env: { PUBLIC_URL: 'https://forum.example' } });
    admin = await forum.admin();
    writer = await forum.member('writer');
    ({ id: postId } = await forum.publish(admin));
    const { store } = forum.forum.log;
    const unheard = Array.from({ length: 600 }, () => newEvent({ type: 'Unheard.v1' }));
    await store.append(newStream('post'), unheard, 'no-stream');
    key = newVerifier((await text('/api/v1/audit/key')).trim());
  });
  afterAll(() => forum?.close());

  const read = (path: string): Promise<Answer> => forum.call('GET', path);
  const text = async (path: string): Promise<string> => (await fetch(forum.url + path)).text();
  const checkpoint = async (): Promise<Checkpoint> => openCheckpoint(await text('/api/v1/audit/checkpoint'), key);
  const comment = async (body: string): Promise<Comment> => {
    const answer = await forum.call('POST', `/api/v1/posts/${postId}/comments`, {
      token: writer.token,
      body: { body },
    });
    expect(answer.status).toBe(201);
    return Reflect.get(Object(answer.body), 'comment');
  };
  const inclusion = async (position: string): Promise<InclusionAnswer> => {
    const { status, body } = await read(`/api/v1/audit/proofs/inclusion?position=${position}`);
    expect(status).toBe(200);
    return Object(body);
  };

  it('are signed in the name of the public address, and hold what was acknowledged a moment ago', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { position } = await comment(`One more, number ${round}.`);
      const signed = await checkpoint();
      expect(signed).toEqual({
        origin: 'forum.example/colloquy',
        size: Number(position),
        root: expect.any(Uint8Array),
      });
    }
    const { headers } = await read('/api/v1/audit/checkpoint');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('prove each event, whose leaf is the hash of the line that an auditor exports', async () => {
    const { position } = await comment('Written for the record.');
    for (const at of ['1', '2', '300', position]) {
      const { index, size, leafHash: leaf, hashes, checkpoint: note } = await inclusion(at);
      const signed = openCheckpoint(note, key);
      expect([index, size]).toEqual([Number(at) - 1, signed.size]);
      const claim = { index, size, leaf: fromBase64(leaf, 'leaf'), root: signed.root };
      const path = hashes.map((hash) => fromBase64(hash, 'hash'));
      expect(checkInclusion(claim, path)).toBe(true);
      expect(checkInclusion({ ...claim, index: index + 1 }, path)).toBe(false);
    }
  });

  it('show that the log of now begins with the log of before', async () => {
    const before = await checkpoint();
    await comment('Something that came later.');
    const after = await checkpoint();
    const { body } = await read(`/api/v1/audit/proofs/consistency?from=${before.size}&to=${after.size}`);
    const { from, to, hashes }: ConsistencyAnswer = Object(body);
    expect([from, to]).toEqual([before.size, after.size]);
    const path = hashes.map((hash) => fromBase64(hash, 'hash'));
    expect(checkConsistency(before, after, path)).toBe(true);
    expect(checkConsistency({ ...before, root: after.root }, after, path)).toBe(false);
    for (const [first, last] of [
      [0, 5],
      [7, 7],
      [0, 0],
    ]) {
      const trivial = await read(`/api/v1/audit/proofs/consistency?from=${first}&to=${last}`);
      expect(trivial).toMatchObject({ status: 200, body: { from: first, to: last, hashes: [] } });
    }
  });

  it('are kept at intervals', async () => {
    const { body } = await read('/api/v1/audit/checkpoints');
    const items: { at: string; checkpoint: string }[] = Reflect.get(Object(body), 'items');
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(openCheckpoint(item.checkpoint, key).origin).toBe('forum.example/colloquy');
  });

  it.each([
    ['inclusion', 400, 'position is missing.'],
    ['inclusion?position=', 400, 'position must be a position, such as 12.'],
    ['inclusion?position=-1', 400, 'position must be a position, such as 12.'],
    ['inclusion?position=1.5', 400, 'position must be a position, such as 12.'],
    ['inclusion?position=1&position=2', 400, expect.any(String)],
    ['inclusion?position=99999999999999999999', 400, 'position must be a position, such as 12.'],
    ['inclusion?position=9223372036854775808', 404, expect.stringContaining('none at position')],
    ['inclusion?position=0', 404, expect.stringContaining('none at position 0')],
    ['consistency?from=5', 400, 'to is missing.'],
    ['consistency?from=5&to=4', 400, 'from must not be greater than to.'],
    ['consistency?from=1&to=999999999', 400, expect.stringMatching(/^to must be \d+ at most/)],
    ['consistency?from=-1&to=4', 400, 'from must be a number of events, such as 12.'],
    ['consistency?from=a&to=b', 400, expect.any(String)],
    ['consistency?from=1&to=99999999999999999999', 400, 'to must be a number of events, such as 34.'],
  ])('refuse %s with %d', async (query, status, detail) => {
    const code = status === 400 ? 'invalid' : 'not_found';
    expect(await read(`/api/v1/audit/proofs/${query}`)).toMatchObject({ status, body: { status, code, detail } });
  });

  describe('as tiles', () => {
    const prefix = '/api/v1/audit/tlog';

    it('give a client that knows nothing but the specification every root and proof', async () => {
      const signed = openCheckpoint(await text(`${prefix}/checkpoint`), key);
      const client = new TileClient(forum.url + prefix, signed.size);
      expect(await client.root()).toEqual(Buffer.from(signed.root));
      for (const index of [0, 255, 256, 511, signed.size - 1]) {
        const { leafHash: leaf } = await inclusion(String(index + 1));
        expect((await client.leaf(index)).toString('base64')).toBe(leaf);
        const path = await client.inclusion(index);
        const claim = { index, size: signed.size, leaf: await client.leaf(index), root: signed.root };
        expect(checkInclusion(claim, path)).toBe(true);
      }
      const entries = await client.entries();
      expect(entries.length).toBe(signed.size);
      expect(Buffer.from(leafHash(entries[300] ?? Buffer.of()))).toEqual(await client.leaf(300));
    });

    it('never change, and are none where the tree has none', async () => {
      const full = await fetch(`${forum.url}${prefix}/tile/0/001`);
      expect([full.status, full.headers.get('content-type'), full.headers.get('cache-control')]).toEqual([
        200,
        'application/octet-stream',
        'public, max-age=31536000, immutable',
      ]);
      for (const path of [
        'tile/0/003',
        'tile/0/x000/001',
        'tile/0/1',
        'tile/64/000',
        'tile/00/000',
        'tile/0/001.p/256',
        'tile/0/001.p/0',
        'tile/0/002.p/255',
        'tile/entries/x999/x999/x999/999',
        'tile/0/000.p/1/',
        'tile/',
        'tile/1/000.p/9',
        'tile/0/%3000',
      ]) {
        const answer = await read(`${prefix}/${path}`);
        expect({ path, status: answer.status }).toEqual({ path, status: 404 });
      }
    });

    unlessMissing(HAS_GO ? null : 'Go and its package sumdb are not installed').it(
      "are read by Go's tlog, which believes none of them",
      async () => {
        const note = await text(`${prefix}/checkpoint`);
        const { size, root } = openCheckpoint(note, key);
        const tiles = await new TileClient(forum.url + prefix, size).all();
        const input = JSON.stringify({ note, key: (await text('/api/v1/audit/key')).trim(), tiles });
        const program = join(import.meta.dirname, '../transparency/read-tiles.go');
        const env = { ...process.env, GOPATH, GO111MODULE: 'off', GOFLAGS: '' };
        const { stdout, stderr } = spawnSync('go', ['run', program], { env, input, encoding: 'utf8' });
        expect(stderr).toBe('');
        const told = { size, root: Buffer.from(root).toString('base64'), proven: Math.ceil(size / 7) };
        expect(JSON.parse(stdout)).toEqual(told);
      },
    );
  });

  describe('as receipts', () => {
    const receipt = (id: string, query = '', token?: string): Promise<Answer> =>
      forum.call('GET', `/api/v1/comments/${id}/receipt${query}`, token === undefined ? {} : { token });
    const lineIn = (file: unknown): string =>
      Buffer.from(/^extra (.+)$/m.exec(String(file))?.[1] ?? '', 'base64').toString();

    it('hold the line of the newest text, and prove it', async () => {
      const { id } = await comment('First words.');
      const first = await receipt(id);
      expect(first.status).toBe(200);
      expect(first.headers.get('content-disposition')).toBe(`attachment; filename="comment-${id}.tlog-proof"`);
      const line = lineIn(first.body);
      expect(JSON.parse(line)).toMatchObject({ type: 'CommentPosted.v1', stream: `comment-${id}`, revision: '0' });
      expect(line).not.toContain('First words');
      const { index } = checkProof(String(first.body), entryOf(line), key);
      expect(sha256(line)).toBe(Buffer.from(entryOf(line)).toString('base64'));
      expect(JSON.parse(line)).toMatchObject({ position: String(index + 1) });
      expect(() => checkProof(String(first.body), entryOf(`${line} `), key)).toThrow('does not lead');

      const edit = { token: writer.token, body: { body: 'Other words.', revision: 0 } };
      expect((await forum.call('PATCH', `/api/v1/comments/${id}`, edit)).status).toBe(200);
      const [newest, oldest] = [await receipt(id), await receipt(id, '?revision=0')];
      expect(JSON.parse(lineIn(newest.body))).toMatchObject({ type: 'CommentEdited.v1', revision: '1' });
      expect(lineIn(oldest.body)).toBe(line);
      expect(await receipt(id, '?revision=7')).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect(await receipt(id, '?revision=x')).toMatchObject({ status: 400, body: { code: 'invalid' } });
    });

    it('show nobody, whatever the office, more than a reader sees', async () => {
      const { id } = await comment('Taken back later.');
      expect((await forum.call('DELETE', `/api/v1/comments/${id}`, { token: writer.token })).status).toBe(200);
      for (const token of [undefined, admin.token]) {
        const { status, body } = await receipt(id, '', token);
        expect(status).toBe(200);
        const extra = /^extra (.+)$/m.exec(String(body))?.[1] ?? '';
        expect(extra).toMatch(/^[A-Za-z0-9+/]{43}=$/);
        expect(checkProof(String(body), fromBase64(extra, 'entry'), key).checkpoint.origin).toBe(key.name);
      }
      const held = await comment('Held before anybody read it.');
      const decision = { token: admin.token, body: { action: 'hold', reason: 'spam', revision: held.revision } };
      expect((await forum.call('POST', `/api/v1/comments/${held.id}/decisions`, decision)).status).toBe(201);
      for (const token of [undefined, admin.token]) {
        expect(await receipt(held.id, '', token)).toMatchObject({ status: 404, body: { code: 'comment_not_found' } });
      }
      expect((await receipt(held.id, '', writer.token)).status).toBe(200);
      expect((await receipt(newId())).status).toBe(404);
      expect((await receipt('nothing')).status).toBe(404);
    });
  });
});

describe('a tree whose files were changed behind its back', () => {
  const EVENTS = 3_000;
  let forum: RunningForum;
  let key: Verifier;

  beforeEach(async () => {
    forum = await startForum();
    const unheard = Array.from({ length: EVENTS }, () => newEvent({ type: 'Unheard.v1' }));
    await forum.forum.log.store.append(newStream('post'), unheard, 'no-stream');
    key = newVerifier((await (await fetch(`${forum.url}/api/v1/audit/key`)).text()).trim());
    await checkpoint();
  });
  afterEach(() => forum.close());

  const ask = (path: string): Promise<Answer> => forum.call('GET', `/api/v1/audit/${path}`);
  const checkpoint = async (): Promise<Checkpoint> =>
    openCheckpoint(await (await fetch(`${forum.url}/api/v1/audit/checkpoint`)).text(), key);
  const prove = (position: number): Promise<Answer> => ask(`proofs/inclusion?position=${position}`);
  const proves = ({ status, body }: Answer): boolean => {
    if (status !== 200) return false;
    const { index, size, leafHash: leaf, hashes, checkpoint: note }: InclusionAnswer = Object(body);
    const { root } = openCheckpoint(note, key);
    const path = hashes.map((one) => fromBase64(one, 'hash'));
    return checkInclusion({ index, size, leaf: fromBase64(leaf, 'leaf'), root }, path);
  };
  /** Turns a bit in each hash or entry of one of its files, where it lies. */
  const spoil = (file: 'nodes' | 'leaves'): void => {
    const path = join(forum.dataDir, 'tree', file);
    const bytes = readFileSync(path);
    const width = file === 'nodes' ? 32 : 40;
    for (let at = width - 1; at < bytes.length; at += width) bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    const handle = openSync(path, 'r+');
    writeSync(handle, bytes, 0, bytes.length, 0);
    closeSync(handle);
  };
  /** The tree's thread makes the files anew from the log, and all is proven again. */
  const mended = async (): Promise<void> => {
    while (!proves(await prove(1_000))) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(proves(await prove(2_800))).toBe(true);
  };
  const REFUSED = {
    status: 503,
    body: { code: 'tree_mismatch', detail: expect.stringContaining("the tree's files were changed") },
  };

  it('proves nothing from what nobody had looked at yet, and its root is not changed', async () => {
    const before = await checkpoint();
    spoil('nodes');
    expect(await checkpoint()).toEqual(before);
    expect(await prove(1_000)).toMatchObject(REFUSED);
    expect((await forum.call('GET', '/api/v1/posts')).status).toBe(200);
    await mended();
    expect(await checkpoint()).toEqual(before);
  });

  it('proves what was found right before, also in a tree that has grown, until it comes upon the change', async () => {
    const first = await prove(1_000);
    expect(proves(first)).toBe(true);
    spoil('nodes');
    expect((await prove(1_000)).body).toEqual(first.body);
    await forum.forum.log.store.append(newStream('post'), [newEvent({ type: 'Unheard.v1' })], 'no-stream');
    const { size } = await checkpoint();
    const later = await prove(1_000);
    expect([proves(later), Reflect.get(Object(later.body), 'size')]).toEqual([true, size]);
    expect(await prove(2_800)).toMatchObject(REFUSED);
    await mended();
  });

  it.each([
    ['nodes', 'proofs/consistency?from=1000&to=2500'],
    ['nodes', 'tlog/tile/0/004'],
    ['nodes', 'tlog/tile/1/000.p/11'],
    ['leaves', 'proofs/inclusion?position=1000'],
    ['leaves', 'tlog/tile/0/004'],
  ] as const)('given altered %s, answers no %s from them', async (file, path) => {
    spoil(file);
    expect(await ask(path)).toMatchObject(REFUSED);
  });

  it('gives no altered entry', async () => {
    spoil('leaves');
    expect(await ask('tlog/tile/entries/004')).toMatchObject(REFUSED);
  });

  it('proves nothing from files that were cut', async () => {
    truncateSync(join(forum.dataDir, 'tree', 'nodes'), 10_000);
    expect(await prove(2_000)).toMatchObject(REFUSED);
    await mended();
  });
});

describe('a log that was changed behind the back of its tree', () => {
  it('is served, and nothing is proven', async () => {
    const first = await startForum();
    const admin = await first.admin();
    await first.publish(admin);
    const before = await fetch(`${first.url}/api/v1/audit/checkpoint`);
    expect(before.status).toBe(200);
    await first.close({ keep: true });
    const db = new Database(join(first.dataDir, 'log.db'));
    changeByHand(db, 2, () => ({ occurredAt: '2001-01-01T00:00:00.000Z' }));
    db.close();
    const again = await startForum({ env: { DATA_DIR: first.dataDir } });
    const tree = async (): Promise<unknown> =>
      Reflect.get(Object((await again.call('GET', '/health/ready')).body), 'tree');
    const trouble = 'the event at position 2 was altered since it was recorded';
    while (Reflect.get(Object(await tree()), 'trouble') === null) await new Promise(setImmediate);
    expect(await tree()).toEqual({ size: expect.any(Number), trouble });
    expect(await again.call('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'degraded', reasons: [`the log and its tree do not tell the same: ${trouble}`] },
    });
    expect(String((await again.call('GET', '/metrics')).body)).toContain('colloquy_log_mismatch 1');
    const log = await again.call('GET', '/moderation/log', { token: admin.token });
    expect(String(log.body)).toContain('Found on');
    expect(String(log.body)).toContain(trouble);
    for (const path of [
      'checkpoint',
      'proofs/inclusion?position=1',
      'proofs/consistency?from=1&to=2',
      'tlog/checkpoint',
    ]) {
      const answer = await again.call('GET', `/api/v1/audit/${path}`);
      const detail = `Nothing can be proven now: ${trouble}.`;
      expect(answer).toMatchObject({ status: 503, body: { code: 'tree_mismatch', detail } });
    }
    expect((await again.call('GET', '/api/v1/posts')).status).toBe(200);
    await again.close({ keep: false });
  });
});
