import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mai: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mai = await site.forum.member('mai', ['moderator']);
  post = await site.forum.publish(await site.forum.admin(), { title: 'Sông Mê Kông', body: 'Một bài viết.' });
  comment = await site.forum.comment(mai, post.id, { body: 'ขอบคุณสำหรับบทความนี้' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const translate = (kind: 'comments' | 'posts', { id }: { readonly id: string }, body: object) =>
  site.forum.done('POST', `/api/v1/${kind}/${id}/translations`, {
    token: mai.token,
    body: { language: 'en', sourceRevision: 0, ...body },
  });

it('appears live, opens below its text or in its place, and is gone once it is taken away', async () => {
  const { page, context, complaints } = await site.reader({ viewport: { width: 360, height: 700 } });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await translate('comments', comment, { body: 'Thanks for *this* article' });
  const article = page.locator(`#comment-${comment.id} > article`);
  await article.getByText('Translation into English by Name of mai').waitFor();
  await article.getByRole('link', { name: 'Show: English' }).click();
  const shown = article.locator('.translated');
  await shown.waitFor();
  expect([await shown.getAttribute('lang'), await shown.innerHTML()]).toEqual([
    'en',
    '<p>Thanks for <em>this</em> article</p>\n',
  ]);
  const original = article.getByText('ขอบคุณสำหรับบทความนี้');
  expect(await original.isVisible()).toBe(true);
  await article.getByRole('button', { name: 'Hide the original' }).click();
  await original.waitFor({ state: 'detached' });
  await article.getByRole('button', { name: 'Show the original too' }).click();
  await original.waitFor();
  expect([await complaintsOfAxe(page), await overhang(page)]).toEqual([[], 0]);
  await translate('comments', comment, { body: 'Many thanks' });
  await shown.waitFor({ state: 'detached' });
  const edit = { body: 'ขอบคุณมากสำหรับบทความนี้', revision: comment.revision };
  await site.forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: mai.token, body: edit });
  await article.getByText('Made from the text of').waitFor();
  const forms = await site.reader({ as: mai, viewport: { width: 360, height: 700 } });
  await forms.page.goto(`/comments/${comment.id}/translations`);
  await forms.page.locator('article.translation summary').first().click();
  expect([await complaintsOfAxe(forms.page), await overhang(forms.page)]).toEqual([[], 0]);
  await forms.context.close();
  expect(complaints).toEqual([]);
  await context.close();
});

it('stands in the place of what its reader does not read, and stays there while others react', async () => {
  const said = await site.forum.comment(mai, post.id, { body: 'เห็นด้วยกับบทความนี้ครับ' });
  await translate('comments', said, { body: 'I agree with *it*' });
  const { page, context, complaints } = await site.reader({ viewport: { width: 360, height: 700 } });
  await page.goto(`/languages?next=/posts/${post.slug}`);
  await page.getByLabel('English').check();
  await page.getByLabel('In place of the original').check();
  expect([await complaintsOfAxe(page), await overhang(page)]).toEqual([[], 0]);
  await page.getByRole('button', { name: 'Save' }).click();
  await live(page);
  const article = page.locator(`#comment-${said.id} > article`);
  const [shown, original] = [article.locator('.translated'), article.getByText('เห็นด้วยกับบทความนี้ครับ')];
  await article.getByText('Translated from Thai by Name of mai').waitFor();
  expect([await shown.textContent(), await original.isVisible()]).toEqual(['I agree with it\n', false]);
  const reaction = { token: mai.token };
  await site.forum.done('PUT', `/api/v1/comments/${said.id}/reactions/like`, reaction);
  await article.locator('.reaction').waitFor();
  expect([await shown.textContent(), await original.isVisible()]).toEqual(['I agree with it\n', false]);
  await article.getByText('The original', { exact: true }).click();
  expect(await original.isVisible()).toBe(true);
  // One that is changed meanwhile is read on, and then as it is now.
  await translate('comments', said, { body: 'I agree with all of it' });
  await shown.getByText('I agree with all of it').waitFor();
  expect([await original.isVisible(), await article.locator('.ignored, .translations').count()]).toEqual([true, 0]);
  expect([await complaintsOfAxe(page), await overhang(page), complaints]).toEqual([[], 0, []]);
  await context.close();
});

