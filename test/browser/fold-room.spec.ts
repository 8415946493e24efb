import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { createCommandContext } from '../../src/composition/command-context.ts';
import { readConfig } from '../../src/config.ts';
import { fillDemo } from '../../src/demo/fill-demo.ts';
import { longThread } from '../support/long-thread.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

/** Phones, a small tablet, and the first width at which the label is told in words. */
const WIDTHS = [320, 360, 412, 600, 768] as const;
const REACTIONS = ['insightful', 'thanks', 'agree'] as const;

let dataDir: string;
let site: ForumInBrowser;
/** Paths of the demo's longest thread and of a long one. */
let threads: { readonly demo: string; readonly long: string };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fold-room-'));
  const context = await createCommandContext(readConfig({ DATA_DIR: dataDir }));
  await fillDemo(context);
  await context.close();
  site = await ForumInBrowser.open({ DATA_DIR: dataDir, DEMO: 'on' });
  threads = { demo: await longestOfTheDemo(), long: await longAndLiked() };
}, 180_000);
afterAll(async () => {
  await ForumInBrowser.close(site);
  rmSync(dataDir, { recursive: true, force: true });
});

interface Counted {
  readonly slug: string;
  readonly commentCount: number;
}

async function longestOfTheDemo(): Promise<string> {
  const { items } = await site.forum.done<{ items: readonly Counted[] }>('GET', '/api/v1/posts?limit=50');
  const [longest] = [...items].sort((one, other) => other.commentCount - one.commentCount);
  return `/posts/${longest?.slug}`;
}

/** The session of whoever plays this part of the demo. */
async function plays(part: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { headers: told } = await site.forum.call('POST', '/demo/sign-in', { headers, raw: `role=${part}` });
  return /colloquy_session=([^;]+)/.exec(told.get('set-cookie') ?? '')?.[1] ?? '';
}

/** Nested comments, with reactions of every length of row. */
async function longAndLiked(): Promise<string> {
  const token = await plays('editor');
  const { id: memberId } = await site.forum.done<{ id: string }>('GET', '/api/v1/members/me', { token });
  const thread = await longThread(site.forum.url, { token, memberId }, { shape: 'nested', comments: 120 });
  const likers = [token, await plays('participant')];
  for (const [n, id] of thread.commentIds.slice(0, 24).entries())
    for (const liker of likers)
      for (const kind of REACTIONS.slice(0, n % 4))
        await site.forum.done('PUT', `/api/v1/comments/${id}/reactions/${kind}`, { token: liker });
  return `/posts/${thread.slug}`;
}

async function opened(part: string | null, path: string): Promise<{ page: Page; context: BrowserContext }> {
  const { page, context } = await site.reader({ bypassCSP: true, viewport: { width: 320, height: 800 } });
  if (part !== null) {
    const value = await plays(part);
    await context.addCookies([{ name: 'colloquy_session', value, url: site.forum.url, httpOnly: true }]);
  }
  await page.goto(path);
  // Comments out of sight have their height only once they are seen.
  await page.addStyleTag({ content: '* { content-visibility: visible !important; }' });
  return { page, context };
}

/** What stands in the lines of actions and is covered at its centre, or printed over by the label that folds the answers. */
function covered(page: Page): Promise<{ readonly wrong: readonly string[]; readonly seen: number }> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    let seen = 0;
    for (const comment of document.querySelectorAll('#thread .comment')) {
      const controls = [
        ...comment.querySelectorAll(':scope > article > .actions :is(.action, .reaction)'),
        ...comment.querySelectorAll(':scope > article > .gone'),
        ...comment.querySelectorAll(':scope > .answers > summary > .fold'),
      ].filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 0);
      for (const control of controls) {
        seen += 1;
        control.scrollIntoView({ block: 'center' });
        const box = control.getBoundingClientRect();
        const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const told = `${comment.id}: ${control.textContent.trim()}`;
        if (at === null || !control.contains(at)) wrong.push(`${told} is under ${at?.outerHTML.slice(0, 80)}`);
        for (const other of controls) {
          if (other === control || !control.matches('.fold') || other.matches('.gone')) continue;
          const { left, right, top, bottom } = other.getBoundingClientRect();
          const over = Math.min(box.right, right) - Math.max(box.left, left);
          const down = Math.min(box.bottom, bottom) - Math.max(box.top, top);
          if (over > 1 && down > 1) wrong.push(`${told} is printed over ${other.textContent.trim()}`);
        }
      }
    }
    return { wrong, seen };
  });
}

/** At each width, with what few look for closed and open. */
async function walk(page: Page): Promise<{ readonly wrong: readonly string[]; readonly seen: number }> {
  const [wrong, all]: [string[], number[]] = [[], []];
  for (const isOpen of [false, true]) {
    await page.locator('.more').evaluateAll((menus, open) => {
      for (const menu of menus) menu.toggleAttribute('open', open);
    }, isOpen);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const found = await covered(page);
      wrong.push(...found.wrong.map((one) => `${width} px, ${isOpen ? 'open' : 'closed'}: ${one}`));
      all.push(found.seen);
    }
  }
  return { wrong, seen: Math.min(...all) };
}

describe('what can be done with a comment stays clear of the label that folds its answers', () => {
  it.each([
    [null, 'demo'],
    ['participant', 'demo'],
    ['moderator', 'demo'],
    [null, 'long'],
    ['participant', 'long'],
    ['moderator', 'long'],
  ] as const)(
    'as %s in the %s thread',
    async (part, thread) => {
      const { page, context } = await opened(part, threads[thread]);

      const { wrong, seen } = await walk(page);

      expect(wrong).toEqual([]);
      expect(seen).toBeGreaterThan(60);
      await context.close();
    },
    120_000,
  );
});
