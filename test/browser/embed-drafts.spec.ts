import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Draft, Page as ListPage } from '../../libs/client/index.ts';
import { until } from '../support/until.ts';
import { BlogInBrowser } from './blog-in-browser.ts';

let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
}, 60_000);
afterEach(() => blog.leave());
afterAll(() => BlogInBrowser.close(blog));

describe('a text that is sent in a frame', () => {
  const fill = (text: string) => blog.inFrame().locator('#new-comment').fill(text);
  const ready = () => blog.inFrame().locator('#comment-form [role=toolbar]').waitFor();
  const isWritten = (text: string) => blog.inFrame().locator('.comment:not(.on-its-way)', { hasText: text }).waitFor();
  const hide = async (): Promise<void> =>
    (await blog.framed()).evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
  let puts: string[];
  const kept = async (): Promise<readonly string[]> =>
    (
      await blog.sites.forum.done<ListPage<Draft>>('GET', '/api/v1/members/me/drafts', { token: blog.somchai.token })
    ).items.map(({ body }) => body);
  beforeEach(async () => {
    await blog.reader();
    puts = [];
    blog.context.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().endsWith('/drafts')) puts.push(request.url());
    });
  });

  it('is no draft: the first of a page at once', async () => {
    await blog.page.goto(blog.hostPage('/first-at-once'));
    await blog.signInByHand();
    await blog.live();
    await blog.inFrame().locator('#new-comment').focus();
    await ready();
    await fill('Sent at once');
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    await isWritten('Sent at once');
    await blog.live();
    expect([puts, await kept()]).toEqual([[], []]);
  });

  it('is no draft where its keeping was on its way', async () => {
    await blog.page.goto(blog.hostPage('/keeping'));
    await blog.signInByHand();
    await blog.live();
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await blog.page.route('**/members/me/drafts', async (route) => {
      asked.resolve();
      await release.promise;
      await route.continue();
    });
    await blog.inFrame().locator('#new-comment').focus();
    await ready();
    await fill('Sent while it was kept');
    await hide();
    await asked.promise;
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    release.resolve();
    await isWritten('Sent while it was kept');
    await blog.live();
    expect(await kept()).toEqual([]);
  });

  /** The page around signs in another person, in whose place the frame of the one before still stands. */
  async function typesWhileReplaced(sub: string, text: string): Promise<() => Promise<void>> {
    await blog.somchaiSays(`Before ${sub}`);
    await blog.page.goto(blog.withToken(blog.token(sub)));
    await blog.writesAs(sub);
    await blog.live();
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await blog.page.route('**/embed/sessions', async (route) => {
      asked.resolve();
      await release.promise;
      await route.continue();
    });
    await blog.page.goto(blog.withToken(blog.token('ben')));
    await asked.promise;
    await blog.live();
    await blog.inFrame().locator('#new-comment').focus();
    await ready();
    await blog.page.keyboard.type(text);
    return async () => {
      const known = blog.page.waitForResponse((answer) => answer.url().endsWith('/members/me'));
      release.resolve();
      await known;
      await blog.page.unroute('**/embed/sessions');
    };
  }

  it.each(['pressed', 'typed'])(
    'is there again for whom another person came in place of while it was %s',
    async (how) => {
      const replace = await typesWhileReplaced(`ann-${how}`, `Only ${how}`);
      await replace();
      if (how === 'pressed') await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
      else await blog.inFrame().locator('#new-comment').blur();
      await blog.writesAs('ben');
      await blog.live();
      expect(await blog.inFrame().getByText(`Only ${how}`).count()).toBe(0);
      await blog.page.goto(blog.withToken(blog.token(`ann-${how}`)));
      await blog.writesAs(`ann-${how}`);
      await blog.live();
      if (how === 'pressed') await blog.inFrame().locator('.comment', { hasText: 'Only pressed' }).waitFor();
      else await until(async () => (await blog.inFrame().locator('#new-comment').inputValue()) === 'Only typed');
    },
    60_000,
  );

  it('stays where it stands while another person is signed in, where the browser gives no storage, and is not left unasked', async () => {
    await blog.denyStorage();
    const replace = await typesWhileReplaced('ann', 'Of Ann alone');
    const come: string[] = [];
    blog.page.on('request', (request) => {
      if (request.isNavigationRequest()) come.push(request.url());
    });
    // Nobody is in the field, so that the frame would come at once.
    const field = blog.inFrame().locator('#new-comment');
    await field.blur();
    await replace();
    await blog.someoneElse();
    await (await blog.framed()).evaluate(() => fetch('/api/v1/members/me').then(({ status }) => status));
    expect([come, await field.inputValue()]).toEqual([[], 'Of Ann alone']);

    const asks = blog.page.waitForEvent('dialog');
    const pressed = blog.inFrame().getByRole('link', { name: 'Back to the discussion' }).click({ noWaitAfter: true });
    const question = await asks;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await pressed;
    expect(await field.inputValue()).toBe('Of Ann alone');
    blog.page.once('dialog', (again) => again.accept());
    await blog.inFrame().getByRole('link', { name: 'Back to the discussion' }).click({ noWaitAfter: true });
    await blog.nobody();
  }, 60_000);
});