it('is kept half typed, for each language by itself, until it is sent', async () => {
  const said = await site.forum.comment(mai, post.id, { body: 'ຂ້ອຍເຫັນດີກັບທຸກຢ່າງ' });
  const { page, context, complaints } = await site.reader({ as: mai, viewport: { width: 360, height: 700 } });
  page.on('dialog', (dialog) => void dialog.accept());
  const path = `/comments/${said.id}/translations`;
  const words = page.getByLabel('Translation', { exact: true });
  const restored = page.locator('[data-restored]');
  await page.goto(`${path}?language=en`);
  await page.locator('form[data-draft]').waitFor();
  await page.waitForFunction(() => document.readyState === 'complete');
  await words.fill('I agree with');
  await page.reload();
  await restored.waitFor();
  expect([await words.inputValue(), await complaintsOfAxe(page), await overhang(page)]).toEqual([
    'I agree with',
    [],
    0,
  ]);
  await page.goto(`${path}?language=vi`);
  expect(await words.inputValue()).toBe('');
  await page.goto(`${path}?language=en`);
  await restored.waitFor();
  await words.fill('I agree with all of it');
  await page.getByRole('button', { name: 'Save the translation' }).click();
  await page.getByText('The translation is saved.').waitFor();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(':translation:')))).toEqual(
    [],
  );
  expect(complaints).toEqual([]);
  await context.close();
});

