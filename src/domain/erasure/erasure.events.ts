import type { Fact } from '../../../libs/kernel/index.ts';
import {
  ERASED_COMMENTS,
  ERASURE_STEPS,
  ERASURE_SUBJECTS,
  type ErasedComments,
  type ErasureStep,
  type ErasureSubject,
} from '../../../libs/words/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';

/** Stream `erasure-<erasureId>`. The id cannot be guessed: who has it may read how far the erasure is. */
export type ErasureRequested = Fact<
  'ErasureRequested.v1',
  {
    readonly erasureId: string;
    readonly subject: ErasureSubject;
    /** Null unless a member is erased. */
    readonly memberId: string | null;
    /** Null unless one comment is purged. */
    readonly commentId: string | null;
    /** Where an imported person came from; null for any source, and for another subject. */
    readonly source: string | null;
    readonly comments: ErasedComments;
    /** When it begins (RFC 3339, UTC); until then it can be taken back. */
    readonly dueAt: string;
  },
  {
    /** What an imported person is found by; gone when the erasure is done. */
    readonly email: string | null;
    readonly name: string | null;
    /** Why a comment is purged. */
    readonly reason: string | null;
  }
>;
type Of = { readonly erasureId: string };
export type ErasureTakenBack = Fact<
  'ErasureTakenBack.v1',
  Of & { readonly because: 'asked' | 'last-admin' | 'account' },
  null
>;
export type ErasureBegun = Fact<'ErasureBegun.v1', Of, null>;
export type ErasureStepDone = Fact<
  'ErasureStepDone.v1',
  Of & { readonly step: ErasureStep; readonly count: number },
  null
>;
/** By whom an import leaves out what the erased person wrote: keyed hashes of addresses and names, which tell nothing without the key. */
export type ErasureRemembered = Fact<'ErasureRemembered.v1', Of & { readonly marks: readonly string[] }, null>;
export type ErasureFinished = Fact<'ErasureFinished.v1', Of, null>;

export type ErasureEvent =
  | ErasureRequested
  | ErasureTakenBack
  | ErasureBegun
  | ErasureRemembered
  | ErasureStepDone
  | ErasureFinished;

const STREAM = 'erasure-<erasureId>';
const ERASURE = 'The erasure.';

export const ERASURE_EVENTS: Catalogue<ErasureEvent> = {
  'ErasureRequested.v1': {
    stream: STREAM,
    sentence: 'Somebody asked that what the forum keeps of a person, or the text of one comment, be erased.',
    data: {
      erasureId: ERASURE,
      subject: `${anyOf(ERASURE_SUBJECTS)} (one comment is purged).`,
      memberId: 'The member who is erased, or null.',
      commentId: 'The comment that is purged, or null.',
      source: 'Where an imported person came from, or null for any source.',
      comments: `${anyOf(ERASED_COMMENTS)}: whether the comments stay without a name.`,
      dueAt: 'When it begins (RFC 3339, UTC); until then it can be taken back.',
    },
    personal: {
      email: 'The address by which an imported person is found, or null.',
      name: 'The name by which an imported person is found, or null.',
      reason: 'Why a comment is purged, or null.',
    },
  },
  'ErasureTakenBack.v1': {
    stream: STREAM,
    sentence: 'An erasure was taken back before it began.',
    data: {
      erasureId: ERASURE,
      because:
        '`asked`; `last-admin`: the forum would have lost its last admin; or `account`: the member took its account back from whoever had asked.',
    },
    personal: null,
  },
  'ErasureBegun.v1': {
    stream: STREAM,
    sentence: 'An erasure began; it can no longer be taken back.',
    data: { erasureId: ERASURE },
    personal: null,
  },
  'ErasureRemembered.v1': {
    stream: STREAM,
    sentence: 'The forum remembers who is erased, so that no later import brings them back.',
    data: {
      erasureId: ERASURE,
      marks:
        'HMAC-SHA-256, in hex, of each address or name that a later import is asked about, and of the system that it is about; the key is not in the log.',
    },
    personal: null,
  },
  'ErasureStepDone.v1': {
    stream: STREAM,
    sentence: 'A step of an erasure is done. Keys are destroyed before it is recorded, each with its own event.',
    data: {
      erasureId: ERASURE,
      step: `${anyOf(ERASURE_STEPS)}.`,
      count: 'How many it found: comments, streams of words, images, links, names, or keys of the account.',
    },
    personal: null,
  },
  'ErasureFinished.v1': {
    stream: STREAM,
    sentence:
      'An erasure is done: nothing of what it was about can be read again, in the forum or in any backup of its log.',
    data: { erasureId: ERASURE },
    personal: null,
  },
};
