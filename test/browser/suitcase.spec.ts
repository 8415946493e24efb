import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AskedErasure, Comment, Erasure, Post } from '../../libs/client/index.ts';
import { filesWith } from '../support/files-with.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { formOf } from '../support/image-form.ts';
import { drawn } from '../support/pictures.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser, type Reader } from './forum-in-browser.ts';

/** Stands in everything that readers do not see, and nowhere else. */
const SECRET = 'quxsecretzebra';
const THAI = 'เราพักที่พักพิงริมแม่น้ำโขงสามคืน แล้วนั่งเรือต่อ';

const BLOG = 'https://blog.example';

let site: ForumInBrowser;
let folder: string;
let suitcase: string;
let post: Post;
let thai: Comment;
let answer: Comment;
let discussed: Comment;
let deepest: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open({ EMBED_ORIGINS: `${BLOG}, https://other.example` }, { reacts: true });
  const mali = await site.forum.member('mali', ['editor']);
  const image = await pictureOf(mali);
  const body = `Boats, *rice* and rain.\n\n![A boat](${image})\n\n![Elsewhere](https://elsewhere.example/a.png) ![Sly](https:elsewhere.example/b.png)`;
  post = await site.forum.publish(mali, {
    title: 'Along the Mekong',
    body,
    excerpt: 'Ferries at *dusk*',
    tags: ['River', 'แม่น้ำ'],
  });
  thai = await site.forum.comment(mali, post.id, { body: THAI });
  answer = await site.forum.comment(mali, post.id, { body: 'Green tea by the river', parentId: thai.id });
  const green = `See [this](/comments/${thai.id}), and tea that is green.`;
  const { id } = await site.forum.comment(mali, post.id, { body: green });
  await site.forum.done('PUT', `/api/v1/comments/${id}/language`, { token: mali.token, body: { language: 'nl' } });
  const days = Array.from({ length: 105 }, (_, n) => ({ body: `Rain again, day ${n}.` }));
  await Promise.all(days.map((comment) => site.forum.comment(mali, post.id, comment)));
  deepest = await deepAnswer(mali);
  discussed = await pagesOfOthers(mali);
  await translations();
  await secrets(mali);
  folder = mkdtempSync(join(tmpdir(), 'colloquy-suitcases-'));
  suitcase = join(folder, 'a site');
}, 60_000);
afterAll(async () => {
  await ForumInBrowser.close(site);
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** Below seven comments, one below the other. */
async function deepAnswer(member: TestMember): Promise<Comment> {
  let above = await site.forum.comment(member, post.id, { body: 'Deep 0' });
  for (let depth = 1; depth <= 7; depth += 1)
    above = await site.forum.comment(member, post.id, { body: `Deep ${depth}`, parentId: above.id });
  return above;
}

/** Two pages of one site, and one of another. */
async function pagesOfOthers(member: TestMember): Promise<Comment> {
  const [first] = [
    await site.forum.comment(member, (await pageAt(`${BLOG}/tea?a=1`, 'Tea elsewhere')).id, { body: 'Said elsewhere' }),
    await site.forum.comment(member, (await pageAt(`${BLOG}/rain`, 'Rain')).id),
    await site.forum.comment(member, (await pageAt('https://other.example/', 'Other')).id),
  ];
  await pageAt(`${BLOG}/silent`, 'Nobody said anything');
  return first;
}

const pageAt = (url: string, title: string): Promise<Post> =>
  site.forum.done('PUT', '/api/v1/pages', { body: { url, title } });

const translate = (by: TestMember, of: string, body: object): Promise<unknown> =>
  site.forum.done('POST', `/api/v1/${of}/translations`, {
    token: by.token,
    body: { language: 'en', sourceRevision: 0, ...body },
  });

/** Of the post, of a comment, and of a comment that was changed afterwards. */
async function translations(): Promise<void> {
  const translator = await site.forum.member('translator', ['moderator']);
  await translate(translator, `posts/${post.id}`, {
    language: 'vi',
    title: 'Dọc sông Mê Kông',
    body: 'Thuyền và *mưa*.',
  });
  await translate(translator, `comments/${thai.id}`, { body: 'We stayed *three nights* by the Mekong' });
  const changed = await site.forum.comment(translator, post.id, { body: 'Cũ' });
  await translate(translator, `comments/${changed.id}`, { body: 'Old' });
  const edit = { token: translator.token, body: { body: 'Mới', revision: 0 } };
  await site.forum.done('PATCH', `/api/v1/comments/${changed.id}`, edit);
}

async function pictureOf({ token }: TestMember): Promise<string> {
  const file = await drawn(600, 400).png().toBuffer();
  const form = formOf([['file', file]]);
  const { image } = await site.forum.done<{ image: { address: string } }>('POST', '/api/v1/images', { token, ...form });
  return image.address;
}

/** What is held, removed, edited away, reported, erased, not published yet, or not any more. */
async function secrets(editor: TestMember): Promise<void> {
  const { forum } = site;
  const moderator = await forum.member('the-moderator', ['moderator']);
  const writer = await forum.member('writer');
  const decide = (id: string, action: string) =>
    forum.done('POST', `/api/v1/comments/${id}/decisions`, {
      token: moderator.token,
      body: { action, revision: 0, note: SECRET },
    });
  for (const action of ['hold', 'remove']) {
    const { id } = await forum.comment(writer, post.id, { body: `${action} ${SECRET}` });
    await translate(moderator, `comments/${id}`, { body: SECRET });
    await forum.comment(writer, post.id, { body: 'Keeps the place above it', parentId: id });
    await decide(id, action);
    const elsewhere = await pageAt(`${BLOG}/${action}-${SECRET}`, SECRET);
    await decide((await forum.comment(writer, elsewhere.id, { body: SECRET })).id, action);
  }
  const { token } = writer;
  const edited = await forum.comment(writer, post.id, { body: `Before ${SECRET}` });
  await forum.done('PATCH', `/api/v1/comments/${edited.id}`, { token, body: { body: 'After', revision: 0 } });
  await forum.done('PUT', '/api/v1/members/me/drafts', { token, body: { postId: post.id, body: SECRET } });
  const gone = await forum.publish(editor, { title: SECRET, slug: SECRET, tags: [SECRET] });
  await forum.comment(writer, gone.id, { body: SECRET });
  await forum.done('POST', `/api/v1/posts/${gone.id}/withdraw`, { token: editor.token, body: {} });
  await forum.publish(editor, { title: SECRET, publishAt: '2999-01-01T00:00:00Z' });
  const draft = { token: editor.token, body: { title: SECRET, body: SECRET } };
  await forum.done('PUT', `/api/v1/post-drafts/${post.id}`, draft);
  const leaver = await forum.member(SECRET);
  await forum.comment(leaver, post.id, { body: SECRET });
  const wish = { token: leaver.token, body: { comments: 'remove', password: PASSWORD, immediately: true } };
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', wish);
  await until(async () => (await forum.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`)).state === 'done');
}

const pack = () =>
  runColloquy(['export', 'site', suitcase, '--json'], {
    dataDir: site.forum.dataDir,
    env: { PUBLIC_URL: 'https://forum.example' },
  });
const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
const home = (file = 'index.html'): string => `${pathToFileURL(suitcase).href}/${file}`;
const postFile = (page = 'index.html'): string => `posts/along-the-mekong/${page}`;

describe('a site in a suitcase', () => {
  it('is packed beside the server that runs, whole, and holds nothing that readers do not see', async () => {
    const { status, out, said } = await pack();
    expect({ status, said }).toEqual({ status: 0, said: expect.any(String) });
    const { commentCount } = await site.forum.done<Post>('GET', '/api/v1/posts/along-the-mekong');
    const onPages = 3;
    expect(JSON.parse(out)).toMatchObject({ posts: 1, pages: 3, comments: commentCount + onPages });
    expect(JSON.parse(out)).toMatchObject({ images: expect.any(Number) });
    expect(readdirSync(folder)).toEqual(['a site']);
    expect(filesWith(suitcase, SECRET)).toEqual([]);
    expect(filesWith(suitcase, '@example.org')).toEqual([]);
    const before = filesIn(suitcase);
    expect(before.filter((file) => !/^[a-z0-9./-]+$/.test(file))).toEqual([]);
    const again = await pack();
    expect(again.status).not.toBe(0);
    expect(again.said).toContain('nothing is written over');
    expect(filesIn(suitcase)).toEqual(before);
  }, 30_000);

  it('leaves nothing when it is stopped', async () => {
    const place = join(folder, 'stopped');
    const { status } = await runColloquy(['export', 'site', place], {
      dataDir: site.forum.dataDir,
      whileRunning: async (child) => {
        await until(() => existsSync(`${place}.partial`));
        child.kill('SIGINT');
      },
    });
    expect({ status, left: readdirSync(folder) }).toEqual({ status: 1, left: ['a site'] });
  }, 30_000);

  it('leaves what it had in private places when it is killed, which the next run takes over or away', async () => {
    const [place, temporary] = [join(folder, 'killed'), join(folder, 'temporary')];
    mkdirSync(temporary);
    const options = { dataDir: site.forum.dataDir, env: { TMPDIR: temporary } };
    const views = join(site.forum.dataDir, 'views');
    const replayed = (): readonly string[] => readdirSync(views).filter((name) => name.startsWith('replayed-'));
    const { status } = await runColloquy(['export', 'site', place], {
      ...options,
      whileRunning: async (child) => {
        await until(() => existsSync(`${place}.partial`) && replayed().length > 0);
        child.kill('SIGKILL');
      },
    });
    expect({ status, left: readdirSync(temporary) }).toEqual({ status: 'SIGKILL', left: [] });
    for (const left of [`${place}.partial`, join(views, replayed()[0] ?? '')])
      expect(statSync(left).mode & 0o777).toBe(0o700);
    const again = await runColloquy(['export', 'site', place], options);
    expect(again).toMatchObject({ status: 0, said: expect.stringContaining('packed:     1 post, 3 pages') });
    expect([existsSync(`${place}.partial`), replayed()]).toEqual([false, []]);
    for (const remains of [place, temporary]) rmSync(remains, { recursive: true });
  }, 30_000);

  it('is taken over by the next run where it is killed between two pages, and comes out whole', async () => {
    const place = join(folder, 'torn');
    const draft = join(`${place}.partial`, 'whole');
    const options = { dataDir: site.forum.dataDir };
    const { status } = await runColloquy(['export', 'site', place], {
      ...options,
      whileRunning: async (child) => {
        await until(() => existsSync(draft));
        const deadline = Date.now() + 20_000;
        // Nothing else is done meanwhile, so that the kill comes before the next pages are there.
        while (!existsSync(join(draft, postFile()))) if (Date.now() > deadline) throw new Error('no page has come');
        child.kill('SIGKILL');
      },
    });
    const torn = filesIn(draft);
    expect({ status, isThere: existsSync(place) }).toEqual({ status: 'SIGKILL', isThere: false });
    expect([torn.includes(postFile()), torn.includes('index.html')]).toEqual([true, false]);
    writeFileSync(join(draft, 'left.html'), 'of the killed run');
    expect((await runColloquy(['export', 'site', place], options)).status).toBe(0);
    expect([existsSync(`${place}.partial`), filesIn(place)]).toEqual([false, filesIn(suitcase)]);
    rmSync(place, { recursive: true });
  }, 30_000);

  it('leads from every page to files that are in it, or to the public forum', () => {
    const pages = filesIn(suitcase).filter((file) => file.endsWith('.html'));
    const ids = new Map(pages.map((file) => [file, readFileSync(join(suitcase, file), 'utf8')]));
    const broken = pages.flatMap((file) =>
      [...(ids.get(file) ?? '').matchAll(/ (?:href|src)="([^"]*)"/g)]
        .map(([, address = '']) => address)
        .filter((address) => !address.startsWith('https://forum.example'))
        .filter((address) => {
          const [path = '', hash = ''] = address.split('#');
          const found = path === '' ? file : join(dirname(file), path);
          const isPlace = hash === '' || found === 'verify.html' || (ids.get(found)?.includes(`id="${hash}"`) ?? false);
          return !existsSync(join(suitcase, found)) || !isPlace;
        })
        .map((address) => `${file}: ${address}`),
    );
    expect(pages.filter((file) => !ids.get(file)?.includes('http-equiv="Content-Security-Policy"'))).toEqual([]);
    const others =
      /: https:(?:\/\/elsewhere\.example\/a\.png|elsewhere\.example\/b\.png|\/\/blog\.example\/.*|\/\/other\.example\/)$/;
    expect(broken.filter((one) => !others.test(one))).toEqual([]);
    expect(pages).toEqual(expect.arrayContaining([postFile(), postFile('2.html'), 'tags/river/index.html']));
  });

  it('has a receipt of each comment that the verifier in it finds right', () => {
    const proofs = filesIn(suitcase).filter((file) => file.endsWith('.tlog-proof'));
    expect(proofs).toHaveLength(122);
    const proof = proofs.find((file) => file.includes(answer.id)) ?? '';
    const words = ['verify/colloquy-verify.mjs', proof, '--key', 'verify/key.txt', '--about', answer.id];
    expect(spawnSync(process.execPath, words, { cwd: suitcase, encoding: 'utf8' }).stderr).toContain(
      'The receipt holds',
    );
  });
});

describe('read from a disk', () => {
  let reader: Reader;
  const asked: string[] = [];
  beforeAll(async () => {
    reader = await site.reader();
    reader.page.on('request', (request) => asked.push(request.url()));
  });

  it('shows posts and discussions without a network, each text in its language', async () => {
    const { page } = reader;
    await page.goto(home());
    await page.getByRole('link', { name: 'Along the Mekong', exact: true }).click();
    expect(page.url()).toBe(home(postFile()));
    const seen = page.locator('.post-body img').evaluate((image) => Reflect.get(image, 'naturalWidth'));
    expect(await seen).toBeGreaterThan(0);
    expect(await page.locator(`#comment-${thai.id} .body`).first().getAttribute('lang')).toBe('th');
    expect(await page.locator(`#comment-${thai.id} .answers #comment-${answer.id}`).count()).toBe(1);
    await page.getByRole('link', { name: 'this', exact: true }).click();
    expect(page.url()).toBe(home(`${postFile()}#comment-${thai.id}`));
    await page.getByRole('link', { name: 'More comments' }).click();
    expect(await page.locator('.comment').count()).toBeGreaterThan(5);
    expect(await page.getByRole('link', { name: 'Share', exact: true }).count()).toBe(0);
  });

  it('begins with deep answers folded, and opens them for an address that leads to one', async () => {
    const { page } = reader;
    const last = page.locator(`#comment-${deepest.id} .body`);
    await page.goto(home(postFile('2.html')));
    expect(await page.locator('.answers').evaluateAll((all) => all.map((one) => one.hasAttribute('open')))).toEqual([
      ...Array.from({ length: 5 }, () => true),
      false,
      false,
      true,
    ]);
    expect(await last.isVisible()).toBe(false);
    await page.goto(home(`search.html#${encodeURIComponent('"deep 7"')}`));
    await page.locator('.found h3 a').click();
    await last.waitFor();
  });

  it('shows the discussions on pages of other sites by site, each with its title, its address and its comments', async () => {
    const { page } = reader;
    await page.goto(home());
    await page.getByRole('link', { name: 'Pages of other sites' }).click();
    expect(await page.locator('.discussed li').allInnerTexts()).toEqual(['blog.example 2', 'other.example 1']);
    await page.getByRole('link', { name: 'blog.example' }).click();
    expect(await page.locator('.discussed .discussed-title').allInnerTexts()).toEqual(['Rain', 'Tea elsewhere']);
    await page.getByRole('link', { name: 'Tea elsewhere' }).click();
    expect(await page.locator(`#comment-${discussed.id} .body`).textContent()).toContain('Said elsewhere');
    expect(await page.locator('.page-address').getAttribute('href')).toBe(`${BLOG}/tea?a=1`);
    const place = page.url().slice(home('').length);
    for (const feed of ['feed.atom', 'feed.xml', 'feed.json'])
      expect(readFileSync(join(suitcase, dirname(place), feed), 'utf8')).toContain('Said elsewhere');
    await page.goto(home(`search.html#elsewhere`));
    const comment = page.locator('.found li').filter({ hasText: 'Said elsewhere' });
    expect(await comment.locator('.found-by .hint').textContent()).toBe('blog.example');
    expect(await page.locator('.found .badge').allTextContents()).toContain('Page of blog.example');
    await page.goto(home('verify.html'));
    await page.locator('[data-result]').getByText('No receipt was chosen yet').waitFor();
    await page.goto(home(`verify.html#${place}/${discussed.id}`));
    await page.locator('[data-result]').getByText('The receipt holds.').waitFor();
  });

  it('has the translations of posts and comments folded below them, with their language and whose they are', async () => {
    const { page } = reader;
    await page.goto(home(postFile()));
    const ofPost = page.locator('article[aria-labelledby="post-title"] > details.translated-fold');
    expect(await ofPost.locator('summary').textContent()).toBe(
      'Translation into Vietnamese · Tiếng Việt by Name of translator',
    );
    await ofPost.locator('summary').click();
    expect(await ofPost.locator('[lang="vi"]').allInnerTexts()).toEqual(['Dọc sông Mê Kông', 'Thuyền và mưa.']);
    const ofComment = page.locator(`#comment-${thai.id} > article details.translated-fold`);
    await ofComment.locator('summary').click();
    expect(await ofComment.locator('[lang="en"]').textContent()).toContain('We stayed three nights by the Mekong');
    expect(await ofComment.locator('.status').count()).toBe(0);
    await page.goto(home(postFile('2.html')));
    const stale = page.locator('details.translated-fold', { hasText: 'Old' });
    const told = /^Made from the text of (.+); the text was changed on \1\.$/;
    expect(await stale.locator('.status').textContent()).toMatch(told);
  });

  it('finds words in every script, phrases and people, and leads to what was found', async () => {
    const { page } = reader;
    const found = async (words: string): Promise<readonly string[]> => {
      await page.goto(home(`search.html#${encodeURIComponent(words)}`));
      await page.reload();
      await page.locator('.found li, #found-told:not(:empty)').first().waitFor();
      return page.locator('.found .found-words').allInnerTexts();
    };
    expect(await found('ที่พัก')).toEqual([THAI]);
    expect(await found('"green tea"')).toEqual(['Green tea by the river']);
    expect(await found('ferries "at dusk" boats')).toEqual(['Ferries at dusk']);
    expect(await found('gre* -river author:mali')).toEqual(['See this, and tea that is green.']);
    expect(await page.locator('.found .found-words').getAttribute('lang')).toBe('nl');
    expect(await found('gree')).toEqual(await found('green'));
    expect(await found('"three nights"')).toEqual(['We stayed three nights by the Mekong']);
    expect(await page.locator('.found .found-words').getAttribute('lang')).toBe('en');
    expect(await page.locator('.found .badge').textContent()).toBe('Translation');
    await page.locator('.found h3 a').click();
    await page.locator(`#comment-${thai.id} details.translated-fold`).getByText('three nights').waitFor();
    expect(await found('thuyền author:translator')).toEqual(['Dọc sông Mê Kông · Thuyền và mưa.']);
    expect(await found('again')).toHaveLength(100);
    expect(await page.locator('#found-told').textContent()).toBe('Shown: 100 of 105 results.');
    await page.getByRole('button', { name: 'More results' }).click();
    expect(await page.locator('.found li').count()).toBe(105);
    expect(await page.locator('#found-told').textContent()).toBe('Shown: 105 of 105 results.');
    expect(
      await page
        .locator('.found li')
        .nth(100)
        .locator('a')
        .evaluate((link) => link.matches(':focus')),
    ).toBe(true);
    expect(await page.getByRole('button', { name: 'More results' }).isVisible()).toBe(false);
    expect(await found(SECRET)).toEqual([]);
    expect(await found('gr')).toEqual([]);
    expect(await page.locator('#found-told').textContent()).toContain('Nothing is found with “gr” as a whole word.');
    expect(await found('author:')).toEqual([]);
    expect(await page.locator('#found-told').textContent()).toMatch(/^Write whom you look for right after “author:”/);
    expect(await found('author:nobody')).toEqual([]);
    expect(await page.locator('#found-told').textContent()).toMatch(/^Nobody who wrote here is called “nobody”: /);
    expect(await found('author:Nobody here')).toEqual([]);
    expect(await page.locator('#found-told').textContent()).toMatch(/A name of several words stands in quotes/);
    const field = page.getByLabel('Words in posts and comments');
    await field.fill('green river');
    await page.locator('.found li').first().waitFor();
    await field.press('Enter');
    await page.locator('#found-words:focus').waitFor();
    expect(await page.getByRole('heading', { name: 'What was found' }).isVisible()).toBe(true);
    await page.locator('.found h3 a').first().click();
    expect(page.url()).toBe(home(`${postFile()}#comment-${answer.id}`));
    await page.goBack();
    expect(await page.getByLabel('Words in posts and comments').inputValue()).toBe('green river');
    await page.locator('.found li').first().waitFor();
  });

  it('checks the receipt of a comment, and refuses one that was altered', async () => {
    const { page } = reader;
    await page.goto(home(postFile()));
    const comment = page.locator(`#comment-${answer.id}`);
    await comment.getByLabel('More').click();
    await comment.getByRole('link', { name: 'Verify' }).click();
    const result = page.locator('[data-result]');
    await result.getByText('The receipt holds.').waitFor();
    expect(await result.textContent()).toContain(answer.id);
    expect(await result.textContent()).toContain('its text, name and date were not');
    await page.getByRole('heading', { name: 'Check a comment’s receipt', level: 1 }).waitFor();
    const receipt = page.getByLabel('Receipt', { exact: true });
    await receipt.fill((await receipt.inputValue()).replace(/index \d+/, 'index 1'));
    await page.getByRole('button', { name: 'Check' }).click();
    await result.getByText('The receipt is refused.').waitFor();
  });

  it('asked nothing of anybody', () => {
    expect(asked.filter((address) => !address.startsWith('file:') && !address.startsWith('data:'))).toEqual([]);
    expect(reader.complaints).toEqual([]);
  });

  it.each([
    { width: 360, colorScheme: 'dark' },
    { width: 1440, colorScheme: 'light' },
  ] as const)('passes axe at $width pixels, $colorScheme', async ({ width, colorScheme }) => {
    const { page } = await site.reader({ viewport: { width, height: 900 }, colorScheme });
    const looked = [
      'index.html',
      'archive/index.html',
      'pages/index.html',
      filesIn(suitcase).find((file) => /^pages\/[^/]+\/index/.test(file)) ?? '',
      postFile('2.html'),
      `verify.html#${postFile()}/${thai.id}`,
      `search.html#${encodeURIComponent('ที่พัก')}`,
    ];
    for (const file of looked) {
      await page.goto(home(file));
      await page.locator('details.translated-fold').evaluateAll((folds) => {
        for (const fold of folds) fold.setAttribute('open', '');
      });
      expect({ file, complaints: await complaintsOfAxe(page), over: await overhang(page) }).toEqual({
        file,
        complaints: [],
        over: 0,
      });
    }
  });
});

it('begins with the pages of other sites where the forum is only embedded', async () => {
  const { token } = await site.forum.admin();
  await site.forum.done('POST', `/api/v1/posts/${post.id}/withdraw`, { token, body: {} });
  const place = join(folder, 'embedded');
  const { status, out } = await runColloquy(['export', 'site', place, '--json'], { dataDir: site.forum.dataDir });
  expect({ status, ...JSON.parse(out) }).toMatchObject({ status: 0, posts: 0, pages: 3, comments: 3 });
  const first = readFileSync(join(place, 'index.html'), 'utf8');
  expect(first).toContain('blog.example');
  expect(filesWith(place, THAI)).toEqual([]);
}, 30_000);
