import type { EventStore } from '../../../libs/event-store/index.ts';
import { isErased } from '../../../libs/kernel/index.ts';
import type { Views } from '../../../libs/projections/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import { openNewest } from '../newest.ts';
import { titleOf } from '../post-list/door/titles.ts';
import { openedTextIn } from '../rows.ts';
import { isOneOf } from '../stored.ts';
import { STANDING_TYPES, standingAfterStored } from '../thread/door/standing.ts';

interface Told {
  readonly at: string;
}

/** A comment with all its texts and the decisions about it, as its author may have it: without who decided, and notes. */
export async function ownComment(
  commentId: string,
  { store, vault, views }: { readonly store: EventStore; readonly vault: Vault; readonly views: Views },
): Promise<Readonly<Record<string, unknown>>> {
  const texts: (Told & { readonly text: string | null })[] = [];
  const decisions: (Told & { readonly action: string; readonly reason: string | null })[] = [];
  let place: { postId: string; parentId: string | null } = { postId: '', parentId: null };
  let status = 'visible';
  for await (const stored of store.readStream(`comment-${commentId}`)) {
    const { event, personal } = await openNewest(stored, vault);
    const at = event.occurredAt;
    if (isOneOf(event, STANDING_TYPES)) status = standingAfterStored(event) ?? status;
    if (isOneOf(event, ['CommentPosted.v1'])) place = { postId: event.data.postId, parentId: event.data.parentId };
    if (isOneOf(event, ['CommentPosted.v1', 'CommentEdited.v1'])) {
      texts.push({ at, text: personal === null || isErased(personal) ? null : openedTextIn(personal, 'body') });
    }
    if (isOneOf(event, ['CommentJudged.v1'])) {
      decisions.push({ at, action: event.data.measure, reason: event.data.rules.join(', ') });
    }
    if (isOneOf(event, ['CommentDecided.v1'])) {
      decisions.push({ at, action: event.data.action, reason: event.data.reason });
    }
  }
  const post = titleOf(views, place.postId);
  return { id: commentId, ...place, post: post?.title ?? null, status, texts, decisions };
}
