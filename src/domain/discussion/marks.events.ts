import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `discussion-<postId>`, like all that follow: whether the post asks something that one comment may answer. */
export type AskingChanged = Fact<'AskingChanged.v1', { readonly postId: string; readonly asks: boolean }, null>;

interface MarkedComment {
  readonly postId: string;
  readonly commentId: string;
}

/** One comment at a time is the answer: of another one this is taken back first. */
export type AnswerAccepted = Fact<'AnswerAccepted.v1', MarkedComment, null>;
export type AcceptanceTakenBack = Fact<'AcceptanceTakenBack.v1', MarkedComment, null>;

export type CommentFeatured = Fact<'CommentFeatured.v1', MarkedComment, null>;
export type CommentUnfeatured = Fact<'CommentUnfeatured.v1', MarkedComment, null>;

export type MarkEvent = AskingChanged | AnswerAccepted | AcceptanceTakenBack | CommentFeatured | CommentUnfeatured;

const MARKED = { postId: MEANING.post, commentId: MEANING.comment };

/** `stream` is the name of the streams of discussions. */
export function markEvents(stream: string): Catalogue<MarkEvent> {
  return {
    'AskingChanged.v1': {
      stream,
      sentence:
        'An editor said that the post asks something, or no longer does. Before the first such event it does not.',
      data: { postId: MEANING.post, asks: 'Whether one of the comments may be accepted as the answer.' },
      personal: null,
    },
    'AnswerAccepted.v1': {
      stream,
      sentence: 'The author of the post or an editor accepted a comment as the answer.',
      data: MARKED,
      personal: null,
    },
    'AcceptanceTakenBack.v1': {
      stream,
      sentence: 'The comment is no longer the accepted answer.',
      data: MARKED,
      personal: null,
    },
    'CommentFeatured.v1': {
      stream,
      sentence: 'An editor featured a comment, so that readers who ask for these alone find it.',
      data: MARKED,
      personal: null,
    },
    'CommentUnfeatured.v1': {
      stream,
      sentence: 'The comment is no longer featured.',
      data: MARKED,
      personal: null,
    },
  };
}
