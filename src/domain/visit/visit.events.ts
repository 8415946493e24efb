import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Where somebody stopped reading: a position of the log, in decimal, and the time, RFC 3339. */
export interface ReadUpTo {
  readonly position: string;
  readonly at: string;
}

/** A discussion as a member left it. */
export interface Visit extends ReadUpTo {
  readonly postId: string;
  /** The end of the visit before this one; null on the first. */
  readonly before: ReadUpTo | null;
}

/** Stream `visits-<memberId>`: where a member stopped reading, for all its devices. */
export type VisitKept = Fact<'VisitKept.v1', { readonly memberId: string; readonly visitId: string }, Visit>;
export type VisitsTurned = Fact<'VisitsTurned.v1', { readonly memberId: string; readonly kept: boolean }, null>;

export type VisitEvent = VisitKept | VisitsTurned;

const VISITS_STREAM = 'visits-<memberId>';

export const VISIT_EVENTS: Catalogue<VisitEvent> = {
  'VisitKept.v1': {
    stream: VISITS_STREAM,
    sentence: 'A member read a discussion; once a visit, and again when there was more to read.',
    data: { memberId: MEANING.member, visitId: 'The discussion, as a hash that tells the forum alone which one.' },
    personal: {
      postId: MEANING.discussedPost,
      position: 'The position of the log that the page showed, in decimal.',
      at: 'The time.',
      before: 'Position and time at the end of the visit before this one, or null.',
    },
  },
  'VisitsTurned.v1': {
    stream: VISITS_STREAM,
    sentence: 'A member wants this kept from now on, or no longer; then what was kept is not used any more.',
    data: { memberId: MEANING.member, kept: 'Whether it is kept.' },
    personal: null,
  },
};
