import { describe, expect, test } from '@jest/globals';
import { given, metaOf, NOW, remembered } from '../../../test/support/given.ts';
import {
  BringBackPost,
  EditPost,
  ForfeitPostName,
  KeepPostAddresses,
  PublishPost,
  WithdrawPost,
} from './post.commands.ts';
import { postDecider } from './post.decider.ts';
import type {
  OldTagName,
  PostAddressesKept,
  PostBroughtBack,
  PostEdited,
  PostEvent,
  PostNameLost,
  PostPublished,
  PostWithdrawn,
} from './post.events.ts';
import { isPublic, type PostFacts, postFacts } from './post.facts.ts';

const postId = 'p1';
const wish: PublishPost['data'] = {
  postId,
  kind: 'article',
  title: 'Borders',
  slug: 'borders',
  body: 'Text.',
  excerpt: null,
  tags: ['Mekong'],
  locale: 'en',
  publishAt: NOW,
  authorId: 'ed',
  byline: null,
  source: null,
};
const source = { kind: 'wordpress', site: 'https://blog.example.org', id: '7' } as const;
const publishPost = (over: Partial<PublishPost['data']> = {}) => new PublishPost({ ...wish, ...over }, metaOf());
const editPost = (over: Partial<EditPost['data']>) => new EditPost({ postId, ...over }, metaOf());
const withdrawPost = new WithdrawPost({ postId }, metaOf());
const published: PostPublished = { type: 'PostPublished.v1', data: wish, personal: null };
const edited: PostEdited = { type: 'PostEdited.v1', data: { postId, title: 'Limits', tags: [] }, personal: null };
const bringBackPost = new BringBackPost({ postId }, metaOf());
const broughtBack: PostBroughtBack = { type: 'PostBroughtBack.v1', data: { postId }, personal: null };
const withdrawn: PostWithdrawn = { type: 'PostWithdrawn.v1', data: { postId }, personal: null };
const nothing = given(postDecider, []);

describe('publishing a post', () => {
  test('records it whole', () => {
    nothing.when(publishPost(), undefined).then([published]);
  });

  test('trims and composes its texts, names each tag once, and writes its moment in UTC', () => {
    const over = {
      title: ' Bie\u0302n giới ',
      body: 'a\r\nb\n',
      excerpt: ' ',
      tags: ['Mekong', ' mekong', 'ไทย'],
      publishAt: '2015-10-05T15:00:00+07:00',
    };
    const kept = { title: 'Biên giới', body: 'a\nb', excerpt: null, tags: ['Mekong', 'ไทย'] };
    nothing.when(publishPost(over), undefined).then([{ ...published, data: { ...wish, ...kept } }]);
  });

  test.each<[string, Partial<PublishPost['data']>]>([
    ['title', { title: ' ' }],
    ['title', { title: 'x'.repeat(201) }],
    ['title', { title: 'two\nlines' }],
    ['body', { body: '' }],
    ['body', { body: 'x'.repeat(200_001) }],
    ['excerpt', { excerpt: 'x'.repeat(2_001) }],
    ['tags', { tags: Array.from({ length: 21 }, (_, n) => `tag ${n}`) }],
    ['tags.1', { tags: ['fine', 'x'.repeat(51)] }],
    ['locale', { locale: 'english' }],
    ['publishAt', { publishAt: 'tomorrow' }],
    ['publishAt', { publishAt: '2027-02-30T08:00:00Z' }],
    ['slug', { slug: 'a b' }],
    ['byline', { byline: '' }],
  ])('refuses a wrong %s', (field, over) => {
    nothing.when(publishPost(over), undefined).thenRefused('invalid', { field });
  });

  test('lets a page of another site be without text, and an import be longer', () => {
    const page = { kind: 'page', body: '' } as const;
    nothing.when(publishPost(page), undefined).then([{ ...published, data: { ...wish, ...page } }]);
    const long = { body: 'x'.repeat(200_001), source, authorId: null, byline: 'Sokha' };
    nothing.when(publishPost(long), undefined).then([{ ...published, data: { ...wish, ...long } }]);
  });

  test('again with the same content changes nothing, whatever became of the post since', () => {
    for (const facts of [[published], [published, edited], [published, withdrawn]]) {
      given(postDecider, facts).when(publishPost(), undefined).then([]);
    }
  });

  test.each<Partial<PublishPost['data']>>([
    { title: 'Limits' },
    { authorId: 'other' },
    { tags: ['Mekong', 'Laos'] },
    { tags: [] },
    { source },
    { publishAt: '2015-10-06T08:00:00.000Z' },
  ])('again with another content is another post: %j', (over) => {
    given(postDecider, [published]).when(publishPost(over), undefined).thenRefused('id_taken');
  });

  test('knows a repeat whatever the order of fields in the log', () => {
    const { id, site, kind } = source;
    const stored: PostPublished = { ...published, data: { ...wish, source: { id, site, kind } } };
    given(postDecider, [stored]).when(publishPost({ source }), undefined).then([]);
  });
});

