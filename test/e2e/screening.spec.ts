import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { NewInvitation, OwnMember, PolicyVersion, Rehearsal, SentRule } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { ArrivalCounts } from '../../src/access/arrival-counts.ts';
import { FormStamps } from '../../src/access/form-stamps.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let slug: string;
let postId: string;
let stamps: FormStamps;
let count = 0;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  ({ slug, id: postId } = await forum.publish(admin));
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  stamps = forum.forum.app.get(FormStamps, { strict: false });
});
afterAll(() => forum.close());

const newcomer = (over: object = {}) => {
  count += 1;
  const handle = `newcomer-${count}`;
  return { handle, displayName: `Newcomer ${count}`, email: `${handle}@example.org`, password: PASSWORD, ...over };
};
const register = (over: object = {}) => forum.call('POST', '/api/v1/members', { body: newcomer(over) });
const form = (path: string, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
/** The fields of a form that was shown so many seconds ago. */
const shown = (secondsAgo: number) => ({ shownAt: stamps.write(Date.now() - secondsAgo * 1_000), homepage: '' });
const told = ({ status, body }: Answer) => ({ status, code: Reflect.get(Object(body), 'code') });
const state = ({ body }: Answer): unknown => Reflect.get(Object(Reflect.get(Object(body), 'member')), 'state');
const ownState = async (cookie: string | null) => {
  const token = /colloquy_session=([^;]+)/.exec(cookie ?? '')?.[1];
  return (await forum.done<OwnMember>('GET', '/api/v1/members/me', { token })).state;
};

/** Puts a policy in force in which these rules alone are on, and gives its rules. */
async function inForce(on: Readonly<Record<string, object>>): Promise<readonly SentRule[]> {
  const path = '/api/v1/moderation/policy';
  const { version, rules: before } = await forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const rules = before.map((rule) => ({ ...rule, on: on[rule.rule] !== undefined, ...on[rule.rule] }));
  await forum.done('PUT', path, { token: admin.token, body: { version, rules, note: '' } });
  return rules;
}

async function screenings(): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const { type, data } of forum.forum.app.get<EventStore>(EVENT_STORE).readAll())
    if (type === 'MemberScreened.v1') found.push(data);
  return found;
}

test('where no rule asks about those who arrive, nothing is recorded of how they came', async () => {
  expect((await form('/register', { ...newcomer(), id: randomUUID(), homepage: 'spam' })).status).toBe(303);
  expect(await screenings()).toEqual([]);
});

describe('the time of a form', () => {
  test('a form that is sent too fast, too late or without the time is refused, comes back filled in, and then passes', async () => {
    await inForce({ 'form-time': { leastSeconds: 3, mostHours: 1, measure: 'reject' } });
    const wish = { ...newcomer(), id: randomUUID() };
    const forms = [shown(0), shown(3_700), { shownAt: 'forged.aaaaaaaaaaaaaaaaaaaaaa' }, {}];
    for (const fields of forms) {
      const { status, body } = await form('/register', { ...wish, ...fields });
      expect([status, String(body)]).toEqual([403, expect.stringContaining('faster than people fill it in')]);
      expect(String(body)).toContain(`value="${wish.handle}"`);
    }
    expect((await form('/register', { ...wish, ...shown(5) })).status).toBe(303);
    // Programs have no form.
    expect((await register()).status).toBe(201);
  });

  test('a guest is refused the same way, with the text kept', async () => {
    const wish = { name: 'Sokha', email: 'sokha@example.org', body: 'I was there.' };
    const { status, body } = await form(`/posts/${slug}/comments`, { ...wish, ...shown(0) });
    expect([status, String(body)]).toEqual([403, expect.stringContaining('I was there.')]);
    expect((await form(`/posts/${slug}/comments`, { ...wish, ...shown(30) })).status).toBe(303);
  });

  test('a form that comes back keeps its time, so that the next press passes', async () => {
    const sent = shown(1);
    const { body } = await form('/register', { ...newcomer(), id: randomUUID(), ...sent });
    expect(String(body)).toContain(`name="shownAt" value="${sent.shownAt}"`);
  });

  test('a page that is kept for all readers carries the same time for all, and stays kept', async () => {
    const [first, second] = [await forum.call('GET', `/posts/${slug}`), await forum.call('GET', `/posts/${slug}`)];
    expect(String(first.body)).toMatch(/name="shownAt" value="[0-9a-z]+\.[\w-]{22}"/);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });
});

test('a form with something in the hidden field is held or refused, as the policy says', async () => {
  await inForce({ 'hidden-field': { measure: 'hold' } });
  const held = await form('/register', {
    ...newcomer(),
    id: randomUUID(),
    ...shown(30),
    homepage: 'https://x.example',
  });
  expect([held.status, await ownState(held.headers.get('set-cookie'))]).toEqual([303, 'waiting']);
  await inForce({ 'hidden-field': { measure: 'reject' } });
  const wish = { name: 'Sokha', email: 'sokha@example.org', body: 'Buy', ...shown(30), homepage: 'x' };
  expect((await form(`/posts/${slug}/comments`, wish)).status).toBe(403);
  const filled = await form('/register', { ...newcomer(), id: randomUUID(), ...wish });
  expect([filled.status, String(filled.body)]).toEqual([
    403,
    expect.stringContaining('in a field that people are not'),
  ]);
  const { homepage: _, ...without } = shown(30);
  expect((await form('/register', { ...newcomer(), id: randomUUID(), ...without })).status).toBe(403);
});