it('names languages in Burmese as the server does, in what comes live too', async () => {
  const { page, context, complaints } = await site.reader({ locale: 'my' });
  await context.addCookies([{ name: 'colloquy_reads', value: 'my', url: site.forum.url }]);
  const said = await site.forum.comment(mai, post.id, { body: 'ไม่เห็นด้วยกับบทความนี้ครับ' });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  const fold = page.locator(`#comment-${said.id} > article > details.ignored > summary`);
  await fold.click();
  await translate('comments', said, { body: 'I do not agree' });
  const line = page.locator(`#comment-${said.id} .translations`);
  await line.waitFor();
  expect([await fold.textContent(), await line.textContent()]).toEqual([
    'Name of mai ၏ ထိုင်းဘာသာ မှတ်ချက်',
    expect.stringContaining('အင်္ဂလိပ် · English'),
  ]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('is written, read and removed without a script, of a post too', async () => {
  const { page, context } = await site.reader({ as: mai, javaScriptEnabled: false, colorScheme: 'dark' });
  await page.goto(`/posts/${post.slug}`);
  await page.locator('.post-translations').getByRole('link', { name: 'Translate' }).click();
  await page.getByLabel('Language of the translation').selectOption('en');
  await page.getByLabel('Title in this language').fill('The Mekong');
  await page.getByLabel('Translation', { exact: true }).fill('An article.');
  await page.getByRole('button', { name: 'Save the translation' }).click();
  await page.getByText('The translation is saved.').waitFor();
  await page.goto(`/posts/${post.slug}`);
  await page.locator('.post-translations').getByRole('link', { name: 'English' }).click();
  expect(await page.locator('#post-title').textContent()).toBe('The Mekong');
  await page.getByText('The original', { exact: true }).last().click();
  await page.getByText('Một bài viết.').waitFor();
  await page.goto(`/posts/${post.slug}/translations`);
  await page.locator('summary', { hasText: 'Take it back' }).click();
  await page.getByText('Your translation is then shown to nobody.').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('There is no translation yet.').waitFor();
  await context.close();
});

it('a folded comment stands open where the address names it', async () => {
  const { page, context } = await site.reader();
  await context.addCookies([{ name: 'colloquy_reads', value: 'km', url: site.forum.url }]);
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  const fold = page.locator(`#comment-${comment.id} > article > details.ignored`);
  expect(await fold.getAttribute('open')).toBeNull();
  await page.goto(`/posts/${post.slug}#comment-${comment.id}`);
  await fold.and(page.locator('[open]')).waitFor();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await context.close();
});

it.each([true, false])(
  'is previewed below its form before it is saved (with a program: %s)',
  async (javaScriptEnabled) => {
    const said = await site.forum.comment(mai, post.id, { body: 'ຂ້ອຍເຫັນດີກັບບົດຄວາມນີ້' });
    const { page, context, complaints } = await site.reader({
      as: mai,
      viewport: { width: 360, height: 700 },
      javaScriptEnabled,
    });
    await page.goto(`/comments/${said.id}/translations`);
    await page.locator('[name=language]').selectOption('en');
    await page.getByLabel('Translation', { exact: true }).fill('I *agree*');
    const preview = page.locator('#preview');
    expect(await preview.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Preview' }).click();
    await preview.locator('em').getByText('agree').waitFor();
    expect(await preview.locator('.text').getAttribute('lang')).toBe('en');
    if (javaScriptEnabled) {
      await page.getByLabel('Translation', { exact: true }).fill('I agree **wholly**');
      await preview.locator('strong').getByText('wholly').waitFor();
      expect(await complaintsOfAxe(page)).toEqual([]);
    }
    expect([await overhang(page), await page.getByLabel('Translation', { exact: true }).inputValue()]).toEqual([
      0,
      javaScriptEnabled ? 'I agree **wholly**' : 'I *agree*',
    ]);
    await page.getByRole('button', { name: 'Save the translation' }).click();
    await page.getByText('The translation is saved.').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  },
);

it('that was refused since its text was changed is kept beside the new text; one kept from before says so at once', async () => {
  const said = await site.forum.comment(mai, post.id, { body: 'ຂ້ອຍເຫັນດີ' });
  const { page, context, complaints } = await site.reader({ as: mai, viewport: { width: 360, height: 700 } });
  page.on('dialog', (dialog) => void dialog.accept());
  const path = `/comments/${said.id}/translations?language=en`;
  const words = page.getByLabel('Translation', { exact: true });
  const [restored, changed] = [page.locator('[data-restored]'), page.locator('[data-source-changed]')];
  const save = page.getByRole('button', { name: 'Save the translation' });
  const comeBack = async (): Promise<void> => {
    await page.goto(`/posts/${post.slug}`);
    await page.goto(path);
    await restored.waitFor();
  };
  await page.goto(path);
  await page.waitForFunction(() => document.readyState === 'complete');
  await words.fill('I agree');
  await comeBack();
  expect(await changed.isVisible()).toBe(false);
  const edit = { body: 'ຂ້ອຍບໍ່ເຫັນດີ', revision: said.revision };
  await site.forum.done('PATCH', `/api/v1/comments/${said.id}`, { token: mai.token, body: edit });
  await comeBack();
  await changed.waitFor();
  expect([await words.inputValue(), await complaintsOfAxe(page), await overhang(page)]).toEqual(['I agree', [], 0]);
  await save.click();
  await page.locator('.source-changes').waitFor();
  await page.waitForFunction(() => document.readyState === 'complete');
  await comeBack();
  expect([await words.inputValue(), await changed.isVisible()]).toEqual(['I agree', false]);
  await save.click();
  await page.getByText('The translation is saved.').waitFor();
  expect(complaints.filter((told) => !told.includes('409'))).toEqual([]);
  await context.close();
});

it('that was saved does not come back, also where the page that says so runs no program; one that is discarded leaves the focus in its field', async () => {
  const said = await site.forum.comment(mai, post.id, { body: 'ຂ້ອຍເຫັນດີນຳ' });
  const { page, context, complaints } = await site.reader({ as: mai, viewport: { width: 360, height: 700 } });
  page.on('dialog', (dialog) => void dialog.accept());
  const path = `/comments/${said.id}/translations?language=en`;
  const words = page.getByLabel('Translation', { exact: true });
  const [restored, discard] = [page.locator('[data-restored]'), page.getByRole('button', { name: 'Discard it' })];
  await page.goto(path);
  await page.waitForFunction(() => document.readyState === 'complete');
  await words.fill('I agree');
  await page.reload();
  await discard.click();
  await restored.waitFor({ state: 'hidden' });
  await words.and(page.locator(':focus')).waitFor();
  expect(await words.inputValue()).toBe('');
  await words.fill('I agree, too ');
  await page.route('**/*.js', (route) => route.abort());
  await page.getByRole('button', { name: 'Save the translation' }).click();
  await page.getByText('The translation is saved.').waitFor();
  await page.unroute('**/*.js');
  await page.goto(path);
  await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes(':translation:')));
  expect([await words.inputValue(), await restored.isVisible()]).toEqual(['I agree, too', false]);
  expect(complaints.filter((told) => !told.includes('ERR_FAILED'))).toEqual([]);
  await context.close();
});
