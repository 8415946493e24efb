import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChangeSite } from '../../src/domain/site/site.commands.ts';
import type { ImportOptions } from '../../src/import/recording/import-file.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { comment, END, post } from '../support/made-exports.ts';
import { ImportForum, NOW, ServedImport, unequalViews } from './importing.ts';

const LOCAL = 'on a machine or network that readers do not reach (bring them with --local)';

describe('importing an export of Disqus', () => {
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  const bring = (content: string | Buffer, options: Partial<ImportOptions> = {}) => {
    const file = join(forum.dataDir, 'disqus.xml');
    writeFileSync(file, content);
    return forum.import(file, { source: 'disqus', ...options });
  };
  const facts = async () =>
    Object.fromEntries(
      [...(await forum.comments())].map(([id, { depth, body, author }]) => [id, { depth, body, author }]),
    );

  it('brings pages that people commented on, with their threads; empty threads make no page', async () => {
    const xml = disqusExport(
      thread(1),
      thread(2),
      disqusPost(10, { thread: 1, email: 'ten@mail.example' }),
      disqusPost(11, { thread: 1, parent: 10, text: '<p>Yes,<br>and <b>more</b></p>' }),
    );
    const report = await bring(xml);
    expect(report).toMatchObject({
      source: 'disqus',
      origins: { 'https://blog.example': 1 },
      posts: { imported: 1, skipped: { 'page without comments': 1 } },
      first: [{ title: 'Page 1', slug: expect.stringMatching(/^blog-example-1-/) }],
      comments: { imported: 2, skipped: {} },
      warnings: [],
      error: null,
    });
    expect(await facts()).toEqual({
      10: { depth: 0, body: 'Words of 10', author: { displayName: 'Reader 10', email: 'ten@mail.example', url: null } },
      11: { depth: 1, body: 'Yes,  \nand **more**', author: { displayName: 'Reader 11', email: null, url: null } },
    });
  });

  it('run twice changes nothing, and a newer export adds the new part', async () => {
    const older = [thread(1), disqusPost(10, { thread: 1 })];
    await bring(disqusExport(...older));
    const head = await forum.head();
    expect((await bring(disqusExport(...older))).comments).toMatchObject({ imported: 0, unchanged: 1 });
    expect(await forum.head()).toBe(head);
    const newer = disqusExport(...older, disqusPost(11, { thread: 1, parent: 10 }));
    expect((await bring(newer)).comments).toMatchObject({ imported: 1, unchanged: 1 });
    expect(await forum.head()).toBe(head + 1n);
  });

  it('finds a page again by its id when its address has changed, brings what is new, and tells it', async () => {
    const at = (link: string, ...ids: readonly number[]) =>
      disqusExport(thread(77, { link }), ...ids.map((id) => disqusPost(id, { thread: 77 })));
    await bring(at('https://mv.example/old', 71));
    const paths = await bring(at('https://mv.example/new', 71, 72));
    expect([paths.posts, paths.comments]).toMatchObject([
      { imported: 0, unchanged: 1, skipped: {} },
      { imported: 1, unchanged: 1, skipped: {} },
    ]);
    expect(paths.warnings.map(({ message }) => message)).toEqual([
      'the page https://mv.example/old stands at https://mv.example/new by now; its discussion stays under the former address, and an alias in the settings leads there from the new one',
    ]);
    const hosts = await bring(at('https://mv2.example/old', 71, 73));
    expect(hosts.comments).toMatchObject({ imported: 1, unchanged: 1, skipped: {} });
    expect((await forum.posts()).size).toBe(1);
    const head = await forum.head();
    await bring(at('https://mv2.example/old', 71, 73));
    expect(await forum.head()).toBe(head);
  });

  it('takes addresses of one page as one: by scheme, www, end slash and tracking', async () => {
    const links = [
      'http://blog.example/a',
      'https://blog.example/a/',
      'https://www.blog.example/a/?utm_source=x',
      'https://blog.example/a/',
      'https://blog.example/b/',
    ];
    const threads = links.map((link, at) => thread(at + 1, { link }));
    const posts = links.map((_, at) => disqusPost(10 + at, { thread: at + 1 }));
    expect(await bring(disqusExport(...threads, ...posts))).toMatchObject({
      posts: { imported: 2 },
      comments: { imported: 5 },
      origins: { 'https://blog.example': 2 },
    });
  });

  it('tells the sites that the settings do not name, with their pages and comments, also of what is here already', async () => {
    const named = { embedOrigins: ['https://blog.example'] };
    const meta = { commandId: randomUUID(), actor: 'system', now: NOW, correlationId: randomUUID(), causationId: null };
    await forum.context.commands.execute(new ChangeSite(named, meta));
    const [blog, shop, other] = ['https://blog.example/a/', 'https://shop.example/a/', 'https://other.example/a/'];
    const xml = disqusExport(
      ...[blog, shop, `${shop}b/`, other].map((link, at) => thread(at + 1, { link })),
      ...[1, 2, 2, 3, 4].map((at, n) => disqusPost(10 + n, { thread: at })),
    );
    const unnamed = [
      { origin: 'https://shop.example', pages: 2, comments: 3 },
      { origin: 'https://other.example', pages: 1, comments: 1 },
    ];
    for (const dryRun of [true, false, false]) expect((await bring(xml, { dryRun })).unnamedOrigins).toEqual(unnamed);
    const set = { dryRun: true, embedOrigins: ['https://shop.example', 'https://other.example'] };
    expect((await bring(xml, set)).unnamedOrigins).toEqual([{ origin: 'https://blog.example', pages: 1, comments: 1 }]);
  });

  it('brings pages over https where their site is given so, unless they are here already without', async () => {
    const sites = { '': 'https://blog.example' };
    const [first, second] = ['http://blog.example/a/', 'http://blog.example/b/'];
    const one = [thread(1, { link: first }), disqusPost(10, { thread: 1 })];
    await bring(disqusExport(...one));
    const more = [thread(2, { link: second }), disqusPost(11, { thread: 2 })];
    expect(await bring(disqusExport(...one, ...more), { sites })).toMatchObject({
      posts: { imported: 1, unchanged: 1 },
      origins: { 'http://blog.example': 1, 'https://blog.example': 1 },
    });
  });

  it('leaves out what stood on this machine, caches and translators, and lists it, unless asked', async () => {
    const xml = disqusExport(
      thread(1, { link: 'http://localhost:4000/a/' }),
      thread(2, { link: 'https://blog-example.translate.goog/a/' }),
      thread(3, { link: 'http://192.168.1.5/a/' }),
      ...[1, 2, 3].map((at) => disqusPost(10 + at, { thread: at })),
    );
    const report = await bring(xml);
    expect(report.comments).toMatchObject({ imported: 0 });
    expect(report.pagesLeftOut.map(({ address, reason, comments }) => [address, reason, comments])).toEqual([
      ['http://localhost:4000/a/', LOCAL, 1],
      ['https://blog-example.translate.goog/a/', 'on a cache or a translator (bring them with --local)', 1],
      ['http://192.168.1.5/a/', LOCAL, 1],
    ]);
    expect(await forum.head()).toBe(0n);
    expect((await bring(xml, { local: true })).comments).toMatchObject({ imported: 3 });
  });

  it('keeps the place of what was deleted or spam where a live answer hangs, and nothing else of it', async () => {
    const xml = disqusExport(
      thread(1),
      disqusPost(10, { thread: 1, deleted: true, text: '' }),
      disqusPost(11, { thread: 1, parent: 10 }),
      disqusPost(12, { thread: 1, spam: true }),
      disqusPost(13, { thread: 1, deleted: true }),
    );
    expect((await bring(xml)).comments).toEqual({
      imported: 1,
      held: 0,
      placeholders: 1,
      unchanged: 0,
      skipped: { deleted: 2, spam: 1 },
    });
    expect(await facts()).toEqual({
      10: { depth: 0, body: '', author: null },
      11: { depth: 1, body: 'Words of 11', author: { displayName: 'Reader 11', email: null, url: null } },
    });
  });

  it('writes out the links that Disqus shortened, and drops what it led over itself', async () => {
    const long = 'https://uploads.disquscdn.com/images/0123456789.txt';
    const text = `<p>See <a href="${long}" rel="nofollow" title="${long}">https://uploads.disquscdn.c...</a> and <a href="https://disq.us/url?url=https%3A%2F%2Fx.example%2Fa%3AabcdefghijklmnopqrstuvW&amp;cuid=1" title="t">this</a></p>`;
    await bring(disqusExport(thread(1), disqusPost(10, { thread: 1, text })));
    expect((await facts())['10']?.body).toBe(`See <${long}> and [this](https://x.example/a)`);
  });

  it('brings files that are badly written as far as it can, with a line that says what was guessed', async () => {
    const whole = disqusExport(
      thread(1, { deleted: true }),
      disqusPost(10, { thread: 1 }).replace('2012-02-03T', '2012-x02-03T'),
      disqusPost(11, { thread: 1, parent: 10 }).replace('<post dsq:id="11">', '<post>'),
      disqusPost(12, { thread: 1 })
        .replace('<thread dsq:id="1"/>', '<thread dsq:id=1/>')
        .replace('<isSpam>false', '<isSpam>123'),
      disqusPost(13, { thread: 7 }),
    );
    const report = await bring(`\`${whole}`);
    expect(report.comments).toMatchObject({ imported: 3, skipped: { 'on a page that the file does not tell': 1 } });
    expect(report.error).toBeNull();
    expect(report.warnings.map(({ message }) => message)).toEqual([
      'there is text in front of the export; it was skipped',
      expect.stringContaining('no quotation marks'),
      'the thread is marked deleted and has comments that are not; these are brought',
      'the post has no dsq:id; it got one from what it says',
      expect.stringContaining('isSpam is "123"'),
      expect.stringContaining('comments stand under 7'),
      "the comment does not say when it was written; its post's date was taken",
    ]);
    const head = await forum.head();
    await bring(`\`${whole}`);
    expect(await forum.head()).toBe(head);
  });

  it('reads gzip; of a file that was cut it brings what was whole, and says where it stopped', async () => {
    const xml = disqusExport(thread(1), disqusPost(10, { thread: 1 }), disqusPost(11, { thread: 1 }));
    const cut = await bring(xml.slice(0, xml.indexOf('Words of 11')));
    expect([cut.comments.imported, cut.error]).toEqual([
      1,
      { message: expect.stringContaining('cut off'), line: 5, column: expect.any(Number) },
    ]);
    expect((await bring(gzipSync(xml))).comments).toMatchObject({ imported: 1, unchanged: 1 });
    const broken = await bring(gzipSync(xml).subarray(0, -12));
    expect(broken.error?.message).toBe('the gzip file is cut off or broken');
  });

  it.each([
    ['{"a": 1}', 'broken XML'],
    ['<html><body/></html>', 'its first element is <html>'],
    ['<rss><channel><item><title>x</title></item></channel></rss>', 'nothing of Disqus'],
    ['<!DOCTYPE disqus [<!ENTITY a "aaaa">]><disqus/>', 'document type'],
    ['', 'cut off'],
  ])('refuses %j, and records nothing', async (content, why) => {
    expect((await bring(content)).error?.message).toContain(why);
    expect(await forum.head()).toBe(0n);
  });

  it('takes the custom format, in which one page stands in many items, and answers name all above them', async () => {
    const item = (id: number, parent: string) =>
      `<item><title>A</title><link>http://blog.example/a/</link><content:encoded/><dsq:thread_identifier>5</dsq:thread_identifier><wp:post_date_gmt>2016-04-21 16:13:52</wp:post_date_gmt>${comment(id).replace('<wp:comment_parent>0<', `<wp:comment_parent>${parent}<`)}</item>`;
    const xml = `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dsq="http://www.disqus.com/" xmlns:wp="http://wordpress.org/export/1.0/"><channel>${item(1, '')}${item(2, '1')}${item(3, '1,2')}</channel></rss>`;
    expect(await bring(xml)).toMatchObject({ posts: { imported: 1 }, comments: { imported: 3, placeholders: 0 } });
    expect([...(await forum.comments()).values()].map(({ depth }) => depth)).toEqual([0, 1, 2]);
  });
});

