import { Command } from '../../../libs/kernel/index.ts';
import type { ImportSource, PostContent, PostKind } from './post.events.ts';

/** The slug is already reserved when this is sent; `publishAt` is a moment, RFC 3339. */
export class PublishPost extends Command<
  PostContent & {
    readonly postId: string;
    readonly kind: PostKind;
    readonly publishAt: string;
    readonly authorId: string | null;
    readonly byline: string | null;
    readonly source: ImportSource | null;
  }
> {
  readonly type = 'PublishPost';
}

/** Absent fields stay as they are. */
export class EditPost extends Command<
  Partial<Omit<PostContent, 'slug'>> & { readonly postId: string; readonly publishAt?: string }
> {
  readonly type = 'EditPost';
}

export class WithdrawPost extends Command<{ readonly postId: string }> {
  readonly type = 'WithdrawPost';
}

export type PostCommand = PublishPost | EditPost | WithdrawPost;
