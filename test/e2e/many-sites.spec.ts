import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LogEntry, Page, Post, QueueAnswer, RecentComment } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const [FIRST, SECOND] = ['https://first.example', 'https://second.example'];
let forum: RunningForum;
let admin: TestMember;
let reader: TestMember;
/** By site: the comment written there, which is held. */
const written: Record<string, string> = {};

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: `${FIRST},${SECOND}` } });
  admin = await forum.admin();
  reader = await forum.member('somchai');
  await forum.done('PATCH', '/api/v1/site', {
    token: admin.token,
    body: { siteNames: [{ origin: FIRST, name: 'The <first> blog' }] },
  });
  const article = await forum.publish(admin, { title: 'Own', body: 'Text.' });
  const pageOf = (url: string) => forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
  const posts = { own: article, [FIRST]: await pageOf(`${FIRST}/a`), [SECOND]: await pageOf(`${SECOND}/a`) };
  for (const [site, post] of Object.entries(posts)) {
    await forum.comment(reader, post.id, { body: `Shown at ${site}` });
    const { id, revision } = await forum.comment(reader, post.id, { body: `Held at ${site}` });
    await forum.done('POST', `/api/v1/comments/${id}/decisions`, {
      token: admin.token,
      body: { action: 'hold', reason: 'spam', revision },
    });
    written[site] = id;
  }
}, 60_000);
afterAll(() => forum?.close());

const ask = <Body>(path: string): Promise<Body> => forum.done('GET', path, { token: admin.token });
const show = async (path: string): Promise<string> => {
  const cookie = `colloquy_session=${admin.token}; colloquy_locale=en`;
  return String((await forum.call('GET', path, { headers: { cookie } })).body);
};
const named = (site: string): string => encodeURIComponent(site);

describe.each(['own', FIRST, SECOND])('of the site %s alone', (site) => {
  it('the queue has the cases and their number, and the log the decisions', async () => {
    const queue = await ask<QueueAnswer>(`/api/v1/moderation/queue?list=held&site=${named(site)}`);
    expect(queue.items.map(({ comment }) => comment.id)).toEqual([written[site]]);
    expect(queue.counts).toEqual({ reported: 0, held: 1, rejected: 0 });
    const log = await ask<Page<LogEntry>>(`/api/v1/moderation/log?kind=decision&site=${named(site)}`);
    expect(log.items.map(({ commentId }) => commentId)).toEqual([written[site]]);
    const shown = await show(`/moderation/queue?list=held&site=${named(site)}`);
    expect(shown.match(/data-row="[^"]+"/g)).toEqual([`data-row="${written[site]}"`]);
    const table = await show(`/moderation/log?kind=decision&site=${named(site)}`);
    expect(table.match(/\/moderation\/cases\/[0-9a-f-]+/g)).toEqual([`/moderation/cases/${written[site]}`]);
  });

  it('the newest comments are told', async () => {
    const recent = await ask<Page<RecentComment>>(`/api/v1/posts/recent-comments?site=${named(site)}`);
    expect(recent.items.map(({ comment }) => comment.body)).toEqual([`Shown at ${site}`]);
  });
});

describe('a comment', () => {
  it('tells the name of its site, or its host where the site has none, at the queue and among the newest', async () => {
    const sites = { own: undefined, [FIRST]: 'The <first> blog', [SECOND]: 'second.example' };
    const queue = await ask<QueueAnswer>('/api/v1/moderation/queue?list=held');
    expect(Object.fromEntries(queue.items.map(({ comment, post }) => [comment.id, post.site]))).toEqual(
      Object.fromEntries(Object.entries(sites).map(([site, name]) => [written[site], name])),
    );
    const recent = await ask<Page<RecentComment>>('/api/v1/posts/recent-comments');
    expect(recent.items.map(({ post }) => post.site).sort()).toEqual(Object.values(sites).sort());
    expect(await show('/moderation/queue?list=held')).toContain('<bdi class="row-site">The &lt;first> blog</bdi>');
  });

  it('keeps its list when a moderator decides on it', async () => {
    const held = await show(`/moderation/queue?list=held&site=${named(FIRST)}`);
    expect(held).toContain(`href="/moderation/queue?list=reported&amp;site=${named(FIRST)}"`);
    expect(held).toContain(`<input type="hidden" name="site" value="${FIRST}"/>`);
    expect(held).toContain(`<option value="${FIRST}" selected>The &lt;first> blog</option>`);
    const revision = /name="revision" value="(\d+)"/.exec(held)?.[1] ?? '';
    const led = await forum.call('POST', `/moderation/cases/${written[FIRST]}`, {
      raw: new URLSearchParams({ action: 'approve', revision, list: 'held', site: FIRST }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${admin.token}` },
    });
    expect(led.headers.get('location')).toContain(`/moderation/queue?list=held&site=${named(FIRST)}&done=`);
  });
});

it('a site that is none, and the cursor of another site’s list, are refused', async () => {
  const refused = (path: string) => forum.call('GET', path, { token: admin.token });
  for (const path of ['/api/v1/moderation/queue', '/api/v1/moderation/log', '/api/v1/posts/recent-comments']) {
    expect((await refused(`${path}?site=${named('https://first.example/a')}`)).status).toBe(400);
  }
  const { next } = await ask<QueueAnswer>('/api/v1/moderation/queue?list=held&limit=1');
  expect(next).not.toBeNull();
  expect((await refused(`/api/v1/moderation/queue?list=held&limit=1&cursor=${next}&site=own`)).status).toBe(400);
});
