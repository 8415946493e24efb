import type { QueryBus } from '@nestjs/cqrs';
import type { Discussion, DiscussionChange, NewPost, Post, PostChange } from '../../libs/client/index.ts';
import { type CommandMeta, deriveId, type Position, stepOf } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { PostPublishing } from '../commands/publish-post.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import { StopIssue } from '../domain/newsletter/issue.commands.ts';
import { BringBackPost, WithdrawPost } from '../domain/post/post.commands.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import type { Viewer } from '../views/viewer.ts';
import { ANY_EDITOR } from './any-editor.ts';
import type { ForumWrites } from './forum-writes.ts';
import { QuotesToTakeOut, requireSendable } from './issue-quotes.ts';
import type { PostDrafting } from './post-drafting.ts';
import { slowStart } from './slow-start.ts';
import type { TellingLanguages } from './telling-languages.ts';
import { unlessGone } from './unless-gone.ts';

export interface EditingParts {
  readonly publishing: PostPublishing;
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly takingPart: TakingPart;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly drafts: Pick<PostDrafting, 'dropPublished'>;
  readonly languages: Pick<TellingLanguages, 'of'>;
  /** The slow mode of new discussions, in seconds; 0 for none. */
  readonly slowModeSeconds: () => number;
}

/** `locale` is the language of the text: unless given what the text tells, or else the writer's own. */
export type PostWish = NewPost & { readonly locale?: string };
export type PostEdit = PostChange & { readonly locale?: string };

export interface WrittenThing<Thing> {
  readonly thing: Thing;
  readonly position: Position;
}

/** A recorded change is answered with what it wrote, even when the post was withdrawn meanwhile. */
const WHOEVER_WROTE = ANY_EDITOR;

/**
 * The ways in which editors act on posts and moderators on discussions: the same for the API and the pages. Everything
 * throws DomainError.
 */
export class Editing {
  readonly #parts: EditingParts;

  constructor(parts: EditingParts) {
    this.#parts = parts;
  }

  /** The same id again with the same content is answered the same. Throws QuotesToTakeOut for an issue with such quotes. */
  async publish(wish: PostWish, principal: Principal, asking: Asking): Promise<WrittenThing<Post>> {
    await this.#mayPublish(principal);
    if (wish.kind === 'newsletter') await this.#mayQuote(wish);
    const { id, ...content } = wish;
    const commandId = id === undefined ? asking.commandId : deriveId(principal.memberId, 'PublishPost', id);
    const meta = commandMeta(principal, commandId, asking.correlationId);
    const { language = principal.locale } =
      wish.locale === undefined ? await this.#parts.languages.of({ body: wish.body, postId: null }) : {};
    const publication = {
      ...content,
      locale: wish.locale ?? language,
      authorId: principal.memberId,
      ...(id === undefined ? {} : { postId: id }),
    };
    const { postId, position: published } = await this.#parts.publishing.publish(publication, meta);
    const position = (await slowStart(this.#parts, postId, meta)) ?? published;
    await this.#parts.writes.shown(position);
    const thing = await this.#post(postId, WHOEVER_WROTE);
    await this.#parts.drafts.dropPublished(postId, thing, principal, asking);
    return { thing, position };
  }

  async edit(postId: string, change: PostEdit, principal: Principal, asking: Asking): Promise<WrittenThing<Post>> {
    await this.#mayPublish(principal);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.publishing.edit({ ...change, postId }, meta);
    await this.#parts.writes.shown(position);
    const thing = await this.#post(postId, WHOEVER_WROTE);
    await this.#parts.drafts.dropPublished(postId, thing, principal, asking);
    return { thing, position };
  }

  async withdraw(postId: string, principal: Principal, asking: Asking): Promise<WrittenThing<Post>> {
    await this.#mayPublish(principal);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes.send(new WithdrawPost({ postId }, meta));
    const thing = await this.#post(postId, WHOEVER_WROTE);
    if (thing.kind === 'newsletter') await this.#stopIssue(postId, meta);
    return { thing, position };
  }

  /** A post that is not withdrawn stays as it is. */
  async bringBack(postId: string, principal: Principal, asking: Asking): Promise<WrittenThing<Post>> {
    await this.#mayPublish(principal);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes.send(new BringBackPost({ postId }, meta));
    return { thing: await this.#post(postId, WHOEVER_WROTE), position };
  }

  /** Fields that are left out stay as they are. */
  async setDiscussion(
    postId: string,
    change: DiscussionChange,
    principal: Principal,
    asking: Asking,
  ): Promise<WrittenThing<Discussion>> {
    await this.#parts.limits.take('publish', principal.memberId);
    await this.#post(postId, viewerOf(principal));
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes.send(new ChangeDiscussion({ ...change, postId }, meta));
    const { discussion } = await this.#post(postId, WHOEVER_WROTE);
    return { thing: discussion, position };
  }

  /** Readers whom it has not reached would be passed over for good; an editor may resume it once the post is back. */
  async #stopIssue(postId: string, meta: CommandMeta): Promise<void> {
    await this.#parts.writes.send(new StopIssue({ postId }, stepOf(meta, 'stop-issue')));
  }

  /** Editors are members: their sanctions apply to posts as to comments. */
  async #mayPublish({ memberId }: Principal): Promise<void> {
    await this.#parts.limits.take('publish', memberId);
    await this.#parts.takingPart.require(memberId);
  }

  /** What is published already is answered as it was then. */
  async #mayQuote({ id, body }: PostWish): Promise<void> {
    try {
      await requireSendable(this.#parts.queries, body);
    } catch (error) {
      const isRefused = error instanceof QuotesToTakeOut;
      const known = isRefused && id !== undefined ? await unlessGone(this.#post(id, WHOEVER_WROTE)) : null;
      if (known === null) throw error;
    }
  }

  #post(postId: string, viewer: Viewer): Promise<Post> {
    return this.#parts.queries.execute(new GetPost(postId, viewer, new Date().toISOString()));
  }
}
