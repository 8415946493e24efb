import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Post, Sanction } from '../../libs/client/index.ts';
import { TEXT_LIMITS } from '../../libs/words/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

const BLOG = 'https://blog.example';
/** A letter of Chinese that a form sends as twelve bytes, and one of Khmer, as nine. */
const LETTERS = ['𠮷', 'ខ'] as const;
type Letter = (typeof LETTERS)[number];

let forum: RunningForum;
let admin: TestMember;
let member: TestMember;
let moderator: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: BLOG } });
  admin = await forum.admin();
  member = await forum.member('somchai');
  moderator = await forum.member('a-moderator', ['moderator']);
  post = await forum.publish(admin);
}, 60_000);
afterAll(() => forum?.close());

const most = (kind: keyof typeof TEXT_LIMITS, letter: Letter): string => letter.repeat(TEXT_LIMITS[kind].max);

function send(path: string, form: Readonly<Record<string, string>>, by: TestMember | null = member) {
  const cookie = by === null ? {} : { cookie: `colloquy_session=${by.token}` };
  return forum.call('POST', path, {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...cookie },
  });
}

describe.each(LETTERS)('the longest texts in letters such as %s', (letter) => {
  it('are taken as comments in a frame, of members and of guests, on a page with the longest address', async () => {
    const url = `${BLOG}/${letter.codePointAt(0)}${'a'.repeat(1_900)}`;
    const frame = `/embed?${new URLSearchParams({ url, title: most('title', letter), locale: 'km', theme: 'dark' })}`;
    const body = most('comment', letter);
    expect((await send('/embed/comments', { frame, body })).status).toBe(303);
    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
    const guest = { name: letter.repeat(TEXT_LIMITS.displayName.max), email: 'guest@example.org' };
    expect((await send('/embed/comments', { frame, body, ...guest }, null)).status).toBe(303);
    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: false } });
  });

  it('are taken as comments, edits and drafts', async () => {
    const body = most('comment', letter);
    expect((await send(`/posts/${post.slug}/comments`, { body })).status).toBe(303);
    const written = await forum.comment(member, post.id);
    const edit = { body, revision: String(written.revision) };
    expect((await send(`/comments/${written.id}/edit`, edit)).status).toBe(303);
    const { id } = await forum.publish(admin);
    const escaped = JSON.stringify({ postId: id, body }).replaceAll(/[^\0-~]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
    for (const [method, path] of [
      ['PUT', '/api/v1/members/me/drafts'],
      ['POST', '/api/v1/previews'],
    ] as const) {
      const raw = path.endsWith('drafts') ? escaped : escaped.replace(/"postId":"[^"]*",/, '');
      const headers = { 'content-type': 'application/json' };
      const answer = await forum.call(method, path, { token: member.token, raw, headers });
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  it('are taken as posts, and as what a post is edited to', async () => {
    const fields = {
      title: most('title', letter),
      body: most('postBody', letter),
      excerpt: most('excerpt', letter),
      tags: Array.from({ length: 20 }, (_, n) => `${n}${letter.repeat(TEXT_LIMITS.tag.max - 2)}`).join(', '),
    };
    const written = await send('/write', fields, admin);
    expect(written.status).toBe(303);
    const [slug = ''] = /[^/?]+(?=\?|$)/.exec(written.headers.get('location')?.split('?')[0] ?? '') ?? [];
    expect((await send(`/posts/${slug}/edit`, fields, admin)).status).toBe(303);
  });

  it('are taken as reports, notes, reasons, statements and appeals', async () => {
    const reported = await forum.comment(member, post.id);
    const report = { reason: 'other', note: most('reportNote', letter) };
    const reporter = await forum.member();
    expect((await send(`/comments/${reported.id}/report`, report, reporter)).status).toBe(303);
    const decision = {
      action: 'hold',
      reason: 'spam',
      note: most('decisionNote', letter),
      revision: String(reported.revision),
    };
    expect((await send(`/moderation/cases/${reported.id}`, decision, admin)).status).toBe(303);
    const record = `/moderation/members/${reporter.member.handle}`;
    expect((await send(`${record}/notes`, { text: most('memberNote', letter) }, admin)).status).toBe(303);
    const discussion = { state: 'open', slowModeSeconds: '0', pinned: '', reason: most('reason', letter) };
    expect((await send(`/moderation/discussions/${post.slug}`, discussion, admin)).status).toBe(303);

    for (const kind of ['warning', 'ban']) {
      const sanction = { kind, reason: most('ownReason', letter), statement: most('statement', letter) };
      const path = `/api/v1/members/${reporter.member.id}/sanctions`;
      const { id } = await forum.done<Sanction>('POST', path, {
        token: admin.token,
        body: { kind, reason: sanction.statement.slice(0, 500) },
      });
      const text = most('appeal', letter);
      const appealed =
        kind === 'ban'
          ? await send('/appeal', { login: reporter.member.handle, password: PASSWORD, text }, null)
          : await send(`/settings/sanctions/${id}/appeal`, { text }, reporter);
      expect([kind, appealed.status]).toEqual([kind, 303]);
      const answer = { outcome: 'refused', answer: most('statement', letter) };
      expect((await send(`/moderation/appeals/${id}`, answer, moderator)).status).toBe(303);
    }
  });

  it('are taken as the pages of the site', async () => {
    const pages = Object.fromEntries(
      ['about', 'rules', 'privacy', 'imprint'].map((name) => [name, most('sitePage', letter)]),
    );
    expect((await send('/admin/settings', { part: 'pages', ...pages }, admin)).status).toBe(303);
    const escaped = JSON.stringify({ pages });
    const answer = await forum.call('PATCH', '/api/v1/site', {
      token: admin.token,
      raw: escaped,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(200);
  });
});

it('tells in the reader’s words when a form is larger than all of this', async () => {
  const answer = await send(`/posts/${post.slug}/comments`, { body: 'ខ'.repeat(40_000) });
  expect(answer.status).toBe(413);
  expect(String(answer.body)).toContain('<h1>This is too long</h1>');
});
