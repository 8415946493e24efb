import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page, Post, PostSummary, QueueItem } from '../../libs/client/index.ts';
import { EditPost } from '../../src/domain/post/post.commands.ts';
import type { RunningForum } from '../support/running-forum.ts';
import { ImportForum, NOW, ServedImport, unequalViews } from './importing.ts';

const FIXTURE = new URL('./fixtures/small-blog.xml', import.meta.url).pathname;
const SITE = 'https://river.example';

const NOT_ASKED_FOR = 'not asked for (bring them with --media DIR or --fetch-media)';

describe('importing a WordPress export', () => {
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  /** The fixture with something in it changed. */
  const changed = (change: (xml: string) => string): string => {
    const file = join(forum.dataDir, 'changed.xml');
    writeFileSync(file, change(readFileSync(FIXTURE, 'utf8')));
    return file;
  };

  it('brings what is public, and counts what it leaves out by reason', async () => {
    expect(await forum.import(FIXTURE)).toEqual({
      source: 'wordpress',
      file: FIXTURE,
      dryRun: false,
      site: SITE,
      origins: {},
      originComments: {},
      unnamedOrigins: [],
      posts: {
        imported: 3,
        updated: 0,
        unchanged: 0,
        skipped: {
          attachment: 1,
          'page without comments (bring them with --pages)': 1,
          draft: 1,
          private: 1,
          'protected by a password': 1,
          'menu entry': 1,
        },
      },
      first: [
        { title: 'Two rivers & one town', slug: 'hai-dong-song' },
        { title: 'A closed discussion', slug: 'a-closed-discussion' },
      ],
      comments: { imported: 4, held: 1, placeholders: 1, unchanged: 0, skipped: { spam: 1, 'in the trash': 1 } },
      alike: {},
      leftOutAt: {
        posts: {
          attachment: [{ line: 126, column: 3 }],
          'page without comments (bring them with --pages)': [{ line: 127, column: 3 }],
          draft: [{ line: 128, column: 3 }],
          private: [{ line: 129, column: 3 }],
          'protected by a password': [{ line: 130, column: 3 }],
          'menu entry': [{ line: 131, column: 3 }],
        },
        comments: { spam: [{ line: 75, column: 5 }], 'in the trash': [{ line: 100, column: 5 }] },
      },
      pagesLeftOut: [],
      votes: 0,
      pingbacks: 1,
      images: { stored: 0, known: 0, missing: { [NOT_ASKED_FOR]: 1 } },
      missingImages: [
        { line: 16, column: 3, post: 'Two rivers & one town', address: `${SITE}/photo.jpg`, reason: NOT_ASKED_FOR },
      ],
      fileLinks: {},
      oldFiles: [],
      shortcodes: {},
      warnings: [],
      warningCount: 0,
      error: null,
      seconds: expect.any(Number),
    });
  });

  it('brings posts with their dates, tags, authors, excerpts and languages', async () => {
    await forum.import(FIXTURE);
    const posts = await forum.posts();
    expect(posts.get('11')).toEqual({
      postId: expect.any(String),
      kind: 'article',
      title: 'Two rivers & one town',
      slug: 'hai-dong-song',
      body: 'First line  \nsecond line with a [link](https://river.example/about).\n\n-   one\n-   two\n\n[photo.jpg](https://river.example/photo.jpg)',
      excerpt: 'First line  \nsecond line with a [link](https://river.example/about).',
      tags: ['Rivers', 'Mekong'],
      locale: 'vi-VN',
      publishAt: '2015-10-05T08:00:00.000Z',
      occurredAt: '2015-10-05T08:00:00.000Z',
      authorId: null,
      byline: 'Linh & friends',
      source: { kind: 'wordpress', site: SITE, id: '11' },
    });
    expect(posts.get('12')).toMatchObject({
      slug: 'a-closed-discussion',
      body: 'Written in the block editor.',
      excerpt: 'An *own* excerpt',
      publishAt: '2015-11-02T08:00:00.000Z',
      byline: 'nobody-known',
    });
    expect(posts.get('19')).toMatchObject({ publishAt: '2099-01-01T00:00:00.000Z', occurredAt: NOW });
  });

  it('brings comments with their authors, times and threads; what was spam keeps its place for an answer to it, and nothing else', async () => {
    await forum.import(FIXTURE);
    const comments = await forum.comments();
    expect(Object.fromEntries([...comments].map(([id, { id: _, ...facts }]) => [id, facts]))).toEqual({
      2: {
        depth: 0,
        body: '你好',
        author: { displayName: '美华', email: null, url: null },
        at: '2015-10-06T01:00:00.000Z',
        language: 'zh',
      },
      3: {
        depth: 1,
        body: 'I agree with [this](http://x.example/a_b).\n\n> second line',
        author: { displayName: 'Minh', email: 'minh@mail.example', url: 'https://minh.example/' },
        at: '2015-10-06T02:00:00.000Z',
      },
      4: {
        depth: 0,
        body: 'Waiting for approval',
        author: { displayName: 'New here', email: null, url: null },
        at: '2015-10-07T01:00:00.000Z',
      },
      5: { depth: 2, body: '', author: null, at: '2015-10-07T02:00:00.000Z' },
      6: {
        depth: 3,
        body: 'Please no advertising',
        author: { displayName: 'Minh', email: null, url: null },
        at: '2015-10-07T03:00:00.000Z',
      },
    });
  });

  it('run twice changes nothing', async () => {
    await forum.import(FIXTURE);
    const head = await forum.head();
    const { posts, comments } = await forum.import(FIXTURE, { now: '2027-01-01T00:00:00.000Z' });
    expect(await forum.head()).toBe(head);
    expect({ posts, comments }).toMatchObject({
      posts: { imported: 0, updated: 0, unchanged: 3 },
      comments: { imported: 0, unchanged: 4 },
    });
  });

  it('given a newer export, brings what is new and what was edited there, and no more', async () => {
    await forum.import(FIXTURE);
    const head = await forum.head();
    const file = changed((xml) =>
      xml
        .replace('<li>two</li>', '<li>three</li>')
        .replace('<wp:comment_id>8<', '<wp:comment_id>9<')
        .replace('>trash<', '>1<'),
    );
    const { posts, comments } = await forum.import(file);
    expect({ posts, comments }).toMatchObject({
      posts: { imported: 0, updated: 1, unchanged: 2 },
      comments: { imported: 1, unchanged: 4 },
    });
    expect(await forum.head()).toBe(head + 2n);
    await forum.import(file);
    expect(await forum.head()).toBe(head + 2n);
    expect((await forum.import(FIXTURE)).posts.updated).toBe(1);
    expect((await forum.import(file)).posts.updated).toBe(1);
  });

  it('given a post that an editor here has changed, leaves it and says so', async () => {
    await forum.import(FIXTURE);
    const postId = String((await forum.posts()).get('12')?.postId);
    const meta = {
      commandId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
      actor: 'someone',
      now: NOW,
      correlationId: 'x',
      causationId: null,
    };
    await forum.context.commands.execute(new EditPost({ postId, title: 'Ours' }, meta));
    const head = await forum.head();
    const { posts, warnings } = await forum.import(changed((xml) => xml.replace('Written in', 'Rewritten in')));
    expect(posts).toMatchObject({ updated: 0, unchanged: 3 });
    expect(warnings).toEqual([
      { line: expect.any(Number), column: 3, message: expect.stringContaining('left as it is here') },
    ]);
    expect(await forum.head()).toBe(head);
  });

  it('brings a page that people commented on, without being asked to', async () => {
    const comment =
      '<wp:comment><wp:comment_id>77</wp:comment_id><wp:comment_author>Nok</wp:comment_author><wp:comment_content>Well said</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>';
    const page = '<wp:post_type>page</wp:post_type>';
    const { posts, comments } = await forum.import(changed((xml) => xml.replace(page, page + comment)));
    expect({ posts: posts.imported, comments: comments.imported }).toEqual({ posts: 4, comments: 5 });
    expect((await forum.posts()).get('14')).toMatchObject({ kind: 'article', title: 'About', body: 'About us' });
  });

  it('given --pages, brings all pages as articles', async () => {
    expect((await forum.import(FIXTURE, { pages: true })).posts).toMatchObject({
      imported: 4,
      skipped: expect.not.objectContaining({ page: 1 }),
    });
    expect((await forum.posts()).get('14')).toMatchObject({ kind: 'article', title: 'About', body: 'About us' });
  });

  it('given a file that ends within a post, brings the posts before it whole and nothing of that one', async () => {
    const file = changed((xml) => xml.slice(0, xml.indexOf('Written in the')));
    const { posts, comments, error } = await forum.import(file);
    expect({ posts: posts.imported, comments: comments.imported, error }).toEqual({
      posts: 1,
      comments: 4,
      error: {
        message: expect.stringContaining('the file ends in the middle of <content:encoded>'),
        line: 114,
        column: expect.any(Number),
      },
    });
    expect([...(await forum.posts()).keys()]).toEqual(['11']);
  });

  it('given entities that would grow without end, records nothing', async () => {
    const bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<rss';
    const { error } = await forum.import(changed((xml) => xml.replace('<rss', bomb)));
    expect(error).toEqual({ message: expect.stringContaining('refused'), line: 3, column: 16 });
    expect(await forum.head()).toBe(0n);
  });

  it('given a comment of over 10,000 characters, keeps it whole with a warning', async () => {
    const file = changed((xml) => xml.replace('你好', '好'.repeat(12_000)));
    const { warnings } = await forum.import(file);
    expect(warnings).toEqual([
      { line: expect.any(Number), column: 5, message: expect.stringContaining('12000 characters') },
    ]);
    expect((await forum.comments()).get('2')?.body).toHaveLength(12_000);
  });

  it('two blogs whose posts have the same title get addresses of their own', async () => {
    await forum.import(FIXTURE);
    await forum.import(changed((xml) => xml.replaceAll('river.example', 'sea.example')));
    const slugs: unknown[] = [];
    for await (const event of forum.context.store.readAll({ filter: { types: ['PostPublished.v1'] } })) {
      if (typeof event.data === 'object' && event.data !== null && 'slug' in event.data) slugs.push(event.data.slug);
    }
    expect(slugs.sort()).toEqual([
      'a-closed-discussion',
      'a-closed-discussion-2',
      'far-away',
      'far-away-2',
      'hai-dong-song',
      'hai-dong-song-2',
    ]);
  });
});

