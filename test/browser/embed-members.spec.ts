import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from '../../libs/client/index.ts';
import { until } from '../support/until.ts';
import { BlogInBrowser } from './blog-in-browser.ts';

let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
}, 60_000);
afterEach(() => blog.leave());
afterAll(() => BlogInBrowser.close(blog));

describe('whoever a blog signs in', () => {
  it('is who reads in its frame: another person comes in place of the one before, without the draft of that one', async () => {
    await blog.reader();
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await blog.writesAs('alice');
    await blog.live();
    await blog.inFrame().locator('#new-comment').fill('A private draft of Alice');
    await blog.page.goto(blog.withToken(blog.token('bob')));
    await blog.writesAs('bob');
    await blog.live();
    expect(await blog.inFrame().locator('#new-comment').inputValue()).toBe('');
    await blog.inFrame().locator('#new-comment').fill('Bob writes');
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    const written = blog.inFrame().locator('.comment:not(.on-its-way)', { hasText: 'Bob writes' });
    await written.waitFor();
    expect(await written.textContent()).toContain('Name of bob');

    // A page that says nothing about its readers changes nothing; one on which nobody is signed in ends it.
    await blog.page.goto(blog.hostPage('/says-nothing'));
    await blog.writesAs('bob');
    await blog.page.goto(blog.withToken(''));
    await blog.nobody();
    await blog.page.goto(blog.hostPage('/says-nothing'));
    await blog.nobody();
  });

  it('has the form once they are let in and come back to the page, without loading it', async () => {
    const admin = await blog.sites.forum.admin();
    const set = (registration: string) =>
      blog.sites.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { registration } });
    await set('approval');
    await blog.reader();
    await blog.page.goto(blog.withToken(blog.token('late')));
    await blog.writesAs('late');
    await set('open');
    const waits = blog.inFrame().getByText('Your account waits to be let in');
    await waits.waitFor();
    await blog.live();
    const { id } = await blog.sites.forum.done<Member>('GET', '/api/v1/members/Name.of.late', { token: admin.token });
    const path = `/api/v1/members/${id}/membership`;
    await blog.sites.forum.done('PUT', path, { token: admin.token, body: { state: 'active' } });
    const frame = await blog.framed();
    await until(async () => {
      await frame.evaluate(() => dispatchEvent(new Event('focus'))).catch(() => undefined);
      return (await blog.inFrame().locator('#new-comment').count()) > 0;
    });
    expect(await waits.count()).toBe(0);
  });

  it('is followed on a page that does not load, and stays on the frame’s own later pages', async () => {
    await blog.reader();
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await blog.writesAs('alice');
    await (await blog.framed()).evaluate(() => {
      document.body.dataset['before'] = '';
      location.reload();
    });
    await blog.inFrame().locator('body:not([data-before])').getByText('You write as Name of alice').waitFor();
    await blog.live();
    await blog.says(blog.token('bob'));
    await blog.writesAs('bob');
    await blog.says('');
    await blog.nobody();
    await blog.page.evaluate((sso) => Reflect.get(window, 'colloquy').load({ sso }), blog.token('alice'));
    await blog.writesAs('alice');
    expect(await blog.page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([]);
  });

  it('is nobody where the token of another person is refused', async () => {
    await blog.reader();
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await blog.writesAs('alice');
    await blog.page.goto(blog.withToken(`${blog.token('bob')}x`));
    await blog.nobody();
    expect(await blog.page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([{ reason: 'sso' }]);
  });

  it('does not take the place of a member who signed in in the frame', async () => {
    await blog.reader();
    await blog.page.goto(blog.hostPage('/by-hand'));
    await blog.signInByHand();
    for (const [sso, errors] of [
      [blog.token('bob'), [{ reason: 'session' }]],
      ['', []],
    ] as const) {
      await blog.page.goto(blog.withToken(sso));
      await blog.writesAs('somchai');
      await blog.live();
      expect(await blog.page.evaluate(() => Reflect.get(window, 'errors'))).toEqual(errors);
    }
    await blog.inFrame().getByRole('button', { name: 'Sign out' }).click();
    await blog.nobody();
  });
});

