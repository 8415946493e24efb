import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { BlogInBrowser } from './blog-in-browser.ts';

let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
}, 60_000);
afterEach(() => blog.leave());
afterAll(() => BlogInBrowser.close(blog));

it('a member who is banned while writing is told so, and sees what strangers see', async () => {
  await blog.reader();
  await blog.somchaiSays('Something to answer');
  const { token: admin } = await blog.sites.forum.admin();
  await blog.page.goto(blog.withToken(blog.token('carol')));
  await blog.writesAs('carol');
  await blog.live();
  await blog.inFrame().locator('#new-comment').fill('Before the ban');
  const id = await blog.inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await blog.sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  await blog.inFrame().getByRole('status').getByText('This account was banned').waitFor();
  await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
  await blog.inFrame().locator('.delivery.refused').getByText('This account was banned').waitFor();
  await blog.somchaiSays('Told to everybody');
  await blog.inFrame().getByText('Told to everybody', { exact: true }).waitFor();
  expect(await blog.inFrame().getByText('You are not signed in').count()).toBe(0);
  await blog.page.goto(blog.hostPage('/follows'));
  await blog.inFrame().getByText('This account was banned').waitFor();
  await blog.inFrame().getByText('Told to everybody', { exact: true }).waitFor();
});

it('a member who is banned is told so at each page of the blog, with the way to appeal, and is no guest there', async () => {
  await blog.reader();
  const { token: admin } = await blog.sites.forum.admin();
  await blog.somchaiSays('Something to answer');
  await blog.takesGuests(true);
  await blog.page.goto(blog.withToken(blog.token('dave')));
  await blog.writesAs('dave');
  const id = await blog.inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await blog.sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  for (let load = 0; load < 3; load += 1) {
    const answered = blog.page.waitForResponse((answer) => answer.url().endsWith('/embed/sessions'));
    await blog.page.goto(blog.withToken(blog.token('dave')));
    expect((await answered).status()).toBe(403);
    const told = blog.inFrame().getByRole('status').filter({ hasText: 'This account was banned' });
    await told.getByRole('link', { name: 'Appeal' }).waitFor();
    expect(await told.count()).toBe(1);
    await blog.inFrame().locator('textarea:visible').waitFor({ state: 'hidden' });
  }
  await blog.page.goto(blog.withToken(''));
  await blog.inFrame().locator('textarea:visible').waitFor();
  expect(await blog.inFrame().getByText('This account was banned').count()).toBe(0);
  await blog.takesGuests(false);
});

it('a member who is banned is forgotten once the page around the frame says by script that nobody is signed in there', async () => {
  await blog.reader();
  const { token: admin } = await blog.sites.forum.admin();
  await blog.takesGuests(true);
  await blog.page.goto(blog.withToken(blog.token('heidi')));
  await blog.writesAs('heidi');
  const id = await blog.inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await blog.sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  await blog.page.goto(blog.withToken(''));
  await blog.inFrame().locator('textarea:visible').waitFor();
  await blog.says(blog.token('heidi'));
  const told = blog.inFrame().getByText('This account was banned');
  await told.waitFor();
  await blog.says('');
  await blog.inFrame().locator('textarea:visible').waitFor();
  expect(await told.count()).toBe(0);
  await blog.takesGuests(false);
});

it('a member who is banned is no guest on the frame’s own pages either, until the ban ends or the page around says so', async () => {
  await blog.reader();
  const { token: admin } = await blog.sites.forum.admin();
  await blog.somchaiSays('To be sorted');
  await blog.takesGuests(true);
  await blog.page.goto(blog.withToken(blog.token('frank')));
  await blog.writesAs('frank');
  const id = await blog.inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await blog.sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  // A browser that never had a session of theirs.
  await blog.leave();
  await blog.reader();
  const told = blog.inFrame().getByRole('status').filter({ hasText: 'This account was banned' });
  const isTold = async (): Promise<void> => {
    await told.getByRole('link', { name: 'Appeal' }).waitFor();
    expect([await told.count(), await blog.inFrame().locator('textarea:visible').count()]).toEqual([1, 0]);
  };
  const isForgotten = async (): Promise<void> => {
    await blog.inFrame().locator('textarea:visible').waitFor();
    expect(await told.count()).toBe(0);
  };
  await blog.page.goto(blog.withToken(blog.token('frank')));
  await isTold();
  await blog.inFrame().getByRole('link', { name: 'Newest' }).click();
  await blog.inFrame().locator('.sort [aria-current]', { hasText: 'Newest' }).waitFor();
  await isTold();
  await (await blog.framed()).evaluate(() => {
    document.body.dataset['before'] = '';
    location.reload();
  });
  await blog.inFrame().locator('body:not([data-before]) .frame-foot').waitFor();
  await isTold();
  await blog.page.goto(blog.hostPage('/follows'));
  await isTold();
  // Somebody else signs in there, who is banned no less, and nobody.
  await blog.page.goto(blog.withToken(blog.token('grace')));
  await blog.writesAs('grace');
  await blog.page.goto(blog.withToken(blog.token('frank')));
  await isTold();
  await blog.page.goto(blog.hostPage('/follows'));
  await isTold();
  await blog.page.goto(blog.withToken(''));
  await isForgotten();
  await blog.page.goto(blog.withToken(blog.token('frank')));
  await isTold();
  await blog.sites.forum.call('DELETE', `/api/v1/members/${id}/sanctions/ban`, { token: admin, body: {} });
  await blog.page.goto(blog.hostPage('/follows'));
  await isForgotten();
  await blog.takesGuests(false);
}, 60_000);

it('a member who is suspended while writing is told until when, with the way to the reason', async () => {
  await blog.somchaiSays('Before the suspension');
  await blog.reader();
  const { token: admin } = await blog.sites.forum.admin();
  await blog.page.goto(blog.withToken(blog.token('erin')));
  await blog.writesAs('erin');
  await blog.live();
  const id = await blog.inFrame().locator('input[name=as]').first().inputValue();
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const suspension = { token: admin, body: { kind: 'suspension', reason: 'spam', until } };
  await blog.sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, suspension);
  await blog.inFrame().locator('#new-comment').fill('Too late');
  await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
  const refused = blog.inFrame().locator('.delivery.refused');
  await refused.getByText(/You can read, but not write, until .*\d/).waitFor();
  expect(await refused.getByRole('link', { name: 'Read why' }).getAttribute('href')).toBe('/settings#sanctions');
});
