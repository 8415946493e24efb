import { type Decider, DomainError, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { isDay, MOST_TAGS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { localeOf } from '../locale.ts';
import { eachTagOnce } from '../post/tags.ts';
import { invalid, textOf, unfinishedTextOf } from '../text.ts';
import type { KeepPostDraft, PostDraftCommand } from './post-draft.commands.ts';
import type { PostDraftContent, PostDraftEvent } from './post-draft.events.ts';

const LIMITS = { ...TEXT_LIMITS, tags: MOST_TAGS };
const CLOCK = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

export interface PostDraftState {
  /** Null before the first text, for a draft that was dropped, and for one whose key is destroyed. */
  content: PostDraftContent | null;
  /** Of the newest text. */
  position: bigint;
  dropped: boolean;
}

export const postDraftDecider: Decider<PostDraftState, PostDraftCommand, PostDraftEvent, null> = {
  initial: () => ({ content: null, position: 0n, dropped: false }),
  decide: (command, state) => {
    const { postId, draftId, memberId } = command.data;
    const data = { postId, draftId, memberId };
    switch (command.type) {
      case 'KeepPostDraft':
        return keep(command, state, data);
      case 'DropPostDraft':
        if (state.position === 0n || state.dropped) return [];
        if (command.data.over !== state.position) throw newerKept();
        return [{ type: 'PostDraftDropped.v1', data, personal: null }];
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: PostDraftState, fact: Remembered<PostDraftEvent>): PostDraftState {
  switch (fact.type) {
    case 'PostDraftKept.v1':
      state.content = isErased(fact.personal) ? null : fact.personal;
      state.position = fact.envelope.position;
      return state;
    case 'PostDraftDropped.v1':
      state.dropped = true;
      state.content = null;
      return state;
    default:
      return unreachable(fact);
  }
}

/** A text that the writer has not seen is never written over, and the same text is kept once. */
function keep(
  { data: { content: sent, over } }: KeepPostDraft,
  { content: kept, position, dropped }: PostDraftState,
  data: PostDraftEvent['data'],
): readonly PostDraftEvent[] {
  const content = contentOf(sent);
  if (kept !== null && isSameContent(content, kept)) return [];
  if (dropped)
    throw new DomainError('conflict', 'This draft was published or thrown away meanwhile; try again.', [], 1);
  if (kept !== null && over !== position) throw newerKept();
  if (kept === null && [content.title, content.body, content.excerpt].every((text) => text === ''))
    throw invalid('body', 'must have some words');
  return [{ type: 'PostDraftKept.v1', data, personal: content }];
}

function newerKept(): DomainError {
  return new DomainError('stale_revision', 'A newer text of this post was kept by somebody else; read it first.');
}

/** Of a day that exists; whether the clock shows that time is known when it is published. */
function isClockTime(text: string): boolean {
  return CLOCK.test(text) && isDay(text.slice(0, '2026-05-31'.length));
}

/** As a post will have it, but each part may be empty, and ends as its writer left it. */
function contentOf({ title, slug, body, excerpt, tags, locale, kind, appearAt }: PostDraftContent): PostDraftContent {
  if (appearAt !== '' && !isClockTime(appearAt)) throw invalid('appearAt', 'must be a time such as 2026-05-31T14:00');
  return {
    title: unfinishedTextOf(title, 'title', { ...LIMITS.title, min: 0 }),
    slug: textOf(slug, 'slug', { ...LIMITS.title, min: 0 }),
    body: unfinishedTextOf(body, 'body', { ...LIMITS.postBody, min: 0 }),
    excerpt: unfinishedTextOf(excerpt, 'excerpt', LIMITS.excerpt),
    tags: eachTagOnce(tags, LIMITS),
    locale: localeOf(locale),
    kind,
    appearAt,
  };
}

/** Whether two drafts say the same, field by field. */
export function isSameContent(one: PostDraftContent, other: PostDraftContent): boolean {
  const fieldsOf = ({ title, slug, body, excerpt, tags, locale, kind, appearAt }: PostDraftContent) =>
    JSON.stringify([title, slug, body, excerpt, tags, locale, kind, appearAt]);
  return fieldsOf(one) === fieldsOf(other);
}
