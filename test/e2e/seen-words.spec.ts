import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ModerationCase, PolicyVersion, Rehearsal } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let postId: string;
const path = '/api/v1/moderation/policy';

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  ({ id: postId } = await forum.publish(admin));
});
afterAll(() => forum.close());

async function rulesWith(on: Readonly<Record<string, object>>): Promise<PolicyVersion> {
  const inForce = await forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const rules = inForce.rules.map((rule) => ({ ...rule, on: on[rule.rule] !== undefined, ...on[rule.rule] }));
  return { ...inForce, rules };
}

async function findingsOf(writer: TestMember, body: string): Promise<readonly unknown[]> {
  const { id } = await forum.comment(writer, postId, { body });
  const found = await forum.done<ModerationCase>('GET', `/api/v1/moderation/cases/${id}`, { token: admin.token });
  return found.findings.map(({ rule, matched }) => [rule, matched]);
}

test('the policy judges a comment as readers see it; a rehearsal judges old ones alike', async () => {
  const before = await forum.member('before');
  await forum.comment(before, postId, { body: 'Buy vi&#97;gra, vi**a**gra' });
  const on = {
    'banned-words': { words: ['viagra'], measure: 'hold' },
    links: { most: 1, trustedHosts: ['good.example'], measure: 'hold' },
    'repeated-text': { withinHours: 1, measure: 'hold' },
  };
  const { version, rules } = await rulesWith(on);
  const rehearsed = await forum.done<Rehearsal>('POST', `${path}/simulations`, {
    token: admin.token,
    body: { policy: { rules } },
  });
  expect(rehearsed).toMatchObject({
    byRule: { 'banned-words': { caught: 1, newlyCaught: 1, changed: 1 } },
  });
  await forum.done('PUT', path, { token: admin.token, body: { version, rules, note: '' } });
  const writer = await forum.member('writer');
  expect(await findingsOf(writer, 'Buy vi&shy;a`gr`a')).toEqual([['banned-words', 'vi\u00adagra']]);
  expect(await findingsOf(writer, '[x](http&#58;//a.example) [y](http://b.example&sol;.good.example/)')).toEqual([
    ['links', '2 links, the first to a.example'],
  ]);
  const first = await forum.comment(writer, postId, { body: 'The *very* same words' });
  expect(await findingsOf(writer, 'The v&#101;ry same[](/x) words')).toEqual([
    ['repeated-text', `the same text at ${first.createdAt}`],
  ]);
});
