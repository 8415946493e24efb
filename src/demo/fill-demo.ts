import { randomBytes } from 'node:crypto';
import type { EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, deriveId, unreachable } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import type { PostPublishing } from '../commands/publish-post.ts';
import type { MemberRegistration } from '../commands/register-member.ts';
import { streams } from '../commands/streams.ts';
import { EditComment, PostComment, RemoveComment } from '../domain/comment/comment.commands.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import { AddReaction } from '../domain/reaction/reaction.commands.ts';
import { MEMBERS } from './content/members.ts';
import { POSTS } from './content/posts.ts';
import type { DemoMember } from './content-types.ts';
import { demoMemberCommandId, type Happening, timeline } from './timeline.ts';

/** What the demo is recorded with; a CommandContext is one. */
export interface DemoTarget {
  readonly store: EventStore;
  readonly commands: Commands;
  readonly publishing: PostPublishing;
  readonly registration: MemberRegistration;
}

export interface FillOptions {
  /** Hears how many of all happenings are recorded. */
  readonly onProgress?: (done: number, all: number) => void;
}

const CORRELATION = deriveId('demo', 'fill');

/**
 * Puts the demo blog of 2015 into an empty forum, or finishes what an interrupted filling began. Where the forum holds
 * anything else, nothing is recorded. Answers whether anything was. Everything goes through commands, with ids that are always the same.
 * Throws DomainError.
 */
export async function fillDemo(
  target: DemoTarget,
  { onProgress = () => undefined }: FillOptions = {},
): Promise<boolean> {
  const happenings = timeline(MEMBERS, POSTS);
  if (!(await isOurs(target.store))) return false;
  const before = await target.store.head();
  const filling = new Filling(target);
  for (const [index, happening] of happenings.entries()) {
    await filling.record(happening, index);
    onProgress(index + 1, happenings.length);
  }
  return (await target.store.head()) > before;
}

/** True for an empty log and for one whose newest event is still the filling's: nobody has used the forum yet. */
async function isOurs(store: EventStore): Promise<boolean> {
  for await (const newest of store.readAll({ direction: 'backwards', limit: 1 }))
    return newest.correlationId === CORRELATION;
  return true;
}

class Filling {
  private readonly target: DemoTarget;
  private readonly memberIds = new Map<string, string>();
  private readonly roles = new Map<string, DemoMember['roles']>();

  constructor(target: DemoTarget) {
    this.target = target;
  }

  async record(happening: Happening, index: number): Promise<void> {
    const { commands } = this.target;
    switch (happening.kind) {
      case 'join':
        return this.join(happening.member);
      case 'publish':
        return this.publish(happening);
      case 'comment': {
        const { comment, commentId, postId, parentId } = happening;
        const by = this.actor(comment.by);
        await commands.execute(
          new PostComment(
            { commentId, postId, parentId, body: comment.body, by },
            this.meta(comment.by, happening.at, index),
          ),
        );
        return;
      }
      case 'edit': {
        const { body, commentId, by } = happening;
        await commands.execute(
          new EditComment({ commentId, body, revision: 0, by: this.actor(by) }, this.meta(by, happening.at, index)),
        );
        return;
      }
      case 'remove': {
        const { reason, commentId, by } = happening;
        await commands.execute(
          new RemoveComment({ commentId, reason, by: this.actor(by) }, this.meta(by, happening.at, index)),
        );
        return;
      }
      case 'react': {
        const { reaction, commentId, by } = happening;
        await commands.execute(
          new AddReaction(
            { commentId, memberId: this.memberId(by), kind: reaction },
            this.meta(by, happening.at, index),
          ),
        );
        return;
      }
      case 'pin':
        return this.settle(happening.postId, { pinnedCommentId: happening.commentId }, happening.at);
      case 'close':
        return this.settle(happening.postId, { state: 'closed' }, happening.at);
      default:
        return unreachable(happening);
    }
  }

  /** Nobody ever learns the password: the demo's members are only played by one-click sign-in. */
  private async join({ handle, displayName, locale, roles, joinedAt }: DemoMember): Promise<void> {
    const commandId = demoMemberCommandId(handle);
    const memberId = deriveId(commandId, 'member');
    this.memberIds.set(handle, memberId);
    this.roles.set(handle, ['member', ...roles]);
    if (await this.exists(streams.member(memberId))) return;
    const password = randomBytes(24).toString('base64url');
    const wish = { handle, displayName, email: `${handle}@demo.invalid`, password, locale, roles };
    await this.target.registration.register(wish, {
      commandId,
      now: joinedAt,
      correlationId: CORRELATION,
      causationId: null,
    });
  }

  private async publish({ post, postId, at }: Extract<Happening, { kind: 'publish' }>): Promise<void> {
    const { slug, title, kind, locale, by, tags, excerpt, body } = post;
    const wish = { postId, slug, title, kind, locale, tags, excerpt, body, publishAt: at, authorId: this.memberId(by) };
    await this.target.publishing.publish(wish, {
      ...this.meta(by, at, 0),
      commandId: deriveId('demo', 'publish', slug),
    });
  }

  private async settle(postId: string, change: Partial<ChangeDiscussion['data']>, at: string): Promise<void> {
    const meta = { ...this.meta('thida', at, 0), commandId: deriveId('demo', 'discussion', postId) };
    await this.target.commands.execute(new ChangeDiscussion({ ...change, postId }, meta));
  }

  private async exists(stream: string): Promise<boolean> {
    for await (const _ of this.target.store.readStream(stream)) return true;
    return false;
  }

  private actor(handle: string): PostComment['data']['by'] {
    return { memberId: this.memberId(handle), roles: this.roles.get(handle) ?? [] };
  }

  private memberId(handle: string): string {
    const id = this.memberIds.get(handle);
    if (id === undefined) throw new Error(`the demo has no member ${handle} who joined before this`);
    return id;
  }

  private meta(handle: string, now: string, index: number): CommandMeta {
    const actor = this.memberId(handle);
    return {
      commandId: deriveId('demo', 'happening', now, index),
      actor,
      now,
      correlationId: CORRELATION,
      causationId: null,
    };
  }
}
