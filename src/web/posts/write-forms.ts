import type { Post, PostDraft, PostDraftText } from '../../../libs/client/index.ts';
import { clockMoments, MOST_TAGS, shownByClock, TEXT_LIMITS, type WrittenPostKind } from '../../../libs/words/index.ts';
import { type Check, formText, text } from '../shell/form-checks.ts';
import type { MessageKey } from '../shell/i18n/translate.ts';
import type { Typed } from '../shell/typed.ts';
import { appearAtIn, typedTags } from './typed-post.ts';

const FIELDS = [
  'id',
  'over',
  'revision',
  'beside',
  'title',
  'slug',
  'body',
  'excerpt',
  'tags',
  'locale',
  'kind',
  'when',
  'publishAt',
  'clock',
];

const tags: Check = (value, { t }) => {
  const list = typedTags(value);
  return list.length > MOST_TAGS || list.some((tag) => [...tag].length > TEXT_LIMITS.tag.max) ? t('field.tags') : null;
};
const slug = text({ ...TEXT_LIMITS.title, min: 0 });
const excerpt = text(TEXT_LIMITS.excerpt);

/** The checks of a post that is published. */
export const POST_CHECKS = { title: text(TEXT_LIMITS.title), body: text(TEXT_LIMITS.postBody), slug, excerpt, tags };
/** Those of one that is kept: everything may still be empty. */
export const DRAFT_CHECKS = {
  title: text({ ...TEXT_LIMITS.title, min: 0 }),
  body: text({ ...TEXT_LIMITS.postBody, min: 0 }),
  slug,
  excerpt,
  tags,
};

export function typedPost(form: unknown): Typed {
  return Object.fromEntries(FIELDS.map((name) => [name, formText(form, name)]));
}

/** The fields as they show a post. */
export function fieldsOfPost(post: Post, zone: string): Typed {
  const { id, slug: name, title, body, excerpt: teaser, tags: list, locale, revision, status, publishedAt } = post;
  const shown = {
    id,
    slug: name,
    title,
    body,
    excerpt: teaser ?? '',
    tags: list.join(', '),
    locale,
    revision: String(revision),
  };
  if (status !== 'scheduled') return shown;
  return {
    ...shown,
    when: 'later',
    publishAt: shownByClock(zone, Date.parse(publishedAt)),
    ...clockOf(zone, publishedAt),
  };
}

/** Which of two moments it is, where the clock shows the same at both. */
function clockOf(zone: string, publishedAt: string): Typed {
  const moment = Date.parse(publishedAt);
  const moments = clockMoments(zone, shownByClock(zone, moment)) ?? [];
  return moments.length < 2 ? {} : { clock: moments[0] === moment ? 'first' : 'second' };
}

/** The fields as they show a draft. */
export function fieldsOfDraft({ postId, position, appearAt, ...draft }: PostDraft): Typed {
  const { title, slug: name, body, excerpt: teaser, tags: list, locale, kind } = draft;
  return {
    ...{ id: postId, over: position, title, slug: name, body, excerpt: teaser, tags: list.join(', '), locale, kind },
    ...(appearAt === null ? {} : { when: 'later', publishAt: appearAt }),
  };
}

function kindIn(typed: Typed): WrittenPostKind {
  return typed['kind'] === 'newsletter' ? 'newsletter' : 'article';
}

/** What is kept of the fields. */
export function draftIn(typed: Typed): PostDraftText {
  return {
    title: typed['title'] ?? '',
    slug: typed['slug'] ?? '',
    body: typed['body'] ?? '',
    excerpt: typed['excerpt'] ?? '',
    tags: typedTags(typed['tags'] ?? ''),
    locale: typed['locale'] || 'en',
    kind: kindIn(typed),
    appearAt: appearAtIn(typed),
  };
}

/** What is published of them. */
export function contentIn(typed: Typed) {
  const teaser = (typed['excerpt'] ?? '').trim();
  return {
    title: (typed['title'] ?? '').trim(),
    body: typed['body'] ?? '',
    excerpt: teaser === '' ? null : teaser,
    tags: typedTags(typed['tags'] ?? ''),
    locale: typed['locale'] || 'en',
  };
}

/** The wished name in addresses; left out where the field is empty, and where it has that name already. */
export function slugIn(typed: Typed, present?: string) {
  const name = (typed['slug'] ?? '').trim();
  return name !== '' && name !== present ? { slug: name } : {};
}

/** The same of a new post. */
export function newPostIn(typed: Typed) {
  return { ...contentIn(typed), ...slugIn(typed), kind: kindIn(typed) };
}

/** When a post shall appear: RFC 3339, null for at once; or what is wrong with the wish. */
export type Appearance = { readonly at: string | null } | { readonly wrong: MessageKey };

/** Reads the value of a `datetime-local` field by the clock of the zone; a time that the clock shows twice has to be told which. */
export function appearanceIn(typed: Typed, zone: string, now: number): Appearance {
  const value = (typed['publishAt'] ?? '').trim().replace(' ', 'T');
  if (typed['when'] !== 'later') return value === '' ? { at: null } : { wrong: 'field.nowOrLater' };
  const moments = momentsOf(value, zone);
  if (moments === null) return { wrong: 'field.time' };
  const [first, second] = moments;
  if (first === undefined) return { wrong: 'field.leaptTime' };
  if (second !== undefined && !['first', 'second'].includes(typed['clock'] ?? '')) return { wrong: 'field.twiceTime' };
  const moment = second !== undefined && typed['clock'] === 'second' ? second : first;
  return moment <= now ? { wrong: 'field.past' } : { at: new Date(moment).toISOString() };
}

/** All moments at which the zone's clock shows what the field holds; null for what is no time. */
export function momentsOf(value: string, zone: string): readonly number[] | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(value) ? clockMoments(zone, value) : null;
}
