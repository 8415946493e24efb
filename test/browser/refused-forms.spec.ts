import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const PHONE = { width: 360, height: 640 };

let site: ForumInBrowser;
let admin: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.member('mali', ['admin', 'moderator', 'auditor', 'editor']);
  await site.forum.member('somchai');
  post = await site.forum.publish(admin, { title: 'A post', body: 'A line.\n\n'.repeat(60) });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** Whether all of an element lies within the part of the page that is shown. */
async function isInSight(page: Page, selector: string): Promise<boolean> {
  await page.locator(selector).first().waitFor({ state: 'attached' });
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height > 0 && top >= 0 && bottom <= innerHeight;
    });
}

interface RefusedForm {
  readonly path: string;
  readonly fill: (page: Page) => Promise<unknown>;
  readonly submit: string;
  readonly marked: string;
}

const FORMS: Readonly<Record<string, RefusedForm>> = {
  'a replay until a day that is none': {
    path: '/audit/views',
    fill: (page) => page.fill('#until', 'soon'),
    submit: '.replay button',
    marked: 'until',
  },
  'a post for later without a time': {
    path: '/write',
    fill: async (page) => {
      await page.fill('#title', 'A title');
      await page.fill('#body', 'A body');
      await page.check('input[value=later]');
    },
    submit: 'button[value=publish]',
    marked: 'publishAt',
  },
  'a suspension without an end': {
    path: '/moderation/members/somchai',
    fill: async (page) => {
      await page.selectOption('#kind', 'suspension');
      await page.selectOption('#reason', 'spam');
    },
    submit: 'form[action$="/sanctions"] button',
    marked: 'until',
  },
  'a suspension until a moment that is past': {
    path: '/moderation/members/somchai',
    fill: async (page) => {
      await page.selectOption('#kind', 'suspension');
      await page.selectOption('#reason', 'spam');
      await page.fill('#until', '2015-10-05T08:00');
    },
    submit: 'form[action$="/sanctions"] button',
    marked: 'until',
  },
  'a period of the policy that is none': {
    path: '/moderation/policy',
    fill: async (page) => {
      await page.fill('#from', '2015-10-05');
      await page.fill('#to', '2015-10-01');
    },
    submit: 'button[formaction$="/rehearsals"]',
    marked: 'to',
  },
};

describe('a form that is refused', () => {
  for (const [what, { path, fill, submit, marked }] of Object.entries(FORMS)) {
    for (const javaScriptEnabled of [false, true]) {
      it(`comes back with its first marked field in sight on a phone: ${what}, ${javaScriptEnabled ? 'with' : 'without'} a script`, async () => {
        const { page } = await site.reader({ as: admin, viewport: PHONE, javaScriptEnabled });
        await page.goto(path);
        await fill(page);
        await page.click(submit);

        await page.locator(`#${marked}-error`).waitFor({ state: 'attached' });
        expect(await isInSight(page, `#${marked}-error`)).toBe(true);
        expect(await isInSight(page, `label[for=${marked}]`)).toBe(true);
        expect(await page.locator(':focus').getAttribute('id')).toBe(marked);

        await page.locator(`.form-error a[href="#${marked}"]`).click();
        await page.locator(`#${marked}:focus`).waitFor();
        expect(await isInSight(page, `label[for=${marked}]`)).toBe(true);
        expect(await isInSight(page, `#${marked}`)).toBe(true);
      });
    }
  }

  it('is one that axe finds nothing in, its summary included', async () => {
    const { page } = await site.reader({ as: admin, viewport: PHONE, bypassCSP: true });
    for (const { path, fill, submit, marked } of Object.values(FORMS)) {
      await page.goto(path);
      await fill(page);
      await page.click(submit);
      await page.locator(`.form-error a[href="#${marked}"]`).waitFor();
      expect([path, ...(await complaintsOfAxe(page))]).toEqual([path]);
    }
  }, 120_000);

  it('a comment comes back at its field, under a long post', async () => {
    const { page } = await site.reader({ as: admin, viewport: PHONE, javaScriptEnabled: false });
    await page.goto(`/posts/${post.slug}`);
    await page.fill('#new-comment', 'mekong '.repeat(1_500));
    await page.click('#comment-form button[type=submit]');
    await page.locator('#new-comment-error').waitFor({ state: 'attached' });
    expect(await isInSight(page, '#new-comment-error')).toBe(true);
  });

  it('as a whole begins with the reason', async () => {
    const { page } = await site.reader({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto('/sign-in');
    await page.fill('#login', 'mali');
    await page.fill('#password', 'wrong, but long enough');
    await page.click('.form button[type=submit]');
    expect(await isInSight(page, '.form-error')).toBe(true);
    expect(await page.locator(':focus').getAttribute('class')).toBe('form-error');
  });
});

describe('a preview', () => {
  it('is in sight on a phone', async () => {
    const { page } = await site.reader({ as: admin, viewport: PHONE, javaScriptEnabled: false });
    await page.goto('/write');
    await page.fill('#title', 'A title');
    await page.fill('#body', 'A *body*');
    await page.click('button[value=preview]');
    expect(await isInSight(page, '#preview-title')).toBe(true);
  });
});
