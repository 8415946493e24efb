import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Post, PostDraft } from '../../libs/client/index.ts';
import type { SanctionKind } from '../../libs/words/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let editor: TestMember;
let issue: Post;
let draft: PostDraft;
let count = 0;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter: true } });
  issue = await forum.publish(admin, { title: 'November', kind: 'newsletter' });
  const text = { title: 'Of all editors', body: 'As it was.' };
  draft = await forum.done('PUT', `/api/v1/post-drafts/${newId()}`, { token: admin.token, body: text });
});
afterAll(() => forum.close());
beforeEach(async () => {
  count += 1;
  editor = await forum.member(`editor-${count}`, ['editor']);
});

const sanction = (kind: SanctionKind, until: string | null): Promise<unknown> =>
  forum.done('POST', `/api/v1/members/${editor.member.id}/sanctions`, {
    token: admin.token,
    body: { kind, reason: 'abuse', until, statement: 'Stop.', removeComments: 'none' },
  });
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();
const calls = (method: string, path: string, body?: unknown): Promise<Answer> =>
  forum.call(method, `/api/v1${path}`, { token: editor.token, ...(body !== undefined && { body }) });
const sends = (path: string, fields: Readonly<Record<string, string>>): Promise<Answer> =>
  forum.call('POST', path, {
    headers: { cookie: `colloquy_session=${editor.token}`, 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams(fields).toString(),
  });
const standing = (): Promise<PostDraft> =>
  forum.done('GET', `/api/v1/post-drafts/${draft.postId}`, { token: admin.token });

/** What the API answers to everything that an editor does for all. */
async function answers(): Promise<readonly string[]> {
  const text = { title: 'T', body: 'Replaced.', over: draft.position };
  const all = [
    await calls('POST', '/posts', { title: 'T', body: 'B' }),
    await calls('PUT', `/post-drafts/${draft.postId}`, text),
    await calls('PUT', `/post-drafts/${newId()}`, { title: 'T' }),
    await calls('DELETE', `/post-drafts/${draft.postId}?over=${draft.position}`),
    await calls('POST', '/post-previews', { body: 'B' }),
    await calls('POST', '/post-drafts/from-period', { from: '2015-10-01', to: '2015-10-31' }),
  ];
  return all.map(({ status, body }) => `${status} ${Reflect.get(Object(body), 'code')}`);
}

/** The statuses of the same in the pages. */
async function pages(): Promise<readonly number[]> {
  const { postId: id, position: over } = draft;
  const form = { id, over, title: 'T', body: 'B', locale: 'en', kind: 'article', when: 'now' };
  const sent: Answer[] = [];
  for (const act of ['draft', 'preview', 'both', 'publish']) sent.push(await sends('/write', { ...form, do: act }));
  sent.push(await sends(`/write/${id}/drop`, { over }));
  sent.push(await sends('/write/from-month', { month: '2015-10' }));
  for (const act of ['test', 'send', 'stop', 'resume'])
    sent.push(await sends(`/posts/${issue.slug}/issue`, { do: act }));
  return sent.map(({ status }) => status);
}

test.each([
  ['warning', 'warning_open'],
  ['suspension', 'suspended'],
] as const)('an editor under a %s does nothing for the other editors and readers', async (kind, code) => {
  await sanction(kind, kind === 'suspension' ? soon() : null);
  expect(await answers()).toEqual(Array.from({ length: 6 }, () => `403 ${code}`));
  expect(await pages()).toEqual(Array.from({ length: 10 }, () => 403));
  expect(await standing()).toEqual(draft);
  const page = await forum.call('GET', `/posts/${issue.slug}/issue`, { token: admin.token });
  expect(String(page.body)).toContain('/issue?send=1"');
});

test('what a suspended editor typed is given back with the refusal', async () => {
  await sanction('suspension', soon());
  for (const act of ['preview', 'both', 'draft']) {
    const typed = { id: draft.postId, over: draft.position, title: 'T', body: `Typed to ${act}`, do: act };
    expect((await sends('/write', typed)).body).toContain(`Typed to ${act}`);
  }
});

test('an empty text has a preview, and one that is longer than a post none', async () => {
  const preview = (body: string) => sends('/write', { id: newId(), title: 'T', body, do: 'preview' });
  expect((await preview('')).status).toBe(200);
  expect((await preview('Some *words*')).body).toContain('<em>words</em>');
  expect((await preview('x'.repeat(200_001))).status).toBe(400);
});
