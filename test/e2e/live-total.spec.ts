import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { ColloquyClient, type Comment, LiveClient, ThreadSession } from '../../libs/client/index.ts';
import { type LiveForum, remove, startLiveForum } from '../support/live-forum.ts';
import { newId } from '../support/running-forum.ts';

let live: LiveForum;
const sockets: Socket[] = [];

beforeAll(async () => {
  live = await startLiveForum();
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await live.forum.close();
});

/** Follows a thread whose second page is not read. */
function follow(postId: string, token?: string): ThreadSession {
  const auth = token === undefined ? {} : { token };
  const socket = io(`${live.forum.url}/live`, { transports: ['websocket'], forceNew: true, auth });
  sockets.push(socket);
  const rest = new ColloquyClient({ baseUrl: live.forum.url, ...auth });
  const session = new ThreadSession({ rest, live: new LiveClient(socket), postId, limit: 2 });
  session.start();
  return session;
}

function until(session: ThreadSession, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      stop();
      resolve();
    };
    const stop = session.subscribe(look);
    look();
  });
}

/** What moderators do, as the log records it. */
async function record(type: 'CommentHeld.v1' | 'CommentRestored.v1', { id, postId, revision }: Comment): Promise<void> {
  const data = { commentId: id, postId, ...(type === 'CommentHeld.v1' ? { reasons: ['links'] } : {}) };
  const by = { actor: 'policy', correlationId: newId(), causationId: null, occurredAt: new Date().toISOString() };
  const { log, views } = live.forum.forum;
  const event = { id: newId(), type, data, sealed: null, ...by };
  const { position } = await log.store.append(`comment-${id}`, [event], BigInt(revision));
  await views.reached(position);
}

async function thread(): Promise<{ readonly postId: string; readonly last: Comment }> {
  const postId = await live.post();
  for (let count = 0; count < 5; count += 1) await live.forum.comment(live.writer, postId);
  return { postId, last: await live.forum.comment(live.writer, postId) };
}

/** Once a further comment has come by live: items over all pages and visible comments, as the session knows them; throws when the forum says otherwise. */
async function counts(session: ThreadSession, postId: string, token?: string): Promise<readonly unknown[]> {
  const marker = await live.forum.comment(live.writer, postId);
  const heard = () => BigInt(session.state.thread?.position ?? '0') >= BigInt(marker.position);
  await until(session, () => session.state.connection === 'live' && heard());
  const client = new ColloquyClient({ baseUrl: live.forum.url, ...(token === undefined ? {} : { token }) });
  const { total } = await client.comments(postId, { limit: 1 });
  const { commentCount } = await client.post(postId);
  const known = [session.state.thread?.total, session.state.thread?.visible];
  expect(known).toEqual([total, commentCount]);
  return known;
}

const isLive = (session: ThreadSession) => until(session, () => session.state.connection === 'live');

describe('the counts of a thread whose pages are not all read', () => {
  it('stay right when a comment on an unread page is removed and comes back', async () => {
    const { postId, last } = await thread();
    const session = follow(postId);
    await isLive(session);
    expect(session.state.thread).toMatchObject({ total: 6, next: expect.any(String) });

    const removed = await remove(live.forum, live.writer, last);
    expect(await counts(session, postId)).toEqual([7, 6]);
    await record('CommentRestored.v1', removed);
    expect(await counts(session, postId)).toEqual([8, 8]);
  });

  it('stay right when one is held, comes back, and both at once', async () => {
    const { postId, last } = await thread();
    const session = follow(postId);
    await isLive(session);

    await record('CommentHeld.v1', last);
    expect(await counts(session, postId)).toEqual([6, 6]);
    await record('CommentRestored.v1', { ...last, revision: last.revision + 1 });
    expect(await counts(session, postId)).toEqual([8, 8]);
    session.stop();
    await record('CommentHeld.v1', { ...last, revision: last.revision + 2 });
    await record('CommentRestored.v1', { ...last, revision: last.revision + 3 });
    session.start();
    expect(await counts(session, postId)).toEqual([9, 9]);
  });

  it('are the moderator’s own, who sees what is held', async () => {
    const { postId, last } = await thread();
    await record('CommentHeld.v1', last);
    const { token } = live.editor;
    const [moderator, reader] = [follow(postId, token), follow(postId)];
    await isLive(moderator);
    await isLive(reader);
    expect([moderator.state.thread?.total, reader.state.thread?.total]).toEqual([6, 5]);

    expect(await counts(moderator, postId, token)).toEqual([7, 6]);
    expect(await counts(reader, postId)).toEqual([7, 7]);
  });
});
