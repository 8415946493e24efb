import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe } from './axe.ts';
import { CuttableLine } from './cuttable-line.ts';
import { ForumInBrowser, live, type ReaderOptions } from './forum-in-browser.ts';

let site: ForumInBrowser;
let sokha: TestMember;
let dara: TestMember;
let writer: TestMember;
let reader: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  sokha = await site.forum.member('sokha', ['moderator']);
  dara = await site.forum.member('dara', ['moderator']);
  writer = await site.forum.member('writer');
  reader = await site.forum.member('reader');
  post = await site.forum.publish(await site.forum.admin());
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

interface Reported {
  readonly reason?: string;
  readonly on?: Post;
  /** What it answers. */
  readonly to?: Comment;
}

async function reported(body: string, { reason = 'spam', on = post, to }: Reported = {}): Promise<Comment> {
  const comment = await site.forum.comment(writer, on.id, { body, ...(to && { parentId: to.id }) });
  const path = `/api/v1/comments/${comment.id}/reports`;
  await site.forum.done('POST', path, { token: reader.token, body: { reason, note: `About ${body}` } });
  return comment;
}

const statusOf = async ({ id }: Comment) =>
  (await site.forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: sokha.token })).status;

/** The page is replaced in place: a mark on its document stays for as long as it was not loaded anew. */
const markPage = (page: Page) => page.evaluate(() => document.body.setAttribute('data-mark', 'here'));
const isSamePage = (page: Page) => page.evaluate(() => document.body.getAttribute('data-mark') === 'here');

/** Waits until the case on the screen is this comment's. */
const caseOf = (page: Page, text: string) => page.locator('.judged', { hasText: text }).waitFor();

async function clearQueue(): Promise<void> {
  const queue = await site.forum.done<{ items: { comment: Comment }[] }>('GET', '/api/v1/moderation/queue?limit=100', {
    token: sokha.token,
  });
  const items = queue.items.map(({ comment }) => ({ commentId: comment.id, revision: comment.revision }));
  if (items.length === 0) return;
  await site.forum.done('POST', '/api/v1/moderation/decisions', {
    token: sokha.token,
    body: { items, action: 'approve' },
  });
}