describe('editing a post', () => {
  test('records the fields that changed, and those alone', () => {
    given(postDecider, [published])
      .when(editPost({ title: 'Limits', body: 'Text.', tags: [] }), undefined)
      .then([edited]);
  });

  test('to what it is already changes nothing', () => {
    given(postDecider, [published, edited])
      .when(editPost({ title: ' Limits ', tags: [] }), undefined)
      .then([]);
    given(postDecider, [published]).when(editPost({}), undefined).then([]);
  });

  test('follows the last edit, not the first text', () => {
    given(postDecider, [published, edited])
      .when(editPost({ title: 'Borders' }), undefined)
      .then([{ ...edited, data: { postId, title: 'Borders' } }]);
  });

  test('can take the excerpt away and move the moment', () => {
    const withExcerpt = { ...published, data: { ...wish, excerpt: 'Short.' } };
    const changes = { excerpt: null, publishAt: '2015-11-01T00:00:00.000Z' };
    given(postDecider, [withExcerpt])
      .when(editPost(changes), undefined)
      .then([{ ...edited, data: { postId, ...changes } }]);
  });

  test('can give it another address, and the former one back', () => {
    const moved: PostEdited = { ...edited, data: { postId, slug: 'limits' } };
    const there = given(postDecider, [published, moved]);
    given(postDecider, [published])
      .when(editPost({ slug: 'limits' }), undefined)
      .then([moved]);
    there.when(editPost({ slug: 'limits' }), undefined).then([]);
    there.when(editPost({ slug: 'borders' }), undefined).then([{ ...edited, data: { postId, slug: 'borders' } }]);
    there.when(editPost({ slug: 'two words' }), undefined).thenRefused('invalid', { field: 'slug' });
    there.when(publishPost(), undefined).then([]);
  });

  test('refuses what is unknown, withdrawn or wrong', () => {
    nothing.when(editPost({ title: 'Limits' }), undefined).thenRefused('post_not_found');
    given(postDecider, [published, withdrawn])
      .when(editPost({ title: 'x' }), undefined)
      .thenRefused('post_withdrawn');
    given(postDecider, [published])
      .when(editPost({ title: '' }), undefined)
      .thenRefused('invalid');
  });
});

describe('withdrawing a post', () => {
  test('happens once', () => {
    given(postDecider, [published]).when(withdrawPost, undefined).then([withdrawn]);
    given(postDecider, [published, withdrawn]).when(withdrawPost, undefined).then([]);
    nothing.when(withdrawPost, undefined).thenRefused('post_not_found');
  });
});

describe('bringing a post back', () => {
  test('happens once, and only where it was withdrawn', () => {
    given(postDecider, [published, withdrawn]).when(bringBackPost, undefined).then([broughtBack]);
    for (const facts of [[published], [published, withdrawn, broughtBack]])
      given(postDecider, facts).when(bringBackPost, undefined).then([]);
    nothing.when(bringBackPost, undefined).thenRefused('post_not_found');
  });

  test('lets it be edited and withdrawn again', () => {
    const back = given(postDecider, [published, withdrawn, broughtBack]);
    back.when(editPost({ title: 'Limits', tags: [] }), undefined).then([edited]);
    back.when(withdrawPost, undefined).then([withdrawn]);
  });
});