describe('a blog of WordPress whose comments went to Disqus', () => {
  const SITE = 'https://large.example';
  const wordpress = (more = '') =>
    `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>L</title><link>${SITE}</link>${post(1)}${comment(41)}${comment(42, { answers: 41 })}${more}${END}</channel></rss>`;
  const disqus = disqusExport(
    thread(1, { link: 'http://www.large.example/2015/10/post-1-of-them' }),
    disqusPost(10, { thread: 1, wordpress: 41 }),
    disqusPost(11, { thread: 1, parent: 10, wordpress: 42 }),
    disqusPost(12, { thread: 1, parent: 11 }),
  );
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  const bring = (source: 'wordpress' | 'disqus', content: string) => {
    const file = join(forum.dataDir, `${source}.xml`);
    writeFileSync(file, content);
    return forum.import(file, { source });
  };
  const depths = async () => [...(await forum.comments())].map(([id, { depth }]) => `${id}:${depth}`).sort();

  it('has each comment once, under the post that WordPress brought', async () => {
    await bring('wordpress', wordpress());
    const { posts, comments } = await bring('disqus', disqus);
    expect([posts, comments]).toMatchObject([
      { imported: 0, unchanged: 1 },
      { imported: 1, unchanged: 2 },
    ]);
    expect(await depths()).toEqual(['12:2', '41:0', '42:1']);
    const head = await forum.head();
    await bring('disqus', disqus);
    await bring('wordpress', wordpress());
    expect(await forum.head()).toBe(head);
  });

  it('has each comment once also when Disqus came first; new answers follow to where these stand', async () => {
    await bring('disqus', disqus);
    const { posts, comments } = await bring(
      'wordpress',
      wordpress(comment(43, { answers: 42 }) + comment(44, { answers: 43 })),
    );
    expect([posts, comments]).toMatchObject([{ imported: 1 }, { imported: 2, unchanged: 2 }]);
    expect(await depths()).toEqual(['10/wp_id=41:0', '11/wp_id=42:1', '12:2', '43:2', '44:3']);
    const head = await forum.head();
    await bring('wordpress', wordpress(comment(43, { answers: 42 }) + comment(44, { answers: 43 })));
    expect(await forum.head()).toBe(head);
  });
});

describe('a forum that is shown in frames', () => {
  let moving: ServedImport;

  beforeEach(async () => {
    moving = await ServedImport.open();
  });
  afterEach(() => moving.close());

  it('shows what was imported on the page where it was said, and its views equal their rebuild', async () => {
    const xml = disqusExport(thread(1), disqusPost(10, { thread: 1 }), disqusPost(11, { thread: 1, parent: 10 }));
    const { headers } = await moving.bring(xml, { source: 'disqus' });
    const { served } = moving;
    const admin = await served.admin();
    await served.call('PATCH', '/api/v1/site', {
      token: admin.token,
      body: { embedOrigins: ['https://blog.example'] },
    });
    const { body } = await served.call('PUT', '/api/v1/pages', {
      headers,
      body: { url: 'https://blog.example/1/?utm_source=x', title: 'Anything' },
    });
    expect(body).toMatchObject({ kind: 'page', title: 'Page 1', url: 'https://blog.example/1/', commentCount: 2 });
    expect(await unequalViews(served)).toEqual([]);
  });
});