describe('a frame that was drawn for the person before', () => {
  /** Another tab of this browser has another person's session now. */
  async function becomes(sub: string): Promise<void> {
    await blog.page.goto(blog.withToken(blog.token('alice')));
    await blog.writesAs('alice');
    await blog.live();
    const entry = { sso: blog.token(sub), url: `${blog.sites.site('blog.test')}/follows` };
    const entered = (await blog.framed()).evaluate(async (fields) => {
      const body = new URLSearchParams(fields);
      return (await fetch('/embed/sessions', { method: 'POST', body })).status;
    }, entry);
    expect(await entered).toBe(204);
  }

  it('does nothing as whoever came after, and keeps what is written in it', async () => {
    // The first comment of a page goes by its form; this one goes live.
    await blog.somchaiSays('The first');
    await blog.reader();
    await becomes('bob');
    // The connection that Alice's session ended has been made anew.
    await blog.someoneElse();
    await blog.inFrame().locator('#new-comment').fill('Only Alice wrote this');
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    await blog.inFrame().getByText('Sign in and send it').waitFor();
    expect(await blog.inFrame().locator('.on-its-way .body').textContent()).toBe('Only Alice wrote this');
    await blog.page.goto(blog.hostPage('/follows'));
    await blog.writesAs('bob');
    expect(await blog.inFrame().getByText('Only Alice wrote this').count()).toBe(0);
  });

  it('comes again as nobody’s when the way back brings it', async () => {
    await blog.reader();
    await becomes('bob');
    await (await blog.framed()).evaluate(() => {
      setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    });
    await blog.someoneElse();
    await blog.nobody();
  });
});

describe('a confirmation in the window', () => {
  it('counts for the origin that it names, and for no other of the same domain', async () => {
    await blog.reader();
    await blog.page.goto(blog.hostPage('/one'));
    await blog.signInByHand();
    await blog.page.goto(blog.hostPage('/two', { site: 'sub.blog.test' }));
    await blog.nobody();
    await blog.live();
    const asked = (await blog.framed()).evaluate(async () => (await fetch('/api/v1/members/me')).status);
    expect(await asked).toBe(401);
    await blog.page.goto(blog.hostPage('/three'));
    await blog.writesAs('somchai');
    await blog.live();
    await blog.inFrame().locator('#new-comment').fill('Written here');
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    await blog.inFrame().locator('.comment:not(.on-its-way)', { hasText: 'Written here' }).waitFor();
  });

  it('names the site on whose page the frame stands, whichever page is discussed there', async () => {
    const { token: admin } = await blog.sites.forum.admin();
    const alias = { from: `${blog.sites.site('other.test')}/old/`, to: `${blog.sites.site('blog.test')}/new/` };
    await blog.sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { pageAliases: [alias] } });
    await blog.reader();
    const src = `${blog.sites.origin}/embed?url=${encodeURIComponent(`${alias.to}peace`)}`;
    await blog.page.goto(blog.hostPage('/old/peace', { site: 'other.test', embed: `<iframe src="${src}"></iframe>` }));
    const window = await blog.signInWindow();
    await window.getByLabel('Password', { exact: true }).waitFor();
    const asked = new URL(new URL(window.url()).searchParams.get('next') ?? '', blog.sites.origin);
    expect(asked.searchParams.get('host')).toBe(blog.sites.site('other.test'));
    await blog.sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { pageAliases: [] } });
  });

  it('is asked in a tab where no window opens', async () => {
    await blog.reader();
    await blog.page.addInitScript(() => {
      window.open = () => null;
    });
    await blog.page.goto(blog.hostPage('/no-window'));
    const tab = await blog.signInWindow();
    await tab.getByLabel('Password', { exact: true }).waitFor();
    await blog.inFrame().locator('#not-kept').waitFor();
  });
});

it('a message of any shape from the page around it does a frame no harm', async () => {
  const faults = await blog.reader();
  await blog.page.goto(blog.hostPage('/hostile-shapes'));
  await blog.live();
  await blog.page.evaluate(() => {
    const wrong = { toString: 1 };
    const all = ['hello', 'theme', 'sso', wrong].flatMap((kind) =>
      [wrong, [], 7, null].map((value) => ({ kind, theme: value, token: value, comment: value })),
    );
    for (const message of [...all, null, 7, []]) {
      document.querySelector('iframe')?.contentWindow?.postMessage({ colloquy: message }, '*');
    }
    document.querySelector('iframe')?.contentWindow?.postMessage({ colloquy: { kind: 'theme', theme: 'dark' } }, '*');
  });
  await blog.inFrame().locator('html[data-theme="dark"]').waitFor();
  expect(faults).toEqual([]);
});
