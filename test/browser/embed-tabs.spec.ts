import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { BlogInBrowser } from './blog-in-browser.ts';

let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
}, 60_000);
afterEach(() => blog.leave());
afterAll(() => BlogInBrowser.close(blog));

describe('two tabs of a blog whose reader changed', () => {
  const bobIn = async (tab: Page): Promise<void> => {
    await tab.goto(blog.withToken(blog.token('bob')));
    await tab.frameLocator('iframe').getByText('You write as Name of bob').waitFor();
  };

  it.each<[string, (again: { url: string; sort: string }) => void]>([
    ['sort', ({ sort }) => document.querySelector('colloquy-discussion')?.setAttribute('sort', sort)],
    ['url', ({ url }) => document.querySelector('colloquy-discussion')?.setAttribute('url', url)],
    ['load', (again) => Reflect.get(window, 'colloquy').load(again)],
  ])(
    'the earlier one is the later one’s member once its page changes the %s, who is told as whom they write and has none of the words before',
    async (name, change) => {
      await blog.somchaiSays('The first here');
      await blog.reader();
      await blog.page.goto(blog.withToken(blog.token(`alice-${name}`)));
      await blog.writesAs(`alice-${name}`);
      await blog.live();
      const field = blog.inFrame().locator('#new-comment');
      await field.fill('Only of Alice');
      await bobIn(await blog.context.newPage());
      await blog.someoneElse();
      await field.fill('Only of Alice, and more');
      await blog.page.evaluate(change, { url: `${blog.sites.site('blog.test')}/follows`, sort: 'newest' });
      await blog.writesAs('bob');
      await blog.live();
      await field.focus();
      await blog.inFrame().locator('#comment-form [role=toolbar]').waitFor();
      expect(await field.inputValue()).toBe('');
      expect(await blog.inFrame().getByText('Only of Alice').count()).toBe(0);
      await field.fill(`Bob after ${name}`);
      await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
      const written = blog.inFrame().locator('.comment:not(.on-its-way)', { hasText: `Bob after ${name}` });
      await written.waitFor();
      expect(await written.textContent()).toContain('Name of bob');
      await blog.page.goto(blog.withToken(blog.token(`alice-${name}`)));
      await blog.writesAs(`alice-${name}`);
      await blog.live();
      await until(async () => (await field.inputValue()) === 'Only of Alice, and more');
    },
    60_000,
  );

  it('what is typed in the earlier one as nobody’s is not given to the later one’s member', async () => {
    await blog.takesGuests(true);
    await blog.reader();
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await blog.writesAs('alice');
    await blog.live();
    await bobIn(await blog.context.newPage());
    await blog.someoneElse();
    await blog.inFrame().getByRole('button', { name: 'Sign out' }).click();
    await blog.inFrame().locator('#new-comment-name').waitFor();
    await blog.live();
    const field = blog.inFrame().locator('#new-comment');
    await field.focus();
    await blog.inFrame().locator('#comment-form [role=toolbar]').waitFor();
    await field.fill('Typed as nobody');
    await (await blog.framed()).evaluate(() => {
      document.body.dataset['before'] = '';
      location.reload();
    });
    await blog.inFrame().locator('body:not([data-before]) #thread[data-connection="live"]').waitFor();
    await until(async () => (await field.inputValue()) === 'Typed as nobody');
    await blog.page.evaluate(() => document.querySelector('colloquy-discussion')?.setAttribute('sort', 'newest'));
    await blog.writesAs('bob');
    await blog.live();
    await field.focus();
    await blog.inFrame().locator('#comment-form [role=toolbar]').waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await blog.inFrame().getByText('Typed as nobody').count()).toBe(0);
    await blog.takesGuests(false);
  }, 60_000);

  it('the later one shows its member, and the one before says so and does nothing as that one', async () => {
    await blog.reader();
    let entered = 0;
    blog.context.on('request', (request) => {
      if (request.url().endsWith('/embed/sessions')) entered += 1;
    });
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await blog.writesAs('alice');
    await blog.live();
    const later = await blog.context.newPage();
    await bobIn(later);
    await blog.someoneElse();
    await blog.inFrame().getByRole('button', { name: 'Sign out' }).click();
    await blog.nobody();
    await blog.someoneElse();
    expect(new URL((await blog.framed()).url()).searchParams.get('as')).toBe('');
    const inLater = later.frameLocator('iframe');
    await inLater.locator('#new-comment').fill('Bob goes on');
    await inLater.getByRole('button', { name: 'Post comment' }).click();
    const written = inLater.locator('.comment:not(.on-its-way)', { hasText: 'Bob goes on' });
    await written.waitFor();
    expect(await written.textContent()).toContain('Name of bob');
    expect(entered).toBe(2);
  });

  it('one whose member was replaced while it signed in is nobody’s, and says so', async () => {
    await blog.reader();
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await blog.page.route('**/members/me', async (route) => {
      asked.resolve();
      await release.promise;
      await route.continue();
    });
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await asked.promise;
    await bobIn(await blog.context.newPage());
    release.resolve();
    await blog.someoneElse();
    await blog.nobody();
    expect(await blog.page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([]);
  });
});