describe('at the queue, with the keyboard', () => {
  it('one goes through the cases, rules with single keys, takes back, and the page is never loaded anew', async () => {
    await clearQueue();
    const comments = [await reported('First'), await reported('Second', { reason: 'abuse' }), await reported('Third')];
    const { page, complaints } = await site.reader({ as: sokha });
    await page.goto('/moderation/queue');
    await caseOf(page, 'First');
    await markPage(page);

    await page.keyboard.press('j');
    await caseOf(page, 'Second');
    await page.keyboard.press('k');
    await caseOf(page, 'First');
    await page.keyboard.press('x');
    await caseOf(page, 'Second');
    expect(await page.locator('.decided').textContent()).toContain('Removed by Name of sokha');
    expect(await Promise.all(comments.map(statusOf))).toEqual(['removed', 'visible', 'visible']);
    await page.keyboard.press('u');
    await caseOf(page, 'First');
    expect(await Promise.all(comments.map(statusOf))).toEqual(['visible', 'visible', 'visible']);
    await page.keyboard.press('?');
    await page.locator('#queue-keys[open]').waitFor();
    await page.keyboard.press('Escape');

    expect(await isSamePage(page)).toBe(true);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('after the last case one stands at the list, and not at the top of the page', async () => {
    await clearQueue();
    await reported('The only one');
    const { page } = await site.reader({ as: sokha });
    await page.goto('/moderation/queue');
    await caseOf(page, 'The only one');
    await page.keyboard.press('r');
    await page.locator('.decided', { hasText: 'Rejected' }).waitFor();

    await page.locator('#queue-title:focus').waitFor();
  }, 60_000);

  it('one chooses several, decides on them at once, and takes that back in one', async () => {
    await clearQueue();
    const comments = [await reported('One of many'), await reported('Two of many')];
    const { page } = await site.reader({ as: sokha });
    await page.goto('/moderation/queue');
    await caseOf(page, 'One of many');
    await markPage(page);

    await page.keyboard.press('s');
    await page.keyboard.press('j');
    await caseOf(page, 'Two of many');
    await page.locator('.row.current .pick input').check();
    await page.locator('.row').first().locator('.pick input').check();
    await page.keyboard.press('Shift+X');
    await page.locator('.decided', { hasText: '2 comments decided on' }).waitFor();
    expect(await Promise.all(comments.map(statusOf))).toEqual(['removed', 'removed']);
    await page.keyboard.press('u');
    await page.locator('.row').nth(1).waitFor();

    expect(await Promise.all(comments.map(statusOf))).toEqual(['visible', 'visible']);
    expect(await isSamePage(page)).toBe(true);
  }, 60_000);
});

describe('two moderators at the same comment', () => {
  it('the second is told who decided, and what; nothing is overwritten', async () => {
    await clearQueue();
    const comment = await reported('Seen by two');
    const [{ page: first }, { page: second }] = [await site.reader({ as: sokha }), await site.reader({ as: dara })];
    await Promise.all([first, second].map((page) => page.goto(`/moderation/cases/${comment.id}`)));

    await first.locator('.decide button[value=remove]').click();
    await first.locator('.decided').waitFor();
    await second.locator('.decide button[value=approve]').click();
    await second.locator('.form-error').waitFor();

    expect(await second.locator('.form-error').textContent()).toMatch(
      /Somebody else decided on this comment first.*Removed by Name of sokha/,
    );
    expect(await second.locator('#case-title .badge').textContent()).toBe('removed');
    expect(await statusOf(comment)).toBe('removed');
  }, 60_000);
});

/** Sokha approves, and `by` is refused in another browser, which is given, after the news of it came there. */
async function decideInBoth({
  size: [width, height],
  by,
  path,
}: {
  size: readonly [number, number];
  by: TestMember;
  path: 'queue' | 'case';
}): Promise<Page> {
  await clearQueue();
  const above = await site.forum.comment(reader, post.id, { body: 'Much stands above it.\n\n'.repeat(30) });
  const comment = await reported('Far below', { to: above });
  const address = path === 'queue' ? '/moderation/queue' : `/moderation/cases/${comment.id}`;
  const viewport = { width, height };
  const { page: first } = await queueOf(sokha, address, { viewport });
  const { page: second } = await queueOf(by, address, { viewport });
  await Promise.all([caseOf(first, 'Far below'), caseOf(second, 'Far below')]);

  await first.keyboard.press('a');
  await second.locator('.case-news', { hasText: 'Approved by Name of sokha' }).waitFor();
  await second.keyboard.press('x');
  await second.locator('.form-error').waitFor();
  expect(await statusOf(comment)).toBe('visible');
  return second;
}

/** Whether the middle of the element is on the screen, and nothing over it. */
const isSeen = (page: Page, selector: string) =>
  page.locator(selector).evaluate((one) => {
    const { left, top, bottom, width, height } = one.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return top >= 0 && bottom <= innerHeight && one.contains(over);
  });

describe('the second of two moderators at a long case', () => {
  it.each([
    { size: [1280, 800], path: 'queue' },
    { size: [1280, 1000], path: 'queue' },
    { size: [360, 740], path: 'case' },
  ] as const)(
    'sees why nothing was done, and who decided, with the focus there, beside the comment: %j',
    async (where) => {
      const page = await decideInBoth({ ...where, by: dara });
      expect(await page.locator('.form-error').textContent()).toMatch(
        /Somebody else decided on this comment first.*Approved by Name of sokha/,
      );
      await page.locator('.form-error:focus').waitFor();
      expect(await isSeen(page, '.form-error')).toBe(true);
      expect(await isSeen(page, '.judged .text')).toBe(true);
    },
    60_000,
  );

  it('is told so who decided in another window', async () => {
    const page = await decideInBoth({ size: [1280, 800], path: 'queue', by: sokha });
    expect(await page.locator('.form-error').textContent()).toMatch(
      /^You decided on this in another window\..*Approved by Name of sokha/,
    );
  }, 60_000);
});

/** Resolves once the queue hears of what others do. */
const queueIsLive = (page: Page) => page.locator('#queue[data-connection="live"]').waitFor();

const rowOf = (page: Page, { id }: Comment) => page.locator(`[data-row="${id}"]`);

async function queueOf(as: TestMember, path = '/moderation/queue', options: ReaderOptions = {}) {
  const { page, context, complaints } = await site.reader({ as, ...options });
  await page.goto(path);
  await queueIsLive(page);
  await markPage(page);
  return { page, context, complaints };
}

async function rule(comment: Comment, action: string, by = sokha): Promise<void> {
  const body = { action, reason: 'spam', revision: comment.revision };
  await site.forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, { token: by.token, body });
}

/** Where everything stands that is being read. */
const places = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-row], #case-title, .judged, .decide button')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(' ');
    }),
  );

