import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { killPrograms } from '../support/child-program.ts';
import { DISQUS_HEAD, disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { newAccount } from '../support/forum-account.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
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

describe('an import on a phone', () => {
  let served: ServedForum | undefined;
  afterAll(() => {
    killPrograms();
    if (served !== undefined) rmSync(served.dataDir, { recursive: true, force: true });
  });

  const EXPORT = disqusExport(thread(1), ...Array.from({ length: 300 }, (_, n) => disqusPost(n + 1, { thread: 1 })));

  it('tells by itself how far it is, from the look to the end, and the log tells who began it', async () => {
    served = await serveForum();
    const { address, dataDir } = served;
    const { token, memberId } = await newAccount(address, 'the-admin');
    const { page, context, complaints } = await site.reader({
      url: address,
      viewport: { width: 360, height: 740 },
      bypassCSP: true,
    });
    await context.addCookies([{ name: 'colloquy_session', value: token, url: address, httpOnly: true }]);
    const isFit = async () => expect([await complaintsOfAxe(page), await overhang(page)]).toEqual([[], 0]);
    const send = async (name: string, text: string) => {
      await page.goto('/admin/import');
      await page.setInputFiles('#file', { name, mimeType: 'text/xml', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: 'See what would come' }).click();
      await page.waitForURL(/admin\/import\/[\w-]{36}$/);
    };
    await send('disqus.xml', EXPORT);
    await isFit();
    await page.getByRole('heading', { name: 'What would come' }).waitFor();
    await isFit();
    await page.getByRole('button', { name: 'Import this' }).click();
    await page.getByRole('progressbar').waitFor();
    await isFit();
    await page.getByText('It is done.').waitFor();
    await isFit();
    await send('notes.txt', 'Nobody knows this.');
    await page.getByText('Nothing in the file tells its system').waitFor();
    await isFit();
    await send('cut.xml', `${DISQUS_HEAD}${thread(1)}${disqusPost(900, { thread: 1 })}<post dsq:id="901"><mess`);
    await page.getByRole('heading', { name: 'What would come' }).waitFor();
    await isFit();
    const file = join(dataDir, 'import-jobs', page.url().slice(-36), 'export');
    rmSync(file);
    mkdirSync(file);
    await page.getByRole('button', { name: 'Import this' }).click();
    await page.locator('.notice [lang=en]').waitFor();
    await isFit();
    await page.goto(`/admin/import/${crypto.randomUUID()}`);
    await page.getByText('There is no such import on this server.').waitFor();
    await isFit();
    expect(complaints.filter((each) => !each.includes('404'))).toEqual([]);
    const granted = { headers: { authorization: `Bearer ${token}` } };
    const log = await fetch(`${address}/api/v1/audit/events?type=LeaseTaken.v1&stream=lease-import`, granted);
    expect(await log.text()).toContain(`"actor":"${memberId}"`);
    await context.close();
  }, 60_000);
});
