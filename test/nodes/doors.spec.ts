import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { NewInvitation, OwnMember, Session } from '../../libs/client/index.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

const SECRET = 'a secret that the blog and all nodes share';
const sign = createSigner({ key: SECRET, algorithm: 'HS256' });
/** A token for the node at this address; the nodes of this test have no address in common. */
const tokenOf = (aud: string, sub: string, jti: string = randomUUID()): string =>
  sign({ aud, exp: Math.floor(Date.now() / 1000) + 120, jti, sub, name: `Name ${sub}` });
const wish = (handle: string, over: object = {}): object => ({
  handle,
  displayName: handle,
  email: `${handle}@example.org`,
  password: PASSWORD,
  ...over,
});

describe('three nodes that people come in by at once', () => {
  let three: ThreeNodes;
  let admin: Session;

  beforeAll(async () => {
    three = await startThreeNodes({ env: { SSO_SECRET: SECRET } });
    const { forum } = three.nodes[0];
    await forum.done('POST', '/api/v1/members', { body: wish('the-admin') });
    admin = await forum.signIn('the-admin');
  }, 120_000);
  afterAll(() => three?.remove());

  const onEach = <Result>(ask: (node: ThreeNodes['nodes'][number], index: number) => Promise<Result>) =>
    Promise.all(three.nodes.map(ask));

  test('give one handle to one of them', async () => {
    const answers = await onEach(({ forum }, index) =>
      forum.call('POST', '/api/v1/members', { body: wish('wanted', { email: `w${index}@example.org` }) }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('take one address from each, and each signs in by it with its own password', async () => {
    const passwords = [0, 1, 2].map((index) => `${PASSWORD} of ${index}`);
    const email = 'one-for-all@example.org';
    await onEach(({ forum }, index) =>
      forum.done('POST', '/api/v1/members', { body: wish(`all-${index}`, { email, password: passwords[index] }) }),
    );
    const sessions = await onEach(({ forum }, index) => forum.signIn(email, passwords[index]));
    expect(sessions.map(({ member }) => member.handle)).toEqual(['all-0', 'all-1', 'all-2']);
  });

  test('use an invitation up once', async () => {
    const { forum } = three.nodes[0];
    const body = { roles: ['editor'] };
    const { token } = await forum.done<NewInvitation>('POST', '/api/v1/invitations', { token: admin.token, body });
    const answers = await onEach((node, index) =>
      node.forum.call('POST', '/api/v1/members', { body: wish(`invited-${index}`, { invitation: token }) }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
  });

  test('take a token of the host blog once', async () => {
    const jti = randomUUID();
    const answers = await onEach(({ forum }) =>
      forum.call('POST', '/api/v1/sessions', { body: { sso: tokenOf(forum.url, 'once', jti) } }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
  });

  test('make one account of a person of the host blog', async () => {
    const sessions = await onEach(({ forum }) =>
      forum.done<Session>('POST', '/api/v1/sessions', { body: { sso: tokenOf(forum.url, 'everywhere') } }),
    );
    expect(new Set(sessions.map(({ member }) => member.id)).size).toBe(1);
  });

  test('show the same in the end', async () => {
    const me = await three.nodes[0].forum.call('GET', '/api/v1/members/me', { token: admin.token });
    await three.reached(me.headers.get('colloquy-position') ?? '');
    const own: OwnMember = await three.nodes[2].forum.done('GET', '/api/v1/members/me', { token: admin.token });
    expect(own.roles).toContain('admin');
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});