describe('what others do, while one looks', () => {
  it('comes, changes and goes without moving what is read', async () => {
    await clearQueue();
    const [first, second] = [await reported('Read right now'), await reported('Second in the list')];
    const { page, complaints } = await queueOf(sokha);
    await caseOf(page, 'Read right now');
    const before = await places(page);

    const third = await reported('Comes while one reads');
    await page.locator('[data-news]', { hasText: '1 new' }).waitFor();
    expect(await page.locator('[data-count=reported]').textContent()).toBe('3');
    const badge = page.locator('a[href="/moderation/queue"] .waiting-count').first();
    expect(await badge.textContent()).toBe('3 3 comments wait');
    expect(await badge.getAttribute('title')).toBe('3 comments wait');
    expect(await page.locator('#queue-says').textContent()).toBe('1 new');
    await site.forum.done('POST', `/api/v1/comments/${second.id}/reports`, {
      token: dara.token,
      body: { reason: 'abuse' },
    });
    await rowOf(page, second).locator('.row-why', { hasText: 'abuse' }).waitFor();
    await rule(second, 'remove', dara);
    await rowOf(page, second).locator('.row-why', { hasText: 'Removed by Name of dara' }).waitFor();
    expect(await rowOf(page, second).locator('input').isDisabled()).toBe(true);
    expect(await page.locator('[data-count=reported]').textContent()).toBe('2');
    expect(await places(page)).toEqual(before);

    await page.keyboard.press('n');
    await rowOf(page, third).waitFor();
    expect(await rowOf(page, second).count()).toBe(0);
    await rowOf(page, first).and(page.locator('.current')).waitFor();
    expect(await page.locator('[data-news]').isHidden()).toBe(true);
    expect(await page.locator('#queue-says').textContent()).toBe('');
    expect(await isSamePage(page)).toBe(true);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is said at the case that is open, at once, with who decided and what; what was written stays', async () => {
    await clearQueue();
    const comment = await reported('Decided on by another');
    const { page } = await queueOf(sokha);
    await caseOf(page, 'Decided on by another');
    await page.fill('#note', 'My half of a thought');
    const before = await places(page);
    await rule(comment, 'remove', dara);
    await page.locator('.case-news', { hasText: 'Removed by Name of dara' }).waitFor();
    expect(await places(page)).toEqual(before);
    await page.locator('.case-news a').click();
    await page.locator('#case-title .badge', { hasText: 'removed' }).waitFor();
    expect(await page.inputValue('#note')).toBe('My half of a thought');
    expect(await isSamePage(page)).toBe(true);
  }, 60_000);

  it('shows who looks at which case; the next moderator comes to another one', async () => {
    await clearQueue();
    const [first, second] = [await reported('Taken by sokha'), await reported('Left for dara')];
    const { page: one, context } = await queueOf(sokha);
    await caseOf(one, 'Taken by sokha');
    const { page: two } = await queueOf(dara);
    await caseOf(two, 'Left for dara');
    await rowOf(two, first).locator('.row-claim', { hasText: 'Name of sokha is looking at it' }).waitFor();
    await rowOf(one, second).locator('.row-claim', { hasText: 'Name of dara is looking at it' }).waitFor();
    await two.locator('.row a').first().click();
    await two.locator('.case-meta [data-claim]', { hasText: 'Name of sokha is looking at it' }).waitFor();
    await context.close();
    await two.locator('.case-meta [data-claim]:empty').waitFor({ state: 'attached' });
    expect(await rowOf(two, first).locator('.row-claim').count()).toBe(0);
  }, 60_000);

  it('a decision that was written before another moderator signed in here is not theirs, and its words stand', async () => {
    await clearQueue();
    const comment = await reported('Open while another signs in');
    const { page } = await queueOf(sokha);
    await caseOf(page, 'Open while another signs in');
    await page.fill('#note', 'My half of a thought');
    await page.context().addCookies([{ name: 'colloquy_session', value: dara.token, url: site.forum.url }]);
    await page.locator('.decide button[value="remove"]').click();
    await page.locator('.case-news', { hasText: 'nothing was done' }).waitFor();
    expect(await statusOf(comment)).toBe('visible');
    expect(await page.inputValue('#note')).toBe('My half of a thought');
    expect(await isSamePage(page)).toBe(true);
  }, 60_000);

  it('after a lost connection: one line, and then nothing is missing', async () => {
    await clearQueue();
    const [first, second] = [await reported('Before the cut'), await reported('Decided on in the cut')];
    const line = await CuttableLine.to(Number(new URL(site.forum.url).port));
    const { page } = await queueOf(sokha, '/moderation/queue', { url: line.url });
    await caseOf(page, 'Before the cut');
    line.cut();
    await page.locator('.connection').waitFor();
    const third = await reported('Came in the cut');
    await rule(second, 'approve', dara);
    await page.keyboard.press('x');
    await page.locator('.case-news', { hasText: 'could not be reached' }).waitFor();
    line.mend();
    await page.locator('[data-news]', { hasText: '1 new' }).waitFor();
    await rowOf(page, second).locator('.row-why', { hasText: 'Approved by Name of dara' }).waitFor();
    expect(await page.locator('.connection').count()).toBe(0);
    expect(await page.locator('[data-count=reported]').textContent()).toBe('2');
    expect(await statusOf(first)).toBe('visible');
    await page.locator('[data-news]').click();
    await rowOf(page, third).waitFor();
    expect(await isSamePage(page)).toBe(true);
    await line.close();
  }, 60_000);

  it('an empty list fills by itself, and what one chose of many is decided on and taken back while others go on', async () => {
    await clearQueue();
    const { page } = await queueOf(sokha);
    await page.locator('.queue-list .empty').waitFor();
    const comments = [await reported('First of an empty list')];
    await caseOf(page, 'First of an empty list');
    comments.push(await reported('Second of it'), await reported('Third of it'));
    await page.locator('[data-news]', { hasText: '2 new' }).waitFor();
    await page.locator('.row .pick input').first().check();
    await page.keyboard.press('n');
    await page.locator('.row').nth(2).waitFor();
    expect(await page.locator('.row .pick input').first().isChecked()).toBe(true);
    for (const box of await page.locator('.pick input').all()) await box.check();
    const [, , third] = comments;
    if (third) await rule(third, 'remove', dara);
    await page.locator('.row.left').waitFor();
    expect((await page.locator('[data-picked]').textContent())?.trim()).toBe('2');
    await page.keyboard.press('Shift+R');
    await page.locator('.decided', { hasText: '2 comments decided on' }).waitFor();
    const late = await reported('Others go on');
    await page.locator('[data-news]', { hasText: '1 new' }).waitFor();
    await rule(late, 'remove', dara);
    await page.locator('[data-news]').waitFor({ state: 'hidden' });
    await page.keyboard.press('u');
    await page.locator('.row').nth(1).waitFor();
    expect(await Promise.all(comments.map(statusOf))).toEqual(['visible', 'visible', 'removed']);
    expect(await isSamePage(page)).toBe(true);
  }, 60_000);
});

