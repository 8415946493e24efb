import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { OwnMember, PolicyVersion, ProofProblem } from '../../libs/client/index.ts';
import { FormStamps } from '../../src/access/form-stamps.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { solvedProof } from '../support/solved-proof.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let slug: string;
let postId: string;
let count = 0;

beforeAll(async () => {
  forum = await startForum({ env: { RATE_LIMITS: 'on' } });
  admin = await forum.admin();
  ({ slug, id: postId } = await forum.publish(admin));
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  await inForce({ fromArrivals: 0, bits: 8, measure: 'reject' });
});
afterAll(() => forum.close());

async function inForce(settings: object): Promise<void> {
  const path = '/api/v1/moderation/policy';
  const { version, rules: before } = await forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const rules = before.map((rule) => (rule.rule === 'proof-of-work' ? { ...rule, on: true, ...settings } : rule));
  await forum.done('PUT', path, { token: admin.token, body: { version, rules, note: '' } });
}

const newcomer = (over: object = {}) => {
  count += 1;
  const handle = `newcomer-${count}`;
  return { handle, displayName: `Newcomer ${count}`, email: `${handle}@example.org`, password: PASSWORD, ...over };
};
const register = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  forum.call('POST', '/api/v1/members', { body, headers });
const form = (path: string, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const stamped = () => ({
  shownAt: forum.forum.app.get(FormStamps, { strict: false }).write(Date.now() - 30_000),
  homepage: '',
});
async function stateAfter(cookie: string | null): Promise<string> {
  const token = /colloquy_session=([^;]+)/.exec(cookie ?? '')?.[1];
  return (await forum.done<OwnMember>('GET', '/api/v1/members/me', { token })).state;
}

test('a program is told what to solve, and registers with the solution; once, and again only for the same act', async () => {
  const refused = await register(newcomer());
  expect(refused).toMatchObject({ status: 403, body: { code: 'proof_required', challenge: { bits: 8, puzzles: 8 } } });
  const { challenge } = refused.body as ProofProblem;
  const proof = solvedProof(challenge.stamp, challenge.bits);
  expect(await register({ ...newcomer({ proof }), handle: admin.member.handle })).toMatchObject({ status: 409 });
  const key = { 'idempotency-key': randomUUID() };
  const first = newcomer({ proof });
  const made = await register(first, key);
  expect([made.status, (await register(first, key)).status]).toEqual([201, 201]);
  expect(await register(newcomer({ proof }))).toMatchObject({ status: 403, body: { code: 'proof_required' } });
});

test('a guest who uses the API is told the same', async () => {
  const wish = { body: 'I was there.', guest: { name: 'Sokha', email: 'sokha@example.org' } };
  const path = `/api/v1/posts/${postId}/comments`;
  const { body } = await forum.call('POST', path, { body: wish });
  expect(body).toMatchObject({ code: 'proof_required' });
  const { stamp, bits } = (body as ProofProblem).challenge;
  expect((await forum.call('POST', path, { body: { ...wish, proof: solvedProof(stamp, bits) } })).status).toBe(202);
});

test('a form without the proof waits for a moderator and is told so, and with it it does not wait', async () => {
  const page = String((await forum.call('GET', '/register')).body);
  expect(page).toContain('data-proof="8"');
  expect(page).toContain('Without JavaScript you can send too');
  const fields = stamped();
  const held = await form('/register', { ...newcomer(), id: randomUUID(), ...fields });
  expect([held.status, await stateAfter(held.headers.get('set-cookie'))]).toEqual([303, 'waiting']);
  const cookie = /colloquy_session=[^;]+/.exec(held.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const told = await forum.call('GET', '/register/done', { headers: { cookie } });
  expect(String(told.body)).toContain('a moderator looks at your registration');
  const proof = solvedProof(fields.shownAt, 8);
  const fine = await form('/register', { ...newcomer(), id: randomUUID(), ...fields, proof });
  expect(await stateAfter(fine.headers.get('set-cookie'))).toBe('active');
});

test('a network has a few comments an hour by forms without the proof', async () => {
  const send = async (n: number, over: object = {}) =>
    (
      await form(`/posts/${slug}/comments`, {
        body: `Word ${n}`,
        name: 'Sokha',
        email: `s${n}@example.org`,
        ...stamped(),
        ...over,
      })
    ).status;
  expect([await send(1), await send(2), await send(3), await send(4)]).toEqual([303, 303, 303, 429]);
  expect(await send(5, { proof: solvedProof(stamped().shownAt, 8) })).toBe(303);
});

test('where few have come, nobody is asked, and neither are members and invited people', async () => {
  await inForce({ fromArrivals: 10_000 });
  expect((await register(newcomer())).status).toBe(201);
  expect(String((await forum.call('GET', '/register')).body)).not.toContain('data-proof');
  await inForce({ fromArrivals: 0 });
  const { token: invitation } = await forum.done<{ token: string }>('POST', '/api/v1/invitations', {
    token: admin.token,
    body: {},
  });
  expect((await register(newcomer({ invitation }))).status).toBe(201);
  expect((await forum.comment(admin, postId)).status).toBe('visible');
});
