import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { Comment, CommentPage, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { changesOf } from '../support/live-forum.ts';
import { TestSocket } from '../support/live-socket.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

const BLOG = 'https://blog.example';
let forum: RunningForum;
let reader: TestMember;
let admin: TestMember;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: `${BLOG}, https://xn--bcher-kva.example` } });
  admin = await forum.admin();
  reader = await forum.member('somchai');
}, 60_000);
afterAll(() => forum?.close());

const page = (url: string, title?: string): Promise<Post> =>
  forum.done('PUT', '/api/v1/pages', { body: { url, ...(title === undefined ? {} : { title }) } });
const comment = async (postId: string, body = 'First'): Promise<Comment> =>
  (
    await forum.done<{ comment: Comment }>('POST', `/api/v1/posts/${postId}/comments`, {
      token: reader.token,
      body: { body },
    })
  ).comment;
const thread = (postId: string): Promise<CommentPage> => forum.done('GET', `/api/v1/posts/${postId}/comments`);

describe('a page of another site', () => {
  it('costs the log nothing until its first comment, and is found by its id all the same', async () => {
    const before = await eventCount();
    const found = await page(`${BLOG}/peace?b=2&a=1&utm_source=x#end`, 'Peace');
    expect(found).toMatchObject({
      kind: 'page',
      title: 'Peace',
      url: `${BLOG}/peace?a=1&b=2`,
      commentCount: 0,
      author: null,
    });
    expect(await page(`${BLOG}/peace?a=1&b=2`)).toMatchObject({ id: found.id, slug: found.slug });
    expect(await thread(found.id)).toMatchObject({ total: 0, items: [], next: null });
    expect(await forum.done('GET', `/api/v1/posts/${found.id}`)).toMatchObject({ slug: found.slug });
    expect(await eventCount()).toBe(before);

    const posted = await comment(found.id);
    expect(await page(`${BLOG}/peace?a=1&b=2`, 'Another title')).toMatchObject({
      id: found.id,
      slug: found.slug,
      title: 'Peace',
      url: `${BLOG}/peace?a=1&b=2`,
      commentCount: 1,
    });
    expect((await thread(found.id)).items).toMatchObject([{ id: posted.id }]);
    expect(await forum.done('GET', '/api/v1/posts')).toMatchObject({ items: [] });
  });

  it('has one discussion though several write first, and each repeat is recorded once', async () => {
    const { id } = await page(`${BLOG}/many`, 'Many');
    const written = await Promise.all([1, 2, 3, 4].map((n) => comment(id, `Comment ${n}`)));
    expect((await thread(id)).items.map((one) => one.id).sort()).toEqual(written.map((one) => one.id).sort());
    const found = await events('PageAddressed.v1', `post-${id}`);
    expect(found).toEqual([{ postId: id, url: `${BLOG}/many` }]);
  });

  it('is told live of its first comment', async () => {
    const { id } = await page(`${BLOG}/live`);
    const socket = await new TestSocket(forum.url).connected();
    expect(await socket.ask('thread:join', { postId: id })).toMatchObject({ ok: true, changes: [], reload: false });
    const { id: commentId } = await comment(id);
    await socket.until(() =>
      changesOf(socket).some((change) => 'comment' in change && change.comment.id === commentId),
    );
    socket.close();
  });

  it('is not recorded for a text that is refused, nor for an answer to nothing', async () => {
    const { id } = await page(`${BLOG}/refused`);
    const before = await eventCount();
    for (const body of [{ body: ' ' }, { body: 'Answer', parentId: newId() }]) {
      const refused = await forum.call('POST', `/api/v1/posts/${id}/comments`, { token: reader.token, body });
      expect(refused.status).toBeGreaterThanOrEqual(400);
    }
    expect(await eventCount()).toBe(before);
  });

  it('is named to moderators with its address, and its page here leads to it', async () => {
    const { id, slug } = await page(`${BLOG}/reported`, 'Reported');
    const { id: commentId } = await comment(id);
    await forum.done('POST', `/api/v1/comments/${commentId}/reports`, { token: admin.token, body: { reason: 'spam' } });
    const queue = await forum.done<{ items: { post: object }[] }>('GET', '/api/v1/moderation/queue?list=reported', {
      token: admin.token,
    });
    expect(queue.items).toMatchObject([{ post: { id, slug, title: 'Reported', url: `${BLOG}/reported` } }]);
    const shown = await forum.call('GET', `/moderation/cases/${commentId}`, {
      headers: { cookie: `colloquy_session=${admin.token}` },
    });
    expect(shown.body).toContain(`href="${BLOG}/reported#comment-${commentId}"`);
    expect((await forum.call('GET', `/posts/${slug}`)).body).toContain(`href="${BLOG}/reported"`);
  });

  it('is closed to readers once it is withdrawn', async () => {
    const { id } = await page(`${BLOG}/withdrawn`);
    await comment(id);
    await forum.done('POST', `/api/v1/posts/${id}/withdraw`, { token: admin.token });
    expect(await forum.call('PUT', '/api/v1/pages', { body: { url: `${BLOG}/withdrawn` } })).toMatchObject({
      status: 404,
    });
  });
});

