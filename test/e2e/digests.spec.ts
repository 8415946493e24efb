import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { REAL_TIMERS } from '../support/real-timers.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The hours from here to a zone in which it is about noon now: no morning comes while the test runs. */
const EAST = 12 - new Date().getUTCHours();
const ZONE = EAST === 0 ? 'UTC' : `Etc/GMT${EAST > 0 ? '-' : '+'}${Math.abs(EAST)}`;
/** Midnight of that zone's next day. */
const MIDNIGHT = Date.now() - ((Date.now() + EAST * HOUR_MS) % DAY_MS) + DAY_MS;
/** The days from that one to the first Monday. */
const TO_MONDAY = Array.from({ length: 7 }, (_, day) => day).findIndex(
  (day) => new Date(MIDNIGHT + EAST * HOUR_MS + day * DAY_MS).getUTCDay() === 1,
);

let server: MailServer;
let forum: RunningForum;
let admin: TestMember;
let alarm: TestMember;
let daily: TestMember;
let weekly: TestMember;
let writer: TestMember;
let posts: Readonly<Record<'busy' | 'calm' | 'muted', Post>>;

beforeAll(async () => {
  server = await startMailServer();
  forum = await startForum({ reacts: true, env: { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example' } });
  admin = await forum.admin();
  [alarm, daily, weekly] = [await confirmed('alarm'), await confirmed('daily'), await confirmed('weekly')];
  writer = await forum.member('writer');
  const named = (title: string) => forum.publish(admin, { title });
  posts = { busy: await named('Busy'), calm: await named('Calm'), muted: await named('Muted') };
  await wants(daily, 'daily', { from: '06:00', to: '09:30' });
  await wants(weekly, 'weekly', null);
});
afterAll(async () => {
  jest.useRealTimers();
  await forum.close();
  await server.close();
});

const confirmed = (handle: string) => confirmedMember(forum, handle);

async function wants(by: TestMember, way: 'daily' | 'weekly', quietHours: object | null): Promise<void> {
  const body = { ways: { followed: ['inbox', way] }, timeZone: ZONE, quietHours };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: by.token, body });
  for (const { id } of Object.values(posts)) {
    await forum.done('PUT', `/api/v1/posts/${id}/follow`, { token: by.token });
  }
}

const to = (member: TestMember) => server.received.filter(isToldTo(member));
const isToldTo =
  ({ member }: TestMember) =>
  ({ to: receivers, parsed }: ReceivedMail): boolean =>
    receivers.includes(`${member.handle}@example.org`) &&
    parsed.headerLines.some(({ key }) => key === 'list-unsubscribe');

/**
 * Lets the forum believe that it is this moment, and waits until it has looked twice at whom it is to tell: what is due
 * at the first look is recorded before the second.
 */
async function atMoment(moment: number): Promise<void> {
  jest.setSystemTime(moment);
  for (let look = 0; look < 2; look += 1) {
    const before = to(alarm).length;
    const asked = await forum.comment(alarm, posts.muted.id);
    await forum.comment(writer, posts.muted.id, { parentId: asked.id, body: 'Wake up' });
    await server.gets(before + 1, isToldTo(alarm));
  }
}

test('a digest comes in the morning of the own zone, after the quiet hours, the liveliest discussion first, with what is readable then', async () => {
  for (const member of [daily, weekly]) {
    await forum.done('PUT', `/api/v1/posts/${posts.muted.id}/mute`, { token: member.token });
  }
  const [ignored, erased] = [await forum.member('ignored'), await forum.member('leaving')];
  await forum.call('PUT', `/api/v1/members/${ignored.member.id}/ignore`, { token: daily.token });
  await forum.comment(writer, posts.calm.id, { body: 'The calm one' });
  for (const body of ['First of three', 'Second of three', 'Third of three']) {
    await forum.comment(writer, posts.busy.id, { body });
  }
  const [held, removed] = [
    await forum.comment(writer, posts.calm.id, { body: 'Held by then' }),
    await forum.comment(writer, posts.calm.id, { body: 'Removed by then' }),
  ];
  await forum.comment(ignored, posts.calm.id, { body: 'Of somebody ignored' });
  await forum.comment(erased, posts.calm.id, { body: 'Of somebody erased' });
  await forum.comment(writer, posts.muted.id, { body: 'In a muted discussion' });
  for (const [{ id, revision }, action] of [
    [held, 'hold'],
    [removed, 'remove'],
  ] as const) {
    const body = { action, revision, reason: 'spam' };
    await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: admin.token, body });
  }
  const wish = { comments: 'remove', password: PASSWORD, immediately: true };
  const { erasureId } = await forum.done<{ erasureId: string }>('POST', '/api/v1/members/me/erasure', {
    token: erased.token,
    body: wish,
  });
  const stateOf = async () => (await forum.done<{ state: string }>('GET', `/api/v1/erasures/${erasureId}`)).state;
  await until(async () => (await stateOf()) === 'done');

  jest.useFakeTimers({ now: Date.now(), doNotFake: [...REAL_TIMERS], advanceTimers: true });
  await atMoment(MIDNIGHT);
  await atMoment(MIDNIGHT + 8.5 * HOUR_MS);
  expect(to(daily)).toEqual([]);
  await atMoment(MIDNIGHT + 9.75 * HOUR_MS);
  const [{ parsed }] = (await server.gets(1, isToldTo(daily))) as [ReceivedMail];
  expect(parsed.subject).toBe('What happened at Colloquy today');
  expect(to(weekly)).toHaveLength(TO_MONDAY === 0 ? 1 : 0);
  const text = parsed.text ?? '';
  const places = ['First of three', 'Second of three', 'Third of three', 'The calm one'].map((words) =>
    text.indexOf(words),
  );
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(text).not.toMatch(/Held by|Removed by|somebody ignored|somebody erased|muted discussion|Wake up/);
});

test('a digest tells nothing twice, and nothing is sent where nothing is new, or where only a role is, which has its own mail', async () => {
  const { token, member } = daily;
  const ways = { ways: { decision: ['inbox', 'daily'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token, body: ways });
  const roles = { token: admin.token, body: { roles: ['member', 'editor'] } };
  await forum.done('PUT', `/api/v1/members/${member.id}/roles`, roles);
  const ownMails = ({ parsed, to: receivers }: ReceivedMail): boolean =>
    parsed.subject === 'Your role at Colloquy' && receivers.includes('daily@example.org');
  expect(await server.gets(1, ownMails)).toHaveLength(1);
  await atMoment(MIDNIGHT + 34 * HOUR_MS);
  expect(to(daily)).toHaveLength(1);
  await forum.comment(writer, posts.calm.id, { body: 'Of the next day' });
  await atMoment(MIDNIGHT + 3 * DAY_MS + 10 * HOUR_MS);
  const [, second] = await server.gets(2, isToldTo(daily));
  expect(second?.parsed.text).toContain('Of the next day');
  expect(second?.parsed.text).not.toMatch(/of three|The calm one|role/);
  expect(server.received.filter(ownMails)).toHaveLength(1);
});

test('a weekly one comes on Monday, with all of the week', async () => {
  await atMoment(MIDNIGHT + (TO_MONDAY === 0 ? 7 : TO_MONDAY) * DAY_MS + 9 * HOUR_MS);
  const came = await server.gets(1, isToldTo(weekly));
  const texts = came.map(({ parsed }) => parsed.text ?? '').join('\n');
  for (const words of ['First of three', 'The calm one', 'Of the next day']) {
    expect(texts.split(words)).toHaveLength(2);
  }
  expect(came.map(({ parsed }) => parsed.subject)).toContain('What happened at Colloquy this week');
});
