import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type {
  Comment,
  LogEntry,
  NotificationList,
  OwnMember,
  Page,
  PolicyVersion,
  Post,
  ReportedTranslations,
  TranslationList,
  TranslationWish,
  WrittenTranslation,
} from '../../libs/client/index.ts';
import { eventLine } from '../../libs/event-store/index.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { outboxMail } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let author: TestMember;
let linh: TestMember;
let mai: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  moderator = await forum.member('the-moderator', ['moderator']);
  author = await forum.member('the-author');
  linh = await forum.member('linh');
  mai = await forum.member('mai');
  post = await forum.publish(admin, { title: 'Sông không biên giới', body: 'Một bài viết.' });
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { translations: 'members' } });
});
afterAll(() => forum.close());

const said = (): Promise<Comment> => forum.comment(author, post.id, { body: 'Xin chào' });
const pathOf = ({ id }: { readonly id: string }, kind = 'comments'): string => `/api/v1/${kind}/${id}/translations`;
const listed = (of: Comment): Promise<TranslationList> => forum.done('GET', pathOf(of));
const wish = (over: Partial<TranslationWish> = {}): TranslationWish => ({
  language: 'en',
  body: 'Hello',
  sourceRevision: 0,
  ...over,
});
const translate = (
  by: TestMember,
  of: Pick<Comment, 'id'>,
  over: Partial<TranslationWish> = {},
  kind = 'comments',
): Promise<WrittenTranslation> => forum.done('POST', pathOf(of, kind), { token: by.token, body: wish(over) });
const page = async (path: string, by?: TestMember): Promise<string> => {
  const headers = by ? { cookie: `colloquy_session=${by.token}` } : {};
  return String((await forum.call('GET', path, { headers })).body);
};
const sent = (path: string, by: TestMember, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    headers: { cookie: `colloquy_session=${by.token}`, 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams(fields).toString(),
  });

/** The title and the text that a refused form shows as changed, without the words for those who hear them. */
const changesIn = (body: unknown): readonly string[] => {
  const [quoted = ''] = /<blockquote class="quoted text source-changes".*?<\/blockquote>/s.exec(String(body)) ?? [];
  const plain = quoted.replaceAll(/<span class="visually-hidden">.*?<\/span>/g, '').replaceAll(/<\/?span>/g, '');
  return [...plain.matchAll(/<(p|div) class="[^"]*diff"[^>]*>(.*?)<\/\1>/gs)].map(([, , text]) => text ?? '');
};

it('is bound to the event of its source, told beside the comment, live and on the page', async () => {
  const comment = await said();
  const socket = await new TestSocket(forum.url, {}).connected();
  await socket.ask('thread:join', { postId: post.id });
  const { translation } = await translate(linh, comment, { body: 'Hello, *all*' });
  const events = [];
  for await (const event of forum.forum.log.store.readStream(`comment-${comment.id}`)) events.push(event);
  const line = events[0] === undefined ? '' : eventLine(events[0]);
  expect(translation).toMatchObject({
    language: 'en',
    by: { id: linh.member.id },
    body: 'Hello, *all*',
    bodyHtml: '<p>Hello, <em>all</em></p>\n',
    sourceRevision: 0,
    sourceHash: createHash('sha256').update(line).digest('base64'),
    earlier: [],
  });
  expect(await listed(comment)).toEqual({ sourceRevision: 0, items: [translation], unopened: [] });
  const told = await forum.done<Comment>('GET', `/api/v1/comments/${comment.id}`);
  expect(told.translations).toEqual([
    { id: translation?.id, language: 'en', by: translation?.by, writtenAt: translation?.writtenAt },
  ]);
  await until(async () => JSON.stringify(socket.frames).includes(translation?.id ?? '-'));
  socket.close();
  expect(await page(`/posts/${post.slug}`)).toContain(`href="/comments/${comment.id}/translations#en"`);
  const own = await page(`/comments/${comment.id}/translations`, linh);
  for (const part of ['<p>Hello, <em>all</em></p>', '>English</h2>', '>Thai · ไทย</option>'])
    expect(own).toContain(part);
});

it('is into another language than that of its source', async () => {
  const text = 'I agree with every word of it, but such things take more time than we have.';
  const comment = await forum.comment(author, post.id, { body: text });
  const answer = await forum.call('POST', pathOf(comment), { token: linh.token, body: wish() });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field: 'language' }] } });
  const path = `/comments/${comment.id}/translations`;
  const { status, body: html } = await sent(path, linh, { language: 'en', body: 'Hello', sourceRevision: '0' });
  expect([status, String(html).includes('The original is in this language.')]).toEqual([400, true]);
  const [, choice = ''] = /<select id="language"(.*?)<\/select>/.exec(await page(path, linh)) ?? [];
  expect(choice).not.toContain('value="en"');
  expect(choice).toMatch(/ required><option value(?:="")? selected>Choose</);
});

it('is on a page that names its source at its head, and is reported with a way back there', async () => {
  const comment = await said();
  const { translation } = await translate(linh, comment, { language: 'th', body: 'สวัสดี' });
  await translate(linh, post, { title: 'A river', body: 'A post.' }, 'posts');
  const heads = await Promise.all(
    [`/comments/${comment.id}`, `/posts/${post.slug}`].map(async (path) => {
      const [, head] = /<\/h1>(<p><a .*?<\/a><\/p>)/.exec(await page(`${path}/translations`)) ?? [];
      return head;
    }),
  );
  expect(heads).toEqual([
    `<p><a href="/comments/${comment.id}" dir="auto">Name of the-author on “${post.title}”</a></p>`,
    `<p><a href="/posts/${post.slug}" dir="auto">${post.title}</a></p>`,
  ]);
  expect(await page(`/comments/${comment.id}/translations`)).toContain('>Thai\u00a0· ไทย</h2>');
  const receipt = await page(`/translations/${translation?.id}/report?sent=1`, mai);
  expect(receipt).toContain('<h1>Report sent</h1><p class="lead">Thank you. A moderator will look at it.</p>');
  expect(receipt).toMatch(
    new RegExp(`href="/comments/${comment.id}">Back to the comment</a><a [^>]*>Translations</a>`),
  );
});

