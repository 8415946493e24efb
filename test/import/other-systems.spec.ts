import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { ClaimableComments } from '../../src/commands/claimable-comments.ts';
import { EmailNames } from '../../src/commands/email-name.ts';
import type { ImportOptions } from '../../src/import/recording/import-file.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { ImportForum } from './importing.ts';

type Source = ImportOptions['source'];
/** 96 MiB of white space behind the head of an export, in a tenth of a megabyte. */
const bomb = (head: string) => gzipSync(Buffer.concat([Buffer.from(head), Buffer.alloc(96 * 1024 * 1024, ' ')]));
const BOMBS: readonly (readonly [head: string, ...sources: Source[]])[] = [
  ['[', 'twikoo', 'artalk'],
  ['{', 'waline', 'commento', 'comentario', 'discourse'],
  ['{"version":1}\n', 'remark42'],
  ['<disqus xmlns="http://disqus.com">', 'disqus'],
  ['<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>', 'wordpress'],
];
const SITE = { sites: { '': 'https://blog.example' } };

const waline = (comments: readonly object[], version: unknown = 1) =>
  JSON.stringify({ type: 'waline', version, tables: [], data: { Comment: comments, Users: [{ password: 'secret' }] } });
const WALINE = {
  objectId: 'a1',
  url: '/a/',
  nick: 'Linh',
  mail: 'linh@mail.example',
  comment: 'A **word**',
  insertedAt: '2021-02-27T09:58:36.346Z',
};
const TWIKOO = {
  _id: 'a1',
  url: '/a/',
  href: 'https://blog.example/a/#x',
  nick: 'Linh',
  mail: 'linh@mail.example',
  link: 'linh.example',
  comment: '<p>A <b>word</b></p>',
  created: 1711076103322,
};
const REMARK = {
  id: 'a1',
  pid: '',
  text: '<p>A <b>word</b></p>',
  user: { name: 'Linh' },
  locator: { site: 's', url: 'https://blog.example/a/' },
  time: '2021-02-27T09:58:36Z',
};
const COMMENTO = {
  commentHex: 'a1',
  domain: 'blog.example',
  url: '/a/',
  commenterHex: 'p',
  markdown: 'A **word**',
  parentHex: 'root',
  state: 'approved',
  creationDate: '2021-02-27T09:58:36Z',
};
const COMMENTERS = [{ commenterHex: 'p', name: 'Linh', email: 'linh@mail.example' }];
const ARTALK = {
  id: '7',
  rid: '0',
  content: 'A **word**',
  page_key: '/a/',
  site_name: 'S',
  site_urls: 'https://blog.example',
  nick: 'Linh',
  email: 'linh@mail.example',
  password: 'secret',
  created_at: '2021-02-27 09:58:36',
};
const POST = {
  topic_id: 5,
  post_number: 1,
  post_type: 1,
  username: 'linh',
  cooked: '<p>Opens</p>',
  created_at: '2021-02-27T09:58:36Z',
};
const topic = (posts: readonly object[]) =>
  JSON.stringify({
    post_stream: { posts, stream: [] },
    id: 5,
    title: 'A topic',
    slug: 'a-topic',
    tags: ['x'],
    closed: false,
    created_at: '2021-02-27T09:58:36Z',
  });

const NOBODY = '00000000-0000-0000-0000-000000000000';
const ofComentario = (n: number, over: object) => ({
  id: `c${n}`,
  parentId: null,
  pageId: 'g',
  markdown: `Words of ${n}`,
  html: `<p>Words of ${n}</p>`,
  score: 0,
  isSticky: false,
  isApproved: true,
  isPending: false,
  isDeleted: false,
  createdTime: `2023-05-01T${9 + n}:00:00Z`,
  userCreated: 'p',
  authorName: '',
  authorIp: '192.0.2.7',
  ...over,
});
/** As `comentarioExportV3` of its program writes it: pages, comments and commenters in the shapes of its API. */
const COMENTARIO_3 = JSON.stringify({
  version: 3,
  pages: [
    {
      id: 'g',
      domainId: 'd',
      path: '/a/',
      title: 'A',
      isReadonly: false,
      createdTime: '2023-04-01T10:00:00Z',
      countComments: 5,
    },
    {
      id: 'h',
      domainId: 'd',
      path: '/b/',
      title: 'B',
      isReadonly: true,
      createdTime: '2023-04-01T10:00:00Z',
      countComments: 0,
    },
  ],
  comments: [
    ofComentario(1, { score: 2 }),
    ofComentario(2, { parentId: 'c1', userCreated: NOBODY, authorName: 'A passer-by' }),
    ofComentario(3, { parentId: 'c4', isPending: true, isApproved: false }),
    ofComentario(4, { isApproved: false }),
    ofComentario(5, { isDeleted: true, markdown: '', html: '' }),
  ],
  commenters: [
    { id: NOBODY, name: 'Anonymous', email: '' },
    { id: 'p', name: 'Linh', email: 'linh@mail.example', websiteUrl: 'https://linh.example/', isModerator: false },
  ],
});
const ISSO = `
  CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT);
  CREATE TABLE comments (tid INTEGER, id INTEGER PRIMARY KEY, parent INTEGER, created REAL, mode INTEGER, text TEXT,
    author TEXT, email TEXT, website TEXT, likes INTEGER, dislikes INTEGER);
  INSERT INTO threads VALUES (1, '/a/', 'A');
  INSERT INTO comments VALUES (1, 1, NULL, 1420070400, 1, 'A **word**', 'Linh', 'linh@mail.example', NULL, 0, 0)`;