test.each([
  ['https://other.example/', 403],
  ['http://blog.example/', 403],
  ['https://blog.example:8443/', 403],
  ['https://sub.blog.example/', 403],
  ['https://blog.example.evil.example/', 403],
  ['https://blog.example./', 403],
  ['https://blоg.example/', 403],
  ['https://user@blog.example/', 400],
  ['javascript:alert(1)', 400],
  ['//blog.example/', 400],
])('%s has no discussion: %s', async (url, status) => {
  expect(await forum.call('PUT', '/api/v1/pages', { body: { url } })).toMatchObject({ status });
});

test('an international name is one page in both spellings', async () => {
  expect((await page('https://bücher.example/ü')).id).toBe((await page('https://xn--bcher-kva.example/%C3%BC')).id);
});

async function eventCount(): Promise<number> {
  return (await events()).length;
}

async function events(type?: string, stream?: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const event of forum.forum.log.store.readAll()) {
    if ((type === undefined || event.type === type) && (stream === undefined || event.stream === stream))
      found.push(event.data);
  }
  return found;
}

describe('what other sites read', () => {
  it('counts the comments of 100 pages at once, whatever else is asked for, in a few milliseconds', async () => {
    const { id } = await page(`${BLOG}/counted`);
    await comment(id);
    const urls = [`${BLOG}/counted?utm_source=x`, `${BLOG}/none`, 'https://other.example/', 'nothing'];
    const more = Array.from({ length: 96 }, (_, n) => `${BLOG}/${n}`);
    const query = (asked: readonly string[]) => new URLSearchParams(asked.map((url) => ['url', url]));
    for (const path of ['/counts', '/api/v1/counts']) {
      const answer = await forum.call('GET', `${path}?${query([...urls, ...more])}`);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.body).toMatchObject({
        counts: { [urls[0] ?? '']: 1, [urls[1] ?? '']: 0, [urls[2] ?? '']: 0, nothing: 0 },
      });
      expect(await forum.call('GET', `${path}?${query([...urls, ...more, 'x'])}`)).toMatchObject({ status: 400 });
      expect(await forum.call('GET', path)).toMatchObject({ status: 400 });
    }
  });

  it('has the newest comments that everybody can read, with their places', async () => {
    const { id, title, slug } = await page(`${BLOG}/recent`, 'Recent');
    const first = await comment(id, 'One');
    const second = await comment(id, 'Two');
    await forum.done('DELETE', `/api/v1/comments/${first.id}`, { token: reader.token });
    const { items, next } = await forum.done<{ items: { comment: Comment }[]; next: string | null }>(
      'GET',
      '/api/v1/posts/recent-comments?limit=1',
    );
    expect(items).toMatchObject([{ comment: { id: second.id }, post: { id, title, slug, url: `${BLOG}/recent` } }]);
    const further = await forum.done<{ items: { comment: Comment }[] }>(
      'GET',
      `/api/v1/posts/recent-comments?cursor=${next}`,
    );
    expect(further.items.map((one) => one.comment.id)).not.toContain(first.id);
  });

  it('quotes posts and single comments as oEmbed has them, and nothing else', async () => {
    const post = await forum.publish(admin, { title: 'Quoted <b>', body: 'Its text.' });
    const said = await forum.comment(reader, post.id, { body: 'Said *here*' });
    const ask = (url: string, more = '') => forum.call('GET', `/oembed?url=${encodeURIComponent(url)}${more}`);
    const shape = { version: '1.0', type: 'rich', title: 'Quoted <b>', width: 600, height: 300 };
    const ofPost = await ask(`${forum.url}/posts/${post.slug}`);
    expect(ofPost.body).toMatchObject({ ...shape, html: expect.stringContaining('Quoted &lt;b></a>') });
    for (const url of [`${forum.url}/comments/${said.id}`, `${forum.url}/posts/${post.slug}#comment-${said.id}`]) {
      const quoted = { ...shape, author_name: 'Name of somchai', width: 300, height: 90 };
      expect((await ask(url, '&maxwidth=300&maxheight=90')).body).toMatchObject({
        ...quoted,
        html: expect.stringContaining('Said <em>here</em>'),
      });
    }
    const none = await ask(`${forum.url}/posts/none`);
    expect(none).toMatchObject({ status: 404, body: { code: 'post_not_found' } });
    expect(none.headers.get('content-type')).toContain('application/problem+json');
    expect(await ask('https://other.example/posts/x')).toMatchObject({ status: 404 });
    expect(await ask(`${forum.url}/sign-in`)).toMatchObject({ status: 404 });
    expect(await ask(`${forum.url}/posts/${post.slug}`, '&format=xml')).toMatchObject({ status: 501 });

    // Nobody quotes what is hidden from a copy without asking.
    const quoting = `/oembed?${new URLSearchParams({ url: `${forum.url}/comments/${said.id}` })}`;
    const kept = await forum.call('GET', quoting);
    const headers = { 'if-none-match': kept.headers.get('etag') ?? '' };
    expect(kept.headers.get('cache-control')).toBe('no-cache');
    expect((await forum.call('GET', quoting, { headers })).status).toBe(304);
    const decision = { action: 'hold', reason: 'spam', revision: said.revision };
    await forum.done('POST', `/api/v1/comments/${said.id}/decisions`, { token: admin.token, body: decision });
    expect((await forum.call('GET', quoting, { headers })).status).toBe(404);
  });
});
