import {
  commentNotFound,
  type Decider,
  DomainError,
  ERASED,
  type Erased,
  isErased,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { IMPORT_TEXT_LIMITS, isModerator, MOST_EDITS, MOST_MENTIONED, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { requireOpenDiscussion } from '../discussion/discussion.facts.ts';
import { isSameAddress } from '../member/email.ts';
import { requireMayTakePart } from '../sanction/standing.facts.ts';
import { textOf } from '../text.ts';
import type {
  Actor,
  ClaimComment,
  CommentCommand,
  EditComment,
  ImportComment,
  ImportPlaceholder,
  PostComment,
  PostGuestComment,
  RemoveComment,
} from './comment.commands.ts';
import type { CommentEvent, CommentPosted, MembersMentioned } from './comment.events.ts';
import { type CommentFacts, commentFacts } from './comment.facts.ts';
import type { CommentDecided } from './decision.events.ts';
import { type DecidedOn, decide, type StandingDecision, undo } from './decision.rules.ts';
import { requireFindable } from './findable.rules.ts';
import { judged } from './judging.rules.ts';
import { type LanguageState, languageAfter, languageOfEdit, setLanguage } from './language.rules.ts';
import {
  bodyLimits,
  type CommentNeeds,
  isSeenBy,
  parentInOtherPost,
  parentNotFound,
  RULES_OF_POSTING,
} from './posting.rules.ts';

const MINUTE = 60_000;

export interface CommentState extends DecidedOn {
  facts: CommentFacts | null;
  /** The comment as it was first recorded; a repeated command is compared with this. */
  posted: CommentPosted['personal'] | Erased | null;
  postedBy: string | null;
  body: string | Erased;
  /** When it was posted (RFC 3339). */
  postedAt: string;
  edits: number;
  revision: bigint;
  /** The revision before the newest text; -1 for the first. */
  beforeText: bigint;
  decision: StandingDecision | null;
  newest: StandingDecision | null;
  removedByAuthor: boolean;
  /** The members whom its texts have mentioned; of texts that readers never saw, those of the newest alone. */
  readonly mentioned: Set<string>;
  readonly language: LanguageState;
}

export const commentDecider: Decider<CommentState, CommentCommand, CommentEvent, CommentNeeds> = {
  initial: () => ({
    facts: null,
    posted: null,
    postedBy: null,
    body: '',
    postedAt: '',
    edits: 0,
    revision: -1n,
    beforeText: -1n,
    decision: null,
    newest: null,
    removedByAuthor: false,
    mentioned: new Set(),
    language: { now: null, isStated: false },
  }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'PostComment':
        return post(command, state, needed);
      case 'PostGuestComment':
        return postOfGuest(command, state, needed);
      case 'ImportComment':
        return importComment(command, state, needed);
      case 'ImportPlaceholder':
        return importPlaceholder(command, state, needed);
      case 'EditComment':
        return edit(command, state, needed);
      case 'SetCommentLanguage':
        return setLanguage(command, state, needed);
      case 'ClaimComment':
        return claim(command, state);
      case 'RemoveComment':
        return remove(command, state);
      case 'DecideOnComment':
        return decide(command, state);
      case 'UndoDecision':
        return undo(command, state, needed);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: CommentState, fact: Remembered<CommentEvent>): CommentState {
  const wasHidden = state.facts?.hidden ?? false;
  state.facts = commentFacts.evolve(state.facts, fact);
  const before = state.revision;
  // Whom a text mentions is no other state of the comment.
  if (fact.type !== 'MembersMentioned.v1') state.revision = fact.envelope.revision;
  languageAfter(state.language, fact);
  switch (fact.type) {
    case 'CommentPosted.v1':
      state.postedAt = fact.envelope.occurredAt;
      state.posted = fact.personal;
      state.postedBy = fact.data.authorId;
      state.body = isErased(fact.personal) ? fact.personal : fact.personal.body;
      return state;
    case 'CommentEdited.v1':
      state.edits += 1;
      state.beforeText = before;
      if (state.facts?.status !== 'visible') state.mentioned.clear();
      state.body = isErased(fact.personal) ? fact.personal : fact.personal.body;
      return state;
    case 'MembersMentioned.v1':
      for (const memberId of fact.data.memberIds) state.mentioned.add(memberId);
      return state;
    case 'CommentLanguageSet.v1':
    case 'CommentClaimed.v1':
      return state;
    case 'CommentRemoved.v1':
      state.decision = null;
      state.removedByAuthor = fact.data.by === 'author';
      return state;
    case 'CommentErased.v1':
      return Object.assign(state, { posted: ERASED, body: ERASED, decision: null });
    case 'CommentHeld.v2':
    case 'CommentJudged.v1':
    case 'CommentRestored.v1':
      state.decision = null;
      state.removedByAuthor = false;
      return state;
    case 'CommentDecided.v1':
      state.decision = decisionIn(fact, wasHidden);
      state.newest = state.decision;
      return state;
    default:
      return unreachable(fact);
  }
}

function decisionIn({ data, personal, envelope }: Remembered<CommentDecided>, wasHidden: boolean): StandingDecision {
  const { decisionId, action, from, reason, revision, undoes } = data;
  const note = isErased(personal) ? personal : personal.note;
  const { actor: by, revision: at, position } = envelope;
  return { decisionId, action, from, reason, revision, undoes, note, wasHidden, by, at, position };
}

function post(command: PostComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const body = textOf(command.data.body, 'body', bodyLimits(command.data.limits));
  const fact = posted(command, body, needed.parent);
  if (state.facts !== null) return requireRepeat(fact, state);
  for (const rule of RULES_OF_POSTING) rule(command, needed);
  const mentions = mentioned(fact.data, command.data, state);
  return [fact, ...mentions, ...judged({ kind: 'post', body, ids: fact.data, now: command.meta.now }, needed)];
}

/** Nobody mentions oneself or is mentioned anew by another text of the comment, and all its texts together tell so many. */
function mentioned(
  { commentId, postId }: Pick<CommentFacts, 'commentId' | 'postId'>,
  { by, mentions = [] }: PostComment['data'] | EditComment['data'],
  state: CommentState,
): readonly MembersMentioned[] {
  const isUnseen = state.facts !== null && state.facts.status !== 'visible';
  const told = isUnseen ? new Set<string>() : state.mentioned;
  const memberIds = mentions
    .filter((memberId) => memberId !== by.memberId && !told.has(memberId))
    .slice(0, MOST_MENTIONED - told.size);
  if (memberIds.length === 0) return [];
  return [{ type: 'MembersMentioned.v1', data: { commentId, postId, memberIds }, personal: null }];
}

/** Held for moderators whatever the policy finds, which judges it too. */
function postOfGuest(command: PostGuestComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const { commentId, postId, limits, heldBy = [] } = command.data;
  const body = textOf(command.data.body, 'body', bodyLimits(limits));
  const fact = posted(command, body, needed.parent);
  if (state.facts !== null) return requireRepeat(fact, state);
  for (const rule of RULES_OF_POSTING) rule(command, needed);
  const held = { commentId, postId, reasons: ['guest', ...heldBy], keepsPlace: false };
  const verdict = judged({ kind: 'post', body, ids: fact.data, now: command.meta.now }, needed);
  return [fact, { type: 'CommentHeld.v2', data: held, personal: null }, ...verdict];
}

function importComment(command: ImportComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const { commentId, postId, held, keepsPlace } = command.data;
  const fact = posted(command, textOf(command.data.body, 'body', IMPORT_TEXT_LIMITS.comment), needed.parent);
  if (state.facts !== null) return requireRepeat(fact, state);
  requirePlace(command, needed);
  if (!held) return [fact];
  const reasons = ['awaiting-approval-in-source'];
  return [fact, { type: 'CommentHeld.v2', data: { commentId, postId, reasons, keepsPlace }, personal: null }];
}

function importPlaceholder(
  command: ImportPlaceholder,
  state: CommentState,
  needed: CommentNeeds,
): readonly CommentEvent[] {
  const { commentId, postId } = command.data;
  const fact = posted(command, '', needed.parent);
  if (state.facts !== null) return requireRepeat(fact, state);
  requirePlace(command, needed);
  const reason = 'not-brought-by-import';
  return [fact, { type: 'CommentRemoved.v1', data: { commentId, postId, by: 'moderator', reason }, personal: null }];
}

function requirePlace({ data }: ImportComment | ImportPlaceholder, { post, parent }: CommentNeeds): void {
  if (post === null) throw new DomainError('post_not_found', 'There is no such post.');
  if (data.parentId !== null && parent === null) throw parentNotFound();
  if (parent !== null && parent.postId !== data.postId) throw parentInOtherPost();
}

/**
 * An edit to the text that the comment already has changes nothing, whether it names the newest revision or the one
 * before that text.
 */
function edit(command: EditComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const { data, meta } = command;
  const comment = requireSeen(state, data.by);
  requireFindable(comment, needed, data.by, meta.now);
  if (comment.authorId !== data.by.memberId) {
    throw new DomainError('forbidden', 'Only its author may change a comment.');
  }
  if (comment.status === 'removed' || comment.status === 'erased' || typeof state.body !== 'string') {
    throw new DomainError('comment_removed', 'This comment was removed.');
  }
  requireMayTakePart(needed.standing, meta.now);
  requireOpenDiscussion(needed.discussion);
  const body = textOf(data.body, 'body', bodyLimits(data.limits));
  const isNewest = data.revision === Number(state.revision);
  const isBefore = state.edits > 0 && data.revision === Number(state.beforeText);
  if (body === state.body && (isNewest || isBefore)) return [];
  if (!isNewest) {
    throw new DomainError('stale_revision', `This comment was changed meanwhile; it is at revision ${state.revision}.`);
  }
  requireWithinWindow(state.postedAt, data.limits?.editWindowMinutes ?? null, meta.now);
  const most = Math.min(MOST_EDITS, data.limits?.maxEdits ?? MOST_EDITS);
  if (state.edits >= most) {
    throw new DomainError('too_many_edits', `A comment can be edited ${most} times; write another one instead.`);
  }
  const { commentId, postId, status } = comment;
  const language = languageOfEdit(state.language, data.language);
  const edited: CommentEvent = {
    type: 'CommentEdited.v1',
    data: { commentId, postId, ...language },
    personal: { body },
  };
  // A comment that waits for a moderator or was rejected stays so, whatever its new text is.
  const mentions = mentioned(comment, data, state);
  if (status !== 'visible') return [edited, ...mentions];
  return [edited, ...mentions, ...judged({ kind: 'edit', body, ids: comment, now: meta.now }, needed)];
}

/** Nobody learns of a comment whose address is another one, nor of one that somebody has claimed. */
function claim({ data }: ClaimComment, { facts, posted: personal }: CommentState): readonly CommentEvent[] {
  if (facts === null) throw commentNotFound();
  const { commentId, postId, authorId } = facts;
  const { memberId } = data.by;
  if (authorId === memberId) return [];
  const email = personal === null || isErased(personal) ? null : (personal.author?.email ?? null);
  if (authorId !== null || email === null || !isSameAddress(email, data.email)) throw commentNotFound();
  return [{ type: 'CommentClaimed.v1', data: { commentId, postId, memberId }, personal: null }];
}

function requireWithinWindow(postedAt: string, minutes: number | null, now: string): void {
  if (minutes === null || Date.parse(now) - Date.parse(postedAt) <= minutes * MINUTE) return;
  throw new DomainError('edit_window_over', `A comment can be edited for ${minutes} minutes after it was posted.`);
}

/** A comment that others removed before readers saw it no longer exists for its author either. */
function remove({ data }: RemoveComment, state: CommentState): readonly CommentEvent[] {
  const comment = requireSeen(state, data.by);
  const isAuthor = comment.authorId === data.by.memberId;
  if (!isAuthor && !isModerator(data.by.roles)) {
    throw new DomainError('forbidden', 'Only its author and moderators may remove a comment.');
  }
  if (comment.status === 'removed' || comment.status === 'erased') {
    if (comment.hidden && !state.removedByAuthor && !isModerator(data.by.roles)) throw commentNotFound();
    return [];
  }
  const { commentId, postId } = comment;
  const reason = data.reason === null ? null : textOf(data.reason, 'reason', TEXT_LIMITS.reason) || null;
  const by = isAuthor ? 'author' : 'moderator';
  return [{ type: 'CommentRemoved.v1', data: { commentId, postId, by, reason }, personal: null }];
}

function requireSeen({ facts }: CommentState, by: Actor): CommentFacts {
  if (facts === null || !isSeenBy(facts, by)) throw commentNotFound();
  return facts;
}

function posted(
  command: PostComment | PostGuestComment | ImportComment | ImportPlaceholder,
  body: string,
  parent: CommentFacts | null,
): CommentPosted {
  const { commentId, postId, parentId } = command.data;
  return {
    type: 'CommentPosted.v1',
    data: {
      commentId,
      postId,
      parentId,
      rootId: parent?.rootId ?? commentId,
      depth: parent === null ? 0 : parent.depth + 1,
      authorId: command.type === 'PostComment' ? command.data.by.memberId : null,
      source: 'source' in command.data ? command.data.source : null,
      ...('language' in command.data && command.data.language !== undefined && { language: command.data.language }),
    },
    personal: { body, author: 'author' in command.data ? command.data.author : null },
  };
}

/**
 * The same comment sent again is answered as it was recorded, whatever has happened to it since. Another comment needs
 * another id.
 */
function requireRepeat(fact: CommentPosted, { facts, posted: personal, postedBy }: CommentState): readonly [] {
  const { postId, parentId, authorId } = fact.data;
  const same =
    facts?.postId === postId &&
    facts.parentId === parentId &&
    postedBy === authorId &&
    (personal === null || isErased(personal) || isSameText(personal, fact.personal));
  if (!same) throw new DomainError('id_taken', 'Another comment has this id.');
  return [];
}

function isSameText(one: CommentPosted['personal'], other: CommentPosted['personal']): boolean {
  return one.body === other.body && one.author?.displayName === other.author?.displayName;
}
