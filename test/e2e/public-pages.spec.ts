import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Post } from '../../libs/client/index.ts';
import { ListPostAddresses } from '../../src/views/post-list/post-list.query-types.ts';
import { readSitemap } from '../support/feed-checks.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const ORIGIN = 'https://forum.example';
const HOSTILE = 'A </script><script>alert(1)</script> & "B" <!-- é';

let forum: RunningForum;
let editor: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ env: { PUBLIC_URL: ORIGIN, EMBED_ORIGINS: 'https://blog.example' } });
  editor = await forum.member('the-editor', ['admin']);
  const body = `Text of ${HOSTILE}`;
  post = await forum.publish(editor, { title: HOSTILE, body, tags: ['Maps & more'], locale: 'vi' });
  await forum.comment(editor, post.id);
}, 60_000);
afterAll(() => forum.close());

interface Head {
  readonly links: readonly Readonly<Record<string, string>>[];
  readonly properties: Readonly<Record<string, string>>;
  /** What stands in the elements for schema.org. */
  readonly described: readonly string[];
  /** The elements that a browser would run. */
  readonly programs: number;
}

async function headOf(path: string, options: { readonly token?: string } = {}): Promise<Head> {
  const { status, body } = await forum.call('GET', path, {
    headers: { 'accept-language': 'en', ...(options.token && { cookie: `__Host-colloquy_session=${options.token}` }) },
  });
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  const elements = elementsIn(parse(String(body)));
  const named = (name: string) => elements.filter(({ tagName }) => tagName === name);
  const attributes = ({ attrs }: DefaultTreeAdapterTypes.Element): Record<string, string> =>
    Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
  const scripts = named('script').map((one) => ({ type: attributes(one)['type'], text: textIn(one) }));
  return {
    links: named('link').map(attributes),
    properties: Object.fromEntries(
      named('meta')
        .map(attributes)
        .flatMap(({ property, content = '' }) => (property === undefined ? [] : [[property, content]])),
    ),
    described: scripts.filter(({ type }) => type === 'application/ld+json').map(({ text }) => text),
    programs: scripts.filter(({ type = '' }) => !type.endsWith('json')).length,
  };
}

function elementsIn(node: DefaultTreeAdapterTypes.ParentNode): readonly DefaultTreeAdapterTypes.Element[] {
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));
}

function textIn({ childNodes }: DefaultTreeAdapterTypes.Element): string {
  return childNodes.map((child) => ('value' in child ? child.value : '')).join('');
}

const canonical = ({ links }: Head): readonly (string | undefined)[] =>
  links.filter(({ rel }) => rel === 'canonical').map(({ href }) => href);
const feeds = ({ links }: Head): readonly (string | undefined)[] =>
  links.filter(({ rel, type }) => rel === 'alternate' && type !== undefined).map(({ href }) => href);
const feedsAt = (path: string): readonly string[] => ['feed.atom', 'feed.xml', 'feed.json'].map((file) => path + file);

describe('a page that everybody may read', () => {
  it('names its one address, and the feeds that go with it', async () => {
    const { slug } = post;
    const month = new Date().toISOString().slice(0, 7).replace('-', '/');
    for (const [path, address, feed] of [
      ['/', '/', '/'],
      ['/?utm_source=x', '/', '/'],
      ['/archive', '/archive', '/'],
      [`/archive/${month}`, `/archive/${month}`, '/'],
      ['/tags/MAPS%20%26%20more', '/tags/maps%20%26%20more', '/tags/maps%20%26%20more/'],
      [`/posts/${slug}`, `/posts/${slug}`, `/posts/${slug}/`],
      [`/posts/${slug}?sort=newest`, `/posts/${slug}`, `/posts/${slug}/`],
      [`/posts/${post.id}?answer=x&utm_source=y`, `/posts/${slug}`, `/posts/${slug}/`],
      ['/members/the-editor', '/members/the-editor', '/members/the-editor/'],
      ['/privacy', '/privacy', '/'],
    ] as const) {
      const head = await headOf(path);
      expect([path, canonical(head), feeds(head)]).toEqual([path, [ORIGIN + address], feedsAt(feed)]);
    }
  });

  it('tells previews of it in the words that stand there, whatever they are', async () => {
    const { properties, described, programs } = await headOf(`/posts/${post.slug}`);
    expect(properties).toEqual({
      'og:type': 'article',
      'og:title': HOSTILE,
      'og:description': `Text of ${HOSTILE}`,
      'og:url': `${ORIGIN}/posts/${post.slug}`,
      'og:site_name': 'Colloquy',
      'og:locale': 'en_US',
      'article:published_time': post.publishedAt,
    });
    expect(described.map((text) => JSON.parse(text))).toEqual([
      {
        '@context': 'https://schema.org',
        '@type': 'Article',
        '@id': `${ORIGIN}/posts/${post.slug}`,
        url: `${ORIGIN}/posts/${post.slug}`,
        mainEntityOfPage: `${ORIGIN}/posts/${post.slug}`,
        headline: HOSTILE,
        description: `Text of ${HOSTILE}`,
        inLanguage: 'vi',
        datePublished: post.publishedAt,
        dateModified: post.publishedAt,
        author: { '@type': 'Person', name: 'Name of the-editor', url: `${ORIGIN}/members/the-editor` },
        publisher: { '@type': 'Organization', name: 'Colloquy', url: `${ORIGIN}/` },
        keywords: ['Maps & more'],
        commentCount: 1,
        discussionUrl: `${ORIGIN}/posts/${post.slug}#discussion`,
        interactionStatistic: {
          '@type': 'InteractionCounter',
          interactionType: 'https://schema.org/CommentAction',
          userInteractionCount: 1,
        },
      },
    ]);
    const plain = await headOf('/archive');
    expect([programs, plain.described, plain.properties['og:type']]).toEqual([plain.programs, [], 'website']);
    expect((await headOf('/members/the-editor')).properties['og:type']).toBe('profile');
  });

  it('is told of as a discussion where the text is on another site', async () => {
    const url = 'https://blog.example/borders';
    const body = { url, title: 'Borders' };
    const page = await forum.done<Post>('PUT', '/api/v1/pages', { body, headers: { origin: 'https://blog.example' } });
    await forum.comment(editor, page.id);
    const { slug } = await forum.done<Post>('GET', `/api/v1/posts/${page.id}`);
    const [text = ''] = (await headOf(`/posts/${slug}`)).described;
    expect(JSON.parse(text)).toMatchObject({
      '@type': 'DiscussionForumPosting',
      headline: 'Borders',
      text: 'Borders',
      sharedContent: { '@type': 'WebPage', url },
    });
  });

  it('shows its first own image to previews', async () => {
    const id = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01';
    const { slug } = await forum.publish(editor, {
      title: 'Pictures',
      body: `![Far](https://cdn.example/a.png) ![Own](/images/${id}-960.jpg)`,
    });
    const { properties } = await headOf(`/posts/${slug}`);
    expect(properties['og:image']).toBe(`${ORIGIN}/images/${id}-960.jpg`);
  });
});

