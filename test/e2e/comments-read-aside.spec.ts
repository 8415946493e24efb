import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import MarkdownItClass from 'markdown-it';
import type { Comment, CommentPage, PolicyVersion, Post, Preview } from '../../libs/client/index.ts';
import { readCommentAside } from '../../libs/markdown/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const POLICY = '/api/v1/moderation/policy';
/** A form ends lines so, and a text is kept without the last ones. */
const TEXTS = [
  ['tables', '|a|\r\n|-|\r\n\r\n'.repeat(900)],
  ['addresses', 'somchai@a.example\r\n\r\n'.repeat(480)],
  ['Burmese in Zawgyi, and lists', `ေနေကာင္းလား\r\n\r\n${'- a\r\n'.repeat(1_900)}`],
] as const;

/** More than are kept. */
const OTHERS = 60;

let forum: RunningForum;
let admin: TestMember;
let post: Post;
/** The texts that this thread, which serves everybody, has read itself. */
let read: string[];

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  post = await forum.publish(admin);
  const { version, rules } = await forum.done<PolicyVersion>('GET', POLICY, { token: admin.token });
  const asked = rules.map((rule) => (rule.rule === 'links' ? { ...rule, on: true, most: 400 } : rule));
  await forum.done('PUT', POLICY, { token: admin.token, body: { version, rules: asked, note: '' } });
});
afterAll(() => forum.close({ keep: false }));

beforeEach(() => {
  read = [];
  const { parse } = MarkdownItClass.prototype;
  jest.spyOn(MarkdownItClass.prototype, 'parse').mockImplementation(function (this: unknown, source, env) {
    read.push(source);
    return Reflect.apply(parse, this, [source, env]);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

it.each(TEXTS)('a comment of nothing but %s is read in another thread, whatever is done with it', async (_, body) => {
  const writer = await forum.member();
  const previewed = await forum.done<Preview>('POST', '/api/v1/previews', { token: writer.token, body: { body } });
  const posted = await forum.comment(writer, post.id, { body });
  const edited = await forum.done<Comment>('PATCH', `/api/v1/comments/${posted.id}`, {
    token: writer.token,
    body: { body: `${body}*again*`, revision: posted.revision },
  });
  expect(read).toEqual([]);
  expect(posted.bodyHtml).toBe(previewed.bodyHtml);
  expect(edited.bodyHtml).toContain('<em>again</em>');
});

it('one that nobody has looked at since the start is, too', async () => {
  await forum.close({ keep: true });
  forum = await startForum({ env: { DATA_DIR: forum.dataDir } });
  // What was read lately is kept for some seconds, as far as there is room.
  for (let n = 0; n < OTHERS; n += 1) await readCommentAside(`${n} ${TEXTS[0][1]}`);
  const path = `/api/v1/posts/${post.id}/comments?limit=100`;
  const { items } = await forum.done<CommentPage>('GET', path, { token: admin.token });
  expect(items.map(({ bodyHtml }) => (bodyHtml?.length ?? 0) > 10_000)).toEqual([true, true, true]);
  expect(read).toEqual([]);
});

it('any other is read at once', async () => {
  await forum.comment(admin, post.id, { body: 'Rice *and* tea' });
  expect(read).toContain('Rice *and* tea');
});
