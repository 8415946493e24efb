import { type JudgedAuthor } from '../domain/policy/subject.ts';

/** What an author has written before, as the policy's rules ask for it. */
export type AuthorWriting = Pick<JudgedAuthor, 'visibleComments' | 'earlier'>;

/** Answered by the views, as current as they are on this node. */
export interface AuthorRecords {
  of(memberId: string): Promise<AuthorWriting>;
}

/** The injection token of AuthorRecords. */
export const AUTHOR_RECORDS = Symbol('AuthorRecords');

export const NOTHING_WRITTEN: AuthorWriting = { visibleComments: 0, earlier: [] };

/** For programs without views, which let nobody post. */
export const NO_RECORDS: AuthorRecords = { of: async () => NOTHING_WRITTEN };
