import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { type ImportForum, ServedImport, unequalViews } from './importing.ts';

const SITE = 'https://old.example';
const comment = (id: number, content: string): string =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Noy</wp:comment_author><wp:comment_content><![CDATA[${content}]]></wp:comment_content><wp:comment_date_gmt>2015-10-06 08:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved></wp:comment>`;
const item = (id: number, name: string, more: { content?: string; inside?: string; link?: string } = {}): string => {
  const { content = 'Text', inside = '', link = `${SITE}/2015/10/${name}/` } = more;
  return `<item><title>${name}</title><link>${link}</link><guid>${SITE}/?p=${id}</guid><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2015-10-05 08:00:00</wp:post_date_gmt><wp:post_name>${name}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="two-words"><![CDATA[Two words]]></category><category domain="post_tag" nicename="geneve-2"><![CDATA[Genève!]]></category>${inside}</item>`;
};
const xml = (...items: readonly string[]): string =>
  `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>${SITE}</link>${items.join('')}</channel></rss>`;

describe('old addresses', () => {
  it('lead nowhere in a forum that no blog has moved to', async () => {
    const served = await startForum();
    await served.admin();
    for (const path of ['/nothing/feed', '/?p=1', '/category/x', '/page/2', '/2012', '/author/x', '/?attachment_id=1'])
      expect([path, (await served.call('GET', path)).status]).toEqual([path, 404]);
    await served.close();
  });
});

describe('old addresses of a blog that was imported', () => {
  let moving: ServedImport;
  let served: RunningForum;
  let writing: ImportForum;

  beforeEach(async () => {
    moving = await ServedImport.open();
    ({ served, writing } = moving);
    await served.admin();
  });
  afterEach(() => moving.close());

  const answer = async (path: string) => {
    const { status, headers } = await fetch(new URL(path, served.url), { redirect: 'manual' });
    return [status, headers.get('location')];
  };

  it('lead to the posts, each path and number, and to the lists that are here too; others are not found', async () => {
    await moving.bring(xml(item(11, 'two-rivers'), item(12, 'sông', { link: `${SITE}/?p=12` })));
    expect(await answer('/2015/10/two-rivers/')).toEqual([301, '/posts/two-rivers']);
    expect(await answer('/2015/10/Two-Rivers?utm_source=x')).toEqual([301, '/posts/two-rivers']);
    expect(await answer('/?p=11')).toEqual([301, '/posts/two-rivers']);
    expect(await answer('/?page_id=12')).toEqual([301, '/posts/song']);
    expect(await answer('/category/news/two-words/')).toEqual([301, '/tags/two%20words']);
    expect(await answer('/tag/two-words')).toEqual([301, '/tags/two%20words']);
    expect(await answer('/2015/10/')).toEqual([301, '/archive/2015/10']);
    expect(await answer('/tag/geneve-2/')).toEqual([301, '/tags/gen%C3%A8ve!']);
    expect(await answer('/feed/')).toEqual([301, '/feed.xml']);
    // There is no feed of all comments here, so the one of the posts stands for it until there is.
    expect(await answer('/comments/feed/atom')).toEqual([302, '/feed.atom']);
    expect(await answer('/2015/10/two-rivers/feed/')).toEqual([301, '/posts/two-rivers/feed.xml']);
    expect(await answer('/2015/10/two-rivers/?feed=atom')).toEqual([301, '/posts/two-rivers/feed.atom']);
    expect(await answer('/category/two-words/feed/')).toEqual([301, '/tags/two%20words/feed.xml']);
    expect(await answer('/2015/10/feed/')).toEqual([302, '/archive/2015/10']);
    expect(await answer('/2015/10/two-rivers/comment-page-1/')).toEqual([301, '/posts/two-rivers']);
    expect(await answer('/page/2/')).toEqual([301, '/']);
    expect(await answer('/2015/')).toEqual([301, '/archive#year-2015']);
    expect(await answer('/author/nobody/')).toEqual([302, '/archive']);
    await served.member('noy');
    expect(await answer('/author/Noy/')).toEqual([302, '/members/noy']);
    expect(await answer('/author/noy/page/3/')).toEqual([302, '/members/noy']);
    expect(await answer('/author/noy/feed/')).toEqual([302, '/members/noy/feed.xml']);
    expect(await answer('/author/nobody/feed/')).toEqual([302, '/archive']);
    for (const path of [
      '/?p=99',
      '/?attachment_id=131',
      '/?cat=3',
      '/2015/10/nowhere/',
      '/2015/10/nowhere/feed',
      '/category/none',
      '/2015/13',
    ])
      expect([path, ...(await answer(path))]).toEqual([path, 404, null]);
    expect(await answer('/')).toEqual([200, null]);
    expect(await answer('/?at=1')).toEqual([200, null]);
    expect((await served.call('GET', '/api/v1/2015/10/two-rivers')).status).toBe(404);
    expect((await served.call('POST', '/2015/10/two-rivers')).status).toBe(404);
    expect(await unequalViews(served)).toEqual([]);
  });

  it('of categories and tags lead to the tag by what WordPress called it, however unlike its name', async () => {
    const named = (domain: string, nicename: string, name: string) =>
      `<category domain="${domain}" nicename="${nicename}"><![CDATA[${name}]]></category>`;
    const terms =
      '<wp:category><wp:category_nicename>alt</wp:category_nicename><wp:cat_name><![CDATA[Ohne Attribut]]></wp:cat_name></wp:category>' +
      '<wp:category><wp:category_nicename>leer</wp:category_nicename><wp:cat_name><![CDATA[Nobody uses it]]></wp:cat_name></wp:category>' +
      '<wp:tag><wp:tag_slug>jwd</wp:tag_slug><wp:tag_name><![CDATA[Weit draußen]]></wp:tag_name></wp:tag>';
    const inside =
      named('category', 'politik', 'Gesellschaft &amp; Staat') +
      named('post_tag', 'politik', 'Wahlen') +
      named('post_tag', '%e0%b9%82%e0%b8%82%e0%b8%87', 'Mekong') +
      named('category', 'two-words', 'Else') +
      '<category><![CDATA[Ohne Attribut]]></category><category domain="tag"><![CDATA[Weit draußen]]></category>';
    const blog = xml(terms, item(11, 'named', { inside }), item(12, 'second'));
    await moving.bring(blog);
    expect(await answer('/category/politik/')).toEqual([301, '/tags/gesellschaft%20%26%20staat']);
    expect(await answer('/category/land/Politik')).toEqual([301, '/tags/gesellschaft%20%26%20staat']);
    expect(await answer('/category/politik/feed/')).toEqual([301, '/tags/gesellschaft%20%26%20staat/feed.xml']);
    expect(await answer('/category/politik/page/2/')).toEqual([301, '/tags/gesellschaft%20%26%20staat']);
    expect(await answer('/tag/politik')).toEqual([301, '/tags/wahlen']);
    expect(await answer('/tag/%E0%B9%82%E0%B8%82%E0%B8%87/')).toEqual([301, '/tags/mekong']);
    expect(await answer('/category/alt')).toEqual([301, '/tags/ohne%20attribut']);
    expect(await answer('/tag/jwd')).toEqual([301, '/tags/weit%20drau%C3%9Fen']);
    expect(await answer('/category/leer')).toEqual([404, null]);
    const head = await writing.head();
    await moving.bring(blog);
    expect(await writing.head()).toBe(head);
    expect(await unequalViews(served)).toEqual([]);
  });

  it('of a category that has another name in a later run lead to that', async () => {
    const blog = (name: string) =>
      xml(item(11, 'named', { inside: `<category domain="category" nicename="k7">${name}</category>` }));
    await moving.bring(blog('Before'));
    expect(await answer('/category/k7')).toEqual([301, '/tags/before']);
    await moving.bring(blog('After'));
    expect(await answer('/category/k7')).toEqual([301, '/tags/after']);
  });

  it('lead nowhere when their post was withdrawn, and never take the place of a page of ours', async () => {
    await moving.bring(
      xml(
        item(11, 'gone'),
        item(12, 'ours', { link: `${SITE}/archive/` }),
        item(13, 'fed', { link: `${SITE}/about/feed/` }),
      ),
    );
    expect(await answer('/about/feed/')).toEqual([301, '/posts/fed']);
    expect(await answer('/archive')).toEqual([200, null]);
    const { id } = await served.done<Post>('GET', '/api/v1/posts/gone');
    const { token } = await served.admin();
    await served.done('POST', `/api/v1/posts/${id}/withdraw`, { token });
    expect(await answer('/2015/10/gone/')).toEqual([404, null]);
  });

  it('in texts are the new ones, wherever the post stands in the file, and of comments too', async () => {
    const links = `<a href="${SITE}/2015/10/second/#comment-7">see</a> <a href="/?p=12">this</a> <a href="https://else.example/2015/10/second/">that</a>`;
    await moving.bring(
      xml(
        item(11, 'first', {
          content: links,
          inside: comment(3, `<a href="http://www.old.example/2015/10/second">there</a>`),
        }),
        item(12, 'second', { inside: comment(7, 'Here') }),
      ),
    );
    const first = await served.done<Post>('GET', '/api/v1/posts/first');
    const seventh = (await writing.comments()).get('7')?.id;
    expect(first.bodyHtml).toContain(`href="/posts/second#comment-${seventh}"`);
    expect(first.bodyHtml).toContain('href="/posts/second"');
    expect(first.bodyHtml).toContain('href="https://else.example/2015/10/second/"');
    expect((await served.thread(first.id)).items[0]?.bodyHtml).toContain('href="/posts/second"');
  });

  it('name the address that a post gets when another has its own already, also in a second run', async () => {
    const { token } = await served.admin();
    const { slug } = await served.done<Post>('POST', '/api/v1/posts', {
      token,
      body: { title: 'Second', body: 'Ours' },
    });
    expect(slug).toBe('second');
    const blog = xml(item(11, 'first', { content: `<a href="${SITE}/?p=12">this</a>` }), item(12, 'second'));
    await moving.bring(blog);
    expect((await served.done<Post>('GET', '/api/v1/posts/first')).bodyHtml).toContain('href="/posts/second-2"');
    expect((await served.done<Post>('GET', '/api/v1/posts/second-2')).title).toBe('second');
    const head = await writing.head();
    await moving.bring(blog);
    expect(await writing.head()).toBe(head);
  });
});
