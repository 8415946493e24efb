import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import type { Asking } from '../../src/access/asking.ts';
import { commandMeta, type Principal } from '../../src/access/principal.ts';
import { Sessions } from '../../src/access/sign-in/sessions.ts';
import { FrameSessions } from '../../src/acts/frame-sessions.ts';
import { ProviderSignIn } from '../../src/acts/provider-sign-in.ts';
import { LinkIssuing } from '../../src/commands/link-issuing.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { SoftAuthenticator } from '../support/soft-authenticator.ts';
import { stallAppend } from '../support/stall-append.ts';
import { addPasskey, codeOf, turnOn } from '../support/two-factors.ts';

jest.setTimeout(120_000);

const OWNERS = 'the words of the owner';
const THIEFS = 'the words of the thief';
const HOST = 'https://blog.example';

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum({ env: { HOST: 'localhost', EMBED_ORIGINS: HOST } });
  await forum.admin();
});
afterAll(() => forum.close());

/** A member whose account a thief has a session of, with the link by which its owner takes it back. */
interface Robbed extends TestMember {
  readonly back: string;
}

let robberies = 0;
async function robbed(before: (member: TestMember) => Promise<unknown> = async () => undefined): Promise<Robbed> {
  robberies += 1;
  const member = await forum.member(`robbed-${robberies}`);
  const confirm = await mailedLink(forum, 'confirm', member.member.id);
  await forum.call('POST', `/confirm/${confirm}`, { raw: '', headers: FORM });
  await before(member);
  return { ...member, back: await mailedLink(forum, 'way-back', member.member.id) };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const me = async (token: string) => (await forum.call('GET', '/api/v1/members/me', { token })).status;
const signsIn = async (login: string, password: string) =>
  (await forum.call('POST', '/api/v1/sessions', { body: { login, password } })).status;
const principalOf = ({ token }: TestMember): Promise<Principal> => forum.forum.app.get(Sessions).authenticate(token);
const asking = (): Asking => ({
  address: '127.0.0.1',
  commandId: randomUUID(),
  correlationId: randomUUID(),
  here: false,
});

async function takeBack({ back }: Robbed): Promise<void> {
  expect((await forum.call('PUT', `/api/v1/password-resets/${back}`, { body: { password: OWNERS } })).status).toBe(204);
}

/** What the thief has of an act that was held before its event was in the log, while the owner took the account back. */
async function held<Result>(type: string, member: Robbed, act: () => Promise<Result>): Promise<Result | Error> {
  const { reached, goOn } = stallAppend(forum.forum.app.get<EventStore>(EVENT_STORE), type);
  const acting = act().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  await reached;
  await takeBack(member);
  goOn();
  return acting;
}

/** The types of the events that the member's stream has after the account was taken back. */
async function after({ member }: TestMember): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type } of forum.forum.app.get<EventStore>(EVENT_STORE).readStream(`member-${member.id}`)) {
    types.push(type);
  }
  return types.slice(types.lastIndexOf('AccountTakenBack.v1') + 1);
}

const byHttp = (method: string, path: string, body?: object) => async (member: TestMember) =>
  (await forum.call(method, path, { token: member.token, ...(body === undefined ? {} : { body }) })).status;

const ME = '/api/v1/members/me';
const NEW = { password: THIEFS, currentPassword: PASSWORD };
const email = () => `thief-${robberies}@example.org`;

interface Race {
  readonly name: string;
  /** The event that is held before it is in the log. */
  readonly type: string;
  readonly before?: (member: TestMember) => Promise<unknown>;
  readonly act: (member: TestMember) => Promise<unknown>;
}

let secret = '';
const factor = async (member: TestMember) => {
  ({ secret } = await turnOn(forum, member));
};
let offered = '';
const offer = async ({ token }: TestMember) => {
  ({ secret: offered } = await forum.done<{ secret: string }>('POST', `${ME}/second-factor`, { token }));
};
let passkeyId = '';
const key = async (member: TestMember) => {
  passkeyId = (await addPasskey(forum, member)).passkey.id;
};

