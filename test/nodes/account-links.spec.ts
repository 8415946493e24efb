import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OwnMember, Session } from '../../libs/client/index.ts';
import type { ForumCaller } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

const EMAIL = 'shared@example.org';
const passwordOf = (handle: string): string => `the very own words of ${handle}`;

let three: ThreeNodes;
beforeAll(async () => {
  three = await startThreeNodes();
}, 120_000);
afterAll(() => three?.remove());

const register = (forum: ForumCaller, handle: string, email = EMAIL) =>
  forum.call('POST', '/api/v1/members', {
    body: { handle, displayName: handle, email, password: passwordOf(handle) },
  });
const press = (forum: ForumCaller, path: string) =>
  forum.call('POST', path, { raw: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } });

/** The mails to the address, whichever node has sent them. */
async function mailsTo(email: string, count: number) {
  const some = await Promise.any(three.nodes.map(({ dataDir }) => outboxMails(dataDir, email, count)));
  return some.map((mail) => tokenIn(mail, '/confirm/'));
}

describe('on three nodes at once', () => {
  test('of three who want one name one gets it, and of three who confirm one address one has it, on every node', async () => {
    // A member who holds a role guards its name too, so the first member is somebody else.
    const admin = await register(three.nodes[0].forum, 'the-admin', 'admin@example.org');
    await three.reached(admin.headers.get('colloquy-position') ?? '');
    const names = await Promise.all(
      three.nodes.map(({ forum }, index) => register(forum, 'wanted', `wanted-${index}@example.org`)),
    );
    expect(names.map(({ status }) => status).sort()).toEqual([201, 409, 409]);

    const handles = ['first', 'second', 'third'];
    const registered = await Promise.all(three.nodes.map(({ forum }, index) => register(forum, handles[index] ?? '')));
    expect(registered.map(({ status }) => status)).toEqual([201, 201, 201]);
    const positions = registered.map(({ headers }) => BigInt(headers.get('colloquy-position') ?? ''));
    const newest = positions.reduce((most, one) => (one > most ? one : most));
    await three.reached(String(newest));

    const links = await mailsTo(EMAIL, 3);
    const pressed = await Promise.all(three.nodes.map(({ forum }, index) => press(forum, `/confirm/${links[index]}`)));
    expect(pressed.map(({ status }) => status).sort()).toEqual([200, 409, 409]);

    const sessions = await Promise.all(
      handles.map((login) =>
        three.nodes[0].forum.done<Session>('POST', '/api/v1/sessions', {
          body: { login, password: passwordOf(login) },
        }),
      ),
    );
    for (const { forum } of three.nodes) {
      const members = await Promise.all(
        sessions.map(({ token }) => forum.done<OwnMember>('GET', '/api/v1/members/me', { token })),
      );
      const [confirmed, ...more] = members.filter(({ emailConfirmed }) => emailConfirmed);
      expect(more).toEqual([]);
      const login = { login: EMAIL, password: passwordOf(confirmed?.handle ?? '') };
      const session = await forum.done<Session>('POST', '/api/v1/sessions', { body: login });
      expect(session.member.id).toBe(confirmed?.id);
    }
  }, 120_000);

  test('a link is used once, whichever nodes it is pressed on', async () => {
    await register(three.nodes[0].forum, 'linked', 'linked@example.org');
    await mailsTo('linked@example.org', 1);
    const body = { email: 'linked@example.org' };
    expect((await three.nodes[1].forum.call('POST', '/api/v1/sign-in-links', { body })).status).toBe(202);
    const mails = await Promise.any(three.nodes.map(({ dataDir }) => outboxMails(dataDir, body.email, 2)));
    const link = tokenIn(mails.at(-1) ?? { text: '' }, '/sign-in/link/');
    const answers = await Promise.all(
      three.nodes.map(({ forum }) => forum.call('POST', '/api/v1/sessions', { body: { link } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
  }, 120_000);
});
