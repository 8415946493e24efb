import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, DecisionAnswer, FoundText, Page, Post, Revision } from '../../libs/client/index.ts';
import { MOST_ELEMENTS } from '../../src/web/thread/parts/page-budget.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { langsAround } from '../support/langs-around.ts';
import { changesOf, type LiveForum, startLiveForum } from '../support/live-forum.ts';
import type { RunningForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const ENGLISH = 'I agree with every word of it, but such things take more time than we have.';
const THAI = 'เห็นด้วยกับบทความนี้';

let live: LiveForum;
let forum: RunningForum;
let writer: TestMember;
let reader: TestMember;
let moderator: TestMember;
let post: Post;

beforeAll(async () => {
  live = await startLiveForum();
  ({ forum, writer, reader } = live);
  moderator = live.editor;
  post = await forum.publish(moderator, { title: 'Why do you think so?' });
});
afterEach(() => live.closeSockets());
afterAll(() => forum.close());

const says = (by: TestMember, body: string): Promise<Comment> => forum.comment(by, post.id, { body });
const now = ({ id }: Comment): Promise<Comment> => forum.done('GET', `/api/v1/comments/${id}`);
const setLanguage = (by: TestMember, { id }: Comment, language: string) =>
  forum.call('PUT', `/api/v1/comments/${id}/language`, { token: by.token, body: { language } });
const page = async (headers: Readonly<Record<string, string>> = {}): Promise<string> =>
  String((await forum.call('GET', `/posts/${post.slug}`, { headers })).body);
const sends = (by: TestMember, path: string, fields: Readonly<Record<string, string>>) => {
  const headers = { cookie: `colloquy_session=${by.token}`, 'content-type': 'application/x-www-form-urlencoded' };
  return forum.call('POST', path, { headers, raw: new URLSearchParams(fields).toString() });
};
const langIn = (html: string, { id }: Comment): string | undefined =>
  /lang="([^"]*)"/.exec(
    /<div class="body text"[^>]*>/.exec(html.slice(html.indexOf(`id="comment-${id}"`)))?.[0] ?? '',
  )?.[1];

describe('the language of a comment', () => {
  it('is what the text tells, and none where it does not tell', async () => {
    const [thai, english, short] = [await says(writer, THAI), await says(writer, ENGLISH), await says(writer, 'Merci')];
    expect([thai.language, english.language, short]).toEqual([
      'th',
      'en',
      expect.not.objectContaining({ language: expect.anything() }),
    ]);
    expect([(await now(thai)).language, (await now(english)).language]).toEqual(['th', 'en']);
    const html = await page();
    expect([langIn(html, thai), langIn(html, english)]).toEqual(['th', 'en']);
    const { body } = await forum.call('PATCH', `/api/v1/comments/${thai.id}`, {
      token: writer.token,
      body: { body: ENGLISH, revision: thai.revision },
    });
    expect(body).toMatchObject({ language: 'en' });
  });

  it('is corrected by its author or a moderator, for readers at once, and stays so for another text', async () => {
    const comment = await says(writer, ENGLISH);
    const socket = await live.connect();
    await socket.ask('thread:join', { postId: post.id });
    expect(await setLanguage(reader, comment, 'km')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await setLanguage(writer, comment, 'klingon')).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(await setLanguage(writer, comment, 'km')).toMatchObject({
      status: 200,
      body: { language: 'km', revision: 1 },
    });
    await until(() => changesOf(socket).length > 0);
    expect(changesOf(socket)[0]).toMatchObject({
      kind: 'comment-edited',
      comment: { id: comment.id, language: 'km', editedAt: null },
    });
    expect(langIn(await page(), comment)).toBe('km');
    expect(await setLanguage(moderator, comment, 'und')).toMatchObject({ status: 200 });
    expect(await now(comment)).not.toHaveProperty('language');
    await setLanguage(writer, comment, 'lo');
    const edit = { body: `${ENGLISH} So be it.`, revision: (await now(comment)).revision };
    const edited = await forum.call('PATCH', `/api/v1/comments/${comment.id}`, { token: writer.token, body: edit });
    expect(edited).toMatchObject({ status: 200, body: { language: 'lo' } });
  });

  it('is said on a page, to which the menu of the comment leads', async () => {
    const comment = await says(writer, ENGLISH);
    const cookie = `colloquy_session=${writer.token}`;
    expect(await page({ cookie })).toContain(`href="/comments/${comment.id}/language"`);
    const path = `/comments/${comment.id}/language`;
    const form = String((await forum.call('GET', path, { headers: { cookie } })).body);
    expect(form).toMatch(/<option value="en" selected[^>]*>English<\/option>/);
    const sent = await sends(writer, path, { language: 'vi' });
    expect(sent.status).toBe(303);
    expect(await now(comment)).toMatchObject({ language: 'vi' });
    const refused = await sends(writer, path, { language: '' });
    expect(refused.status).toBe(400);
  });
});

