import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { useGrownCache } from '../../../libs/projections/index.ts';
import type { FoldedLog, Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { BuildTables, MOST_REMEMBERED } from './build-tables.ts';
import { LiveTables } from './live-tables.ts';
import { ThreadProjection } from './thread.projection.ts';
import type { ThreadChangeTold } from './thread.query-types.ts';
import { THREAD_DIGEST, THREAD_INDEXES, THREAD_SCHEMA } from './thread.schema.ts';

const EVENT_TYPES = [
  'PostPublished.v1',
  'PostEdited.v1',
  'PostWithdrawn.v1',
  'PostBroughtBack.v1',
  'DiscussionChanged.v2',
  'AskingChanged.v1',
  'AnswerAccepted.v1',
  'AcceptanceTakenBack.v1',
  'CommentFeatured.v1',
  'CommentUnfeatured.v1',
  'CommentPosted.v1',
  'CommentEdited.v1',
  'CommentLanguageSet.v1',
  'CommentClaimed.v1',
  'CommentHeld.v2',
  'CommentRemoved.v1',
  'CommentErased.v1',
  'CommentRestored.v1',
  'CommentJudged.v1',
  'CommentDecided.v1',
  'ReactionAdded.v1',
  'ReactionWithdrawn.v1',
  'TranslationWritten.v1',
  'TranslationRemoved.v2',
] as const;

const DEFINITION: Omit<ViewDefinition<ThreadChangeTold>, 'version'> = {
  name: 'thread',
  eventTypes: EVENT_TYPES,
  schema: THREAD_SCHEMA,
  indexes: THREAD_INDEXES,
  digestQueries: THREAD_DIGEST,
  open: openThread,
  openBuild: (db, log) => openThreadBuild(db, MOST_REMEMBERED, log),
};

/** The comments of each post as a tree, and every step of its life. The version before has the texts of all comments. */
export const threadView: ViewDefinition<ThreadChangeTold> = {
  ...DEFINITION,
  version: 20,
  previous: { ...DEFINITION, version: 19, open: (db) => openThread(db), openBuild: (db) => openThreadBuild(db) },
};

function openThread(db: Database, log: FoldedLog = {}): Projection<ThreadChangeTold> {
  const thread = new ThreadProjection(db, new LiveTables(db), { tells: true, keepsTexts: keepsTexts(log) });
  const project: Projection<ThreadChangeTold> = (event) => fold(thread, event);
  project.flush = () => thread.flush();
  return project;
}

/** A build works in memory as long as that does not grow too large, and then writes like a live file. */
export function openThreadBuild(
  db: Database,
  most = MOST_REMEMBERED,
  log: FoldedLog = {},
): Projection<ThreadChangeTold> {
  const how = { tells: false, keepsTexts: keepsTexts(log) };
  let tables: BuildTables | null = new BuildTables(db, most);
  let thread: Fold = new ThreadProjection(db, tables, how);
  const finish = (): void => {
    thread.flush();
    tables?.finish();
    tables = null;
  };
  const build: Projection<ThreadChangeTold> = (event) => fold(thread, event);
  build.flush = () => {
    thread.pass();
    if (!tables || tables.remembered < most) return [];
    finish();
    useGrownCache(db);
    db.exec(THREAD_INDEXES);
    thread = new ThreadProjection(db, new LiveTables(db), how);
    return [];
  };
  build.finish = finish;
  return build;
}

/** A log at hand has the texts: they need not be in the view as well. */
function keepsTexts(log: FoldedLog): boolean {
  return log.sealedAt === undefined;
}

/** The projection, over either kind of tables. */
type Fold = Pick<ThreadProjection, keyof ThreadProjection>;

function fold(thread: Fold, event: RecordedEvent): undefined {
  if (!isOneOf(event, EVENT_TYPES)) return;
  switch (event.type) {
    case 'PostPublished.v1':
      thread.postPublished(event);
      break;
    case 'PostEdited.v1':
      thread.postEdited(event);
      break;
    case 'PostWithdrawn.v1':
    case 'PostBroughtBack.v1':
      thread.postStands(event);
      break;
    case 'DiscussionChanged.v2':
      thread.discussionChanged(event);
      break;
    case 'AskingChanged.v1':
      thread.askingChanged(event);
      break;
    case 'AnswerAccepted.v1':
    case 'AcceptanceTakenBack.v1':
      thread.answerChanged(event);
      break;
    case 'CommentFeatured.v1':
    case 'CommentUnfeatured.v1':
      thread.featuredChanged(event);
      break;
    case 'CommentPosted.v1':
      thread.commentPosted(event);
      break;
    case 'CommentEdited.v1':
      thread.commentEdited(event);
      break;
    case 'CommentLanguageSet.v1':
      thread.languageSet(event);
      break;
    case 'CommentClaimed.v1':
      thread.commentClaimed(event);
      break;
    case 'CommentHeld.v2':
      thread.commentHeld(event);
      break;
    case 'CommentRemoved.v1':
      thread.commentRemoved(event);
      break;
    case 'CommentErased.v1':
      thread.commentErased(event);
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
    case 'TranslationWritten.v1':
    case 'TranslationRemoved.v2':
      thread.translationChanged(event);
      break;
    default:
      event satisfies never;
  }
}
