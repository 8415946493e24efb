import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { IMPORT_TEXT_LIMITS, isDay, MOST_IMPORTED_TAGS, MOST_TAGS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { localeOf } from '../locale.ts';
import { nameTaken, slugName } from '../reservation/names.ts';
import { invalid, textOf } from '../text.ts';
import { pageAddress } from './page-address.ts';
import type {
  BringBackPost,
  EditPost,
  ForfeitPostName,
  KeepPostAddresses,
  PostCommand,
  PublishPost,
  WithdrawPost,
} from './post.commands.ts';
import type { OldTagName, PostContent, PostEdited, PostEvent, PostPublished } from './post.events.ts';
import { eachTagOnce } from './tags.ts';

const LIMITS = { ...TEXT_LIMITS, tags: MOST_TAGS };
const IMPORT_LIMITS = { ...IMPORT_TEXT_LIMITS, tags: MOST_IMPORTED_TAGS };
type Limits = typeof LIMITS | typeof IMPORT_LIMITS;

const SLUG = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,199}$/u;

/** The most addresses of one kind in one event. */
const MOST_ADDRESSES = 500;
const LONGEST_ADDRESS = 2_000;
const NICENAME = /^[^\s/]{1,1000}$/;

type Changeable = PostContent & { readonly publishAt: string };

export interface PostState {
  /** The post as first recorded; a repeated command is compared with this. */
  published: PostPublished['data'] | null;
  now: Changeable | null;
  withdrawn: boolean;
  /** Of the newest fact. */
  revision: bigint;
  /** Names that were given to others before the post was published. */
  lostNames: Set<string>;
  /** The addresses of the post and its files in the source, and the names of its tags there. */
  oldAddresses: Set<string>;
}

