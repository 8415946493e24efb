import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import Database from 'better-sqlite3';
import { changeKeyByHand, deleteKeyByHand, destroyKeyByHand } from '../support/keys-by-hand.ts';
import { changeByHand, eventsByHand } from '../support/log-by-hand.ts';
import 'reflect-metadata';
import { runCli } from '../../src/cli/program.ts';
import { KeyDestruction } from '../../src/commands/key-destruction.ts';
import { RecordKeyDestruction } from '../../src/domain/key/key.commands.ts';
import type { DataReport } from '../../src/keeping/verification/verify-data.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(120_000);

const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-seals-'));
const METRICS_TOKEN = 'a-token-of-sixteen-letters';
const env = { DATA_DIR: dataDir, PUBLIC_URL: 'https://forum.example', METRICS_TOKEN };
const NAMES = ['whole', 'zeroed', 'missing', 'truncated', 'altered', 'cut', 'erased', 'interrupted'] as const;
type Name = (typeof NAMES)[number];
const BROKEN: readonly Name[] = ['zeroed', 'missing', 'truncated', 'altered', 'cut'];

const ids = new Map(NAMES.map((name): [Name, string] => [name, newId()]));
const idOf = (name: Name): string => ids.get(name) ?? '';
const keys = new Map<string, string>();
const positions = new Map<string, string>();
const meta = () => ({
  commandId: newId(),
  actor: 'system',
  now: '2026-11-25T20:00:00.000Z',
  correlationId: newId(),
  causationId: null,
});
let post = '';
let forum: RunningForum;
let token = '';

beforeAll(async () => {
  let running = await startForum({ env });
  const admin = await running.member('thida', ['admin', 'editor', 'moderator', 'auditor']);
  token = admin.token;
  ({ id: post } = await running.done<{ id: string }>('POST', '/api/v1/posts', {
    token,
    body: { title: 'Seals', body: 'Text.' },
  }));
  for (const name of NAMES) {
    const body = { id: idOf(name), body: `Words of ${name}` };
    await running.done('POST', `/api/v1/posts/${post}/comments`, { token, body });
  }
  await running.close();
  inFile('log.db', (db) => {
    for (const { stream, position, sealed } of eventsByHand(db).filter(({ type }) => type === 'CommentPosted.v1')) {
      keys.set(stream.slice('comment-'.length), Buffer.from(sealed ?? []).toString('hex', 1, 17));
      positions.set(stream.slice('comment-'.length), String(position));
    }
  });
  running = await startForum({ env });
  const erased = { keyId: keyOf('erased'), stream: `comment-${idOf('erased')}` };
  await running.forum.app.get(KeyDestruction, { strict: false }).destroy(erased, meta());
  const cut = { keyId: keyOf('interrupted'), stream: `comment-${idOf('interrupted')}` };
  await running.forum.app.get(CommandBus, { strict: false }).execute(new RecordKeyDestruction(cut, meta()));
  await running.close();
  breakThem();
  forum = await startForum({ env });
});
afterAll(async () => {
  await forum.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function keyOf(name: Name): string {
  return keys.get(idOf(name)) ?? '';
}

function inFile(file: string, work: (db: Database.Database) => void): void {
  const db = new Database(join(dataDir, file));
  work(db);
  db.close();
}

function breakThem(): void {
  inFile('vault.db', (db) => {
    destroyKeyByHand(db, keyOf('zeroed'));
    deleteKeyByHand(db, keyOf('missing'));
    changeKeyByHand(db, keyOf('truncated'), 'substr(key, 1, 16)');
  });
  inFile('log.db', (db) => {
    for (const name of ['altered', 'cut'] as const) {
      changeByHand(db, Number(positions.get(idOf(name))), ({ sealed }) => {
        const bytes = Buffer.from(sealed ?? []);
        // In the ciphertext, before its tag of 16 bytes: views keep a seal without the commitment before it.
        const at = bytes.byteLength - 20;
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        return { sealed: name === 'cut' ? bytes.subarray(0, 20) : bytes };
      });
    }
  });
  rmSync(join(dataDir, 'views'), { recursive: true });
}

async function verified(): Promise<DataReport> {
  const out: string[] = [];
  await runCli(['verify', dataDir, '--json'], {
    environment: { PUBLIC_URL: 'https://forum.example' },
    out: (line) => out.push(line),
    say: () => undefined,
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return JSON.parse(out[0] ?? '');
}

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly body: string | null;
  readonly unreadable?: true;
}

describe('seals that cannot be opened', () => {
  it('are one broken comment each, and the others of the thread are whole', async () => {
    const page = await forum.done<{ items: readonly Shown[] }>('GET', `/api/v1/posts/${post}/comments`, {});
    const shown = NAMES.map((name) => page.items.find(({ id }) => id === idOf(name)));
    expect(shown.map((one) => [one?.status, one?.body, one?.unreadable])).toEqual(
      NAMES.map((name) => {
        if (name === 'whole') return ['visible', 'Words of whole', undefined];
        return BROKEN.includes(name) ? ['visible', null, true] : ['erased', null, undefined];
      }),
    );
  });

  it.each(BROKEN)('are no error on any page or answer: %s', async (name) => {
    const id = idOf(name);
    const position = positions.get(id);
    const paths = [
      `/api/v1/comments/${id}`,
      `/api/v1/comments/${id}/history`,
      `/api/v1/comments/${id}/receipt`,
      `/comments/${id}/history`,
      `/receipts/${id}`,
      `/posts/seals`,
      `/audit/events/${position}?open=1`,
      `/api/v1/posts/${post}/comments?position=${position}`,
      `/api/v1/moderation/policy`,
    ];
    const statuses = await Promise.all(
      paths.map(async (path) => {
        const headers = { authorization: `Bearer ${token}` };
        const { status } = await fetch(forum.url + path, { headers });
        return [path, status !== 500];
      }),
    );
    expect(statuses).toEqual(paths.map((path) => [path, true]));
  });

  it('are told on the page of their thread', async () => {
    const html = await (await fetch(`${forum.url}/posts/seals`)).text();
    expect(html.split('class="gone">This cannot be read; the forum’s keeper has been told.').length - 1).toBe(
      BROKEN.length,
    );
  });

  it('can still be removed, and edited never with an error of the server', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ body: 'New words', revision: 0 });
    for (const name of ['missing', 'cut'] as const) {
      const answer = await fetch(`${forum.url}/api/v1/comments/${idOf(name)}`, { method: 'PATCH', headers, body });
      expect([name, answer.status < 500]).toEqual([name, true]);
    }
  });

  it('are counted once each', async () => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const metrics = await (await fetch(`${forum.url}/metrics`, { headers })).text();
    expect(/^colloquy_unreadable_seals_total (\d+)$/m.exec(metrics)?.[1]).toBe(String(BROKEN.length));
  });

  it('are faults of verify that name the event, and what an event erased is none', async () => {
    const { seals } = await verified();
    const places = BROKEN.map(
      (name) => `position ${positions.get(idOf(name))} (CommentPosted.v1, comment-${idOf(name)})`,
    );
    expect(seals.faults).toEqual(expect.arrayContaining(places.map((place) => expect.stringContaining(place))));
    expect(seals.faults).toHaveLength(BROKEN.length);
    expect(seals.faults.join('\n')).toContain('no event of the log destroyed it');
    expect(seals).toMatchObject({ version1: 0, erased: 2 });
  });
});