describe("a member's record", () => {
  it('opens beside the case: comments by status, reports, notes and sanctions, without leaving it', async () => {
    await clearQueue();
    const comment = await reported('Whose author is looked up');
    await rule(await site.forum.comment(writer, post.id, { body: 'An old sin' }), 'remove');
    const { page, complaints } = await queueOf(sokha);
    await caseOf(page, 'Whose author is looked up');
    await page.fill('#note', 'Kept meanwhile');
    await page.locator('#case-title').focus();
    await page.keyboard.press('m');
    const record = page.locator('#member-record[open]');
    await record.locator('h1', { hasText: 'Name of writer' }).waitFor();
    expect(await record.textContent()).toContain('About Whose author is looked up');
    await record.locator('nav.sort a', { hasText: 'removed' }).click();
    await record.locator('nav.sort a[aria-current]', { hasText: 'removed' }).waitFor();
    expect(await record.locator('#comments-title ~ ul .said').allInnerTexts()).toContain('An old sin');

    await record.locator('textarea[name=text]').fill('Look at this one again');
    await record.locator('form[action$="/notes"] button').click();
    await record.locator('.said', { hasText: 'Look at this one again' }).waitFor();
    await record.locator('select[name=kind]').selectOption('warning');
    await record.locator('select[name=reason]').selectOption('abuse');
    await record.locator('form[action$="/sanctions"] button').click();
    await record.locator('[data-confirm] button[value=confirmed]').click();
    await record.locator('strong', { hasText: 'Warning' }).waitFor();
    await record.locator('details:has(form[action$="/lift"]) > summary').click();
    await record.locator('form[action$="/lift"] button').click();
    await record.locator('.badge', { hasText: 'over' }).waitFor();
    await page.keyboard.press('Escape');
    await record.waitFor({ state: 'detached' });

    await caseOf(page, 'Whose author is looked up');
    expect(await page.inputValue('#note')).toBe('Kept meanwhile');
    expect(await isSamePage(page)).toBe(true);
    expect(complaints).toEqual([]);
    expect(await statusOf(comment)).toBe('visible');
  }, 60_000);
});

