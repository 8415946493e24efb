import { randomBytes } from 'node:crypto';
import type { EventStore } from '../../libs/event-store/index.ts';
import { deriveId, unreachable } from '../../libs/kernel/index.ts';
import { toldLanguage } from '../../libs/languages/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { LOCALE_CODES, type TextLanguage } from '../../libs/words/index.ts';
import type { PostPublishing } from '../commands/publish-post.ts';
import type { MemberRegistration } from '../commands/register-member.ts';
import { streams } from '../commands/streams.ts';
import { EditComment, PostComment, RemoveComment } from '../domain/comment/comment.commands.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import { AddReaction } from '../domain/reaction/reaction.commands.ts';
import { Cast, CORRELATION } from './cast.ts';
import { MEMBERS } from './content/members.ts';
import { POLICIES } from './content/policies.ts';
import { POSTS } from './content/posts.ts';
import type { DemoMember } from './content-types.ts';
import { DemoModeration } from './moderation.ts';
import { demoMemberCommandId, type Happening, timeline } from './timeline.ts';

/** The means by which the demo is recorded; a CommandContext is one. */
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

/**
 * Puts the demo blog of 2015 into an empty forum, or finishes an interrupted filling. When the forum holds anything
 * else, nothing is recorded. Gives whether anything was. Everything goes through commands, with ids that are always the
 * same. Throws DomainError.
 */
export async function fillDemo(
  target: DemoTarget,
  { onProgress = () => undefined }: FillOptions = {},
): Promise<boolean> {
  const happenings = timeline({ members: MEMBERS, posts: POSTS, policies: POLICIES });
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
  private readonly cast = new Cast();
  private readonly moderation: DemoModeration;

  constructor(target: DemoTarget) {
    this.target = target;
    const revisionOf = (stream: string): Promise<number> => this.revisionOf(stream);
    this.moderation = new DemoModeration({ cast: this.cast, commands: target.commands, revisionOf });
  }

  async record(happening: Happening, index: number): Promise<void> {
    const { cast, target } = this;
    const { commands } = target;
    switch (happening.kind) {
      case 'join':
        return this.join(happening.member);
      case 'publish':
        return this.publish(happening);
      case 'comment': {
        const { comment, commentId, postId, parentId } = happening;
        const by = cast.actor(comment.by);
        await commands.execute(
          new PostComment(
            { commentId, postId, parentId, body: comment.body, by, ...languageOf(comment.body) },
            cast.meta(comment.by, happening.at, index),
          ),
        );
        return;
      }
      case 'edit': {
        const { body, commentId, by } = happening;
        await commands.execute(
          new EditComment(
            { commentId, body, revision: 0, by: cast.actor(by), ...languageOf(body) },
            cast.meta(by, happening.at, index),
          ),
        );
        return;
      }
      case 'remove': {
        const { commentId, by } = happening;
        await commands.execute(
          new RemoveComment({ commentId, reason: null, by: cast.actor(by) }, cast.meta(by, happening.at, index)),
        );
        return;
      }
      case 'react': {
        const { reaction, commentId, by } = happening;
        await commands.execute(
          new AddReaction({ commentId, by: cast.actor(by), kind: reaction }, cast.meta(by, happening.at, index)),
        );
        return;
      }
      case 'pin':
        return this.settle(happening.postId, { pinnedCommentId: happening.commentId }, happening.at);
      case 'close':
        return this.settle(happening.postId, { state: 'closed' }, happening.at);
      case 'set-policy':
      case 'report':
      case 'decide':
      case 'warn':
      case 'acknowledge':
      case 'appeal':
      case 'answer-appeal':
        return this.moderation.record(happening, index);
      default:
        return unreachable(happening);
    }
  }

  /** Nobody ever learns the password: the demo's members are only played by one-click sign-in. */
  private async join({ handle, displayName, locale, roles, joinedAt }: DemoMember): Promise<void> {
    const commandId = demoMemberCommandId(handle);
    const memberId = deriveId(commandId, 'member');
    this.cast.join(handle, { memberId, roles: ['member', ...roles] });
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
    const wish = {
      postId,
      slug,
      title,
      kind,
      locale,
      tags,
      excerpt,
      body,
      publishAt: at,
      authorId: this.cast.memberId(by),
    };
    await this.target.publishing.publish(wish, {
      ...this.cast.meta(by, at, 0),
      commandId: deriveId('demo', 'publish', slug),
    });
  }

  private async settle(postId: string, change: Partial<ChangeDiscussion['data']>, at: string): Promise<void> {
    const meta = { ...this.cast.meta('thida', at, 0), commandId: deriveId('demo', 'discussion', postId) };
    await this.target.commands.execute(new ChangeDiscussion({ ...change, postId }, meta));
  }

  private async exists(stream: string): Promise<boolean> {
    return (await this.revisionOf(stream)) >= 0;
  }

  /** -1 for a stream that is not there. */
  private async revisionOf(stream: string): Promise<number> {
    let revision = -1n;
    for await (const event of this.target.store.readStream(stream)) revision = event.revision;
    return Number(revision);
  }
}

/** As it is told of what people write, in a forum that offers every language. */
function languageOf(body: string): { readonly language?: TextLanguage } {
  const language = toldLanguage(body, LOCALE_CODES);
  return language === null ? {} : { language };
}