export const postDecider: Decider<PostState, PostCommand, PostEvent> = {
  initial: () => ({
    published: null,
    now: null,
    withdrawn: false,
    revision: -1n,
    lostNames: new Set(),
    oldAddresses: new Set(),
  }),
  decide: (command, state) => {
    switch (command.type) {
      case 'PublishPost':
        return publish(command, state);
      case 'ForfeitPostName':
        return forfeitName(command, state);
      case 'EditPost':
        return edit(command, state);
      case 'WithdrawPost':
        return withdraw(command, state);
      case 'BringBackPost':
        return bringBack(command, state);
      case 'KeepPostAddresses':
        return keepAddresses(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: PostState, fact: Remembered<PostEvent>): PostState {
  state.revision = fact.envelope.revision;
  switch (fact.type) {
    case 'PostPublished.v1': {
      const { title, slug, body, excerpt, tags, locale, publishAt } = fact.data;
      state.published = fact.data;
      state.now = { title, slug, body, excerpt, tags, locale, publishAt };
      return state;
    }
    case 'PostEdited.v1': {
      const { postId: _, ...changes } = fact.data;
      if (state.now !== null) state.now = { ...state.now, ...changes };
      return state;
    }
    case 'PostWithdrawn.v1':
      state.withdrawn = true;
      return state;
    case 'PostBroughtBack.v1':
      state.withdrawn = false;
      return state;
    case 'PostNameLost.v1':
      state.lostNames.add(fact.data.name);
      return state;
    case 'PageAddressed.v1':
      return state;
    case 'PostAddressesKept.v2': {
      const { addresses, attachments, tagNames } = fact.data;
      for (const address of [...addresses, ...attachments, ...tagNames.map(keyOf)]) state.oldAddresses.add(address);
      return state;
    }
    default:
      return unreachable(fact);
  }
}

function publish({ data }: PublishPost, state: PostState): readonly PostEvent[] {
  const limits = data.source === null ? LIMITS : IMPORT_LIMITS;
  const { postId, kind, authorId, source } = data;
  const published: PostPublished['data'] = {
    postId,
    kind,
    slug: slugAsGiven(data.slug),
    ...contentOf(data, limits, kind === 'page' ? 0 : 1),
    publishAt: momentOf(data.publishAt),
    authorId,
    byline: data.byline === null ? null : textOf(data.byline, 'byline', IMPORT_TEXT_LIMITS.byline),
    source,
  };
  const name = slugName(published.slug);
  if (state.published === null && state.lostNames.has(name)) throw nameTaken(name);
  if (state.published === null) {
    const there: PostEvent[] = data.url === undefined ? [] : [addressed(postId, data.url)];
    return [{ type: 'PostPublished.v1', data: published, personal: null }, ...there];
  }
  // A page is the same one whoever came first, and with whatever title.
  if (data.url !== undefined && state.published.kind === 'page') return [];
  if (isSame(state.published, published)) return [];
  throw new DomainError('id_taken', 'Another post has this id.');
}

function addressed(postId: string, url: string): PostEvent {
  return { type: 'PageAddressed.v1', data: { postId, url: pageAddress(url).url }, personal: null };
}

/** A post that was published after all keeps its name. */
function forfeitName({ data }: ForfeitPostName, state: PostState): readonly PostEvent[] {
  const { postId, name } = data;
  if (state.published !== null) throw nameTaken(name);
  return state.lostNames.has(name) ? [] : [{ type: 'PostNameLost.v1', data: { postId, name }, personal: null }];
}

function edit({ data }: EditPost, state: PostState): readonly PostEvent[] {
  const { published, now } = requirePublished(state);
  if (state.withdrawn) throw new DomainError('post_withdrawn', 'This post was withdrawn; it cannot be changed.');
  const limits = published.source === null ? LIMITS : IMPORT_LIMITS;
  const wished = {
    ...contentOf({ ...now, ...data }, limits, published.kind === 'page' ? 0 : 1),
    slug: slugAsGiven(data.slug ?? now.slug),
    publishAt: momentOf(data.publishAt ?? now.publishAt),
  };
  const changes = changesBetween(now, wished);
  if (Object.keys(changes).length === 0) return [];
  if (data.revision !== undefined && BigInt(data.revision) !== state.revision)
    throw new DomainError('stale_revision', 'Somebody changed this post meanwhile; read the newest text first.');
  return [{ type: 'PostEdited.v1', data: { postId: published.postId, ...changes }, personal: null }];
}

function withdraw({ data }: WithdrawPost, state: PostState): readonly PostEvent[] {
  requirePublished(state);
  return state.withdrawn ? [] : [{ type: 'PostWithdrawn.v1', data: { postId: data.postId }, personal: null }];
}

function bringBack({ data }: BringBackPost, state: PostState): readonly PostEvent[] {
  requirePublished(state);
  return state.withdrawn ? [{ type: 'PostBroughtBack.v1', data: { postId: data.postId }, personal: null }] : [];
}

function keepAddresses({ data }: KeepPostAddresses, state: PostState): readonly PostEvent[] {
  requirePublished(state);
  const isNew = (address: string) => isAddress(address) && !state.oldAddresses.has(address);
  const addresses = [...new Set(data.addresses)].filter(isNew).slice(0, MOST_ADDRESSES);
  const attachments = [...new Set(data.attachments)].filter(isNew).slice(0, MOST_ADDRESSES);
  const tagNames = [...new Map(data.tagNames.map((name) => [keyOf(name), name]))]
    .filter(([key, { nicename }]) => NICENAME.test(nicename) && !state.oldAddresses.has(key))
    .map(([, name]) => name)
    .slice(0, MOST_ADDRESSES);
  if (addresses.length + attachments.length + tagNames.length === 0) return [];
  const kept = { postId: data.postId, addresses, attachments, tagNames };
  return [{ type: 'PostAddressesKept.v2', data: kept, personal: null }];
}

/** The key has a form that no web address has. */
function keyOf({ taxonomy, nicename, tag }: OldTagName): string {
  return `${taxonomy}/${nicename}/${tag}`;
}

function isAddress(address: string): boolean {
  return address.length <= LONGEST_ADDRESS && /^https?:\/\/[^\s/]\S*$/.test(address);
}

function requirePublished({ published, now }: PostState): { published: PostPublished['data']; now: Changeable } {
  if (published === null || now === null) throw new DomainError('post_not_found', 'There is no such post.');
  return { published, now };
}

function contentOf(post: Omit<PostContent, 'slug'>, limits: Limits, leastBody: 0 | 1): Omit<PostContent, 'slug'> {
  return {
    title: textOf(post.title, 'title', limits.title),
    body: textOf(post.body, 'body', { ...limits.postBody, min: leastBody }),
    excerpt: excerptOf(post.excerpt, limits),
    tags: eachTagOnce(post.tags, limits),
    locale: localeOf(post.locale),
  };
}

/** An empty excerpt is no excerpt. */
function excerptOf(excerpt: string | null, limits: Limits): string | null {
  if (excerpt === null) return null;
  return textOf(excerpt, 'excerpt', limits.excerpt) || null;
}

function slugAsGiven(slug: string): string {
  if (!SLUG.test(slug)) throw invalid('slug', 'may hold letters, digits and hyphens only, 200 at most');
  return slug;
}

/** RFC 3339 in UTC with milliseconds, the one form that the log keeps. */
function momentOf(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !isDay(text.slice(0, '2015-10-05'.length)))
    throw invalid('publishAt', 'must be a moment such as 2015-10-05T08:00:00Z');
  return new Date(time).toISOString();
}

function changesBetween(before: Changeable, after: Changeable): Omit<PostEdited['data'], 'postId'> {
  return {
    ...(after.title === before.title ? {} : { title: after.title }),
    ...(after.slug === before.slug ? {} : { slug: after.slug }),
    ...(after.body === before.body ? {} : { body: after.body }),
    ...(after.excerpt === before.excerpt ? {} : { excerpt: after.excerpt }),
    ...(isSame(after.tags, before.tags) ? {} : { tags: after.tags }),
    ...(after.locale === before.locale ? {} : { locale: after.locale }),
    ...(after.publishAt === before.publishAt ? {} : { publishAt: after.publishAt }),
  };
}

/** Equality of plain JSON whatever the order of its fields, since a log need not keep that order. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const ours = new Map<string, unknown>(Object.entries(one));
  const theirs = Object.entries(other);
  return ours.size === theirs.length && theirs.every(([key, value]) => ours.has(key) && isSame(ours.get(key), value));
}
