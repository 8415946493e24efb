import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Comment, NotificationList, Post, Problem } from '../../libs/client/index.ts';
import { MOST_MENTIONED, TEXT_LIMITS } from '../../libs/words/index.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { longestHold } from '../support/main-thread.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

/** More people than one text tells. */
const PEOPLE = 12;

let server: MailServer;
let forum: RunningForum;
let admin: TestMember;
let writer: TestMember;
let people: readonly TestMember[];
let post: Post;

beforeAll(async () => {
  server = await startMailServer();
  forum = await startForum({ reacts: true, env: { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example' } });
  admin = await forum.admin();
  writer = await confirmedMember(forum, 'writer');
  const made: TestMember[] = [];
  for (let n = 0; n < PEOPLE; n += 1) made.push(await confirmedMember(forum, `p${String(n).padStart(2, '0')}`));
  people = made;
  post = await forum.publish(admin);
}, 60_000);
afterAll(async () => {
  await forum.close();
  await server.close();
});

const handles = (): readonly string[] => people.map(({ member }) => `@${member.handle}`);
const listOf = ({ token }: TestMember): Promise<NotificationList> =>
  forum.done('GET', '/api/v1/notifications', { token });
const unreadOf = async (of: readonly TestMember[]): Promise<readonly number[]> =>
  (await Promise.all(of.map(listOf))).map(({ unread }) => unread);
const mailsOf = (word: string) =>
  server.received.filter(({ parsed }) => parsed.text?.includes(word) === true).map(({ to }) => to[0]?.split('@')[0]);

/** What the words are when they have come back to who is told last: nobody else is told after that. */
async function allAreTold(word: string): Promise<void> {
  const root = await forum.comment(people[0] ?? admin, post.id, { body: `Asks ${word}` });
  await forum.comment(admin, post.id, { parentId: root.id, body: `Ends ${word}` });
  await server.gets(1, ({ parsed }) => parsed.text?.includes(`Ends ${word}`) === true);
}

test('a text of 10,000 mentions is refused for its length, at once, and tells nobody', async () => {
  const body = Array.from({ length: 10_000 }, (_, n) => handles()[n % PEOPLE]).join(' ');
  const before = await unreadOf(people);
  const asked = { token: writer.token, body: { body } };
  let answer: { readonly status: number; readonly body: unknown } | undefined;
  const held = await longestHold(async () => {
    answer = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, asked);
  });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } satisfies Partial<Problem> });
  expect(held).toBeLessThan(50);
  expect(await unreadOf(people)).toEqual(before);
});

test('the most mentions that a comment holds tell the first ten people, once each, in inbox and mail, and hold nobody up', async () => {
  const word = 'Longest';
  const others = Array.from({ length: 1_200 }, (_, n) => `@n${n}`);
  const text = [word, ...handles(), ...handles(), ...others].join(' ');
  const body = `${text} ${'@p00 '.repeat(2_000)}`.slice(0, TEXT_LIMITS.comment.max).trimEnd();
  expect(body.match(/@/g)?.length).toBeGreaterThan(1_500);
  let said: Comment | undefined;
  const from = performance.now();
  const held = await longestHold(async () => {
    said = await forum.comment(writer, post.id, { body });
  });
  expect(performance.now() - from).toBeLessThan(2_000);
  expect(held).toBeLessThan(50);
  expect(said?.status).toBe('visible');
  const told = await Promise.all(people.map(async (one) => (await listOf(one)).items.map(({ kind }) => kind)));
  expect(told).toEqual(people.map((_, n) => (n < MOST_MENTIONED ? ['mention'] : [])));
  const first = people.slice(0, MOST_MENTIONED).map(({ member }) => member.handle);
  await server.gets(first.length, ({ parsed }) => parsed.text?.includes(`${word} @p00`) === true);
  await allAreTold(word);
  expect(mailsOf(`${word} @p00`).toSorted()).toEqual(first);
});

test('who mentions oneself is told nothing, and whoever ignores the writer is not told either, by inbox or by mail', async () => {
  const [first, ignoring] = people;
  if (first === undefined || ignoring === undefined) throw new Error('there are no people');
  await forum.call('PUT', `/api/v1/members/${writer.member.id}/ignore`, { token: ignoring.token });
  const before = await unreadOf([first, writer, ignoring]);
  const body = 'Selfsame @writer, @WRITER and @p00, @p01';
  const said = await forum.comment(writer, post.id, { body });
  expect(said.bodyHtml?.match(/href="\/members\/writer"/gi)).toHaveLength(2);
  const edit = { body: `${body} and again @writer`, revision: said.revision };
  expect(await forum.call('PATCH', `/api/v1/comments/${said.id}`, { token: writer.token, body: edit })).toMatchObject({
    status: 200,
  });
  expect(await unreadOf([first, writer, ignoring])).toEqual([(before[0] ?? 0) + 1, before[1], before[2]]);
  await server.gets(1, ({ parsed }) => parsed.text?.includes('Selfsame') === true);
  await allAreTold('Self');
  expect(mailsOf('Selfsame')).toEqual(['p00']);
});
