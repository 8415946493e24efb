import type { Author, FoundText, Page } from '../../../libs/client/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { indexedName, parseSearch, type Search } from '../../../libs/search/index.ts';
import { NO_LANGUAGE } from '../../../libs/words/index.ts';
import { answering, type Parts } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { type FoundPost, foundPlaces, foundPost, idOfPost } from '../post-list/door/found-post.ts';
import { nextOutAfter } from '../post-list/door/next-out.ts';
import { postsOfSite } from '../post-list/door/posts-of-site.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { siteNameOf } from '../site/site.query-types.ts';
import { CommentTexts } from '../thread/door/comment-texts.ts';
import { type FoundComment, foundComments } from '../thread/door/readable.ts';
import { requireBuilt } from './being-built.ts';
import { FIRST_ENTRIES } from './find-entries.ts';
import { KeptSearches } from './kept-searches.ts';
import { membersNamed } from './member-names.ts';
import { FindUnknownNames, SearchTexts, type TextsWish } from './search.query-types.ts';
import { KIND } from './search.schema.ts';
import { readEntryPlace, writeEntryPlace } from './search-cursor.ts';
import type { EntryAsked, EntryPlace, FoundEntry, ShownTexts, SoughtAuthor } from './search-questions.ts';
import { SearchThreads } from './search-threads.ts';
import { waysOf } from './ways-to-read.ts';

const PARTS = {
  views: VIEWS,
  thread: SearchThreads,
  kept: KeptSearches,
  members: MemberDirectory,
  texts: CommentTexts,
  site: SiteMemory,
} as const;
type Needs = Parts<typeof PARTS>;

/** What a page shows, before its words are marked. */
interface Readable {
  readonly kind: FoundText['kind'];
  readonly id: string;
  readonly post: FoundText['post'];
  readonly author: Author | null;
  readonly at: string;
  readonly language: string | null;
  readonly body: string;
  /** Of a post that has one. */
  readonly excerpt: string | null;
}

/** Members that are looked for by the names of one search: many may have the same. */
const MOST_NAMED = 64;

/** How often the index is asked for one page: what it finds may be hidden below a hidden comment. */
const MOST_ROUNDS = 3;

export const searchQueries = [
  SearchThreads,
  KeptSearches,
  answering(SearchTexts, PARTS, async ({ wish, now, after }, parts): Promise<Page<FoundText>> => {
    requireBuilt(parts.views);
    if (after !== null) await parts.views.reached(after, undefined, 'search');
    const at = Date.parse(now);
    const { siteNames } = parts.site.now();
    return parts.kept.page(JSON.stringify([wish, siteNames]), at, {
      make: () => pageOf(wish, at, parts),
      nextOut: () => nextOutAfter(parts.views, at),
    });
  }),
  answering(FindUnknownNames, PARTS, async ({ wish, now }, parts) => {
    requireBuilt(parts.views);
    const names = authorsIn(parseSearch(waysOf(wish.q, wish)[0] ?? wish.q, wish), wish);
    const asked = {
      authors: await Promise.all(names.map((name) => sought(name, mostOf(names), parts))),
      tag: wish.filter.tag?.toLowerCase() ?? null,
      now: Date.parse(now),
    };
    if (names.length === 0 && asked.tag === null) return { authors: [], tag: null };
    return parts.thread.unknownNames(parts.views.db('search').name, asked);
  }),
];

/** Throws DomainError invalid, busy. */
async function pageOf(wish: TextsWish, now: number, parts: Needs): Promise<Page<FoundText>> {
  const ways = waysOf(wish.q, wish);
  const asked = await askedOf({ ...wish, ways }, now, parts);
  if (asked === null) return { items: [], next: null };
  const readable: Readable[] = [];
  let place: EntryPlace | null = asked.after;
  for (let round = 0; place !== null && round < MOST_ROUNDS && readable.length < wish.limit; round += 1) {
    const limit = wish.limit - readable.length;
    const { entries, next, isTired } = await parts.thread.find(parts.views.db('search').name, {
      ...asked,
      limit,
      after: place,
    });
    readable.push(...(await readableOf(entries, asked.now, parts)));
    place = next;
    if (isTired) break;
  }
  const shown = await parts.thread.show(
    readable.map(({ post: { title }, body, excerpt }) =>
      excerpt === null ? { title, body } : { title, body, excerpt },
    ),
    { ways, isTyping: wish.isTyping },
  );
  const items = readable.flatMap((found, at) => {
    const html = shown[at];
    return html ? [itemOf(found, html)] : [];
  });
  return { items, next: place && writeEntryPlace(place, wish) };
}

function itemOf(
  { kind, id, post, author, at, language }: Readable,
  { titleHtml, highlightHtml }: ShownTexts,
): FoundText {
  return language === null
    ? { kind, id, post, author, at, titleHtml, highlightHtml }
    : { kind, id, post, author, at, language, titleHtml, highlightHtml };
}

