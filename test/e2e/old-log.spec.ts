import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Comment, Discussion, LogEntry, Page, Post, Revision, Session } from '../../libs/client/index.ts';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { OLD_PASSWORD, type OldEventLine, oldLog, recordOldLog } from '../support/old-log.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const [ANSWER, REMOVED] = ['9c52094e-9962-813d-b338-2ed698a5a1a2', 'f7bae095-706f-85f8-81c6-75eeef12dc5b'];
const LINH = '7447977a-16f8-8238-bb09-bfc87035731b';

let dir: string;
let forum: RunningForum;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-old-log-'));
  forum = await forumOver('old', oldLog());
});
afterAll(async () => {
  await forum.close();
  rmSync(dir, { recursive: true, force: true });
});

async function forumOver(name: string, lines: readonly OldEventLine[]): Promise<RunningForum> {
  const dataDir = join(dir, name);
  await recordOldLog(dataDir, lines);
  return startForum({ env: { DATA_DIR: dataDir } });
}

test('a log of first versions is served as it was', async () => {
  const post = await forum.done<Post>('GET', '/api/v1/posts/safe-journeys');
  expect(post).toMatchObject({ title: 'Safe journeys', author: { id: expect.any(String), displayName: 'Thida' } });
  expect(post.discussion).toEqual({ state: 'open', slowModeSeconds: 120, pinnedCommentId: ANSWER });
  const closed = await forum.done<Post>('GET', '/api/v1/posts/visas');
  expect(closed.discussion).toEqual({ state: 'closed', slowModeSeconds: 0, pinnedCommentId: null });

  const { items } = await forum.done<{ items: Comment[] }>('GET', `/api/v1/posts/${post.id}/comments`);
  expect(
    items.map(({ id, body, author, status, reactions }) => [id, author?.displayName, body, status, reactions]),
  ).toEqual([
    [expect.any(String), 'Somchai', 'Which papers do I need?', 'visible', {}],
    [ANSWER, 'Linh Trần', 'A passport, and a copy of it kept apart.', 'visible', { thanks: 1 }],
    [REMOVED, undefined, null, 'removed', {}],
  ]);
  const history = await forum.done<Revision[]>('GET', `/api/v1/comments/${ANSWER}/history`);
  expect(history.map(({ revision, kind, by, body }) => [revision, kind, by?.displayName, body])).toEqual([
    [0, 'posted', 'Linh Trần', 'A passport, and a copy of it.'],
    [1, 'edited', 'Linh Trần', 'A passport, and a copy of it kept apart.'],
  ]);
});

test('it is answered as one whose discussions were changed by the newest version', async () => {
  const rewritten = await forumOver('new', inSecondVersion(oldLog()));
  try {
    const posts = await forum.done<{ items: Post[] }>('GET', '/api/v1/posts');
    const paths = posts.items.flatMap(({ id, slug }) => [
      `/api/v1/posts/${slug}`,
      `/api/v1/posts/${id}/comments?sort=newest`,
    ]);
    for (const path of ['/api/v1/posts', '/api/v1/members/somchai', ...paths]) {
      expect({ path, body: (await rewritten.call('GET', path)).body }).toEqual({
        path,
        body: (await forum.call('GET', path)).body,
      });
    }
    for (const each of [forum, rewritten]) expect(await verified(each)).toEqual([]);
  } finally {
    await rewritten.close();
  }
});

test('a stream that began with the first version goes on with the second, over a restart too', async () => {
  const { token } = await forum.done<Session>('POST', '/api/v1/sessions', {
    body: { login: 'linh', password: OLD_PASSWORD },
  });
  const { id: postId } = await forum.done<Post>('GET', '/api/v1/posts/safe-journeys');
  const set = (body: object) => forum.done<Discussion>('PUT', `/api/v1/posts/${postId}/discussion`, { token, body });

  const closed = { state: 'closed', slowModeSeconds: 120, pinnedCommentId: ANSWER };
  expect(await set({ state: 'closed', reason: 'All is answered.' })).toEqual(closed);
  expect(await set({ state: 'closed', pinnedCommentId: null })).toEqual({ ...closed, pinnedCommentId: null });

  const events: RecordedEvent[] = [];
  for await (const event of forum.forum.log.store.readStream(`discussion-${postId}`)) events.push(event);
  expect(events.map(({ revision, type, actor, data }) => ({ revision, type, actor, data })).slice(3)).toEqual([
    {
      revision: 3n,
      type: 'DiscussionChanged.v1',
      actor: LINH,
      data: { postId, state: 'open', slowModeSeconds: 120, pinnedCommentId: ANSWER },
    },
    {
      revision: 4n,
      type: 'DiscussionChanged.v2',
      actor: LINH,
      data: { postId, state: 'closed', reason: 'All is answered.' },
    },
    { revision: 5n, type: 'DiscussionChanged.v2', actor: LINH, data: { postId, pinnedCommentId: null, reason: null } },
  ]);

  await forum.close({ keep: true });
  forum = await startForum({ env: { DATA_DIR: forum.dataDir } });
  const post = await forum.done<Post>('GET', '/api/v1/posts/safe-journeys');
  expect(post.discussion).toEqual({ ...closed, pinnedCommentId: null });
  expect(await verified(forum)).toEqual([]);
});

