import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BLOG, furnish, pagesOf, type WalkedPage } from '../browser/walked-forum.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { formOf } from '../support/image-form.ts';
import { drawn } from '../support/pictures.ts';
import { type PostedForm, postedForms } from '../support/posted-forms.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(120_000);

/** Whoever signs in has nobody's form yet; what asks for an address for the newsletter is the same for all who read. */
const NOBODYS: ReadonlySet<string> = new Set(['/demo/sign-in', '/newsletter']);
const WORDS = 'Words that nobody else may send';

let forum: RunningForum;
let pages: readonly WalkedPage[];
let writer: TestMember;
/** Signed in since in the same browser, who may do everything. */
let since: TestMember;
let slug: string;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: BLOG }, reacts: true });
  const made = await furnish(forum);
  pages = pagesOf(made);
  writer = made.people.writer;
  slug = made.post.slug;
  since = await forum.member('signed-in-since', ['admin']);
}, 120_000);
afterAll(() => forum?.close());

const cookieOf = ({ token }: TestMember) => ({ cookie: `colloquy_session=${token}` });

interface DrawnForm extends PostedForm {
  readonly path: string;
  readonly as: TestMember;
}

async function formsOf({ path, as }: WalkedPage): Promise<readonly DrawnForm[]> {
  if (as === undefined) return [];
  const page = await forum.call('GET', path, { headers: cookieOf(as) });
  if (!page.headers.get('content-type')?.startsWith('text/html')) return [];
  const forms = postedForms(String(page.body), path.split('#')[0] ?? path);
  return forms.filter(({ action }) => !NOBODYS.has(action)).map((form) => ({ ...form, path, as }));
}

async function everyForm(): Promise<readonly DrawnForm[]> {
  const all: DrawnForm[] = [];
  for (const page of pages) all.push(...(await formsOf(page)));
  return all;
}

/** Sent as a browser does, with the session of whoever signed in since. */
async function sendSince({ fields, texts, isInParts }: DrawnForm, action: string) {
  const all = [...fields, ...texts.map((name) => [name, WORDS] as const)];
  const { headers, raw } = isInParts
    ? formOf(all)
    : {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        raw: new URLSearchParams(all.map(([name, value]) => [name, value])).toString(),
      };
  return forum.call('POST', action, { raw, headers: { ...headers, ...cookieOf(since) } });
}

/** All that is recorded of whoever signed in since, and of guests. */
async function done(): Promise<readonly string[]> {
  const acts: string[] = [];
  for await (const { actor, type } of forum.forum.log.store.readAll())
    if (actor === since.member.id || actor.startsWith('guest')) acts.push(type);
  return acts;
}

describe('a form of a page that was drawn for a member', () => {
  it('says so, once', async () => {
    const forms = await everyForm();
    const others = forms.filter(
      ({ as, fields }) =>
        fields.filter(([name]) => name === 'as').length !== 1 ||
        !fields.some(([name, value]) => name === 'as' && value === as.member.id),
    );
    expect(others.map(({ path, action }) => `${path}: ${action}`)).toEqual([]);
    expect(forms.length).toBeGreaterThan(150);
  });

  it('does nothing once somebody else is signed in, and its words stand in a form of its own member alone', async () => {
    const before = await done();
    const wrong: string[] = [];
    for (const form of await everyForm()) {
      for (const action of form.actions) {
        const answer = await sendSince(form, action);
        if (answer.status !== 401) wrong.push(`${form.path}: ${action} answered ${answer.status}`);
        const given = postedForms(String(answer.body), action).filter(({ texts }) => texts.length > 0);
        const isOwn = given.every(({ fields }) =>
          fields.some(([name, value]) => name === 'as' && value === form.as.member.id),
        );
        const isThere = form.texts.length === 0 || String(answer.body).includes(WORDS);
        if (!isOwn || !isThere) wrong.push(`${form.path}: the words of ${action}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await done()).toEqual(before);
    expect((await forum.call('GET', '/settings', { headers: cookieOf(since) })).status).toBe(200);
  });
});

describe('a picture that is brought by a form', () => {
  const text = 'A text that waits for its picture';

  beforeAll(async () => {
    const { token } = await forum.admin();
    await forum.done('PATCH', '/api/v1/site', { token, body: { discussion: { images: true } } });
  });

  it('is not kept as of who signed in since, and the text beside it is given back for its writer', async () => {
    const before = await done();
    const fields = [
      ['as', writer.member.id],
      ['to', `/posts/${slug}/comments`],
      ['body', text],
      ['alt', 'A picture'],
    ] as const;
    const { headers, raw } = formOf([...fields, ['file', await drawn(40, 30).png().toBuffer()]]);
    const send = (by: TestMember) =>
      forum.call('POST', '/images/new', { raw, headers: { ...headers, ...cookieOf(by) } });
    const refused = await send(since);
    expect(refused.status).toBe(401);
    expect(String(refused.body)).toContain(text);
    expect(String(refused.body)).toContain(`name="as" value="${writer.member.id}"`);
    expect(await done()).toEqual(before);
    expect((await send(writer)).status).toBe(200);
  });

  it('leads back to a form of a comment alone, as browsers read its address', async () => {
    const to = (path: string) => {
      const raw = new URLSearchParams({ to: path, body: text }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...cookieOf(writer) };
      return forum.call('POST', '/images/new', { raw, headers });
    };
    expect(String((await to(`/posts/${slug}/comments`)).body)).toContain(`value="/posts/${slug}/comments"`);
    expect(String((await to('/posts/%2e%2e/comments')).body)).not.toContain('%2e%2e');
  });
});

describe('a guest’s form', () => {
  it('is not sent as by who signed in since, and is given back as nobody’s', async () => {
    const { token } = await forum.admin();
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
    const html = String((await forum.call('GET', `/posts/${slug}`)).body);
    const form = postedForms(html, '').find(({ texts }) => texts.includes('body'));
    const given = { name: 'Gus', email: 'gus@example.org', body: WORDS };
    const fields = [...(form?.fields ?? []).filter(([name]) => !(name in given)), ...Object.entries(given)];
    const before = await done();
    const answer = await forum.call('POST', form?.action ?? '', {
      raw: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...cookieOf(since) },
    });
    expect(answer.status).toBe(401);
    const again = postedForms(String(answer.body), '').find(({ texts }) => texts.includes('body'));
    expect(String(answer.body)).toContain(WORDS);
    expect(again?.fields).toEqual(
      expect.arrayContaining([
        ['as', ''],
        ['name', 'Gus'],
        ['email', 'gus@example.org'],
      ]),
    );
    expect(await done()).toEqual(before);
  });
});
