import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page, Post, QueueItem } from '../../libs/client/index.ts';
import type { RunningForum } from '../support/running-forum.ts';
import { ImportForum, NOW, ServedImport } from './importing.ts';

const HEAD =
  '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://lost.example</link>';
const FOOT = '</channel></rss>';

interface Item {
  readonly title?: string;
  readonly content?: string;
  readonly type?: string;
  readonly status?: string;
  readonly date?: string;
  readonly name?: string;
  readonly inside?: string;
}

function item(id: number, given: Item = {}): string {
  const { title = `Post ${id}`, content = 'Text', type = 'post', status = 'publish', name = '', inside = '' } = given;
  const { date = '2015-10-05 08:00:00' } = given;
  return `<item><title>${title}</title><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>${date}</wp:post_date_gmt><wp:post_name>${name}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>${inside}</item>`;
}

function comment(id: number, fields: Readonly<Record<string, string>> = {}): string {
  const all = { id, author: 'Noy', content: `says ${id}`, date_gmt: '2014-01-0%d 00:00:00', approved: '1', ...fields };
  const inside = Object.entries(all).map(
    ([name, value]) =>
      `<wp:comment_${name}><![CDATA[${String(value).replace('%d', String(id))}]]></wp:comment_${name}>`,
  );
  return `<wp:comment>${inside.join('')}</wp:comment>`;
}

describe('what exports hold and imports used to lose', () => {
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  const bring = async (xml: string, options: Parameters<ImportForum['import']>[1] = {}) => {
    const file = join(forum.dataDir, 'export.xml');
    writeFileSync(file, xml);
    const report = await forum.import(file, options);
    return { report, posts: await forum.posts(), comments: await forum.comments() };
  };

  it('text, marks and markup in front of the XML declaration are skipped, with a warning, and lines keep their numbers', async () => {
    const before =
      '\ufeff<br />\n<b>Warning</b>: Undefined array key in <b>/var/www/x.php</b> on line <b>3</b>\n\ufeff';
    const xml = `${before}<?xml version="1.0" encoding="UTF-8"?>\n${HEAD}\n${item(1, { date: '' })}${FOOT}`;
    const { report } = await bring(xml);
    expect({ posts: report.posts.imported, error: report.error }).toEqual({ posts: 1, error: null });
    expect(report.warnings).toEqual([
      { line: 1, column: 1, message: 'there is text in front of the export; it was skipped' },
      { line: 5, column: 1, message: expect.stringContaining('does not say when it was published') },
    ]);
  });

  it('footnotes and reusable blocks, wherever they stand, are in their posts', async () => {
    const notes = JSON.stringify([{ id: 'f1', content: 'Said <em>so</em>' }]);
    const inside = `<wp:postmeta><wp:meta_key>other</wp:meta_key><wp:meta_value>no</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[${notes}]]></wp:meta_value></wp:postmeta>`;
    const content =
      '<!-- wp:paragraph --><p>A claim<sup data-fn="f1" class="fn"><a href="#f1">1</a></sup></p><!-- /wp:paragraph --><!-- wp:block {"ref":5} /--><!-- wp:footnotes /-->';
    const { posts } = await bring(
      HEAD + item(1, { content, inside }) + item(5, { type: 'wp_block', content: '<p>Reused</p>' }) + FOOT,
    );
    expect(posts.get('1')?.body).toBe('A claim[1](#f1)\n\nReused\n\n1.  Said *so*');
  });

  it('shortcodes that nobody knows stay, and are counted', async () => {
    const content = 'a [contact-form to="b"] b [box]in[/box] c [box]x[/box] [sic] [1] <code>[foo a="b"]</code>';
    const { report, posts } = await bring(HEAD + item(1, { content }) + FOOT);
    expect(report.shortcodes).toEqual({ 'contact-form': 1, box: 2 });
    expect(posts.get('1')?.body).toContain('\\[contact-form to="b"\\]');
  });

  it('slugs of up to 200 characters are kept whole, also the second of two', async () => {
    const name = `${'long-'.repeat(38)}end`;
    const { posts } = await bring(HEAD + item(1, { name }) + item(2, { name }) + FOOT);
    expect([posts.get('1')?.slug, posts.get('2')?.slug].sort()).toEqual([name, `${name}-2`]);
  });

  it('posts of other types come by their names, and pages that are private are counted as that', async () => {
    const xml =
      HEAD +
      item(1, { type: 'book' }) +
      item(2, { type: 'film' }) +
      item(3, { type: 'page', status: 'private' }) +
      FOOT;
    const { report, posts } = await bring(xml, { types: ['book'] });
    expect([...posts.keys()]).toEqual(['1']);
    expect(report.posts.skipped).toEqual({ 'of type film (bring them with --types film)': 1, private: 1 });
  });

  it('names of up to 200 characters are kept whole', async () => {
    const author = 'N'.repeat(200);
    const { comments } = await bring(HEAD + item(1, { inside: comment(1, { author }) }) + FOOT);
    expect(comments.get('1')?.author).toMatchObject({ displayName: author });
  });

  it('a post without a date is as old as its first comment', async () => {
    const { report, posts } = await bring(
      HEAD + item(1, { date: '', inside: comment(3) + comment(2) + comment(4) }) + item(2, { date: '' }) + FOOT,
    );
    expect([posts.get('1')?.publishAt, posts.get('2')?.publishAt]).toEqual(['2014-01-02T00:00:00.000Z', NOW]);
    expect(report.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('the time of its first comment was taken'),
      expect.stringContaining('the time of the import was taken'),
    ]);
  });
});