it('is offered in a language that it is not in yet; one that stands is changed with its words in the field', async () => {
  const comment = await said();
  await translate(linh, comment, { language: 'vi', body: 'Lời chào' });
  await translate(linh, comment);
  const offered = async (query = '') => {
    const html = await page(`/comments/${comment.id}/translations${query}`, mai);
    const [, choice = ''] = /<select id="language"(.*?)<\/select>/.exec(html) ?? [];
    const [, words] = /<textarea id="body"[^>]*>\n?([^<]*)</.exec(html) ?? [];
    return { language: /value="(\w+)" selected/.exec(choice)?.[1], isEnglish: choice.includes('"en"'), words };
  };
  expect(await offered()).toEqual({ language: undefined, isEnglish: false, words: '' });
  expect(await offered('?language=en')).toEqual({ language: 'en', isEnglish: true, words: 'Hello' });
});

it('is asked about where its letters are of another language than the chosen one, and taken the second time', async () => {
  const comment = await said();
  const path = `/comments/${comment.id}/translations`;
  const body = 'ဆောင်းပါးအတွက် ကျေးဇူးတင်ပါသည်။';
  const none = await sent(path, mai, { language: '', begun: '', body, sourceRevision: '0' });
  const wrong = await sent(path, mai, { language: 'vi', begun: '', body, sourceRevision: '0' });
  const [first, second] = [String(none.body), String(wrong.body)];
  expect([none.status, first.includes('Choose the language of your translation</p>'), first.includes(body)]).toEqual([
    400,
    true,
    true,
  ]);
  expect([wrong.status, second.includes('The words look like Burmese, not Vietnamese.')]).toEqual([400, true]);
  expect([second.includes(body), second.includes('<option value="vi" selected>')]).toEqual([true, true]);
  const [, asked = ''] = /name="asked" value="(\w*)"/.exec(second) ?? [];
  expect((await listed(comment)).items).toEqual([]);
  const again = await sent(path, mai, { language: 'vi', begun: '', asked, body, sourceRevision: '0' });
  expect([again.status, (await listed(comment)).items]).toMatchObject([303, [{ language: 'vi', body }]]);
});

it('is asked about where its letters are Latin and those of its language are not', async () => {
  const comment = await said();
  const path = `/comments/${comment.id}/translations`;
  const form = { language: 'my', begun: '', body: 'Thanks for this.', sourceRevision: '0' };
  const first = await sent(path, mai, form);
  expect([
    first.status,
    String(first.body).includes('The words are in Latin letters, and Burmese is not written in them.'),
  ]).toEqual([400, true]);
  const [, asked = ''] = /name="asked" value="(\w*)"/.exec(String(first.body)) ?? [];
  const again = await sent(path, mai, { ...form, asked });
  expect([again.status, (await listed(comment)).items]).toMatchObject([303, [{ language: 'my' }]]);
});

it('is replaced by a newer one in its language, and stands again when that is taken back', async () => {
  const comment = await said();
  const first = await translate(linh, comment);
  const second = await translate(mai, comment, { body: 'Hi' });
  expect(second.translation?.earlier).toMatchObject([{ body: 'Hello', by: { handle: 'linh' } }]);
  const takeBack = (by: TestMember) =>
    forum.call('DELETE', `/api/v1/translations/${second.translation?.id}`, { token: by.token });
  expect((await takeBack(linh)).status).toBe(403);
  expect((await takeBack(mai)).status).toBe(204);
  expect((await listed(comment)).items).toEqual([first.translation]);
});

