/** Whom or what an erasure is about: a member, an imported person, or the text of one comment. */
export const ERASURE_SUBJECTS = ['member', 'imported', 'comment'] as const;
export type ErasureSubject = (typeof ERASURE_SUBJECTS)[number];

/** What becomes of the comments: they stay without their author's name, or go. */
export const ERASED_COMMENTS = ['keep', 'remove'] as const;
export type ErasedComments = (typeof ERASED_COMMENTS)[number];

export const ERASURE_STATES = ['waiting', 'running', 'done', 'taken-back'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** The steps of an erasure in their order; the account is the last of a member's, since the others need to read it. */
export const ERASURE_STEPS = ['sessions', 'comments', 'words', 'images', 'links', 'names', 'account'] as const;
export type ErasureStep = (typeof ERASURE_STEPS)[number];

/** Days in which an erasure can be taken back, unless the site's settings say otherwise. */
export const USUAL_ERASURE_DAYS = 14;
export const MOST_ERASURE_DAYS = 30;