test('an address to throw away is held or refused, and the answer names its field', async () => {
  await inForce({ 'disposable-address': { domains: ['bin.example'], trustedDomains: [], measure: 'hold' } });
  expect(state(await register({ email: 'x@mailinator.com' }))).toBe('waiting');
  expect(state(await register({ email: 'x@sub.bin.example' }))).toBe('waiting');
  expect(state(await register())).toBe('active');
  await inForce({ 'disposable-address': { trustedDomains: ['bin.example'], measure: 'reject' } });
  const errors = [{ field: 'email', message: expect.any(String) }];
  expect(await register({ email: 'x@mailinator.com' })).toMatchObject({
    status: 403,
    body: { code: 'disposable_address', errors },
  });
  const { token } = await forum.member('changes-address');
  const change = { email: 'z@mailinator.com', currentPassword: PASSWORD };
  expect(await forum.call('PATCH', '/api/v1/members/me', { token, body: change })).toMatchObject({
    status: 403,
    body: { code: 'disposable_address', errors },
  });
  const guest = { name: 'Sokha', email: 'x@mailinator.com' };
  const asGuest = await forum.call('POST', `/api/v1/posts/${postId}/comments`, { body: { body: 'Hello', guest } });
  expect(asGuest).toMatchObject({ body: { code: 'disposable_address', errors: [{ field: 'guest.email' }] } });
  const page = await form('/register', { ...newcomer({ email: 'y@mailinator.com' }), id: randomUUID(), ...shown(30) });
  expect([page.status, String(page.body)]).toEqual([403, expect.stringContaining('id="email-error"')]);
});

describe('registrations from one network', () => {
  const few = { perHour: 2, perDay: 100 };
  let counts: ArrivalCounts;
  beforeAll(() => {
    counts = forum.forum.app.get(ArrivalCounts, { strict: false });
    counts.clear();
  });

  test('more than the policy lets through wait or are refused; what came to nothing and who was invited do not count', async () => {
    await inForce({ registrations: { ...few, measure: 'reject' } });
    const first = newcomer();
    expect((await register(first)).status).toBe(201);
    expect(told(await register({ handle: first.handle }))).toMatchObject({ code: 'handle_taken' });
    expect((await register()).status).toBe(201);
    const refused = await register();
    expect([told(refused), refused.headers.get('retry-after')]).toEqual([
      { status: 429, code: 'too_many_registrations' },
      '3600',
    ]);
    const invite = { token: admin.token, body: {} };
    const { token: invitation } = await forum.done<NewInvitation>('POST', '/api/v1/invitations', invite);
    expect((await register({ invitation })).status).toBe(201);
    await inForce({ registrations: { ...few, measure: 'hold' } });
    expect(state(await register())).toBe('waiting');
  });

  test('the log has how somebody came, and no address or network', async () => {
    expect((await screenings()).at(-1)).toEqual({
      memberId: expect.any(String),
      policyVersion: expect.any(Number),
      measure: 'hold',
      rules: ['registrations'],
      signs: { form: null, network: { withinHour: 2, withinDay: 2 } },
    });
  });
});

test('a rehearsal tells whom other rules would have held or refused, and changes nothing', async () => {
  const rules = await inForce({ 'form-time': { measure: 'hold' }, 'disposable-address': { measure: 'hold' } });
  await form('/register', { ...newcomer(), id: randomUUID(), ...shown(4) });
  const before = (await screenings()).length;
  const policy = {
    rules: rules.map((rule) => (rule.rule === 'form-time' ? { ...rule, leastSeconds: 20, measure: 'reject' } : rule)),
  };
  const path = '/api/v1/moderation/policy/simulations';
  const { registrations } = await forum.done<Rehearsal>('POST', path, { token: admin.token, body: { policy } });
  expect(registrations?.byRule['form-time']).toBeGreaterThanOrEqual(1);
  expect(registrations?.byRule['disposable-address']).toBe(1);
  expect(registrations?.judged).toBeGreaterThan(registrations?.unseen ?? 0);
  expect((await screenings()).length).toBe(before);
  const off = { rules: rules.map((rule) => ({ ...rule, on: false })) };
  expect(
    (await forum.done<Rehearsal>('POST', path, { token: admin.token, body: { policy: off } })).registrations,
  ).toBeNull();
});

test('the page of a rehearsal tells it without a script, and what it cannot know', async () => {
  const rules = await inForce({ 'form-time': { measure: 'hold' } });
  const settings = rules.flatMap((rule) =>
    Object.entries(rule)
      .filter(([name]) => name !== 'rule' && name !== 'on')
      .map(([name, value]) => [`${rule.rule}.${name}`, Array.isArray(value) ? value.join('\n') : String(value)]),
  );
  const fields = new URLSearchParams([...settings, ['form-time.on', '1']]);
  const { status, body } = await forum.call('POST', '/moderation/policy/rehearsals', {
    raw: fields.toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `colloquy_session=${admin.token}`,
      origin: forum.url,
    },
  });
  expect(status).toBe(200);
  expect(String(body)).toContain('registrations judged');
  expect(String(body)).toContain('A rehearsal does not know who was refused');
});
