import { rmSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { AdminPages } from '../support/admin-pages.ts';
import { killPrograms } from '../support/child-program.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { newAccount } from '../support/forum-account.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { until } from '../support/until.ts';

/** So many that a kill comes before their end. */
const COMMENTS = 2_000;
let forum: ServedForum | undefined;

afterEach(() => {
  killPrograms();
  if (forum !== undefined) rmSync(forum.dataDir, { recursive: true, force: true });
});

function exportOf(count: number): string {
  const threads = Array.from({ length: 30 }, (_, n) => thread(n + 1));
  const spam = disqusPost(count + 1, { thread: 1, spam: true });
  return disqusExport(
    ...threads,
    ...Array.from({ length: count }, (_, n) => disqusPost(n + 1, { thread: 1 + (n % 30) })),
    spam,
  );
}

test('an import of an admin is looked at, begun, cut off by a kill of the server, and gone on with to the same end', async () => {
  forum = await serveForum();
  const { token } = await newAccount(forum.address, 'the-admin');
  let pages = new AdminPages(forum.address, token);
  const path = await pages.import(exportOf(COMMENTS));
  expect(path).toMatch(/^\/admin\/import\/[\w-]{36}$/);
  let page = '';
  const tells = (words: string) => async () => {
    page = await pages.read(path);
    return page.includes(words);
  };
  await until(tells('This is what would come.'));
  expect(page).toContain('<dt>New comments</dt><dd class="number">2,000</dd>');
  expect(page).toMatch(/Comments: spam · <strong>1<\/strong><\/summary><ul><li>Line [\d,]+, column 1/);
  expect(await pages.read(`${path}/left-out`)).toMatch(
    /^what,code,reason,line,column,address\r\ncomments,spam,spam,\d+,1,\r\n$/,
  );

  expect(await pages.send(path, new URLSearchParams({ do: 'bring' }))).toBe(path);
  expect(await pages.send(path, new URLSearchParams({ do: 'bring' }))).toBe(`${path}?late=1`);
  await until(async () => (await pages.read(path)).includes('% so far'));
  await forum.end('SIGKILL');
  forum = await serveForum({ dataDir: forum.dataDir });
  pages = new AdminPages(forum.address, token);
  expect(await pages.read(path)).toContain('It is stopped. What has come stays, and going on adds the rest.');
  await pages.send(path, new URLSearchParams({ do: 'bring' }));
  await until(tells('It is done.'));
  expect(page).toContain('<dt>New comments</dt><dd class="number">2,000</dd>');
  expect(page).not.toContain('Comments that are here already');
  expect(await pages.read('/admin/import')).toContain('disqus.xml');
}, 120_000);