it('is stale once its source is changed; an older one is refused with both texts', async () => {
  const comment = await said();
  await translate(linh, comment);
  const edit = { token: author.token, body: { body: 'Tạm biệt', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, edit);
  expect(await listed(comment)).toMatchObject({ sourceRevision: 1, items: [{ stale: true, sourceRevision: 0 }] });
  const told = await forum.done<Comment>('GET', `/api/v1/comments/${comment.id}`);
  expect(told.translations).toMatchObject([{ stale: true, changedAt: told.editedAt }]);
  const times = [
    ...(await page(`/posts/${post.slug}`)).matchAll(
      /Made from the text of <time datetime="([^"]+)" data-exact>\d+ \w+ \d+, [\d:]+ UTC<\/time>; the text was changed on <time datetime="([^"]+)"/gi,
    ),
  ];
  expect(times.map(([, ...made]) => made)).toEqual([[told.createdAt, told.editedAt]]);
  expect(await forum.call('POST', pathOf(comment), { token: mai.token, body: wish({ body: 'Hi' }) })).toMatchObject({
    status: 409,
    body: {
      code: 'stale_revision',
      source: { seen: { revision: 0, body: 'Xin chào' }, now: { revision: 1, body: 'Tạm biệt' } },
    },
  });
  const form = { language: 'en', body: 'My words', sourceRevision: '0' };
  const { status, body } = await sent(`/comments/${comment.id}/translations`, mai, form);
  expect([status, changesIn(body), String(body).includes('My words')]).toEqual([
    409,
    ['<del>Xin</del><ins>Tạm</ins> <del>chào</del><ins>biệt</ins>'],
    true,
  ]);
  expect(String(body).split('The text was changed while you translated.')).toHaveLength(2);
  await translate(linh, comment, { body: 'Goodbye', sourceRevision: 1 });
  expect((await listed(comment)).items).toMatchObject([{ body: 'Goodbye' }]);
  expect((await listed(comment)).items[0]).not.toHaveProperty('stale');
});

it('of a post that was changed meanwhile stands below what was changed in it, line by line, the title apart', async () => {
  const { slug, id, revision } = await forum.publish(admin, { title: 'Cũ', body: 'Một dòng.\n\nHai dòng.' });
  const path = `/posts/${slug}/translations`;
  const form = (html: string): Record<string, string> =>
    Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(s\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
  const read = form(await page(path, linh));
  expect(read).toEqual({ sourceRevision: '0', seenTitle: 'Cũ', seenBody: 'Một dòng.\n\nHai dòng.' });
  const edit = { title: 'Mới', body: 'Một dòng.\n\nBa dòng.', revision };
  await forum.done('PATCH', `/api/v1/posts/${id}`, { token: admin.token, body: edit });
  const own = { language: 'en', title: 'My title', body: 'My words' };
  const refused = await sent(path, linh, { ...own, ...read });
  expect([refused.status, changesIn(refused.body)]).toEqual([
    409,
    ['<del>Cũ</del> <ins>Mới</ins>', 'Một dòng.\n\n<del>Hai</del><ins>Ba</ins> dòng.'],
  ]);
  const again = form(String(refused.body));
  expect(again).toEqual({ sourceRevision: '1', seenTitle: 'Mới', seenBody: edit.body });
  expect(['My title', 'My words'].every((text) => String(refused.body).includes(text))).toBe(true);
  const without = await sent(path, linh, { ...own, sourceRevision: '0' });
  expect(changesIn(without.body)).toEqual(['Mới', edit.body]);
  expect((await sent(path, linh, { ...own, ...again })).status).toBe(303);
});

it('that is refused while its text was changed tells both, whatever it is refused for, and has all that was typed', async () => {
  const { slug, id, revision } = await forum.publish(admin, { title: 'Một', body: 'Một dòng.' });
  const comment = await said();
  const edit = { token: admin.token, body: { title: 'Hai', body: 'Hai dòng.', revision } };
  await forum.done('PATCH', `/api/v1/posts/${id}`, edit);
  const reworded = { token: author.token, body: { body: 'Tạm biệt', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, reworded);
  const told = (path: string, fields: Readonly<Record<string, string>>) =>
    sent(path, linh, { sourceRevision: '0', ...fields });
  const [ofPost, ofComment] = [`/posts/${slug}/translations`, `/comments/${comment.id}/translations`];
  const read = { seenTitle: 'Một', seenBody: 'Một dòng.' };
  const title = 'My title, which is far too long '.repeat(10);
  const long = await told(ofPost, { ...read, language: 'en', title, body: 'My words' });
  const empty = await told(ofComment, { language: 'en', body: '' });
  const none = await told(ofComment, { language: '', body: 'My words' });
  const latin = await told(ofComment, { language: 'th', body: 'My words are in Latin letters' });
  const path = '/api/v1/moderation/policy';
  const { version, rules } = await forum.done<PolicyVersion>('GET', path, { token: moderator.token });
  const banned = { on: true, measure: 'hold', words: ['forbidden'] };
  const strict = rules.map((rule) => (rule.rule === 'banned-words' ? { ...rule, ...banned } : rule));
  const set = (body: object) => forum.done('PUT', path, { token: moderator.token, body });
  await set({ rules: strict, version });
  const words = await told(ofComment, { language: 'en', body: 'My forbidden words' });
  await set({ rules, version: version + 1 });
  const seen = [long, empty, none, latin, words].map(({ status, body }) => [
    status,
    String(body).split('The text was changed while you translated.').length - 1,
    changesIn(body).length,
    /name="sourceRevision" value="(\d)"/.exec(String(body))?.[1],
    /class="field-error" id="(.*?)"/.exec(String(body))?.[1] ?? null,
  ]);
  expect(seen).toEqual([
    [400, 1, 2, '1', 'title-error'],
    [400, 1, 1, '1', 'body-error'],
    [400, 1, 1, '1', 'language-error'],
    [400, 1, 1, '1', 'language-error'],
    [403, 1, 1, '1', null],
  ]);
  expect(String(words.body)).toContain('would wait for a moderator');
  for (const [answer, typed] of [
    [long, title],
    [long, 'My words'],
    [none, 'My words'],
    [latin, 'My words are in Latin letters'],
    [words, 'My forbidden words'],
  ] as const)
    expect(String(answer.body)).toContain(typed);
  const right = { ...read, language: 'en', title: 'My title', body: 'My words', sourceRevision: '1' };
  expect([(await sent(ofPost, linh, right)).status, (await sent(ofComment, linh, right)).status]).toEqual([303, 303]);
});

it('whose title or words are too long is refused with how long they may be', async () => {
  const own = { language: 'en', title: 'ยาว'.repeat(100), body: 'My words', sourceRevision: '0' };
  const refused = await sent(`/posts/${post.slug}/translations`, linh, own);
  expect(refused.status).toBe(400);
  expect(refused.body).toContain('<p class="field-error" id="title-error">At most 200 characters.</p>');
  const comment = await said();
  const long = await sent(`/comments/${comment.id}/translations`, linh, { ...own, body: 'Hello '.repeat(2_000) });
  expect(long.body).toMatch(/<p class="field-error" id="body-error">At most [\d,]+ characters\.<\/p>/);
});

it('is previewed as its readers would get it, and nothing of it is kept', async () => {
  const picture = '![p](https://elsewhere.example/kept.png)';
  const { slug, id, revision } = await forum.publish(admin, { title: 'Thử', body: `Ảnh: ${picture}` });
  const [ofPost, comment] = [`/posts/${slug}/translations`, await said()];
  const typed = { language: 'fr', title: 'My title', sourceRevision: '0', do: 'preview' };
  const shown = async (path: string, fields: Readonly<Record<string, string>>, by = linh) => {
    const { status, body } = await sent(path, by, { ...typed, ...fields });
    const [, html = ''] = /<section class="preview" id="preview"[^>]*>(.*?)<\/section>/s.exec(String(body)) ?? [];
    return { status, html, whole: String(body) };
  };
  const pictured = `My *words* ${picture} ![px](https://evil.example/px.png)`;
  const preview = await shown(ofPost, { body: pictured });
  expect(preview.status).toBe(200);
  expect(preview.html).toContain('<div class="text" dir="auto" lang="fr"><p>My <em>words</em>');
  expect([preview.html.includes('kept.png'), preview.html.includes('<img src="https://evil')]).toEqual([true, false]);
  for (const kept of ['value="My title"', 'My *words* ', '<option value="fr" selected>'])
    expect(preview.whole).toContain(kept);
  const ofComment = await shown(`/comments/${comment.id}/translations`, { language: '', body: '**Hello**' });
  expect([ofComment.status, ofComment.html.includes('<strong>Hello</strong>')]).toEqual([200, true]);
  const [empty, foreign] = [
    await shown(ofPost, { body: ' ' }),
    await shown('/posts/nowhere/translations', { body: 'Hi' }),
  ];
  expect([empty.status, empty.whole.includes('id="body-error"'), foreign.status]).toEqual([400, true, 404]);
  const part = await shown(ofPost, { body: pictured, part: 'preview' });
  expect(part.whole).toMatch(/^<!doctype html><p>My <em>words<\/em>/);
  const none = await shown(ofPost, { body: 'x'.repeat(200_001), part: 'preview' });
  expect([none.status, none.whole]).toEqual([
    200,
    expect.stringMatching(/<p class="hint">At most [\d,]+ characters\./),
  ]);
  await forum.done('PATCH', `/api/v1/posts/${id}`, { token: admin.token, body: { body: 'Khác.', revision } });
  const changed = await shown(ofPost, { body: 'My words' });
  expect([
    changed.whole.includes('The text was changed while you translated.'),
    changed.html.includes('My words'),
  ]).toEqual([true, true]);
  expect((await forum.done<TranslationList>('GET', pathOf({ id }, 'posts'))).items).toEqual([]);
});

it('is of a post too, and stands in its place by the wish of the reader', async () => {
  const body = wish({ title: 'A river without borders', body: 'An article.' });
  await forum.done('POST', pathOf(post, 'posts'), { token: linh.token, body });
  const address = `/posts/${post.slug}?translation=en`;
  const shown = await page(address);
  expect(shown).toContain('<h1 id="post-title" lang="en" dir="auto">A river without borders</h1>');
  expect(shown).toMatch(/Translated by .*linh, <time [^>]*>just now<\/time>/i);
  expect(shown).toContain('Một bài viết.');
  expect(shown).toContain('<div class="post-body text" lang="en" dir="auto"><p>An article.</p>');
  expect(shown).toContain(`<a href="/posts/${post.slug}" hreflang="${post.locale}">`);
  // Search engines know the post by its original, and so do those who read the feed.
  expect(shown).toMatch(new RegExp(`<link rel="canonical" href="[^"?]+/posts/${post.slug}"/?>`));
  const feed = await page('/feed.atom');
  expect([feed.includes('Một bài viết.'), feed.includes('An article.')]).toEqual([true, false]);
  expect(await page(`/posts/${post.slug}`)).toContain(
    `<a href="/posts/${post.slug}?translation=en" lang="en" hreflang="en">`,
  );
  await forum.done('PATCH', `/api/v1/posts/${post.id}`, {
    token: admin.token,
    body: { tags: ['river'], revision: post.revision },
  });
  expect(await page(address)).not.toContain('<p class="status">Made from the text');
  const now = await forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
  const edit = { token: admin.token, body: { body: 'Khác.', revision: now.revision } };
  await forum.done('PATCH', `/api/v1/posts/${post.id}`, edit);
  expect(await page(address)).toContain('<p class="status">Made from the text');
});

it('is opened by the page of its post only where it is asked for, and then alone', async () => {
  const many = await forum.publish(admin, { title: 'Nhiều', body: 'Một bài.' });
  for (const language of ['en', 'th', 'lo'] as const)
    for (const by of [linh, mai]) {
      const body = wish({ language, title: language, body: `By ${by.member.handle}` });
      await forum.done('POST', pathOf(many, 'posts'), { token: by.token, body });
    }
  const open = jest.spyOn(forum.forum.log.vault, 'open');
  const opened = async (path: string): Promise<number> => {
    open.mockClear();
    expect(await page(path)).toContain('hreflang="lo"');
    return open.mock.calls.filter(([, { type }]) => type === 'TranslationWritten.v1').length;
  };
  expect([await opened(`/posts/${many.slug}`), await opened(`/posts/${many.slug}?translation=th`)]).toEqual([0, 1]);
  open.mockRestore();
});

it('makes no reader load pictures of elsewhere that the post has not', async () => {
  const kept = '![p](https://elsewhere.example/kept.png)';
  const pictured = await forum.publish(admin, { title: 'Ảnh', body: `Một ảnh: ${kept}` });
  const body = wish({ title: 'Picture', body: `A picture: ${kept} ![px](https://evil.example/px.png)` });
  const { translation } = await forum.done<WrittenTranslation>('POST', pathOf(pictured, 'posts'), {
    token: linh.token,
    body,
  });
  const shown = await page(`/posts/${pictured.slug}?translation=en`);
  for (const html of [translation?.bodyHtml, shown, await page(`/posts/${pictured.slug}/translations`)]) {
    expect(html).toContain('<img src="https://elsewhere.example/kept.png"');
    expect(html).not.toContain('<img src="https://evil.example');
  }
});

it('is shown nowhere while its source is hidden, and its words are given back to who comes too late', async () => {
  const comment = await said();
  const { translation } = await translate(linh, comment, { body: 'Hello there' });
  await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action: 'hold', reason: 'spam', revision: 0 },
  });
  for (const by of [author, moderator, null]) {
    const answer = await forum.call('GET', pathOf(comment), by ? { token: by.token } : {});
    expect(JSON.stringify(answer.body)).not.toContain('Hello there');
  }
  expect(await page(`/posts/${post.slug}`, moderator)).not.toContain(translation?.id ?? '-');
  const form = { language: 'th', body: 'คำแปลของฉัน', sourceRevision: '0' };
  const { status, body } = await sent(`/comments/${comment.id}/translations`, mai, form);
  expect([status, String(body).includes('คำแปลของฉัน')]).toEqual([404, true]);
  const removed = await said();
  await forum.done('DELETE', `/api/v1/comments/${removed.id}`, { token: author.token });
  const late = await sent(`/comments/${removed.id}/translations`, mai, form);
  expect([late.status, String(late.body).includes(`<a href="/comments/${removed.id}">Back to the post</a>`)]).toEqual([
    409,
    true,
  ]);
});

