import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const BLOG = 'https://blog.example';
let forum: RunningForum;
let member: TestMember;
beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: BLOG } });
  await forum.admin();
  member = await forum.member('somchai');
}, 60_000);
afterAll(() => forum?.close());

function comment(frame: string) {
  return forum.call('POST', '/embed/comments', {
    raw: new URLSearchParams({ frame, body: 'The first' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${member.token}` },
  });
}

const found = (url: string): Promise<Post> => forum.done('PUT', '/api/v1/pages', { body: { url } });

it.each([
  ['an override', '\u202eabc', 'abc'],
  ['an isolate that nothing closes', '\u2066open', 'open'],
  ['two lines', 'A title\n   over two', 'A title over two'],
  ['a bell and a NUL', 'a\u0007b\u0000c', 'abc'],
  ['nothing that is seen', '\u200b', 'blog.example/title-of-4'],
  ['too many letters, and a direction that the cut leaves open', `\u202b${'ن'.repeat(250)}\u202c`, 'ن'.repeat(199)],
])('a page whose host says %s takes a first comment, and has a title that is shown', async (name, title, expected) => {
  const n = ['an override', 'an isolate', 'two lines', 'a bell', 'nothing', 'too many'].findIndex((one) =>
    name.startsWith(one),
  );
  const url = `${BLOG}/title-of-${n}`;
  const frame = `/embed?${new URLSearchParams({ url, title })}`;
  expect((await forum.call('GET', frame)).status).toBe(200);
  expect((await found(url)).title).toBe(expected);
  // Also for readers whose page says no title, once a stranger has named it.
  const led = await comment(n % 2 === 0 ? frame : `/embed?${new URLSearchParams({ url })}`);
  expect([led.status, led.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/embed\?url=/)]);
  expect(await found(url)).toMatchObject({ title: expected, commentCount: 1 });
});

it('a page whose own address has signs that no title may have takes a first comment', async () => {
  const url = `${BLOG}/%E2%80%AEabc%00d`;
  const led = await comment(`/embed?${new URLSearchParams({ url })}`);
  expect(led.status).toBe(303);
  expect(await found(url)).toMatchObject({ title: 'blog.example/abcd', commentCount: 1 });
});

it.each(['\u0000', '\t', '\n'])('an address with %j inside is none, in a frame as for a program', async (sign) => {
  const url = `${BLOG}/a${sign}b`;
  expect((await forum.call('GET', `/embed?${new URLSearchParams({ url })}`)).status).toBe(400);
  expect((await forum.call('PUT', '/api/v1/pages', { body: { url } })).status).toBe(400);
});
