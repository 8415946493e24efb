import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const DRAFT = ['colloquy:draft:of-keo', 'Words that were not sent'] as const;

let site: ForumInBrowser;
let keo: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  keo = await site.forum.member('keo');
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** What stays of a draft in a browser whose member signs out, with the box ticked or not. */
async function leftOf({ shared }: { readonly shared: boolean }): Promise<string | null> {
  const { token } = await site.forum.signIn('keo');
  const { page } = await site.reader({ as: { ...keo, token } });
  await page.goto('/sign-out');
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), DRAFT);
  if (shared) await page.check('input[name=forget]');
  await page.locator('main button[type=submit]').click();
  await page.waitForURL('**/');
  return page.evaluate(([key]) => localStorage.getItem(key), DRAFT);
}

describe('a member who signs out', () => {
  it('finds its drafts again, and leaves none to others who use the browser when the box is ticked', async () => {
    expect(await leftOf({ shared: false })).toBe(DRAFT[1]);
    expect(await leftOf({ shared: true })).toBeNull();
  }, 60_000);
});