it('is removed by a moderator for a reason that the moderation log tells', async () => {
  const comment = await said();
  const { translation } = await translate(linh, comment);
  const path = `/api/v1/translations/${translation?.id}/removal`;
  const body = { reason: 'abuse' };
  expect((await forum.call('POST', path, { token: mai.token, body })).status).toBe(403);
  expect((await forum.call('POST', path, { token: moderator.token, body })).status).toBe(204);
  expect((await listed(comment)).items).toEqual([]);
  const log = await forum.done<Page<LogEntry>>('GET', '/api/v1/moderation/log?limit=1', { token: moderator.token });
  expect(log.items).toMatchObject([{ kind: 'translation-removed', reason: 'abuse', member: { handle: 'linh' } }]);
  expect(await page('/moderation/log', moderator)).toContain('translation removed');
  expect((await forum.call('POST', pathOf(comment), { token: linh.token, body: wish() })).status).toBe(403);
});

it('is removed with words for its translator, which nobody else reads but those of the moderation log', async () => {
  const comment = await said();
  const path = `/comments/${comment.id}/translations`;
  const { translation } = await translate(linh, comment);
  const [form, statement] = [`/translations/${translation?.id}/remove`, 'It says <the opposite> of it.'];
  const html = 'It says &lt;the opposite> of it.';
  expect(await page(path, moderator)).toContain('Whoever translated reads it, with the reason.');
  const wish = { reason: 'wrong-translation', statement };
  const stale = await sent(form, moderator, { ...wish, revision: '7' });
  const long = await sent(form, moderator, { ...wish, revision: '0', statement: 'x'.repeat(2_001) });
  const none = await sent(form, moderator, { statement, reason: '', revision: '0' });
  const shown = [stale, long, none].map(({ status, body }) => [
    status,
    /<textarea id="statement-en".*?>(.*?)<\/textarea>/s.exec(String(body))?.[1]?.slice(0, 8),
    /<option value="([\w-]+)" selected/.exec(String(body).split('id="reason-en"')[1] ?? '')?.[1] ?? null,
    /class="field-error" id="(.*?)"/.exec(String(body))?.[1] ?? null,
    String(body).includes('<details open>'),
  ]);
  expect(shown).toEqual([
    [409, 'It says ', 'wrong-translation', null, true],
    [400, 'xxxxxxxx', 'wrong-translation', 'statement-en-error', true],
    [400, 'It says ', null, 'reason-en-error', true],
  ]);
  expect((await sent(form, moderator, { ...wish, revision: '0' })).status).toBe(303);
  const log = await forum.done<Page<LogEntry>>('GET', '/api/v1/moderation/log?limit=1', { token: moderator.token });
  expect(log.items).toMatchObject([{ kind: 'translation-removed', reason: 'wrong-translation', note: statement }]);
  expect(await page('/moderation/log', moderator)).toContain(html);
  expect((await forum.call('GET', '/api/v1/moderation/log', { token: mai.token })).status).toBe(403);
  const own = await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: linh.token });
  expect(own.items[0]).toMatchObject({ kind: 'decision', outcome: 'translation-removed', statement });
  const [inbox, mine, other] = [await page('/notifications', linh), await page(path, linh), await page(path, mai)];
  expect([inbox, mine, other].map((seen) => seen.includes(html))).toEqual([true, true, false]);
  expect(mine).toContain('The moderator wrote to you about it:');
});