describe('what readers and moderators find of it', () => {
  let moving: ServedImport;
  let served: RunningForum;

  beforeEach(async () => {
    moving = await ServedImport.open();
    served = moving.served;
    await served.admin();
  });
  afterEach(() => moving.close());

  it('a commenter’s page is linked for readers, and their address is told to moderators with what waits', async () => {
    const person = { author_url: 'https://noy.example/', author_email: 'noy@mail.example' };
    const inside =
      comment(1, person) + comment(2, { ...person, approved: '0' }) + comment(3, { author_url: 'javascript:x' });
    const { headers } = await moving.bring(HEAD + item(1, { name: 'found', inside }) + FOOT);
    const author = { id: null, displayName: 'Noy', imported: true };
    const { id } = await served.done<Post>('GET', '/api/v1/posts/found', { headers });
    const thread = await served.thread(id);
    expect(thread.items.map((each) => each.author)).toEqual([{ ...author, url: 'https://noy.example/' }, author]);

    const { body: page } = await served.call('GET', '/posts/found', { headers });
    expect(page).toContain('href="https://noy.example/" rel="nofollow ugc noopener"');
    expect(page).not.toContain('noy@mail.example');

    const { token } = await served.admin();
    const queue = await served.done<Page<QueueItem>>('GET', '/api/v1/moderation/queue?list=held', { token });
    expect(queue.items.map(({ comment: { author: told } }) => told)).toEqual([
      { ...author, url: 'https://noy.example/', email: 'noy@mail.example' },
    ]);
    const { body: desk } = await served.call('GET', `/moderation/cases/${queue.items[0]?.comment.id}`, { token });
    expect(desk).toContain('noy@mail.example');
  });

  it('bare addresses before brackets, and what Markdown has no marks for, read as they were meant', async () => {
    const content = [
      '[http://a.example/x] and [audio:http://a.example/y.mp3]',
      'H<sub>2</sub>O, x<sup>2</sup>, x<sub>i+1</sub>, <mark>seen</mark>, <u>under</u>, <abbr title="World Health Organization">WHO</abbr>',
      '<details><summary>More</summary>Folded</details>',
    ].join('\n\n');
    const { headers } = await moving.bring(HEAD + item(1, { name: 'found', content }) + FOOT);
    const { bodyHtml } = await served.done<Post>('GET', '/api/v1/posts/found', { headers });
    expect(bodyHtml).toContain('[<a href="http://a.example/x"');
    expect(bodyHtml).toContain('href="http://a.example/y.mp3"');
    expect(bodyHtml).toContain(
      'H₂O, x², x_(i+1), <strong>seen</strong>, <em>under</em>, WHO (World Health Organization)',
    );
    expect(bodyHtml).toMatch(/<p><strong>More<\/strong><\/p>\s*<p>Folded<\/p>/);
  });
});
