import { Query } from '@nestjs/cqrs';
import type { MemberAuthor } from '../../../libs/client/index.ts';

/** A link by which a post is read before it is published. */
export interface PreviewInForce {
  readonly previewId: string;
  readonly postId: string;
  /** Whoever made it; null for somebody who is gone. */
  readonly by: MemberAuthor | null;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly expiresAt: string;
}

/** The links of a post that have not ended, the newest first. */
export class ListPreviews extends Query<readonly PreviewInForce[]> {
  constructor(
    readonly postId: string,
    readonly now: string,
  ) {
    super();
  }
}

/** The post of a link, whether that has ended or not; null for a link that was never made. */
export class GetPreview extends Query<{ readonly preview: PreviewInForce; readonly isOver: boolean } | null> {
  constructor(
    readonly previewId: string,
    readonly now: string,
  ) {
    super();
  }
}
