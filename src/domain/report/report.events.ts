import type { Fact } from '../../../libs/kernel/index.ts';
import { REPORT_REASONS, type ReportReason } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `report-<commentId>-<memberId>`: a member complains once about each text of a comment. */
export type CommentReported = Fact<
  'CommentReported.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    /** Whose comment it is; null for an imported author. */
    readonly authorId: string | null;
    /** Who complains. */
    readonly memberId: string;
    readonly reason: ReportReason;
    /** The comment's revision that was complained about. */
    readonly revision: number;
  },
  /** In the member's own words; empty for none. */
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
