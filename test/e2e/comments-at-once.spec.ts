import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PolicyVersion } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const AT_ONCE = 15;
const POLICY = '/api/v1/moderation/policy';

let forum: RunningForum;
let admin: TestMember;
let postId: string;
beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  ({ id: postId } = await forum.publish(admin));
});
afterAll(() => forum.close());

/** Turns this rule on, and no other one. */
async function only(name: string, settings: object): Promise<void> {
  const { version, rules: before } = await forum.done<PolicyVersion>('GET', POLICY, { token: admin.token });
  const rules = before.map((rule) => ({ ...rule, ...(rule.rule === name ? settings : {}), on: rule.rule === name }));
  await forum.done('PUT', POLICY, { token: admin.token, body: { version, rules, note: '' } });
}

async function statusesAtOnce(handle: string, bodyOf: (index: number) => string): Promise<readonly string[]> {
  const writer = await forum.member(handle);
  const all = Array.from({ length: AT_ONCE }, (_, index) => forum.comment(writer, postId, { body: bodyOf(index) }));
  return (await Promise.all(all)).map(({ status }) => status);
}

test('of many comments that a member sends at once, no more are shown than the rule on flooding lets through', async () => {
  await only('flooding', { most: 2, withinSeconds: 300, measure: 'hold' });
  const statuses = await statusesAtOnce('flooder', (index) => `Comment number ${index} of this flood`);
  expect(statuses.filter((status) => status === 'visible')).toHaveLength(2);
});

test('of the same words sent many times at once, one is shown', async () => {
  await only('repeated-text', { measure: 'hold' });
  const statuses = await statusesAtOnce('repeater', () => 'The very same words, over and over again');
  expect(statuses.filter((status) => status === 'visible')).toHaveLength(1);
});
