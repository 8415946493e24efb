import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { QueueProjection } from './queue.projection.ts';
import type { QueueProjected } from './queue.query-types.ts';
import { QUEUE_DIGEST, QUEUE_SCHEMA } from './queue.schema.ts';

const EVENT_TYPES = [
  'CommentJudged.v1',
  'CommentHeld.v2',
  'CommentRemoved.v1',
  'CommentErased.v1',
  'CommentRestored.v1',
  'CommentReported.v1',
  'CommentDecided.v1',
] as const;

/** The comments that wait for a moderator, why they wait, and the decisions on them. */
export const moderationQueueView: ViewDefinition<QueueProjected> = {
  name: 'moderation-queue',
  version: 4,
  eventTypes: EVENT_TYPES,
  schema: QUEUE_SCHEMA,
  isSmall: true,
  digestQueries: QUEUE_DIGEST,
  open: openQueue,
};

function openQueue(db: Database): Projection<QueueProjected> {
  const queue = new QueueProjection(db);
  const project: Projection<QueueProjected> = (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'CommentJudged.v1':
        queue.judged(event);
        break;
      case 'CommentHeld.v2':
        queue.held(event);
        break;
      case 'CommentRemoved.v1':
        queue.removed(event);
        break;
      case 'CommentErased.v1':
        queue.erased(event);
        break;
      case 'CommentRestored.v1':
        queue.restored(event);
        break;
      case 'CommentReported.v1':
        queue.reported(event);
        break;
      case 'CommentDecided.v1':
        queue.decided(event);
        break;
      default:
        event satisfies never;
    }
    return undefined;
  };
  project.flush = () => queue.flush();
  return project;
}