const RACES: readonly Race[] = [
  { name: 'another password', type: 'MemberPasswordChanged.v1', act: byHttp('PATCH', ME, NEW) },
  { name: 'the session of another password', type: 'MemberSessionOpened.v1', act: byHttp('PATCH', ME, NEW) },
  {
    name: 'an address with another password',
    type: 'EmailChangeAsked.v1',
    act: (member) => byHttp('PATCH', ME, { ...NEW, email: email() })(member),
  },
  { name: 'an address', type: 'EmailChangeAsked.v1', act: (member) => byHttp('PATCH', ME, { email: email() })(member) },
  { name: 'another name', type: 'MemberRenamed.v1', act: byHttp('PATCH', ME, { displayName: 'Renamed' }) },
  {
    name: 'a passkey',
    type: 'PasskeyAdded.v1',
    act: async ({ token }) => {
      const options = await forum.done<Parameters<SoftAuthenticator['create']>[0]>('POST', `${ME}/passkeys/options`, {
        token,
      });
      const passkey = new SoftAuthenticator(forum.url).create(options);
      return (await forum.call('POST', `${ME}/passkeys`, { token, body: { passkey, name: 'Key' } })).status;
    },
  },
  {
    name: 'a passkey that goes',
    type: 'PasskeyRemoved.v1',
    before: key,
    act: (member) => byHttp('DELETE', `${ME}/passkeys/${passkeyId}`)(member),
  },
  {
    name: 'a second factor that is offered',
    type: 'SecondFactorOffered.v1',
    act: byHttp('POST', `${ME}/second-factor`),
  },
  {
    name: 'a second factor',
    type: 'SecondFactorTurnedOn.v1',
    before: offer,
    act: (member) => byHttp('PUT', `${ME}/second-factor`, { code: codeOf(offered) })(member),
  },
  {
    name: 'recovery codes',
    type: 'RecoveryCodesMade.v1',
    before: factor,
    act: (member) => byHttp('PUT', `${ME}/second-factor`, { code: codeOf(secret) })(member),
  },
  {
    name: 'a second factor that goes',
    type: 'SecondFactorTurnedOff.v1',
    before: factor,
    act: (member) => byHttp('DELETE', `${ME}/second-factor`, { code: codeOf(secret) })(member),
  },
  { name: 'the end of all other sessions', type: 'MemberSessionsEnded.v1', act: byHttp('DELETE', '/api/v1/sessions') },
  {
    name: 'a sign-in by password',
    type: 'MemberSessionOpened.v1',
    act: ({ member }) => signsIn(member.handle, PASSWORD),
  },
  {
    name: 'a sign-in by a link',
    type: 'MemberSessionOpened.v1',
    act: async ({ member }) => {
      const link = await mailedLink(forum, 'sign-in', member.id);
      return (await forum.call('POST', '/api/v1/sessions', { body: { link } })).status;
    },
  },
  {
    name: 'a provider',
    type: 'ProviderLinked.v1',
    act: async (member) => {
      const subject = { provider: 'acme', subject: randomUUID() };
      await forum.forum.app.get(ProviderSignIn).link(await principalOf(member), { subject, password: '' }, asking());
      return 200;
    },
  },
  {
    name: 'a provider that confirms the same address',
    type: 'ProviderLinked.v1',
    act: ({ member }) => arrive(`${member.handle}@example.org`),
  },
  {
    name: 'a sign-in by a provider',
    type: 'MemberSessionOpened.v1',
    act: ({ member }) => arrive(`${member.handle}@example.org`),
  },
  {
    name: 'a session of a frame',
    type: 'MemberSessionOpened.v1',
    act: async (member) => {
      const frames = forum.forum.app.get(FrameSessions);
      const verifier = 'v'.repeat(43);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const code = await frames.codeFor(await principalOf(member), HOST, challenge);
      return (await frames.open({ code, verifier, url: `${HOST}/page` }, asking())).session.token;
    },
  },
];

async function arrive(address: string): Promise<unknown> {
  const issuer = 'https://acme.example';
  const provider = { name: 'acme', label: 'Acme', issuer, clientId: 'forum', clientSecret: 'secret' };
  const person = { provider, subject: randomUUID(), names: [], displayName: null, email: address, emailVerified: true };
  return forum.forum.app.get(ProviderSignIn).arrive(person, { invitation: null, asking: asking() });
}

/** What comes with the taking back itself, and with the owner's own sign-in after it. */
const OWN = ['MemberPasswordChanged.v1', 'PasskeyRemoved.v1', 'SecondFactorTurnedOff.v1', 'ProviderUnlinked.v1'];

describe('what is under way in a session of a thief when the owner takes the account back comes to nothing', () => {
  test.each(RACES)('$name', async ({ type, before, act }) => {
    const member = await robbed(before);
    const answer = await held(type, member, () => act(member));
    const refused = answer instanceof Error ? Reflect.get(answer, 'code') : answer;
    expect({
      isRefused: [401, 409, 410, 'unauthenticated', 'login_failed', 'sessions_ended'].includes(refused),
      recorded: (await after(member)).filter((one) => !OWN.includes(one)),
      statuses: [await me(member.token), await signsIn(member.member.handle, THIEFS)],
    }).toEqual({ isRefused: true, recorded: [], statuses: [401, 401] });
    expect((await forum.forum.app.get(MemberLookup).byId(member.member.id))?.emailWantedBy).toBeNull();
    expect(await signsIn(member.member.handle, OWNERS)).toBe(201);
  });
});

/** Works while the owner's taking back has begun, by its clock, and is not in the log yet. */
async function meanwhile<Result>(member: Robbed, work: () => Promise<Result>): Promise<Result> {
  const { reached, goOn } = stallAppend(forum.forum.app.get<EventStore>(EVENT_STORE), 'AccountTakenBack.v1');
  const taking = takeBack(member);
  await reached;
  try {
    return await work();
  } finally {
    goOn();
    await taking;
  }
}

