import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ListedMember, ModerationCase, OwnMember, Page, PolicyVersion } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let writer: TestMember;
let postId: string;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  writer = await forum.member('writer');
  ({ id: postId } = await forum.publish(admin));
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  const on: Readonly<Record<string, object>> = {
    'banned-words': { words: ['zebracake'], measure: 'hold' },
    links: { most: 0, measure: 'report' },
    'disposable-address': { domains: [], trustedDomains: [], measure: 'hold' },
  };
  const path = '/api/v1/moderation/policy';
  const { version, rules: before } = await forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const rules = before.map((rule) => ({ ...rule, on: on[rule.rule] !== undefined, ...on[rule.rule] }));
  await forum.done('PUT', path, { token: admin.token, body: { version, rules, note: '' } });
});
afterAll(() => forum.close());

const caseOf = (id: string) =>
  forum.done<ModerationCase>('GET', `/api/v1/moderation/cases/${id}`, { token: admin.token });
async function page(path: string): Promise<string> {
  const headers = { cookie: `colloquy_session=${admin.token}` };
  const { status, body } = await forum.call('GET', path, { headers });
  expect(status).toBe(200);
  return String(body);
}

/** A guest's comment by an address to throw away, confirmed. */
async function fromGuest(body: string): Promise<string> {
  const id = randomUUID();
  const email = `${id.slice(0, 8)}@mailinator.com`;
  await forum.done('POST', `/api/v1/posts/${postId}/comments`, { body: { id, body, guest: { name: 'Sokha', email } } });
  await until(async () => (await outboxMails(forum.dataDir, email)).length > 0);
  const [mail] = await outboxMails(forum.dataDir, email);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const pressed = await forum.call('POST', `/confirm/${tokenIn(mail ?? { text: '' }, '/confirm/')}`, {
    headers,
    raw: '',
  });
  expect(pressed.status).toBe(200);
  return id;
}

test('a case tells by which rule of the policy its comment is held, and its page leads to that rule', async () => {
  const { id } = await forum.comment(writer, postId, { body: 'A zebracake, and https://example.org/' });
  expect(await caseOf(id)).toMatchObject({ list: 'held', heldBy: ['banned-words', 'links'] });
  const html = await page(`/moderation/cases/${id}`);
  expect(html).toContain('href="/moderation/policy#rule-banned-words">Held by the rule “');
  expect(await page('/moderation/policy')).toContain('id="rule-banned-words"');
});

test('what a rule only reported, and what no rule caught, is held by none', async () => {
  const linked = await forum.comment(writer, postId, { body: 'Only https://example.org/' });
  expect(await caseOf(linked.id)).toMatchObject({ list: 'reported', heldBy: [], findings: [{ rule: 'links' }] });
  const fine = await forum.comment(writer, postId, { body: 'Fine' });
  expect(await caseOf(fine.id)).toMatchObject({ list: null, heldBy: [] });
  const decision = { action: 'hold', revision: 0, reason: 'other' };
  await forum.done('POST', `/api/v1/comments/${fine.id}/decisions`, { token: admin.token, body: decision });
  expect(await caseOf(fine.id)).toMatchObject({ list: 'held', heldBy: [] });
});

test('a guest’s comment tells the rules that caught the guest on arrival before those about its text', async () => {
  const id = await fromGuest('A zebracake');
  expect(await caseOf(id)).toMatchObject({ reasons: ['guest'], heldBy: ['disposable-address', 'banned-words'] });
  const html = await page(`/moderation/cases/${id}`);
  expect(html).toContain('href="/moderation/policy#rule-disposable-address"');
  expect(await page('/moderation/queue?list=held')).toMatch(/class="row-why">[^<]*Address to throw away/);
});

test('a waiting member is listed with the rules, for staff alone', async () => {
  const body = { handle: 'thrown', displayName: 'Thrown', email: 'x@mailinator.com', password: PASSWORD };
  const { member } = await forum.done<{ member: OwnMember }>('POST', '/api/v1/members', { body });
  expect(member).toMatchObject({ state: 'waiting' });
  expect(member).not.toHaveProperty('heldBy');
  const list = () => forum.done<Page<ListedMember>>('GET', '/api/v1/members', { token: admin.token });
  expect((await list()).items).toMatchObject([{ handle: 'thrown', heldBy: ['disposable-address'] }, {}, {}]);
  expect((await list()).items.filter(({ heldBy }) => heldBy !== undefined)).toHaveLength(1);
  expect(await page('/moderation/newcomers')).toContain('href="/moderation/policy#rule-disposable-address">Held by');
  await forum.done('PUT', `/api/v1/members/${member.id}/membership`, { token: admin.token, body: { state: 'active' } });
  expect((await list()).items.filter(({ heldBy }) => heldBy !== undefined)).toEqual([]);
});