it('is told in a mail with the words of the moderator who removed it', async () => {
  const [comment, keo] = [await said(), await confirmedMember(forum, 'keo')];
  const { translation } = await translate(keo, comment);
  const body = { reason: 'wrong-translation', statement: 'It says the opposite.' };
  const path = `/api/v1/translations/${translation?.id}/removal`;
  await forum.call('POST', path, { token: moderator.token, body });
  const address = (await forum.done<OwnMember>('GET', '/api/v1/members/me', { token: keo.token })).email ?? '';
  const subject = `A moderator removed your translation into English of a comment on “${post.title}”`;
  // As many links to confirm the address as were made before it was.
  const told = await outboxMail(forum.dataDir, address, (mail) => mail.subject === subject);
  for (const part of [told.text, told.html]) {
    expect(part).toContain('your translation into English of a comment on');
    expect(part).toContain('Reason: Wrong translation');
    expect(part).toContain(body.statement);
    expect(part).toContain(`/comments/${comment.id}/translations`);
  }
});

it('is removed by a program with words or without, and taken back without', async () => {
  const [told, untold] = [await said(), await said()];
  const removal = async (of: Comment, body: object) => {
    const { translation } = await translate(linh, of, { body: `Hello ${of.id.slice(0, 8)}` });
    const path = `/api/v1/translations/${translation?.id}/removal`;
    return (await forum.call('POST', path, { token: moderator.token, body })).status;
  };
  const statement = 'It says the opposite.';
  expect(await removal(told, { reason: 'other', statement })).toBe(204);
  expect(await removal(untold, { reason: 'other', statement: '' })).toBe(400);
  expect(await removal(await said(), { reason: 'other' })).toBe(204);
  const { items } = await forum.done<NotificationList>('GET', '/api/v1/notifications?limit=2', { token: linh.token });
  expect(items.map((item) => item.statement)).toEqual([undefined, statement]);
});

