import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { until } from '../support/until.ts';
import { BlogInBrowser, NAMES } from './blog-in-browser.ts';

let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
  await blog.takesGuests(true);
}, 60_000);
beforeEach(() => blog.reader());
afterEach(() => blog.leave());
afterAll(() => BlogInBrowser.close(blog));

const guest = (): Promise<void> => blog.inFrame().locator('#new-comment-name').waitFor();

/** All that a frame shows, what stands in its fields included. */
const shown = (): Promise<string> =>
  blog
    .inFrame()
    .locator('body')
    .evaluate((body) => {
      const fields = [...body.querySelectorAll('textarea')].map(({ value }) => value);
      return [body.textContent, ...fields].join('\n');
    });

/** How often the frame's form is sent from now on. */
function sendings(): readonly string[] {
  const sent: string[] = [];
  blog.page.on('request', (request) => {
    if (request.url().endsWith('/embed/comments')) sent.push(request.method());
  });
  return sent;
}

describe('a frame that came as the answer to its member’s form', () => {
  const WORDS = 'For the eyes of Bob';

  const place = (): string => new URL(blog.page.frames()[1]?.url() ?? '').pathname;

  /** What was typed while the token was on its way comes back in the member's form, with its preview. */
  async function bobTyped(): Promise<readonly string[]> {
    await blog.somchaiSays('The first', '/answers');
    const release = blog.sites.hold(/\/embed\/sessions/);
    await blog.page.goto(blog.withToken(blog.token('bob'), '/answers'));
    await blog.live();
    await blog.inFrame().locator('#new-comment').fill(WORDS);
    release();
    await blog.page.locator('h1').click();
    await blog.writesAs('bob');
    await blog.live();
    expect(await blog.inFrame().locator('#new-comment').inputValue()).toBe(WORDS);
    expect(place()).toBe('/embed/comments');
    return sendings();
  }

  it('is fetched, and not sent again, where the page around it says that nobody is signed in: no guest has the words', async () => {
    const sent = await bobTyped();
    await blog.says('');
    await guest();
    await blog.live();
    expect(await shown()).not.toContain(WORDS);
    await blog.says(blog.token('carol'));
    await blog.writesAs('carol');
    await blog.live();
    expect(await shown()).not.toContain(WORDS);
    expect(sent).toEqual([]);
  }, 60_000);

  it('is fetched, and not sent again, for another member: no page of theirs has the words', async () => {
    const sent = await bobTyped();
    await blog.says(blog.token('carol'));
    await blog.writesAs('carol');
    await blog.live();
    expect(await shown()).not.toContain(WORDS);
    expect(sent).toEqual([]);
  }, 60_000);

  it('comes anew when the way back brings it', async () => {
    const sent = await bobTyped();
    await blog
      .inFrame()
      .locator('body')
      .evaluate(() => {
        // Once this has been answered, since the page goes.
        setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
      });
    await until(() => Promise.resolve(place() === '/embed'));
    await blog.writesAs('bob');
    expect(sent).toEqual([]);
  }, 60_000);
});

