import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { outboxMails } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const BLOG = 'https://blog.example';

let forum: RunningForum;
let admin: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ reacts: true, env: { EMBED_ORIGINS: BLOG } });
  admin = await forum.admin();
  post = await forum.publish(admin);
});
afterAll(() => forum.close());

const frame = (locale: string): string => `/embed?url=${encodeURIComponent(`${BLOG}/a`)}&locale=${locale}`;
const boxIn = async (path: string, locale = 'en'): Promise<string> => {
  const { body } = await forum.call('GET', path, { headers: { 'accept-language': locale, referer: `${BLOG}/a` } });
  return /<form class="subscription-box"[\s\S]*?<\/form>/.exec(String(body))?.[0] ?? '';
};
const turn = (newsletter: boolean) => forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter } });

test('home, posts and frames ask for the newsletter where there is one, and nowhere else', async () => {
  const pages = ['/', `/posts/${post.slug}`, frame('vi')];
  for (const path of pages) expect(await boxIn(path)).toBe('');
  await turn(true);
  for (const path of pages) {
    const box = await boxIn(path, 'vi');
    expect(box).toContain('action="/newsletter"');
    expect(box).toContain('<input type="hidden" name="locale" value="vi"/>');
    expect(box).toMatch(/<label for="subscriber">Nhận bản tin qua e-mail<\/label><input id="subscriber" name="email"/);
    expect(box).not.toContain('name="as"');
  }
  expect(await boxIn('/archive')).toBe('');
});

test('the form of a frame is answered by a page of its own, in the language of the frame, whoever is signed in', async () => {
  await turn(true);
  const fields = /name="locale" value="(\w+)"/.exec(await boxIn(frame('th')))?.[1] ?? '';
  const raw = new URLSearchParams({ locale: fields, email: 'mali@example.org' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: forum.url };
  const cookie = `colloquy_session=${admin.token}`;
  const answer = await forum.call('POST', '/newsletter', { raw, headers: { ...headers, cookie } });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/newsletter?sent=1']);
  const [letter] = await outboxMails(forum.dataDir, 'mali@example.org');
  expect(letter?.subject).toMatch(/[\u0E00-\u0E7F]/);
  const foreign = await forum.call('POST', '/newsletter', { raw, headers: { ...headers, cookie, origin: BLOG } });
  expect(foreign.status).toBe(403);
  const wrong = new URLSearchParams({ locale: 'xx', email: 'no address' }).toString();
  expect((await forum.call('POST', '/newsletter', { raw: wrong, headers })).status).toBe(400);
});
