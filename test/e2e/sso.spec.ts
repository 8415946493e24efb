import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { OwnMember, Session } from '../../libs/client/index.ts';
import { outboxMails } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const SECRET = 'a secret that the blog and the forum share';
const AT = 'https://forum.example';
const pair = generateKeyPairSync('ed25519');
const privateKey = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const publicKey = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum({ reacts: true, env: { PUBLIC_URL: AT, SSO_SECRET: SECRET, SSO_PUBLIC_KEY: publicKey } });
  await forum.admin();
});
afterAll(() => forum.close());

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const claims = (over: object = {}): object => ({
  aud: AT,
  exp: inSeconds(60),
  jti: randomUUID(),
  sub: 'blog-7',
  name: 'Anna of the blog',
  ...over,
});
const byEdDsa = (over: object = {}): string => createSigner({ key: privateKey, algorithm: 'EdDSA' })(claims(over));
const byHs256 = (over: object = {}, key = SECRET): string => createSigner({ key, algorithm: 'HS256' })(claims(over));
const signIn = (sso: string) => forum.call('POST', '/api/v1/sessions', { body: { sso } });
const comesIn = (sso: string) => forum.done<Session>('POST', '/api/v1/sessions', { body: { sso } });
/** A token with this header, signed with HMAC by whatever key. */
function raw(header: object, payload: object, key: string | null): string {
  const parts = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${key === null ? '' : createHmac('sha256', key).update(parts).digest('base64url')}`;
}

describe('a token of the host blog', () => {
  test('makes an account at first, and leads to it ever after, whichever key signed it', async () => {
    const first = await comesIn(byHs256({ email: 'anna@example.org', locale: 'vi' }));
    const second = await comesIn(byEdDsa());
    expect(first.member).toMatchObject({
      handle: 'Anna.of.the.blog',
      displayName: 'Anna of the blog',
      email: 'anna@example.org',
      emailConfirmed: false,
      locale: 'vi',
      roles: ['member'],
      state: 'active',
    });
    expect(second.member.id).toBe(first.member.id);
    const me = await forum.done<OwnMember>('GET', '/api/v1/members/me', { token: second.token });
    expect(me.id).toBe(first.member.id);
  });

  test('renames the member; a name that the rules refuse changes nothing', async () => {
    const { member } = await comesIn(byEdDsa({ sub: 'renamed', name: 'Before' }));
    expect((await comesIn(byEdDsa({ sub: 'renamed', name: 'After' }))).member).toEqual({
      ...member,
      displayName: 'After',
    });
    for (const name of ['Moderator', 'Linh аnh', 'Name of the-admin']) {
      expect((await comesIn(byEdDsa({ sub: 'renamed', name }))).member.displayName).toBe('After');
    }
  });

  test.each(['Moderator', 'Linh аnh', 'аdmin', 'Anna (admin)', 'Name of the-admin'])(
    'whose name is %s gets an account without that name',
    async (name) => {
      const { member } = await comesIn(byEdDsa({ sub: `odd ${name}`, name }));
      expect(member.displayName).not.toBe(name);
      expect(member.email).toBeNull();
    },
  );

  test('without a name for a handle gets one that takes nobody for a guest', async () => {
    const { member } = await comesIn(byEdDsa({ sub: 'no handle', name: '😀😀😀' }));
    expect(member.handle).toMatch(/^newcomer-[0-9a-f]{8}$/);
  });

  test('opens no account that has the address already', async () => {
    const own = await forum.member('own-account');
    const { member } = await comesIn(byEdDsa({ sub: 'claims', name: 'Claims it', email: 'own-account@example.org' }));
    expect(member.id).not.toBe(own.member.id);
    expect((await forum.signIn('own-account@example.org')).member.id).toBe(own.member.id);
  });

  test('gives no roles unless the site allows it', async () => {
    const { member } = await comesIn(
      byEdDsa({ sub: 'wants roles', name: 'Wants Roles', roles: ['moderator', 'admin'] }),
    );
    expect(member.roles).toEqual(['member']);
  });

  test('gives and takes the roles that it names where the site allows it, but never admin', async () => {
    const { token } = await forum.admin();
    const allow = (ssoRoles: boolean) => forum.done('PATCH', '/api/v1/site', { token, body: { ssoRoles } });
    const rolesOf = async (roles: unknown) =>
      (await comesIn(byEdDsa({ sub: 'has roles', name: 'Has Roles', roles }))).member.roles;
    await allow(true);
    expect(await rolesOf(['moderator', 'admin', 'king'])).toEqual(['member', 'moderator']);
    expect(await rolesOf(['editor'])).toEqual(['member', 'editor']);
    expect(await rolesOf(undefined)).toEqual(['member', 'editor']);
    await allow(false);
    expect(await rolesOf([])).toEqual(['member', 'editor']);
  });

  test('waits to be let in where everybody does, comes in where others need an invitation, and is refused where nobody new comes', async () => {
    const { token } = await forum.admin();
    const set = (registration: string) => forum.done('PATCH', '/api/v1/site', { token, body: { registration } });
    const stateOf = async (sub: string) => (await comesIn(byEdDsa({ sub, name: `Name ${sub}` }))).member.state;
    await set('approval');
    expect(await stateOf('one who waits')).toBe('waiting');
    await forum.done('PATCH', '/api/v1/site', { token, body: { ssoRoles: true } });
    const comesAsEditor = async () =>
      (await comesIn(byEdDsa({ sub: 'one who waits', name: 'Name one who waits', roles: ['editor'] }))).member;
    const { id, roles } = await comesAsEditor();
    expect(roles).toEqual(['member']);
    await forum.done('PUT', `/api/v1/members/${id}/membership`, { token, body: { state: 'active' } });
    expect((await comesAsEditor()).roles).toEqual(['member', 'editor']);
    await forum.done('PATCH', '/api/v1/site', { token, body: { ssoRoles: false } });
    await set('invitation');
    expect(await stateOf('one of the blog')).toBe('active');
    await set('closed');
    const late = await signIn(byEdDsa({ sub: 'comes too late', name: 'Too Late' }));
    expect(late).toMatchObject({ status: 403, body: { code: 'registration_closed' } });
    expect(await stateOf('one of the blog')).toBe('active');
    await set('open');
  });

  test('is led back to the site it comes from once it is let in, since it has no password here', async () => {
    const { token } = await forum.admin();
    const set = (body: object) => forum.done('PATCH', '/api/v1/site', { token, body });
    const letIn = async (sub: string) => {
      const email = `${sub}@blog.example`;
      const { member } = await comesIn(byEdDsa({ sub, name: `Name ${sub}`, email }));
      await forum.done('PUT', `/api/v1/members/${member.id}/membership`, { token, body: { state: 'active' } });
      return (await outboxMails(forum.dataDir, email, 1))[0]?.text ?? '';
    };
    await set({ registration: 'approval', embedOrigins: ['https://blog.example'] });
    const one = await letIn('of-one-site');
    expect(one).toContain('Open blog.example:\nhttps://blog.example\n');
    await set({ embedOrigins: ['https://blog.example', 'https://other.example'] });
    const several = await letIn('of-several');
    expect(several).toContain('go back to the site that you came from');
    await set({ registration: 'open', embedOrigins: [] });
    expect([one, several].filter((text) => text.includes('/sign-in'))).toEqual([]);
    expect(several).not.toContain('blog.example');
  });

  test('works once, also when it is sent many times at once', async () => {
    const token = byEdDsa({ sub: 'once', name: 'Only Once' });
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await signIn(token)).status));
    expect(statuses.sort()).toEqual([201, 401, 401, 401, 401]);
    expect(await signIn(token)).toMatchObject({ status: 401, body: { code: 'login_failed' } });
  });

  test('for a person who comes twice at once makes one account', async () => {
    const both = await Promise.all([1, 2].map(() => comesIn(byEdDsa({ sub: 'twice', name: 'Comes Twice' }))));
    expect(new Set(both.map(({ member }) => member.id)).size).toBe(1);
  });
});

describe('refused are', () => {
  test.each<[string, () => string]>([
    ['no token at all', () => 'x'],
    ['another secret', () => byHs256({}, 'another secret that nobody shares with us')],
    [
      'another private key',
      () => {
        const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
        return createSigner({ key: other, algorithm: 'EdDSA' })(claims());
      },
    ],
    ['no signature', () => raw({ alg: 'none', typ: 'JWT' }, claims(), null)],
    ['no signature under a name of its own', () => raw({ alg: 'nOnE' }, claims(), null)],
    ['the public key as a secret', () => raw({ alg: 'HS256', typ: 'JWT' }, claims(), publicKey)],
    ['the public key as a secret under EdDSA', () => raw({ alg: 'EdDSA', typ: 'JWT' }, claims(), publicKey)],
    ['the secret under another algorithm', () => raw({ alg: 'HS512', typ: 'JWT' }, claims(), SECRET)],
    [
      'a changed payload',
      () =>
        byEdDsa().replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(claims({ sub: 'x' }))).toString('base64url')}.`),
    ],
    ['another audience', () => byEdDsa({ aud: 'https://other.example' })],
    ['no audience', () => byEdDsa({ aud: undefined })],
    ['no end', () => byEdDsa({ exp: undefined })],
    ['an end too far away', () => byEdDsa({ exp: inSeconds(310) })],
    ['an end that is over', () => byEdDsa({ exp: inSeconds(-1) })],
    ['a time to come', () => byEdDsa({ nbf: inSeconds(50) })],
    ['no jti', () => byEdDsa({ jti: undefined })],
    ['an empty jti', () => byEdDsa({ jti: ' ' })],
    ['a jti that is no text', () => byEdDsa({ jti: 7 })],
    ['no sub', () => byEdDsa({ sub: undefined })],
    ['a sub without end', () => byEdDsa({ sub: 'x'.repeat(300) })],
    ['a sub with a sign that nobody sees', () => byEdDsa({ sub: 'u1\0' })],
    ['a sub with half a character', () => byEdDsa({ sub: 'q\ud800b' })],
    ['a sub with a sign without width', () => byEdDsa({ sub: 'u\u200b1' })],
    ['a jti of two lines', () => byEdDsa({ jti: 'one\ntwo' })],
    ['no name', () => byEdDsa({ name: undefined })],
    ['roles that are no list', () => byEdDsa({ roles: 'admin' })],
  ])('%s', async (_, token) => {
    expect(await signIn(token())).toMatchObject({ status: 401, body: { code: 'login_failed' } });
  });

  test('a token that is too long, and one beside a password', async () => {
    expect((await signIn('x'.repeat(5_000))).status).toBe(400);
    expect((await forum.call('POST', '/api/v1/sessions', { body: {} })).status).toBe(400);
    expect((await forum.call('POST', '/api/v1/sessions', { body: { login: 'x' } })).status).toBe(400);
  });

  test('all of them where no host blog is set', async () => {
    const other = await startForum({ env: { PUBLIC_URL: AT } });
    expect((await other.call('POST', '/api/v1/sessions', { body: { sso: byEdDsa() } })).status).toBe(401);
    await other.close();
  });
});

test('only one key set takes only its own algorithm', async () => {
  const only = await startForum({ env: { PUBLIC_URL: AT, SSO_PUBLIC_KEY: publicKey.replaceAll('\n', '\\n') } });
  await only.admin();
  const statusOf = async (sso: string) => (await only.call('POST', '/api/v1/sessions', { body: { sso } })).status;
  expect(await statusOf(byEdDsa())).toBe(201);
  expect(await statusOf(byHs256())).toBe(401);
  expect(await statusOf(raw({ alg: 'HS256', typ: 'JWT' }, claims(), publicKey))).toBe(401);
  await only.close();
});
