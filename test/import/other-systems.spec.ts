import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import type { ImportOptions } from '../../src/import/recording/import-file.ts';
import { ImportForum } from './importing.ts';

const SITE = { sites: { '': 'https://blog.example' } };
type Source = ImportOptions['source'];

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
        commenters: [{ id: 'p', name: 'Linh' }],
      }),
      SITE,
    ],
    ['artalk', JSON.stringify([ARTALK]), {}],
  ];

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

  it('reads a database of Isso, and leaves it as it is', async () => {
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
    const { comments, votes } = await forum.import(file, { source: 'isso', ...SITE });
    expect([comments, votes]).toEqual([
      { imported: 3, held: 1, placeholders: 1, unchanged: 0, skipped: { deleted: 1 } },
      2,
    ]);
    expect((await forum.comments()).get('1')).toMatchObject({ body: 'One', at: '2015-03-25T14:10:41.500Z' });
  });
});
