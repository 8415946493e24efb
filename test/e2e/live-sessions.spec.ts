import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Role } from '../../libs/words/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import type { TestSocket } from '../support/live-socket.ts';
import { newId } from '../support/running-forum.ts';

const PASSWORD = 'a new long password';
const SECRET = 'a secret of tests, at least as long as the forum asks';

let live: LiveForum;
let postId: string;
let members = 0;

beforeAll(async () => {
  live = await startLiveForum({ SESSION_SECRET: SECRET });
  postId = await live.post();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

/** A member that sees the moderators' queue and the log. */
function staff(): Promise<TestMember> {
  members += 1;
  return live.forum.member(`crew-${members}`, ['moderator', 'auditor']);
}

async function signIn({ member: { handle } }: TestMember, password?: string): Promise<string> {
  return (await live.forum.signIn(handle, password)).token;
}

/** A session as the forum signs them, which runs out in so many seconds. */
function sessionFor({ member: { id } }: TestMember, seconds: number): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: id, sid: newId(), iat, exp: iat + seconds, at: Date.now(), pos: '1' };
  return createSigner({ key: SECRET, algorithm: 'HS256' })(claims);
}

/** A connection that has joined all there is to join; it does not come back by itself. */
async function joined(token: string): Promise<TestSocket> {
  const socket = await live.connect({ token });
  socket.io.io.reconnection(false);
  await socket.ask('moderation:join', {});
  await socket.ask('audit:join', {});
  await socket.ask('thread:join', { postId });
  return socket;
}

/** Something for the queue and for the log, which the witness has been told. */
async function somethingHappens(witness: TestSocket): Promise<void> {
  const [cases, events] = [witness.of('moderation:changes').length, witness.of('audit:events').length];
  const comment = await live.forum.comment(live.writer, postId);
  const body = { reason: 'spam' };
  await live.forum.done('POST', `/api/v1/comments/${comment.id}/reports`, { token: live.reader.token, body });
  await witness.until(() => witness.of('moderation:changes').length > cases);
  await witness.until(() => witness.of('audit:events').length > events);
}

const received = (socket: TestSocket) => ({
  cases: socket.of('moderation:changes').length,
  events: socket.of('audit:events').length,
});

describe('a connection that came by a session', () => {
  it('ends when it is signed out, and hears nothing more; those of another session go on', async () => {
    const member = await staff();
    const [first, second] = [await joined(member.token), await joined(await signIn(member))];
    expect((await live.forum.call('DELETE', '/api/v1/sessions/current', { token: member.token })).status).toBe(204);
    await first.until(() => !first.io.connected);
    const heard = received(first);
    await somethingHappens(second);

    expect(received(first)).toEqual(heard);
    expect(second.io.connected).toBe(true);
    first.io.connect();
    await expect(first.connected()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it.each([
    ['the queue', 'moderation:join'],
    ['the log', 'audit:join'],
    ['notifications', 'notifications:join'],
  ] as const)('ends when it is signed out, also when it follows %s alone', async (_, join) => {
    const { token } = await staff();
    const socket = await live.connect({ token });
    socket.io.io.reconnection(false);
    await socket.ask(join, {});
    expect((await live.forum.call('DELETE', '/api/v1/sessions/current', { token })).status).toBe(204);
    await socket.until(() => !socket.io.connected);
  });

  it('ends when its member changes the password, and only the new session comes in again', async () => {
    const member = await staff();
    const sockets = [await joined(member.token), await joined(await signIn(member))];
    const body = { password: PASSWORD, currentPassword: 'correct horse battery' };
    await live.forum.done('PATCH', '/api/v1/members/me', { token: member.token, body });

    for (const socket of sockets) await socket.until(() => !socket.io.connected);
    expect((await joined(await signIn(member, PASSWORD))).io.connected).toBe(true);
  });

  it('ends in the moment in which the session runs out', async () => {
    const member = await staff();
    const [brief, other] = [await joined(sessionFor(member, 3)), await joined(member.token)];
    await brief.until(() => !brief.io.connected);
    const heard = received(brief);
    await somethingHappens(other);

    expect(received(brief)).toEqual(heard);
    brief.io.connect();
    await expect(brief.connected()).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('stays when its member loses a role, and hears nothing more of what that role shows', async () => {
    const [witness, former] = [await staff(), await staff()];
    const [hears, was] = [await joined(witness.token), await joined(former.token)];
    const roles: Role[] = ['member'];
    const token = (await live.forum.admin()).token;
    await live.forum.done('PUT', `/api/v1/members/${former.member.id}/roles`, { token, body: { roles } });
    const heard = received(was);
    await somethingHappens(hears);

    expect({ connected: was.io.connected, ...received(was) }).toEqual({ connected: true, ...heard });
    await was.until(() => was.of('thread:changes').length > 0);
    expect(await was.send('moderation:join', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});
