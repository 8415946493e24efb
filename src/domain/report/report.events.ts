import type { Fact } from '../../../libs/kernel/index.ts';
import { REPORT_REASONS, type ReportReason } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `report-<commentId>-<memberId>`: a member reports each text of a comment once. */
export type CommentReported = Fact<
  'CommentReported.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    /** The comment's author; null for an imported author. */
    readonly authorId: string | null;
    /** The member who reports. */
    readonly memberId: string;
    readonly reason: ReportReason;
    /** The revision of the comment that the report is about. */
    readonly revision: number;
  },
  /** The member's own words; empty for none. */
  { readonly note: string }
>;

export type ReportEvent = CommentReported;

export const REPORT_EVENTS: Catalogue<ReportEvent> = {
  'CommentReported.v1': {
    stream: 'report-<commentId>-<memberId>',
    sentence: 'A member complained about a comment; once about each text of it.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      authorId: 'Whose comment it is, or null for an imported author.',
      memberId: 'Who complained.',
      reason: `${anyOf(REPORT_REASONS)}.`,
      revision: 'The revision of the text that was complained about.',
    },
    personal: { note: "The member's own words; empty for none." },
  },
};