it('the language of a comment goes with its words: found, in feeds, among bookmarks, in its history and to whom it answers', async () => {
  const words = `${ENGLISH} Nevertheless brontosaurus.`;
  const { id } = await says(reader, words);
  const comment = await forum.comment(writer, post.id, { body: words, parentId: id });
  await setLanguage(writer, comment, 'km');
  const headers = { cookie: `colloquy_session=${reader.token}` };
  const asked = async (path: string): Promise<string> => {
    const { body } = await forum.call('GET', path, { headers });
    return typeof body === 'string' ? body : JSON.stringify(body);
  };
  await forum.done('PUT', `/api/v1/comments/${comment.id}/bookmark`, { token: reader.token });
  await until(async () => (await asked('/notifications')).includes('brontosaurus'));
  const { items } = await forum.done<Page<FoundText>>('GET', '/api/v1/search?q=brontosaurus');
  const [first] = await forum.done<readonly Revision[]>('GET', `/api/v1/comments/${comment.id}/history`);
  const inKhmer = (html: string): boolean => /<p class="(?:told-words|text found-words)"[^>]* lang="km"/.test(html);
  const feed: unknown = JSON.parse(await asked(`/posts/${post.slug}/feed.json`));
  expect({
    found: items.find((item) => item.id === comment.id)?.language,
    pages: await Promise.all(['/search?q=brontosaurus', '/bookmarks', '/notifications'].map(asked)).then((all) =>
      all.map(inKhmer),
    ),
    posted: first?.language,
    feed,
  }).toEqual({
    found: 'km',
    pages: [true, true, true],
    posted: 'en',
    feed: expect.objectContaining({
      items: expect.arrayContaining([expect.objectContaining({ id: `urn:uuid:${comment.id}`, language: 'km' })]),
    }),
  });
});

it('the language of a post is what its text tells, where its editor names none', async () => {
  const body = `${THAI} ${THAI} ${THAI}`;
  const { locale } = await forum.publish(moderator, { title: 'บทความ', body });
  expect([locale, (await forum.publish(moderator, { title: 'Merci', body, locale: 'fr' })).locale]).toEqual([
    'th',
    'fr',
  ]);
});

it('the language of a text is the one that is kept, or that of its post: in lists of what is found, between two versions, on other sites, and of a short one', async () => {
  const french = 'Je ne suis pas du même avis, mais la suite de cet article vaut la peine d’être lue';
  const fr = await forum.publish(moderator, { title: 'Diplodocus', body: french, locale: 'fr' });
  const short = await forum.comment(writer, fr.id, { body: 'Merci !' });
  const { id } = await forum.comment(writer, fr.id, { body: french });
  for (const revision of [0, 1]) {
    const body = { body: `${french}, ${revision} fois`, revision };
    await forum.done('PATCH', `/api/v1/comments/${id}`, { token: writer.token, body });
  }
  const asked = async (path: string): Promise<string> => {
    const { body } = await forum.call('GET', path, { headers: {} });
    return typeof body === 'string' ? body : JSON.stringify(body);
  };
  let found = '';
  await until(async () => {
    found = await asked('/search?q=diplodocus');
    return found.includes('found-') && found.includes('<mark>');
  });
  const thread = await asked(`/posts/${fr.slug}`);
  const shortOne = thread.slice(thread.indexOf(`id="comment-${short.id}"`));
  expect({
    title: /<bdi lang="(\w+)"><mark>/.exec(found)?.[1],
    between: /<section class="compare"[\s\S]*?class="diff"[^>]* lang="(\w+)"/.exec(
      await asked(`/comments/${id}/history?from=0&to=2`),
    )?.[1],
    short: /class="body text"[^>]* lang="(\w+)"/.exec(shortOne)?.[1],
    quoted: /<blockquote[^>]*><div[^>]* lang=\\"(\w+)/.exec(
      await asked(`/oembed?url=${encodeURIComponent(`${forum.url}/comments/${id}`)}`),
    )?.[1],
  }).toEqual({ title: 'fr', between: 'fr', short: 'fr', quoted: 'fr' });
});

