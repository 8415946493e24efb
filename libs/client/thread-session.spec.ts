import { afterEach, describe, expect, it } from '@jest/globals';
import { ThreadModel } from '../../test/support/thread-model.ts';
import { LiveClient, type LiveSocket } from './live-client.ts';
import type { OutboxEntry, OutboxStorage } from './outbox.ts';
import type { Comment } from './shapes.ts';
import { ThreadSession } from './thread-session.ts';

interface Asked {
  readonly message: string;
  readonly payload: object;
  readonly answer: (answer: unknown) => void;
  readonly lose: () => void;
}

/** A socket whose every answer, frame and break the test controls. */
class HeldSocket implements LiveSocket {
  connected = false;
  active = true;
  readonly asked: Asked[] = [];
  readonly #listeners = new Map<string, Set<(value: unknown) => void>>();

  on(event: string, listener: (value: unknown) => void): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: (value: unknown) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  timeout(): { emitWithAck(message: string, payload: object): Promise<unknown> } {
    return {
      emitWithAck: (message, payload) =>
        new Promise((answer, reject) => {
          this.asked.push({ message, payload, answer, lose: () => reject(new Error('socket has been disconnected')) });
        }),
    };
  }

  hear(event: string, value?: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(value);
  }

  connect(): void {
    this.connected = true;
    this.hear('connect');
  }

  /** Like in socket.io-client, everything that waits for an answer fails. */
  break(): void {
    this.connected = false;
    for (const { lose } of this.asked.splice(0)) lose();
    this.hear('disconnect', 'transport close');
  }

  /** The oldest message that was not taken yet. */
  async next(message: string): Promise<Asked> {
    await soon(() => this.asked.length > 0);
    const [first] = this.asked.splice(0, 1);
    if (first?.message !== message) throw new Error(`${first?.message} was sent instead of ${message}`);
    return first;
  }
}

/** Resolves once the condition holds, after some steps of this process. */
async function soon(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

class KeptOutbox implements OutboxStorage {
  entries: readonly OutboxEntry[] = [];

  load(): readonly OutboxEntry[] {
    return this.entries;
  }

  save(entries: readonly OutboxEntry[]): void {
    this.entries = structuredClone(entries);
  }
}

const sessions: ThreadSession[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.stop();
});

function follow(model: ThreadModel, outbox: OutboxStorage = new KeptOutbox()) {
  const socket = new HeldSocket();
  let reads = 0;
  const seen: (string | null)[] = [];
  const rest = {
    http: {
      saw: (position: string | null) => {
        seen.push(position);
      },
    },
    comments: async (_postId: string, { cursor = null }: { readonly cursor?: string | null } = {}) => {
      reads += 1;
      return model.page({ sort: 'oldest', limit: 2, cursor });
    },
  };
  const session = new ThreadSession({ rest, live: new LiveClient(socket), postId: model.postId, limit: 2, outbox });
  sessions.push(session);
  session.start();
  return { session, socket, reads: () => reads, seen };
}

async function joined(model: ThreadModel, outbox?: OutboxStorage) {
  const followed = follow(model, outbox);
  followed.socket.connect();
  const join = await followed.socket.next('thread:join');
  join.answer({ ok: true, position: model.position, changes: [], reload: false, ...model.counts, hidden: 0 });
  await soon(() => followed.session.state.connection === 'live');
  return followed;
}

const shown = ({ state }: ThreadSession): readonly string[] => (state.thread?.comments ?? []).map(({ id }) => id);
const frame = (model: ThreadModel, after: string) => ({
  postId: model.postId,
  changes: model.changesAfter(after),
  ...model.counts,
});

/** The forum's answer to a join that asked for everything after a position. */
function answerTo(join: Asked, model: ThreadModel, after: string): void {
  const { position, counts } = model;
  join.answer({ ok: true, position, changes: model.changesAfter(after), reload: false, ...counts, hidden: 0 });
}

