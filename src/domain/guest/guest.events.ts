import type { Fact } from '../../../libs/kernel/index.ts';
import type { RuleName } from '../../../libs/words/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import type { CommentPosted } from '../comment/comment.events.ts';

/**
 * Stream `guest-<commentId>`: a comment of somebody without an account until the holder of the address confirms it. It
 * then becomes a comment, and what stands here is destroyed; what is never confirmed is destroyed when its link ends.
 */
export type GuestCommentSent = Fact<
  'GuestCommentSent.v1',
  Pick<CommentPosted['data'], 'commentId' | 'postId' | 'parentId'> & {
    /** From when its link opens nothing and the text is destroyed (RFC 3339). */
    readonly expiresAt: string;
  },
  Pick<CommentPosted['personal'], 'body'> & {
    readonly displayName: string;
    readonly email: string;
    /** The language of the letter. */
    readonly locale: string;
  }
>;

/** A comment has several of them when a node died between this and its mail. */
export type GuestLinkIssued = Fact<'GuestLinkIssued.v1', { readonly commentId: string; readonly hash: string }, null>;

/** Rules of the policy caught the guest on arrival. It tells no address and no network. */
export type GuestScreened = Fact<
  'GuestScreened.v1',
  { readonly commentId: string; readonly rules: readonly RuleName[] },
  null
>;

export type GuestCommentConfirmed = Fact<'GuestCommentConfirmed.v1', { readonly commentId: string }, null>;

export type GuestEvent = GuestCommentSent | GuestScreened | GuestLinkIssued | GuestCommentConfirmed;

const GUEST_STREAM = 'guest-<commentId>';

export const GUEST_EVENTS: Catalogue<GuestEvent> = {
  'GuestCommentSent.v1': {
    stream: GUEST_STREAM,
    sentence:
      'Somebody without an account wrote a comment. Nobody reads it until the holder of the address confirms it; without that it is destroyed.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      parentId: 'The comment that it answers, or null for an answer to the post itself.',
      expiresAt: 'From when the link in the letter opens nothing and the text is destroyed (RFC 3339).',
    },
    personal: {
      body: 'The text as Markdown.',
      displayName: 'The name that the guest gave.',
      email: 'The address that the letter goes to.',
      locale: 'The language of the letter.',
    },
  },
  'GuestScreened.v1': {
    stream: GUEST_STREAM,
    sentence: 'Rules of the moderation policy caught a guest on arrival.',
    data: { commentId: MEANING.comment, rules: 'The rules that asked to hold the comment, in the policy’s order.' },
    personal: null,
  },
  'GuestLinkIssued.v1': {
    stream: GUEST_STREAM,
    sentence: 'The secret of the link was made for the letter that carries it.',
    data: { commentId: MEANING.comment, hash: 'SHA-256 of the secret, in hex; the secret stands in the mail alone.' },
    personal: null,
  },
  'GuestCommentConfirmed.v1': {
    stream: GUEST_STREAM,
    sentence:
      'The holder of the address confirmed the comment. It stands in a stream of its own from now on, held for moderators.',
    data: { commentId: MEANING.comment },
    personal: null,
  },
};