describe('importing while the forum serves', () => {
  let moving: ServedImport;
  let served: RunningForum;

  beforeEach(async () => {
    moving = await ServedImport.open();
    served = moving.served;
  });
  afterEach(() => moving.close());

  it('readers see the posts, threads and archive as soon as the views have them; what waits is kept from them', async () => {
    const { headers } = await moving.bring(readFileSync(FIXTURE, 'utf8'));
    const month = await served.done<Page<PostSummary>>('GET', '/api/v1/posts?month=2015-10', { headers });
    expect(month.items).toMatchObject([
      {
        title: 'Two rivers & one town',
        author: { id: null, displayName: 'Linh & friends', imported: true },
        commentCount: 3,
      },
    ]);

    const [post] = month.items;
    const thread = await served.thread(post?.id ?? '');
    expect(thread.items.map(({ depth, author, status, createdAt }) => ({ depth, author, status, createdAt }))).toEqual([
      {
        depth: 0,
        author: { id: null, displayName: '美华', imported: true },
        status: 'visible',
        createdAt: '2015-10-06T01:00:00.000Z',
      },
      {
        depth: 1,
        author: { id: null, displayName: 'Minh', imported: true, url: 'https://minh.example/' },
        status: 'visible',
        createdAt: '2015-10-06T02:00:00.000Z',
      },
      { depth: 2, author: null, status: 'removed', createdAt: '2015-10-07T02:00:00.000Z' },
      {
        depth: 3,
        author: { id: null, displayName: 'Minh', imported: true },
        status: 'visible',
        createdAt: '2015-10-07T03:00:00.000Z',
      },
    ]);
    expect(thread.items[1]?.bodyHtml).toContain('href="http://x.example/a_b"');

    const closed = await served.done<Post>('GET', '/api/v1/posts/a-closed-discussion');
    expect(closed.discussion.state).toBe('closed');
    expect(await unequalViews(served)).toEqual([]);
  });

  it('answers under a comment that waits are there, in their place, and it waits where moderators find it', async () => {
    const xml = readFileSync(FIXTURE, 'utf8');
    const { report, headers } = await moving.bring(xml.replace('<wp:comment_parent>2<', '<wp:comment_parent>4<'));
    expect(report.comments).toMatchObject({ imported: 4, held: 1, placeholders: 1 });
    const month = await served.done<Page<PostSummary>>('GET', '/api/v1/posts?month=2015-10', { headers });
    expect(month.items[0]?.commentCount).toBe(3);

    const thread = await served.thread(month.items[0]?.id ?? '');
    expect(thread.total).toBe(5);
    expect(thread.items.map(({ depth, status, body }) => ({ depth, status, body }))).toEqual([
      { depth: 0, status: 'visible', body: '你好' },
      { depth: 0, status: 'removed', body: null },
      { depth: 1, status: 'visible', body: expect.stringContaining('I agree') },
      { depth: 2, status: 'removed', body: null },
      { depth: 3, status: 'visible', body: 'Please no advertising' },
    ]);
    const waiting = thread.items[1]?.id;

    const admin = await served.admin();
    const queue = await served.done<Page<QueueItem>>('GET', '/api/v1/moderation/queue?list=held', {
      token: admin.token,
    });
    expect(queue.items.map(({ comment: { id, body } }) => ({ id, body }))).toEqual([
      { id: waiting, body: 'Waiting for approval' },
    ]);
    const body = { action: 'approve', revision: queue.items[0]?.comment.revision };
    await served.done('POST', `/api/v1/comments/${waiting}/decisions`, { token: admin.token, body });
    expect((await served.thread(month.items[0]?.id ?? '')).items[1]).toMatchObject({
      status: 'visible',
      body: 'Waiting for approval',
      replyCount: 1,
    });
    expect(await unequalViews(served)).toEqual([]);
  });
});