it('is removed as wrong, which its translator is told until another one stands, written once the original is another', async () => {
  const comment = await said();
  const path = `/comments/${comment.id}/translations`;
  const saved = await sent(path, linh, { language: 'en', body: 'Hello', sourceRevision: '0' });
  expect(saved.headers.get('location')).not.toContain('#');
  const { id = '' } = (await listed(comment)).items[0] ?? {};
  expect(await page(path, moderator)).toMatch(
    /<select id="reason-en" name="reason" required><option value(?:="")?>Choose<\/option><option value="wrong-translation">/,
  );
  const remove = (reason: string) => sent(`/translations/${id}/remove`, moderator, { reason, revision: '0' });
  expect([(await remove('')).status, (await remove('wrong-translation')).status]).toEqual([400, 303]);
  expect(await page('/moderation/log', moderator)).toContain('Wrong translation');
  const inbox = await page('/notifications', linh);
  expect(inbox).toContain(
    `<a href="${path}" data-told="true">A moderator removed your translation into English of a comment on “${post.title}”</a>`,
  );
  expect(inbox).toContain('Reason: Wrong translation');
  const told = 'A moderator removed your translation into English (Wrong translation).';
  const isTold = async (by: TestMember) => (await page(path, by)).includes(told);
  expect([await isTold(linh), await isTold(mai), await isTold(moderator)]).toEqual([true, false, false]);
  const own = await page(path, linh);
  expect(own).toContain('<details><summary>Translate</summary>');
  const [, choice = ''] = /<select id="language"(.*?)<\/select>/.exec(own) ?? [];
  expect([own.includes('There is no translation yet.'), choice.includes('"en"'), choice.includes('"vi"')]).toEqual([
    false,
    false,
    true,
  ]);
  const again = await sent(path, linh, { language: 'en', body: 'Hi there', sourceRevision: '0' });
  const [, summary = ''] = /<div class="form-error"(.*?)<\/div>/s.exec(String(again.body)) ?? [];
  expect([again.status, summary.includes(told), String(again.body).includes('Hi there')]).toEqual([403, true, true]);
  const edit = { token: author.token, body: { body: 'Tạm biệt', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, edit);
  const changed = await page(path, linh);
  const after = `${told} The original was changed after you translated it, so you can translate it again, in other words.`;
  expect([changed.includes(after), changed.includes('<details><summary>Translate</summary>')]).toEqual([true, false]);
  expect(/<select id="language".*?"en".*?<\/select>/s.test(changed)).toBe(true);
  const same = await sent(path, linh, { language: 'en', body: ' Hello ', sourceRevision: '1' });
  const [, why = ''] = /<div class="form-error"(.*?)<\/div>/s.exec(String(same.body)) ?? [];
  expect([same.status, why.includes('A moderator removed a translation of yours with these words.')]).toEqual([
    403,
    true,
  ]);
  for (const spelt of [
    { language: 'en', body: '*H&#101;llo*' },
    { language: 'fr', body: 'hello' },
  ] as const) {
    const asked = { token: linh.token, body: wish({ ...spelt, sourceRevision: 1 }) };
    expect((await forum.call('POST', pathOf(comment), asked)).status).toBe(403);
  }
  const other = { body: 'Goodbye', sourceRevision: 1 };
  expect((await translate(linh, comment, other)).translation).toMatchObject({ body: 'Goodbye' });
  expect(await isTold(linh)).toBe(false);
});

it('is removed when it is stale, which its translator reads with the words of the moderator where it stood', async () => {
  const comment = await said();
  const path = `/comments/${comment.id}/translations`;
  const { translation } = await translate(linh, comment);
  const edit = { token: author.token, body: { body: 'Tạm biệt', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, edit);
  const form = { reason: 'abuse', statement: 'It insults her.', revision: '0' };
  expect((await sent(`/translations/${translation?.id}/remove`, moderator, form)).status).toBe(303);
  const [mine, other] = [await page(path, linh), await page(path, mai)];
  const told = ['A moderator removed your translation into English (Abuse).', form.statement];
  expect(told.map((words) => [mine.includes(words), other.includes(words)])).toEqual([
    [true, false],
    [true, false],
  ]);
});

it('is offered no more once its source is known to be in its own language', async () => {
  const comment = await said();
  await translate(linh, comment);
  const correct = (language: string) =>
    forum.done<Comment>('PUT', `/api/v1/comments/${comment.id}/language`, {
      token: author.token,
      body: { language },
    });
  expect(await correct('en')).not.toHaveProperty('translations');
  expect((await correct('vi')).translations).toMatchObject([{ language: 'en' }]);
});

it('is reported by its readers, the author of its source too; a moderator keeps it or removes it, which the log tells', async () => {
  const comment = await said();
  const { translation } = await translate(linh, comment, { body: 'I hate you' });
  const id = translation?.id ?? '';
  const report = (by: TestMember, reason = 'wrong-translation') =>
    forum.call('POST', `/api/v1/translations/${id}/reports`, { token: by.token, body: { reason, note: 'Not so.' } });
  const at = [`/comments/${comment.id}/translations`, `/translations/${id}/report`];
  const offers = async (by?: TestMember) => (await page(at[0] ?? '', by)).includes(`href="${at[1]}"`);
  expect([
    await offers(mai),
    await offers(author),
    await offers(linh),
    await offers(moderator),
    await offers(),
  ]).toEqual([true, true, false, false, false]);
  const form = await page(at[1] ?? '', author);
  const wrong = 'value="wrong-translation"';
  const formOfComment = await page(`/comments/${comment.id}/report`, mai);
  expect([form.includes('I hate you'), form.includes(wrong), formOfComment.includes(wrong)]).toEqual([
    true,
    true,
    false,
  ]);
  const ofComment = { token: mai.token, body: { reason: 'wrong-translation' } };
  expect(await forum.call('POST', `/api/v1/comments/${comment.id}/reports`, ofComment)).toMatchObject({
    status: 400,
    body: { code: 'invalid', errors: [{ field: 'reason', message: expect.stringContaining('spam, abuse') }] },
  });
  expect((await report(linh)).status).toBe(403);
  expect((await sent(at[1] ?? '', author, { reason: 'abuse', note: 'I never said so.' })).status).toBe(303);
  const again = await sent(at[1] ?? '', author, { reason: 'spam' });
  expect([again.status, String(again.body).includes('You have reported this translation already')]).toEqual([
    409,
    true,
  ]);
  expect([(await report(mai)).status, (await report(mai)).status, (await report(mai, 'spam')).status]).toEqual([
    201, 201, 409,
  ]);
  const waiting = () =>
    forum.done<ReportedTranslations>('GET', '/api/v1/moderation/translations', { token: moderator.token });
  const { items, total } = await waiting();
  expect([total, items]).toMatchObject([
    1,
    [
      {
        translation: { body: 'I hate you', by: { handle: 'linh' } },
        comment: { body: 'Xin chào' },
        reports: [
          { by: { handle: 'the-author' }, note: 'I never said so.' },
          { by: { handle: 'mai' }, note: 'Not so.' },
        ],
      },
    ],
  ]);
  const shown = await page('/moderation/translations', moderator);
  for (const words of [
    'I hate you',
    'Xin chào',
    'I never said so.',
    'Wrong translation',
    '1 reported translation waits',
  ]) {
    expect(shown).toContain(words);
  }
  const decide = (fields: Readonly<Record<string, string>>) =>
    sent(`/moderation/translations/${id}`, moderator, fields);
  const log = async () =>
    (await forum.done<Page<LogEntry>>('GET', '/api/v1/moderation/log?limit=1', { token: moderator.token })).items;
  await translate(linh, comment, { body: 'I greet you' });
  expect((await decide({ action: 'keep', revision: '0' })).status).toBe(409);
  expect((await decide({ action: 'keep', revision: '1' })).status).toBe(303);
  expect([(await waiting()).total, (await decide({ action: 'keep', revision: '1' })).status]).toEqual([0, 404]);
  expect(await log()).toMatchObject([{ kind: 'translation-kept', actor: { handle: 'the-moderator' } }]);
  expect((await report(mai)).status).toBe(201);
  expect((await waiting()).total).toBe(1);
  const removal = { action: 'remove', reason: 'abuse' };
  expect((await decide({ ...removal, revision: '0' })).status).toBe(409);
  expect((await decide({ ...removal, revision: '1' })).status).toBe(303);
  expect([(await waiting()).total, (await listed(comment)).items]).toEqual([0, []]);
  expect(await log()).toMatchObject([{ kind: 'translation-removed', reason: 'abuse' }]);
  expect(await page('/moderation/log', moderator)).toContain('translation reported');
  const [kept, gone] = ['stays', 'was taken down'].map(
    (became) => `>The translation on “${post.title}” that you reported ${became}</a>`,
  );
  const toldTo = async (by: TestMember) => {
    const inbox = await page('/notifications', by);
    return [kept, gone].map((words = '-') => inbox.includes(words));
  };
  expect([await toldTo(mai), await toldTo(author)]).toEqual([
    [true, true],
    [true, false],
  ]);
});

it('is removed by a form as it was seen, whoever sends it', async () => {
  const comment = await said();
  const path = `/comments/${comment.id}/translations`;
  const { translation } = await translate(linh, comment);
  const remove = (by: TestMember, fields: Readonly<Record<string, string>>) =>
    sent(`/translations/${translation?.id}/remove`, by, fields);
  const seenBy = async (by: TestMember) =>
    /\/remove">.*?name="revision" value="(\d+)"/s.exec(await page(path, by))?.[1] ?? 'none';
  expect([await seenBy(linh), await seenBy(moderator)]).toEqual(['0', '0']);
  await translate(linh, comment, { body: 'Hello there' });
  const edit = { token: author.token, body: { body: 'Tạm biệt', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, edit);
  for (const [by, fields] of [
    [linh, {}],
    [author, {}],
    [moderator, { reason: 'spam' }],
  ] as const) {
    expect([(await remove(by, { ...fields, revision: '0' })).status, (await remove(by, fields)).status]).toEqual([
      409, 409,
    ]);
    expect(await seenBy(by)).toBe('1');
  }
  expect((await remove(linh, { revision: '1' })).status).toBe(303);
  expect((await remove(linh, { revision: '0' })).status).toBe(303);
  expect((await listed(comment)).items).toEqual([]);
});

it('is taken back by a program as it was seen, where that says so', async () => {
  const comment = await said();
  const { translation } = await translate(linh, comment);
  const takeBack = (query: string, by = linh) =>
    forum.call('DELETE', `/api/v1/translations/${translation?.id}${query}`, { token: by.token });
  expect((await takeBack('?revision=first')).status).toBe(400);
  const anew = { body: 'Hello there', sourceRevision: 0 };
  await translate(linh, comment, anew);
  expect(await takeBack('?revision=0')).toMatchObject({ status: 409, body: { code: 'stale_revision' } });
  expect((await listed(comment)).items).toMatchObject([{ body: 'Hello there', revision: 1 }]);
  expect([(await takeBack('?revision=1')).status, (await takeBack('?revision=0')).status]).toEqual([204, 204]);
  expect((await listed(comment)).items).toEqual([]);
  const { translation: another } = await translate(linh, comment, anew);
  expect(another?.id).toBe(translation?.id);
  expect([(await takeBack('')).status, (await listed(comment)).items]).toEqual([204, []]);
});

it('is taken away by the author of its source once that says something else, and not before', async () => {
  const comment = await said();
  const { translation } = await translate(linh, comment);
  const take = () => forum.call('DELETE', `/api/v1/translations/${translation?.id}`, { token: author.token });
  const path = `/comments/${comment.id}/translations`;
  expect((await take()).status).toBe(403);
  expect(await page(path, author)).not.toContain('>Take this translation away<');
  const edit = { token: author.token, body: { body: 'Tạm biệt', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, edit);
  for (const [by, offered] of [
    [author, true],
    [mai, false],
  ] as const)
    for (const at of [path, `/posts/${post.slug}`])
      expect((await page(at, by)).includes('>Take this translation away<')).toBe(offered);
  const toTake = `<details open><summary>Take this translation away<`;
  expect([
    (await page(path, author)).includes(toTake),
    (await page(`${path}?open=en`, author)).includes(toTake),
  ]).toEqual([false, true]);
  expect((await sent(`/translations/${translation?.id}/remove`, author, { revision: '0' })).status).toBe(303);
  expect([(await listed(comment)).items, (await take()).status]).toEqual([[], 204]);
  const anew = { body: 'Goodbye', sourceRevision: 1 };
  expect((await translate(linh, comment, anew)).translation).toMatchObject({ body: 'Goodbye' });
});

it('is written by whom the site lets, and by nobody whose comment would wait', async () => {
  const comment = await said();
  const site = (translations: string) =>
    forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { translations } });
  await site('staff');
  const status = async (by: TestMember) =>
    (await forum.call('POST', pathOf(comment), { token: by.token, body: wish({ language: 'lo' }) })).status;
  expect([await status(linh), await status(moderator)]).toEqual([403, 201]);
  expect(await page(`/comments/${comment.id}/translations`, linh)).not.toContain('name="body"');
  await site('nobody');
  expect(await status(admin)).toBe(403);
  await site('members');
  const sanction = { kind: 'pre-moderation', reason: 'spam', statement: 'Wait.' };
  await forum.done('POST', `/api/v1/members/${mai.member.id}/sanctions`, { token: moderator.token, body: sanction });
  expect(await status(mai)).toBe(403);
});

it('goes with its source and with its translator, and is in the data of the translator until then', async () => {
  const [comment, other] = [await said(), await said()];
  const leaving = await forum.member('leaving');
  await translate(leaving, comment, { body: 'Words of the leaving' });
  await translate(linh, other, { body: 'Words about the purged' });
  const data = await forum.call('GET', '/api/v1/members/me/data', { token: leaving.token });
  expect(data.status).toBe(200);
  const gone = { token: leaving.token, body: { comments: 'keep', password: PASSWORD, immediately: true } };
  await forum.done('POST', '/api/v1/members/me/erasure', gone);
  await until(async () => (await listed(comment)).items.length === 0);
  await forum.done('POST', `/api/v1/comments/${other.id}/purge`, {
    token: moderator.token,
    body: { reason: 'A telephone number.' },
  });
  expect((await listed(other)).items).toEqual([]);
  await until(async () => (await unreadable(leaving, comment)) && (await unreadable(linh, other)));
  const told = await forum.done<Comment>('GET', `/api/v1/comments/${comment.id}`);
  expect(told).not.toHaveProperty('translations');
});

/** Whether the key of a translation was destroyed. */
async function unreadable(by: TestMember, of: Comment): Promise<boolean> {
  const { log } = forum.forum;
  for await (const event of log.store.readAll({ filter: { types: ['TranslationWritten.v1'] } })) {
    const { data } = event as { data: { commentId?: string; memberId?: string } };
    if (data.commentId !== of.id || data.memberId !== by.member.id || event.sealed === null) continue;
    return 'erased' in (await log.vault.open(event.sealed, event));
  }
  return false;
}

it('is left for a page of its own where the texts of a post together would be too long for one answer', async () => {
  const long = await forum.publish(admin, { title: 'Long', body: 'A line.' });
  const body = 'ก'.repeat(60_000);
  for (const language of ['lo', 'th', 'my'] as const) {
    const translated = wish({ language, title: 'Long', body });
    await forum.done('POST', pathOf(long, 'posts'), { token: linh.token, body: translated });
  }
  const read = (query = ''): Promise<TranslationList> => forum.done('GET', pathOf(long, 'posts') + query);
  const all = await read();
  expect([all.items.map(({ language }) => language), all.unopened]).toEqual([['lo'], ['my', 'th']]);
  const one = await read('?language=th');
  expect([one.items.map((item) => item.body.length), one.unopened]).toEqual([[60_000], []]);
  const path = `/posts/${long.slug}/translations`;
  expect(await page(path)).toContain(`href="${path}?only=th"`);
  expect(await page(`${path}?only=th`)).toContain(body);
});