it('every page that shows a text says the language that is kept of it, whatever its letters tell', async () => {
  const french = 'Je ne suis pas du même avis, mais la suite de cet article vaut la peine d’être lue, markpost';
  const fr = await forum.publish(moderator, { title: 'Un marktitle', body: french, locale: 'fr' });
  const [asModerator, token] = [`colloquy_session=${moderator.token}`, moderator.token];
  const texts = { th: 'Khop khun mak markth', vi: 'Cam on rat nhieu markvi', de: 'Danke dafuer markde' };
  const comments: Comment[] = [];
  for (const [language, body] of Object.entries(texts)) {
    const { id, revision } = await forum.comment(writer, fr.id, { body: 'Soon' });
    await forum.done('PUT', `/api/v1/comments/${id}/language`, { token: writer.token, body: { language } });
    const edit = { token: writer.token, body: { body, revision: revision + 1 } };
    comments.push(await forum.done<Comment>('PATCH', `/api/v1/comments/${id}`, edit));
    await forum.done('PUT', `/api/v1/comments/${id}/bookmark`, { token });
    await forum.done('POST', `/api/v1/comments/${id}/reports`, { token: reader.token, body: { reason: 'spam' } });
  }
  const draft = { postId: fr.id, body: 'Merci markdraft' };
  await forum.done('PUT', '/api/v1/members/me/drafts', { token: writer.token, body: draft });
  const wrong: string[] = [];
  const walk = async (path: string, words: readonly string[], cookie = asModerator): Promise<void> => {
    const { body } = await forum.call('GET', path, { headers: { cookie } });
    for (const word of words) {
      const langs = langsAround(String(body), word);
      const kept = /mark(th|vi|de)$/.exec(word)?.[1] ?? 'fr';
      if (langs.length === 0 || langs.some((lang) => lang !== kept)) wrong.push(`${path}: ${word} ${langs}`);
    }
  };
  const all = ['markth', 'markvi', 'markde'];
  await until(async () =>
    String((await forum.call('GET', '/search?q=markde', { headers: {} })).body).includes('found-'),
  );
  for (const path of [`/posts/${fr.slug}`, `/posts/${fr.slug}?sort=newest`]) await walk(path, [...all, 'markpost'], '');
  for (const path of ['/bookmarks', '/moderation/queue', '/moderation/members/writer', '/members/writer'])
    await walk(path, all);
  for (const [at, { id }] of comments.entries()) {
    const own = all.slice(at, at + 1);
    for (const page of ['history', 'language', 'translations']) await walk(`/comments/${id}/${page}`, own);
    await walk(`/comments/${id}/report`, own, `colloquy_session=${reader.token}`);
    await walk(`/moderation/cases/${id}`, all);
    await walk(`/search?q=${own}`, [...own, 'marktitle']);
  }
  await walk('/', ['markpost']);
  await walk('/drafts', ['markdraft'], `colloquy_session=${writer.token}`);
  const body = { action: 'hold', revision: comments[2]?.revision };
  const { decision } = await forum.done<DecisionAnswer>('POST', `/api/v1/comments/${comments[2]?.id}/decisions`, {
    token,
    body,
  });
  await walk(`/moderation/decisions/${decision.id}`, all);
  expect(wrong).toEqual([]);
});

