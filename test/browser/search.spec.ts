import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const LANGUAGES = ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'];
const LONG = 'a-very-long-part-'.repeat(12);

let site: ForumInBrowser;
let mali: TestMember;
let post: Post;
let thai: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open({ EMBED_ORIGINS: 'https://blog.example' });
  mali = await site.forum.member('mali', ['editor']);
  post = await site.forum.publish(mali, { title: 'Along the Mekong', body: 'Boats, rice and rain.', tags: ['River'] });
  thai = await site.forum.comment(mali, post.id, { body: 'เราพักที่พักพิงริมแม่น้ำโขงสามคืน แล้วนั่งเรือต่อ' });
  for (const body of [
    'Ở Đà Nẵng mưa nhiều, phở rất ngon.',
    '我们在河边喝茶，看船。',
    'យើងបានជិះទូកតាមទន្លេមេគង្គ។',
    'ພວກເຮົານັ່ງເຮືອລ່ອງແມ່ນໍ້າຂອງ.',
    'မဲခေါင်မြစ်ပေါ်တွင် လှေစီးခဲ့သည်။',
    `Boats https://example.org/${LONG}`,
  ])
    await site.forum.comment(mali, post.id, { body });
  for (let n = 0; n < 25; n += 1) await site.forum.comment(mali, post.id, { body: `Rain again, day ${n}.` });
  // No write waits for the words that are found, and this search waits for all of these.
  await site.forum.call('GET', '/api/v1/search?q=rain');
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

describe('without a script', () => {
  it('finds by a form, shows what was found marked, and leads on page by page', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto('/');
    await page.locator('.find-link').click();
    await page.getByLabel('Words in posts and comments').fill('ที่พัก');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(await page.locator('.found mark').allTextContents()).toEqual(['ที่พัก']);
    await page.locator('.found h3 a').click();
    await page.waitForURL(`**/*#comment-${thai.id}`);
    const answer = await page.goto('/search?q=rain&sort=newest');
    expect(answer?.headers()['x-robots-tag']).toBe('noindex');
    expect(await page.locator('.found > li').count()).toBe(20);
    await page.getByRole('link', { name: 'More results' }).click();
    expect(await page.locator('.found > li').count()).toBe(6);
    expect(await page.getByRole('link', { name: 'More results' }).count()).toBe(0);
    const told = page.getByText('Results 21 to 26');
    expect(await told.isVisible()).toBe(true);
    await page.getByRole('link', { name: 'To the first results' }).click();
    await page.getByText('20 results on this page').waitFor();
  });

  it('says what cannot be looked for, and what has no result', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const answer = await page.goto('/search?q=-rain');
    expect(answer?.status()).toBe(400);
    await page.getByText('This cannot be looked for.').waitFor();
    await page.goto('/search?q=nothing-of-that');
    await page.getByText('Nothing has these words.').waitFor();
    await page.locator('#found').getByText('Translations are not searched.').waitFor();
  });

  it('takes the last word as a beginning, as while one types, and says when it is too short for one', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto('/search?q=boa');
    expect(await page.locator('.found-words mark').allTextContents()).toEqual(['Boats', 'Boats']);
    await page.goto('/search?q=bo');
    expect(await page.locator('#found [role=status]').textContent()).toBe(
      'Nothing is found with “bo” as a whole word. From three letters on, words that begin so are found too.',
    );
  });

  it('names the filters with which nothing is found, and takes a tag as it is shown', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto('/search?q=boats&tag=%23River');
    expect(await page.locator('.found > li').count()).toBe(2);
    const filters = page.locator('.search-form details').last();
    expect([await filters.getAttribute('open'), await filters.locator('summary').textContent()]).toEqual([
      null,
      'Where, by whom, when: River',
    ]);
    const [help, hint] = [page.getByText('How to search'), page.locator('#search-hint')];
    expect([await hint.isVisible(), await help.isVisible()]).toEqual([false, true]);
    await help.click();
    expect([await hint.isVisible(), await hint.textContent()]).toEqual([
      true,
      expect.stringContaining('author:handle'),
    ]);
    await page.goto('/search?q=boats&author=nobody-here&tag=law');
    expect(await page.locator('.in-force li').allTextContents()).toEqual([
      'Written by (name or handle): nobody-here',
      'Tag of the post: law',
    ]);
    await page.getByRole('link', { name: 'Search without filters' }).click();
    expect(await page.locator('.found > li').count()).toBe(2);
    const told = page.locator('#found [role=status]');
    await page.goto('/search?q=boats&author=nobody-here&tag=law');
    expect(await told.textContent()).toBe(
      'Nobody who wrote here is called “nobody-here”: it takes the whole shown name, or the handle. No post has the tag “law”.',
    );
    const bullets = await page.locator('.in-force').evaluate((list) => parseFloat(getComputedStyle(list).paddingLeft));
    expect(bullets).toBeGreaterThan(15);
    await page.goto('/search?q=boats&author=mali&tag=riv');
    expect(await told.textContent()).toBe('No post has the tag “riv”.');
    await page.goto('/search?q=nothing-of-that author:nobody');
    expect(await told.textContent()).toContain('is called “nobody”');
    await page.goto('/search?q=boats&from=2020-02-02&to=2020-01-01');
    await page.getByText('The first day comes after the last one').waitFor();
  });
});

