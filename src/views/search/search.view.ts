import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { CleanFile } from './clean-file.ts';
import { fillIndex, LiveIndex } from './live-index.ts';
import { SearchProjection } from './search.projection.ts';
import type { WordsChanged } from './search.query-types.ts';
import { SEARCH_DIGEST, SEARCH_SCHEMA } from './search.schema.ts';

/** The types whose sealed part the view folds: whoever builds it gives their events opened. */
export const OPENED_TYPES: readonly string[] = [
  'CommentPosted.v1',
  'CommentEdited.v1',
  'MemberRegistered.v1',
  'MemberRegistered.v2',
  'MemberRenamed.v1',
];

const EVENT_TYPES = [
  'PostPublished.v1',
  'PostEdited.v1',
  'PostWithdrawn.v1',
  'PostBroughtBack.v1',
  'CommentPosted.v1',
  'CommentEdited.v1',
  'CommentClaimed.v1',
  'CommentHeld.v2',
  'CommentRemoved.v1',
  'CommentErased.v1',
  'CommentRestored.v1',
  'CommentJudged.v1',
  'CommentDecided.v1',
  'MemberRegistered.v2',
  'MemberRenamed.v1',
  'MemberErased.v1',
] as const;

const DEFINITION: Omit<ViewDefinition<WordsChanged>, 'version'> = {
  name: 'search',
  eventTypes: EVENT_TYPES,
  schema: SEARCH_SCHEMA,
  givesBack: true,
  digestQueries: SEARCH_DIGEST,
  open: openSearch,
  openBuild: openSearchBuild,
};

/**
 * The words of posts and comments, and the names of members. They are kept in the open, unlike in all other views: an index of
 * sealed words finds none.
 */
export const searchView: ViewDefinition<WordsChanged> = {
  ...DEFINITION,
  version: 7,
};

function openSearch(db: Database): Projection<WordsChanged> {
  const index = new LiveIndex(db);
  const search = new SearchProjection(db, index);
  const clean = new CleanFile(db, () => search.takeTaken());
  let isChanged = false;
  const project: Projection<WordsChanged> = (event) => {
    isChanged = fold(search, event) || isChanged;
    return undefined;
  };
  project.flush = () => {
    index.flush();
    const told: readonly WordsChanged[] = isChanged ? ['words'] : [];
    isChanged = false;
    return told;
  };
  project.settle = () => clean.settle();
  return project;
}

/** Rows first, and then their words in the order of the numbers: FTS5 writes a new part of its index for each number out of order. */
function openSearchBuild(db: Database): Projection<WordsChanged> {
  const search = new SearchProjection(db, { add: () => undefined, remove: () => undefined });
  const project: Projection<WordsChanged> = (event) => {
    fold(search, event);
    return undefined;
  };
  project.finishing = () => fillIndex(db);
  return project;
}

/** Whether other texts may be found after the event. */
function fold(search: SearchProjection, event: RecordedEvent): boolean {
  if (!isOneOf(event, EVENT_TYPES)) return false;
  switch (event.type) {
    case 'PostPublished.v1':
      search.postPublished(event);
      break;
    case 'PostEdited.v1':
      search.postEdited(event);
      break;
    case 'PostWithdrawn.v1':
    case 'PostBroughtBack.v1':
      search.postStands(event);
      break;
    case 'CommentPosted.v1':
      search.commentPosted(event);
      break;
    case 'CommentEdited.v1':
      search.commentEdited(event);
      break;
    case 'CommentClaimed.v1':
      search.commentClaimed(event);
      break;
    case 'CommentHeld.v2':
    case 'CommentRemoved.v1':
    case 'CommentErased.v1':
    case 'CommentRestored.v1':
    case 'CommentJudged.v1':
    case 'CommentDecided.v1':
      search.commentStands(event);
      break;
    case 'MemberRegistered.v2':
      search.memberNamed(event);
      return false;
    case 'MemberRenamed.v1':
      search.memberNamed(event);
      break;
    case 'MemberErased.v1':
      search.memberErased(event);
      break;
    default:
      event satisfies never;
  }
  return true;
}
