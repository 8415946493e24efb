import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { PostedComment, Preview } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let writer: TestMember;
let post: { readonly id: string; readonly slug: string };

beforeAll(async () => {
  forum = await startForum({ env: { RATE_LIMITS: 'on' } });
  admin = await forum.admin();
  writer = await forum.member('linh');
  post = await forum.publish(admin);
});
afterAll(() => forum.close());

const preview = (body: unknown, token?: string) =>
  forum.call('POST', '/api/v1/previews', { body: { body }, ...(token === undefined ? {} : { token }) });
const form = (fields: Readonly<Record<string, string>>, token?: string) =>
  forum.call('POST', `/posts/${post.slug}/comments`, {
    ...(token === undefined ? {} : { token }),
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const posted = (body: string, by: TestMember) =>
  forum.done<PostedComment>('POST', `/api/v1/posts/${post.id}/comments`, { token: by.token, body: { body } });
const count = async () => (await forum.done<{ commentCount: number }>('GET', `/api/v1/posts/${post.id}`)).commentCount;

/** What is trimmed, composed, escaped, linked and laid out. */
const TEXT =
  '  Cafe\u0301 **strong** @linh <b>no</b>\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | `x` |\r\n\r\n# Head\r\n\r\nhttps://example.org  ';

test('a preview is byte for byte the HTML of the posted text, and records nothing', async () => {
  const before = await count();
  const answer = await preview(TEXT, writer.token);
  expect(answer.status).toBe(200);
  expect(await count()).toBe(before);
  const { comment } = await posted(TEXT, writer);
  expect(answer.body).toEqual({ bodyHtml: comment.bodyHtml });
});

test('guests see previews where the site takes guests, and strangers elsewhere see none', async () => {
  expect((await preview('Hello')).status).toBe(401);
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  expect((await preview('Hello')).body).toEqual({ bodyHtml: '<p>Hello</p>\n' } satisfies Preview);
  const page = String((await form({ body: 'Hello', name: 'Sokha', email: 'sokha@example.org', preview: 'x' })).body);
  expect(page).toContain('value="sokha@example.org"');
  expect(page).toMatch(/<section class="preview"[^>]*>.*<p>Hello<\/p>/s);
  expect(page).not.toContain('aria-invalid="true"');
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: false } });
});

test('without the program a button shows the preview, and another quotes the answered comment; the text stays', async () => {
  const { comment } = await posted('One *line*\n\nand another', writer);
  const before = await count();
  const fields = { id: randomUUID(), parentId: comment.id, sort: 'oldest', body: 'My **answer**' };
  const shown = await form({ ...fields, preview: 'Preview' }, writer.token);
  expect(shown.status).toBe(200);
  expect(shown.body).toContain('<p>My <strong>answer</strong></p>');
  expect(shown.body).toContain('>My **answer**</textarea>');
  const quoted = String((await form({ ...fields, quote: 'Quote' }, writer.token)).body);
  const field = /<textarea[^>]*id="answer-[^>]*>([^<]*)</.exec(quoted)?.[1]?.replaceAll('&gt;', '>');
  expect(field).toBe(
    `My **answer**\n\n> One *line*\n>\n> and another\n>\n> — [${writer.member.displayName}](/comments/${comment.id})\n\n`,
  );
  expect(await count()).toBe(before);
});

test('what could not be posted has no preview, and previews have a limit', async () => {
  expect((await preview('x'.repeat(10_001), writer.token)).status).toBe(400);
  const shown = await form({ body: 'x'.repeat(10_001), parentId: '', preview: 'Preview' }, writer.token);
  expect(shown.status).toBe(400);
  expect(shown.body).toContain('xxx</textarea>');
  const answers = await Promise.all(Array.from({ length: 121 }, () => preview('x', admin.token)));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
});
