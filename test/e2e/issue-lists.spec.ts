import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page, Post, PostSummary } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newsletterReaders } from '../support/newsletter-readers.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let editor: TestMember;
let sent: Post;

const issue = (title: string, publishAt?: string): Promise<Post> =>
  forum.publish(editor, { title, kind: 'newsletter', ...(publishAt === undefined ? {} : { publishAt }) });

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  editor = await forum.member('the-editor', ['editor']);
  await newsletterReaders(forum, { count: 3 });
  await forum.done('PATCH', '/api/v1/site', {
    token: admin.token,
    body: { newsletter: true, timeZone: 'Asia/Bangkok' },
  });
  sent = await issue('October <b>', '2015-10-31T20:00:00.000Z');
  await issue('Last of the year', '2015-12-31T20:00:00.000Z');
  await issue('Not yet', new Date(Date.now() + 3_600_000).toISOString());
  const gone = await issue('Withdrawn');
  await forum.done('POST', `/api/v1/posts/${gone.id}/withdraw`, { token: editor.token });
  await forum.publish(editor, { title: 'An article' });
  const draft = { title: 'Half an issue', body: 'b', kind: 'newsletter' };
  await forum.done('PUT', `/api/v1/post-drafts/${newId()}`, { token: editor.token, body: draft });
  await forum.done('POST', `/api/v1/posts/${sent.id}/issue`, { token: editor.token, body: { do: 'send' } });
});
afterAll(() => forum.close());

const shown = async (path: string, by?: TestMember) => {
  const { status, body } = await forum.call('GET', path, by === undefined ? {} : { token: by.token });
  return { status, html: String(body).replace(/<header[\s\S]*?<\/header>/, '') };
};

test('everybody finds the issues that have appeared, by the year of the site, and nothing else', async () => {
  for (const by of [undefined, editor]) {
    const { status, html } = await shown('/newsletter/archive', by);
    expect(status).toBe(200);
    expect(html).toMatch(/>2016<[\s\S]*Last of the year[\s\S]*>2015<[\s\S]*October &lt;b>/);
    expect(html).not.toMatch(/Not yet|Withdrawn|An article|Half an issue/);
  }
  expect((await shown('/newsletter')).html).toContain('href="/newsletter/archive"');
  expect((await shown(`/posts/${sent.slug}`)).html).toContain('href="/newsletter/archive"');
  const { items } = await forum.done<Page<PostSummary>>('GET', '/api/v1/posts?kind=newsletter');
  expect(items.map(({ title }) => title)).toEqual(['Last of the year', 'October <b>']);
  expect((await forum.call('GET', '/api/v1/posts?kind=page')).status).toBe(400);
  const first = await forum.done<Page<PostSummary>>('GET', '/api/v1/posts?kind=newsletter&limit=1');
  expect((await forum.call('GET', `/api/v1/posts?limit=1&cursor=${first.next}`)).status).toBe(400);
});

test('editors see all issues: drafts, what waits, and how far each is; nobody else does', async () => {
  const { html } = await shown('/newsletter/issues', editor);
  for (const title of ['Half an issue', 'Not yet', 'Last of the year', 'October &lt;b>']) expect(html).toContain(title);
  expect(html).not.toContain('An article');
  expect(html).toMatch(/October[\s\S]*It is being sent: 0 of 3 mails\./);
  expect(html).toContain('Not sent yet.');
  expect(html).not.toContain('@readers.example');
  expect((await shown('/newsletter/issues', await forum.member('reader'))).status).toBe(403);
  expect((await forum.call('GET', '/newsletter/issues')).status).toBe(303);
});