test('readers see a post from its moment on, except while it is withdrawn', () => {
  const later: PostEdited = { ...edited, data: { postId, publishAt: '2015-10-05T08:00:00.001Z' } };
  expect(isPublic(after([]), NOW)).toBe(false);
  expect(isPublic(after([published]), NOW)).toBe(true);
  expect(isPublic(after([published, later]), NOW)).toBe(false);
  expect(isPublic(after([published, withdrawn]), NOW)).toBe(false);
  expect(isPublic(after([published, withdrawn, broughtBack]), NOW)).toBe(true);
});

function after(facts: readonly PostEvent[]): PostFacts | null {
  return remembered(facts).reduce(postFacts.evolve, postFacts.initial());
}

test('addresses where a post came from are kept once each, and only web addresses', () => {
  const keep = (addresses: readonly string[], attachments: readonly string[] = []) =>
    new KeepPostAddresses({ postId, addresses, attachments, tagNames: [] }, metaOf());
  const [link, file] = ['https://blog.example.org/borders/', 'https://blog.example.org/map.png'];
  const kept: PostAddressesKept = {
    type: 'PostAddressesKept.v2',
    data: { postId, addresses: [link], attachments: [file], tagNames: [] },
    personal: null,
  };
  nothing.when(keep([link]), undefined).thenRefused('post_not_found');
  const there = given(postDecider, [published]);
  const odd = ['', 'urn:uuid:1', 'javascript:x', 'https:///', 'https://a b/', `https://${'a'.repeat(2_000)}`];
  there.when(keep([link, link, ...odd], [file]), undefined).then([kept]);
  const again = given(postDecider, [published, kept]);
  again.when(keep([link], [file]), undefined).then([]);
  again
    .when(keep([link, `${link}2`]), undefined)
    .then([{ ...kept, data: { postId, addresses: [`${link}2`], attachments: [], tagNames: [] } }]);
});

test('what its tags were called where it came from is kept once each, and only what an address can hold', () => {
  const keep = (...tagNames: readonly OldTagName[]) =>
    new KeepPostAddresses({ postId, addresses: [], attachments: [], tagNames }, metaOf());
  const name: OldTagName = { tag: 'State & law', taxonomy: 'category', nicename: 'politics' };
  const kept = (...tagNames: readonly OldTagName[]): PostAddressesKept => ({
    type: 'PostAddressesKept.v2',
    data: { postId, addresses: [], attachments: [], tagNames },
    personal: null,
  });
  const odd = ['', 'a/b', 'a b', 'a'.repeat(1_001)].map((nicename) => ({ ...name, nicename }));
  given(postDecider, [published])
    .when(keep(name, { ...name }, ...odd), undefined)
    .then([kept(name)]);
  const again = given(postDecider, [published, kept(name)]);
  const [renamed, other] = [
    { ...name, tag: 'Politics' },
    { ...name, taxonomy: 'tag' as const },
  ];
  again.when(keep(name), undefined).then([]);
  again.when(keep(name, renamed, other), undefined).then([kept(renamed, other)]);
});

test('an address that was given away before the post came is not its own any more', () => {
  const name = 'slug-borders';
  const lost: PostNameLost = { type: 'PostNameLost.v1', data: { postId, name }, personal: null };
  const forfeit = new ForfeitPostName({ postId, name }, metaOf());
  const late = given(postDecider, [lost]);
  nothing.when(forfeit, undefined).then([lost]);
  late.when(forfeit, undefined).then([]);
  given(postDecider, [published]).when(forfeit, undefined).thenRefused('slug_taken');
  late.when(publishPost(), undefined).thenRefused('slug_taken');
  late
    .when(publishPost({ slug: 'borders-2' }), undefined)
    .then([{ ...published, data: { ...wish, slug: 'borders-2' } }]);
});
