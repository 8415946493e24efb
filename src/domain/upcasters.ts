import type { Upcasters } from '../../libs/kernel/index.ts';
import { commentUpcasters } from './comment/comment.upcasters.ts';
import { discussionUpcasters } from './discussion/discussion.upcasters.ts';
import type { OldEvent } from './event-types.ts';
import { lookUpcasters } from './look/look.upcasters.ts';
import { memberUpcasters } from './member/member.upcasters.ts';
import { postUpcasters } from './post/post.upcasters.ts';
import { translationUpcasters } from './translation/translation.upcasters.ts';

/** The upcasters of all `x.upcasters.ts`, by the name of the old type; each reads it as the next version. */
export const UPCASTERS: Upcasters<OldEvent['type']> = {
  ...commentUpcasters,
  ...discussionUpcasters,
  ...lookUpcasters,
  ...memberUpcasters,
  ...postUpcasters,
  ...translationUpcasters,
};
