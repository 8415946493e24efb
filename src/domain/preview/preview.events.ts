import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/**
 * Stream `preview-<previewId>`: a link by which people without an account read a post that is not published. Its address is
 * signed with the id and a secret of the forum, so that who reads the log cannot make it.
 */
export type PreviewShared = Fact<
  'PreviewShared.v1',
  {
    readonly previewId: string;
    readonly postId: string;
    readonly memberId: string;
    /** RFC 3339, UTC. */
    readonly expiresAt: string;
  },
  null
>;
export type PreviewEnded = Fact<'PreviewEnded.v1', { readonly previewId: string; readonly postId: string }, null>;

export type PreviewEvent = PreviewShared | PreviewEnded;

const STREAM = 'preview-<previewId>';
const PREVIEW = 'The link.';

export const PREVIEW_EVENTS: Catalogue<PreviewEvent> = {
  'PreviewShared.v1': {
    stream: STREAM,
    sentence: 'An editor made a link by which people without an account read a post before it is published.',
    data: {
      previewId: PREVIEW,
      postId: 'The post, or the one that its draft is to become.',
      memberId: 'The editor.',
      expiresAt: 'When it ends by itself (RFC 3339, UTC).',
    },
    personal: null,
  },
  'PreviewEnded.v1': {
    stream: STREAM,
    sentence: 'An editor ended such a link.',
    data: { previewId: PREVIEW, postId: MEANING.post },
    personal: null,
  },
};