describe('what a thief does while the taking back is on its way to the log comes to nothing, though the clock is later', () => {
  test('a session of another password, and the one of a sign-in', async () => {
    const member = await robbed();
    const [changed, signedIn] = await meanwhile(member, async () => [
      await forum.call('PATCH', ME, { headers: { cookie: `colloquy_session=${member.token}` }, body: NEW }),
      await forum.signIn(member.member.handle, THIEFS),
    ]);
    const token = /colloquy_session=([^;]+)/.exec(String(changed.headers.get('set-cookie')))?.[1] ?? '';
    expect([changed.status, token]).toEqual([200, expect.stringMatching(/./)]);
    expect([await me(token), await me(signedIn.token), await me(member.token)]).toEqual([401, 401, 401]);
  });

  test('links to sign in and to choose a password', async () => {
    const member = await robbed();
    const links = await meanwhile(member, () =>
      Promise.all((['sign-in', 'reset'] as const).map((purpose) => mailedLink(forum, purpose, member.member.id))),
    );
    const entered = await forum.call('POST', '/api/v1/sessions', { body: { link: links[0] } });
    const path = `/api/v1/password-resets/${links[1]}`;
    const chosen = await forum.call('PUT', path, { body: { password: THIEFS } });
    expect([entered.status, chosen.status]).toEqual([410, 410]);
  });

  test('another address that is confirmed: the owner has the one from before again', async () => {
    const member = await robbed();
    await forum.done('PATCH', ME, { token: member.token, body: { email: email() } });
    const wanted = await forum.forum.app.get(MemberLookup).byId(member.member.id);
    const link = await issued(String(wanted?.emailWantedBy), member);
    const confirmed = await meanwhile(member, () => forum.call('POST', `/confirm/${link}`, { raw: '', headers: FORM }));
    expect(confirmed.status).toBe(200);
    const { email: now } = (await forum.forum.app.get(MemberLookup).byId(member.member.id)) ?? {};
    expect(now).toBe(`${member.member.handle}@example.org`);
  });
});

test.each([0, 5, 10, 20, 30, 40, 60, 80])(
  'a thief who changes everything has nothing, %i ms before the owner presses',
  async (ms) => {
    const member = await robbed();
    const headers = { cookie: `colloquy_session=${member.token}` };
    const changing = forum.call('PATCH', ME, { headers, body: { ...NEW, email: email() } });
    await pause(ms);
    await takeBack(member);
    const { headers: answered } = await changing;
    const token = /colloquy_session=([^;]+)/.exec(String(answered.get('set-cookie')))?.[1] ?? '';
    expect([await me(token), await me(member.token), await signsIn(member.member.handle, THIEFS)]).toEqual([
      401, 401, 401,
    ]);
    expect(await signsIn(member.member.handle, OWNERS)).toBe(201);
    const known = await forum.forum.app.get(MemberLookup).byId(member.member.id);
    expect([known?.emailWantedBy, known?.email]).toEqual([null, `${member.member.handle}@example.org`]);
  },
);

async function issued(linkId: string, { member }: TestMember): Promise<string | null> {
  const { id: memberId } = member;
  return forum.forum.app.get(LinkIssuing).issue(linkId, memberId, commandMeta({ memberId }));
}

test('an erasure that a thief asks for at that moment waits for nobody', async () => {
  const member = await robbed();
  const body = { comments: 'remove', password: PASSWORD };
  const answer = await held('ErasureRequested.v1', member, () => byHttp('POST', `${ME}/erasure`, body)(member));
  const erasureId = forum.forum.app.get(MemberLookup).erasureIdOf(member.member.id);
  const { state } = await forum.done<{ readonly state: string }>('GET', `/api/v1/erasures/${erasureId}`);
  expect([answer, state]).toEqual([401, 'taken-back']);
});

test('a request that was let in before and sends its body after the account was taken back is refused', async () => {
  const member = await robbed();
  const post = await forum.publish(await forum.admin());
  const body = JSON.stringify({ body: 'Words of the thief' });
  const { hostname, port } = new URL(forum.url);
  const socket = connect(Number(port), hostname);
  const head = [
    `POST /api/v1/posts/${post.id}/comments HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `Authorization: Bearer ${member.token}`,
    'Expect: 100-continue',
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [first] = await once(socket, 'data');
  expect(String(first)).toContain('100 Continue');
  await takeBack(member);
  socket.write(body);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
  expect((await forum.thread(post.id)).items).toEqual([]);
});

test('a frame asks for a code with a session that is over by then: it gets none that opens another', async () => {
  const member = await robbed();
  const principal = await principalOf(member);
  await takeBack(member);
  const frames = forum.forum.app.get(FrameSessions);
  const verifier = 'v'.repeat(43);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = await frames.codeFor(principal, HOST, challenge);
  await expect(frames.open({ code, verifier, url: `${HOST}/page` }, asking())).rejects.toMatchObject({
    code: 'login_failed',
  });
});

test('the live socket of the thief is cut', async () => {
  const member = await robbed();
  const admin = await forum.admin();
  const post = await forum.publish(admin);
  const socket = await new TestSocket(forum.url, { token: member.token }).connected();
  socket.io.io.reconnection(false);
  await socket.ask('thread:join', { postId: post.id });
  await takeBack(member);
  await socket.until(() => !socket.io.connected);
  socket.close();
});