describe('a thread that is followed', () => {
  it('given frames before the answer to the join, takes them from the answer', async () => {
    const model = new ThreadModel();
    model.post(1, null);
    const { session, socket } = follow(model);
    socket.connect();
    const join = await socket.next('thread:join');
    const { position } = model;
    model.post(2, null);
    const middle = model.position;
    model.post(3, null);
    socket.hear('thread:changes', frame(model, middle));
    expect(shown(session)).toEqual(['c0']);

    answerTo(join, model, position);
    await soon(() => shown(session).length === 3);
    expect(join.payload).toEqual({ postId: 'p', after: position });
    expect(session.state).toMatchObject({ connection: 'live', problem: null, thread: { position: model.position } });
  });

  it('given a frame right behind the answer, in the same turn of the engine, misses nothing', async () => {
    const model = new ThreadModel();
    model.post(1, null);
    const { session, socket } = follow(model);
    socket.connect();
    const join = await socket.next('thread:join');
    const { position } = model;
    join.answer({ ok: true, position, changes: [], reload: false, ...model.counts, hidden: 0 });
    model.post(2, null);
    socket.hear('thread:changes', frame(model, position));
    await soon(() => session.state.connection === 'live');

    expect(shown(session)).toEqual(['c0', 'c1']);
    expect(session.state.thread?.position).toBe(model.position);
  });

  it('given a frame twice, a frame of another thread and one of no form, shows each change once', async () => {
    const model = new ThreadModel();
    const { session, socket } = await joined(model);
    const { position } = model;
    model.post(1, null);
    for (const _ of [1, 2]) socket.hear('thread:changes', frame(model, position));
    for (const payload of [{ ...frame(model, position), postId: 'other' }, null, 'text', {}])
      socket.hear('thread:changes', payload);
    expect(shown(session)).toEqual(['c0']);
  });

  it('given a broken connection, joins again with what it has shown', async () => {
    const model = new ThreadModel();
    const { session, socket, reads } = await joined(model);
    const { position } = model;
    socket.break();
    expect(session.state.connection).toBe('offline');
    model.post(1, null);
    socket.connect();
    const join = await socket.next('thread:join');
    expect(join.payload).toEqual({ postId: 'p', after: position });
    answerTo(join, model, position);
    await soon(() => session.state.connection === 'live');

    expect(shown(session)).toEqual(['c0']);
    expect(reads()).toBe(1);
  });

  it('given an answer that comes after the next break, passes over it', async () => {
    const model = new ThreadModel();
    const { session, socket } = await joined(model);
    socket.break();
    socket.connect();
    const late = await socket.next('thread:join');
    socket.break();
    late.answer({ ok: true, position: '999', changes: [], reload: false, ...model.counts, hidden: 0 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(session.state.connection).toBe('offline');
    expect(session.state.thread?.position).toBe(model.position);
  });

  it('given the word to reload, reads as many pages anew as were shown, at the position told or later', async () => {
    const model = new ThreadModel();
    for (const at of [1, 2, 3, 4, 5]) model.post(at, null);
    const { session, socket, seen } = await joined(model);
    await session.loadMore();
    expect(shown(session)).toEqual(['c0', 'c1', 'c2', 'c3']);
    model.remove(0);
    model.post(6, null);
    socket.hear('thread:changes', { postId: 'p', changes: [], reload: true, position: '400' });
    expect(session.state.connection).toBe('connecting');
    expect(seen).toContain('400');
    const join = await socket.next('thread:join');
    join.answer({ ok: true, position: model.position, changes: [], reload: false, ...model.counts, hidden: 0 });
    await soon(() => session.state.connection === 'live');

    expect(shown(session)).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(session.state.thread).toMatchObject({ total: 6, comments: [{ status: 'removed' }, {}, {}, {}] });
  });

  it('given a join that asks to reload, reads anew and joins from there', async () => {
    const model = new ThreadModel();
    const { session, socket, reads } = await joined(model);
    socket.break();
    model.post(1, null);
    socket.connect();
    (await socket.next('thread:join')).answer({
      ok: true,
      position: model.position,
      changes: [],
      reload: true,
      ...model.counts,
      hidden: 0,
    });
    const again = await socket.next('thread:join');
    expect(again.payload).toEqual({ postId: 'p', after: model.position });
    again.answer({ ok: true, position: model.position, changes: [], reload: false, ...model.counts, hidden: 0 });
    await soon(() => session.state.connection === 'live');
    expect([shown(session), reads()]).toEqual([['c0'], 2]);
  });

  it('given a failure that passes, tries again; given one that does not, says so', async () => {
    const model = new ThreadModel();
    const { session, socket } = follow(model);
    socket.connect();
    const error = { code: 'not_caught_up', detail: 'Later.' };
    (await socket.next('thread:join')).answer({ ok: false, error });
    await soon(() => session.state.problem?.code === 'not_caught_up');
    expect(session.state.connection).toBe('connecting');
    (await socket.next('thread:join')).answer({ ok: false, error: { code: 'post_not_found', detail: 'Gone.' } });
    await soon(() => session.state.connection === 'refused');
    expect(session.state.problem).toMatchObject({ code: 'post_not_found', detail: 'Gone.' });
  });

  it('given a connection that is refused for good, says why', () => {
    const { session, socket } = follow(new ThreadModel());
    const refusal = Object.assign(new Error('x'), { data: { code: 'token_expired', detail: 'Sign in again.' } });
    socket.hear('connect_error', refusal);
    expect(session.state.connection).toBe('connecting');
    socket.active = false;
    socket.hear('connect_error', refusal);
    expect(session.state).toMatchObject({
      connection: 'refused',
      problem: { code: 'token_expired', detail: 'Sign in again.' },
    });
  });

  it.each(['overloaded', 'rate_limited'])(
    'given a connection that is refused with %s, is not refused itself',
    (code) => {
      const { session, socket } = follow(new ThreadModel());
      socket.active = false;
      socket.hear(
        'connect_error',
        Object.assign(new Error('x'), { data: { code, detail: 'Soon.', retryAfterSeconds: 2 } }),
      );
      expect(session.state).toMatchObject({
        connection: 'connecting',
        problem: { code, detail: 'Soon.', retryAfterSeconds: 2 },
      });
    },
  );

  it('tells of presence in its own thread, and of nobody when the connection is gone', async () => {
    const { session, socket } = await joined(new ThreadModel());
    socket.hear('thread:presence', { postId: 'p', readers: 3, typing: ['Somchai'] });
    socket.hear('thread:presence', { postId: 'other', readers: 9, typing: [] });
    expect(session.state.presence).toEqual({ readers: 3, typing: ['Somchai'] });
    socket.break();
    expect(session.state.presence).toEqual({ readers: 0, typing: [] });
  });
});

describe('a live client', () => {
  it('given no connection, sends nothing that might arrive later', async () => {
    const socket = new HeldSocket();
    const asking = new LiveClient(socket).ask('thread:leave', { postId: 'p' });
    await expect(asking).rejects.toMatchObject({ code: 'unreachable', passing: true });
    expect(socket.asked).toEqual([]);
  });

  it('given an answer of no known form, says so', async () => {
    const socket = new HeldSocket();
    socket.connected = true;
    const live = new LiveClient(socket);
    for (const answer of [null, 'ok', {}, { ok: 'yes' }, { ok: false }, { ok: false, error: null }]) {
      const asking = live.ask('thread:leave', { postId: 'p' });
      (await socket.next('thread:leave')).answer(answer);
      await expect(asking).rejects.toMatchObject({ code: 'unexpected_answer' });
    }
  });
});

describe('one’s own comments', () => {
  const answerOf = (comment: Comment) => ({ ok: true, comment, position: comment.position });

  it('given no connection, are sent after the next one, one after another, and shown at once when they are posted', async () => {
    const model = new ThreadModel();
    const outbox = new KeptOutbox();
    const { session, socket } = follow(model, outbox);
    const ids = [session.post('First.'), session.post('Second.')];
    expect(socket.asked).toEqual([]);
    expect(session.state.outbox).toMatchObject([
      { id: ids[0], postId: 'p', parentId: null, body: 'First.', state: 'waiting', problem: null },
      { id: ids[1], body: 'Second.', state: 'waiting' },
    ]);
    socket.connect();
    (await socket.next('thread:join')).answer({
      ok: true,
      position: model.position,
      changes: [],
      reload: false,
      ...model.counts,
      hidden: 0,
    });
    const first = await socket.next('comment:post');
    expect(first.payload).toEqual({ id: ids[0], postId: 'p', parentId: null, body: 'First.' });
    expect(session.state.outbox.map(({ state }) => state)).toEqual(['sending', 'waiting']);
    const comment = { ...model.post(1, null), id: String(ids[0]) };
    first.answer(answerOf(comment));
    await socket.next('comment:post');

    expect(shown(session)).toEqual([ids[0]]);
    expect(session.state.outbox.map(({ id }) => id)).toEqual([ids[1]]);
    expect(outbox.entries.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('given an answer that was lost, are sent again under the same id', async () => {
    const model = new ThreadModel();
    const { session, socket } = await joined(model);
    const id = session.post('Arrived, but who knows?');
    const first = await socket.next('comment:post');
    socket.break();
    first.lose();
    await soon(() => session.state.outbox[0]?.state === 'waiting');
    expect(socket.asked).toEqual([]);
    socket.connect();
    (await socket.next('thread:join')).answer({
      ok: true,
      position: model.position,
      changes: [],
      reload: false,
      ...model.counts,
      hidden: 0,
    });
    const second = await socket.next('comment:post');
    expect(second.payload).toEqual(first.payload);
    second.answer(answerOf({ ...model.post(1, null), id }));
    await soon(() => session.state.outbox.length === 0);
    expect(shown(session)).toEqual([id]);
  });

  it('given the thread shows them before the answer, are not sent again', async () => {
    const model = new ThreadModel();
    const { session, socket } = await joined(model);
    const { position } = model;
    const id = session.post('Seen first.');
    await socket.next('comment:post');
    const comment = { ...model.post(1, null), id };
    socket.break();
    socket.connect();
    const changes = [{ position: comment.position, at: comment.createdAt, kind: 'comment-posted', comment }];
    (await socket.next('thread:join')).answer({
      ok: true,
      position: model.position,
      changes,
      reload: false,
      ...model.counts,
      hidden: 0,
    });
    await soon(() => session.state.connection === 'live');

    expect(session.state.outbox).toEqual([]);
    expect(socket.asked).toEqual([]);
    expect(BigInt(model.position)).toBeGreaterThan(BigInt(position));
  });

  it('given a refusal, wait for their writer; given one that passes, are tried again', async () => {
    const model = new ThreadModel();
    const { session, socket } = await joined(model);
    const id = session.post('Hm.');
    (await socket.next('comment:post')).answer({ ok: false, error: { code: 'storage_unavailable', detail: 'Full.' } });
    await soon(() => session.state.outbox[0]?.problem?.code === 'storage_unavailable');
    expect(session.state.outbox[0]?.state).toBe('sending');
    (await socket.next('comment:post')).answer({ ok: false, error: { code: 'too_deep', detail: 'Too deep.' } });
    await soon(() => session.state.outbox[0]?.state === 'failed');
    expect(session.state.outbox).toMatchObject([{ id, problem: { code: 'too_deep', detail: 'Too deep.' } }]);

    session.retry(id);
    (await socket.next('comment:post')).answer({ ok: false, error: { code: 'too_deep', detail: 'Too deep.' } });
    await soon(() => session.state.outbox[0]?.state === 'failed');
    session.discard(id);
    expect(session.state.outbox).toEqual([]);
  });

  it('leave alone what other threads and pages keep in the same place', async () => {
    const outbox = new KeptOutbox();
    const entry = { parentId: null, body: 'x', writtenAt: '2015-10-01T00:00:00.000Z', problem: null };
    outbox.entries = [
      { ...entry, id: 'elsewhere', postId: 'other', state: 'waiting' },
      { ...entry, id: 'here', postId: 'p', state: 'sending' },
    ];
    const { session } = follow(new ThreadModel(), outbox);
    expect(session.state.outbox).toMatchObject([{ id: 'here', state: 'waiting' }]);
    outbox.entries = [...outbox.entries, { ...entry, id: 'another page', postId: 'p', state: 'waiting' }];
    session.discard('here');
    expect(outbox.entries.map(({ id }) => id)).toEqual(['elsewhere', 'another page']);
  });
});