describe('in the thread', () => {
  const bodyOf = (page: Page, { id }: Comment) => page.locator(`#comment-${id} > article > .body`);
  const actionOf = (page: Page, { id }: Comment) => page.locator(`#comment-${id} > article [data-action=moderate]`);
  const opened = async (options: Parameters<ForumInBrowser['reader']>[0] = {}) => {
    const { page, complaints } = await site.reader(options);
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    return { page, complaints };
  };

  it('a moderator rules in place and takes back; readers see it at once, in its place', async () => {
    await clearQueue();
    const comment = await reported('Moderated in place');
    const answer = await site.forum.comment(reader, post.id, { body: 'An answer to it', parentId: comment.id });
    const [{ page, complaints }, { page: other }] = [await opened({ as: sokha }), await opened()];
    await markPage(page);

    await actionOf(page, comment).click();
    await page.locator('.moderate .hint', { hasText: 'spam' }).waitFor();
    expect(await page.locator('.moderate input:checked').inputValue()).toBe('spam');
    await page.fill('.moderate textarea', 'Said in place');
    await page.click('.moderate button[value=remove]');
    await page.locator('.decided-here', { hasText: 'Removed by Name of sokha' }).waitFor();
    await other.locator(`#comment-${comment.id} > article > .gone`).waitFor();
    expect(await bodyOf(other, answer).textContent()).toContain('An answer to it');
    expect(await bodyOf(page, comment).textContent()).toContain('Moderated in place');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
    const [decision] = (
      await site.forum.done<{ decisions: { id: string; reason: string; note: string }[] }>(
        'GET',
        `/api/v1/moderation/cases/${comment.id}`,
        { token: dara.token },
      )
    ).decisions;
    expect(decision).toMatchObject({ reason: 'spam', note: 'Said in place' });

    await page.keyboard.press('Enter');
    await page.locator('.decided-here', { hasText: 'taken back by Name of sokha' }).waitFor();
    await bodyOf(other, comment).waitFor();
    expect(await statusOf(comment)).toBe('visible');
    expect(await isSamePage(page)).toBe(true);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('what others hold stays before moderators and its author, marked', async () => {
    const comment = await site.forum.comment(writer, post.id, { body: 'Held while it is read' });
    const [{ page }, { page: author }, { page: other }] = [
      await opened({ as: sokha }),
      await opened({ as: writer }),
      await opened(),
    ];
    await actionOf(page, comment).click();
    await page.locator('.moderate button[value=remove]:enabled').waitFor();
    await rule(comment, 'hold', dara);
    await other.locator(`#comment-${comment.id}`).waitFor({ state: 'detached' });
    for (const one of [page, author]) {
      await one.locator(`#comment-${comment.id} > article > .status.held`).waitFor();
      expect(await bodyOf(one, comment).textContent()).toContain('Held while it is read');
    }
    await actionOf(page, comment).click();
    await actionOf(page, comment).click();
    await page.click('.moderate button[value=approve]:enabled');
    await page.locator('.decided-here', { hasText: 'Approved by Name of sokha' }).waitFor();
    await bodyOf(other, comment).waitFor();
    expect(await author.locator(`#comment-${comment.id} > article > .status.held`).count()).toBe(0);
  }, 60_000);

  it('what another decided meanwhile is told where one was about to rule; what was written stays', async () => {
    const comment = await site.forum.comment(writer, post.id, { body: 'Two at once in the thread' });
    const { page } = await opened({ as: sokha });
    await actionOf(page, comment).click();
    await page.locator('.moderate button[value=remove]:enabled').waitFor();
    await page.fill('.moderate textarea', 'Half a thought');
    await rule(comment, 'remove', dara);
    await page.locator('.moderate .hint', { hasText: 'Removed by Name of dara' }).waitFor();
    await page.locator('.moderate button[value=restore]:enabled').waitFor();
    expect(await page.inputValue('.moderate textarea')).toBe('Half a thought');
  }, 60_000);

  it.each([
    { by: 'sokha', told: 'You decided on this in another window.' },
    { by: 'dara', told: 'Somebody else decided on this comment first.' },
  ])(
    'who rules after $by is told: $told',
    async ({ by, told }) => {
      const comment = await reported(`Ruled on by ${by} first`);
      const { page } = await opened({ as: sokha });
      await actionOf(page, comment).click();
      await page.locator('.moderate button[value=remove]:enabled').waitFor();
      await rule(comment, 'approve', by === 'sokha' ? sokha : dara);
      await page.click('.moderate button[value=remove]');
      await page.locator('.moderate .field-error', { hasText: told }).waitFor();
      expect(await statusOf(comment)).toBe('visible');
    },
    60_000,
  );

  it('nobody else loads what moderators rule with', async () => {
    const { page } = await site.reader({ as: reader });
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    const texts = await Promise.all(
      loaded.filter((url) => url.endsWith('.js')).map(async (url) => (await fetch(url)).text()),
    );
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.filter((text) => text.includes('decided-here'))).toEqual([]);
    expect(await page.locator('[data-action=moderate]').count()).toBe(0);
  }, 60_000);
});

describe('without JavaScript', () => {
  it('a moderator decides on a comment and on several, and takes back', async () => {
    await clearQueue();
    const comments = [await reported('Plain one'), await reported('Plain two')];
    const { page } = await site.reader({ as: sokha, javaScriptEnabled: false });

    await page.goto('/moderation/queue');
    await page.locator('.row a').first().click();
    await page.check('.reasons input[value=abuse]');
    await page.fill('#note', 'Not like this');
    await page.click('.decide button[value=reject]');
    await caseOf(page, 'Plain two');
    expect(await page.locator('.decided').textContent()).toContain('Rejected by Name of sokha');
    await page.click('.decided button');
    await caseOf(page, 'Plain one');
    expect(await page.locator('.lines').last().textContent()).toContain('Not like this');
    await page.goto('/moderation/queue');
    for (const box of await page.locator('.pick input').all()) await box.check();
    await page.click('.bulk button[value=remove]');
    await page.locator('.decided').waitFor();

    expect(await Promise.all(comments.map(statusOf))).toEqual(['removed', 'removed']);
  }, 60_000);
});

const PAGES = [
  '/moderation/queue',
  '/moderation/queue?list=held',
  '/moderation/members/writer',
  '/moderation/appeals',
  '/moderation/policy',
  '/moderation/log',
  '/moderation/report',
  '/appeal',
  '/settings',
];

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('axe finds nothing in what opens over a page: the record, the keys, the pill, and the forms in a thread', async () => {
    await clearQueue();
    const quiet = await site.forum.publish(await site.forum.admin(), { title: `Looked at in ${colorScheme}` });
    const comment = await reported('Opened for the eye', { on: quiet });
    const { page } = await queueOf(sokha, '/moderation/queue', { colorScheme, bypassCSP: true });
    const found: string[] = [];
    const look = async (what: string): Promise<void> => {
      found.push(...(await complaintsOfAxe(page)).map((complaint) => `${what} ${complaint}`));
    };

    await caseOf(page, 'Opened for the eye');
    await reported('Comes while one looks');
    await page.locator('[data-news]', { hasText: '1 new' }).waitFor();
    await look('pill');
    await page.locator('#case-title').focus();
    await page.keyboard.press('m');
    await page.locator('#member-record[open] h1').waitFor();
    await look('record');
    await page.keyboard.press('Escape');
    await page.locator('#member-record[open]').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    await look('keys');
    await page.goto(`/posts/${quiet.slug}`);
    await live(page);
    await page.locator(`#comment-${comment.id} > article [data-action=moderate]`).click();
    await page.locator('.moderate .hint', { hasText: 'spam' }).waitFor();
    await look('moderating in place');
    await page.locator(`#comment-${comment.id} > article [data-action=react]`).click();
    await page.locator(`#comment-${comment.id} button[value=thanks]`).waitFor();
    await look('reacting');
    await page.locator(`#comment-${comment.id} > article [data-action=answer]`).click();
    await page.locator('#answer textarea').waitFor();
    await look('answering');

    expect(found).toEqual([]);
  }, 120_000);
});

describe.each([360, 1440])('at %d px', (width) => {
  it('nothing is wider than the screen, and what is pressed is 44 px high', async () => {
    const comment = await reported('For the finger');
    const { page } = await site.reader({ as: sokha, viewport: { width, height: 800 }, hasTouch: true });
    const wrong: string[] = [];
    for (const path of [...PAGES, `/moderation/cases/${comment.id}`, `/comments/${comment.id}/report`]) {
      await page.goto(path);
      wrong.push(
        ...(await page.evaluate((where) => {
          const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          const pressed = document.querySelectorAll('button, .button, .sort a, .pages a, nav a, select, .pick, .radio');
          const small = [...pressed].filter(
            (one) =>
              one.checkVisibility() && !one.matches('.visually-hidden') && one.getBoundingClientRect().height < 44,
          );
          return [
            ...(over > 0 ? [`${where}: ${over} px too wide`] : []),
            ...small.map((one) => `${where}: ${one.outerHTML.slice(0, 80)}`),
          ];
        }, path)),
      );
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
