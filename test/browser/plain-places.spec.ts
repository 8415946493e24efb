import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const DESKTOP = { width: 1440, height: 900 } as const;
/** Where the head has room for all links of staff, in the widest type. */
const WIDE = { width: 1720, height: 900 } as const;
const PHONE = { width: 360, height: 780 } as const;
const DAY_MS = 86_400_000;
/** As deep as answers go. */
const DEEPEST = 10;

let site: ForumInBrowser;
let mali: TestMember;
let keo: TestMember;
let post: Post;
/** Of a chain of answers, from the top down. */
const chain: string[] = [];

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor', 'moderator', 'auditor']);
  keo = await site.forum.member('keo');
  post = await site.forum.publish(mali, { title: 'Where things stand' });
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    const parentId = chain.at(-1) ?? null;
    const body = Array.from({ length: 12 }, (_, n) => `Paragraph ${n} at depth ${depth}.`).join('\n\n');
    chain.push((await site.forum.comment(keo, post.id, { body, parentId })).id);
  }
  const reported = { token: mali.token, body: { reason: 'spam' } };
  await site.forum.done('POST', `/api/v1/comments/${chain.at(-1)}/reports`, reported);
}, 120_000);
afterAll(() => ForumInBrowser.close(site));

describe('what staff have beside readers', () => {
  it('takes one row under a comment of a phone', async () => {
    const { page } = await site.reader({ viewport: PHONE, as: mali });
    const here = await site.forum.publish(mali, { title: 'One row' });
    await site.forum.comment(keo, here.id, { body: 'A comment' });
    await page.goto(`/posts/${here.slug}`);
    const actions = page.locator('#thread .actions');
    const { height = 0 } = (await actions.boundingBox()) ?? {};
    expect(height).toBeLessThan(50);
    await actions.locator('.more > summary').click();
    for (const name of ['Feature', 'Pin']) await actions.getByRole('button', { name }).waitFor();
  });

  it('leaves the head where the text begins while it has room, and within the window however many links it has', async () => {
    const { page } = await site.reader({ viewport: WIDE, as: mali });
    await page.goto(`/posts/${post.slug}`);
    const edges = () =>
      page.evaluate(() => {
        const leftOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().left;
        return [leftOf('.site-name'), leftOf('.post-body'), document.documentElement.scrollWidth - innerWidth];
      });
    const [name, text] = await edges();
    expect(name).toBe(text);
    await page.evaluate(() => {
      const link = document.querySelector('.site-head nav a');
      for (let n = 0; n < 9; n += 1)
        link?.after(Object.assign(document.createElement('a'), { textContent: `Another page ${n}`, href: '/' }));
    });
    expect((await edges()).at(-1)).toBe(0);
  });
});

describe('what a reader looks for', () => {
  it('has the way to the comments under the title of a post', async () => {
    const { page } = await site.reader({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(`/posts/${post.slug}`);

    await page.locator('.post-head a', { hasText: `${DEEPEST + 1} comments` }).click();

    expect(new URL(page.url()).hash).toBe('#discussion');
  });

  it('is told why the deepest comment has no Answer', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto(`/comments/${chain.at(-1)}`);
    const deepest = page.locator(`#comment-${chain.at(-1)} > article`);

    expect(await deepest.locator('[data-action=answer]').count()).toBe(0);
    expect(await deepest.locator('.why-not').textContent()).toContain('Answers cannot go deeper here');
    expect(await page.locator('.why-not').count()).toBe(1);
  });

  it('is led where the words say by a page that is not there', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto('/nowhere');

    expect(await page.locator('.lead').textContent()).toContain('archive');
    expect(await page.locator('main .buttons a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))).toEqual([
      '/archive',
    ]);
  });
});

describe('a member who is suspended', () => {
  it('is offered to remove own comments, and nothing that would be refused', async () => {
    const tida = await site.forum.member('tida');
    const { id } = await site.forum.comment(tida, post.id, { body: 'My own words' });
    const body = { kind: 'suspension', reason: 'spam', until: new Date(Date.now() + DAY_MS).toISOString() };
    await site.forum.done('POST', `/api/v1/members/${tida.member.id}/sanctions`, { token: mali.token, body });
    const { page } = await site.reader({ as: tida, javaScriptEnabled: false });

    await page.goto(`/comments/${id}`);

    const offered = await page.locator(`#comment-${id} [data-action]`).evaluateAll((all) => {
      return all.map((one) => one.getAttribute('data-action'));
    });
    expect(offered).toEqual(['remove', 'share']);
  });
});

describe('who has an office', () => {
  it('finds brand and navigation where all others find them', async () => {
    const places: unknown[] = [];
    for (const as of [keo, mali]) {
      const { page, context } = await site.reader({ as, viewport: WIDE });
      await page.goto(`/posts/${post.slug}`);
      const lefts = ['.site-name', '.site-head nav a', '#post-title'].map((one) =>
        page
          .locator(one)
          .first()
          .evaluate((element) => Math.round(element.getBoundingClientRect().left)),
      );
      places.push(await Promise.all(lefts));
      await context.close();
    }

    expect(places[1]).toEqual(places[0]);
  });

  it('has the head of the queue in sight when it opens, however far down the case is', async () => {
    const { page } = await site.reader({ as: mali, viewport: DESKTOP });
    await page.goto('/moderation/queue?list=reported');
    await page.locator('#queue .judged').first().waitFor();
    // Its programs have run when the socket's have come.
    await page.waitForLoadState('networkidle');

    expect(await page.locator('#queue .judged').evaluate((one) => one.getBoundingClientRect().top)).toBeGreaterThan(
      900,
    );
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it('reads in place what the weight of a report is', async () => {
    const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
    await page.goto(`/moderation/cases/${chain.at(-1)}`);

    expect(await page.getByText('weight 50').count()).toBe(1);
    await page.getByText('earlier reports of this person').waitFor();
  });

  it('sees the status of a comment inside the column, however long its author’s name is', async () => {
    const long = await site.forum.member('longest');
    const displayName = 'Wolfeschlegelsteinhausenbergerdorff-Vongoethe'.slice(0, 45);
    await site.forum.done('PATCH', '/api/v1/members/me', { token: long.token, body: { displayName } });
    const { id } = await site.forum.comment(long, post.id, { body: 'Short' });
    const { page } = await site.reader({ as: mali, viewport: PHONE });

    await page.goto(`/moderation/cases/${id}`);

    const right = await page.locator('#case-title .badge').evaluate((badge) => badge.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(PHONE.width - 16);
  });

  it('is told that a rehearsal judges nothing that was imported', async () => {
    const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
    await page.goto('/moderation/policy');
    await page.getByText('Imported comments are not judged').waitFor();
  });
});