test('pages for members alone, searches and refusals name nothing', async () => {
  for (const path of ['/settings', '/notifications', '/sign-in', '/search?q=text', '/admin']) {
    const head = await headOf(path, path === '/sign-in' ? {} : { token: editor.token });
    expect([path, canonical(head), feeds(head), head.properties]).toEqual([path, [], [], {}]);
  }
  const publishAt = new Date(Date.now() + 3_600_000).toISOString();
  const { slug } = await forum.publish(editor, { title: 'Later', publishAt });
  expect(canonical(await headOf(`/posts/${slug}`, { token: editor.token }))).toEqual([]);
});

describe('the list of all addresses', () => {
  it('has lists, tags and published posts with their last change, and robots.txt names it', async () => {
    const withdrawn = await forum.publish(editor, { title: 'To withdraw' });
    const before = readSitemap(await textAt('/sitemap.xml'));
    expect(before.map(({ url }) => url)).toContain(`${ORIGIN}/posts/${withdrawn.slug}`);
    await forum.done('POST', `/api/v1/posts/${withdrawn.id}/withdraw`, { token: editor.token, body: {} });
    const edited = await forum.done<Post>('PATCH', `/api/v1/posts/${post.id}`, {
      token: editor.token,
      body: { excerpt: 'In short' },
    });
    const all = readSitemap(await textAt('/sitemap.xml'));
    const urls = all.map(({ url }) => url);
    expect(all).toContainEqual({ url: `${ORIGIN}/posts/${post.slug}`, changed: edited.editedAt });
    for (const path of ['/', '/archive', '/privacy', '/tags/maps%20%26%20more']) expect(urls).toContain(ORIGIN + path);
    const posts = urls.filter((url) => url.includes('/posts/'));
    expect(posts).toEqual([`${ORIGIN}/posts/${post.slug}`, `${ORIGIN}/posts/pictures`]);
    const page = { limit: 1, offset: 1 };
    const second = new ListPostAddresses(new Date().toISOString(), page);
    expect(await forum.forum.app.get(QueryBus, { strict: false }).execute(second)).toMatchObject([
      { slug: 'pictures' },
    ]);
    const lists = readSitemap(await textAt('/sitemap-lists.xml'));
    expect([...lists, ...readSitemap(await textAt('/sitemap-1.xml'))]).toEqual(all);
    expect((await textAt('/robots.txt')).split('\n')).toContain(`Sitemap: ${ORIGIN}/sitemap.xml`);
    for (const part of ['2.xml', '0.xml', '-1.xml', '1', '1e3.xml', 'lists', '%00.xml', '99999.xml'])
      expect([part, (await forum.call('GET', `/sitemap-${part}`)).status]).toEqual([part, 404]);
  });

  it('keeps crawlers from places of members and staff, and from no page that it lists', async () => {
    const rules = (await textAt('/robots.txt')).split('\n').flatMap((line) => /^Disallow: (.+)$/.exec(line)?.[1] ?? []);
    const isKept = (path: string): boolean => rules.some((rule) => matches(rule, path));
    for (const path of ['/settings/devices', '/admin', '/moderation/queue', '/?q=a', `/posts/${post.slug}?sort=best`])
      expect([path, isKept(path)]).toEqual([path, true]);
    for (const { url } of readSitemap(await textAt('/sitemap.xml')))
      expect([url, isKept(url.slice(ORIGIN.length))]).toEqual([url, false]);
    for (const path of ['/moderation-log', '/feed.atom', '/members/mali', '/members/mali?posts=x', '/images/a.jpg'])
      expect([path, isKept(path)]).toEqual([path, false]);
  });
});

async function textAt(path: string): Promise<string> {
  const { status, body } = await forum.call('GET', path);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  return String(body);
}

/** RFC 9309, 2.2.2: a beginning of the path, in which `*` is whatever. */
function matches(rule: string, path: string): boolean {
  const [first = '', ...parts] = rule.split('*');
  let at = path.startsWith(first) ? first.length : -1;
  for (const part of parts) {
    if (at === -1) return false;
    const found = path.indexOf(part, at);
    at = found === -1 ? -1 : found + part.length;
  }
  return at !== -1;
}