describe('a first comment whose session was ended in another tab', () => {
  const WORDS = 'The first thought of Alice';
  const unsent = (): Locator => blog.inFrame().locator('form[data-unsent]');
  const send = (): Promise<void> => blog.inFrame().getByRole('button', { name: 'Try again' }).click();

  async function aliceSends(path: string): Promise<string> {
    await blog.page.goto(blog.withToken(blog.token('alice'), path));
    await blog.writesAs('alice');
    await blog.live();
    const as = await blog.inFrame().locator('input[name=as]').first().inputValue();
    await blog.inFrame().locator('#new-comment').fill(WORDS);
    const other = await blog.context.newPage();
    await other.goto(blog.withToken('', '/other'));
    await other.frameLocator('iframe').locator('#new-comment-name').waitFor();
    await other.close();
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    return as;
  }

  const comments = async (path: string) => {
    const { id } = await blog.discussionOn(path);
    const { items } = await blog.sites.forum.thread(id);
    return items.map(({ body, author }) => [author?.displayName, body]);
  };

  it('stays hers: no guest and no other member has it in a form, and she sends it once she is back', async () => {
    await blog.denyStorage();
    blog.page.on('dialog', (question) => question.dismiss());
    const alice = await aliceSends('/first-of-alice');
    await blog.inFrame().getByRole('alert').getByText('You are not signed in').waitFor();
    expect(await blog.inFrame().locator('#new-comment-name').count()).toBe(0);

    const known = blog.page.waitForResponse((answer) => answer.url().endsWith('/members/me'));
    await blog.says(blog.token('bob'));
    await known;
    await unsent().waitFor();
    expect(await blog.inFrame().getByRole('heading').textContent()).not.toContain('bob');
    expect(await unsent().locator('input[name=as]').inputValue()).toBe(alice);
    await send();
    await blog.inFrame().getByRole('alert').getByText('Somebody else is signed in in this browser now').waitFor();
    expect(await unsent().locator('input[name=as]').inputValue()).toBe(alice);
    expect(await comments('/first-of-alice')).toEqual([]);

    await blog.says(blog.token('alice'));
    await blog.inFrame().getByRole('heading', { name: 'You write as Name of alice' }).waitFor();
    await send();
    await blog.inFrame().locator('.comment', { hasText: WORDS }).waitFor();
    expect(await comments('/first-of-alice')).toEqual([['Name of alice', WORDS]]);
  }, 60_000);

  it('makes way for the page of another member where her browser keeps it for her', async () => {
    const alice = await aliceSends('/kept-of-alice');
    await unsent().waitFor();
    const { id } = await blog.discussionOn('/kept-of-alice');
    await unsent().evaluate(
      (_, [key = '', text = '']) => localStorage.setItem(key, text),
      [`colloquy:draft:${alice}:${id}:`, WORDS],
    );
    await blog.says(blog.token('bob'));
    await unsent().getByRole('textbox').blur();
    await blog.writesAs('bob');
    await blog.live();
    expect(await shown()).not.toContain(WORDS);
    await blog.page.goto(blog.withToken(blog.token('alice'), '/kept-of-alice'));
    await blog.writesAs('alice');
    await until(async () => (await blog.inFrame().locator('#new-comment').inputValue()) === WORDS);
  }, 60_000);

  it('is not left unasked where no storage keeps it', async () => {
    await blog.denyStorage();
    await aliceSends('/left-of-alice');
    await unsent().getByRole('textbox').click();
    const asks = blog.page.waitForEvent('dialog');
    const back = blog.inFrame().getByRole('link', { name: 'Back to the discussion' });
    const pressed = back.click({ noWaitAfter: true });
    const question = await asks;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await pressed;
    expect(await unsent().getByRole('textbox').inputValue()).toBe(WORDS);
  }, 60_000);
});

describe('a text that is refused while its writer is signed in, where the browser gives no storage, is not left unasked', () => {
  const sends = async (words: string): Promise<void> => {
    await blog.live();
    await blog.inFrame().locator('#new-comment').fill(words);
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
  };

  /** What the browser asks before the page around is left, once its reader has pressed something in the frame. */
  async function askedOnLeaving(): Promise<readonly string[]> {
    const asked: string[] = [];
    blog.page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await blog.inFrame().getByRole('textbox').first().click();
    await blog.page.goto('about:blank');
    return asked;
  }

  it.each(['ban', 'suspension'])('by a %s', async (kind) => {
    await blog.denyStorage();
    await blog.page.goto(blog.withToken(blog.token(`ann-${kind}`), `/by-${kind}`));
    await blog.writesAs(`ann-${kind}`);
    const id = await blog.inFrame().locator('input[name=as]').first().inputValue();
    const { token } = await blog.sites.forum.admin();
    const until = kind === 'ban' ? {} : { until: new Date(Date.now() + 86_400_000).toISOString() };
    const body = { kind, reason: 'spam', ...until };
    await blog.sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, { token, body });
    await sends('Words of Ann');
    await blog
      .inFrame()
      .getByText(kind === 'ban' ? 'This account was banned' : 'You can read, but not write')
      .first()
      .waitFor();
    expect(await askedOnLeaving()).toEqual(['beforeunload']);
  });

  it('where its site is not named any more', async () => {
    await blog.denyStorage();
    await blog.namesSites([...NAMES, 'third.test']);
    const embed = blog.script(`data-sso="${blog.token('ann')}"`);
    await blog.page.goto(blog.hostPage('/a', { site: 'third.test', embed }));
    await blog.writesAs('ann');
    await blog.namesSites(NAMES);
    await sends('Words of Ann');
    await blog.inFrame().locator('#unsent').waitFor();
    expect(await blog.inFrame().locator('#unsent').inputValue()).toBe('Words of Ann');
    expect(await askedOnLeaving()).toEqual(['beforeunload']);
  });
});
