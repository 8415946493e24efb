import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import { PERMISSIONS, type Permission } from '../../src/permissions.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';

/** Words that stand in hidden comments and nowhere else. */
const SECRET = 'quetzalcoatlus';

let live: LiveForum;
let moderator: TestMember;
let author: TestMember;
let post: Post;
let start: string;
/** By what was done to them; readers may know the place of the removed one, and of no other. */
const hidden = new Map<string, Comment>();

beforeAll(async () => {
  live = await startLiveForum();
  const { forum } = live;
  moderator = await forum.member('the-moderator', ['moderator']);
  author = await forum.member('sly-author');
  post = await forum.publish(live.editor);
  start = (await forum.thread(post.id)).position;
  const say = (what: string, parentId: string | null = null) =>
    forum.comment(author, post.id, { body: `${SECRET} ${what}`, parentId });
  const rule = (comment: Comment, action: string) =>
    forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: moderator.token,
      body: { action, revision: comment.revision },
    });
  const shown = await forum.comment(live.writer, post.id, { body: 'A visible word' });
  for (const action of ['hold', 'reject', 'remove']) {
    const comment = await say(action, shown.id);
    await rule(comment, action);
    hidden.set(action, comment);
  }
  await forum.done('POST', `/api/v1/members/${author.member.id}/sanctions`, {
    token: moderator.token,
    body: { kind: 'pre-moderation', reason: 'spam' },
  });
  hidden.set('held by the policy', await say('policy'));
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

/** All that somebody of these roles may read, with every id of this forum in every place that takes one. */
function addresses(roles: readonly ['member'] | null): readonly string[] {
  const open = Object.entries<Permission>(PERMISSIONS).filter(([name, permission]) => {
    return name.startsWith('GET /') && (permission === 'anyone' || (permission === 'member' && roles !== null));
  });
  return open.flatMap(([name]) => {
    const [, pattern = ''] = name.split(' ');
    if (/\/(comments|cases|receipts)\/:/.test(pattern)) {
      return [...hidden.values()].map(({ id }) => pattern.replace(/:\w+/, id));
    }
    const path = pattern.replace(':year', '2026').replace(':month', '11').replace(':tag', 'news').replace(':file', 'x');
    const filled = path
      .replace(/\/posts\/:(id|idOrSlug)/, `/posts/${post.id}`)
      .replace('/posts/:slug', `/posts/${post.slug}`)
      .replace(':handle', 'sly-author')
      .replace(/:\w+/g, author.member.id);
    const asked = [filled, `${filled}?q=${SECRET}`, `${filled}?sort=newest`, `${filled}?sort=best`];
    return pattern.includes('/posts/:') ? [...asked, ...momentsOf(filled)] : asked;
  });
}

/** The thread as it stood when each of them had just been written and was there for all, and what changed since then. */
function momentsOf(path: string): readonly string[] {
  const moments = [...hidden.values()].flatMap(({ position, createdAt }) => [
    `position=${position}`,
    `at=${createdAt}`,
    `after=${position}`,
    `since=${createdAt}`,
    `since=${position}`,
    `after=0&position=${position}`,
    `since=1970-01-01T00:00:00Z&at=${createdAt}`,
  ]);
  return ['after=0', 'since=0', 'since=1970-01-01T00:00:00Z', ...moments].map((query) => `${path}?${query}`);
}

describe.each([
  ['a reader without an account', () => undefined, null],
  ['another member', () => live.reader.token, ['member'] as const],
])('%s', (_, token, roles) => {
  it('finds nothing of what was held, rejected or removed, at no address', async () => {
    const asked = addresses(roles);
    expect(asked.length).toBeGreaterThan(20);
    for (const path of asked) {
      const { body } = await live.forum.call('GET', path, { token: token() });
      const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
      // What was asked for may be said back; what was written may not.
      const told = text
        .replaceAll(encodeURIComponent(path), '')
        .replaceAll(`q=${SECRET}`, '')
        .replaceAll(`"${SECRET}"`, '');
      expect([path, told.includes(`${SECRET} `)]).toEqual([path, false]);
      for (const [action, { id }] of hidden) {
        if (action === 'remove' || path.includes(id)) continue;
        expect([path, action, told.includes(id)]).toEqual([path, action, false]);
      }
    }
  });

  it('is told nothing of it live, from the beginning or now', async () => {
    const socket = await live.connect(token() === undefined ? {} : { token: token() });
    const { changes } = await socket.ask('thread:join', { postId: post.id, after: start });
    const text = JSON.stringify(changes);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(hidden.get('held by the policy')?.id ?? '-');
    const again = await live.forum.comment(author, post.id, { body: `${SECRET} again` });
    const marker = await live.forum.comment(live.writer, post.id, { body: 'A marker' });
    await socket.until(() => JSON.stringify(socket.of('thread:changes')).includes(marker.id));
    expect(JSON.stringify(socket.frames)).not.toContain(again.id);
    expect(JSON.stringify(socket.frames)).not.toContain(SECRET);
  });

  it('is counted none of it', async () => {
    const { total, items } = await live.forum.thread(post.id);
    const withReplies = items.find(({ body }) => body === 'A visible word');
    expect(items.filter(({ body }) => body !== null).map(({ body }) => body)).not.toContain(SECRET);
    expect(items).toHaveLength(total);
    expect(withReplies?.replyCount).toBe(0);
    const listed = await live.forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
    expect(listed.commentCount).toBe(items.filter(({ status }) => status === 'visible').length);
  });
});

describe('the author', () => {
  it('sees its own held and rejected comments, marked so', async () => {
    const page = await live.forum.done<{ items: Comment[] }>('GET', `/api/v1/posts/${post.id}/comments`, {
      token: author.token,
    });
    const own = (what: string) => page.items.find(({ id }) => id === hidden.get(what)?.id);
    expect(own('held by the policy')).toMatchObject({ status: 'held', body: `${SECRET} policy` });
    expect(own('hold')).toMatchObject({ status: 'held', body: `${SECRET} hold` });
    expect(own('reject')).toMatchObject({ status: 'rejected', body: `${SECRET} reject` });
  });
});
