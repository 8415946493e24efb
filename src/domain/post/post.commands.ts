import { Command } from '../../../libs/kernel/index.ts';
import type { PostKind } from '../../../libs/words/index.ts';
import type { ImportSource, OldTagName, PostContent } from './post.events.ts';

/**
 * Sent when the slug is reserved; refused when the slug was given to another meanwhile. `publishAt` is a moment, RFC
 * 3339.
 */
export class PublishPost extends Command<
  PostContent & {
    readonly postId: string;
    readonly kind: PostKind;
    readonly publishAt: string;
    readonly authorId: string | null;
    readonly byline: string | null;
    readonly source: ImportSource | null;
    /** The address of a page of another site, as `pageAddress` gives it. */
    readonly url?: string;
  }
> {
  readonly type = 'PublishPost';
}

/**
 * Sent before a name, reserved for a post that never came, is given to another. The post can no longer be published
 * under it.
 */
export class ForfeitPostName extends Command<{ readonly postId: string; readonly name: string }> {
  readonly type = 'ForfeitPostName';
}

/**
 * Absent fields stay as they are. Sent with a slug when that is reserved for the post; its former ones stay reserved.
 * Refused where `revision` is given and is not the newest of the post.
 */
export class EditPost extends Command<
  Partial<PostContent> & {
    readonly postId: string;
    readonly publishAt?: string;
    readonly revision?: number;
  }
> {
  readonly type = 'EditPost';
}

export class WithdrawPost extends Command<{ readonly postId: string }> {
  readonly type = 'WithdrawPost';
}

/** A withdrawn post stands again where it stood, at its address and from its own moment on. */
export class BringBackPost extends Command<{ readonly postId: string }> {
  readonly type = 'BringBackPost';
}

/** Addresses that are already stored stay as they are. */
export class KeepPostAddresses extends Command<{
  readonly postId: string;
  readonly addresses: readonly string[];
  readonly attachments: readonly string[];
  readonly tagNames: readonly OldTagName[];
}> {
  readonly type = 'KeepPostAddresses';
}

export type PostCommand = PublishPost | ForfeitPostName | EditPost | WithdrawPost | BringBackPost | KeepPostAddresses;
