import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { NewInvitation, OwnMember, PolicyVersion, Rehearsal, SentRule, Session } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { ArrivalCounts } from '../../src/access/arrival-counts.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { OidcHouse } from '../support/oidc-house.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { Wanderer } from '../support/wanderer.ts';

jest.setTimeout(60_000);

const SECRET = 'a secret that the blog and the forum share';
let house: OidcHouse;
let forum: RunningForum;
let admin: TestMember;
let count = 0;

beforeAll(async () => {
  house = await OidcHouse.open();
  forum = await startForum({ env: { ...house.settings('ACME'), SSO_SECRET: SECRET } });
  house.serve([`${forum.url}/sign-in/oidc/acme/callback`]);
  admin = await forum.admin();
});
afterAll(async () => {
  await forum.close();
  await house.close();
});
beforeEach(() => forum.forum.app.get(ArrivalCounts, { strict: false }).clear());

/** Puts a policy in force in which these rules alone are on, and gives its rules. */
async function inForce(on: Readonly<Record<string, object>>): Promise<readonly SentRule[]> {
  const path = '/api/v1/moderation/policy';
  const { version, rules: before } = await forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const rules = before.map((rule) => ({ ...rule, on: on[rule.rule] !== undefined, ...on[rule.rule] }));
  await forum.done('PUT', path, { token: admin.token, body: { version, rules, note: '' } });
  return rules;
}

async function screenings(): Promise<readonly object[]> {
  const found: object[] = [];
  for await (const { type, data } of forum.forum.app.get<EventStore>(EVENT_STORE).readAll())
    if (type === 'MemberScreened.v1') found.push(Object(data));
  return found;
}

/** Comes from the blog for the first time. */
function bySso(email: string, sub: string = randomUUID()) {
  count += 1;
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = { aud: forum.url, exp, jti: randomUUID(), sub, name: `Reader ${count}`, email };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const sso = `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
  return forum.call('POST', '/api/v1/sessions', { body: { sso } });
}
const stateBySso = async (email: string) => {
  const { status, body } = await bySso(email);
  expect(status).toBe(201);
  const { token }: Session = Object(body);
  return (await forum.done<OwnMember>('GET', '/api/v1/members/me', { token })).state;
};

/** Comes from a provider for the first time, and sends the page that asks for the names. */
async function byProvider(email: string, invitation?: string) {
  count += 1;
  const name = `person.${count}`;
  house.person = { sub: randomUUID(), name, preferred_username: name, email, email_verified: true };
  const by = new Wanderer();
  const query = invitation === undefined ? '' : `?invitation=${invitation}`;
  const { url } = await by.go(`${forum.url}/sign-in/oidc/acme${query}`);
  const answer = await by.send(new URL(url), { displayName: name, handle: name });
  const cookie = by.cookie(forum.url, 'colloquy_session');
  const headers = { cookie: `colloquy_session=${cookie}` };
  const member = cookie === undefined ? null : await forum.done<OwnMember>('GET', '/api/v1/members/me', { headers });
  return { ...answer, state: member?.state ?? null };
}

const THROWN_AWAY = 'x@mailinator.com';
const DISPOSABLE = { domains: [], trustedDomains: [] };

test('an address to throw away makes people of a provider and of the host blog wait, or is refused in the same words', async () => {
  await inForce({ 'disposable-address': { ...DISPOSABLE, measure: 'hold' } });
  expect(await stateBySso(THROWN_AWAY)).toBe('waiting');
  const waiting = await byProvider(THROWN_AWAY);
  expect([waiting.state, waiting.url.pathname]).toEqual(['waiting', '/register/done']);
  expect(waiting.text).toContain('What happens next: a moderator looks at your registration');
  expect(await stateBySso('stays@example.org')).toBe('active');
  expect((await byProvider('stays-too@example.org')).state).toBe('active');

  await inForce({ 'disposable-address': { ...DISPOSABLE, measure: 'reject' } });
  expect(await bySso(THROWN_AWAY)).toMatchObject({ status: 403, body: { code: 'disposable_address' } });
  const refused = await byProvider(THROWN_AWAY);
  expect([refused.status, refused.state]).toEqual([403, null]);
  expect(refused.text).toContain('This provider gives addresses to throw away');
});

test('registrations of one network are counted with everybody’s; a member who comes again, and who was invited, is not', async () => {
  await inForce({ registrations: { perHour: 2, perDay: 100, measure: 'reject' } });
  const sub = randomUUID();
  expect((await bySso('first@example.org', sub)).status).toBe(201);
  expect((await bySso('first@example.org', sub)).status).toBe(201);
  expect((await byProvider('second@example.org')).state).toBe('active');
  expect(await bySso('third@example.org')).toMatchObject({ status: 429, body: { code: 'too_many_registrations' } });
  expect((await bySso('first@example.org', sub)).status).toBe(201);
  const refused = await byProvider('fourth@example.org');
  expect([refused.status, refused.state]).toEqual([429, null]);
  const invite = { token: admin.token, body: {} };
  const { token } = await forum.done<NewInvitation>('POST', '/api/v1/invitations', invite);
  expect((await byProvider('fifth@example.org', token)).state).toBe('active');
});

test('neither a form nor a proof of work is asked of them, and a rehearsal judges them with all others', async () => {
  const rules = await inForce({
    'form-time': { measure: 'reject' },
    'hidden-field': { measure: 'reject' },
    'proof-of-work': { fromArrivals: 0, measure: 'reject' },
    'disposable-address': { ...DISPOSABLE, measure: 'hold' },
  });
  const known = (await screenings()).length;
  expect(await stateBySso(THROWN_AWAY)).toBe('waiting');
  expect((await byProvider('kept@example.org')).state).toBe('active');
  const signs = { form: null, network: { withinHour: expect.any(Number), withinDay: expect.any(Number) } };
  expect((await screenings()).slice(known)).toMatchObject([
    { measure: 'hold', rules: ['disposable-address'], signs },
    { measure: null, rules: [], signs },
  ]);
  const path = '/api/v1/moderation/policy/simulations';
  const policy = { rules: rules.map((rule) => ({ ...rule, on: rule.rule === 'disposable-address' })) };
  const { registrations } = await forum.done<Rehearsal>('POST', path, { token: admin.token, body: { policy } });
  expect(registrations?.byRule['disposable-address']).toBeGreaterThanOrEqual(3);
});