test('a translation that was removed by the first version is told as before, and has no words of the moderator', async () => {
  const [postId, translationId, somchai] = [
    oldLog().find(({ type }) => type === 'PostPublished.v1')?.data['postId'] ?? '',
    'b0a2c2be-6a0c-4c55-9a1e-2f1f7d6e0f21',
    oldLog().find(({ stream, type }) => type === 'MemberRegistered.v1' && stream !== `member-${LINH}`)?.actor ?? '',
  ];
  const about = { translationId, postId, commentId: null, language: 'th', memberId: somchai };
  const last = oldLog().at(-1);
  if (last === undefined) throw new Error('the old log is empty');
  const line = (n: number, over: Pick<OldEventLine, 'type' | 'data' | 'actor' | 'personal'>): OldEventLine => ({
    ...last,
    id: `b0a2c2be-6a0c-8c55-9a1e-2f1f7d6e0f3${n}`,
    stream: `translation-${translationId}`,
    revision: String(n),
    ...over,
  });
  const removed = { ...about, by: 'moderator', reason: 'spam' };
  const old = await forumOver('translated', [
    ...oldLog(),
    line(0, {
      type: 'TranslationWritten.v1',
      data: { ...about, sourceRevision: 0, sourceHash: 'hash' },
      actor: somchai,
      personal: { title: 'Borders', body: 'Text' },
    }),
    line(1, { type: 'TranslationRemoved.v1', data: removed, actor: LINH, personal: null }),
  ]);
  try {
    const { token } = await old.done<Session>('POST', '/api/v1/sessions', {
      body: { login: 'linh', password: OLD_PASSWORD },
    });
    const log = await old.done<Page<LogEntry>>('GET', '/api/v1/moderation/log?limit=1', { token });
    expect(log.items).toMatchObject([{ kind: 'translation-removed', reason: 'spam', note: null }]);
    const text = await old.done<Post>('GET', `/api/v1/posts/${postId}`);
    const headers = { cookie: `colloquy_session=${await tokenOf(old, somchai)}` };
    const page = String((await old.call('GET', `/posts/${text.slug}/translations`, { headers })).body);
    expect(page).toContain('A moderator removed your translation into Thai');
    expect(page).not.toContain('The moderator wrote to you');
    expect(await verified(old)).toEqual([]);
  } finally {
    await old.close();
  }
});

async function tokenOf(old: RunningForum, memberId: string): Promise<string> {
  const login = oldLog().find(({ stream }) => stream === `member-${memberId}`)?.data['handle'];
  return (await old.done<Session>('POST', '/api/v1/sessions', { body: { login, password: OLD_PASSWORD } })).token;
}

/** The views whose rebuild from the log differs from the live one. */
async function verified({ forum: { views } }: RunningForum): Promise<readonly string[]> {
  const differing: string[] = [];
  for (const { name } of views.state()) if (!(await views.verify(name)).equal) differing.push(name);
  return differing;
}

/** The same happenings as the program records them now: of a discussion's settings those that changed. */
function inSecondVersion(lines: readonly OldEventLine[]): readonly OldEventLine[] {
  const before = new Map<string, OldEventLine['data']>();
  return lines.map((line) => {
    if (line.type !== 'DiscussionChanged.v1') return line;
    const known = before.get(line.stream) ?? { state: 'open', slowModeSeconds: 0, pinnedCommentId: null };
    before.set(line.stream, line.data);
    const changes = Object.entries(line.data).filter(([field, value]) => value !== known[field] || field === 'postId');
    return { ...line, type: 'DiscussionChanged.v2', data: { ...Object.fromEntries(changes), reason: null } };
  });
}
