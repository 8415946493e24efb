import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OwnMember } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let shy: TestMember;
let other: TestMember;
let auditor: TestMember;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  shy = await forum.member('shy');
  other = await forum.member('other');
  auditor = await forum.member('auditor-of-it', ['auditor']);
  const post = await forum.publish(admin);
  await forum.comment(shy, post.id, { body: 'Said by somebody shy' });
});
afterAll(() => forum.close());

async function pageOf(by: TestMember | null, path: string, form?: Readonly<Record<string, string>>) {
  const answer = await fetch(`${forum.url}${path}`, {
    redirect: 'manual',
    headers: { origin: forum.url, ...(by && { cookie: `colloquy_session=${by.token}` }) },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
}

/** What the page and the API answer to visitors, another member, an auditor, an admin, and the member itself. */
async function found(): Promise<readonly (readonly number[])[]> {
  const [pages, api]: [number[], number[]] = [[], []];
  for (const by of [null, other, auditor, admin, shy]) {
    pages.push((await pageOf(by, '/members/shy')).status);
    const { status } = await forum.call('GET', '/api/v1/members/shy', by === null ? {} : { token: by.token });
    api.push(status);
  }
  return [pages, api];
}

/** The API asks visitors to sign in, whoever is asked for. */
const EVERYBODY = [
  [200, 200, 200, 200, 200],
  [401, 200, 200, 200, 200],
];
const BUT_STAFF = [
  [404, 404, 200, 200, 200],
  [401, 404, 200, 200, 200],
];

test('a member takes its page away from everybody but staff, and gives it back, in the API and by one press', async () => {
  expect(await found()).toEqual(EVERYBODY);
  const member = await forum.done<OwnMember>('PATCH', '/api/v1/members/me', {
    token: shy.token,
    body: { pageHidden: true },
  });
  expect(member).toMatchObject({ handle: 'shy', pageHidden: true });
  expect(await found()).toEqual(BUT_STAFF);
  const nobody = await forum.call('GET', '/api/v1/members/nobody-else', { token: other.token });
  const gone = await forum.call('GET', '/api/v1/members/shy', { token: other.token });
  expect(JSON.stringify(gone.body).replaceAll('shy', 'nobody-else')).toBe(JSON.stringify(nobody.body));

  const own = await pageOf(shy, '/members/shy');
  expect(own.text).toContain('Only you and the staff of the forum find your page.');
  const shown = await pageOf(shy, '/settings/page', { hidden: '' });
  expect(shown).toMatchObject({ status: 303, location: expect.stringContaining('/members/shy?done=pageShown') });
  expect(await found()).toEqual(EVERYBODY);
  expect(await forum.done('GET', '/api/v1/members/me', { token: shy.token })).not.toHaveProperty('pageHidden');
});

test('the own page leads to answers, drafts and bookmarks; nobody else sees that part', async () => {
  const own = (await pageOf(shy, '/members/shy')).text;
  expect(own).toContain('Said by somebody shy');
  for (const path of ['/notifications', '/drafts', '/bookmarks']) expect(own).toContain(`<a href="${path}">`);
  expect(own).toContain('action="/settings/page"');
  for (const by of [null, other, admin]) {
    const text = (await pageOf(by, '/members/shy')).text;
    expect(text).toContain('Said by somebody shy');
    expect(text).not.toContain('action="/settings/page"');
  }
});

test('lists what the member published, as whoever looks may see it, page by page, and nothing where the page is hidden', async () => {
  const editor = await forum.member('publishing', ['editor']);
  const second = await forum.member('second-editor', ['editor']);
  for (let n = 1; n <= 11; n += 1) await forum.publish(editor, { title: `Written no. ${n}.` });
  await forum.publish(editor, { title: 'For next year', publishAt: '2999-01-01T00:00:00.000Z' });
  await forum.publish(second, { title: 'By another one' });
  const first = (await pageOf(null, '/members/publishing')).text;
  expect(first).toContain('Written no. 11.');
  expect(first).not.toContain('Written no. 1.');
  expect(first).not.toContain('For next year');
  expect(first).not.toContain('By another one');
  const older = /href="([^"]*posts=[^"#]*)[^"]*"/.exec(first)?.[1] ?? '';
  const rest = (await pageOf(null, older.replaceAll('&amp;', '&'))).text;
  expect(rest.match(/Written no\. \d+\./g)).toEqual(['Written no. 1.']);
  for (const by of [second, editor]) expect((await pageOf(by, '/members/publishing')).text).toContain('For next year');
  expect((await pageOf(null, '/members/second-editor')).text).toContain('By another one');
  expect((await pageOf(null, '/members/shy')).text).not.toContain('posts-title');
  await forum.done('PATCH', '/api/v1/members/me', { token: editor.token, body: { pageHidden: true } });
  expect((await pageOf(other, '/members/publishing')).text).not.toContain('Written no.');
});
