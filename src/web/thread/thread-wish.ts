import { isUuid } from '../../../libs/kernel/index.ts';
import {
  type CommentFilter,
  type CommentSort,
  dayStart,
  isDay,
  isTranslationLanguage,
} from '../../../libs/words/index.ts';
import { oneOf } from '../shell/one-of.ts';
import { textIn } from '../shell/paths.ts';
import type { OpenForm } from './parts/comment-node.ts';
import { type JustDone, MARKINGS, type Refused } from './parts/context.ts';
import { momentIn } from './past/moments.ts';
import type { PastWish } from './past/time-machine.tsx';

/** The wish for the post as it was written. */
export const ORIGINAL = 'original';

/** What editors do with a post that its page tells of. */
const POST_DONE = ['published', 'broughtBack'] as const;
export type PostDone = (typeof POST_DONE)[number];

/** The wish for a page of a thread, from a query string or after a refused form. */
export interface ThreadWish {
  readonly sort: CommentSort;
  readonly only?: CommentFilter;
  readonly cursor: string | null;
  readonly openForm: OpenForm | null;
  readonly refused: Refused | null;
  readonly past: PastWish;
  /** The cursor among the shown changes. */
  readonly changes: string | null;
  /** The typed moment that does not exist, shown at its field. */
  readonly noMoment?: string;
  /** The typed day from which on nothing was said, shown at its field. */
  readonly noDay?: string;
  readonly done?: JustDone | null;
  /** The comment that the address names. */
  readonly named?: string;
  /** Whether a guest has just sent a comment. */
  readonly sent?: boolean;
  /** The language in which the post itself is to be read, or `original` for its own, whatever its reader wants else. */
  readonly translation?: string;
  /** What whoever reads has just done with the post. */
  readonly postDone?: PostDone | null;
  /** The address of the frame on the page of another site in which the thread stands. */
  readonly frame?: string;
  readonly status?: number;
  /** The page's own address, when the request's is one that only takes forms. */
  readonly here?: string;
}

export function sortIn(fields: unknown): CommentSort {
  const sort = textIn(fields, 'sort');
  return sort === 'newest' || sort === 'best' ? sort : 'oldest';
}

function openFormIn(query: unknown): OpenForm | null {
  for (const kind of ['answer', 'react'] as const) {
    const commentId = textIn(query, kind);
    if (isUuid(commentId)) return { kind, commentId };
  }
  return null;
}

function doneIn(query: unknown): JustDone | null {
  for (const did of MARKINGS) {
    const commentId = textIn(query, did);
    if (isUuid(commentId)) return { did, commentId };
  }
  return null;
}

function translationIn(query: unknown): Pick<ThreadWish, 'translation'> {
  const translation = textIn(query, 'translation');
  return translation === ORIGINAL || isTranslationLanguage(translation) ? { translation } : {};
}

/** Whether only a page of the present discussion is asked for. */
export function isPlain({
  openForm,
  refused,
  past,
  changes,
  here,
  noMoment,
  noDay,
  done = null,
  sent = false,
  postDone = null,
  translation,
  named,
}: ThreadWish): boolean {
  const isPresent = past.shown === null && past.since === null && changes === null;
  const isUntold =
    openForm === null &&
    refused === null &&
    noMoment === undefined &&
    noDay === undefined &&
    done === null &&
    !sent &&
    translation === undefined &&
    named === undefined &&
    postDone === null;
  return isPresent && isUntold && here === undefined;
}

/** `zone` is the forum's, by whose clock moments are typed. Throws DomainError `invalid` for a malformed moment. */
export function wishIn(query: unknown, zone: string): ThreadWish {
  const by = { now: Date.now(), zone };
  return {
    sort: sortIn(query),
    ...(textIn(query, 'only') === 'featured' && { only: 'featured' as const }),
    cursor: textIn(query, 'cursor') || null,
    openForm: openFormIn(query),
    refused: null,
    past: { shown: momentIn(query, 'at', by), since: momentIn(query, 'since', by) },
    changes: textIn(query, 'changes') || null,
    done: doneIn(query),
    ...translationIn(query),
    ...(isUuid(textIn(query, 'comment')) && { named: textIn(query, 'comment') }),
    sent: textIn(query, 'sent') === 'guest',
    postDone: oneOf(POST_DONE, textIn(query, 'done')) ?? null,
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day that the reader wants to go to, as it begins in the zone, in milliseconds since 1970; NaN for none that exists, null where none is named. */
export function dayToGoTo(query: unknown, zone: string): number | null {
  const text = textIn(query, 'on');
  if (text === '') return null;
  return DAY.test(text) && isDay(text) ? dayStart(zone, Date.parse(text)) : Number.NaN;
}

/** The present discussion, with the typed moment that does not exist. */
export function wishWithoutMoment(query: unknown, noMoment: string): ThreadWish {
  const past = { shown: null, since: null };
  return {
    sort: sortIn(query),
    cursor: null,
    openForm: null,
    refused: null,
    past,
    changes: null,
    noMoment,
    status: 400,
  };
}
