import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { commentIndex } from '../../src/composition/importing/comment-index.ts';
import { importFile } from '../../src/import/recording/import-file.ts';
import type { OpenCommentIndex } from '../../src/import/recording/standing-here.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { NOW, ServedImport } from './importing.ts';

const AT = '2012-02-03T04:05:06.7Z';
const PAGE = 'https://blog.example/1/';

let forum: ServedImport;
beforeEach(async () => {
  forum = await ServedImport.open();
}, 60_000);
afterEach(() => forum.close());

/** What a dry run tells of comments of other systems that stand there, and from where on it read the comments of the log. */
async function looked(open: OpenCommentIndex) {
  const { context, dataDir } = forum.writing;
  const file = join(dataDir, 'remark.json');
  const told = [
    [AT, PAGE],
    ['2012-02-03T04:05:07Z', PAGE],
    [AT, 'https://blog.example/3/'],
  ].map(([time, url], at) => JSON.stringify({ id: `a${at}`, pid: '', text: 'x', time, locator: { site: 's', url } }));
  writeFileSync(file, `{"version":1}\n${told.join('\n')}\n`);
  const reads = jest.spyOn(context.store, 'readAll');
  const target = { ...context, commentIndex: open };
  const { alike } = await importFile(file, target, { source: 'remark42', now: NOW, dryRun: true });
  const ofComments = reads.mock.calls.filter(([options]) => options?.filter?.types?.includes('CommentPosted.v1'));
  reads.mockRestore();
  return { alike, from: ofComments.map(([options]) => options?.after) };
}

const disqus = (...numbers: readonly number[]) =>
  forum.bring(disqusExport(thread(1), ...numbers.map((n) => disqusPost(n, { thread: 1 }))), { source: 'disqus' });

it('a dry run beside a server reads only what stands on the pages of its file, and of the log what came since', async () => {
  await disqus(1, 2);
  const { context, dataDir } = forum.writing;
  const index = await commentIndex({ dataDir }, context.store);
  const indexed = index?.position ?? 0n;
  expect(indexed).toBeGreaterThan(0n);
  expect(await looked(async () => index)).toEqual({ alike: { disqus: 1 }, from: [indexed] });
  expect(await looked(async () => null)).toEqual({ alike: { disqus: 1 }, from: [0n] });
});

it('what came after the index is read from the log; an index of another log is none', async () => {
  const nothing = { position: await forum.writing.head(), under: () => [], close: () => undefined };
  await disqus(1, 2);
  expect(await looked(async () => nothing)).toEqual({ alike: { disqus: 1 }, from: [nothing.position] });
  const { context } = forum.writing;
  const other = await ServedImport.open();
  try {
    await other.bring(disqusExport(thread(7), disqusPost(7, { thread: 7 })), { source: 'disqus' });
    expect(await commentIndex(other.writing, context.store)).toBe(null);
  } finally {
    await other.close();
  }
  expect(await commentIndex({ dataDir: join(forum.writing.dataDir, 'nowhere') }, context.store)).toBe(null);
});
