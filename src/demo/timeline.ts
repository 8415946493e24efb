import { deriveId } from '../../libs/kernel/index.ts';
import { REACTION_KINDS, type ReactionKind } from '../../libs/words/index.ts';
import type { CommentWish } from '../domain/comment/comment.commands.ts';
import type {
  DemoComment,
  DemoDecision,
  DemoMember,
  DemoPolicy,
  DemoPost,
  DemoReport,
  DemoSanction,
} from './content-types.ts';

interface OfSanction {
  readonly commentId: string;
  /** The warned member's handle. */
  readonly member: string;
  readonly sanction: DemoSanction;
}

/** A member's report or a moderator's decision, at its moment (RFC 3339). */
export type Moderated = { readonly at: string } & (
  | { readonly kind: 'set-policy'; readonly setting: DemoPolicy }
  | { readonly kind: 'report'; readonly report: DemoReport; readonly commentId: string }
  | {
      readonly kind: 'decide';
      readonly decision: DemoDecision;
      readonly commentId: string;
      /** The comments above it, from the top down. */
      readonly branch: readonly string[];
    }
  | ({ readonly kind: 'warn' | 'acknowledge' } & OfSanction)
  | ({
      readonly kind: 'appeal' | 'answer-appeal';
      readonly appeal: NonNullable<DemoSanction['appeal']>;
    } & OfSanction)
);

/** One thing that happens in the demo, at its moment (RFC 3339). */
export type Happening =
  | Moderated
  | ({ readonly at: string } & (
      | { readonly kind: 'join'; readonly member: DemoMember }
      | { readonly kind: 'publish'; readonly post: DemoPost; readonly postId: string }
      | ({ readonly kind: 'comment'; readonly comment: DemoComment } & Omit<CommentWish, 'body'>)
      | { readonly kind: 'edit'; readonly by: string; readonly body: string; readonly commentId: string }
      | { readonly kind: 'remove'; readonly by: string; readonly commentId: string }
      | { readonly kind: 'react'; readonly by: string; readonly reaction: ReactionKind; readonly commentId: string }
      | { readonly kind: 'pin'; readonly postId: string; readonly commentId: string }
      | { readonly kind: 'close'; readonly postId: string }
    ));

export interface DemoContent {
  readonly members: readonly DemoMember[];
  readonly posts: readonly DemoPost[];
  readonly policies: readonly DemoPolicy[];
}

/** The whole demo in the order in which it happened, so that the log tells it as a real forum's would. */
export function timeline({ members, posts, policies }: DemoContent): readonly Happening[] {
  const joins = members.map((member): Happening => ({ kind: 'join', at: member.joinedAt, member }));
  const joined = new Map(members.map(({ handle, joinedAt }) => [handle, joinedAt]));
  const settings = policies.map((setting): Happening => ({ kind: 'set-policy', at: moment(setting.at), setting }));
  return [...joins, ...settings, ...posts.flatMap((post) => happeningsOf(post, joined))].sort((one, other) =>
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
    ofComment(comment, { postId, path: `${index}`, branch: [], joined }),
  );
  const closing: Happening[] =
    post.closedAt === undefined ? [] : [{ kind: 'close', at: moment(post.closedAt), postId }];
  return [{ kind: 'publish', at: moment(post.at), post, postId }, ...comments, ...closing];
}

interface Spot {
  readonly postId: string;
  /** Where the comment stands in the content: `0.2.1`. */
  readonly path: string;
  /** The comments above it, from the top down. */
  readonly branch: readonly string[];
  readonly joined: Joined;
}

function ofComment(comment: DemoComment, { postId, path, branch, joined }: Spot): readonly Happening[] {
  const commentId = deriveId('demo', 'comment', postId, path);
  const { edit, removed, pinned, answers = [] } = comment;
  const parentId = branch.at(-1) ?? null;
  const happenings: Happening[] = [{ kind: 'comment', at: moment(comment.at), comment, commentId, postId, parentId }];
  if (edit !== undefined)
    happenings.push({ kind: 'edit', at: moment(edit.at), by: comment.by, body: edit.body, commentId });
  if (removed !== undefined) happenings.push({ kind: 'remove', at: moment(removed.at), by: comment.by, commentId });
  if (pinned) happenings.push({ kind: 'pin', at: later(moment(comment.at), 1), postId, commentId });
  return [
    ...happenings,
    ...reactionsOn(comment, commentId, joined),
    ...moderationOf(comment, commentId, branch),
    ...answers.flatMap((answer, index) =>
      ofComment(answer, { postId, path: `${path}.${index}`, branch: [...branch, commentId], joined }),
    ),
  ];
}

function moderationOf(
  { by, reports = [], decisions = [], sanction }: DemoComment,
  commentId: string,
  branch: readonly string[],
): readonly Moderated[] {
  return [
    ...reports.map((report): Moderated => ({ kind: 'report', at: moment(report.at), report, commentId })),
    ...decisions.map(
      (decision): Moderated => ({ kind: 'decide', at: moment(decision.at), decision, commentId, branch }),
    ),
    ...(sanction === undefined ? [] : warningTo(by, commentId, sanction)),
  ];
}

function warningTo(member: string, commentId: string, sanction: DemoSanction): readonly Moderated[] {
  const { at, acknowledgedAt, appeal } = sanction;
  const of = { commentId, member, sanction };
  const warned: Moderated[] = [
    { kind: 'warn', at: moment(at), ...of },
    { kind: 'acknowledge', at: moment(acknowledgedAt), ...of },
  ];
  if (appeal === undefined) return warned;
  return [
    ...warned,
    { kind: 'appeal', at: moment(appeal.at), appeal, ...of },
    { kind: 'answer-appeal', at: moment(appeal.decided.at), appeal, ...of },
  ];
}

/**
 * The content does not tell when people reacted: they react one after the other, each a quarter of an hour later, once
 * they have joined.
 */
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
