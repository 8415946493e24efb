import type { Upcasters } from '../../libs/kernel/index.ts';
import { commentUpcasters } from './comment/comment.upcasters.ts';
import { discussionUpcasters } from './discussion/discussion.upcasters.ts';
import type { OldEvent } from './event-types.ts';
import { lookUpcasters } from './look/look.upcasters.ts';
import { postUpcasters } from './post/post.upcasters.ts';

/** How older versions of stored types read as the version after them, by their name: those of every `x.upcasters.ts`. */
export const UPCASTERS: Upcasters<OldEvent['type']> = {
  ...commentUpcasters,
  ...discussionUpcasters,
  ...lookUpcasters,
  ...postUpcasters,
};
