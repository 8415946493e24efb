import type { EventStore } from '../../../libs/event-store/index.ts';
import type { Views } from '../../../libs/projections/index.ts';
import { titleOf } from '../post-list/door/titles.ts';
import { isOneOf } from '../stored.ts';

/** A reaction with when it was given, on what, and where that stands in the forum. The text is of somebody else. */
export async function ownReaction(
  { commentId, kind }: { readonly commentId: string; readonly kind: string },
  { store, views, memberId }: { readonly store: EventStore; readonly views: Views; readonly memberId: string },
): Promise<Readonly<Record<string, unknown>>> {
  let given: { readonly at: string; readonly post: string | null } | null = null;
  for await (const event of store.readStream(`reaction-${commentId}-${memberId}`)) {
    if (!isOneOf(event, ['ReactionAdded.v1']) || event.data.kind !== kind) continue;
    given = { at: event.occurredAt, post: titleOf(views, event.data.postId)?.title ?? null };
  }
  return { ...given, commentId, kind, path: `/comments/${commentId}` };
}