const WORDPRESS =
  '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://blog.example</link><item><title>P</title><content:encoded>T</content:encoded><wp:post_id>1</wp:post_id><wp:post_date_gmt>2015-10-05 08:00:00</wp:post_date_gmt><wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Linh</wp:comment_author><wp:comment_author_email>linh@mail.example</wp:comment_author_email><wp:comment_date_gmt>2015-10-06 09:00:00</wp:comment_date_gmt><wp:comment_content>W</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item></channel></rss>';

describe('exports of systems that keep comments', () => {
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  const bring = (source: Source, content: string | Buffer, options: Partial<ImportOptions> = {}) => {
    const file = join(forum.dataDir, 'export');
    writeFileSync(file, content);
    return forum.import(file, { source, ...options });
  };
  const bodies = async () => [...(await forum.comments()).values()].map(({ body }) => body);

  const CASES: readonly (readonly [source: Source, content: string, options: Partial<ImportOptions>])[] = [
    ['waline', waline([WALINE]), SITE],
    ['twikoo', JSON.stringify({ code: 0, data: [TWIKOO] }), {}],
    ['twikoo', JSON.stringify([TWIKOO]), SITE],
    ['remark42', `{"version":1}\n${JSON.stringify(REMARK)}\n`, {}],
    ['commento', JSON.stringify({ version: 1, comments: [COMMENTO], commenters: COMMENTERS }), {}],
    ['comentario', JSON.stringify({ version: 1, comments: [COMMENTO], commenters: COMMENTERS }), {}],
    [
      'comentario',
      JSON.stringify({
        version: 3,
        pages: [{ id: 'g', path: '/a/', title: 'A' }],
        comments: [
          { id: 'a1', pageId: 'g', markdown: 'A **word**', userCreated: 'p', createdTime: '2021-02-27T09:58:36Z' },
        ],
        commenters: [{ id: 'p', name: 'Linh', email: 'linh@mail.example' }],
      }),
      SITE,
    ],
    ['artalk', JSON.stringify([ARTALK]), {}],
  ];

  it('a dry run tells how many comments another system has brought already, and only a dry run', async () => {
    const posts = [1, 2, 3].map((n) => disqusPost(n, { thread: 1 }));
    await bring('disqus', disqusExport(thread(1), ...posts));
    const url = 'https://blog.example/1/';
    const [same, later] = ['2012-02-03T04:05:06.7Z', '2012-02-03T04:05:07Z'];
    const told = [
      { id: 'a', time: same, url },
      { id: 'b', time: later, url },
      { id: 'c', time: same, url: 'https://blog.example/2/' },
    ].map(({ url: at, ...more }) => JSON.stringify({ ...REMARK, ...more, locator: { site: 's', url: at } }));
    const text = `{"version":1}\n${told.join('\n')}\n`;
    const look = await bring('remark42', text, { dryRun: true });
    expect([look.comments.imported, look.alike]).toEqual([3, { disqus: 1 }]);
    expect((await bring('remark42', text)).alike).toEqual({});
    expect((await bring('remark42', text, { dryRun: true })).alike).toEqual({});
  });

  it('twikoo: pages of one path at two blogs are two', async () => {
    await bring('twikoo', JSON.stringify([TWIKOO]), {});
    const other = { ...TWIKOO, _id: 'b1', href: 'https://other.example/a/' };
    const { posts, comments } = await bring('twikoo', JSON.stringify([other]), {});
    expect([posts, comments]).toMatchObject([
      { imported: 1, skipped: {} },
      { imported: 1, skipped: {} },
    ]);
  });

  it.each(CASES)(
    '%s: a comment comes with its page and its author, once, also gzipped',
    async (source, content, options) => {
      const report = await bring(source, content, options);
      expect(report).toMatchObject({ origins: { 'https://blog.example': 1 }, comments: { imported: 1 }, error: null });
      const [fact] = (await forum.comments()).values();
      expect(fact).toMatchObject({ body: 'A **word**', depth: 0, author: { displayName: 'Linh' } });
      const head = await forum.head();
      await bring(source, gzipSync(content), options);
      expect(await forum.head()).toBe(head);
    },
  );

  it.each(CASES)('%s: a file that was cut is told, and says where', async (source, content, options) => {
    const { error } = await bring(source, content.slice(0, -8).trimEnd(), options);
    expect(error).toEqual({ message: expect.any(String), line: expect.any(Number), column: expect.any(Number) });
  });

  it.each<[Source, string]>([
    ['waline', '{"type":"other","version":1,"data":{"Comment":[{}]}}'],
    ['waline', waline([WALINE], 2)],
    ['twikoo', '[{"id":1}]'],
    ['twikoo', '{"name":"x","posts":[{"id":1}]}'],
    ['artalk', '[]'],
    ['remark42', '{"version":2}\n'],
    ['remark42', '{"a":1}\n'],
    ['remark42', 'word'],
    ['commento', '{"version":481,"comments":[]}'],
    ['comentario', '{"version":481}'],
    ['comentario', '{"version":2,"comments":[]}'],
    ['artalk', '[{"name":"x"}]'],
    ['artalk', 'word'],
    ['discourse', '{"id":1}'],
    ['isso', 'word'],
    ['disqus', '{"id":1}'],
    ...(
      ['waline', 'twikoo', 'remark42', 'commento', 'comentario', 'artalk', 'discourse', 'isso', 'disqus'] as const
    ).flatMap((source): [Source, string][] => [
      [source, ''],
      [source, '<rss><channel/></rss>'],
      [source, '\u0000\u0001\u0002'],
    ]),
  ])('%s refuses %j, and records nothing', async (source, content) => {
    const { error, comments } = await bring(source, content, SITE);
    expect(error?.message).toEqual(expect.any(String));
    expect([comments.imported, await forum.head()]).toEqual([0, 0n]);
  });

  it.each(BOMBS)(
    'a small gzip file of %j that holds very much is refused before it is unpacked, and so is a directory',
    async (head, ...sources) => {
      const file = bomb(head);
      for (const source of sources) {
        const { error, comments } = await bring(source, file, SITE);
        expect([error?.message, comments.imported]).toEqual([
          expect.stringMatching(/200 times its own bytes|of over \d+ MiB/),
          0,
        ]);
        await expect(forum.import(forum.dataDir, { source, ...SITE })).rejects.toMatchObject({ code: 'EISDIR' });
      }
      expect(await forum.head()).toBe(0n);
    },
  );

  it('whoever confirms an address finds what it wrote under any system that has addresses', async () => {
    const db = new Database(join(forum.dataDir, 'isso.db'));
    db.exec(ISSO);
    db.close();
    await forum.import(join(forum.dataDir, 'isso.db'), { source: 'isso', ...SITE });
    const withAddress = CASES.filter(([source]) => source !== 'remark42');
    for (const [source, content, options] of withAddress) await bring(source, content, options);
    await bring('disqus', disqusExport(thread(1), disqusPost(1, { thread: 1, email: 'Linh@mail.example' })));
    await bring('wordpress', WORDPRESS);
    const claimable = await new ClaimableComments(forum.context, new EmailNames(() => 'a key')).of('linh@mail.example');
    const kinds = [...new Set(claimable.map(({ source }) => source))].sort();
    expect(kinds).toEqual(['artalk', 'comentario', 'commento', 'disqus', 'isso', 'twikoo', 'waline', 'wordpress']);
  });

  it('comentario 3: what waits arrives held, what was rejected or deleted is counted, a reader without an account has its own name', async () => {
    const { comments, posts, votes } = await bring('comentario', COMENTARIO_3, SITE);
    expect([comments, posts.imported, votes]).toEqual([
      { imported: 3, held: 1, placeholders: 0, unchanged: 0, skipped: { deleted: 1, rejected: 1 } },
      1,
      2,
    ]);
    const told = [...(await forum.comments()).values()].map(({ depth, author, at }) => [depth, author, at]);
    const linh = { displayName: 'Linh', email: 'linh@mail.example', url: 'https://linh.example/' };
    const passerBy = { displayName: 'A passer-by', email: null, url: null };
    expect(told).toEqual(
      expect.arrayContaining([
        [0, linh, '2023-05-01T10:00:00.000Z'],
        [1, passerBy, '2023-05-01T11:00:00.000Z'],
        [0, linh, '2023-05-01T12:00:00.000Z'],
      ]),
    );
  });

  it('paths alone are left out until it is said where their site stands', async () => {
    const { posts, comments } = await bring('waline', waline([WALINE]));
    expect(comments.imported).toBe(0);
    expect(posts.skipped).toEqual({ 'page with a path alone (say where its site stands with --site)': 1 });
  });

  it('what waits arrives held, spam and what was deleted are counted, and HTML in Markdown counts', async () => {
    const { comments } = await bring(
      'waline',
      waline([
        { ...WALINE, objectId: 'b', status: 'waiting' },
        { ...WALINE, objectId: 'c', status: 'spam' },
        {
          ...WALINE,
          objectId: 'd',
          pid: 'c',
          comment: '<a class="at" href="#c">@Linh</a> , <em>yes</em> &amp; **so** `<b>`',
        },
      ]),
      SITE,
    );
    expect(comments).toEqual({ imported: 2, held: 1, placeholders: 1, unchanged: 0, skipped: { spam: 1 } });
    expect(await bodies()).toContain('@Linh , *yes* & **so** `<b>`');
  });

  it('an answer to a comment of another page goes to the top of its own, and says so', async () => {
    const { comments, warnings } = await bring(
      'waline',
      waline([WALINE, { ...WALINE, objectId: 'b', url: '/b/', pid: 'a1' }]),
      SITE,
    );
    expect(comments).toMatchObject({ imported: 2, placeholders: 0 });
    expect(warnings.map(({ message }) => message)).toEqual([
      'the comment answers a1, which stands on another page; put at the top',
    ]);
  });

  it('a topic of Discourse becomes a post with its comments; notes are no comments, what is hidden arrives held', async () => {
    const { posts, comments, votes } = await bring(
      'discourse',
      topic([
        POST,
        {
          ...POST,
          post_number: 2,
          cooked: '<aside class="quote"><blockquote><p>Opens</p></blockquote></aside><p>Yes</p>',
          actions_summary: [{ id: 2, count: 3 }],
        },
        { ...POST, post_number: 3, reply_to_post_number: 2, cooked: '<iframe src="https://v.example/1"></iframe>' },
        { ...POST, post_number: 4, post_type: 3, cooked: '' },
        { ...POST, post_number: 5, hidden: true },
      ]),
    );
    expect([posts.imported, comments, votes]).toEqual([
      1,
      { imported: 3, held: 1, placeholders: 0, unchanged: 0, skipped: { 'a note about the topic': 1 } },
      3,
    ]);
    expect([...(await bodies())].sort()).toEqual(['> Opens\n\nYes', 'Opens', '<https://v.example/1>'].sort());
    expect((await forum.posts()).get('5')).toMatchObject({
      kind: 'article',
      title: 'A topic',
      slug: 'a-topic',
      body: 'Opens',
      tags: ['x'],
      byline: 'linh',
    });
  });

  it('a topic that accompanies a page of a blog is the discussion of that page', async () => {
    const cooked =
      '<p><small>This is a companion discussion topic for the original entry at <a href="https://blog.example/a/">it</a></small></p>';
    const { origins } = await bring(
      'discourse',
      topic([
        { ...POST, cooked },
        { ...POST, post_number: 2 },
      ]),
    );
    expect(origins).toEqual({ 'https://blog.example': 1 });
  });

  const issoDatabase = (): string => {
    const file = join(forum.dataDir, 'isso.db');
    const db = new Database(file);
    db.exec(`
      CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR UNIQUE, title VARCHAR);
      CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, modified FLOAT, mode INTEGER, remote_addr VARCHAR,
        text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB);
      INSERT INTO threads VALUES (1, '/a/', 'A');
      INSERT INTO comments (tid, id, parent, created, mode, text, author, likes) VALUES
        (1, 1, NULL, 1427292641.5, 1, 'One', 'Linh', 2), (1, 2, 1, 1427292642, 2, 'Two', NULL, 0),
        (1, 3, NULL, 1427292643, 4, '', NULL, 0), (1, 4, 3, 1427292644, 1, 'Four', NULL, 0)`);
    db.close();
    return file;
  };

  it('reads a database of Isso, and leaves it as it is', async () => {
    const { comments, votes } = await forum.import(issoDatabase(), { source: 'isso', ...SITE });
    expect([comments, votes]).toEqual([
      { imported: 3, held: 1, placeholders: 1, unchanged: 0, skipped: { deleted: 1 } },
      2,
    ]);
    expect((await forum.comments()).get('1')).toMatchObject({ body: 'One', at: '2015-03-25T14:10:41.500Z' });
  });

  it.each([16, 100, 4096, 5000, 8192])(
    'says of a database of Isso that was cut after %d bytes that it cannot be read',
    async (bytes) => {
      const file = issoDatabase();
      writeFileSync(file, readFileSync(file).subarray(0, bytes));
      const { posts, comments, error } = await forum.import(file, { source: 'isso', ...SITE });
      expect([posts.imported, comments.imported, error]).toEqual([
        0,
        0,
        { message: expect.stringMatching(/^the database cannot be read on: ./), line: 1, column: 1 },
      ]);
    },
  );
});
