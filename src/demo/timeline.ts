import { deriveId } from '../../libs/kernel/index.ts';
import { REACTION_KINDS, type ReactionKind } from '../domain/reaction/reaction.events.ts';
import type { DemoComment, DemoMember, DemoPost } from './content-types.ts';

/** One thing that happens in the demo, at its moment (RFC 3339). */
export type Happening = { readonly at: string } & (
  | { readonly kind: 'join'; readonly member: DemoMember }
  | { readonly kind: 'publish'; readonly post: DemoPost; readonly postId: string }
  | {
      readonly kind: 'comment';
      readonly comment: DemoComment;
      readonly commentId: string;
      readonly postId: string;
      readonly parentId: string | null;
    }
  | { readonly kind: 'edit'; readonly by: string; readonly body: string; readonly commentId: string }
  | { readonly kind: 'remove'; readonly by: string; readonly reason: string | null; readonly commentId: string }
  | { readonly kind: 'react'; readonly by: string; readonly reaction: ReactionKind; readonly commentId: string }
  | { readonly kind: 'pin'; readonly postId: string; readonly commentId: string }
  | { readonly kind: 'close'; readonly postId: string }
);

/** The whole demo in the order in which it happened, so that the log tells it as a real forum's would. */
export function timeline(members: readonly DemoMember[], posts: readonly DemoPost[]): readonly Happening[] {
  const joins = members.map((member): Happening => ({ kind: 'join', at: member.joinedAt, member }));
  const joined = new Map(members.map(({ handle, joinedAt }) => [handle, joinedAt]));
  return [...joins, ...posts.flatMap((post) => happeningsOf(post, joined))].sort((one, other) =>
    one.at < other.at ? -1 : one.at > other.at ? 1 : 0,
  );
}

export function demoPostId(slug: string): string {
  return deriveId('demo', 'post', slug);
}

export function demoMemberCommandId(handle: string): string {
  return deriveId('demo', 'member', handle);
}

/** When each handle joined. */
type Joined = ReadonlyMap<string, string>;

function happeningsOf(post: DemoPost, joined: Joined): readonly Happening[] {
  const postId = demoPostId(post.slug);
  const comments = post.comments.flatMap((comment, index) =>
    ofComment(comment, { postId, path: `${index}`, parentId: null, joined }),
  );
  const closing: Happening[] =
    post.closedAt === undefined ? [] : [{ kind: 'close', at: moment(post.closedAt), postId }];
  return [{ kind: 'publish', at: moment(post.at), post, postId }, ...comments, ...closing];
}

interface Spot {
  readonly postId: string;
  /** Where the comment stands in the content: `0.2.1`. */
  readonly path: string;
  readonly parentId: string | null;
  readonly joined: Joined;
}

function ofComment(comment: DemoComment, { postId, path, parentId, joined }: Spot): readonly Happening[] {
  const commentId = deriveId('demo', 'comment', postId, path);
  const { edit, removed, pinned, answers = [] } = comment;
  const happenings: Happening[] = [{ kind: 'comment', at: moment(comment.at), comment, commentId, postId, parentId }];
  if (edit !== undefined)
    happenings.push({ kind: 'edit', at: moment(edit.at), by: comment.by, body: edit.body, commentId });
  if (removed !== undefined) happenings.push({ kind: 'remove', ...removed, at: moment(removed.at), commentId });
  if (pinned) happenings.push({ kind: 'pin', at: later(moment(comment.at), 1), postId, commentId });
  return [
    ...happenings,
    ...reactionsOn(comment, commentId, joined),
    ...answers.flatMap((answer, index) =>
      ofComment(answer, { postId, path: `${path}.${index}`, parentId: commentId, joined }),
    ),
  ];
}

/** The content does not say when people reacted: one after the other, each a quarter of an hour later, once they are here. */
function reactionsOn({ at, reactions = {} }: DemoComment, commentId: string, joined: Joined): readonly Happening[] {
  const given = REACTION_KINDS.flatMap((reaction) => (reactions[reaction] ?? []).map((by) => ({ reaction, by })));
  return given.map(({ reaction, by }, index) => {
    const earliest = later(moment(at), 15 * (index + 1));
    const here = later(joined.get(by) ?? moment(at), 60);
    return { kind: 'react', at: [earliest, here].sort().at(-1) ?? here, by, reaction, commentId };
  });
}

function moment(text: string): string {
  return new Date(`${text.replace(' ', 'T')}:00Z`).toISOString();
}

function later(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