/** Null when nothing can be found. Throws DomainError invalid. */
async function askedOf(
  wish: TextsWish & { readonly ways: readonly string[] },
  now: number,
  parts: Needs,
): Promise<EntryAsked | null> {
  const { filter } = wish;
  const search = parseSearch(wish.ways[0] ?? wish.q, wish);
  const post = filter.post === undefined ? null : idOfPost(parts.views, filter.post);
  if (filter.post !== undefined && post === null) return null;
  const authors = authorsIn(search, wish);
  const most = mostOf([...authors, ...search.notAuthors]);
  return {
    ways: wish.ways,
    isTyping: wish.isTyping,
    kinds: filter.kinds,
    post: post && post.toString('hex'),
    posts: filter.site === undefined ? null : postsOfSite(parts.views, filter.site),
    authors: await Promise.all(authors.map((name) => sought(name, most, parts))),
    notAuthors: await Promise.all(search.notAuthors.map((name) => sought(name, most, parts))),
    tag: filter.tag?.toLowerCase() ?? null,
    from: filter.from ?? null,
    to: filter.to ?? null,
    sort: wish.sort,
    limit: wish.limit,
    after: wish.cursor === null ? FIRST_ENTRIES : readEntryPlace(wish.cursor, wish),
    now,
  };
}

/** Those of the words and that of the filter. */
function authorsIn({ authors }: Search, { filter: { author } }: Pick<TextsWish, 'filter'>): readonly string[] {
  return author === undefined ? authors : [...authors, author];
}

function mostOf(names: readonly string[]): number {
  return Math.ceil(MOST_NAMED / names.length);
}

/** The index may be a moment behind: only who has the name now is found by it. */
async function sought(name: string, most: number, { members, views }: Needs): Promise<SoughtAuthor> {
  const ids = membersNamed(views.db('search'), name, most).map(idText);
  const named = [...(await members.authors(ids))].filter(
    ([, author]) => author && isSameName(author.displayName, name),
  );
  const byHandle = await members.byHandle(name);
  const all = new Set([...(byHandle ? [byHandle.memberId] : []), ...named.map(([id]) => id)]);
  return { name, members: [...all].map((id) => idBytes(id).toString('hex')) };
}

function isSameName(one: string, other: string): boolean {
  return indexedName(one) === indexedName(other);
}

/** What everybody can read now, whatever the index says. */
async function readableOf(entries: readonly FoundEntry[], now: number, parts: Needs): Promise<readonly Readable[]> {
  const placeOf = foundPlaces(parts.views, now);
  const ids = entries.filter(({ kind }) => kind === KIND.comment).map(({ id }) => id);
  const comments = await writtenIn(foundComments(parts.views, ids), parts);
  const found: Readable[] = [];
  for (const { kind, id, post } of entries) {
    const one =
      kind === KIND.post
        ? await postFound(foundPost(parts.views, Buffer.from(id, 'hex'), now), parts)
        : commentFound(comments.get(id), placeOf(post), parts);
    if (one !== null) found.push(one);
  }
  return found;
}

async function postFound(row: FoundPost | null, parts: Needs): Promise<Readable | null> {
  if (row === null) return null;
  const author = row.author === null ? bylineOf(row.byline) : await parts.members.author(idText(row.author));
  return {
    kind: 'post',
    id: row.place.id,
    post: placed(row.place, parts),
    author,
    at: moment(row.publishAt),
    language: row.place.locale,
    body: row.body,
    excerpt: row.excerpt,
  };
}

interface Written {
  readonly row: FoundComment;
  readonly author: Author | null;
  readonly body: string;
}

/** The texts of comments and who wrote them, by the comments' ids in hex, without those that cannot be opened. */
async function writtenIn(rows: ReadonlyMap<string, FoundComment>, parts: Needs): Promise<ReadonlyMap<string, Written>> {
  const all = [...rows];
  return new Map([...(await writtenByMembers(all, parts)), ...(await writtenWithoutAccount(all, parts))]);
}

type Rows = readonly (readonly [string, FoundComment])[];
type AllWritten = readonly (readonly [string, Written])[];

/** Opened without being rendered: a page of a discussion renders what is read there. */
async function writtenByMembers(rows: Rows, { texts, members }: Needs): Promise<AllWritten> {
  const byMembers = rows.flatMap(([id, row]) => (row.author === null ? [] : [{ id, row, by: idText(row.author) }]));
  const authors = await members.authors(byMembers.map(({ by }) => by));
  const bodies = await texts.bodies(byMembers.map(({ row }) => row));
  return byMembers.flatMap(({ id, row, by }, at) => {
    const body = bodies[at] ?? null;
    return body === null ? [] : [[id, { row, author: authors.get(by) ?? null, body }] as const];
  });
}

/** The name stands beside the text. */
async function writtenWithoutAccount(rows: Rows, { texts }: Needs): Promise<AllWritten> {
  const unnamed = rows.filter(([, { author }]) => author === null);
  const found = await texts.of(unnamed.map(([, row]) => row));
  return unnamed.flatMap(([id, row], at) => {
    const text = found[at];
    return text === undefined || typeof text === 'string'
      ? []
      : [[id, { row, author: text.author, body: text.body }] as const];
  });
}

function commentFound(written: Written | undefined, place: FoundPost['place'] | null, parts: Needs): Readable | null {
  if (written === undefined || place === null) return null;
  const { row, author, body } = written;
  return {
    kind: 'comment',
    id: idText(row.id),
    post: placed(place, parts),
    author,
    at: moment(row.created_at),
    language: row.language === NO_LANGUAGE ? null : row.language,
    body,
    excerpt: null,
  };
}

function placed(place: FoundText['post'], { site }: Needs): FoundText['post'] {
  return place.url === undefined ? place : { ...place, site: siteNameOf(site.now(), place.url) };
}

function bylineOf(byline: string | null): Author | null {
  return byline === null ? null : { id: null, displayName: byline, imported: true };
}
