import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let all: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  all = await site.forum.member('somsri', ['moderator', 'auditor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

interface AXNode {
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
}

describe('a table of a log', () => {
  it.each([
    ['/moderation/log', ['When', 'Who', 'What', 'About whom', 'Reason']],
    ['/audit/events', ['Position', 'Recorded (UTC)', 'Type', 'Stream', 'By']],
  ])('is a table with the names of its columns on a phone too: %s', async (path, names) => {
    const { page, context } = await site.reader({ as: all, viewport: { width: 360, height: 740 } });
    await page.goto(path);
    await page.locator('.log td').first().waitFor();

    const session = await context.newCDPSession(page);
    const { nodes }: { readonly nodes: readonly AXNode[] } = await session.send('Accessibility.getFullAXTree');
    const told = (role: string) =>
      nodes.filter((node) => !node.ignored && node.role?.value === role).map((node) => node.name?.value);

    expect(told('columnheader')).toEqual(names);
    expect(told('table')).toHaveLength(1);
    expect(told('cell').length % names.length).toBe(0);
    expect(told('cell').length).toBeGreaterThan(0);
    await context.close();
  });
});