describe('a reader who says which languages it reads', () => {
  const inThai = /<details class="ignored"[^>]*><summary[^>]*>A comment in Thai by Name of writer<\/summary>/;

  it('without an account has comments in others folded, by a cookie, and changes no page of anybody else', async () => {
    const [thai, english] = [await says(writer, THAI), await says(writer, ENGLISH)];
    const answer = await forum.comment(writer, post.id, { body: ENGLISH, parentId: thai.id });
    expect(await page()).toContain('href="/languages?next=');
    expect(await page()).not.toMatch(inThai);
    const fields = new URLSearchParams({ next: `/posts/${post.slug}`, 'reads-en': '1', 'reads-km': '1' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = await forum.call('POST', '/languages', { headers, raw: fields.toString() });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/posts/${post.slug}`]);
    const cookie = String(sent.headers.get('set-cookie')).split(';')[0] ?? '';
    expect(cookie).toBe('colloquy_reads=en.km');
    const html = await page({ cookie });
    expect(html).toMatch(inThai);
    expect([html.includes(`id="comment-${english.id}"`), html.includes(`id="comment-${answer.id}"`)]).toEqual([
      true,
      true,
    ]);
    expect(await page()).not.toMatch(inThai);
    expect(await page({ cookie: 'colloquy_reads=th.klingon..' })).toContain('A comment in English by Name of writer');
    expect(await page({ cookie: 'colloquy_reads=klingon' })).not.toMatch(/A comment in/);
    const form = String(
      (await forum.call('GET', '/languages?next=https://elsewhere.example/', { headers: { cookie } })).body,
    );
    expect(form).toMatch(/name="reads-km" value="1" checked/);
    expect(form).toContain('name="next" value="/"');
  });

  it('is told of a translation that it reads, finds the comment that an address names open, and what it reads in part', async () => {
    const cookie = 'colloquy_reads=en.km';
    const token = (await forum.admin()).token;
    const [thai, other] = [await says(writer, THAI), await says(writer, THAI)];
    const mixed = await says(writer, `${THAI} ${THAI}\n\n${ENGLISH}`);
    const body = { language: 'en', body: 'I agree with this', sourceRevision: 0 };
    await forum.done('POST', `/api/v1/comments/${thai.id}/translations`, { token, body });
    const at = (html: string, { id }: Comment) => html.slice(html.indexOf(`id="comment-${id}"`)).slice(0, 500);
    const html = await page({ cookie });
    expect(at(html, thai)).toMatch(/A comment in Thai by Name of writer – translated into English<\/summary>/);
    expect(at(html, other)).toMatch(inThai);
    expect([mixed.language, at(html, mixed).includes('class="ignored"')]).toEqual(['th', false]);
    expect(at(await page({ cookie: 'colloquy_reads=km.zh' }), mixed)).toContain('class="ignored"');
    const found = await forum.call('GET', `/comments/${other.id}`, { headers: { cookie } });
    const path = String(found.headers.get('location'));
    const named = String((await forum.call('GET', path.split('#')[0] ?? '', { headers: { cookie } })).body);
    expect([/<details class="ignored" open/.test(at(named, other)), path.endsWith(`#comment-${other.id}`)]).toEqual([
      true,
      true,
    ]);
    expect(at(named, thai)).not.toMatch(/<details class="ignored" open/);
  });

  it('has translations below their originals or in their place, as it chose once for all, and other readers have none', async () => {
    const token = (await forum.admin()).token;
    const [thai, other] = [await says(writer, THAI), await says(writer, THAI)];
    const wish = { language: 'en', body: 'I agree with **this**', sourceRevision: 0 };
    await forum.done('POST', `/api/v1/comments/${thai.id}/translations`, { token, body: wish });
    const none = await sends(reader, '/languages', { next: '/', translations: 'instead' });
    expect([none.status, String(none.body)]).toEqual([
      400,
      expect.stringMatching(/Choose at least one language that you read[\s\S]*value="instead" checked/),
    ]);
    const fields = { next: `/posts/${post.slug}`, 'reads-en': '1', translations: 'instead' };
    const sent = await forum.call('POST', '/languages', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      raw: new URLSearchParams(fields).toString(),
    });
    const cookies = sent.headers.getSetCookie().map((one) => one.split(';')[0]);
    expect(cookies).toEqual(['colloquy_reads=en', 'colloquy_translations=instead']);
    const at = (html: string, { id }: Comment) =>
      new RegExp(`id="comment-${id}".*?</article>`, 's').exec(html)?.[0] ?? '';
    const shown =
      /Translated from Thai by [\s\S]*<div class="body text translated" lang="en"[^>]*><p>I agree with <strong>this/;
    const inPlace = await page({ cookie: cookies.join('; ') });
    expect(at(inPlace, thai)).toMatch(shown);
    expect(at(inPlace, thai)).toMatch(
      /translated[\s\S]*<details class="original"><summary>The original<\/summary><div class="body text" [^>]*lang="th"/,
    );
    expect([at(inPlace, thai).includes('class="ignored"'), at(inPlace, other)]).toEqual([
      false,
      expect.stringMatching(inThai),
    ]);
    const beside = at(await page({ cookie: 'colloquy_reads=en; colloquy_translations=beside' }), thai);
    expect(beside).toMatch(shown);
    expect(beside.indexOf('lang="th"')).toBeLessThan(beside.indexOf('translated'));
    for (const cookie of ['', 'colloquy_translations=instead', 'colloquy_reads=en; colloquy_translations=klingon'])
      expect(at(await page({ cookie }), thai)).not.toContain('body text translated');
    const settings = { reads: ['en'], translationsShown: 'instead' };
    const me = await forum.call('PATCH', '/api/v1/members/me', { token: reader.token, body: settings });
    expect(me).toMatchObject({ status: 200, body: settings });
    const session = `colloquy_session=${reader.token}`;
    expect(at(await page({ cookie: session }), thai)).toMatch(shown);
    const form = String((await forum.call('GET', '/settings', { headers: { cookie: session } })).body);
    expect(form).toMatch(/value="instead" checked/);
    expect((await sends(reader, '/languages', { next: '/' })).status).toBe(303);
    expect(await forum.done('GET', '/api/v1/members/me', { token: reader.token })).not.toHaveProperty(
      'translationsShown',
    );
  });

  it('reads a post in translation as it chose, and as it was written where it asks for that', async () => {
    const token = (await forum.admin()).token;
    const thai = await forum.publish(moderator, { title: 'บทความ', body: `${THAI} ${THAI} ${THAI}` });
    const body = { language: 'en', title: 'An article', body: 'I agree.', sourceRevision: 0 };
    await forum.done('POST', `/api/v1/posts/${thai.id}/translations`, { token, body });
    const read = async (place: string, query = ''): Promise<readonly unknown[]> => {
      const cookie = `colloquy_reads=en; colloquy_translations=${place}`;
      const html = String((await forum.call('GET', `/posts/${thai.slug}${query}`, { headers: { cookie } })).body);
      const title = /<h1 id="post-title"[^>]*>([^<]*)/.exec(html)?.[1];
      return [title, html.includes('<p>I agree.</p>'), html.includes('<details class="original">')];
    };
    expect(await read('instead')).toEqual(['An article', true, true]);
    expect(await read('instead', '?translation=original')).toEqual(['บทความ', false, false]);
    expect(await read('beside')).toEqual(['บทความ', true, false]);
    expect(await read('asked')).toEqual(['บทความ', false, false]);
  });

  it('finds the titles of posts in lists and in a search in translation as it chose, and nobody else does', async () => {
    const token = (await forum.admin()).token;
    const tags = ['rivers'];
    const thai = await forum.publish(moderator, {
      title: 'บทความเรื่องแม่น้ำ',
      body: THAI,
      excerpt: 'เรื่องย่อ',
      locale: 'th',
      tags,
    });
    const lao = await forum.publish(moderator, { title: 'ແມ່ນ້ຳ', body: 'ຂໍ້ຄວາມ', locale: 'lo', tags });
    for (const [{ id }, title] of [
      [thai, 'About <rivers>'],
      [lao, 'Rivers'],
    ] as const) {
      const body = { language: 'en', title, body: `**Borders**, of ${title}.`, sourceRevision: 0 };
      await forum.done('POST', `/api/v1/posts/${id}/translations`, { token, body });
    }
    const [year, month] = thai.publishedAt.split('-');
    const lists = ['/', '/tags/rivers', `/archive/${year}/${month}`];
    const read = async (path: string, cookie: string): Promise<string> =>
      String((await forum.call('GET', path, { headers: { cookie } })).body);
    const inEnglish = '>About &lt;rivers></a></h2>';
    const inThai = '>บทความเรื่องแม่น้ำ</a></h2>';
    for (const path of lists) {
      const told = async (cookie: string) => {
        const html = await read(path, cookie);
        const excerpts = [...html.matchAll(/<div class="excerpt text" lang="(\w+)" dir="auto">(.*?)<\/div>/gs)];
        return [
          ...[html.includes(inThai), html.includes(inEnglish), html.includes('lang="en" dir="auto">About')],
          excerpts.find(([, , text]) => text?.includes('Borders, of About') || text?.includes('เรื่องย่อ'))?.slice(1),
        ];
      };
      const short = ['th', '<p>เรื่องย่อ</p>\n'];
      expect(await told('')).toEqual([true, false, false, short]);
      expect(await told('colloquy_reads=en; colloquy_translations=instead')).toEqual([
        ...[false, true, false],
        ['en', '<p>Borders, of About &lt;rivers&gt;.</p>'],
      ]);
      expect(await told('colloquy_reads=en; colloquy_translations=beside')).toEqual([true, false, true, short]);
      for (const cookie of ['', 'colloquy_reads=en', 'colloquy_reads=en.th; colloquy_translations=instead'])
        expect(await told(cookie)).toEqual([true, false, false, short]);
      const html = await read(path, 'colloquy_reads=en.lo; colloquy_translations=instead');
      expect([html.includes(inEnglish), html.includes('lang="en" dir="auto"><a'), html.includes('>ແມ່ນ້ຳ</a>')]).toEqual([
        true,
        true,
        true,
      ]);
    }
    const search = `/search?q=${encodeURIComponent('แม่น้ำ')}`;
    await until(async () => (await read(search, '')).includes(`id="found-${thai.id}"`));
    const found = await read(search, 'colloquy_reads=en; colloquy_translations=instead');
    expect(found).toMatch(
      /<bdi lang="en">About &lt;rivers><\/bdi><\/a><\/h3><p class="post-meta"><bdi lang="th">.*<mark>/,
    );
    expect(await read(search, '')).not.toContain('rivers>');
    expect(await read('/feed.atom', 'colloquy_reads=en; colloquy_translations=instead')).not.toContain('About');
    // Readers of other languages are never shown a page that was kept with a translated title.
    expect(await read('/', '')).toContain(inThai);
  });

  it('has fewer comments on a page where a long translation of the post stands too', async () => {
    const token = (await forum.admin()).token;
    const thai = await forum.publish(moderator, { title: 'ยาว', body: `${THAI} ${THAI} ${THAI}` });
    const body = { language: 'en', title: 'Long', body: 'A part of it.\n\n'.repeat(700), sourceRevision: 0 };
    await forum.done('POST', `/api/v1/posts/${thai.id}/translations`, { token, body });
    for (let n = 0; n < 12; n += 1) await forum.comment(writer, thai.id, { body: `- ${n}\n`.repeat(40) });
    const read = async (place: string): Promise<readonly [number, boolean]> => {
      const cookie = `colloquy_reads=en; colloquy_translations=${place}`;
      const html = String((await forum.call('GET', `/posts/${thai.slug}`, { headers: { cookie } })).body);
      return [html.match(/<li class="comment/g)?.length ?? 0, (html.match(/<[a-z]/g)?.length ?? 0) < MOST_ELEMENTS];
    };
    expect(await read('asked')).toEqual([12, true]);
    const [shown, isLight] = await read('instead');
    expect([shown > 5, shown < 12, isLight]).toEqual([true, true, true]);
  });

  it('as a member has them folded by its settings, but for its own', async () => {
    await says(writer, THAI);
    const me = await forum.call('PATCH', '/api/v1/members/me', { token: reader.token, body: { reads: ['lo', 'en'] } });
    expect(me).toMatchObject({ status: 200, body: { reads: ['en', 'lo'] } });
    const own = await says(reader, THAI);
    const html = await page({ cookie: `colloquy_session=${reader.token}` });
    expect(html).toMatch(inThai);
    expect(html.slice(html.indexOf(`id="comment-${own.id}"`)).slice(0, 400)).not.toContain('class="ignored"');
    const settings = await forum.call('GET', '/settings', { headers: { cookie: `colloquy_session=${reader.token}` } });
    expect(String(settings.body)).toMatch(/name="reads-lo" value="1" checked/);
    expect((await sends(reader, '/languages', { next: '/' })).status).toBe(303);
    expect(await forum.done('GET', '/api/v1/members/me', { token: reader.token })).not.toHaveProperty('reads');
    expect(await page({ cookie: `colloquy_session=${reader.token}` })).not.toMatch(inThai);
  });
});
