import type { EventStore } from '../../libs/event-store/index.ts';
import { StreamFacts } from '../../libs/nest-decider/index.ts';
import type { CommentEvent } from '../domain/comment/comment.events.ts';
import { type CommentFacts, commentFacts } from '../domain/comment/comment.facts.ts';
import type { DiscussionEvent } from '../domain/discussion/discussion.events.ts';
import { type DiscussionFacts, discussionFacts } from '../domain/discussion/discussion.facts.ts';
import type { PostEvent } from '../domain/post/post.events.ts';
import { type PostFacts, postFacts } from '../domain/post/post.facts.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

/** What the rules may ask about posts, discussions and comments; each answer is as current as the log. */
export class ForumFacts {
  readonly #posts: StreamFacts<PostFacts | null, PostEvent>;
  readonly #discussions: StreamFacts<DiscussionFacts, DiscussionEvent>;
  readonly #comments: StreamFacts<CommentFacts | null, CommentEvent>;

  constructor(store: EventStore) {
    this.#posts = new StreamFacts({ store, fold: postFacts, decoder: decoders.post });
    this.#discussions = new StreamFacts({ store, fold: discussionFacts, decoder: decoders.discussion });
    this.#comments = new StreamFacts({ store, fold: commentFacts, decoder: decoders.comment });
  }

  post(postId: string): Promise<PostFacts | null> {
    return this.#posts.of(streams.post(postId));
  }

  discussion(postId: string): Promise<DiscussionFacts> {
    return this.#discussions.of(streams.discussion(postId));
  }

  comment(commentId: string): Promise<CommentFacts | null> {
    return this.#comments.of(streams.comment(commentId));
  }
}

const known = new WeakMap<EventStore, ForumFacts>();

/** One and the same for all handlers over a log, so that what one has read serves the others. */
export function factsOf(store: EventStore): ForumFacts {
  const facts = known.get(store) ?? new ForumFacts(store);
  known.set(store, facts);
  return facts;
}
