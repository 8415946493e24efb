import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { LOCALES } from '../../libs/words/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let slug: string;
let postId: string;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  ({ slug, id: postId } = await forum.publish(admin));
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
});
afterAll(() => forum.close());

const wordsIn = (locale: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL(`../../src/web/shell/messages/${locale}.json`, import.meta.url), 'utf8'));
async function page(path: string, locale: string, token?: string): Promise<string> {
  const session = token === undefined ? '' : `; colloquy_session=${token}`;
  const { status, body } = await forum.call('GET', path, {
    headers: { cookie: `colloquy_locale=${locale}${session}` },
  });
  expect(status).toBe(200);
  return String(body);
}

test.each(Object.keys(LOCALES))(
  'whoever waits is told in %s, without scripts, what comes next and how they hear of it',
  async (locale) => {
    const words = wordsIn(locale);
    const writer = await forum.member(`writer-${locale}`);
    await forum.done('PATCH', '/api/v1/members/me', { token: writer.token, body: { locale } });
    const comment = await forum.comment(writer, postId);
    const hold = { action: 'hold', revision: 0, reason: 'other' };
    await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, { token: admin.token, body: hold });
    const thread = await page(`/posts/${slug}`, locale, writer.token);
    expect(thread).toContain(`<a href="/notifications">${words['comment.heldNext']}</a>`);
    expect(await page(`/posts/${slug}`, locale, admin.token)).not.toContain(
      `<a href="/notifications">${words['comment.heldNext']}</a>`,
    );

    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { registration: 'approval' } });
    const email = `waits-${locale}@example.org`;
    const body = { handle: `waits-${locale}`, displayName: 'Waits', email, password: PASSWORD, locale };
    await forum.done('POST', '/api/v1/members', { body });
    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { registration: 'open' } });
    const { token } = await forum.signIn(`waits-${locale}`);
    expect(await page('/register/done', locale, token)).toContain(
      words['register.waitsNext']?.replace('{email}', email),
    );
    expect(await page(`/posts/${slug}`, locale, token)).toContain(words['error.membership_waiting']);
    expect(await page('/archive', locale, token)).toMatch(/data-late="[^"]*\/let-in-/);
    expect(await page('/archive', locale, writer.token)).not.toContain('/let-in-');
    expect(await page('/register/done', locale, writer.token)).not.toContain(
      words['register.waitsNext']?.split('{email}')[0],
    );
    expect(await page(`/posts/${slug}?sent=guest`, locale)).toContain(words['form.guest.sent']);
  },
);
