import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { stallAppend } from '../support/stall-append.ts';

const NEW = 'a new and long password';
const WORDS = 'This form was sent in a session that has ended.';

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum();
  await forum.admin();
});
afterAll(() => forum?.close());

interface Answer {
  readonly status: number;
  /** Where it leads, without the position to wait for. */
  readonly location: string | null;
  /** The cookie of a session that it gives or takes; null when it leaves that of the browser. */
  readonly session: string | null;
  readonly html: string;
}

async function ask(path: string, session: string, form?: Readonly<Record<string, string>>): Promise<Answer> {
  const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const headers = { cookie: `colloquy_session=${session}`, origin: forum.url };
  const answer = await fetch(`${forum.url}${path}`, { ...sent, headers, redirect: 'manual' });
  const given = answer.headers.getSetCookie().flatMap((one) => /^colloquy_session=([^;]*)/.exec(one)?.[1] ?? []);
  const location = answer.headers.get('location')?.replace(/&after=\d+$/, '') ?? null;
  return { status: answer.status, location, session: given[0] ?? null, html: await answer.text() };
}

const press = ({ token }: TestMember, password = NEW): Promise<Answer> =>
  ask('/settings', token, { act: 'password', currentPassword: PASSWORD, password });
const signsIn = async ({ member }: TestMember, password: string) =>
  (await forum.call('POST', '/api/v1/sessions', { body: { login: member.handle, password } })).status;

/** A sign-in that is held before its session is in the log, while its member signs out everywhere. */
async function heldSignIn<Result>({ token }: TestMember, signIn: () => Promise<Result>): Promise<Result> {
  const { reached, goOn } = stallAppend(forum.forum.app.get<EventStore>(EVENT_STORE), 'MemberSessionOpened.v1');
  const answer = signIn();
  await reached;
  expect((await forum.call('DELETE', '/api/v1/sessions', { token })).status).toBe(204);
  goOn();
  return answer;
}

const second = { status: 303, location: '/settings?done=passwordSent', session: null };

describe('the button of a new password', () => {
  test('that is pressed again after the first answer leaves its session to the browser', async () => {
    const member = await forum.member('presses-again');
    const first = await press(member);
    expect(first).toMatchObject({ status: 303, location: '/settings?saved=saved', session: expect.any(String) });
    expect(await press(member)).toMatchObject(second);
    const settings = await ask('/settings?done=passwordSent', first.session ?? '');
    expect(settings).toMatchObject({ status: 200, html: expect.stringContaining(WORDS) });
  });

  test('that is pressed again before the first answer came tells at the sign-in that the new one counts', async () => {
    const member = await forum.member('presses-early');
    await press(member);
    const { location } = await press(member);
    const led = await ask(location ?? '', member.token);
    expect(led).toMatchObject({ status: 303, location: '/sign-in?done=passwordSent&next=%2Fsettings' });
    expect((await ask(led.location ?? '', '')).html).toContain(WORDS);
    expect(await signsIn(member, NEW)).toBe(201);
  });

  test('that is pressed twice at once changes the password once, and refuses neither as a stranger', async () => {
    for (let n = 0; n < 6; n += 1) {
      const member = await forum.member(`at-once-${'abcdef'.charAt(n)}`);
      const answers = await Promise.all([press(member), press(member)]);
      const [refused, ...saved] = answers.toSorted((one, other) =>
        (one.location ?? '').localeCompare(other.location ?? ''),
      );
      expect(refused).toMatchObject(second);
      expect(saved).toMatchObject([{ status: 303, location: '/settings?saved=saved', session: expect.any(String) }]);
      expect((await ask('/settings', saved[0]?.session ?? '')).status).toBe(200);
    }
  });

  test('that a thief presses later with the session of before changes nothing', async () => {
    const member = await forum.member('was-robbed');
    await press(member);
    expect(await press(member, 'the words of the thief')).toMatchObject(second);
    expect(await signsIn(member, NEW)).toBe(201);
    expect(await signsIn(member, 'the words of the thief')).toBe(401);
    expect((await ask('/settings', member.token)).location).toBe('/sign-in?next=%2Fsettings');
  });
});

describe('a sign-in at the moment at which its member signs out everywhere', () => {
  const ended = 'This account was signed out everywhere at this very moment';

  test('says so to a program, and comes in when it is tried again', async () => {
    const member = await forum.member('ends-all');
    const body = { login: member.member.handle, password: PASSWORD };
    const answer = await heldSignIn(member, () => forum.call('POST', '/api/v1/sessions', { body }));
    expect(answer).toMatchObject({ status: 401, body: { code: 'sessions_ended' } });
    expect(await signsIn(member, PASSWORD)).toBe(201);
  });

  test('says so on the page, and not that the password was wrong', async () => {
    const member = await forum.member('ends-all-too');
    const form = { login: member.member.handle, password: PASSWORD };
    const { status, html } = await heldSignIn(member, () => ask('/sign-in', '', form));
    expect(status).toBe(401);
    expect(html).toContain(ended);
    expect(html).not.toContain('do not fit together');
  });

  test('says so of a mailed link', async () => {
    const member = await forum.member('ends-all-link');
    const token = await mailedLink(forum, 'sign-in', member.member.id);
    const { status, html } = await heldSignIn(member, () => ask(`/sign-in/link/${token}`, '', { id: randomUUID() }));
    expect(status).toBe(401);
    expect(html).toContain(ended);
  });
});