it('leads from a page of another site to its discussion here, and to its own address', async () => {
  const url = 'https://blog.example/mangosteen';
  const { id, slug } = await site.forum.done<Post>('PUT', '/api/v1/pages', { body: { url, title: 'Mangosteen' } });
  await site.forum.comment(mali, id, { body: 'Sweet' });
  await site.forum.call('GET', '/api/v1/search?q=mangosteen');
  const { page } = await site.reader({ javaScriptEnabled: false });
  await page.goto('/search?q=mangosteen');
  expect(await page.locator('.found h3 a').getAttribute('href')).toBe(`/posts/${slug}`);
  expect(await page.getByRole('link', { name: 'Read on blog.example' }).getAttribute('href')).toBe(url);
  await page.locator('.found h3 a').click();
  expect(await page.locator('#discussion').count()).toBe(1);
});

it.each([true, false])(
  'has the first result next after the form and after "More results" (with a script: %s)',
  async (script) => {
    const { page } = await site.reader({ javaScriptEnabled: script });
    await page.goto('/search');
    if (script) await page.locator('.search-form[data-ready]').waitFor();
    await page.getByLabel('Words in posts and comments').fill('rain');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?*#found-words');
    const next = async () => {
      for (let n = 0; n < 3 && (await page.locator('.found h3 a:focus').count()) === 0; n += 1)
        await page.keyboard.press('Tab');
      return page.evaluate(() => document.querySelectorAll('.found h3')[0]?.contains(document.activeElement));
    };
    expect(await next()).toBe(true);
    await page.getByRole('link', { name: 'More results' }).click();
    await page.getByText('Results 21 to').waitFor();
    expect(await next()).toBe(true);
  },
);

it('has the same field in the archive as in the search, in the dark too', async () => {
  const { page } = await site.reader({ colorScheme: 'dark' });
  const look = async (path: string) => {
    await page.goto(path);
    return page.locator('main input[type=search]').evaluate((field) => {
      const { backgroundColor, borderRadius, borderColor } = getComputedStyle(field);
      return [backgroundColor, borderRadius, borderColor];
    });
  };
  expect(await look('/archive')).toEqual(await look('/search'));
});

describe('with a script', () => {
  it('finds as one types, with the key / as the way there', async () => {
    const { page } = await site.reader();
    await page.goto(`/posts/${post.slug}`);
    await page.locator('body[data-program], #thread').first().waitFor();
    await page.evaluate(() => document.body.focus());
    await page.keyboard.press('/');
    await page.waitForURL('**/search');
    await page.locator('.search-form[data-ready]').waitFor();
    await page.keyboard.type('da nan');
    await page.locator('.found mark').first().waitFor();
    expect(await page.locator('.found mark').allTextContents()).toEqual(['Đà', 'Nẵng']);
    expect(new URL(page.url()).searchParams.get('q')).toBe('da nan');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-words');
  });

  it('keeps what was found as one typed: after Enter, a reload, and the way back from a result', async () => {
    const { page } = await site.reader();
    await page.goto('/search');
    await page.locator('.search-form[data-ready]').waitFor();
    await page.keyboard.type('boa');
    await page.locator('.found mark').first().waitFor();
    const shown = () => page.locator('.found-words').allTextContents();
    const typed = await shown();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await shown()).toEqual(typed);
    await page.reload();
    expect(await shown()).toEqual(typed);
    await page.locator('.found h3 a').first().click();
    await page.waitForURL('**/posts/**');
    await page.goBack();
    expect(await shown()).toEqual(typed);
  });
});

it('shows the words of somebody whom the reader ignores folded, as a thread does', async () => {
  const reader = await site.forum.member('keo');
  await site.forum.call('PUT', `/api/v1/members/${mali.member.id}/ignore`, { token: reader.token });
  const { page } = await site.reader({ as: reader });
  await page.goto('/search?q=%E5%96%9D%E8%8C%B6');
  expect(await page.locator('.found details.ignored').count()).toBe(1);
  expect(await page.locator('.found mark').first().isVisible()).toBe(false);
});

it.each([320, 360, 768, 1440])(
  '%d px: nothing is wider than the screen, in any language',
  async (width) => {
    const tooWide: string[] = [];
    for (const locale of LANGUAGES) {
      const { page, context } = await site.reader({ viewport: { width, height: 800 } });
      await context.addCookies([{ name: 'colloquy_locale', value: locale, url: site.forum.url }]);
      for (const path of ['/search', '/search?q=boats&in=comments&author=mali', '/search?q=-a']) {
        await page.goto(path);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) tooWide.push(`${locale} ${path}: ${over} px`);
      }
      await context.close();
    }
    expect(tooWide).toEqual([]);
  },
  60_000,
);
