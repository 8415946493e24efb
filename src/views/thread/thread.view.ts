import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { ThreadProjection } from './thread.projection.ts';
import type { ThreadProjected } from './thread.query-types.ts';
import { DIGEST_QUERIES, INDEXES, SCHEMA } from './thread.schema.ts';

const EVENT_TYPES = [
  'PostPublished.v1',
  'PostEdited.v1',
  'PostWithdrawn.v1',
  'DiscussionChanged.v2',
  'CommentPosted.v1',
  'CommentEdited.v1',
  'CommentHeld.v1',
  'CommentRemoved.v1',
  'CommentRestored.v1',
  'CommentJudged.v1',
  'CommentDecided.v1',
  'ReactionAdded.v1',
  'ReactionWithdrawn.v1',
] as const;

/** The comments of each post as a tree, and what happened in it, step by step. */
export const threadView: ViewDefinition<ThreadProjected> = {
  name: 'thread',
  version: 6,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  indexes: INDEXES,
  digestQueries: DIGEST_QUERIES,
  open: openThread,
};

function openThread(db: Database): Projection<ThreadProjected> {
  const thread = new ThreadProjection(db);
  const project: Projection<ThreadProjected> = (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'PostPublished.v1':
        thread.postPublished(event);
        break;
      case 'PostEdited.v1':
        thread.postEdited(event);
        break;
      case 'PostWithdrawn.v1':
        thread.postWithdrawn(event);
        break;
      case 'DiscussionChanged.v2':
        thread.discussionChanged(event);
        break;
      case 'CommentPosted.v1':
        thread.commentPosted(event);
        break;
      case 'CommentEdited.v1':
        thread.commentEdited(event);
        break;
      case 'CommentHeld.v1':
        thread.commentHeld(event);
        break;
      case 'CommentRemoved.v1':
        thread.commentRemoved(event);
        break;
      case 'CommentRestored.v1':
        thread.commentRestored(event);
        break;
      case 'CommentJudged.v1':
        thread.commentJudged(event);
        break;
      case 'CommentDecided.v1':
        thread.commentDecided(event);
        break;
      case 'ReactionAdded.v1':
        thread.reactionChanged(event, 1);
        break;
      case 'ReactionWithdrawn.v1':
        thread.reactionChanged(event, -1);
        break;
      default:
        event satisfies never;
    }
    return undefined;
  };
  project.flush = () => thread.flush();
  return project;
}
