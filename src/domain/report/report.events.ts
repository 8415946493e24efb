import type { Fact } from '../../../libs/kernel/index.ts';
import type { ReportReason } from '../../../libs/words/index.ts';

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
