import { type JudgedAuthor } from '../domain/policy/subject.ts';

/** The author's earlier comments, as the policy's rules ask for them. */
export type AuthorWriting = Pick<JudgedAuthor, 'visibleComments' | 'earlier'>;

/** The views answer these questions, as current as they are on this node. */
export interface AuthorRecords {
  of(memberId: string): Promise<AuthorWriting>;
}

/** The injection token of AuthorRecords. */
export const AUTHOR_RECORDS = Symbol('AuthorRecords');

export const NOTHING_WRITTEN: AuthorWriting = { visibleComments: 0, earlier: [] };

/** The records of a program without views, in which nobody can post. */
export const NO_RECORDS: AuthorRecords = { of: async () => NOTHING_WRITTEN };
